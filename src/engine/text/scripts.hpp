// Which passages are one script? Sketches that agree on all rows of a band are compared, and those
// alike enough are one. Every script gets one name that depends on its passages alone.
#pragma once

#include "base/large_table.hpp"
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
    /// A script, once found: below texts().
    using Script = std::uint32_t;

    /// One folded text, by its hash. The same hash again changes nothing.
    void add(std::uint64_t folded_hash, const Sketch& sketch, Author author) {
        hashes_.push_back(folded_hash);
        sketches_.push_back(sketch);
        authors_.push_back(author);
    }

    /// Finds the scripts among all that were added. Call once; the sketches are forgotten.
    void find(unsigned threads);

    /// How many different texts there are, once the scripts are found.
    [[nodiscard]] std::size_t texts() const { return script_.size(); }
    [[nodiscard]] Script script_of(std::uint64_t folded_hash) const;
    /// Hash that names the script: the smallest among its texts.
    [[nodiscard]] std::uint64_t name_of(Script script) const { return hashes_[script]; }

private:
    using Text = std::uint32_t; // a different text, by ascending hash
    using Pair = std::pair<Text, Text>;
    struct InBand;
    struct Candidate;
    struct BandWork;
    void order_texts(unsigned threads);
    [[nodiscard]] const Sketch& sketch_of(Text text) const { return sketches_[place_of_[text]]; }
    [[nodiscard]] static bool alike(const Candidate& a, const Candidate& b);
    static void sort_by_bucket(BandWork& work);
    static void drop_lone(LargeTable<InBand>& rows);
    void fill_rows(std::size_t band, LargeTable<InBand>& rows) const;
    [[nodiscard]] std::vector<Pair> alike_in_band(std::size_t band, BandWork& work) const;
    void unite(const std::vector<Pair>& pairs);
    void index_hashes();

    LargeTable<std::uint64_t> hashes_; // as they came; from find() on sorted, each once
    // Until found.
    LargeTable<Sketch> sketches_;         // as they came
    std::vector<Author> authors_;         // as they came
    LargeTable<Text> text_of_;            // by place of coming; kRepeated for a text met before
    std::vector<std::uint32_t> place_of_; // where a text came
    // From find() on.
    LargeTable<Script> script_;        // of each text, the one that names it
    LargeTable<std::uint32_t> begins_; // where in hashes_ those with the same first bits begin
    unsigned prefix_shift_ = 0;        // leaves a hash's first bits
};

} // namespace engine::text
