#include "chain/explain/words.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace chain {
namespace {

using Json = nlohmann::ordered_json;

double hundredths(float value) {
    return std::round(static_cast<double>(value) * 100) / 100;
}

std::string text_of(std::string_view text) {
    return std::string{text};
}

/// Victims' own values stay out of what explain() prints, in JSON too; cards stay pseudonyms.
Json key_json(const ChainView& chain, std::uint32_t key, bool hide) {
    Json out{{"type", text_of(engine::link::name_of(chain.kind(key)))}};
    if (!hide) out["value"] = text_of(chain.value(key));
    return out;
}

Json evidence_json(const ChainView& chain, std::span<const StoredEvidence> evidence) {
    Json out = Json::array();
    for (const StoredEvidence& each : evidence) {
        Json piece = key_json(chain, each.key, false);
        piece["bits"] = hundredths(each.bits);
        out.push_back(piece);
    }
    return out;
}

Json link_json(const ChainView& chain, const StoredLink& link) {
    return Json{{"a", text_of(chain.id(link.a))},
                {"b", text_of(chain.id(link.b))},
                {"probability", std::round(static_cast<double>(link.probability) * 1e4) / 1e4},
                {"tier", text_of(engine::link::kTierNames[link.tier])},
                {"evidence", evidence_json(chain, chain.evidence_of(link))}};
}

Json opening(const ChainView& chain, Pair pair, bool together) {
    return Json{{"a", text_of(chain.id(pair.a))},
                {"b", text_of(chain.id(pair.b))},
                {"together", together},
                {"group_a", text_of(chain.group_name(chain.group_of(pair.a)))},
                {"group_b", text_of(chain.group_name(chain.group_of(pair.b)))}};
}

std::string line_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::string together_as_json(const ChainView& chain, Pair pair, const Together& facts,
                             const std::string& text) {
    Json out = opening(chain, pair, true);
    out["path"] = Json::array();
    for (const Step& step : facts.path) {
        Json each{{"a", text_of(chain.id(step.a))}, {"b", text_of(chain.id(step.b))}};
        each["probability"] = nullptr; // the run did not link these two directly
        if (step.link) {
            each["probability"] =
                std::round(static_cast<double>(step.link->probability) * 1e4) / 1e4;
            each["tier"] = text_of(engine::link::kTierNames[step.link->tier]);
        }
        each["evidence"] = evidence_json(chain, step.evidence);
        out["path"].push_back(each);
    }
    out["critical"] = nullptr; // not tried: the group is too large
    if (facts.critical) {
        out["critical"] = Json::array();
        for (const std::uint32_t key : *facts.critical) {
            out["critical"].push_back(key_json(chain, key, false));
        }
    }
    out["text"] = text;
    return line_of(out);
}

std::string apart_as_json(const ChainView& chain, Pair pair, const Apart& facts,
                          const std::string& text) {
    using engine::record::Role;
    Json out = opening(chain, pair, false);
    out["shared"] = Json::array();
    for (const SharedKey& shared : facts.shared) {
        const bool is_victims = shared.in_a == Role::Victim || shared.in_b == Role::Victim;
        const engine::link::Verdict verdict = chain.verdict(shared.key);
        Json entry = key_json(chain, shared.key, is_victims);
        entry["role_in_a"] = text_of(engine::record::name_of(shared.in_a));
        entry["role_in_b"] = text_of(engine::record::name_of(shared.in_b));
        entry["verdict"] =
            text_of(engine::link::kVerdictNames[static_cast<std::size_t>(verdict.kind)]);
        entry["effective_groups"] = hundredths(verdict.groups);
        entry["bits"] = hundredths(verdict.bits);
        entry["records"] = chain.postings(shared.key).size();
        out["shared"].push_back(entry);
    }
    out["proposal"] = nullptr;
    if (facts.proposal) out["proposal"] = link_json(chain, *facts.proposal);
    out["text"] = text;
    return line_of(out);
}

} // namespace chain
