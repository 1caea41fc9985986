// What linking needs of a declaration, and no more of it: its identifiers, and hashes and sketches
// of the texts that a gang may have written. Made from the statement once; its texts can then go.
#pragma once

#include "engine/extract/extract.hpp"
#include "engine/link/corpus.hpp"
#include "engine/record/statement.hpp"
#include "engine/text/passage.hpp"
#include "engine/text/scripts.hpp"
#include "engine/text/sketch.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::memory {

/// Bytes of a text store.
struct Stretch {
    std::uint32_t start = 0;
    std::uint32_t size = 0;
};

struct DigestOccurrence {
    link::KeyKind kind = link::KeyKind::Phone;
    Stretch value;
    link::Occurrence place; // its key is not known yet
};

/// A passage by the hash of its folded text.
struct DigestPassage {
    std::uint64_t folded_hash = 0;
    link::Occurrence place;
};

/// The sketch of a folded text.
struct DigestSketch {
    std::uint64_t folded_hash = 0;
    text::Sketch sketch;
    text::Author author = text::Author::Suspect;
};

struct DigestRecord {
    Stretch id;
    Stretch scam_type;
    std::optional<UnixSeconds> received_at;
    std::uint32_t occurrences_end = 0; // in Digests; they begin where the last record's ended
    std::uint32_t passages_end = 0;    // the same
};

/// The digests of several statements, end to end; its memory is used again after clear().
struct Digests {
    std::string store;
    std::vector<DigestRecord> records;
    std::vector<DigestOccurrence> occurrences;
    std::vector<DigestPassage> passages;
    std::vector<DigestSketch> sketches;

    [[nodiscard]] std::string_view text(Stretch stretch) const {
        return std::string_view{store}.substr(stretch.start, stretch.size);
    }
    void clear();
};

/// Makes digests. One per thread.
class Digester {
public:
    /// Asked with the hash of each folded text whether its sketch is wanted: a sketch takes time,
    /// and most texts of a gang come back.
    using SketchWanted = std::function<bool(std::uint64_t folded_hash)>;

    Digester(const extract::ExtractPolicy& policy, SketchWanted sketch_wanted)
        : policy_{policy}, sketch_wanted_{std::move(sketch_wanted)} {}

    /// Extracts and sketches the statement, and appends its digest.
    void digest(const record::Statement& statement, Digests& out);

private:
    void take_passages(const record::Statement& statement, Digests& out);

    extract::ExtractPolicy policy_;
    SketchWanted sketch_wanted_;
    std::vector<record::Mention> mentions_;
    std::vector<text::Passage> passages_;
    std::string folded_;
};

} // namespace engine::memory
