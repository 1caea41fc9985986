// A batch of input: cut by the reading thread, worked on by one of the workers, and committed to
// the corpus in the order of the input.
#pragma once

#include "engine/extract/extract.hpp"
#include "engine/link/corpus.hpp"
#include "engine/text/passage.hpp"
#include "engine/text/scripts.hpp"
#include "engine/text/sketch.hpp"
#include "interchange/reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chain {

/// Bytes of a batch's own text store.
struct Stretch {
    std::uint32_t start = 0;
    std::uint32_t size = 0;
};

struct ReadOccurrence {
    engine::link::KeyKind kind = engine::link::KeyKind::Phone;
    Stretch value;
    engine::link::Occurrence place;
};

/// A passage by the hash of its folded text.
struct ReadPassage {
    std::uint64_t folded_hash = 0;
    engine::link::Occurrence place;
};

/// The sketch of a folded text that its worker had not met.
struct ReadSketch {
    std::uint64_t folded_hash = 0;
    engine::text::Sketch sketch;
    engine::text::Author author = engine::text::Author::Suspect;
};

struct ReadRecord {
    Stretch id;
    Stretch scam_type;
    std::optional<UnixSeconds> received_at;
    interchange::Source source;
    std::uint32_t occurrences_end = 0; // in Batch::occurrences; they begin where the last ended
    std::uint32_t passages_end = 0;    // in Batch::passages
};

struct Batch {
    // What the reading thread fills in.
    std::vector<interchange::Piece> pieces;
    std::vector<interchange::Reject> rejects; // those of the worker are added behind
    // What a worker makes of it.
    std::string store;
    std::vector<ReadRecord> records;
    std::vector<ReadOccurrence> occurrences;
    std::vector<ReadPassage> passages;
    std::vector<ReadSketch> sketches;
    std::vector<std::string> attachments; // their file extensions, lower case
    std::uint64_t bytes = 0;

    [[nodiscard]] std::string_view text(Stretch stretch) const {
        return std::string_view{store}.substr(stretch.start, stretch.size);
    }
    void clear();
};

/// Remembers the texts met of late, so that most copies of a text are sketched once by each worker.
/// A text that another one has pushed out is sketched again, which costs time and changes nothing.
class LateTexts {
public:
    LateTexts() : slots_(kSlots) { slots_[0] = 1; } // what a slot holds at first belongs elsewhere
    /// False when it is remembered.
    bool add(std::uint64_t folded_hash) {
        std::uint64_t& slot = slots_[folded_hash % kSlots];
        if (slot == folded_hash) return false;
        slot = folded_hash;
        return true;
    }

private:
    static constexpr std::size_t kSlots = std::size_t{1} << 18; // 2 MiB: it stays in the cache
    std::vector<std::uint64_t> slots_;
};

/// What one worker thread keeps from batch to batch.
class Worker {
public:
    Worker(const interchange::InputFiles& files, const interchange::ReadPolicy& read,
           const engine::extract::ExtractPolicy& extract);

    /// Parses, extracts and sketches every piece of the batch. A piece that is no record becomes a
    /// reject.
    void work(Batch& batch);

private:
    void take(const engine::record::Statement& statement, interchange::Source source, Batch& batch);
    void take_passages(const engine::record::Statement& statement, Batch& batch);

    interchange::PieceParser parser_;
    engine::extract::ExtractPolicy extract_;
    std::vector<engine::record::Mention> mentions_;
    std::vector<engine::text::Passage> passages_;
    std::string folded_;
    LateTexts sketched_;
};

} // namespace chain
