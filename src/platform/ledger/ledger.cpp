#include "platform/ledger/ledger.hpp"

#include "base/check.hpp"
#include "platform/ledger/queries.hpp"

#include <algorithm>

namespace platform::ledger {
namespace {

constexpr std::size_t kDigestBytes = sizeof(Digest);

/// Of a column that the table holds to this length.
Digest digest_in(std::string_view bytes) {
    check(bytes.size() == kDigestBytes, "a digest has 32 bytes");
    Digest digest;
    std::ranges::copy(bytes, digest.begin());
    return digest;
}

std::vector<Digest> digests_in(std::string_view bytes) {
    std::vector<Digest> digests;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(kDigestBytes, bytes.size()))) {
        digests.push_back(digest_in(bytes.substr(0, kDigestBytes)));
    }
    return digests;
}

std::uint64_t count_in(const db::Row& row, int column) {
    return static_cast<std::uint64_t>(row.integer(column));
}

db::Value bytes_of(const Digest& digest) {
    return db::Value::bytes(crypto::as_text(digest));
}

} // namespace

std::vector<Place> append_and_commit(db::Transaction& transaction,
                                     std::span<const Commitment> entries) {
    check(entries.size() <= kAppendMax, "a batch of entries has its limit");
    if (entries.empty()) {
        transaction.commit();
        return {};
    }
    std::string commitments;
    for (const Commitment& entry : entries) commitments += crypto::as_text(entry.digest);
    const db::Rows rows = transaction.commit_with(sql::kAppend, {db::Value::bytes(commitments)});
    std::vector<Place> places;
    for (int i = 0; i < rows.size(); ++i) {
        const db::Row row = rows[i];
        places.push_back({count_in(row, 0), count_in(row, 1), digest_in(row.bytes(2)),
                          digests_in(row.bytes(3))});
    }
    check(places.size() == entries.size(), "each entry has its place");
    return places;
}

std::optional<Place> place_of(db::Connection& connection, std::uint64_t index) {
    if (index > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
    const db::Rows rows = connection.run(sql::kPlaceOf, {index});
    if (rows.empty()) return std::nullopt;
    return Place{index, count_in(rows[0], 0), digest_in(rows[0].bytes(1)),
                 digests_in(rows[0].bytes(2))};
}

std::optional<std::uint64_t> index_of(db::Connection& connection, const Digest& commitment) {
    const db::Rows rows =
        connection.run(sql::kIndexOf, {db::Value::bytes(crypto::as_text(commitment))});
    if (rows.empty()) return std::nullopt;
    return count_in(rows[0], 0);
}

Standing standing(db::Connection& connection) {
    const db::Rows rows = connection.run(sql::kStanding);
    check(rows.size() == 1, "the ledger has one frontier");
    return {count_in(rows[0], 0), digest_in(rows[0].bytes(1))};
}

std::optional<TreeHead> publish_head(db::Connection& connection, const crypto::SigningKey& key,
                                     UnixSeconds now) {
    const db::Rows rows = connection.run(sql::kStanding);
    check(rows.size() == 1, "the ledger has one frontier");
    const std::uint64_t size = count_in(rows[0], 0);
    const std::uint64_t published = count_in(rows[0], 2);
    if (size <= published) return std::nullopt;
    const TreeHead head = sign_head(size, digest_in(rows[0].bytes(1)), now, key);
    const std::string_view signature{reinterpret_cast<const char*>(head.signature.data()),
                                     head.signature.size()};
    const db::Rows kept = connection.run(
        sql::kPublish, {size, bytes_of(head.root), now, db::Value::bytes(signature)});
    // Another process may have published this size or a larger one in between.
    if (!kept[0].boolean(0)) return std::nullopt;
    return head;
}

} // namespace platform::ledger
