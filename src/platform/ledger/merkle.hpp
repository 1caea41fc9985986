// Merkle tree hashing, inclusion and consistency proofs (RFC 9162 §2.1, the hashes of RFC 6962).
#pragma once

#include "platform/crypto/bytes.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace platform::ledger {

using crypto::Digest;

[[nodiscard]] Digest leaf_hash(std::string_view entry);                  // SHA-256(0x00 || entry)
[[nodiscard]] Digest node_hash(const Digest& left, const Digest& right); // SHA-256(0x01 || l || r)
[[nodiscard]] Digest empty_root();                                       // SHA-256("")

/// The right edge of a tree: roots of its perfect subtrees, largest first. Appending costs
/// O(log n); it is what the database keeps beside the entries.
class Frontier {
public:
    Frontier() = default;
    /// `peaks` must be as many as the bits set in `size`: false then.
    static bool from(std::uint64_t size, std::vector<Digest> peaks, Frontier& out);
    void append(const Digest& leaf);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] const std::vector<Digest>& peaks() const { return peaks_; }
    [[nodiscard]] Digest root() const;

private:
    std::uint64_t size_ = 0;
    std::vector<Digest> peaks_;
};

[[nodiscard]] Digest root_of(std::span<const Digest> leaves);
/// Of leaf `index` in the tree of all `leaves`; index < leaves.size().
[[nodiscard]] std::vector<Digest> inclusion_proof(std::span<const Digest> leaves,
                                                  std::uint64_t index);
/// RFC 9162 §2.1.3.2.
[[nodiscard]] bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                                    std::span<const Digest> proof, const Digest& root);
/// That the tree of the first `old_size` leaves begins the tree of all; old_size <= leaves.size().
/// Empty for equal sizes, and for the empty tree, which begins every other.
[[nodiscard]] std::vector<Digest> consistency_proof(std::span<const Digest> leaves,
                                                    std::uint64_t old_size);
/// RFC 9162 §2.1.4.2.
[[nodiscard]] bool verify_consistency(std::uint64_t old_size, const Digest& old_root,
                                      std::uint64_t new_size, const Digest& new_root,
                                      std::span<const Digest> proof);

} // namespace platform::ledger
