#include "engine/normalise/web/suffix.hpp"

#include "engine/normalise/web/suffix_table.hpp"

#include <cstdint>
#include <cstring>

namespace engine::normalise::web {
namespace {

// FNV-1a, 64 bits, over the bytes from the last to the first: tools/perfect_hash.py.
constexpr std::uint64_t kSeed = 0xCBF29CE484222325U;
constexpr std::uint64_t kPrime = 0x100000001B3U;

constexpr std::uint64_t fold(std::uint64_t hash, char byte) {
    return (hash ^ static_cast<unsigned char>(byte)) * kPrime;
}

std::uint16_t slot_of(std::uint64_t hash) {
    const std::uint64_t displacement = kSuffixDisplacements[(hash >> 44) & (kSuffixBuckets - 1)];
    const std::uint64_t first = hash ^ (hash >> 29);
    const std::uint64_t second = (hash >> 32) | 1;
    return static_cast<std::uint16_t>((first + displacement * second) & (kSuffixSlots - 1));
}

const SuffixNode* find(std::uint64_t hash, std::uint16_t parent, std::string_view label,
                       std::uint16_t& slot) {
    slot = slot_of(hash);
    const SuffixNode& node = kSuffixNodes[slot];
    const bool is_same = node.parent == parent && node.length == label.size() &&
                         std::memcmp(kSuffixLabels + node.label, label.data(), label.size()) == 0;
    return is_same ? &node : nullptr;
}

} // namespace

SuffixMatch match_suffix(std::string_view host) {
    SuffixMatch match;
    std::size_t end = host.size(); // of the label that is being read
    std::size_t below = end;       // where the label to the right of it starts
    std::uint64_t hash = kSeed;
    std::uint16_t parent = kNoParent;
    std::uint8_t parent_flags = 0;
    match.suffix = end;
    while (true) {
        std::size_t start = end;
        while (start > 0 && host[start - 1] != '.') hash = fold(hash, host[--start]);
        std::uint16_t slot = 0;
        const SuffixNode* const node = find(hash, parent, host.substr(start, end - start), slot);
        if (node != nullptr && (node->flags & kException) != 0) {
            match.suffix = below;
            match.is_private = (node->flags & kPrivate) != 0;
            break;
        }
        if (node != nullptr && (node->flags & kRule) != 0) {
            match.suffix = start;
            match.is_private = (node->flags & kPrivate) != 0;
        } else if ((parent_flags & kWildcard) != 0) {
            match.suffix = start;
            match.is_private = (parent_flags & kWildcardPrivate) != 0;
        }
        if (node == nullptr || (node->flags & (kChildren | kWildcard)) == 0 || start == 0) break;
        parent = slot;
        parent_flags = node->flags;
        below = start;
        end = start - 1;
        hash = fold(hash, '.');
    }
    match.is_listed = match.suffix < host.size();
    if (!match.is_listed) match.suffix = host.rfind('.') + 1; // the list's own default: "*"
    match.registrable = match.suffix;
    if (match.suffix > 0) {
        const std::size_t dot = host.substr(0, match.suffix - 1).rfind('.');
        match.registrable = dot == std::string_view::npos ? 0 : dot + 1;
    }
    return match;
}

} // namespace engine::normalise::web
