// Says how far a long job is: a bar on a terminal, a plain line now and then elsewhere.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace platform::terminal {

enum class Style : std::uint8_t { Bar, Lines, Silent };

/// A bar when the descriptor is a terminal, lines otherwise.
[[nodiscard]] Style style_for(int descriptor, bool quiet);

/// Columns of the terminal behind the descriptor; 80 when it does not say.
[[nodiscard]] unsigned columns_of(int descriptor);

/// Writes to the descriptor, whole, interrupted or not; a closed pipe is not an error here.
void write_all(int descriptor, std::string_view text);

class Progress {
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;
    using Sink = std::function<void(std::string_view)>;

    Progress(Style style, unsigned columns, Sink sink, Clock clock);
    ~Progress(); // takes the bar away
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// `fraction` of the stage done, in [0, 1]; `count` of `unit` done in it, 0 when not counted.
    /// May be called as often as one likes: it draws ten times a second, or a line every five.
    void show(std::string_view stage, double fraction, std::uint64_t count, std::string_view unit);

    /// Takes the bar away, before anything else is printed.
    void clear();

private:
    [[nodiscard]] std::string figures(double fraction, std::uint64_t count, std::string_view unit,
                                      std::chrono::steady_clock::time_point now) const;
    void draw_bar(double fraction, const std::string& figures);

    Style style_;
    unsigned columns_;
    Sink sink_;
    Clock clock_;
    std::string stage_;
    std::chrono::steady_clock::time_point stage_began_;
    std::chrono::steady_clock::time_point shown_at_;
    bool bar_on_screen_ = false;
};

/// Progress as that descriptor can show it, on the machine's clock.
[[nodiscard]] Progress progress_on(int descriptor, bool quiet);

/// "1 234 567": digits in threes, parted by spaces.
[[nodiscard]] std::string in_threes(std::uint64_t number);

/// "45 s", "3 min 20 s", "2 h 05 min".
[[nodiscard]] std::string duration_in_words(double seconds);

} // namespace platform::terminal
