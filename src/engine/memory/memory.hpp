// All declarations in memory, in the form that linking needs, linked again at will. Declarations
// come, change and go; what link() gives depends on those that are there, never on how they came.
// Of a declarant's own identifiers nothing is kept: they link nobody.
#pragma once

#include "base/large_table.hpp"
#include "engine/extract/extract.hpp"
#include "engine/link/corpus.hpp"
#include "engine/link/grouping.hpp"
#include "engine/memory/digest.hpp"
#include "engine/record/statement.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace engine::memory {

/// The groups of all declarations that were in a memory at one moment.
struct Snapshot {
    link::Corpus corpus; // the suspect's identifiers only
    link::Grouping grouping;
    std::vector<std::string> group_names; // by group, see link::group_name

    [[nodiscard]] const std::string& group_name(link::RecordIndex record) const {
        return group_names[grouping.group_of[record]];
    }
};

/// Not to be changed by two threads at once.
class Memory {
public:
    /// `threads` is for batches and linking; 0: as many as the machine has.
    Memory(const extract::ExtractPolicy& policy, unsigned threads);
    Memory(const Memory&) = delete; // its digesters ask it
    Memory& operator=(const Memory&) = delete;

    /// Extracts and keeps what linking needs; a statement of the same id replaces the one before.
    void put(const record::Statement& statement) { put(std::span{&statement, 1}); }
    /// The same for several, extracted in parallel. Of two with one id the later stays.
    void put(std::span<const record::Statement> statements);
    /// False when there is no declaration of that id.
    bool remove(std::string_view id);
    [[nodiscard]] bool contains(std::string_view id) const { return kept_.contains(id); }
    [[nodiscard]] std::size_t size() const { return kept_.size(); }

    /// Links everything; the same declarations give the same result, on any number of threads.
    [[nodiscard]] Snapshot link() const;

private:
    /// A declaration. Its store holds the id, the scam type and the values, end to end.
    struct Kept {
        std::string store;
        Stretch id_at;
        Stretch scam_type;
        std::optional<UnixSeconds> received_at;
        std::vector<DigestOccurrence> occurrences;
        std::vector<DigestPassage> passages;

        [[nodiscard]] std::string_view text(Stretch stretch) const {
            return std::string_view{store}.substr(stretch.start, stretch.size);
        }
        [[nodiscard]] std::string_view id() const { return text(id_at); }
    };
    struct IdHash {
        using is_transparent = void; // NOLINT(readability-identifier-naming): the library's word
        std::size_t operator()(std::string_view id) const {
            return std::hash<std::string_view>{}(id);
        }
        std::size_t operator()(const Kept& kept) const { return (*this)(kept.id()); }
    };
    struct SameId {
        using is_transparent = void; // NOLINT(readability-identifier-naming): the library's word
        static std::string_view id(std::string_view text) { return text; }
        static std::string_view id(const Kept& kept) { return kept.id(); }
        bool operator()(const auto& a, const auto& b) const { return id(a) == id(b); }
    };
    using Declarations = std::unordered_set<Kept, IdHash, SameId>;

    /// A text that passages of declarations have, whoever wrote it. Its sketch is beside it.
    struct Text {
        std::uint64_t folded_hash = 0;
        std::uint32_t passages = 0; // that have it; at 0 its place is free
        text::Author author = text::Author::Suspect;
    };

    static Kept kept_of(const Digests& digests, std::size_t record);
    void learn_texts(const Digests& digests);
    void take(const Digests& digests, std::vector<Kept>& replaced);
    void release(const Kept& kept);

    extract::ExtractPolicy policy_;
    unsigned threads_;
    std::vector<Digester> digesters_; // by thread
    std::vector<Digests> digests_;    // by block of a batch
    Declarations kept_;
    std::unordered_map<std::uint64_t, std::uint32_t> text_places_; // by folded hash
    std::vector<Text> texts_;
    LargeTable<text::Sketch> sketches_; // by text
    std::vector<std::uint32_t> free_;   // places of texts
};

} // namespace engine::memory
