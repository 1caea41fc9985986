#include "engine/link/link.hpp"
#include "engine/link/steps/core.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace engine::link {
namespace {

struct Key {
    KeyKind kind;
    std::string value;
    record::Role role = record::Role::Suspect;
};
struct Declared {
    std::string id;
    std::vector<Key> keys;
    std::optional<UnixSeconds> at{};
};

Corpus corpus_of(const std::vector<Declared>& records) {
    Corpus corpus;
    for (const Declared& declared : records) {
        std::vector<Corpus::NewOccurrence> places;
        for (std::size_t i = 0; i < declared.keys.size(); ++i) {
            Corpus::NewOccurrence place{declared.keys[i].kind, declared.keys[i].value, {}};
            place.place.start = static_cast<std::uint32_t>(i * 40);
            place.place.length = 20;
            place.place.role = declared.keys[i].role;
            places.push_back(place);
        }
        corpus.append({.id = declared.id, .received_at = declared.at, .scam_type = "", .tag = 0},
                      places);
    }
    corpus.seal(1);
    return corpus;
}

using Partition = std::set<std::set<std::string>>;

Partition partition(const std::vector<Declared>& records, unsigned threads = 1) {
    const Corpus corpus = corpus_of(records);
    const Grouping grouping = link(corpus, {}, {.threads = threads});
    Partition result;
    for (const auto& members : grouping.groups) {
        std::set<std::string> names;
        for (const RecordIndex record : members) names.insert(std::string{corpus.id(record)});
        result.insert(names);
    }
    return result;
}

std::string numbered(const char* word, std::size_t number) {
    return word + std::to_string(number);
}

/// Gangs of `size` records that share a phone and an IBAN each, all on one platform.
std::vector<Declared> gangs(std::size_t count, std::size_t size) {
    std::vector<Declared> records;
    for (std::size_t gang = 0; gang < count; ++gang) {
        for (std::size_t i = 0; i < size; ++i) {
            records.push_back({numbered("r", records.size()),
                               {{KeyKind::Phone, numbered("phone", gang)},
                                {KeyKind::Iban, numbered("iban", gang)},
                                {KeyKind::Domain, "platform.example"}}});
        }
    }
    return records;
}

TEST(Link, APlatformDoesNotJoinGangs) {
    const Partition found = partition(gangs(40, 4));
    EXPECT_EQ(found.size(), 40U);
    for (const auto& group : found) EXPECT_EQ(group.size(), 4U);
}

TEST(Link, OneSharedAccountDoesNotJoinTwoLargeGangs) {
    std::vector<Declared> records = gangs(2, 30);
    for (std::size_t i = 0; i < 30; ++i) {
        records[i].keys.push_back({KeyKind::Email, numbered("mail-a", i / 5)});
        records[30 + i].keys.push_back({KeyKind::Email, numbered("mail-b", i / 5)});
        records[i].keys.push_back({KeyKind::Handle, numbered("handle-a", i / 6)});
        records[30 + i].keys.push_back({KeyKind::Handle, numbered("handle-b", i / 6)});
        records[i].keys.erase(records[i].keys.begin() + 2);
        records[30 + i].keys.erase(records[30 + i].keys.begin() + 2);
    }
    for (const std::size_t i : {3U, 4U, 33U, 34U}) {
        records[i].keys.push_back({KeyKind::Iban, "mule"});
    }
    EXPECT_EQ(partition(records).size(), 2U);
}

TEST(Link, UsesFarApartInTimeAreNotOneOffenders) {
    constexpr UnixSeconds kDay = 86'400;
    constexpr UnixSeconds kFirst = 20'000 * kDay;
    // Gangs that live for four days, one after the other over four years, whose cores tell that.
    std::vector<Declared> records = gangs(300, 5);
    for (std::size_t i = 0; i < records.size(); ++i) {
        records[i].at = kFirst + static_cast<UnixSeconds>(i) * kDay;
    }
    const auto pair = [&](const char* name, UnixSeconds apart) {
        for (const UnixSeconds at : {UnixSeconds{0}, apart}) {
            records.push_back({numbered(name, static_cast<std::size_t>(at)),
                               {{KeyKind::Iban, name}},
                               kFirst + 200 * kDay + at});
        }
    };
    pair("near", 2 * kDay);
    pair("far", 900 * kDay);
    const Partition found = partition(records);
    EXPECT_TRUE(found.contains({numbered("near", 0), numbered("near", 2 * kDay)}));
    EXPECT_TRUE(found.contains({numbered("far", 0)}));
    EXPECT_TRUE(found.contains({numbered("far", 900 * kDay)}));
    // Without times, both accounts say the same.
    for (Declared& record : records) record.at.reset();
    EXPECT_EQ(partition(records).size(), 302U);
}

TEST(Link, ManyReportsOfOneMessageAreOneGroup) {
    std::vector<Declared> records;
    for (std::size_t i = 0; i < 400; ++i) {
        records.push_back({numbered("r", i),
                           {{KeyKind::Domain, "parcel.example"}, {KeyKind::Script, "one text"}}});
    }
    EXPECT_EQ(partition(records).size(), 1U);
    // A leaflet and its page: the holders have phones of their own, two and two.
    for (std::size_t i = 0; i < 400; ++i) {
        records[i].keys.push_back({KeyKind::Phone, numbered("phone", i / 2)});
    }
    EXPECT_GE(partition(records).size(), 200U);
}

TEST(Link, VictimsOwnIdentifiersJoinNobody) {
    EXPECT_EQ(partition({{"a", {{KeyKind::Phone, "p", record::Role::Victim}}},
                         {"b", {{KeyKind::Phone, "p", record::Role::Victim}}}})
                  .size(),
              2U);
    EXPECT_EQ(partition({{"a", {{KeyKind::Phone, "p"}}}, {"b", {{KeyKind::Phone, "p"}}}}).size(),
              1U);
}

TEST(Link, OrderAndThreadsChangeNothing) {
    std::vector<Declared> records = gangs(30, 5);
    for (std::size_t i = 0; i + 7 < records.size(); i += 7) {
        records[i].keys.push_back({KeyKind::Email, numbered("bridge", i / 14)});
    }
    const Partition once = partition(records, 1);
    std::reverse(records.begin(), records.end());
    EXPECT_EQ(partition(records, 2), once);
    std::rotate(records.begin(), records.begin() + 41, records.end());
    EXPECT_EQ(partition(records, 3), once);
}

TEST(Link, LinksAreAForestWithinGroups) {
    const std::vector<Declared> records = gangs(10, 6);
    const Corpus corpus = corpus_of(records);
    const Grouping grouping = link(corpus, {}, {.threads = 1});
    EXPECT_EQ(grouping.links.size(), corpus.size() - grouping.groups.size());
    for (const Link& link : grouping.links) {
        EXPECT_EQ(grouping.group_of[link.a], grouping.group_of[link.b]);
        EXPECT_GT(link.evidence_count, 0U);
        EXPECT_EQ(link.tier, Tier::Core);
    }
}

TEST(Link, CountlessScamTypesAreOther) {
    Corpus corpus;
    for (std::size_t i = 0; i < 70'000; ++i) {
        const std::string id = numbered("r", i);
        const std::string type = numbered("type", i);
        corpus.append({.id = id, .received_at = {}, .scam_type = type, .tag = i}, {});
    }
    corpus.seal(1);
    EXPECT_EQ(corpus.scam_type(*corpus.find("r0")), "type0");
    EXPECT_EQ(corpus.scam_type(*corpus.find("r59999")), "type59999");
    EXPECT_EQ(corpus.scam_type(*corpus.find("r60000")), "other");
    EXPECT_EQ(corpus.scam_type(*corpus.find("r69999")), "other");
}

TEST(Link, NothingIsFine) {
    EXPECT_TRUE(partition({}).empty());
    EXPECT_EQ(partition({{"alone", {}}}).size(), 1U);
}

TEST(Corpus, RefusesAnIdTwiceAndFindsRecords) {
    const Corpus corpus = corpus_of({{"a", {{KeyKind::Phone, "1"}}}, {"b", {}}, {"a", {}}});
    EXPECT_EQ(corpus.size(), 2U);
    ASSERT_TRUE(corpus.find("a").has_value());
    EXPECT_EQ(corpus.id(*corpus.find("a")), "a");
    EXPECT_EQ(corpus.occurrences(*corpus.find("a")).size(), 1U);
    EXPECT_FALSE(corpus.find("c").has_value());
}

Occurrence place_at(std::uint32_t start, record::Role role = record::Role::Suspect) {
    Occurrence place;
    place.start = start;
    place.role = role;
    return place;
}

/// What a corpus of many records holds, as text, when it was filled and sealed in that way.
std::string contents(std::size_t turned_by, unsigned threads) {
    constexpr std::size_t kRecords = 20'000;
    Corpus corpus;
    std::vector<std::size_t> order(kRecords);
    for (std::size_t i = 0; i < kRecords; ++i) order[i] = (i + turned_by) % kRecords;
    for (const std::size_t i : order) {
        const std::string phone = numbered("phone", i / 3);
        const std::string mail = numbered("mail", i % 5000);
        const record::Role role = i % 7 == 0 ? record::Role::Victim : record::Role::Suspect;
        const std::vector<Corpus::NewOccurrence> places{{KeyKind::Phone, phone, place_at(40)},
                                                        {KeyKind::Email, mail, place_at(0, role)},
                                                        {KeyKind::Phone, phone, place_at(20)}};
        corpus.append({.id = numbered("r", i), .received_at = {}, .scam_type = "", .tag = i},
                      places);
    }
    for (std::uint32_t place = 0; place < kRecords; ++place) {
        if (order[place] % 2 == 0) continue;
        const std::string script = numbered("script", order[place] % 100);
        corpus.add(place, corpus.key_of(KeyKind::Script, script), place_at(9));
    }
    corpus.seal(threads);
    std::string all;
    for (RecordIndex record = 0; record < corpus.size(); ++record) {
        all.append(corpus.id(record)).append(std::to_string(corpus.tag(record)));
        for (const Occurrence& each : corpus.occurrences(record)) {
            all.append(" ").append(corpus.value(each.key)).append(std::to_string(each.start));
        }
    }
    for (KeyIndex key = 0; key < corpus.keys(); ++key) {
        all.append("\n").append(corpus.value(key));
        for (const RecordIndex record : corpus.records(key)) {
            all.append(" ").append(std::to_string(record));
        }
    }
    return all;
}

TEST(Corpus, OrderAndThreadsChangeNothing) {
    const std::string once = contents(0, 1);
    EXPECT_EQ(contents(0, 3), once);
    EXPECT_EQ(contents(7'777, 2), once);
    EXPECT_NE(once.find("\nphone0 "), std::string::npos);
}

TEST(Core, PoissonTail) {
    EXPECT_NEAR(steps::log10_poisson_tail(1.0, 3), std::log10(0.0803014), 1e-4);
    EXPECT_NEAR(steps::log10_poisson_tail(0.01, 2), std::log10(4.9668e-5), 1e-3);
    EXPECT_EQ(steps::log10_poisson_tail(5.0, 2), 0.0);
}

} // namespace
} // namespace engine::link
