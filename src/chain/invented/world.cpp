#include "chain/invented/world.hpp"

#include "base/check.hpp"
#include "base/time.hpp"
#include "interchange/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

namespace chain::invented {
namespace {

using engine::link::KeyKind;
using engine::record::Role;

constexpr UnixSeconds kFirstDay = 1'735'689'600; // 2025-01-01
constexpr UnixSeconds kDay = 86'400;

std::vector<engine::link::Corpus::NewOccurrence> occurrences_of(const Record& record) {
    std::vector<engine::link::Corpus::NewOccurrence> out;
    for (const Piece& piece : record.pieces) {
        const std::size_t start = record.narrative.find(piece.written);
        check(start != std::string::npos, "an invented piece stands in its narrative");
        engine::link::Occurrence place;
        place.start = static_cast<std::uint32_t>(start);
        place.length = static_cast<std::uint16_t>(piece.written.size());
        place.role = piece.role;
        out.push_back({.kind = piece.kind, .value = piece.value, .place = place});
    }
    return out;
}

/// Gangs by falling size, then the lone records, each in the order of its first record.
void give_groups(const std::vector<int>& gang_of, engine::link::Grouping& grouping) {
    std::map<int, std::vector<engine::link::RecordIndex>> members;
    int lone = -1;
    for (const int gang : gang_of) {
        const auto record = static_cast<engine::link::RecordIndex>(grouping.group_of.size());
        members[gang < 0 ? lone-- : gang].push_back(record);
        grouping.group_of.push_back(0);
    }
    std::multimap<std::pair<std::size_t, std::size_t>, std::vector<engine::link::RecordIndex>>
        ordered;
    for (const auto& [gang, records] : members) {
        ordered.insert({{SIZE_MAX - records.size(), records.front()}, records});
    }
    for (const auto& [order, records] : ordered) {
        const auto group = static_cast<engine::link::GroupIndex>(grouping.groups.size());
        for (const engine::link::RecordIndex record : records) grouping.group_of[record] = group;
        grouping.groups.push_back(records);
    }
}

void give_verdicts(const engine::link::Corpus& corpus, engine::link::Grouping& grouping) {
    using engine::link::VerdictKind;
    for (std::size_t i = 0; i < corpus.keys(); ++i) {
        const auto key = static_cast<engine::link::KeyIndex>(i);
        std::set<engine::link::GroupIndex> groups;
        for (const engine::link::RecordIndex record : corpus.records(key)) {
            groups.insert(grouping.group_of[record]);
        }
        engine::link::Verdict verdict;
        verdict.groups = static_cast<float>(groups.size());
        if (corpus.value(key) == "+33199000017") {
            verdict.kind = VerdictKind::Listed;
        } else if (corpus.records(key).size() > 1) {
            verdict.kind = groups.size() == 1  ? VerdictKind::Links
                           : groups.size() < 4 ? VerdictKind::Shared
                                               : VerdictKind::Hub;
        }
        if (verdict.kind == VerdictKind::Links) verdict.bits = 11.5F;
        if (verdict.kind == VerdictKind::Shared) verdict.bits = 4.25F;
        grouping.verdicts.push_back(verdict);
    }
}

/// The keys of that verdict that both records hold as the suspect's.
std::vector<engine::link::KeyIndex> shared_keys(const Outcome& outcome, engine::link::RecordIndex a,
                                                engine::link::RecordIndex b,
                                                engine::link::VerdictKind kind) {
    std::set<engine::link::KeyIndex> keys;
    for (const engine::link::Occurrence& place : outcome.corpus.occurrences(a)) {
        if (outcome.grouping.verdicts[place.key].kind != kind) continue;
        const auto holders = outcome.corpus.records(place.key);
        if (std::binary_search(holders.begin(), holders.end(), a) &&
            std::binary_search(holders.begin(), holders.end(), b)) {
            keys.insert(place.key);
        }
    }
    return {keys.begin(), keys.end()};
}

engine::link::Link link_of(Outcome& outcome, engine::link::RecordIndex a,
                           engine::link::RecordIndex b,
                           const std::vector<engine::link::KeyIndex>& keys,
                           engine::link::Tier tier) {
    engine::link::Link link{.a = a, .b = b, .probability = 0.9875F, .tier = tier};
    link.first_evidence = static_cast<std::uint32_t>(outcome.grouping.evidence.size());
    link.evidence_count = static_cast<std::uint32_t>(keys.size());
    for (const engine::link::KeyIndex key : keys) {
        outcome.grouping.evidence.push_back(
            {.key = key, .bits = outcome.grouping.verdicts[key].bits});
    }
    return link;
}

/// A tree over each gang, along what its records share; proposals where two gangs share something.
void give_links(Outcome& outcome) {
    using engine::link::Tier;
    using engine::link::VerdictKind;
    engine::link::Grouping& grouping = outcome.grouping;
    for (const std::vector<engine::link::RecordIndex>& members : grouping.groups) {
        for (std::size_t i = 1; i < members.size(); ++i) {
            for (std::size_t j = i; j-- > 0;) {
                const auto keys = shared_keys(outcome, members[j], members[i], VerdictKind::Links);
                if (keys.empty()) continue;
                const Tier tier = keys.size() > 1 ? Tier::Core : Tier::Group;
                grouping.links.push_back(link_of(outcome, members[j], members[i], keys, tier));
                break;
            }
        }
    }
    for (std::size_t i = 0; i < outcome.corpus.keys(); ++i) {
        const auto key = static_cast<engine::link::KeyIndex>(i);
        if (grouping.verdicts[key].kind != VerdictKind::Shared) continue;
        const auto holders = outcome.corpus.records(key);
        const auto other = std::find_if(holders.begin(), holders.end(), [&](auto record) {
            return grouping.group_of[record] != grouping.group_of[holders.front()];
        });
        engine::link::Link link = link_of(outcome, holders.front(), *other, {key}, Tier::Network);
        link.probability = 0.4F;
        grouping.proposals.push_back(link);
    }
}

} // namespace

std::vector<Record> small_world() {
    const Piece iban{KeyKind::Iban, "FR7630006000011234567890189",
                     "FR76 3000 6000 0112 3456 7890 189"};
    const Piece phone{KeyKind::Phone, "+33639980011", "06.39.98.00.11"};
    const Piece mail{KeyKind::Email, "sophie.colis@mail.example", "sophie.colis@mail.example"};
    const Piece mule{KeyKind::Iban, "BE71096123456769", "BE71 0961 2345 6769"};
    const Piece listed{KeyKind::Phone, "+33199000017", "01 99 00 00 17"};
    const Piece card{KeyKind::Card, "497010******0007#0123456789abcdef", "4970 1000 0000 0007"};
    const Piece own{KeyKind::Phone, "+33639984444", "06 39 98 44 44", Role::Victim};
    const Piece url{KeyKind::Url, "https://colis-en-attente.example/suivi",
                    "colis-en-attente.example/suivi"};
    return {
        {"p-001",
         "2025-03-03T09:00:00Z",
         "livraison",
         "On m'a fait virer 300 € à FR76 3000 6000 0112 3456 7890 189. Mon numéro est le "
         "06 39 98 44 44, ma carte 4970 1000 0000 0007.",
         {iban, own, card},
         0},
        {"p-002",
         "2025-03-05T10:00:00Z",
         "livraison",
         "Le 06.39.98.00.11 m'a demandé un virement sur FR76 3000 6000 0112 3456 7890 189, lien "
         "colis-en-attente.example/suivi <"
         "b>cliquez</"
         "b>",
         {phone, iban, url},
         0},
        {"p-003",
         "2025-03-12",
         "livraison",
         "Appel du 06.39.98.00.11 puis mail de sophie.colis@mail.example et demande d'argent vers "
         "BE71 0961 2345 6769",
         {phone, mail, mule},
         0},
        {"p-004",
         "2025-04-01",
         "sentiments",
         "Elodie_m voulait de l'argent sur BE71 0961 2345 6769, j'ai appelé le 01 99 00 00 17",
         {{KeyKind::Handle, "telegram:elodie_m", "Elodie_m"}, mule, listed},
         1},
        {"p-005",
         "2025-04-02",
         "sentiments",
         "@elodie_m, encore BE71 0961 2345 6769 ; numéro officiel 01 99 00 00 17 ; rappelez-moi au "
         "06 39 98 44 44",
         {{KeyKind::Handle, "telegram:elodie_m", "@elodie_m"}, mule, listed, own},
         1},
        {"p,\"006\"", "", "", "Je ne sais plus rien.", {}, -1},
    };
}

std::vector<Record> large_world(std::size_t gangs, std::size_t largest) {
    constexpr const char* kKinds[] = {"livraison", "sentiments", "faux conseiller", "achat",
                                      "location"};
    std::vector<Record> out;
    for (std::size_t gang = 0; gang < gangs; ++gang) {
        const std::size_t size = std::max<std::size_t>(1, largest / (gang + 1));
        for (std::size_t i = 0; i < size; ++i) {
            // Each identifier serves three to seven records, then the gang takes another.
            const std::size_t phone = gang * 100 + i / 3;
            const std::size_t iban = gang * 100 + i / 7;
            const std::string phone_written =
                fmt::format("06 39 98 {:02} {:02}", phone / 100 % 100, phone % 100);
            const std::string iban_written = fmt::format("FR76 0000 0000 {:08}", iban);
            const std::string host = fmt::format("suivi-{}.example", gang * 10 + i / 5);
            Record record;
            record.id = fmt::format("plainte-{:03}-{:04}", gang, i);
            record.received_at = to_rfc3339(
                kFirstDay + static_cast<UnixSeconds>((gang * 37) % 400 + i * 3 + i % 2) * kDay);
            record.scam_type = kKinds[(gang + (i % 11 == 0 ? 1 : 0)) % std::size(kKinds)];
            record.narrative = fmt::format(
                "J'ai reçu un appel du {} me disant que mon colis était bloqué. Le site {} a pris "
                "mes coordonnées, puis on m'a fait virer {} € sur {}. J'avais vu l'annonce sur "
                "petites-annonces.example.",
                phone_written, host, 40 + (gang * 7 + i * 13) % 900, iban_written);
            record.pieces = {
                {KeyKind::Phone, fmt::format("+3363998{:04}", phone % 10'000), phone_written},
                {KeyKind::Domain, host, host},
                {KeyKind::Iban, fmt::format("FR7600000000{:08}", iban), iban_written},
                {KeyKind::Domain, "petites-annonces.example", "petites-annonces.example"}};
            record.gang = size > 1 ? static_cast<int>(gang) : -1;
            out.push_back(std::move(record));
        }
    }
    return out;
}

Outcome outcome_of(const std::vector<Record>& records, const std::filesystem::path& folder) {
    Outcome outcome;
    const std::filesystem::path path = folder / "records.jsonl";
    std::string lines;
    for (std::size_t i = 0; i < records.size(); ++i) {
        engine::record::Statement statement;
        statement.id = records[i].id;
        statement.received_at = parse_rfc3339(records[i].received_at);
        statement.scam_type = records[i].scam_type;
        statement.narrative = records[i].narrative;
        outcome.sources.push_back({.file = 0, .line = i + 1, .offset = lines.size()});
        interchange::append_jsonl(statement, lines);
        outcome.corpus.append({.id = statement.id,
                               .received_at = statement.received_at,
                               .scam_type = statement.scam_type,
                               .tag = i},
                              occurrences_of(records[i]));
    }
    std::ofstream{path, std::ios::binary} << lines;
    outcome.files = interchange::InputFiles::from({path});
    outcome.corpus.seal(1);

    std::vector<int> gang_of(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto record = static_cast<engine::link::RecordIndex>(i);
        gang_of[i] = records[outcome.corpus.tag(record)].gang;
    }
    give_groups(gang_of, outcome.grouping);
    give_verdicts(outcome.corpus, outcome.grouping);
    give_links(outcome);
    outcome.counts.in = records.size() + 2;
    outcome.counts.linked = records.size();
    outcome.counts.rejected = 2;
    outcome.counts.bytes = lines.size();
    outcome.counts.rejected_by_reason = {{"invalid_json", 1}, {"missing_id", 1}};
    outcome.seconds = {{"reading", 0.5}, {"linking", 0.25}};
    return outcome;
}

} // namespace chain::invented
