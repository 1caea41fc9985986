// Which passages are one script? Sketches that agree on all rows of a band are compared, and those
// alike enough are one. Every script gets one name that depends on its passages alone.
#pragma once

#include "engine/text/sketch.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace engine::text {

/// Estimated likeness from which two passages are one script.
constexpr double kSameScript = 0.5;

class Scripts {
public:
    /// One distinct folded text, by its hash. The same hash again changes nothing.
    void add(std::uint64_t folded_hash, const Sketch& sketch);
    [[nodiscard]] bool knows(std::uint64_t folded_hash) const {
        return index_.contains(folded_hash);
    }

    /// Finds the scripts among all that were added. Call once; the sketches are forgotten.
    void find(unsigned threads);

    /// Hash that names the script of a folded text: the smallest among its texts.
    [[nodiscard]] std::uint64_t script_of(std::uint64_t folded_hash) const;

private:
    struct Entry {
        std::uint64_t hash = 0;
        Sketch sketch;
    };
    std::vector<Entry> entries_;
    std::unordered_map<std::uint64_t, std::uint32_t> index_;
    std::vector<std::uint64_t> script_; // by index
};

} // namespace engine::text
