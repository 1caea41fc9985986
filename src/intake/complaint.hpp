// A complaint ("plainte en ligne", CPP art. 15-3-1): its kinds, what is kept while it is written,
// and the record of the interchange format that it becomes.
#pragma once

#include "engine/record/statement.hpp"
#include "intake/declaration.hpp"

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake {

/// What a complaint online can be about: the ways of THESEE (arrêté of 26 June 2020, INTC2005545A;
/// CPP art. D8-2-1 III). Everything else goes to a station or to the prosecutor.
constexpr std::array<std::string_view, 9> kComplaintTypes{
    "fake_buyer", "fake_seller", "fake_rental",       "fake_shop", "hacked_account",
    "romance",    "sextortion",  "romance_blackmail", "ransomware"};
[[nodiscard]] bool is_complaint_type(std::string_view type);
/// The quick exit is offered: somebody at home may be the one to fear.
[[nodiscard]] bool is_at_risk(std::string_view type);

/// Answers by the name of their question, as typed.
using Answers = std::map<std::string, std::string, std::less<>>;
[[nodiscard]] std::string_view answer(const Answers& answers, std::string_view question);

/// Whose an identifier is, as the person said.
struct Choice {
    std::string type{}; // "iban"
    std::string value{};
    std::string whose{}; // "suspect", "victim", "third_party"
};

struct ComplaintDraft {
    std::string type{};    // of kComplaintTypes
    std::string code{};    // finds it again
    std::string subject{}; // hex of identity::Login::subject
    Contact who{};         // civil status as vouched for; address and telephone as typed
    Answers answers{};
    std::vector<Answers> payments{};
    std::vector<Choice> choices{};
    std::vector<std::string> seen{}; // pages that were answered
};

[[nodiscard]] std::string to_json(const ComplaintDraft& draft);
[[nodiscard]] std::optional<ComplaintDraft> complaint_from_json(std::string_view json);
/// The answers that are kept beside the record, as JSON.
[[nodiscard]] std::string answers_json(const ComplaintDraft& draft);

/// Whose words an answer holds, for the engine.
enum class Tells : std::uint8_t {
    Nothing, // a choice, a date, a sum
    Author,  // what identifies the author
    Address, // of a page or site of the author
    Own,     // the person's own words
};
using TellsOf = std::function<Tells(std::string_view question)>;

/// The record that a draft says; `tells` knows its questions.
[[nodiscard]] engine::record::Statement
complaint_statement(const ComplaintDraft& draft, std::string_view language, const TellsOf& tells);

/// Of age on that day ("2026-11-30"), by a date of birth ("1991-04-12"); nothing when it is no
/// date.
[[nodiscard]] std::optional<bool> is_adult(std::string_view birthdate, std::string_view today);

} // namespace intake
