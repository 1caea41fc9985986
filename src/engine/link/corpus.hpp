// What linking reads: records, the keys they hold, and which records hold each key (postings,
// never pairs). Built by appending in any order, then sealed into an order that depends on the
// content alone, so that the same records give the same groups however they were fed.
#pragma once

#include "base/large_table.hpp"
#include "base/time.hpp"
#include "engine/link/hash_index.hpp"
#include "engine/record/mention.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::link {

using RecordIndex = std::uint32_t; // dense, in the sealed order
using KeyIndex = std::uint32_t;    // dense, in the sealed order

/// What two records can share. The first thirteen are the identifier types, in their order.
enum class KeyKind : std::uint8_t {
    Phone,
    Email,
    Iban,
    Card,
    Url,
    Domain,
    Ip,
    Wallet,
    Handle,
    Voucher,
    Parcel,
    Order,
    Name,
    Script, // a text that was reused; its value is a short fingerprint
    // places kept for "The chain, deep": Picture, Persona, PhoneBlock
};

constexpr std::size_t kKeyKinds = 14;

[[nodiscard]] std::string_view name_of(KeyKind kind);
[[nodiscard]] KeyKind kind_of(record::IdentifierType type);

/// One place where a key stands in a record.
struct Occurrence {
    KeyIndex key = 0;
    record::Field field;
    std::uint32_t start = 0;  // bytes in the field's text
    std::uint16_t length = 0; // bytes, capped at 65535
    record::Role role = record::Role::Suspect;
    std::uint8_t confidence = 100; // percent
};

class Corpus {
public:
    struct NewRecord {
        std::string_view id;
        std::optional<UnixSeconds> received_at;
        std::string_view scam_type;
        std::uint64_t tag = 0; // the caller's own reference, carried along
    };
    struct NewOccurrence {
        KeyKind kind = KeyKind::Phone;
        std::string_view value;
        Occurrence place; // its key is ignored
    };
    /// A record or a key while the corpus is being filled: its place in the order of appending.
    using AppendedRecord = std::uint32_t;
    using AppendedKey = std::uint32_t;

    /// Nothing, and nothing is added, when a record of that id is already here.
    std::optional<AppendedRecord> append(const NewRecord& record,
                                         std::span<const NewOccurrence> occurrences);

    /// The key of that value, made when there is none.
    [[nodiscard]] AppendedKey key_of(KeyKind kind, std::string_view value);

    /// Adds one more place to a record appended before: what only shows when all are in (scripts).
    /// Records come in the order in which they were appended.
    void add(AppendedRecord record, AppendedKey key, const Occurrence& place);

    /// Brings records and keys into their final order and builds the postings. Call once.
    void seal(unsigned threads);

    [[nodiscard]] std::size_t size() const { return ids_.size(); }
    [[nodiscard]] std::size_t keys() const { return keys_.size(); }

    [[nodiscard]] std::string_view id(RecordIndex record) const;
    [[nodiscard]] std::optional<UnixSeconds> received_at(RecordIndex record) const;
    [[nodiscard]] std::string_view scam_type(RecordIndex record) const;
    [[nodiscard]] std::uint64_t tag(RecordIndex record) const { return tags_[record]; }
    /// All places of the record, grouped by key.
    [[nodiscard]] std::span<const Occurrence> occurrences(RecordIndex record) const;

    [[nodiscard]] KeyKind kind(KeyIndex key) const { return keys_[key].kind; }
    [[nodiscard]] std::string_view value(KeyIndex key) const;
    /// The records that hold the key as the suspect's, each once, ascending.
    [[nodiscard]] std::span<const RecordIndex> records(KeyIndex key) const;

    /// The record of that id, if there is one. Linear in the logarithm of the corpus.
    [[nodiscard]] std::optional<RecordIndex> find(std::string_view id) const;

private:
    struct Slice {
        std::uint64_t offset = 0;
        std::uint32_t size = 0;
    };
    struct KeyEntry {
        Slice value;
        std::uint64_t hash = 0;
        KeyKind kind = KeyKind::Phone;
    };
    struct Added {
        AppendedRecord record = 0;
        Occurrence occurrence;
    };
    [[nodiscard]] AppendedKey intern(KeyKind kind, std::string_view value, std::uint64_t hash);
    void expect(std::span<const NewOccurrence> occurrences);
    [[nodiscard]] std::uint16_t scam_type_of(std::string_view name);
    [[nodiscard]] std::string_view text(Slice slice) const {
        return std::string_view{arena_}.substr(slice.offset, slice.size);
    }
    [[nodiscard]] Slice keep(std::string_view value);
    [[nodiscard]] std::vector<AppendedRecord> order_records(unsigned threads);
    [[nodiscard]] std::vector<AppendedKey> order_keys(unsigned threads);
    void order_occurrences(const std::vector<AppendedRecord>& records,
                           const std::vector<KeyIndex>& new_key, unsigned threads);
    void build_postings(unsigned threads);

    std::string arena_; // ids and values, end to end
    std::vector<Slice> ids_;
    std::vector<std::uint64_t> id_hashes_;
    std::vector<UnixSeconds> received_at_;
    std::vector<std::uint16_t> scam_types_;
    std::vector<std::uint64_t> tags_;
    std::vector<std::string> scam_type_names_;
    std::map<std::string, std::uint16_t, std::less<>> scam_type_numbers_;

    LargeTable<Occurrence> occurrences_;
    LargeTable<std::uint64_t> first_occurrence_; // by record
    LargeTable<Added> added_;                    // ascending by record, until sealed

    LargeTable<KeyEntry> keys_;
    LargeTable<std::uint64_t> first_posting_;
    LargeTable<RecordIndex> postings_;

    HashIndex key_index_; // while filling
    HashIndex id_index_;
    std::vector<std::uint64_t> hashes_; // of the occurrences being appended
    bool sealed_ = false;
};

} // namespace engine::link
