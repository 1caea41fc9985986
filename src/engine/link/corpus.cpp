#include "engine/link/corpus.hpp"

#include "base/check.hpp"
#include "base/parallel.hpp"
#include "base/parallel_sort.hpp"
#include "base/prefetch.hpp"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <utility>

namespace engine::link {
namespace {

constexpr std::array<std::string_view, kKeyKinds> kKeyKindNames{
    "phone",  "email",  "iban",    "card",   "url",   "domain", "ip",
    "wallet", "handle", "voucher", "parcel", "order", "name",   "script"};

constexpr UnixSeconds kUnknownTime = std::numeric_limits<UnixSeconds>::min();
constexpr std::size_t kScamTypesMax = 60'000;
constexpr std::size_t kBlock = 8192; // records or keys that a thread takes at a time
constexpr std::size_t kAhead = 8;    // records of which the occurrences are asked for early
constexpr std::size_t kRunBytes = 6 * sizeof(Occurrence); // of most records

std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
    return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

std::uint64_t hash_of(KeyKind kind, std::string_view value) {
    return hash_of(value, static_cast<std::uint64_t>(kind) + 1);
}

/// Where each old index goes, when `order[new] == old`.
std::vector<std::uint32_t> inverse(const std::vector<std::uint32_t>& order) {
    std::vector<std::uint32_t> place(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
    return place;
}

/// The order of ascending hashes; `before` decides between equal ones. Sorting the hashes beside
/// their indices keeps the comparisons in cache.
template <class HashOf, class Before>
std::vector<std::uint32_t> order_by_hash(unsigned threads, std::size_t count,
                                         HashOf&& hash_of_index, Before&& before) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> hashed(count);
    for (std::uint32_t i = 0; i < count; ++i) hashed[i] = {hash_of_index(i), i};
    sort_in_parallel(threads, hashed, [&](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : before(a.second, b.second);
    });
    std::vector<std::uint32_t> order(count);
    for (std::size_t i = 0; i < count; ++i) order[i] = hashed[i].second;
    return order;
}

template <class Values>
void permute(unsigned threads, Values& values, const std::vector<std::uint32_t>& order) {
    Values sorted(values.size());
    for_blocks(threads, order.size(), kBlock, [&](std::size_t begin, std::size_t end, unsigned) {
        for (std::size_t i = begin; i < end; ++i) sorted[i] = values[order[i]];
    });
    values = std::move(sorted);
}

} // namespace

std::string_view name_of(KeyKind kind) {
    return kKeyKindNames[static_cast<std::size_t>(kind)];
}

KeyKind kind_of(record::IdentifierType type) {
    static_assert(static_cast<std::size_t>(KeyKind::Script) == record::kIdentifierTypes);
    return static_cast<KeyKind>(type);
}

Corpus::Slice Corpus::keep(std::string_view value) {
    const Slice slice{arena_.size(), static_cast<std::uint32_t>(value.size())};
    arena_.append(value);
    return slice;
}

Corpus::AppendedKey Corpus::intern(KeyKind kind, std::string_view value, std::uint64_t hash) {
    const std::optional<std::uint32_t> known = key_index_.find(hash, [&](std::uint32_t key) {
        return keys_[key].kind == kind && text(keys_[key].value) == value;
    });
    if (known) return *known;
    const auto key = static_cast<AppendedKey>(keys_.size());
    keys_.push_back({keep(value), hash, kind});
    key_index_.insert(hash, key);
    return key;
}

Corpus::AppendedKey Corpus::key_of(KeyKind kind, std::string_view value) {
    check(!sealed_, "a sealed corpus takes no key");
    return intern(kind, value, hash_of(kind, value));
}

/// Hashes the occurrences, and has the memory of their keys fetched for all of them at once.
void Corpus::expect(std::span<const NewOccurrence> occurrences) {
    hashes_.clear();
    key_index_.reserve(occurrences.size());
    for (const NewOccurrence& occurrence : occurrences) {
        hashes_.push_back(hash_of(occurrence.kind, occurrence.value));
        key_index_.expect(hashes_.back());
    }
    for (const std::uint64_t hash : hashes_) {
        if (const std::optional<std::uint32_t> key = key_index_.guess(hash)) prefetch(&keys_[*key]);
    }
}

std::uint16_t Corpus::scam_type_of(std::string_view name) {
    const auto known = scam_type_numbers_.find(name);
    if (known != scam_type_numbers_.end()) return known->second;
    // Free words of many senders: past the limit they are all "other".
    constexpr std::string_view kOther = "other";
    if (scam_type_names_.size() >= kScamTypesMax && name != kOther) return scam_type_of(kOther);
    const auto number = static_cast<std::uint16_t>(scam_type_names_.size());
    scam_type_names_.emplace_back(name);
    scam_type_numbers_.emplace(name, number);
    return number;
}

std::optional<Corpus::AppendedRecord> Corpus::append(const NewRecord& record,
                                                     std::span<const NewOccurrence> occurrences) {
    check(!sealed_, "a sealed corpus takes no record");
    const std::uint64_t hash = hash_of(record.id, 0);
    id_index_.reserve(1);
    id_index_.expect(hash);
    expect(occurrences);
    const auto same_id = [&](std::uint32_t known) { return text(ids_[known]) == record.id; };
    if (id_index_.find(hash, same_id)) return std::nullopt;
    const auto index = static_cast<AppendedRecord>(ids_.size());
    id_index_.insert(hash, index);
    ids_.push_back(keep(record.id));
    id_hashes_.push_back(hash);
    received_at_.push_back(record.received_at.value_or(kUnknownTime));
    tags_.push_back(record.tag);
    scam_types_.push_back(scam_type_of(record.scam_type));
    first_occurrence_.push_back(occurrences_.size());
    for (std::size_t i = 0; i < occurrences.size(); ++i) {
        const NewOccurrence& occurrence = occurrences[i];
        occurrences_.push_back(occurrence.place);
        occurrences_.back().key = intern(occurrence.kind, occurrence.value, hashes_[i]);
    }
    return index;
}

void Corpus::add(AppendedRecord record, AppendedKey key, const Occurrence& place) {
    check(!sealed_, "a sealed corpus takes no occurrence");
    check(record < ids_.size() && key < keys_.size(), "what was appended is added to");
    check(added_.empty() || added_.back().record <= record, "records come in their order");
    added_.push_back({record, place});
    added_.back().occurrence.key = key;
}

std::vector<Corpus::AppendedRecord> Corpus::order_records(unsigned threads) {
    std::vector<AppendedRecord> order = order_by_hash(
        threads, ids_.size(), [this](std::uint32_t i) { return id_hashes_[i]; },
        [this](std::uint32_t a, std::uint32_t b) { return text(ids_[a]) < text(ids_[b]); });
    permute(threads, ids_, order);
    permute(threads, id_hashes_, order);
    permute(threads, received_at_, order);
    permute(threads, scam_types_, order);
    permute(threads, tags_, order);
    return order;
}

std::vector<Corpus::AppendedKey> Corpus::order_keys(unsigned threads) {
    std::vector<AppendedKey> order = order_by_hash(
        threads, keys_.size(), [this](std::uint32_t i) { return keys_[i].hash; },
        [this](std::uint32_t a, std::uint32_t b) {
            if (keys_[a].kind != keys_[b].kind) return keys_[a].kind < keys_[b].kind;
            return text(keys_[a].value) < text(keys_[b].value);
        });
    permute(threads, keys_, order);
    return order;
}

void Corpus::order_occurrences(const std::vector<AppendedRecord>& records,
                               const std::vector<KeyIndex>& new_key, unsigned threads) {
    LargeTable<std::uint64_t> first_added(records.size() + 1, 0);
    for (const Added& each : added_) ++first_added[each.record + 1];
    std::partial_sum(first_added.begin(), first_added.end(), first_added.begin());
    LargeTable<std::uint64_t> first_appended = std::move(first_occurrence_);
    first_appended.push_back(occurrences_.size());
    first_occurrence_.assign(records.size() + 1, 0);
    for_blocks(threads, records.size(), kBlock, [&](std::size_t begin, std::size_t end, unsigned) {
        for (std::size_t i = begin; i < end; ++i) {
            const AppendedRecord old = records[i];
            first_occurrence_[i + 1] = first_appended[old + 1] - first_appended[old] +
                                       first_added[old + 1] - first_added[old];
        }
    });
    std::partial_sum(first_occurrence_.begin(), first_occurrence_.end(), first_occurrence_.begin());
    const auto order = [](const Occurrence& a, const Occurrence& b) {
        if (a.key != b.key) return a.key < b.key;
        if (a.field.kind != b.field.kind) return a.field.kind < b.field.kind;
        if (a.field.index != b.field.index) return a.field.index < b.field.index;
        return a.start < b.start;
    };
    LargeTable<Occurrence> sorted(first_occurrence_.back());
    for_blocks(threads, records.size(), kBlock, [&](std::size_t begin, std::size_t end, unsigned) {
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint64_t soon = first_appended[records[std::min(i + kAhead, end - 1)]];
            if (soon < occurrences_.size()) prefetch(&occurrences_[soon], kRunBytes);
            const AppendedRecord old = records[i];
            Occurrence* const first = sorted.data() + first_occurrence_[i];
            Occurrence* last = first;
            for (std::uint64_t at = first_appended[old]; at < first_appended[old + 1]; ++at) {
                *last++ = occurrences_[at];
            }
            for (std::uint64_t at = first_added[old]; at < first_added[old + 1]; ++at) {
                *last++ = added_[at].occurrence;
            }
            for (Occurrence* each = first; each != last; ++each) each->key = new_key[each->key];
            std::sort(first, last, order);
        }
    });
    occurrences_ = std::move(sorted);
    added_ = {};
}

/// Every thread reads all occurrences and keeps those of its own keys: what it writes is near.
void Corpus::build_postings(unsigned threads) {
    const auto for_each_holding = [&](auto&& visit) {
        for_blocks(threads, keys_.size(), keys_.size() / threads + 1,
                   [&](std::size_t begin, std::size_t end, unsigned) {
                       for (RecordIndex record = 0; record < ids_.size(); ++record) {
                           KeyIndex last = std::numeric_limits<KeyIndex>::max();
                           for (const Occurrence& occurrence : occurrences(record)) {
                               if (occurrence.key < begin || occurrence.key == last) continue;
                               if (occurrence.key >= end) break;
                               if (occurrence.role != record::Role::Suspect) continue;
                               last = occurrence.key;
                               visit(last, record);
                           }
                       }
                   });
    };
    // Counted two places further on, a sum turns the counts of key into its begin at key + 1, which
    // filling moves to its end: the begin of the next.
    first_posting_.assign(keys_.size() + 2, 0);
    for_each_holding([this](KeyIndex key, RecordIndex) { ++first_posting_[key + 2]; });
    std::partial_sum(first_posting_.begin(), first_posting_.end(), first_posting_.begin());
    postings_.resize(first_posting_.back());
    for_each_holding([this](KeyIndex key, RecordIndex record) {
        postings_[first_posting_[key + 1]++] = record;
    });
    first_posting_.pop_back();
}

void Corpus::seal(unsigned threads) {
    check(!sealed_, "a corpus is sealed once");
    sealed_ = true;
    key_index_ = {};
    id_index_ = {};
    hashes_ = {};
    const std::vector<AppendedRecord> records = order_records(threads);
    const std::vector<KeyIndex> new_key = inverse(order_keys(threads));
    order_occurrences(records, new_key, threads);
    build_postings(threads);
}

std::string_view Corpus::id(RecordIndex record) const {
    return text(ids_[record]);
}

std::optional<UnixSeconds> Corpus::received_at(RecordIndex record) const {
    if (received_at_[record] == kUnknownTime) return std::nullopt;
    return received_at_[record];
}

std::string_view Corpus::scam_type(RecordIndex record) const {
    return scam_type_names_[scam_types_[record]];
}

std::span<const Occurrence> Corpus::occurrences(RecordIndex record) const {
    return std::span{occurrences_}.subspan(
        first_occurrence_[record], first_occurrence_[record + 1] - first_occurrence_[record]);
}

std::string_view Corpus::value(KeyIndex key) const {
    return text(keys_[key].value);
}

std::span<const RecordIndex> Corpus::records(KeyIndex key) const {
    return std::span{postings_}.subspan(first_posting_[key],
                                        first_posting_[key + 1] - first_posting_[key]);
}

std::optional<RecordIndex> Corpus::find(std::string_view id) const {
    const std::uint64_t hash = hash_of(id, 0);
    auto at = std::lower_bound(id_hashes_.begin(), id_hashes_.end(), hash);
    for (; at != id_hashes_.end() && *at == hash; ++at) {
        const auto record = static_cast<RecordIndex>(at - id_hashes_.begin());
        if (text(ids_[record]) == id) return record;
    }
    return std::nullopt;
}

} // namespace engine::link
