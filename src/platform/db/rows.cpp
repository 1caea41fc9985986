#include "platform/db/rows.hpp"

#include "base/check.hpp"

#include <libpq-fe.h>

#include <charconv>

namespace platform::db {
namespace {

std::int64_t whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    check(failed == std::errc{} && end == text.data() + text.size(), "the column is an integer");
    return number;
}

} // namespace

bool Row::is_null(int column) const {
    check(column >= 0 && column < PQnfields(result_), "the query returns this column");
    return PQgetisnull(result_, row_, column) != 0;
}

std::string_view Row::text(int column) const {
    check(!is_null(column), "the column is not null");
    return {PQgetvalue(result_, row_, column),
            static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

std::optional<std::string> Row::text_or_null(int column) const {
    if (is_null(column)) return std::nullopt;
    return std::string{text(column)};
}

std::int64_t Row::integer(int column) const {
    return whole_number(text(column));
}

bool Row::boolean(int column) const {
    const std::string_view word = text(column);
    check(word == "t" || word == "f", "the column is a boolean");
    return word == "t";
}

std::string Row::bytes(int column) const {
    const std::string_view hex = text(column); // ends with a zero byte, as libpq promises
    check(hex.starts_with("\\x"), "the column is a bytea");
    struct Free {
        void operator()(unsigned char* bytes) const { PQfreemem(bytes); }
    };
    std::size_t size = 0;
    const std::unique_ptr<unsigned char, Free> raw{
        PQunescapeBytea(reinterpret_cast<const unsigned char*>(hex.data()), &size)};
    check(raw != nullptr, "memory for a bytea");
    return {reinterpret_cast<const char*>(raw.get()), size};
}

UnixSeconds Row::time(int column) const {
    // As DateStyle ISO and TimeZone UTC write it: "2026-03-01 08:30:00.25+00".
    std::string written{text(column)};
    check(written.size() > 13 && written[10] == ' ' && written.ends_with("+00"),
          "the column is a timestamptz");
    written[10] = 'T';
    written.replace(written.size() - 3, 3, "Z");
    const std::optional<UnixSeconds> at = parse_rfc3339(written);
    check(at.has_value(), "the column is a timestamptz");
    return *at;
}

std::optional<UnixSeconds> Row::time_or_null(int column) const {
    if (is_null(column)) return std::nullopt;
    return time(column);
}

int Rows::size() const {
    return PQntuples(result_.get());
}

std::int64_t Rows::touched() const {
    const std::string_view count{PQcmdTuples(result_.get())};
    return count.empty() ? 0 : whole_number(count);
}

void Rows::Clear::operator()(pg_result* result) const {
    PQclear(result);
}

} // namespace platform::db
