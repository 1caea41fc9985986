#include "linking/state/names.hpp"

#include "engine/memory/memory.hpp"
#include "linking/state/standing.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace linking::state {
namespace {

using engine::memory::Memory;
using engine::memory::Snapshot;

/// Declarations, each named by the gang whose account it tells of: "a1" and "a2" are together.
Snapshot snapshot_of(const std::vector<std::string>& ids) {
    Memory memory{{}, 1};
    for (const std::string& id : ids) {
        engine::record::Statement statement;
        statement.id = id;
        statement.identifiers.push_back({.type = engine::record::IdentifierType::Handle,
                                         .value = "gang_" + id.substr(0, 1),
                                         .role = engine::record::Role::Suspect,
                                         .platform = "telegram"});
        memory.put(statement);
    }
    return memory.link();
}

Standing standing_of(const std::map<std::string, std::string>& group_of) {
    Standing standing;
    for (const auto& [id, name] : group_of) {
        standing.group_of[id] = name;
        if (!name.empty()) ++standing.members[name];
    }
    return standing;
}

/// By declaration; those alone are left out.
std::map<std::string, std::string> named(const Snapshot& snapshot, const Standing& standing) {
    std::vector<const std::string*> before;
    for (engine::link::RecordIndex i = 0; i < snapshot.corpus.size(); ++i) {
        before.push_back(standing.group_in_tables(snapshot.corpus.id(i)));
    }
    const std::vector<std::string> names = names_of(snapshot, before);
    std::map<std::string, std::string> out;
    for (engine::link::RecordIndex i = 0; i < snapshot.corpus.size(); ++i) {
        const std::string& name = names[snapshot.grouping.group_of[i]];
        if (!name.empty()) out.emplace(snapshot.corpus.id(i), name);
    }
    return out;
}

using Named = std::map<std::string, std::string>;

struct Row {
    const char* name;
    std::vector<std::string> declarations;
    Named before;
    Named after;
};

TEST(Names, AreKept) {
    const std::vector<Row> rows{
        {"a new member",
         {"a1", "a2", "a3"},
         {{"a2", "x"}, {"a3", "x"}},
         {{"a1", "x"}, {"a2", "x"}, {"a3", "x"}}},
        {"two became one: the larger's",
         {"a1", "a2", "a3", "a4", "a5"},
         {{"a1", "x"}, {"a2", "x"}, {"a3", "y"}, {"a4", "y"}, {"a5", "y"}},
         {{"a1", "y"}, {"a2", "y"}, {"a3", "y"}, {"a4", "y"}, {"a5", "y"}}},
        {"equal halves: the smaller name",
         {"a1", "a2"},
         {{"a1", "y"}, {"a2", "x"}},
         {{"a1", "x"}, {"a2", "x"}}},
        {"alone: none", {"a1"}, {{"a1", "x"}}, {}},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(named(snapshot_of(row.declarations), standing_of(row.before)), row.after)
            << row.name;
    }
}

TEST(Names, OfAGroupThatFellApartGoToTheLargerPart) {
    const Snapshot snapshot = snapshot_of({"a1", "a2", "b1", "b2", "b3"});
    const Named after = named(
        snapshot, standing_of({{"a1", "x"}, {"a2", "x"}, {"b1", "x"}, {"b2", "x"}, {"b3", "x"}}));
    EXPECT_EQ(after.at("b1"), "x");
    EXPECT_NE(after.at("a1"), "x");
    EXPECT_TRUE(after.at("a1").starts_with("g-"));
}

// The name that a new group would have by itself is kept by another.
TEST(Names, AreGivenOnce) {
    const Snapshot snapshot = snapshot_of({"a1", "a2", "b1", "b2"});
    const Named fresh = named(snapshot, {});
    ASSERT_NE(fresh.at("a1"), fresh.at("b1"));
    const Named after =
        named(snapshot, standing_of({{"b1", fresh.at("a1")}, {"b2", fresh.at("a1")}}));
    EXPECT_EQ(after.at("b1"), fresh.at("a1"));
    EXPECT_EQ(after.at("a1"), fresh.at("a1") + "-2");
}

} // namespace
} // namespace linking::state
