// Values of declarations as the pages show them.
#pragma once

#include "intake/draft.hpp"
#include "intake/follow_up.hpp"
#include "intake/reports.hpp"
#include "intake/web.hpp"
#include "platform/http/response.hpp"
#include "site/frame.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake::web {

/// "24 novembre 2026 à 15 h 04" in Paris time, by ICU.
[[nodiscard]] std::string shown_time(UnixSeconds at, site::Language language);
/// "12 avril 1991" of "1991-04-12"; anything else as it is.
[[nodiscard]] std::string shown_day(std::string_view day, site::Language language);
/// "1 250,50 €", "€1,250.50" of "1250.50"; anything else as it is.
[[nodiscard]] std::string shown_amount(std::string_view amount, site::Language language);
/// "1,2 Mo", "1.2 MB".
[[nodiscard]] std::string shown_size(std::uint64_t bytes, site::Language language);
/// A whole number of decimal digits; nothing for anything else.
[[nodiscard]] std::optional<std::int64_t> number_of(std::string_view text);

/// The limit of one file in the words of the pages.
[[nodiscard]] std::int64_t megabytes(const DoorPolicy& policy);
/// What a fault calls a file: never empty, whatever the client sent.
[[nodiscard]] std::string called(const platform::http::Upload& upload);
[[nodiscard]] platform::http::RouteLimits upload_limits(const DoorPolicy& policy);
void fill_limits(site::Filling& filling, const DoorPolicy& policy);
/// `page`: key of the page whose path leads to the thumbnails.
void fill_files(site::Filling& filling, const std::vector<FileSeen>& files,
                const site::Frame& frame, site::Language language,
                std::string_view page = "report_files");
/// The label of a word ("means", "card"), or nothing when none was chosen.
[[nodiscard]] std::string label(const site::Frame& frame, site::Language language,
                                std::string_view section, std::string_view word);
void fill_review(site::Filling& filling, const ReportDraft& draft,
                 const std::vector<FileSeen>& files, const site::Frame& frame,
                 site::Language language);
void fill_recognised(site::Filling& filling, const std::vector<Recognised>& found,
                     const site::Frame& frame, site::Language language);

constexpr std::string_view kSessionCookie = "suivi";
[[nodiscard]] platform::http::SetCookie session_cookie(std::string token);

} // namespace intake::web
