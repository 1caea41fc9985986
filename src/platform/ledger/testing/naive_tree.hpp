// The definition of RFC 9162 §2.1.1, word for word: what the tests compare the trees with.
#pragma once

#include "platform/ledger/merkle.hpp"

#include <span>
#include <string>
#include <vector>

namespace platform::ledger {

inline Digest tree_head(std::span<const std::string> entries) {
    if (entries.empty()) return crypto::sha256("");
    if (entries.size() == 1) return crypto::sha256(std::string(1, '\x00') + entries[0]);
    std::size_t k = 1;
    while (k * 2 < entries.size()) k *= 2;
    const Digest left = tree_head(entries.first(k));
    const Digest right = tree_head(entries.subspan(k));
    return crypto::sha256(std::string(1, '\x01') + std::string{crypto::as_text(left)} +
                          std::string{crypto::as_text(right)});
}

inline std::vector<std::string> entries_of(std::size_t count) {
    std::vector<std::string> entries;
    for (std::size_t i = 0; i < count; ++i) entries.push_back("entry " + std::to_string(i));
    return entries;
}

inline std::vector<Digest> leaves_of(std::span<const std::string> entries) {
    std::vector<Digest> leaves;
    for (const std::string& entry : entries) leaves.push_back(leaf_hash(entry));
    return leaves;
}

} // namespace platform::ledger
