#include "intake/web/complaint_form.hpp"

#include "intake/draft.hpp"
#include "intake/web/shown.hpp"
#include "intake/web/typed.hpp"
#include "intake/web/vocabulary.hpp"
#include "platform/mail/mail.hpp"

#include <algorithm>

namespace intake::web {
namespace {

using site::FieldFault;
using site::Filling;

// Characters that a person may type, as the pages say.
constexpr std::size_t kTextMost = 20'000;
constexpr std::size_t kLineMost = 300;
constexpr std::size_t kLinesMax = 50;

std::string label_key(std::string_view question) {
    return "question." + std::string{question} + ".label";
}

const char* section_of(Ask ask) {
    switch (ask) {
    case Ask::Line:
    case Ask::Amount: return "LINE";
    case Ask::Email: return "EMAIL";
    case Ask::Telephone: return "TELEPHONE";
    case Ask::Text:
    case Ask::Lines: return "TEXT";
    case Ask::YesNo:
    case Ask::YesNoUnknown: return "YES_NO";
    case Ask::Means:
    case Ask::Platform: return "LIST";
    }
    return "LINE";
}

void offer_words(Filling& field, std::span<const std::string_view> words, std::string_view section,
                 std::string_view chosen, const Reader& reader) {
    for (const std::string_view word : words) {
        Filling& option = field.add("OPTION");
        option.set("WORD", word);
        option.set("OPTION_LABEL", label(reader.frame, reader.language, section, word));
        if (word == chosen) option.show("SELECTED");
    }
}

void fill_field(Filling& field, const Question& question, std::string_view value,
                const Reader& reader) {
    field.set("VALUE", value);
    if (question.ask == Ask::Means) offer_words(field, kMeans, "means", value, reader);
    if (question.ask == Ask::Platform) offer_words(field, kPlatforms, "platform", value, reader);
    if (question.ask == Ask::YesNoUnknown) {
        Filling& unknown = field.add("UNKNOWN");
        if (value == "nsp") unknown.show("NSP_CHECKED");
    }
    if (value == "oui") field.show("OUI_CHECKED");
    if (value == "non") field.show("NON_CHECKED");
}

bool is_word_of(const Question& question, std::string_view value) {
    switch (question.ask) {
    case Ask::Means: return is_one_of(value, kMeans);
    case Ask::Platform: return is_one_of(value, kPlatforms);
    case Ask::YesNo: return value == "oui" || value == "non";
    case Ask::YesNoUnknown: return value == "oui" || value == "non" || value == "nsp";
    case Ask::Line:
    case Ask::Text:
    case Ask::Lines:
    case Ask::Amount:
    case Ask::Email:
    case Ask::Telephone: break;
    }
    return true;
}

/// The key of what is wrong with an answer that is not empty, or nothing.
std::string_view wrong_with(const Question& question, std::string& value) {
    if (question.ask == Ask::Amount) {
        const std::optional<std::string> amount = read_amount(value);
        if (!amount) return "error.plainte_amount";
        value = *amount;
    }
    if (question.ask == Ask::Email && !platform::mail::is_address(value)) {
        return "error.courriel_wrong";
    }
    if (question.name == "quatre_chiffres" &&
        (value.size() != 4 || value.find_first_not_of("0123456789") != std::string::npos)) {
        return "error.plainte_digits"; // never a whole card number (ADR 0011)
    }
    return {};
}

std::string shown_answer(const Question& question, std::string_view value, const Reader& reader) {
    switch (question.ask) {
    case Ask::Means: return label(reader.frame, reader.language, "means", value);
    case Ask::Platform: return label(reader.frame, reader.language, "platform", value);
    case Ask::YesNo:
    case Ask::YesNoUnknown: return label(reader.frame, reader.language, "answer", value);
    case Ask::Amount: return shown_amount(value, reader.language);
    case Ask::Line:
    case Ask::Text:
    case Ask::Lines:
    case Ask::Email:
    case Ask::Telephone: break;
    }
    return std::string{value};
}

} // namespace

FieldFault unanswered(std::string_view field, std::string label) {
    return {std::string{field}, "error.plainte_needed", 0, std::move(label)};
}

void fill_around(Filling& field, std::string_view name, const std::string& words,
                 const std::vector<FieldFault>& faults, const Reader& reader) {
    field.set("NAME", name);
    field.set("LABEL", reader.say(words + ".label"));
    std::string described;
    if (reader.knows(words + ".hint")) {
        field.add("HAS_HINT").set("HINT", reader.say(words + ".hint"));
        described = std::string{name} + "-aide";
    }
    const auto fault = std::ranges::find(faults, name, &FieldFault::field);
    if (fault != faults.end()) {
        field.add("FAULT").set("MESSAGE", reader.frame.said(reader.language, *fault));
        field.show("FAULTY");
        field.show("FAULTED");
        described += (described.empty() ? "" : " ") + std::string{name} + "-erreur";
    }
    if (!described.empty()) field.add("DESCRIBED").set("BY", described);
}

void fill_questions(Filling& filling, std::span<const Question> questions, const Answers& answers,
                    const std::vector<FieldFault>& faults, const Reader& reader) {
    for (const Question& question : questions) {
        Filling& one = filling.add("QUESTION");
        Filling& field = one.add(section_of(question.ask));
        fill_around(field, question.name, "question." + std::string{question.name}, faults, reader);
        if (!question.needed) field.show("OPTIONAL");
        fill_field(field, question, answer(answers, question.name), reader);
        if (question.name == "recit") field.show("LONG");
    }
}

std::vector<FieldFault> take_questions(const platform::http::Request& request,
                                       std::span<const Question> questions, Answers& answers,
                                       const Reader& reader) {
    std::vector<FieldFault> faults;
    for (const Question& question : questions) {
        std::string value = typed(request.field(question.name));
        if (!is_word_of(question, value)) value.clear();
        const std::string field{question.name};
        const auto fault = [&](std::string_view word, std::size_t most = 0) {
            faults.push_back({field, std::string{word}, static_cast<std::int64_t>(most),
                              reader.say(label_key(question.name))});
        };
        const bool long_text = question.ask == Ask::Text || question.ask == Ask::Lines;
        const std::size_t most = long_text ? kTextMost : kLineMost;
        const bool empty = lines_of(value).empty();
        if (empty && question.needed) fault("error.plainte_needed");
        if (!empty) {
            if (const std::string_view wrong = wrong_with(question, value); !wrong.empty()) {
                fault(wrong);
            }
        }
        if (characters(value) > most) fault("error.plainte_long", most);
        if (question.ask == Ask::Lines && lines_of(value).size() > kLinesMax) {
            fault("error.plainte_lines", kLinesMax);
        }
        answers.insert_or_assign(field, std::move(value));
    }
    return faults;
}

void fill_facts(Filling& filling, std::span<const Question> questions, const Answers& answers,
                const Reader& reader) {
    for (const Question& question : questions) {
        const std::string_view value = answer(answers, question.name);
        if (lines_of(value).empty()) continue;
        Filling& fact = filling.add("FACT");
        fact.set("LABEL", reader.say(label_key(question.name)));
        fact.set("VALUE", shown_answer(question, value, reader));
    }
}

} // namespace intake::web
