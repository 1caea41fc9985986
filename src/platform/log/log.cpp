#include "platform/log/log.hpp"

#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <iterator>
#include <mutex>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace platform::log {

namespace {

// Ours among spdlog's loggers: its default one, which writes to standard output, has no name.
constexpr std::string_view kLoggerName = "maillon";
// Room that is kept for the time, the level and the end of the line.
constexpr std::size_t kFrameBytes = 96;
constexpr std::size_t kBodyBytesMax = kLineBytesMax - kFrameBytes;
constexpr std::string_view kCut = ",\"cut\":1";

constexpr std::array kLevels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                             spdlog::level::err};

std::string_view level_name(spdlog::level::level_enum level) {
    switch (level) {
    case spdlog::level::trace:
    case spdlog::level::debug: return "debug";
    case spdlog::level::info: return "info";
    case spdlog::level::warn: return "warning";
    case spdlog::level::err:
    case spdlog::level::critical:
    case spdlog::level::off:
    case spdlog::level::n_levels: break;
    }
    return "error";
}

/// The line around a body made by `event`: `"event":"job.done","fields":{…}`.
class JsonLine : public spdlog::formatter {
public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
        const auto since =
            std::chrono::floor<std::chrono::milliseconds>(message.time).time_since_epoch();
        const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
        std::string at = to_rfc3339(seconds.count());
        at.pop_back(); // the Z: the milliseconds stand before it
        fmt::format_to(std::back_inserter(out), R"({{"time":"{}.{:03}Z","level":"{}",{}}})", at,
                       (since - seconds).count(), level_name(message.level),
                       std::string_view{message.payload.data(), message.payload.size()});
        out.push_back('\n');
    }
    [[nodiscard]] std::unique_ptr<spdlog::formatter> clone() const override {
        return std::make_unique<JsonLine>();
    }
};

/// Standard error without a stream between: one write(2) a line. spdlog's own sink for it goes
/// through stdio, which may cut a line in two.
class StandardError : public spdlog::sinks::base_sink<std::mutex> {
protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        ssize_t written = 0;
        do {
            written = ::write(STDERR_FILENO, line.data(), line.size());
        } while (written < 0 && errno == EINTR);
        // A full disk or a reader that has gone: there is nowhere left to say it.
    }
    void flush_() override {}
};

using Body = fmt::basic_memory_buffer<char, kLineBytesMax>;

/// A JSON string. No allocation: the buffer holds the longest body.
void put_word(Body& body, std::string_view word) {
    body.push_back('"');
    for (const char c : word.substr(0, kWordBytesMax)) {
        if (c == '"' || c == '\\') body.push_back('\\');
        body.push_back(c >= ' ' && c <= '~' ? c : '?');
    }
    body.push_back('"');
}

void put(Body& body, std::string_view text) {
    body.append(text.data(), text.data() + text.size());
}

} // namespace

void start(Level level) {
    if (::fcntl(STDERR_FILENO, F_GETFD) < 0 && errno == EBADF) {
        const int null = ::open("/dev/null", O_WRONLY);
        if (null >= 0 && null != STDERR_FILENO) {
            ::dup2(null, STDERR_FILENO);
            ::close(null);
        }
    }
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    auto sink = std::make_shared<StandardError>();
    sink->set_formatter(std::make_unique<JsonLine>());
    auto logger = std::make_shared<spdlog::logger>(std::string{kLoggerName}, std::move(sink));
    logger->set_level(kLevels[static_cast<std::size_t>(level)]);
    spdlog::set_default_logger(std::move(logger));
}

void event(Level level, std::string_view name, std::initializer_list<Field> fields) {
    spdlog::logger* logger = spdlog::default_logger_raw();
    const spdlog::level::level_enum as = kLevels[static_cast<std::size_t>(level)];
    if (logger == nullptr || logger->name() != kLoggerName || !logger->should_log(as)) return;
    Body body;
    put(body, "\"event\":");
    put_word(body, name);
    if (fields.size() > 0) put(body, ",\"fields\":{");
    bool first = true;
    for (const Field& field : fields) {
        // The longest field: two words with every character escaped, and what stands around them.
        constexpr std::size_t longest = 4 * kWordBytesMax + 8;
        if (body.size() + longest + kCut.size() + 1 > kBodyBytesMax) {
            put(body, kCut);
            break;
        }
        if (!first) body.push_back(',');
        first = false;
        put_word(body, field.name);
        body.push_back(':');
        if (field.is_number) {
            fmt::format_to(std::back_inserter(body), "{}", field.value);
        } else {
            put_word(body, field.word);
        }
    }
    if (fields.size() > 0) body.push_back('}');
    // spdlog catches what its sink throws (no memory), and says so on standard error itself.
    logger->log(as, spdlog::string_view_t{body.data(), body.size()});
}

} // namespace platform::log
