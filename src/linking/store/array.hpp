// PostgreSQL's literal of an array (its manual, 8.15.2), grown by one element at a time.
#pragma once

#include <string>
#include <string_view>

namespace linking::store {

class Array {
public:
    void add_text(std::string_view text) {
        separate();
        literal_ += '"';
        for (const char letter : text) {
            if (letter == '"' || letter == '\\') literal_ += '\\';
            literal_ += letter;
        }
        literal_ += '"';
    }
    /// A number as written.
    void add(std::string_view number) {
        separate();
        literal_ += number;
    }
    [[nodiscard]] std::string text() const { return literal_ + '}'; }

private:
    void separate() {
        if (literal_.size() > 1) literal_ += ',';
    }

    std::string literal_ = "{";
};

} // namespace linking::store
