// The public suffix list as a perfect hash of the nodes of its trie. The tables are generated at
// build from the npm package tldts by tools/generate_public_suffixes.py, which defines the hash.
#pragma once

#include <cstdint>

namespace engine::normalise::web {

struct SuffixNode {
    std::uint32_t label;  // where its label stands in kSuffixLabels
    std::uint16_t parent; // slot of the node without that label; kNoParent at the top
    std::uint8_t length;  // of the label; 0 for a slot that is not used
    std::uint8_t flags;
};

constexpr std::uint16_t kNoParent = 0xFFFF;

constexpr std::uint8_t kRule = 1;            // a rule ends here
constexpr std::uint8_t kPrivate = 2;         // and stands in the private part of the list
constexpr std::uint8_t kWildcard = 4;        // every label below is a suffix ("*.ck")
constexpr std::uint8_t kWildcardPrivate = 8; // by a rule of the private part
constexpr std::uint8_t kException = 16;      // "!www.ck": a name, although a wildcard covers it
constexpr std::uint8_t kChildren = 32;       // longer rules exist

extern const unsigned kSuffixSlots;   // a power of two
extern const unsigned kSuffixBuckets; // a power of two
extern const std::uint16_t kSuffixDisplacements[];
extern const SuffixNode kSuffixNodes[];
extern const char kSuffixLabels[];

} // namespace engine::normalise::web
