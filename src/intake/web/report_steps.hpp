// The questions of a report, one a page: how each is shown, what is taken from its form, what is
// wrong with it, and what comes next.
#pragma once

#include "intake/draft.hpp"
#include "platform/http/request.hpp"
#include "site/frame.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::web {

struct Step {
    std::string_view key; // of its path; its template is "<key>.html", its title "<key>.title"
    void (*fill)(site::Filling&, const ReportDraft&, const site::Frame&, site::Language);
    /// Writes what was typed into the draft, right or wrong, and tells what is wrong.
    std::vector<site::FieldFault> (*take)(const platform::http::Request&, ReportDraft&);
    bool scams_only = false;
};

/// What another page of the site hands over to a new report ("check before you pay"): nothing when
/// it is longer than a story may be.
[[nodiscard]] std::string told_before(const platform::http::Request& request);

/// In their order; files have a page of their own kind and are not among them.
[[nodiscard]] std::span<const Step> steps();
/// Keys of the pages around `key` for this draft ("report_review" after the last).
[[nodiscard]] std::string_view after(std::string_view key, const ReportDraft& draft);
[[nodiscard]] std::string_view before(std::string_view key, const ReportDraft& draft);
/// The first page whose answer is still missing, or "report_review".
[[nodiscard]] std::string_view first_missing(const ReportDraft& draft);

} // namespace intake::web
