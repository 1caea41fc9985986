#include "chain/explain/words.hpp"

#include "base/time.hpp"
#include "engine/record/mention.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>

namespace chain {
namespace {

using engine::record::Role;

constexpr std::size_t kIdCharactersMax = 80;
constexpr float kBitsWorthSaying = 1; // doubles the odds at least

/// A sentence of the table, filled in.
template <class... Places> std::string say(std::string_view pattern, const Places&... places) {
    return fmt::format(fmt::runtime(pattern), places...);
}

long percent(float probability) {
    // Never "100 % sure": nothing here is.
    return std::clamp(std::lround(100.0 * static_cast<double>(probability)), 0L, 99L);
}

class Teller {
public:
    Teller(const ChainView& chain, Language language) : chain_{chain}, words_{wording(language)} {}

    [[nodiscard]] std::string id(std::uint32_t record) const {
        return shown_text(chain_.id(record), kIdCharactersMax);
    }
    [[nodiscard]] std::string_view kind(std::uint32_t key) const {
        return words_.kinds[static_cast<std::size_t>(chain_.kind(key))];
    }
    [[nodiscard]] std::string value(std::uint32_t key) const {
        return shown_value(chain_.kind(key), chain_.value(key));
    }
    [[nodiscard]] std::size_t group_size(std::uint32_t group) const {
        const std::span<const std::uint32_t> groups = chain_.group_of();
        return static_cast<std::size_t>(std::count(groups.begin(), groups.end(), group));
    }
    void line(std::size_t indent, const std::string& text) {
        out_.append(indent, ' ');
        out_ += text;
        out_ += '\n';
    }
    void tell_step(std::size_t number, const Step& step, const Statements& statements);
    void tell_critical(const std::optional<std::vector<std::uint32_t>>& critical);
    void tell_shared(Pair pair, const SharedKey& shared);
    void tell_missing(Pair pair, const Apart& facts);
    [[nodiscard]] const Wording& words() const { return words_; }
    [[nodiscard]] std::string text() const { return out_; }

private:
    void tell_times(const Step& step);
    void tell_quote(std::uint32_t record, std::uint32_t key, const Statements& statements);

    const ChainView& chain_;
    const Wording& words_;
    std::string out_;
};

void Teller::tell_step(std::size_t number, const Step& step, const Statements& statements) {
    line(0, "");
    line(0, step.link
                ? say(words_.step, fmt::arg("number", number), fmt::arg("a", id(step.a)),
                      fmt::arg("b", id(step.b)), fmt::arg("tier", words_.tiers[step.link->tier]),
                      fmt::arg("percent", percent(step.link->probability)))
                : say(words_.step_through, fmt::arg("number", number), fmt::arg("a", id(step.a)),
                      fmt::arg("b", id(step.b))));
    tell_times(step);
    for (const StoredEvidence& evidence : step.evidence) {
        // What the heavier pieces already say is not repeated; the JSON has it.
        if (evidence.bits < kBitsWorthSaying && &evidence != step.evidence.data()) continue;
        line(3, "• " + say(words_.evidence, fmt::arg("kind", kind(evidence.key)),
                           fmt::arg("value", value(evidence.key)),
                           fmt::arg("weight", weight_in_words(words_, evidence.bits))));
        tell_quote(step.a, evidence.key, statements);
        tell_quote(step.b, evidence.key, statements);
    }
}

void Teller::tell_times(const Step& step) {
    constexpr UnixSeconds kDay = 86'400;
    const std::optional<UnixSeconds> a = chain_.received_at(step.a);
    const std::optional<UnixSeconds> b = chain_.received_at(step.b);
    if (!a || !b) return;
    const UnixSeconds days = std::abs(*a / kDay - *b / kDay);
    const std::string_view pattern = days == 0   ? words_.received_one_day
                                     : days == 1 ? words_.received_next_day
                                                 : words_.received_apart;
    line(3, say(pattern, fmt::arg("days", days), fmt::arg("a", to_iso_date(*a)),
                fmt::arg("b", to_iso_date(*b))));
}

void Teller::tell_quote(std::uint32_t record, std::uint32_t key, const Statements& statements) {
    const auto statement = statements.find(record);
    if (statement == statements.end()) return;
    std::vector<Place> places;
    for (const StoredOccurrence& place : chain_.occurrences(record)) {
        places.push_back(
            {.key = place.key,
             .kind = chain_.kind(place.key),
             .role = static_cast<Role>(place.role),
             .field = {static_cast<engine::record::FieldKind>(place.field_kind), place.field_index},
             .span = {place.start, place.start + place.length}});
    }
    const std::uint32_t marked[] = {key};
    const std::optional<Quote> found = quote(statement->second, places, key, marked);
    if (!found) return;
    std::string quoted{words_.quote_open};
    for (const Stretch& stretch : found->stretches) {
        const bool is_marked = stretch.look == Stretch::Look::Marked;
        quoted += is_marked ? "[" + stretch.text + "]" : stretch.text;
    }
    quoted += words_.quote_close;
    line(5,
         say(words_.quote_in, fmt::arg("record", id(record)),
             fmt::arg("field", engine::record::path_of(found->field)), fmt::arg("quote", quoted)));
}

void Teller::tell_critical(const std::optional<std::vector<std::uint32_t>>& critical) {
    line(0, "");
    line(0, std::string{words_.if_wrong_title});
    if (!critical) {
        line(3, std::string{words_.if_wrong_unknown});
    } else if (critical->empty()) {
        line(3, std::string{words_.if_wrong_none});
    } else {
        for (const std::uint32_t key : *critical) {
            line(3, "• " + say(words_.if_wrong, fmt::arg("kind", kind(key)),
                               fmt::arg("value", value(key))));
        }
    }
}

void Teller::tell_shared(Pair pair, const SharedKey& shared) {
    std::string reason;
    std::string shown = value(shared.key);
    if (shared.in_a != Role::Suspect || shared.in_b != Role::Suspect) {
        const bool blame_a = shared.in_a != Role::Suspect;
        const Role role = blame_a ? shared.in_a : shared.in_b;
        const std::string record = id(blame_a ? pair.a : pair.b);
        const bool is_victims = role == Role::Victim;
        if (shared.in_a == Role::Victim || shared.in_b == Role::Victim) shown = "••••";
        reason = say(is_victims ? words_.reason_victims : words_.reason_third,
                     fmt::arg("record", record));
    } else {
        reason = verdict_in_words(words_, chain_.verdict(shared.key),
                                  chain_.postings(shared.key).size());
    }
    line(3, "• " + say(words_.shared, fmt::arg("kind", kind(shared.key)), fmt::arg("value", shown),
                       fmt::arg("reason", reason)));
}

void Teller::tell_missing(Pair pair, const Apart& facts) {
    line(0, "");
    line(0, std::string{words_.missing_title});
    if (!facts.a_usable) {
        line(3, "• " + say(words_.missing_nothing_usable, fmt::arg("record", id(pair.a))));
    }
    if (!facts.b_usable) {
        line(3, "• " + say(words_.missing_nothing_usable, fmt::arg("record", id(pair.b))));
    }
    if (!facts.a_usable || !facts.b_usable) return;
    line(3, "• " + std::string{facts.shared.empty() ? words_.missing_same_as
                                                    : words_.missing_one_more});
}

} // namespace

std::string together_in_words(const ChainView& chain, Pair pair, const Together& facts,
                              const Statements& statements, Language language) {
    Teller teller{chain, language};
    const Wording& words = teller.words();
    if (pair.a == pair.b) {
        teller.line(0, say(words.same_record, fmt::arg("a", teller.id(pair.a))));
        return teller.text();
    }
    const std::uint32_t group = chain.group_of(pair.a);
    teller.line(0, say(words.together, fmt::arg("a", teller.id(pair.a)),
                       fmt::arg("b", teller.id(pair.b)),
                       fmt::arg("group", shown_text(chain.group_name(group), kIdCharactersMax)),
                       fmt::arg("records", teller.group_size(group))));
    if (facts.path.size() == 1) {
        teller.line(0, std::string{words.path_of_one});
    } else {
        teller.line(0, say(words.path_of_many, fmt::arg("steps", facts.path.size())));
    }
    for (std::size_t i = 0; i < facts.path.size(); ++i) {
        teller.tell_step(i + 1, facts.path[i], statements);
    }
    if (statements.empty()) {
        teller.line(0, "");
        teller.line(0, std::string{words.no_quote});
    }
    teller.tell_critical(facts.critical);
    return teller.text();
}

std::string apart_in_words(const ChainView& chain, Pair pair, const Apart& facts,
                           Language language) {
    Teller teller{chain, language};
    const Wording& words = teller.words();
    const std::uint32_t group_a = chain.group_of(pair.a);
    const std::uint32_t group_b = chain.group_of(pair.b);
    teller.line(0,
                say(words.apart, fmt::arg("a", teller.id(pair.a)), fmt::arg("b", teller.id(pair.b)),
                    fmt::arg("group_a", shown_text(chain.group_name(group_a), kIdCharactersMax)),
                    fmt::arg("records_a", teller.group_size(group_a)),
                    fmt::arg("group_b", shown_text(chain.group_name(group_b), kIdCharactersMax)),
                    fmt::arg("records_b", teller.group_size(group_b))));
    teller.line(0, "");
    teller.line(0, std::string{words.shared_title});
    if (facts.shared.empty()) teller.line(3, std::string{words.shared_nothing});
    for (const SharedKey& shared : facts.shared) teller.tell_shared(pair, shared);
    if (facts.proposal) {
        teller.line(0, "");
        teller.line(0, say(words.proposed, fmt::arg("a", teller.id(facts.proposal->a)),
                           fmt::arg("b", teller.id(facts.proposal->b)),
                           fmt::arg("percent", percent(facts.proposal->probability))));
    }
    teller.tell_missing(pair, facts);
    return teller.text();
}

} // namespace chain
