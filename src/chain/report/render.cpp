#include "base/check.hpp"
#include "chain/output.hpp"
#include "chain/report/assets.hpp"
#include "chain/report/page.hpp"

#include <ctemplate/template.h>
#include <fmt/format.h>
#include <sodium.h>

namespace chain {
namespace {

using ctemplate::TemplateCache;
using ctemplate::TemplateDictionary;

/// "1 234 567", with the narrow no-break space that both languages read.
std::string in_threes(std::uint64_t number) {
    std::string out = std::to_string(number);
    for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, "\u202F");
    return out;
}

std::string coordinate(double value) {
    return fmt::format("{:.4g}", value);
}

/// What Content-Security-Policy calls 'sha256-…'.
std::string policy_hash(std::string_view text) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size());
    std::string out(sodium_base64_encoded_len(hash.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), hash.data(), hash.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    out.pop_back(); // the final zero
    return out;
}

void fill_identifier(const IdentifierRow& row, TemplateDictionary& out) {
    out.SetValue("KIND_FR", row.kind.french);
    out.SetValue("KIND_EN", row.kind.english);
    out.SetValue("VALUE", row.value);
    out.SetValue("RECORDS", in_threes(row.records));
    out.SetValue("WEIGHT_FR", row.weight.french);
    out.SetValue("WEIGHT_EN", row.weight.english);
}

void fill_timeline(const Timeline& timeline, TemplateDictionary& out) {
    out.SetValue("WIDTH", coordinate(timeline.width));
    out.SetValue("HEIGHT", coordinate(timeline.height));
    out.SetValue("TOTAL_HEIGHT", coordinate(timeline.height + 1));
    out.SetValue("FIRST", timeline.first);
    out.SetValue("LAST", timeline.last);
    out.SetValue("HIGHEST", in_threes(timeline.highest));
    if (timeline.weeks_per_bar == 1) {
        out.ShowSection("ONE_WEEK");
    } else {
        out.AddSectionDictionary("SEVERAL_WEEKS")
            ->SetValue("WEEKS", std::to_string(timeline.weeks_per_bar));
    }
    for (const Bar& bar : timeline.bars) {
        TemplateDictionary& each = *out.AddSectionDictionary("BAR");
        each.SetValue("X", coordinate(bar.x));
        each.SetValue("Y", coordinate(bar.y));
        each.SetValue("W", coordinate(bar.width));
        each.SetValue("H", coordinate(bar.height));
        each.SetValue("LABEL", bar.label);
        each.SetValue("COUNT", in_threes(bar.count));
    }
}

void fill_picture(const Picture& picture, TemplateDictionary& out) {
    constexpr double kLabelGap = 6;
    out.SetValue("WIDTH", coordinate(picture.width));
    out.SetValue("HEIGHT", coordinate(picture.height));
    out.SetValue("DRAWN", in_threes(picture.records_drawn));
    out.SetValue("ALL", in_threes(picture.records_all));
    for (const Picture::Edge& edge : picture.edges) {
        TemplateDictionary& each = *out.AddSectionDictionary("EDGE");
        each.SetValue("X1", coordinate(edge.x1));
        each.SetValue("Y1", coordinate(edge.y1));
        each.SetValue("X2", coordinate(edge.x2));
        each.SetValue("Y2", coordinate(edge.y2));
        each.SetValue("MIDDLE", coordinate((edge.x1 + edge.x2) / 2));
    }
    for (const Picture::Node& node : picture.records) {
        TemplateDictionary& each = *out.AddSectionDictionary("RECORD");
        each.SetValue("X", coordinate(node.x));
        each.SetValue("Y", coordinate(node.y));
        each.SetValue("R", coordinate(node.radius));
        each.SetValue("LABEL_X", coordinate(node.x - node.radius - kLabelGap));
        each.SetValue("LABEL_Y", coordinate(node.y));
        each.SetValue("LABEL", node.label);
    }
    for (const Picture::Node& node : picture.identifiers) {
        TemplateDictionary& each = *out.AddSectionDictionary("NODE");
        each.SetValue("LEFT", coordinate(node.x - node.radius));
        each.SetValue("TOP", coordinate(node.y - node.radius));
        each.SetValue("SIDE", coordinate(node.radius * 2));
        each.SetValue("LABEL_X", coordinate(node.x + node.radius + kLabelGap));
        each.SetValue("LABEL_Y", coordinate(node.y));
        each.SetValue("LABEL", node.label);
    }
}

void fill_excerpt(const Excerpt& excerpt, TemplateDictionary& out) {
    out.SetValue("RECORD", excerpt.record);
    out.SetValue("FIELD", excerpt.field);
    if (!excerpt.date.empty()) out.AddSectionDictionary("DATED")->SetValue("DATE", excerpt.date);
    for (const Stretch& stretch : excerpt.stretches) {
        TemplateDictionary& each = *out.AddSectionDictionary("STRETCH");
        each.SetValue("TEXT", stretch.text);
        switch (stretch.look) {
        case Stretch::Look::Plain: each.ShowSection("PLAIN"); break;
        case Stretch::Look::Marked: each.ShowSection("MARKED"); break;
        case Stretch::Look::Hidden: each.ShowSection("HIDDEN"); break;
        }
    }
}

void fill_card(const GroupCard& card, const std::string& anchor, TemplateDictionary& out) {
    out.SetFilename("card.html");
    out.SetValue("ANCHOR", anchor);
    out.SetValue("NAME", card.name);
    out.SetValue("SIZE", in_threes(card.size));
    if (!card.first.empty()) {
        TemplateDictionary& period = *out.AddSectionDictionary("PERIOD");
        period.SetValue("FIRST", card.first);
        period.SetValue("LAST", card.last);
    }
    for (const auto& [type, count] : card.scam_types) {
        TemplateDictionary& each = *out.AddSectionDictionary("SCAM_TYPE");
        each.SetValue("TYPE", type);
        each.SetValue("COUNT", in_threes(count));
    }
    if (!card.timeline.bars.empty()) {
        fill_timeline(card.timeline, *out.AddSectionDictionary("TIMELINE"));
    }
    if (!card.identifiers.empty()) {
        TemplateDictionary& table = *out.AddSectionDictionary("IDENTIFIER_TABLE");
        if (card.identifiers.size() < card.identifier_count) {
            table.SetValue("SHOWN", in_threes(card.identifiers.size()));
            table.SetValue("OF", in_threes(card.identifier_count));
            table.ShowSection("LEFT_OUT");
        }
        for (const IdentifierRow& row : card.identifiers) {
            fill_identifier(row, *table.AddSectionDictionary("IDENTIFIER"));
        }
    }
    if (!card.picture.edges.empty()) {
        fill_picture(card.picture, *out.AddSectionDictionary("PICTURE"));
    }
    if (!card.excerpts.empty()) {
        TemplateDictionary& excerpts = *out.AddSectionDictionary("EXCERPTS");
        for (const Excerpt& excerpt : card.excerpts) {
            fill_excerpt(excerpt, *excerpts.AddSectionDictionary("EXCERPT"));
        }
    }
}

void fill_cards(const std::vector<GroupCard>& cards, const std::string& name,
                TemplateDictionary& out) {
    for (std::size_t i = 0; i < cards.size(); ++i) {
        TemplateDictionary& section = *out.AddSectionDictionary(name);
        fill_card(cards[i], fmt::format("{}-{}", name == "LARGEST" ? "grand" : "nouveau", i + 1),
                  *section.AddIncludeDictionary("CARD"));
    }
    if (cards.empty()) out.ShowSection("NO_" + name);
}

void fill_proposals(const ReportPage& page, TemplateDictionary& out) {
    if (page.proposals.empty()) return;
    TemplateDictionary& table = *out.AddSectionDictionary("PROPOSAL_TABLE");
    for (const ProposalRow& row : page.proposals) {
        TemplateDictionary& each = *table.AddSectionDictionary("PROPOSAL");
        each.SetValue("GROUP_A", row.group_a);
        each.SetValue("GROUP_B", row.group_b);
        each.SetValue("RECORD_A", row.record_a);
        each.SetValue("RECORD_B", row.record_b);
        each.SetValue("PERCENT", std::to_string(row.percent));
        for (const IdentifierRow& evidence : row.evidence) {
            fill_identifier(evidence, *each.AddSectionDictionary("EVIDENCE"));
        }
    }
}

void fill_hubs(const ReportPage& page, TemplateDictionary& out) {
    if (page.hubs.empty()) return;
    TemplateDictionary& table = *out.AddSectionDictionary("HUB_TABLE");
    for (const HubRow& row : page.hubs) {
        TemplateDictionary& each = *table.AddSectionDictionary("HUB");
        each.SetValue("KIND_FR", row.kind.french);
        each.SetValue("KIND_EN", row.kind.english);
        each.SetValue("VALUE", row.value);
        each.SetValue("RECORDS", in_threes(row.records));
        each.SetValue("REASON_FR", row.reason.french);
        each.SetValue("REASON_EN", row.reason.english);
    }
}

void fill_chart(const std::vector<ChartRow>& rows, const char* name, TemplateDictionary& out) {
    for (const ChartRow& row : rows) {
        TemplateDictionary& each = *out.AddSectionDictionary(name);
        each.SetValue("NAME_FR", row.name.french);
        each.SetValue("COUNT", in_threes(row.count));
        each.SetValue("PERCENT", coordinate(row.percent));
    }
}

void fill_all(const ReportPage& page, TemplateDictionary& out) {
    out.SetValue("ROWS", in_threes(page.all.size()));
    if (page.all.size() < page.groups) out.ShowSection("ROWS_LEFT_OUT");
    for (const GroupRow& row : page.all) {
        TemplateDictionary& each = *out.AddSectionDictionary("ROW");
        each.SetValue("NAME", row.name);
        each.SetValue("SIZE", in_threes(row.size));
        each.SetValue("FIRST", row.first);
        if (row.last != row.first) {
            each.AddSectionDictionary("LAST_TOO")->SetValue("LAST", row.last);
        }
        each.SetValue("SCAM_TYPES", row.scam_types);
        each.SetValue("IDENTIFIERS", row.identifiers);
        each.SetValue("IDS", row.ids);
        if (row.ids_left_out > 0) {
            each.AddSectionDictionary("MORE")->SetValue("MORE_COUNT", in_threes(row.ids_left_out));
        }
    }
}

void fill_headline(const ReportPage& page, TemplateDictionary& out) {
    out.SetValue("VERSION", page.version);
    out.SetValue("GROUPS", in_threes(page.groups));
    out.SetValue("LINKED", in_threes(page.linked));
    out.SetValue("RECORDS_IN", in_threes(page.records_in));
    out.SetValue("RECORDS_IN_GROUPS", in_threes(page.records_in_groups));
    out.SetValue("PROPOSALS", in_threes(page.proposal_count));
    out.SetValue("HUBS", in_threes(page.hub_count));
    out.SetValue("REJECTED", in_threes(page.rejected));
    if (page.first.empty()) return;
    TemplateDictionary& period = *out.AddSectionDictionary("PERIOD");
    period.SetValue("FIRST", page.first);
    period.SetValue("LAST", page.last);
}

ctemplate::TemplateString view(std::string_view text) {
    return {text.data(), text.size()};
}

} // namespace

std::string rendered(const ReportPage& page) {
    TemplateCache templates;
    check(templates.StringToTemplateCache("report.html", view(kReportTemplate),
                                          ctemplate::STRIP_BLANK_LINES) &&
              templates.StringToTemplateCache("card.html", view(kCardTemplate),
                                              ctemplate::STRIP_BLANK_LINES),
          "the templates of the report are well-formed");

    TemplateDictionary dictionary{"report"};
    dictionary.SetValue("STYLE", view(kReportStyle));
    dictionary.SetValue("SCRIPT", view(kReportScript));
    dictionary.SetValue("STYLE_HASH", policy_hash(kReportStyle));
    dictionary.SetValue("SCRIPT_HASH", policy_hash(kReportScript));
    fill_headline(page, dictionary);
    fill_cards(page.largest, "LARGEST", dictionary);
    fill_cards(page.newest, "NEWEST", dictionary);
    fill_proposals(page, dictionary);
    fill_hubs(page, dictionary);
    fill_chart(page.sizes, "SIZE", dictionary);
    if (!page.rejects.empty()) {
        fill_chart(page.rejects, "REJECT", *dictionary.AddSectionDictionary("REJECT_TABLE"));
    }
    fill_all(page, dictionary);

    std::string html;
    check(templates.ExpandWithData("report.html", ctemplate::STRIP_BLANK_LINES, &dictionary,
                                   nullptr, &html),
          "the templates of the report expand");
    return html;
}

void write_report(const Outcome& outcome, OutputFolder& folder) {
    folder.create("report.html").append(rendered(page_of(outcome)));
}

} // namespace chain
