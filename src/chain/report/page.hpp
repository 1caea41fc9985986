// What report.html shows, computed: no markup, no choice left to the template but how it looks.
// Every text of the input in it has gone through shown_text() or shown_value().
#pragma once

#include "chain/display/quote.hpp"
#include "chain/run.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace chain {

/// A word or sentence of the tables of display/, in both languages of the page.
struct Bilingual {
    std::string french{};
    std::string english{};
};

struct IdentifierRow {
    Bilingual kind{};
    std::string value{};
    std::size_t records = 0; // of the group
    Bilingual weight{};      // empty when the value is not evidence of itself
};

struct Bar {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    std::string label{}; // "2025-03-03"
    std::size_t count = 0;
};

/// Complaints per week, or per several weeks when there are many.
struct Timeline {
    double width = 0;
    double height = 0;
    std::size_t weeks_per_bar = 1;
    std::size_t highest = 0;
    std::string first{};
    std::string last{};
    std::vector<Bar> bars{};
};

/// Records (or several that hold the same identifiers) on the left, identifiers on the right, both
/// from earliest to latest.
struct Picture {
    struct Node {
        double x = 0;
        double y = 0;
        double radius = 0;
        std::string label{};
    };
    struct Edge {
        double x1 = 0;
        double y1 = 0;
        double x2 = 0;
        double y2 = 0;
    };
    double width = 0;
    double height = 0;
    std::vector<Node> records{};
    std::vector<Node> identifiers{};
    std::vector<Edge> edges{};
    std::size_t records_drawn = 0;
    std::size_t records_all = 0;
};

struct Excerpt {
    std::string record{};
    std::string date{};
    std::string field{};
    std::vector<Stretch> stretches{};
};

struct GroupCard {
    std::string name{};
    std::size_t size = 0;
    std::string first{};
    std::string last{};
    std::vector<std::pair<std::string, std::size_t>> scam_types{}; // most frequent first
    std::vector<IdentifierRow> identifiers{};
    std::size_t identifier_count = 0; // with those left out
    Timeline timeline{};
    Picture picture{};
    std::vector<Excerpt> excerpts{};
};

struct GroupRow {
    std::string name{};
    std::size_t size = 0;
    std::string first{};
    std::string last{};
    std::string scam_types{};
    std::string identifiers{};
    std::string ids{}; // the first few
    std::size_t ids_left_out = 0;
};

struct ProposalRow {
    std::string group_a{};
    std::string group_b{};
    std::string record_a{};
    std::string record_b{};
    std::size_t percent = 0;
    std::vector<IdentifierRow> evidence{};
};

struct HubRow {
    Bilingual kind{};
    std::string value{};
    std::size_t records = 0;
    Bilingual reason{};
};

/// A line of a chart that is a table: a class, its count, and its bar in percent of the longest.
struct ChartRow {
    Bilingual name{};
    std::size_t count = 0;
    double percent = 0;
};

struct ReportPage {
    std::string version{};
    std::uint64_t records_in = 0;
    std::uint64_t linked = 0;
    std::uint64_t rejected = 0;
    std::size_t groups = 0; // of two or more
    std::size_t records_in_groups = 0;
    std::size_t proposal_count = 0;
    std::string first{};
    std::string last{};
    std::vector<GroupCard> largest{};
    std::vector<GroupCard> newest{}; // those that are not among the largest
    std::vector<ProposalRow> proposals{};
    std::vector<HubRow> hubs{};
    std::size_t hub_count = 0;
    std::vector<ChartRow> sizes{};
    std::vector<ChartRow> rejects{};
    std::vector<GroupRow> all{};
};

[[nodiscard]] ReportPage page_of(const Outcome& outcome);

/// The page as HTML.
[[nodiscard]] std::string rendered(const ReportPage& page);

} // namespace chain
