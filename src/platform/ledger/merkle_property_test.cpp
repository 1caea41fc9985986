#include "platform/ledger/merkle.hpp"
#include "platform/ledger/testing/naive_tree.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h> // after the framework that it uses

#include <algorithm>
#include <bit>

namespace platform::ledger {
namespace {

/// A proof with something changed: a digest, one more, one less, two in the other order.
std::vector<Digest> spoiled(std::vector<Digest> proof) {
    const auto way = *rc::gen::inRange(0, 4);
    const auto at = static_cast<std::ptrdiff_t>(
        proof.empty() ? 0 : *rc::gen::inRange<std::size_t>(0, proof.size()));
    if (way == 0 || proof.empty()) {
        proof.insert(proof.begin() + at, crypto::sha256("more"));
    } else if (way == 1) {
        proof.erase(proof.begin() + at);
    } else if (way == 2) {
        proof[static_cast<std::size_t>(at)][*rc::gen::inRange<std::size_t>(0, 32)] ^= 4;
    } else {
        std::ranges::rotate(proof, proof.begin() + 1);
    }
    return proof;
}

RC_GTEST_PROP(MerkleProperties, InclusionHoldsAndNothingElse, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(1, 700);
    const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
    const std::vector<std::string> entries = entries_of(size);
    const std::vector<Digest> leaves = leaves_of(entries);
    const Digest root = tree_head(entries);
    const std::vector<Digest> proof = inclusion_proof(leaves, index);
    RC_ASSERT(verify_inclusion(leaves[index], index, size, proof, root));
    const auto other = *rc::gen::inRange<std::uint64_t>(0, size);
    RC_ASSERT(other == index || !verify_inclusion(leaves[index], other, size, proof, root));
    const std::vector<Digest> wrong = spoiled(proof);
    RC_ASSERT(wrong == proof || !verify_inclusion(leaves[index], index, size, wrong, root));
}

RC_GTEST_PROP(MerkleProperties, ConsistencyHoldsAndNothingElse, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(1, 700);
    const auto old_size = *rc::gen::inRange<std::uint64_t>(1, size + 1);
    const std::vector<std::string> entries = entries_of(size);
    const std::vector<Digest> leaves = leaves_of(entries);
    const Digest root = tree_head(entries);
    const Digest old_root = tree_head(std::span{entries}.first(old_size));
    const std::vector<Digest> proof = consistency_proof(leaves, old_size);
    RC_ASSERT(verify_consistency(old_size, old_root, size, root, proof));
    const auto other = *rc::gen::inRange<std::uint64_t>(0, size + 1);
    RC_ASSERT(other == old_size || !verify_consistency(other, old_root, size, root, proof));
    const std::vector<Digest> wrong = spoiled(proof);
    RC_ASSERT(wrong == proof || !verify_consistency(old_size, old_root, size, root, wrong));
}

RC_GTEST_PROP(MerkleProperties, AFrontierGoesOnFromItsPeaks, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(0, 300);
    const auto more = *rc::gen::inRange<std::size_t>(0, 300);
    const std::vector<Digest> leaves = leaves_of(entries_of(size + more));
    Frontier before;
    for (std::size_t i = 0; i < size; ++i) before.append(leaves[i]);
    Frontier after;
    RC_ASSERT(Frontier::from(before.size(), before.peaks(), after));
    for (std::size_t i = size; i < leaves.size(); ++i) after.append(leaves[i]);
    RC_ASSERT(after.root() == root_of(leaves));
    RC_ASSERT(!Frontier::from(before.size() + 1, before.peaks(), after) ||
              before.peaks().size() == static_cast<std::size_t>(std::popcount(size + 1)));
}

} // namespace
} // namespace platform::ledger
