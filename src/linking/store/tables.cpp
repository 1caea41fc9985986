#include "linking/store/tables.hpp"

#include "base/check.hpp"
#include "linking/queries.hpp"
#include "linking/store/array.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace linking::store {
namespace {

using engine::link::kTierNames;
using platform::db::Row;
using platform::db::Rows;
using platform::db::Transaction;

constexpr std::size_t kRowsMax = 20'000; // of one statement: some megabytes of parameters

engine::link::Tier tier_of(std::string_view name) {
    const auto* const at = std::ranges::find(kTierNames, name);
    check(at != std::end(kTierNames), "the table holds tiers only");
    return static_cast<engine::link::Tier>(at - std::begin(kTierNames));
}

std::string_view name_of(engine::link::Tier tier) {
    return kTierNames[static_cast<std::size_t>(tier)];
}

/// Of names with commas between.
state::Kinds kinds_of(std::string_view names) {
    state::Kinds out;
    while (!names.empty()) {
        const std::size_t end = std::min(names.find(','), names.size());
        for (std::size_t kind = 0; kind < engine::link::kKeyKinds; ++kind) {
            const auto each = static_cast<engine::link::KeyKind>(kind);
            if (engine::link::name_of(each) == names.substr(0, end)) out.add(each);
        }
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    return out;
}

/// Calls `put` with at most kRowsMax of the rows at a time.
template <class Element, class Put> void in_parts(const std::vector<Element>& rows, Put&& put) {
    std::span<const Element> rest{rows};
    while (!rest.empty()) {
        const std::size_t part = std::min(rest.size(), kRowsMax);
        put(rest.first(part));
        rest = rest.subspan(part);
    }
}

void put_groups(Transaction& transaction, std::span<const state::GroupRow> rows) {
    Array names;
    Array members;
    for (const state::GroupRow& row : rows) {
        names.add_text(row.name);
        members.add(fmt::to_string(row.members));
    }
    transaction.run(sql::kPutGroups, {names.text(), members.text()});
}

void put_members(Transaction& transaction, std::span<const state::MemberRow> rows) {
    Array declarations;
    Array groups;
    for (const state::MemberRow& row : rows) {
        declarations.add_text(row.declaration);
        groups.add_text(row.group);
    }
    transaction.run(sql::kPutMembers, {declarations.text(), groups.text()});
}

void put_edges(Transaction& transaction, std::span<const state::EdgeRow> rows) {
    Array a;
    Array b;
    Array probabilities;
    Array tiers;
    Array places;
    Array kinds;
    Array bits;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        a.add_text(rows[i].pair.first);
        b.add_text(rows[i].pair.second);
        probabilities.add(fmt::format("{:.4f}", rows[i].edge.probability));
        tiers.add_text(name_of(rows[i].edge.tier));
        for (const state::Reason& reason : rows[i].reasons) {
            places.add(fmt::to_string(i + 1));
            kinds.add_text(reason.kind);
            bits.add(fmt::format("{:.1f}", reason.bits));
        }
    }
    transaction.run(sql::kPutEdges, {a.text(), b.text(), probabilities.text(), tiers.text(),
                                     places.text(), kinds.text(), bits.text()});
}

void drop(Transaction& transaction, const platform::db::Query& query,
          std::span<const std::string> names) {
    Array gone;
    for (const std::string& name : names) gone.add_text(name);
    transaction.run(query, {gone.text()});
}

void drop_edges(Transaction& transaction, std::span<const state::Pair> pairs) {
    Array a;
    Array b;
    for (const state::Pair& pair : pairs) {
        a.add_text(pair.first);
        b.add_text(pair.second);
    }
    transaction.run(sql::kDropEdges, {a.text(), b.text()});
}

} // namespace

Mark lock(Transaction& transaction) {
    const Rows rows = transaction.run(sql::kLockState);
    check(rows.size() == 1, "the migration made the row");
    return {.revision = rows[0].integer(0), .change_number = rows[0].integer(1)};
}

state::Standing read(Transaction& transaction, std::int64_t revision) {
    state::Standing out;
    out.revision = revision;
    const Rows groups = transaction.run(sql::kReadGroups);
    for (int i = 0; i < groups.size(); ++i) {
        out.members.emplace(groups[i].text(0), static_cast<std::uint32_t>(groups[i].integer(1)));
    }
    const Rows members = transaction.run(sql::kReadMembers);
    for (int i = 0; i < members.size(); ++i) {
        const Row row = members[i];
        out.group_of.emplace(row.text(0), row.is_null(1) ? std::string_view{} : row.text(1));
    }
    const Rows edges = transaction.run(sql::kReadEdges);
    for (int i = 0; i < edges.size(); ++i) {
        const Row row = edges[i];
        constexpr float kTenThousandth = 1e-4F;
        state::Edge edge{.probability = static_cast<float>(row.integer(2)) * kTenThousandth,
                         .tier = tier_of(row.text(3)),
                         .kinds = kinds_of(row.text(4)),
                         .met = 0};
        out.edges.emplace(state::Pair{row.text(0), row.text(1)}, edge);
    }
    return out;
}

void write(Transaction& transaction, const state::Difference& difference, const Written& written) {
    in_parts(difference.edges_gone, [&](auto rows) { drop_edges(transaction, rows); });
    in_parts(difference.members_gone,
             [&](auto rows) { drop(transaction, sql::kDropMembers, rows); });
    in_parts(difference.groups, [&](auto rows) { put_groups(transaction, rows); });
    in_parts(difference.members, [&](auto rows) { put_members(transaction, rows); });
    in_parts(difference.groups_gone, [&](auto rows) { drop(transaction, sql::kDropGroups, rows); });
    in_parts(difference.edges, [&](auto rows) { put_edges(transaction, rows); });
    transaction.run(sql::kAdvanceState,
                    {written.change_number, written.declarations, written.took.count()});
}

} // namespace linking::store
