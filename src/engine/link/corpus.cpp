#include "engine/link/corpus.hpp"

#include "base/check.hpp"

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
constexpr std::size_t kFirstSlots = 1024; // a power of two
constexpr std::size_t kScamTypesMax = 60'000;

std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
    return XXH3_64bits_withSeed(text.data(), text.size(), seed);
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
std::vector<std::uint32_t> order_by_hash(std::size_t count, HashOf&& hash_of_index,
                                         Before&& before) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> hashed(count);
    for (std::uint32_t i = 0; i < count; ++i) hashed[i] = {hash_of_index(i), i};
    std::sort(hashed.begin(), hashed.end(), [&](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : before(a.second, b.second);
    });
    std::vector<std::uint32_t> order(count);
    for (std::size_t i = 0; i < count; ++i) order[i] = hashed[i].second;
    return order;
}

template <class T> void permute(std::vector<T>& values, const std::vector<std::uint32_t>& order) {
    std::vector<T> sorted;
    sorted.reserve(values.size());
    for (const std::uint32_t old : order) sorted.push_back(values[old]);
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

void Corpus::grow_key_slots() {
    key_slots_.assign(key_slots_.empty() ? kFirstSlots : key_slots_.size() * 2, 0);
    const std::size_t mask = key_slots_.size() - 1;
    for (std::uint32_t key = 0; key < keys_.size(); ++key) {
        std::size_t slot = keys_[key].hash & mask;
        while (key_slots_[slot] != 0) slot = (slot + 1) & mask;
        key_slots_[slot] = key + 1;
    }
}

void Corpus::grow_id_slots() {
    id_slots_.assign(id_slots_.empty() ? kFirstSlots : id_slots_.size() * 2, 0);
    const std::size_t mask = id_slots_.size() - 1;
    for (std::uint32_t record = 0; record < ids_.size(); ++record) {
        std::size_t slot = id_hashes_[record] & mask;
        while (id_slots_[slot] != 0) slot = (slot + 1) & mask;
        id_slots_[slot] = record + 1;
    }
}

KeyIndex Corpus::intern(KeyKind kind, std::string_view value) {
    if ((keys_.size() + 1) * 3 > key_slots_.size() * 2) grow_key_slots();
    const std::uint64_t hash = hash_of(value, static_cast<std::uint64_t>(kind) + 1);
    const std::size_t mask = key_slots_.size() - 1;
    std::size_t slot = hash & mask;
    for (; key_slots_[slot] != 0; slot = (slot + 1) & mask) {
        const KeyEntry& entry = keys_[key_slots_[slot] - 1];
        if (entry.hash == hash && entry.kind == kind && text(entry.value) == value) {
            return key_slots_[slot] - 1;
        }
    }
    keys_.push_back({keep(value), hash, kind});
    key_slots_[slot] = static_cast<std::uint32_t>(keys_.size());
    return static_cast<KeyIndex>(keys_.size() - 1);
}

bool Corpus::knows_id(std::string_view id, std::uint64_t hash) const {
    if (id_slots_.empty()) return false;
    const std::size_t mask = id_slots_.size() - 1;
    for (std::size_t slot = hash & mask; id_slots_[slot] != 0; slot = (slot + 1) & mask) {
        const std::uint32_t record = id_slots_[slot] - 1;
        if (id_hashes_[record] == hash && text(ids_[record]) == id) return true;
    }
    return false;
}

std::optional<Corpus::AppendedRecord> Corpus::append(const NewRecord& record,
                                                     std::span<const NewOccurrence> occurrences) {
    check(!sealed_, "a sealed corpus takes no record");
    const std::uint64_t hash = hash_of(record.id, 0);
    if (knows_id(record.id, hash)) return std::nullopt;
    if ((ids_.size() + 1) * 3 > id_slots_.size() * 2) grow_id_slots();
    const auto index = static_cast<AppendedRecord>(ids_.size());
    ids_.push_back(keep(record.id));
    id_hashes_.push_back(hash);
    std::size_t slot = hash & (id_slots_.size() - 1);
    while (id_slots_[slot] != 0) slot = (slot + 1) & (id_slots_.size() - 1);
    id_slots_[slot] = index + 1;
    received_at_.push_back(record.received_at.value_or(kUnknownTime));
    tags_.push_back(record.tag);
    auto known = std::find(scam_type_names_.begin(), scam_type_names_.end(), record.scam_type);
    if (known == scam_type_names_.end()) {
        // Free words of many senders: past the limit they are all "other".
        const bool room = scam_type_names_.size() < kScamTypesMax;
        known = scam_type_names_.insert(scam_type_names_.end(),
                                        room ? std::string{record.scam_type} : "other");
    }
    scam_types_.push_back(static_cast<std::uint16_t>(known - scam_type_names_.begin()));
    for (const NewOccurrence& occurrence : occurrences) add(index, occurrence);
    return index;
}

void Corpus::add(AppendedRecord record, const NewOccurrence& occurrence) {
    check(!sealed_, "a sealed corpus takes no occurrence");
    Occurrence kept = occurrence.place;
    kept.key = intern(occurrence.kind, occurrence.value);
    occurrences_.push_back(kept);
    occurrence_record_.push_back(record);
}

std::vector<std::uint32_t> Corpus::order_records() {
    const std::vector<std::uint32_t> order = order_by_hash(
        ids_.size(), [this](std::uint32_t i) { return id_hashes_[i]; },
        [this](std::uint32_t a, std::uint32_t b) { return text(ids_[a]) < text(ids_[b]); });
    permute(ids_, order);
    permute(id_hashes_, order);
    permute(received_at_, order);
    permute(scam_types_, order);
    permute(tags_, order);
    return inverse(order);
}

std::vector<std::uint32_t> Corpus::order_keys() {
    const std::vector<std::uint32_t> order = order_by_hash(
        keys_.size(), [this](std::uint32_t i) { return keys_[i].hash; },
        [this](std::uint32_t a, std::uint32_t b) {
            if (keys_[a].kind != keys_[b].kind) return keys_[a].kind < keys_[b].kind;
            return text(keys_[a].value) < text(keys_[b].value);
        });
    permute(keys_, order);
    return inverse(order);
}

void Corpus::order_occurrences(const std::vector<std::uint32_t>& new_record,
                               const std::vector<std::uint32_t>& new_key) {
    first_occurrence_.assign(ids_.size() + 1, 0);
    for (std::uint32_t& record : occurrence_record_) {
        record = new_record[record];
        ++first_occurrence_[record + 1];
    }
    std::partial_sum(first_occurrence_.begin(), first_occurrence_.end(), first_occurrence_.begin());
    std::vector<std::uint64_t> next(first_occurrence_.begin(), first_occurrence_.end() - 1);
    std::vector<Occurrence> sorted(occurrences_.size());
    for (std::size_t i = 0; i < occurrences_.size(); ++i) {
        Occurrence occurrence = occurrences_[i];
        occurrence.key = new_key[occurrence.key];
        sorted[next[occurrence_record_[i]]++] = occurrence;
    }
    occurrences_ = std::move(sorted);
    occurrence_record_ = {};
    const auto order = [](const Occurrence& a, const Occurrence& b) {
        if (a.key != b.key) return a.key < b.key;
        if (a.field.kind != b.field.kind) return a.field.kind < b.field.kind;
        if (a.field.index != b.field.index) return a.field.index < b.field.index;
        return a.start < b.start;
    };
    for (std::size_t record = 0; record < ids_.size(); ++record) {
        std::sort(occurrences_.begin() + static_cast<std::ptrdiff_t>(first_occurrence_[record]),
                  occurrences_.begin() + static_cast<std::ptrdiff_t>(first_occurrence_[record + 1]),
                  order);
    }
}

void Corpus::build_postings() {
    const auto for_each_holding = [this](auto&& visit) {
        for (RecordIndex record = 0; record < ids_.size(); ++record) {
            KeyIndex last = std::numeric_limits<KeyIndex>::max();
            for (const Occurrence& occurrence : occurrences(record)) {
                if (occurrence.role != record::Role::Suspect || occurrence.key == last) continue;
                last = occurrence.key;
                visit(last, record);
            }
        }
    };
    first_posting_.assign(keys_.size() + 1, 0);
    for_each_holding([this](KeyIndex key, RecordIndex) { ++first_posting_[key + 1]; });
    std::partial_sum(first_posting_.begin(), first_posting_.end(), first_posting_.begin());
    postings_.resize(first_posting_.back());
    std::vector<std::uint64_t> next(first_posting_.begin(), first_posting_.end() - 1);
    for_each_holding([&](KeyIndex key, RecordIndex record) { postings_[next[key]++] = record; });
}

void Corpus::seal() {
    check(!sealed_, "a corpus is sealed once");
    sealed_ = true;
    key_slots_ = {};
    id_slots_ = {};
    const std::vector<std::uint32_t> new_record = order_records();
    const std::vector<std::uint32_t> new_key = order_keys();
    order_occurrences(new_record, new_key);
    build_postings();
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
