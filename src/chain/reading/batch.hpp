// A batch of input: cut by the reading thread, worked on by one of the workers, and committed to
// the corpus in the order of the input.
#pragma once

#include "engine/extract/extract.hpp"
#include "engine/memory/digest.hpp"
#include "interchange/reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace chain {

struct Batch {
    // What the reading thread fills in.
    std::vector<interchange::Piece> pieces;
    std::vector<interchange::Reject> rejects; // those of the worker are added behind
    // What a worker makes of it.
    engine::memory::Digests digests;
    std::vector<interchange::Source> sources; // of digests.records
    std::vector<std::string> attachments;     // their file extensions, lower case
    std::uint64_t bytes = 0;

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
    interchange::PieceParser parser_;
    engine::memory::Digester digester_;
};

} // namespace chain
