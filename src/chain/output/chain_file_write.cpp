#include "base/check.hpp"
#include "chain/output/chain_file.hpp"
#include "chain/output/chain_sections.hpp"

#include <xxhash.h>

#include <cmath>
#include <memory>

namespace chain {
namespace {

using engine::link::RecordIndex;

struct Strings {
    std::vector<std::uint64_t> ends;
    std::string bytes;
    void add(std::string_view text) {
        bytes += text;
        ends.push_back(bytes.size());
    }
};

/// One section: its bytes, wherever they are kept.
using Sections = std::array<std::string_view, kSections>;

template <class T> std::string_view bytes_of(const std::vector<T>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

/// Everything that is not already laid out as the file wants it.
struct Laid {
    Strings paths, ids, key_values, group_names, mapping;
    std::vector<std::int64_t> received_at;
    std::vector<StoredSource> sources;
    std::vector<std::uint64_t> occurrence_ends;
    std::vector<StoredOccurrence> occurrences;
    std::vector<std::uint8_t> key_kinds;
    std::vector<std::uint64_t> posting_ends;
    std::vector<std::uint32_t> postings;
    std::vector<StoredVerdict> verdicts;
    std::vector<StoredLink> links, proposals;
    std::vector<StoredEvidence> evidence;
    std::vector<StoredLimits> limits;
};

StoredOccurrence stored(const engine::link::Occurrence& place) {
    return {.key = place.key,
            .start = place.start,
            .length = place.length,
            .field_index = place.field.index,
            .field_kind = static_cast<std::uint8_t>(place.field.kind),
            .role = static_cast<std::uint8_t>(place.role),
            .confidence = place.confidence};
}

void lay_records(const Outcome& outcome, Laid& laid) {
    const std::size_t records = outcome.corpus.size();
    laid.ids.ends.reserve(records);
    laid.received_at.reserve(records);
    laid.sources.reserve(records);
    laid.occurrence_ends.reserve(records);
    for (std::size_t i = 0; i < records; ++i) {
        const auto record = static_cast<RecordIndex>(i);
        laid.ids.add(outcome.corpus.id(record));
        laid.received_at.push_back(outcome.corpus.received_at(record).value_or(kNoDate));
        const interchange::Source& source = outcome.sources[outcome.corpus.tag(record)];
        laid.sources.push_back({.line = source.line, .offset = source.offset, .file = source.file});
        for (const engine::link::Occurrence& place : outcome.corpus.occurrences(record)) {
            laid.occurrences.push_back(stored(place));
        }
        laid.occurrence_ends.push_back(laid.occurrences.size());
    }
}

void lay_keys(const Outcome& outcome, Laid& laid) {
    const std::size_t keys = outcome.corpus.keys();
    laid.key_kinds.reserve(keys);
    laid.posting_ends.reserve(keys);
    laid.verdicts.reserve(keys);
    for (std::size_t i = 0; i < keys; ++i) {
        const auto key = static_cast<engine::link::KeyIndex>(i);
        laid.key_kinds.push_back(static_cast<std::uint8_t>(outcome.corpus.kind(key)));
        laid.key_values.add(outcome.corpus.value(key));
        const std::span<const RecordIndex> holders = outcome.corpus.records(key);
        laid.postings.insert(laid.postings.end(), holders.begin(), holders.end());
        laid.posting_ends.push_back(laid.postings.size());
        const engine::link::Verdict& verdict = outcome.grouping.verdicts[key];
        check(std::isfinite(verdict.groups) && std::isfinite(verdict.bits), "verdicts are numbers");
        laid.verdicts.push_back({.groups = verdict.groups,
                                 .bits = verdict.bits,
                                 .kind = static_cast<std::uint32_t>(verdict.kind)});
    }
}

std::vector<StoredLink> stored(const std::vector<engine::link::Link>& links) {
    std::vector<StoredLink> out;
    out.reserve(links.size());
    for (const engine::link::Link& link : links) {
        check(std::isfinite(link.probability), "probabilities are numbers");
        out.push_back({.a = link.a,
                       .b = link.b,
                       .probability = link.probability,
                       .tier = static_cast<std::uint32_t>(link.tier),
                       .first_evidence = link.first_evidence,
                       .evidence_count = link.evidence_count});
    }
    return out;
}

void lay_grouping(const Outcome& outcome, Laid& laid) {
    laid.group_names.ends.reserve(outcome.grouping.groups.size());
    for (std::size_t i = 0; i < outcome.grouping.groups.size(); ++i) {
        laid.group_names.add(engine::link::group_name(outcome.corpus, outcome.grouping,
                                                      static_cast<engine::link::GroupIndex>(i)));
    }
    laid.links = stored(outcome.grouping.links);
    laid.proposals = stored(outcome.grouping.proposals);
    laid.evidence.reserve(outcome.grouping.evidence.size());
    for (const engine::link::Evidence& evidence : outcome.grouping.evidence) {
        check(std::isfinite(evidence.bits), "weights are numbers");
        laid.evidence.push_back({.key = evidence.key, .bits = evidence.bits});
    }
}

void lay_inputs(const Outcome& outcome, Laid& laid) {
    for (const std::filesystem::path& path : outcome.files.paths()) {
        // explain() may be asked from another folder; standard input cannot be read again anyway.
        laid.paths.add(path == "-" ? "-" : std::filesystem::absolute(path).string());
    }
    if (!outcome.read.csv_mapping.empty()) {
        laid.mapping.add(std::filesystem::absolute(outcome.read.csv_mapping).string());
    }
    laid.limits.push_back({.record_bytes_max = outcome.read.record_bytes_max,
                           .expansion_max = outcome.read.expansion_max});
}

Sections sections_of(const Outcome& outcome, const Laid& laid) {
    return {bytes_of(laid.paths.ends),      laid.paths.bytes,
            bytes_of(laid.ids.ends),        laid.ids.bytes,
            bytes_of(laid.received_at),     bytes_of(outcome.grouping.group_of),
            bytes_of(laid.sources),         bytes_of(laid.occurrence_ends),
            bytes_of(laid.occurrences),     bytes_of(laid.key_kinds),
            bytes_of(laid.key_values.ends), laid.key_values.bytes,
            bytes_of(laid.posting_ends),    bytes_of(laid.postings),
            bytes_of(laid.verdicts),        bytes_of(laid.group_names.ends),
            laid.group_names.bytes,         bytes_of(laid.links),
            bytes_of(laid.proposals),       bytes_of(laid.evidence),
            bytes_of(laid.mapping.ends),    laid.mapping.bytes,
            bytes_of(laid.limits)};
}

constexpr std::uint64_t padded(std::uint64_t bytes) {
    return (bytes + 7) / 8 * 8;
}

struct FreeState {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

} // namespace

void write_chain_file(const Outcome& outcome, OutputFile& file) {
    check(outcome.grouping.group_of.size() == outcome.corpus.size(), "every record has a group");
    check(outcome.grouping.verdicts.size() == outcome.corpus.keys(), "every key has a verdict");
    Laid laid;
    lay_records(outcome, laid);
    lay_keys(outcome, laid);
    lay_grouping(outcome, laid);
    lay_inputs(outcome, laid);
    const Sections sections = sections_of(outcome, laid);

    std::array<SectionPlace, kSections> table{};
    std::uint64_t offset = sizeof(ChainHeader) + sizeof(table);
    for (std::size_t i = 0; i < kSections; ++i) {
        table[i] = {.offset = offset, .bytes = sections[i].size()};
        offset += padded(sections[i].size());
    }

    constexpr std::string_view kPadding{"\0\0\0\0\0\0\0\0", 8};
    const std::unique_ptr<XXH3_state_t, FreeState> checksum{XXH3_createState()};
    check(checksum != nullptr, "XXH3_createState");
    XXH3_64bits_reset(checksum.get());
    XXH3_64bits_update(checksum.get(), table.data(), sizeof(table));
    for (const std::string_view section : sections) {
        XXH3_64bits_update(checksum.get(), section.data(), section.size());
        XXH3_64bits_update(checksum.get(), kPadding.data(),
                           padded(section.size()) - section.size());
    }
    const ChainHeader header{.version = kChainFileVersion,
                             .sections = kSections,
                             .bytes = offset,
                             .checksum = XXH3_64bits_digest(checksum.get())};

    file.append({reinterpret_cast<const char*>(&header), sizeof(header)});
    file.append({reinterpret_cast<const char*>(table.data()), sizeof(table)});
    for (const std::string_view section : sections) {
        file.append(section);
        file.append(kPadding.substr(0, padded(section.size()) - section.size()));
    }
}

} // namespace chain
