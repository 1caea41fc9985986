#include "linking/state/difference.hpp"

#include "linking/invented/declarations.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace linking::state {
namespace {

using engine::memory::Memory;

TEST(Difference, IsNothingOnceApplied) {
    Memory memory{{}, 1};
    Standing standing;
    for (unsigned round = 0; round < 6; ++round) {
        for (unsigned i = 0; i < 30; ++i) {
            memory.put(invented::declaration(round * 20 + i, round % 2));
        }
        memory.remove("S-" + std::to_string(round * 7));
        const engine::memory::Snapshot found = memory.link();
        const Difference wanted = difference(found, standing);
        EXPECT_FALSE(wanted.empty()) << round;
        apply(wanted, standing);
        EXPECT_TRUE(difference(found, standing).empty()) << round;
    }
}

TEST(Difference, WritesALinkAgainWhenItsReasonsChange) {
    Memory memory{{}, 1};
    for (unsigned i = 0; i < 40; ++i) memory.put(invented::declaration(i));
    const engine::memory::Snapshot found = memory.link();
    Standing standing;
    apply(difference(found, standing), standing);
    ASSERT_FALSE(standing.edges.empty());
    Edge& edge = standing.edges.begin()->second;
    const Edge right = edge;
    edge.probability = right.probability - kProbabilityDrift / 2;
    EXPECT_TRUE(difference(found, standing).empty()) << "within the drift";
    edge.probability = right.probability - kProbabilityDrift * 2;
    EXPECT_EQ(difference(found, standing).edges.size(), 1U);
    edge = right;
    edge.kinds.add(engine::link::KeyKind::Iban);
    EXPECT_EQ(difference(found, standing).edges.size(), 1U);
    edge = right;
    standing.edges[{"S-1", "gone"}] = right;
    EXPECT_EQ(difference(found, standing).edges_gone, (std::vector<Pair>{{"S-1", "gone"}}));
}

} // namespace
} // namespace linking::state
