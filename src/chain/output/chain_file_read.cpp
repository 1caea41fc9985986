#include "chain/output/chain_file.hpp"
#include "chain/output/chain_sections.hpp"

#include <xxhash.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

namespace chain {
namespace {

static_assert(std::endian::native == std::endian::little, "chain.bin is used where it lies");
static_assert(sizeof(StoredOccurrence) == 16 && sizeof(StoredSource) == 24 &&
                  sizeof(StoredVerdict) == 12 && sizeof(StoredLink) == 24 &&
                  sizeof(StoredEvidence) == 8 && sizeof(StoredLimits) == 16 &&
                  sizeof(ChainHeader) == 16 && sizeof(ChainFooter) == 16 &&
                  sizeof(SectionPlace) == 16,
              "a change of layout is a new version of the file");

using Table = std::array<SectionPlace, kSections>;

std::optional<Table> section_table(std::span<const std::byte> bytes) {
    ChainHeader header;
    Table table;
    ChainFooter footer;
    if (bytes.size() < sizeof(header) + sizeof(table) + sizeof(footer)) return std::nullopt;
    const std::span<const std::byte> summed = bytes.first(bytes.size() - sizeof(footer));
    std::memcpy(&header, bytes.data(), sizeof(header));
    std::memcpy(table.data(), summed.last(sizeof(table)).data(), sizeof(table));
    std::memcpy(&footer, bytes.last(sizeof(footer)).data(), sizeof(footer));
    if (header.magic != kChainMagic || header.version != kChainFileVersion ||
        header.sections != kSections || footer.bytes != bytes.size()) {
        return std::nullopt;
    }
    if (XXH3_64bits(summed.data(), summed.size()) != footer.checksum) return std::nullopt;
    for (const SectionPlace& place : table) {
        if (place.offset % 8 != 0 || place.offset > bytes.size() ||
            place.bytes > bytes.size() - place.offset) {
            return std::nullopt;
        }
    }
    return table;
}

/// The section as an array of T; false when its size is not a whole number of them.
template <class T>
bool take(std::span<const std::byte> bytes, const Table& table, Section section,
          std::span<const T>& out) {
    const SectionPlace& place = table[static_cast<std::size_t>(section)];
    if (place.bytes % sizeof(T) != 0) return false;
    out = {reinterpret_cast<const T*>(bytes.data() + place.offset), place.bytes / sizeof(T)};
    return true;
}

bool ascending_to(std::span<const std::uint64_t> ends, std::uint64_t last) {
    return std::is_sorted(ends.begin(), ends.end()) && (ends.empty() || ends.back() == last);
}

template <class T>
std::span<const T> slice(std::span<const T> all, std::span<const std::uint64_t> ends,
                         std::size_t i) {
    const std::uint64_t first = i == 0 ? 0 : ends[i - 1];
    return all.subspan(first, ends[i] - first);
}

} // namespace

std::string_view ChainView::Strings::at(std::size_t i) const {
    const std::span<const char> text = slice(bytes, ends, i);
    return {text.data(), text.size()};
}

bool ChainView::Strings::sound() const {
    return ascending_to(ends, bytes.size());
}

std::optional<ChainView> ChainView::open(std::span<const std::byte> bytes) {
    if (reinterpret_cast<std::uintptr_t>(bytes.data()) % 8 != 0) return std::nullopt;
    const std::optional<Table> table = section_table(bytes);
    if (!table) return std::nullopt;
    ChainView view;
    const bool whole = take(bytes, *table, Section::PathEnds, view.paths_.ends) &&
                       take(bytes, *table, Section::PathBytes, view.paths_.bytes) &&
                       take(bytes, *table, Section::IdEnds, view.ids_.ends) &&
                       take(bytes, *table, Section::IdBytes, view.ids_.bytes) &&
                       take(bytes, *table, Section::ReceivedAt, view.received_at_) &&
                       take(bytes, *table, Section::GroupOf, view.group_of_) &&
                       take(bytes, *table, Section::Sources, view.sources_) &&
                       take(bytes, *table, Section::OccurrenceEnds, view.occurrence_ends_) &&
                       take(bytes, *table, Section::Occurrences, view.occurrences_) &&
                       take(bytes, *table, Section::KeyKinds, view.key_kinds_) &&
                       take(bytes, *table, Section::KeyEnds, view.key_values_.ends) &&
                       take(bytes, *table, Section::KeyBytes, view.key_values_.bytes) &&
                       take(bytes, *table, Section::PostingEnds, view.posting_ends_) &&
                       take(bytes, *table, Section::Postings, view.postings_) &&
                       take(bytes, *table, Section::Verdicts, view.verdicts_) &&
                       take(bytes, *table, Section::GroupNameEnds, view.group_names_.ends) &&
                       take(bytes, *table, Section::GroupNameBytes, view.group_names_.bytes) &&
                       take(bytes, *table, Section::Links, view.links_) &&
                       take(bytes, *table, Section::Proposals, view.proposals_) &&
                       take(bytes, *table, Section::Evidence, view.evidence_) &&
                       take(bytes, *table, Section::MappingEnds, view.mapping_.ends) &&
                       take(bytes, *table, Section::MappingBytes, view.mapping_.bytes) &&
                       take(bytes, *table, Section::Limits, view.limits_);
    if (!whole || !view.sound()) return std::nullopt;
    return view;
}

bool ChainView::sound() const {
    const std::size_t keys = key_kinds_.size();
    const auto is_key = [keys](std::uint32_t key) { return key < keys; };
    const auto is_record = [this](std::uint32_t record) { return record < records(); };
    return paths_.sound() && ids_.sound() && key_values_.sound() && group_names_.sound() &&
           mapping_.sound() && mapping_.ends.size() <= 1 && limits_.size() == 1 &&
           sound_records() && key_values_.ends.size() == keys && posting_ends_.size() == keys &&
           verdicts_.size() == keys && ascending_to(posting_ends_, postings_.size()) &&
           (keys > 0 || postings_.empty()) &&
           std::all_of(key_kinds_.begin(), key_kinds_.end(),
                       [](std::uint8_t kind) { return kind < engine::link::kKeyKinds; }) &&
           std::all_of(postings_.begin(), postings_.end(), is_record) &&
           std::all_of(verdicts_.begin(), verdicts_.end(),
                       [](const StoredVerdict& verdict) {
                           return verdict.kind < std::size(engine::link::kVerdictNames) &&
                                  std::isfinite(verdict.bits) && std::isfinite(verdict.groups);
                       }) &&
           std::all_of(evidence_.begin(), evidence_.end(),
                       [is_key](const StoredEvidence& evidence) {
                           return is_key(evidence.key) && std::isfinite(evidence.bits);
                       }) &&
           sound_links(links_) && sound_links(proposals_);
}

bool ChainView::sound_records() const {
    const std::size_t count = records();
    const std::size_t keys = key_kinds_.size();
    return ids_.ends.size() == count && received_at_.size() == count && sources_.size() == count &&
           occurrence_ends_.size() == count &&
           ascending_to(occurrence_ends_, occurrences_.size()) &&
           (count > 0 || occurrences_.empty()) &&
           std::all_of(group_of_.begin(), group_of_.end(),
                       [this](std::uint32_t group) { return group < groups(); }) &&
           std::all_of(
               sources_.begin(), sources_.end(),
               [this](const StoredSource& source) { return source.file < paths_.ends.size(); }) &&
           std::all_of(
               occurrences_.begin(), occurrences_.end(), [keys](const StoredOccurrence& place) {
                   return place.key < keys &&
                          place.field_kind <=
                              static_cast<std::uint8_t>(engine::record::FieldKind::PaymentTo) &&
                          place.role <= static_cast<std::uint8_t>(engine::record::Role::ThirdParty);
               });
}

bool ChainView::sound_links(std::span<const StoredLink> links) const {
    return std::all_of(links.begin(), links.end(), [this](const StoredLink& link) {
        return link.a < records() && link.b < records() &&
               link.tier < std::size(engine::link::kTierNames) && std::isfinite(link.probability) &&
               link.first_evidence <= evidence_.size() &&
               link.evidence_count <= evidence_.size() - link.first_evidence;
    });
}

std::optional<std::uint32_t> ChainView::find(std::string_view id) const {
    // The sealed order of records is an affair of the engine: no order of the ids is assumed.
    for (std::size_t i = 0; i < ids_.ends.size(); ++i) {
        if (ids_.at(i) == id) return static_cast<std::uint32_t>(i);
    }
    return std::nullopt;
}

std::optional<UnixSeconds> ChainView::received_at(std::uint32_t record) const {
    if (received_at_[record] == kNoDate) return std::nullopt;
    return received_at_[record];
}

std::span<const StoredOccurrence> ChainView::occurrences(std::uint32_t record) const {
    return slice(occurrences_, occurrence_ends_, record);
}

engine::link::KeyKind ChainView::kind(std::uint32_t key) const {
    return static_cast<engine::link::KeyKind>(key_kinds_[key]);
}

std::span<const std::uint32_t> ChainView::postings(std::uint32_t key) const {
    return slice(postings_, posting_ends_, key);
}

engine::link::Verdict ChainView::verdict(std::uint32_t key) const {
    const StoredVerdict& stored = verdicts_[key];
    return {.kind = static_cast<engine::link::VerdictKind>(stored.kind),
            .groups = stored.groups,
            .bits = stored.bits};
}

interchange::Source ChainView::source(std::uint32_t record) const {
    const StoredSource& stored = sources_[record];
    return {.file = stored.file, .line = stored.line, .offset = stored.offset};
}

interchange::ReadPolicy ChainView::read_policy() const {
    interchange::ReadPolicy policy;
    if (!mapping_.ends.empty()) policy.csv_mapping = std::filesystem::path{mapping_.at(0)};
    policy.record_bytes_max = limits_[0].record_bytes_max;
    policy.expansion_max = limits_[0].expansion_max;
    return policy;
}

Result<MappedChain, ChainFileRefusal> MappedChain::open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return refuse(ChainFileRefusal::Missing);
    struct stat status{};
    const bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    const std::size_t size = regular ? static_cast<std::size_t>(status.st_size) : 0;
    void* mapped =
        size == 0 ? MAP_FAILED : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    ::close(descriptor);
    if (mapped == MAP_FAILED) return refuse(ChainFileRefusal::Damaged);
    const std::span bytes{static_cast<const std::byte*>(mapped), size};
    const std::optional<ChainView> view = ChainView::open(bytes);
    if (!view) {
        ::munmap(mapped, size);
        return refuse(ChainFileRefusal::Damaged);
    }
    return MappedChain{bytes, *view};
}

MappedChain::MappedChain(MappedChain&& other) noexcept
    : bytes_{std::exchange(other.bytes_, {})}, view_{other.view_} {}

MappedChain::~MappedChain() {
    if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

} // namespace chain
