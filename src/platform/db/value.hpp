// What is given to a query: text, numbers, bytes, or nothing. Values are copied: a query never
// looks at memory that its caller has given back.
#pragma once

#include "base/time.hpp"

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace platform::db {

/// One parameter ($1, $2…) of a query, in the form that PostgreSQL's protocol takes.
class Value {
public:
    // NOLINTBEGIN(google-explicit-constructor): a list of parameters reads as a list of values
    Value(std::nullopt_t) {}
    Value(std::string_view text) : bytes_{text}, present_{true} {}
    Value(const std::string& text) : Value{std::string_view{text}} {}
    Value(const char* text) : Value{std::string_view{text}} {}
    Value(std::same_as<bool> auto value) : Value{std::string_view{value ? "t" : "f"}} {}
    template <std::integral Number>
        requires(!std::same_as<Number, bool>)
    Value(Number value) : bytes_{std::to_string(value)}, present_{true} {}
    Value(std::span<const std::byte> bytes) // bytea
        : bytes_{reinterpret_cast<const char*>(bytes.data()), bytes.size()}, binary_{true},
          present_{true} {}
    template <class T> Value(const std::optional<T>& maybe) {
        if (maybe) *this = Value{*maybe};
    }
    // NOLINTEND(google-explicit-constructor)
    /// A timestamptz.
    [[nodiscard]] static Value time(UnixSeconds at) { return Value{to_rfc3339(at)}; }
    [[nodiscard]] static Value bytes(std::string_view raw) {
        return Value{std::as_bytes(std::span{raw.data(), raw.size()})};
    }

    [[nodiscard]] const std::string& raw() const { return bytes_; }
    [[nodiscard]] bool is_binary() const { return binary_; }
    [[nodiscard]] bool is_null() const { return !present_; }

private:
    std::string bytes_;
    bool binary_ = false;
    bool present_ = false;
};

} // namespace platform::db
