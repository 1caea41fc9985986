#include "engine/risk/structure/findings.hpp"

#include "base/check.hpp"
#include "engine/risk/table/risk_table.hpp"

#include <algorithm>

namespace engine::risk::structure {

void Findings::add(std::string_view name, Span quote, std::string_view about) {
    add(name, std::vector<Span>{quote}, about);
}

void Findings::add(std::string_view name, std::vector<Span> quotes, std::string_view about) {
    const auto same = [&](const Finding& other) { return other.sign == name; };
    if (static_cast<std::size_t>(std::ranges::count_if(found_, same)) == kAboutsMax) return;
    for (Finding& other : found_) {
        if (other.sign != name || other.about != about) continue;
        for (const Span quote : quotes) {
            if (other.quotes.size() < kQuotesMax) other.quotes.push_back(quote);
        }
        return;
    }
    const auto row = std::ranges::find(table::kStructures, name, &table::Structure::name);
    check(row != table::kStructures.end(), "a structure that data/signs.toml does not weigh");
    found_.push_back({.sign = row->name,
                      .story = {},
                      .group = row->group,
                      .bits = row->bits,
                      .quotes = std::move(quotes),
                      .about = std::string{about}});
}

} // namespace engine::risk::structure
