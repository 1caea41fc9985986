// Sections are written one after the other as they are computed: at a million records the file has
// some hundred megabytes, and nothing of that size is held twice.
#include "base/check.hpp"
#include "chain/output/chain_file.hpp"
#include "chain/output/chain_sections.hpp"

#include <xxhash.h>

#include <cmath>
#include <memory>
#include <type_traits>

namespace chain {
namespace {

using engine::link::KeyIndex;
using engine::link::RecordIndex;

struct FreeState {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

/// Puts values into the file, keeps where each section lies, and sums everything.
class SectionWriter {
public:
    explicit SectionWriter(OutputFile& file) : file_{file}, checksum_{XXH3_createState()} {
        check(checksum_ != nullptr && XXH3_64bits_reset(checksum_.get()) == XXH_OK, "XXH3");
        chunk_.reserve(kChunkBytes + 4096);
        put(ChainHeader{.version = kChainFileVersion, .sections = kSections});
    }

    /// Sections come in the order of their enumerators, each once.
    void begin(Section section) {
        check(static_cast<std::size_t>(section) == begun_, "sections of chain.bin in their order");
        finish_section();
        table_[begun_++].offset = offset_;
    }
    template <class T> void put(const T& value) {
        static_assert(std::is_trivially_copyable_v<T>, "stored as it lies");
        put_bytes({reinterpret_cast<const char*>(&value), sizeof(T)});
    }
    void put_bytes(std::string_view bytes) {
        offset_ += bytes.size();
        chunk_.append(bytes);
        if (chunk_.size() >= kChunkBytes) flush();
    }
    void finish() {
        check(begun_ == kSections, "every section of chain.bin is written");
        finish_section();
        put(table_);
        flush();
        const ChainFooter footer{.bytes = offset_ + sizeof(ChainFooter),
                                 .checksum = XXH3_64bits_digest(checksum_.get())};
        file_.append({reinterpret_cast<const char*>(&footer), sizeof(footer)});
    }

private:
    static constexpr std::size_t kChunkBytes = 1 << 16;

    void finish_section() {
        if (begun_ > 0) table_[begun_ - 1].bytes = offset_ - table_[begun_ - 1].offset;
        constexpr std::string_view kPadding{"\0\0\0\0\0\0\0\0", 8};
        put_bytes(kPadding.substr(0, (8 - offset_ % 8) % 8));
    }
    void flush() {
        XXH3_64bits_update(checksum_.get(), chunk_.data(), chunk_.size());
        file_.append(chunk_);
        chunk_.clear();
    }

    OutputFile& file_;
    std::unique_ptr<XXH3_state_t, FreeState> checksum_;
    std::string chunk_;
    std::uint64_t offset_ = 0;
    std::array<SectionPlace, kSections> table_{};
    std::size_t begun_ = 0;
};

/// Where each of `count` strings ends, then their bytes.
template <class TextAt>
void put_strings(SectionWriter& out, Section ends, Section bytes, std::size_t count,
                 const TextAt& text_at) {
    out.begin(ends);
    std::uint64_t end = 0;
    for (std::size_t i = 0; i < count; ++i) out.put(end += text_at(i).size());
    out.begin(bytes);
    for (std::size_t i = 0; i < count; ++i) out.put_bytes(text_at(i));
}

void put_inputs(const Outcome& outcome, SectionWriter& out) {
    std::vector<std::string> paths;
    for (const std::filesystem::path& path : outcome.files.paths()) {
        // explain() may be asked from another folder; standard input cannot be read again anyway.
        paths.push_back(path == "-" ? "-" : std::filesystem::absolute(path).string());
    }
    put_strings(out, Section::PathEnds, Section::PathBytes, paths.size(),
                [&](std::size_t i) -> std::string_view { return paths[i]; });
}

void put_records(const Outcome& outcome, SectionWriter& out) {
    const engine::link::Corpus& corpus = outcome.corpus;
    const auto records = static_cast<RecordIndex>(corpus.size());
    put_strings(out, Section::IdEnds, Section::IdBytes, records,
                [&](std::size_t i) { return corpus.id(static_cast<RecordIndex>(i)); });
    out.begin(Section::ReceivedAt);
    for (RecordIndex i = 0; i < records; ++i) out.put(corpus.received_at(i).value_or(kNoDate));
    out.begin(Section::GroupOf);
    for (const engine::link::GroupIndex group : outcome.grouping.group_of) out.put(group);
    out.begin(Section::Sources);
    for (RecordIndex i = 0; i < records; ++i) {
        const interchange::Source& source = outcome.sources[corpus.tag(i)];
        out.put(StoredSource{.line = source.line, .offset = source.offset, .file = source.file});
    }
    out.begin(Section::OccurrenceEnds);
    std::uint64_t end = 0;
    for (RecordIndex i = 0; i < records; ++i) out.put(end += corpus.occurrences(i).size());
    out.begin(Section::Occurrences);
    for (RecordIndex i = 0; i < records; ++i) {
        for (const engine::link::Occurrence& place : corpus.occurrences(i)) {
            out.put(StoredOccurrence{.key = place.key,
                                     .start = place.start,
                                     .length = place.length,
                                     .field_index = place.field.index,
                                     .field_kind = static_cast<std::uint8_t>(place.field.kind),
                                     .role = static_cast<std::uint8_t>(place.role),
                                     .confidence = place.confidence});
        }
    }
}

void put_keys(const Outcome& outcome, SectionWriter& out) {
    const engine::link::Corpus& corpus = outcome.corpus;
    const auto keys = static_cast<KeyIndex>(corpus.keys());
    out.begin(Section::KeyKinds);
    for (KeyIndex i = 0; i < keys; ++i) out.put(static_cast<std::uint8_t>(corpus.kind(i)));
    put_strings(out, Section::KeyEnds, Section::KeyBytes, keys,
                [&](std::size_t i) { return corpus.value(static_cast<KeyIndex>(i)); });
    out.begin(Section::PostingEnds);
    std::uint64_t end = 0;
    for (KeyIndex i = 0; i < keys; ++i) out.put(end += corpus.records(i).size());
    out.begin(Section::Postings);
    for (KeyIndex i = 0; i < keys; ++i) {
        for (const RecordIndex record : corpus.records(i)) out.put(record);
    }
    out.begin(Section::Verdicts);
    for (const engine::link::Verdict& verdict : outcome.grouping.verdicts) {
        check(std::isfinite(verdict.groups) && std::isfinite(verdict.bits), "verdicts are numbers");
        out.put(StoredVerdict{.groups = verdict.groups,
                              .bits = verdict.bits,
                              .kind = static_cast<std::uint32_t>(verdict.kind)});
    }
}

void put_links(const std::vector<engine::link::Link>& links, SectionWriter& out) {
    for (const engine::link::Link& link : links) {
        check(std::isfinite(link.probability), "probabilities are numbers");
        out.put(StoredLink{.a = link.a,
                           .b = link.b,
                           .probability = link.probability,
                           .tier = static_cast<std::uint32_t>(link.tier),
                           .first_evidence = link.first_evidence,
                           .evidence_count = link.evidence_count});
    }
}

void put_grouping(const Outcome& outcome, SectionWriter& out) {
    const engine::link::Grouping& grouping = outcome.grouping;
    put_strings(out, Section::GroupNameEnds, Section::GroupNameBytes, grouping.groups.size(),
                [&](std::size_t i) {
                    return engine::link::group_name(outcome.corpus, grouping,
                                                    static_cast<engine::link::GroupIndex>(i));
                });
    out.begin(Section::Links);
    put_links(grouping.links, out);
    out.begin(Section::Proposals);
    put_links(grouping.proposals, out);
    out.begin(Section::Evidence);
    for (const engine::link::Evidence& evidence : grouping.evidence) {
        check(std::isfinite(evidence.bits), "weights are numbers");
        out.put(StoredEvidence{.key = evidence.key, .bits = evidence.bits});
    }
}

void put_reading(const Outcome& outcome, SectionWriter& out) {
    const std::filesystem::path& mapping = outcome.read.csv_mapping;
    const std::string path = mapping.empty() ? "" : std::filesystem::absolute(mapping).string();
    put_strings(out, Section::MappingEnds, Section::MappingBytes, mapping.empty() ? 0 : 1,
                [&](std::size_t) -> std::string_view { return path; });
    out.begin(Section::Limits);
    out.put(StoredLimits{.record_bytes_max = outcome.read.record_bytes_max,
                         .expansion_max = outcome.read.expansion_max});
}

} // namespace

void write_chain_file(const Outcome& outcome, OutputFile& file) {
    check(outcome.grouping.group_of.size() == outcome.corpus.size(), "every record has a group");
    check(outcome.grouping.verdicts.size() == outcome.corpus.keys(), "every key has a verdict");
    SectionWriter out{file};
    put_inputs(outcome, out);
    put_records(outcome, out);
    put_keys(outcome, out);
    put_grouping(outcome, out);
    put_reading(outcome, out);
    out.finish();
}

} // namespace chain
