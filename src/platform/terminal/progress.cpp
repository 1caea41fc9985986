#include "platform/terminal/progress.hpp"

#include <fmt/format.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>

namespace platform::terminal {
namespace {

constexpr std::chrono::milliseconds kBarEvery{100}; // faster is only flicker
constexpr std::chrono::seconds kLineEvery{5};       // a log of an hour stays readable
constexpr double kSecondsBeforeGuessing = 1.0;
constexpr double kFractionBeforeGuessing = 0.005;
constexpr unsigned kBarCellsMax = 30;
constexpr std::string_view kEraseLine = "\r\x1b[K";

} // namespace

Style style_for(int descriptor, bool quiet) {
    if (quiet) return Style::Silent;
    return ::isatty(descriptor) == 1 ? Style::Bar : Style::Lines;
}

unsigned columns_of(int descriptor) {
    constexpr unsigned kUsual = 80;
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsual;
    return size.ws_col;
}

void write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

Progress::Progress(Style style, unsigned columns, Sink sink, Clock clock)
    : style_{style}, columns_{columns}, sink_{std::move(sink)}, clock_{std::move(clock)} {}

Progress::~Progress() {
    clear();
}

void Progress::show(std::string_view stage, double fraction, std::uint64_t count,
                    std::string_view unit) {
    if (style_ == Style::Silent) return;
    const std::chrono::steady_clock::time_point now = clock_();
    const bool new_stage = stage != stage_;
    if (new_stage) {
        stage_ = stage;
        stage_began_ = now;
    }
    const auto every = style_ == Style::Bar ? std::chrono::steady_clock::duration{kBarEvery}
                                            : std::chrono::steady_clock::duration{kLineEvery};
    if (!new_stage && now - shown_at_ < every) return;
    shown_at_ = now;
    const double done = std::isfinite(fraction) ? std::clamp(fraction, 0.0, 1.0) : 0.0;
    const std::string words = figures(done, count, unit, now);
    if (style_ == Style::Bar) {
        draw_bar(done, words);
    } else {
        sink_(fmt::format("{}: {:.0f} %{}\n", stage_, std::floor(done * 100), words));
    }
}

std::string Progress::figures(double fraction, std::uint64_t count, std::string_view unit,
                              std::chrono::steady_clock::time_point now) const {
    std::string out;
    if (count > 0) out += fmt::format(", {} {}", in_threes(count), unit);
    const double seconds = std::chrono::duration<double>(now - stage_began_).count();
    if (seconds < kSecondsBeforeGuessing) return out;
    if (count > 0) {
        const double rate = static_cast<double>(count) / seconds;
        out += fmt::format(", {}/s", in_threes(static_cast<std::uint64_t>(std::llround(rate))));
    }
    if (fraction >= kFractionBeforeGuessing && fraction < 1) {
        out += fmt::format(", {} left", duration_in_words(seconds * (1 - fraction) / fraction));
    }
    return out;
}

void Progress::draw_bar(double fraction, const std::string& figures) {
    const std::string head = fmt::format("{:<8} {:>3.0f} % ", stage_, std::floor(fraction * 100));
    std::string line = head;
    const std::size_t taken = head.size() + figures.size() + 4; // brackets, and the last column
    if (taken + 5 <= columns_) {                                // shorter says nothing
        const std::size_t cells = std::min<std::size_t>(kBarCellsMax, columns_ - taken);
        const auto full = static_cast<std::size_t>(fraction * static_cast<double>(cells));
        line += '[' + std::string(full, '#') + std::string(cells - full, '.') + ']';
    }
    line += figures;
    if (columns_ > 1 && line.size() >= columns_) line.resize(columns_ - 1);
    sink_(std::string{kEraseLine} + line);
    bar_on_screen_ = true;
}

void Progress::clear() {
    if (!bar_on_screen_) return;
    sink_(kEraseLine);
    bar_on_screen_ = false;
}

Progress progress_on(int descriptor, bool quiet) {
    return Progress{style_for(descriptor, quiet), columns_of(descriptor),
                    [descriptor](std::string_view text) { write_all(descriptor, text); },
                    [] { return std::chrono::steady_clock::now(); }};
}

std::string in_threes(std::uint64_t number) {
    std::string out = std::to_string(number);
    for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, 1, ' ');
    return out;
}

std::string duration_in_words(double seconds) {
    const auto whole = static_cast<std::uint64_t>(std::clamp(std::ceil(seconds), 0.0, 1e9));
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
    return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

} // namespace platform::terminal
