// What a complaint asks, as data: the questions of each page for each kind (docs: DOMAIN §1, the
// question sets of THESEE's ways), and the conditions under which the law takes it online.
#pragma once

#include "intake/complaint.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace intake::web {

/// How a question is asked.
enum class Ask : std::uint8_t {
    Line,   // a few words
    Text,   // as many as needed
    Lines,  // one thing a line
    Amount, // euros
    Email,
    Telephone,
    YesNo,
    YesNoUnknown,
    Means,    // of payment: kMeans
    Platform, // kPlatforms
};

struct Question {
    std::string_view name; // of its field; its words are question.NAME.label and .hint
    Ask ask = Ask::Line;
    bool needed = false;
    Tells tells = Tells::Nothing;
};

/// The pages in their order, by the key of their path without "complaint_".
constexpr std::string_view kComplaintPages[] = {"story",    "contact", "details", "author",
                                                "payments", "losses",  "files",   "found",
                                                "bank",     "safety",  "you",     "review"};

/// Of a page of questions; empty for the pages that are of another kind.
[[nodiscard]] std::span<const Question> questions_of(std::string_view page, std::string_view type);
/// Of a payment: the first three, then those of its means.
[[nodiscard]] std::span<const Question> payment_questions();
[[nodiscard]] std::span<const Question> destination_questions(std::string_view means);
/// Whose words the answer to a question holds.
[[nodiscard]] Tells tells_of(std::string_view question);

/// What must be so for a complaint online (DOMAIN §1; service-public R14531, R46002, R47816,
/// R45758, R45981, R45550, R45983): asked as yes or no; `accepted` is the answer that the law
/// wants.
struct Condition {
    std::string_view name; // of its field; its words are condition.NAME.label and .refused
    std::string_view accepted = "oui";
};
[[nodiscard]] std::span<const Condition> conditions_of(std::string_view type);

/// The pages around one; "review" after the last, "" before the first.
[[nodiscard]] std::string_view page_after(std::string_view page);
[[nodiscard]] std::string_view page_before(std::string_view page);
/// The first page that was not answered, or whose needed answers are missing; "review" when none.
[[nodiscard]] std::string_view first_open_page(const ComplaintDraft& draft);

} // namespace intake::web
