// Events, one JSON object a line on standard error: a name and typed fields. There is no field for
// a text that a person typed: values are numbers, durations, and words of the program itself.
//
//   {"time":"2026-03-01T08:30:00.125Z","level":"info","event":"job.done","fields":{"took_ms":12}}
//
// A line is one write(2) of at most kLineBytesMax bytes, so that lines of threads and of processes
// that share a pipe do not mix; fields that do not fit are left out, and "cut":1 says so.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace platform::log {

inline constexpr std::size_t kLineBytesMax = 4096; // PIPE_BUF: what a pipe takes whole
inline constexpr std::size_t kWordBytesMax = 80;   // longer than any name of ours; the rest is cut

enum class Level : std::uint8_t { Debug, Info, Warning, Error };

/// A word of the program: a constant, a route's pattern, an enumerator's name. Made from literals
/// and from names that code gives, never from input.
class Word {
public:
    explicit Word(std::string_view word) : text_{word.substr(0, kWordBytesMax)} {}
    /// What is built or read at run time is a std::string: it gets in by mistake only, so it does
    /// not compile. A name that code keeps in one is passed as a view of it, on purpose.
    explicit Word(const std::same_as<std::string> auto&) = delete;
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_;
};

struct Field {
    Field(std::string_view field_name, std::int64_t number)
        : name{field_name}, is_number{true}, value{number} {}
    Field(std::string_view field_name, const Word& field_word)
        : name{field_name}, word{field_word.text()} {}

    std::string_view name;
    bool is_number = false;
    std::int64_t value = 0;
    std::string word;
};

/// Below `level` nothing is written, and nothing at all before this was called. Call once, before
/// threads start. From then on SIGPIPE is ignored (a reader of the log that goes must not end the
/// program), and a closed standard error stays taken, so that no socket gets its number.
void start(Level level);

/// Never throws; what cannot be written is lost. Characters outside printable ASCII become '?'.
void event(Level level, std::string_view name, std::initializer_list<Field> fields = {});
inline void info(std::string_view name, std::initializer_list<Field> fields = {}) {
    event(Level::Info, name, fields);
}
inline void warning(std::string_view name, std::initializer_list<Field> fields = {}) {
    event(Level::Warning, name, fields);
}
inline void error(std::string_view name, std::initializer_list<Field> fields = {}) {
    event(Level::Error, name, fields);
}

} // namespace platform::log
