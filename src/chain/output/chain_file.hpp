// chain.bin: what explain() needs of a finished run, in a form that is used where it lies (mapped,
// never parsed).
//
// A header (magic, version, number of sections), the sections, each an array of one fixed-size type
// aligned to eight bytes, a table of them (offset, bytes), and a footer (size of the file, XXH3-64
// of all before it): so that it can be written in one pass. Strings are two sections: all bytes end
// to end, and where each ends. Little-endian. open() verifies the checksum and then every index and
// order that the accessors rely on: a file that is damaged, truncated, foreign or forged is
// refused, never read out of its bounds.
#pragma once

#include "base/result.hpp"
#include "chain/output.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

namespace chain {

constexpr std::uint32_t kChainFileVersion = 1;

void write_chain_file(const Outcome& outcome, OutputFile& file);

/// As stored: engine::link::Occurrence without padding that the compiler chooses.
struct StoredOccurrence {
    std::uint32_t key = 0;
    std::uint32_t start = 0;
    std::uint16_t length = 0;
    std::uint16_t field_index = 0;
    std::uint8_t field_kind = 0;
    std::uint8_t role = 0;
    std::uint8_t confidence = 0;
    std::uint8_t reserved = 0;
};

struct StoredSource {
    std::uint64_t line = 0;
    std::uint64_t offset = 0;
    std::uint32_t file = 0;
    std::uint32_t reserved = 0;
};

struct StoredVerdict {
    float groups = 0;
    float bits = 0;
    std::uint32_t kind = 0;
};

struct StoredLink {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    float probability = 0;
    std::uint32_t tier = 0;
    std::uint32_t first_evidence = 0;
    std::uint32_t evidence_count = 0;
};

struct StoredEvidence {
    std::uint32_t key = 0;
    float bits = 0;
};

struct StoredLimits {
    std::uint64_t record_bytes_max = 0;
    std::uint64_t expansion_max = 0;
};

/// Views into a mapped chain.bin; valid while the MappedChain that gave it lives.
class ChainView {
public:
    /// Verifies and opens. Nothing when the bytes are not a sound chain file.
    [[nodiscard]] static std::optional<ChainView> open(std::span<const std::byte> bytes);

    [[nodiscard]] std::size_t records() const { return group_of_.size(); }
    [[nodiscard]] std::size_t groups() const { return group_names_.ends.size(); }
    [[nodiscard]] std::string_view id(std::uint32_t record) const { return ids_.at(record); }
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view id) const;
    [[nodiscard]] std::optional<UnixSeconds> received_at(std::uint32_t record) const;
    [[nodiscard]] std::uint32_t group_of(std::uint32_t record) const { return group_of_[record]; }
    [[nodiscard]] std::string_view group_name(std::uint32_t group) const {
        return group_names_.at(group);
    }
    [[nodiscard]] std::span<const std::uint32_t> group_of() const { return group_of_; }
    [[nodiscard]] std::span<const StoredOccurrence> occurrences(std::uint32_t record) const;
    [[nodiscard]] engine::link::KeyKind kind(std::uint32_t key) const;
    [[nodiscard]] std::string_view value(std::uint32_t key) const { return key_values_.at(key); }
    [[nodiscard]] std::span<const std::uint32_t> postings(std::uint32_t key) const;
    [[nodiscard]] engine::link::Verdict verdict(std::uint32_t key) const;
    [[nodiscard]] std::span<const StoredLink> links() const { return links_; }
    [[nodiscard]] std::span<const StoredLink> proposals() const { return proposals_; }
    [[nodiscard]] std::span<const StoredEvidence> evidence_of(const StoredLink& link) const {
        return evidence_.subspan(link.first_evidence, link.evidence_count);
    }
    [[nodiscard]] interchange::Source source(std::uint32_t record) const;
    [[nodiscard]] std::string_view path(std::uint32_t file) const { return paths_.at(file); }
    [[nodiscard]] interchange::ReadPolicy read_policy() const;

private:
    struct Strings {
        std::span<const std::uint64_t> ends;
        std::span<const char> bytes;
        [[nodiscard]] std::string_view at(std::size_t i) const;
        [[nodiscard]] bool sound() const;
    };
    [[nodiscard]] bool sound() const;
    [[nodiscard]] bool sound_records() const;
    [[nodiscard]] bool sound_links(std::span<const StoredLink> links) const;

    Strings paths_, ids_, key_values_, group_names_, mapping_;
    std::span<const std::int64_t> received_at_;
    std::span<const std::uint32_t> group_of_;
    std::span<const StoredSource> sources_;
    std::span<const std::uint64_t> occurrence_ends_;
    std::span<const StoredOccurrence> occurrences_;
    std::span<const std::uint8_t> key_kinds_;
    std::span<const std::uint64_t> posting_ends_;
    std::span<const std::uint32_t> postings_;
    std::span<const StoredVerdict> verdicts_;
    std::span<const StoredLink> links_, proposals_;
    std::span<const StoredEvidence> evidence_;
    std::span<const StoredLimits> limits_;
};

enum class ChainFileRefusal : std::uint8_t { Missing, Damaged };

/// A chain.bin mapped read-only for as long as this lives.
class MappedChain {
public:
    static Result<MappedChain, ChainFileRefusal> open(const std::filesystem::path& path);
    ~MappedChain();
    MappedChain(MappedChain&& other) noexcept;
    MappedChain& operator=(MappedChain&&) = delete;

    [[nodiscard]] const ChainView& view() const { return view_; }

private:
    MappedChain(std::span<const std::byte> bytes, const ChainView& view)
        : bytes_{bytes}, view_{view} {}
    std::span<const std::byte> bytes_;
    ChainView view_;
};

} // namespace chain
