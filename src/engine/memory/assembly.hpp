// From digests to a sealed corpus: records and keys as they come, and at the end, when all texts
// are known, a key for every script that stands in two records or more.
#pragma once

#include "base/large_table.hpp"
#include "engine/link/corpus.hpp"
#include "engine/link/link.hpp"
#include "engine/memory/digest.hpp"
#include "engine/text/scripts.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace engine::memory {

class Assembly {
public:
    using Record = link::Corpus::AppendedRecord;

    /// `corpus` is empty and outlives the assembly.
    explicit Assembly(link::Corpus& corpus) : corpus_{corpus} {}

    /// The sketch of every text that a passage will name is added, before or after. The same hash
    /// again changes nothing.
    void add_text(std::uint64_t folded_hash, const text::Sketch& sketch, text::Author author) {
        scripts_.add(folded_hash, sketch, author);
    }
    /// Nothing, and nothing is added, when a record of that id is already here.
    std::optional<Record> append(const link::Corpus::NewRecord& record,
                                 std::span<const link::Corpus::NewOccurrence> occurrences) {
        return corpus_.append(record, occurrences);
    }
    /// Records come in the order in which they were appended.
    void add_passage(Record record, const DigestPassage& passage) {
        pending_.push_back({record, passage.place, passage.folded_hash});
    }
    /// Finds the scripts and seals the corpus. Call once.
    void finish(unsigned threads);

private:
    /// A passage of a record that is in the corpus, until all scripts are known.
    struct PendingPassage {
        Record record = 0;
        link::Occurrence place;
        std::uint64_t folded_hash = 0;
    };
    void add_scripts(unsigned threads);

    link::Corpus& corpus_;
    text::Scripts scripts_;
    LargeTable<PendingPassage> pending_;
};

/// Which keys of the corpus engine/priors knows.
[[nodiscard]] link::Priors priors_of(const link::Corpus& corpus);

} // namespace engine::memory
