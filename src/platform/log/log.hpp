// Events, one JSON object a line on standard error: a name and typed fields. There is no field for
// a text that a person typed: values are numbers, durations, and words of the program itself.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace platform::log {

enum class Level : std::uint8_t { Debug, Info, Warning, Error };

/// A word of the program: a constant, a route's pattern, an enumerator's name. Made from literals
/// and from names that code gives, never from input.
class Word {
public:
    explicit Word(std::string_view word) : text_{word} {}
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_;
};

struct Field {
    Field(std::string_view field_name, std::int64_t number)
        : name{field_name}, is_number{true}, value{number} {}
    Field(std::string_view field_name, Word field_word)
        : name{field_name}, word{field_word.text()} {}

    std::string_view name;
    bool is_number = false;
    std::int64_t value = 0;
    std::string word;
};

/// Below `level` nothing is written. Call once, before threads start.
void start(Level level);

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
