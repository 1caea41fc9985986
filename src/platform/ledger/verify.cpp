// The whole log, read once. Every stored node must be the hash of its two stored parts, every peak
// of the frontier and every root of a head must follow from stored nodes: then, from the leaves up,
// everything stored is what would be computed anew, and a fault is told where it is, once.
#include "base/check.hpp"
#include "platform/ledger/ledger.hpp"
#include "platform/ledger/queries.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>

namespace platform::ledger {
namespace {

constexpr std::int64_t kEntriesAtOnce = 4096; // with their nodes some 2 MB of rows
constexpr std::int64_t kHeadsAtOnce = 1024;

template <std::size_t Size>
std::optional<std::array<std::uint8_t, Size>> fixed(const std::string& bytes) {
    std::array<std::uint8_t, Size> out;
    if (bytes.size() != out.size()) return std::nullopt;
    std::ranges::copy(bytes, out.begin());
    return out;
}

class Faults {
public:
    template <class... Values>
    void add(fmt::format_string<const Values&...> format, const Values&... values) {
        if (list_.size() < kFaultsMax) list_.push_back({fmt::format(format, values...)});
    }
    [[nodiscard]] std::vector<Fault> take() { return std::move(list_); }

private:
    std::vector<Fault> list_;
};

/// The rows of one query after another, one at a time.
class Stream {
public:
    explicit Stream(db::Rows first) : rows_{std::move(first)} {}
    void put(db::Rows rows) {
        rows_ = std::move(rows);
        at_ = 0;
    }
    [[nodiscard]] bool has() const { return at_ < rows_.size(); }
    [[nodiscard]] db::Row row() const { return rows_[at_]; }
    void next() { ++at_; }
    [[nodiscard]] int size() const { return rows_.size(); }

private:
    db::Rows rows_;
    int at_ = 0;
};

class Verification {
public:
    Verification(db::Transaction& transaction, const crypto::PublicKey& key)
        : transaction_{transaction}, key_{key}, heads_{next_heads()} {}

    std::vector<Fault> run(const std::function<void(std::uint64_t)>& progress) {
        const db::Rows frontier = transaction_.run(sql::kFrontier);
        if (frontier.size() != 1) {
            faults_.add("frontier: its row is missing");
            return faults_.take();
        }
        const std::int64_t size = frontier[0].integer(0);
        const std::int64_t there = extent(size);
        for (std::int64_t first = 0; first < there; first += kEntriesAtOnce) {
            const std::int64_t end = std::min(first + kEntriesAtOnce, there);
            if (!read_range(first, end)) break;
            progress(static_cast<std::uint64_t>(end));
        }
        compare_frontier(size, frontier[0].bytes(1));
        compare_heads(frontier[0].integer(2));
        return faults_.take();
    }

private:
    /// Where the entries end; tells of rows outside the log.
    std::int64_t extent(std::int64_t size) {
        const db::Rows rows = transaction_.run(sql::kExtent);
        const db::Row row = rows[0];
        const std::int64_t there = row.integer(1) + 1;
        if (there != size) {
            faults_.add("the log has {} entries by its frontier and {} by its entries", size,
                        there);
        }
        if (row.integer(0) < 0) faults_.add("entry {}: stands before the log", row.integer(0));
        if (row.integer(2) < 0) faults_.add("a node stands before the log");
        if (row.integer(3) >= there) faults_.add("a node stands beyond the last entry");
        return there;
    }

    /// False when nothing is there: the last index may be any, and what lies between is not waited
    /// for.
    bool read_range(std::int64_t first, std::int64_t end) {
        Stream entries{transaction_.run(sql::kEntriesBetween, {first, end})};
        if (!entries.has()) {
            faults_.add("entries from {} on: are missing", first);
            return false;
        }
        Stream nodes{transaction_.run(sql::kNodesBetween, {first, end})};
        for (std::int64_t index = first; index < end; ++index) {
            append(index, leaf_at(index, entries), nodes);
            check_heads_at(index + 1);
        }
        return true;
    }

    Digest leaf_at(std::int64_t index, Stream& entries) {
        if (!entries.has() || entries.row().integer(0) != index) {
            faults_.add("entry {}: is missing", index);
            return {};
        }
        const std::string commitment = entries.row().bytes(1);
        entries.next();
        if (commitment.size() != sizeof(Digest)) faults_.add("entry {}: is not 32 bytes", index);
        return leaf_hash(commitment);
    }

    /// As Frontier::append, with every merge compared to the node that is stored.
    void append(std::int64_t index, Digest hash, Stream& nodes) {
        const int levels = std::countr_one(static_cast<std::uint64_t>(index));
        for (int level = 1; level <= levels; ++level) {
            hash = stored_node(index, level, node_hash(peaks_.back(), hash), nodes);
            peaks_.pop_back();
        }
        peaks_.push_back(hash);
        for (; nodes.has() && nodes.row().integer(0) == index; nodes.next()) {
            faults_.add("entries to {}: a node of level {} is too many", index,
                        nodes.row().integer(1));
        }
    }

    /// The node as stored, so that what rests on it is judged by itself; the computed one when
    /// there is none.
    Digest stored_node(std::int64_t index, int level, const Digest& computed, Stream& nodes) {
        const std::int64_t first = index + 1 - (std::int64_t{1} << level);
        if (!nodes.has() || nodes.row().integer(0) != index || nodes.row().integer(1) != level) {
            faults_.add("entries {} to {}: their node of level {} is missing", first, index, level);
            return computed;
        }
        const auto stored = fixed<sizeof(Digest)>(nodes.row().bytes(2));
        nodes.next();
        if (!stored || *stored != computed) {
            faults_.add("entries {} to {}: their node of level {} does not fit them", first, index,
                        level);
        }
        return stored.value_or(computed);
    }

    [[nodiscard]] Digest root() const {
        Frontier frontier;
        const bool fits = Frontier::from(size_, peaks_, frontier);
        check(fits, "as many peaks as bits");
        return frontier.root();
    }

    void compare_frontier(std::int64_t size, const std::string& stored) {
        std::string peaks;
        for (const Digest& peak : peaks_) peaks += crypto::as_text(peak);
        if (static_cast<std::uint64_t>(size) == size_ && stored != peaks) {
            faults_.add("frontier: its peaks do not fit the entries");
        }
    }

    db::Rows next_heads() {
        return transaction_.run(sql::kHeadsAfter, {heads_seen_, kHeadsAtOnce});
    }

    /// All heads of this size: their order is that of their sizes.
    void check_heads_at(std::int64_t size) {
        size_ = static_cast<std::uint64_t>(size);
        while (head_waits() && heads_.row().integer(1) <= size) check_head();
    }

    bool head_waits() {
        if (!heads_.has() && heads_.size() == kHeadsAtOnce) heads_.put(next_heads());
        return heads_.has();
    }

    void check_head() {
        const db::Row row = heads_.row();
        const std::int64_t number = row.integer(0);
        if (number != heads_seen_ + 1)
            faults_.add("head {}: does not follow {}", number, heads_seen_);
        heads_seen_ = number;
        ++heads_count_;
        const auto stored_root = fixed<sizeof(Digest)>(row.bytes(2));
        const auto signature = fixed<sizeof(crypto::Signature)>(row.bytes(4));
        if (row.integer(1) != static_cast<std::int64_t>(size_) || !stored_root ||
            *stored_root != root()) {
            faults_.add("head {}: its size and root are not those of the log", number);
        }
        const TreeHead head{static_cast<std::uint64_t>(row.integer(1)),
                            stored_root.value_or(Digest{}), row.integer(3),
                            signature.value_or(crypto::Signature{})};
        if (!signature || !verify_head(head, key_)) {
            faults_.add("head {}: its signature does not hold", number);
        }
        heads_.next();
    }

    void compare_heads(std::int64_t published) {
        for (; head_waits(); heads_.next()) {
            heads_seen_ = heads_.row().integer(0);
            ++heads_count_;
            faults_.add("head {}: is of more entries than the log has", heads_seen_);
        }
        if (heads_count_ != published) {
            faults_.add("{} heads were published and {} are there", published, heads_count_);
        }
    }

    db::Transaction& transaction_;
    const crypto::PublicKey& key_;
    Faults faults_;
    std::int64_t heads_seen_ = 0; // number of the last one
    std::int64_t heads_count_ = 0;
    Stream heads_;
    std::uint64_t size_ = 0;
    std::vector<Digest> peaks_;
};

} // namespace

std::vector<Fault> verify_log(db::Connection& connection, const crypto::PublicKey& key,
                              const std::function<void(std::uint64_t)>& progress) {
    db::Transaction transaction{connection};
    transaction.run(sql::kOneSnapshot);
    return verify_log(transaction, key, progress);
}

std::vector<Fault> verify_log(db::Transaction& transaction, const crypto::PublicKey& key,
                              const std::function<void(std::uint64_t)>& progress) {
    return Verification{transaction, key}.run(progress);
}

} // namespace platform::ledger
