// RFC 9162 §2.1. A tree of n leaves splits at the largest power of two smaller than n; its perfect
// subtrees are the bits of n, the largest on the left.
#include "platform/ledger/merkle.hpp"

#include "base/check.hpp"

#include <bit>
#include <string>
#include <utility>

namespace platform::ledger {
namespace {

std::string prefixed(char prefix, std::string_view a, std::string_view b = {}) {
    std::string bytes;
    bytes.reserve(1 + a.size() + b.size());
    bytes += prefix;
    bytes += a;
    bytes += b;
    return bytes;
}

/// The largest power of two smaller than `size`; size > 1.
std::size_t split_of(std::size_t size) {
    return std::bit_floor(size - 1);
}

/// SUBPROOF of §2.1.4.1: `known` says that the old tree's root is this subtree's.
void append_subproof(std::span<const Digest> leaves, std::size_t old_size, bool known,
                     std::vector<Digest>& proof) {
    if (old_size == leaves.size()) {
        if (!known) proof.push_back(root_of(leaves));
        return;
    }
    const std::size_t split = split_of(leaves.size());
    if (old_size <= split) {
        append_subproof(leaves.first(split), old_size, known, proof);
        proof.push_back(root_of(leaves.subspan(split)));
    } else {
        append_subproof(leaves.subspan(split), old_size - split, false, proof);
        proof.push_back(root_of(leaves.first(split)));
    }
}

} // namespace

Digest leaf_hash(std::string_view entry) {
    return crypto::sha256(prefixed('\x00', entry));
}

Digest node_hash(const Digest& left, const Digest& right) {
    return crypto::sha256(prefixed('\x01', crypto::as_text(left), crypto::as_text(right)));
}

Digest empty_root() {
    return crypto::sha256("");
}

bool Frontier::from(std::uint64_t size, std::vector<Digest> peaks, Frontier& out) {
    if (static_cast<std::size_t>(std::popcount(size)) != peaks.size()) return false;
    out.size_ = size;
    out.peaks_ = std::move(peaks);
    return true;
}

void Frontier::append(const Digest& leaf) {
    Digest hash = leaf;
    // One merge for each bit that the addition carries over.
    for (std::uint64_t carry = size_; (carry & 1) != 0; carry >>= 1) {
        hash = node_hash(peaks_.back(), hash);
        peaks_.pop_back();
    }
    peaks_.push_back(hash);
    ++size_;
}

Digest Frontier::root() const {
    if (peaks_.empty()) return empty_root();
    Digest hash = peaks_.back();
    for (std::size_t i = peaks_.size() - 1; i-- > 0;) hash = node_hash(peaks_[i], hash);
    return hash;
}

Digest root_of(std::span<const Digest> leaves) {
    Frontier frontier;
    for (const Digest& leaf : leaves) frontier.append(leaf);
    return frontier.root();
}

std::vector<Digest> inclusion_proof(std::span<const Digest> leaves, std::uint64_t index) {
    check(index < leaves.size(), "the leaf is one of the tree");
    std::vector<Digest> proof; // from the top, turned around at the end
    while (leaves.size() > 1) {
        const std::size_t split = split_of(leaves.size());
        if (index < split) {
            proof.push_back(root_of(leaves.subspan(split)));
            leaves = leaves.first(split);
        } else {
            proof.push_back(root_of(leaves.first(split)));
            leaves = leaves.subspan(split);
            index -= split;
        }
    }
    return {proof.rbegin(), proof.rend()};
}

bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const Digest> proof, const Digest& root) {
    if (index >= size) return false;
    std::uint64_t node = index;
    std::uint64_t last = size - 1;
    Digest hash = leaf;
    for (const Digest& beside : proof) {
        if (last == 0) return false;
        if ((node & 1) != 0 || node == last) {
            hash = node_hash(beside, hash);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(hash, beside);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && hash == root;
}

std::vector<Digest> consistency_proof(std::span<const Digest> leaves, std::uint64_t old_size) {
    check(old_size <= leaves.size(), "the old tree is not the larger one");
    std::vector<Digest> proof;
    if (old_size > 0) append_subproof(leaves, old_size, true, proof);
    return proof;
}

bool verify_consistency(std::uint64_t old_size, const Digest& old_root, std::uint64_t new_size,
                        const Digest& new_root, std::span<const Digest> proof) {
    if (old_size > new_size) return false;
    if (old_size == new_size) return proof.empty() && old_root == new_root;
    if (old_size == 0) return proof.empty() && old_root == empty_root();
    // An old tree that is one perfect subtree is where the path begins, and left out of the proof.
    const bool begins_with_old = std::has_single_bit(old_size);
    if (proof.empty() && !begins_with_old) return false;
    std::uint64_t node = old_size - 1;
    std::uint64_t last = new_size - 1;
    while ((node & 1) != 0) {
        node >>= 1;
        last >>= 1;
    }
    Digest old_hash = begins_with_old ? old_root : proof[0];
    Digest new_hash = old_hash;
    for (const Digest& beside : proof.subspan(begins_with_old ? 0 : 1)) {
        if (last == 0) return false;
        if ((node & 1) != 0 || node == last) {
            old_hash = node_hash(beside, old_hash);
            new_hash = node_hash(beside, new_hash);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(new_hash, beside);
        }
        node >>= 1;
        last >>= 1;
    }
    return last == 0 && old_hash == old_root && new_hash == new_root;
}

} // namespace platform::ledger
