// What a query returned.
#pragma once

#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct pg_result; // libpq's

namespace platform::db {

/// One row; columns are counted from 0 in the order of the query's SELECT list. Reading a null or
/// a column that is not there is our mistake: check() stops. Valid as long as its Rows.
class Row {
public:
    Row(const pg_result* result, int row) : result_{result}, row_{row} {}
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::optional<std::string> text_or_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] bool boolean(int column) const;
    /// Of a bytea.
    [[nodiscard]] std::string bytes(int column) const;
    /// Of a timestamptz, whole seconds.
    [[nodiscard]] UnixSeconds time(int column) const;
    [[nodiscard]] std::optional<UnixSeconds> time_or_null(int column) const;

private:
    const pg_result* result_;
    int row_;
};

class Rows {
public:
    explicit Rows(pg_result* result) : result_{result} {} // takes it over
    [[nodiscard]] int size() const;
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] Row operator[](int row) const { return Row{result_.get(), row}; }
    /// Rows that an INSERT, UPDATE or DELETE touched.
    [[nodiscard]] std::int64_t touched() const;

private:
    struct Clear {
        void operator()(pg_result* result) const;
    };
    std::unique_ptr<pg_result, Clear> result_;
};

} // namespace platform::db
