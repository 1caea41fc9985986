// The questions of a complaint as fields of a form: shown, taken, summed up.
#pragma once

#include "intake/complaint.hpp"
#include "intake/web/complaint_questions.hpp"
#include "platform/http/request.hpp"
#include "site/frame.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace intake::web {

/// What a page is filled for: its words, and the language of its reader.
struct Reader {
    const site::Frame& frame;
    site::Language language;
    [[nodiscard]] std::string say(const std::string& key) const {
        return frame.pages().say(language, key);
    }
    [[nodiscard]] bool knows(const std::string& key) const { return frame.pages().knows(key); }
};

/// What stands around a field: LABEL, the hint when the words have one, the fault when there is
/// one. `words`: "question.banque".
void fill_around(site::Filling& field, std::string_view name, const std::string& words,
                 const std::vector<site::FieldFault>& faults, const Reader& reader);
/// A section QUESTION for each (part_questions.html), with what was answered and what is wrong.
void fill_questions(site::Filling& filling, std::span<const Question> questions,
                    const Answers& answers, const std::vector<site::FieldFault>& faults,
                    const Reader& reader);
/// Writes what was typed, right or wrong; gives what is wrong.
[[nodiscard]] std::vector<site::FieldFault> take_questions(const platform::http::Request& request,
                                                           std::span<const Question> questions,
                                                           Answers& answers, const Reader& reader);
/// A section FACT (LABEL, VALUE) for each that was answered.
void fill_facts(site::Filling& filling, std::span<const Question> questions, const Answers& answers,
                const Reader& reader);
/// The fault of a field that needs an answer.
[[nodiscard]] site::FieldFault unanswered(std::string_view field, std::string label);

} // namespace intake::web
