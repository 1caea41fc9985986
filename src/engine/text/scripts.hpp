// Which passages are one script? Sketches that agree on all rows of a band are compared, and those
// alike enough are one. Every script gets one name that depends on its passages alone.
#pragma once

#include "engine/text/sketch.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace engine::text {

/// Estimated likeness from which two passages are one script: a template keeps its wording, with
/// other names and links. Victims use the same turns of phrase without knowing each other, so that
/// their own words are one only when copied.
constexpr double kSameScript = 0.5;
constexpr double kSameWords = 0.8;
/// A script is as wide as its first text allows: no chain of small changes leads further away.
constexpr double kSameAsFirst = 0.35;

enum class Author : std::uint8_t { Suspect, Victim };

class Scripts {
public:
    /// One folded text, by its hash. The same hash again changes nothing.
    void add(std::uint64_t folded_hash, const Sketch& sketch, Author author) {
        entries_.push_back({folded_hash, sketch, author});
    }

    /// Finds the scripts among all that were added. Call once; the sketches are forgotten.
    void find(unsigned threads);

    /// Hash that names the script of a folded text: the smallest among its texts.
    [[nodiscard]] std::uint64_t script_of(std::uint64_t folded_hash) const;

private:
    struct Entry {
        std::uint64_t hash = 0;
        Sketch sketch;
        Author author = Author::Suspect;
    };
    using Pair = std::pair<std::uint32_t, std::uint32_t>;
    void sort_entries();
    [[nodiscard]] bool alike(const Entry& a, const Entry& b) const;
    [[nodiscard]] std::vector<Pair> alike_in_band(std::size_t band) const;
    void unite(const std::vector<Pair>& pairs);
    void index_hashes();

    std::vector<Entry> entries_; // as they came; from find() on by hash, each once
    // From find() on.
    std::vector<std::uint64_t> hashes_; // sorted
    std::vector<std::uint32_t> script_; // of each, the place of the hash that names it
    std::vector<std::uint32_t> begins_; // where in hashes_ those with the same first bits begin
    unsigned prefix_shift_ = 0;         // leaves a hash's first bits
};

} // namespace engine::text
