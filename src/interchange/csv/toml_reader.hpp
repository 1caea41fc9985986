// Reads the tables of a TOML document into typed places, and says which key is wrong or unknown.
#pragma once

#include "interchange/reject_reason.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <vector>

namespace interchange::csv {

/// One table being read: every key must be asked for, what is left over is a fault. The first
/// fault is kept; reading goes on without effect after it.
class TableReader {
public:
    /// `place`: "identifiers/0" or empty for the document itself.
    TableReader(const toml::table& table, std::string place, std::optional<Fault>& fault);

    void text(std::string_view key, std::string& out);
    void texts(std::string_view key, std::vector<std::string>& out); // a string, or some
    /// A word of `names`; `set` is told its place among them.
    template <class Names, class Enum>
    void word(std::string_view key, const Names& names, Enum& out) {
        std::string written;
        text(key, written);
        if (written.empty()) return;
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i] != written) continue;
            out = static_cast<Enum>(i);
            return;
        }
        fail(key, "'" + written + "' is not one of the words of the format.");
    }
    [[nodiscard]] const toml::table* table(std::string_view key);
    /// [[key]]: the tables of an array, at most kTablesMax.
    [[nodiscard]] std::vector<const toml::table*> tables(std::string_view key);
    void require(std::string_view key);
    void finish();
    void fail(std::string_view key, std::string what);
    [[nodiscard]] std::string place_of(std::string_view key) const;

private:
    const toml::node* find(std::string_view key);

    const toml::table& table_;
    std::string place_;
    std::optional<Fault>& fault_;
    std::vector<std::string_view> asked_;
};

} // namespace interchange::csv
