#include "platform/ledger/merkle.hpp"
#include "platform/ledger/testing/naive_tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace platform::ledger {
namespace {

Digest digest(std::string_view hex) {
    Digest out{};
    std::ranges::copy(crypto::from_hex(hex).value(), out.begin());
    return out;
}

/// The eight entries that the published test vectors of Certificate Transparency use.
std::vector<Digest> published_leaves() {
    std::vector<std::string> entries;
    for (const std::string_view hex : {"", "00", "10", "2021", "3031", "40414243",
                                       "5051525354555657", "606162636465666768696a6b6c6d6e6f"}) {
        entries.push_back(crypto::from_hex(hex).value());
    }
    return leaves_of(entries);
}

TEST(Merkle, PublishedRoots) {
    constexpr std::string_view roots[] = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    };
    const std::vector<Digest> leaves = published_leaves();
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        EXPECT_EQ(root_of(std::span{leaves}.first(size)), digest(roots[size])) << size;
    }
    EXPECT_EQ(empty_root(), digest(roots[0]));
}

TEST(Merkle, PublishedInclusionProofs) {
    struct Case {
        std::uint64_t index;
        std::size_t size;
        std::vector<std::string_view> proof;
    };
    const Case cases[] = {
        {0, 1, {}},
        {0,
         8,
         {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
        {5,
         8,
         {"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
        {2, 3, {"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}},
        {1,
         5,
         {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
    };
    const std::vector<Digest> leaves = published_leaves();
    for (const Case& c : cases) {
        std::vector<Digest> expected;
        for (const std::string_view hex : c.proof) expected.push_back(digest(hex));
        EXPECT_EQ(inclusion_proof(std::span{leaves}.first(c.size), c.index), expected)
            << c.index << " of " << c.size;
    }
}

TEST(Merkle, PublishedConsistencyProofs) {
    struct Case {
        std::uint64_t old_size;
        std::size_t size;
        std::vector<std::string_view> proof;
    };
    const Case cases[] = {
        {1, 1, {}},
        {1,
         8,
         {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
        {6,
         8,
         {"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
        {2,
         5,
         {"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}},
    };
    const std::vector<Digest> leaves = published_leaves();
    for (const Case& c : cases) {
        std::vector<Digest> expected;
        for (const std::string_view hex : c.proof) expected.push_back(digest(hex));
        EXPECT_EQ(consistency_proof(std::span{leaves}.first(c.size), c.old_size), expected)
            << c.old_size << " of " << c.size;
    }
}

TEST(Merkle, RootsAreThoseOfTheDefinition) {
    const std::vector<std::string> entries = entries_of(130);
    Frontier frontier;
    for (std::size_t size = 0; size < entries.size(); ++size) {
        EXPECT_EQ(frontier.root(), tree_head(std::span{entries}.first(size))) << size;
        EXPECT_EQ(frontier.size(), size);
        frontier.append(leaf_hash(entries[size]));
    }
}

TEST(Merkle, EveryLeafOfSmallTreesIsProved) {
    const std::vector<Digest> all = leaves_of(entries_of(40));
    for (std::size_t size = 1; size <= all.size(); ++size) {
        const auto leaves = std::span{all}.first(size);
        const Digest root = root_of(leaves);
        for (std::uint64_t index = 0; index < size; ++index) {
            const std::vector<Digest> proof = inclusion_proof(leaves, index);
            EXPECT_TRUE(verify_inclusion(leaves[index], index, size, proof, root));
            EXPECT_FALSE(verify_inclusion(leaves[index], index + 1, size, proof, root));
            EXPECT_FALSE(verify_inclusion(leaves[index], index, index, proof, root));
            EXPECT_FALSE(verify_inclusion(leaves[index], index, size, proof, empty_root()));
        }
        for (std::uint64_t old_size = 0; old_size <= size; ++old_size) {
            const std::vector<Digest> proof = consistency_proof(leaves, old_size);
            const Digest old_root = root_of(leaves.first(old_size));
            EXPECT_TRUE(verify_consistency(old_size, old_root, size, root, proof))
                << old_size << ' ' << size;
            EXPECT_FALSE(verify_consistency(size + 1, old_root, size, root, proof));
            EXPECT_FALSE(verify_consistency(old_size, leaf_hash("x"), size, root, proof));
            if (old_size > 0) {
                EXPECT_FALSE(verify_consistency(old_size, old_root, size, leaf_hash("x"), proof));
            }
        }
    }
}

TEST(Merkle, AnEmptyTreeHoldsNothing) {
    EXPECT_FALSE(verify_inclusion(leaf_hash(""), 0, 0, {}, empty_root()));
    EXPECT_FALSE(verify_inclusion(empty_root(), 0, 0, {}, empty_root()));
    EXPECT_TRUE(verify_consistency(0, empty_root(), 0, empty_root(), {}));
    EXPECT_FALSE(verify_consistency(0, leaf_hash("x"), 5, leaf_hash("y"), {}));
}

TEST(Frontier, RefusesAnotherNumberOfPeaks) {
    Frontier frontier;
    EXPECT_TRUE(Frontier::from(5, {leaf_hash("a"), leaf_hash("b")}, frontier));
    EXPECT_FALSE(Frontier::from(5, {leaf_hash("a")}, frontier));
    EXPECT_FALSE(Frontier::from(0, {leaf_hash("a")}, frontier));
    EXPECT_FALSE(Frontier::from(7, {leaf_hash("a"), leaf_hash("b")}, frontier));
    EXPECT_TRUE(Frontier::from(0, {}, frontier));
    EXPECT_EQ(frontier.root(), empty_root());
}

} // namespace
} // namespace platform::ledger
