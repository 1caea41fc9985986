#include "intake/complaint.hpp"

#include "intake/draft.hpp"
#include "intake/store/sealed.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace intake {
namespace {

using engine::record::Speaker;
using engine::record::Statement;
using nlohmann::json;

constexpr std::array<std::string_view, 3> kAtRisk{"romance", "romance_blackmail", "sextortion"};

// Where the money went, the most exact first.
constexpr std::array<std::string_view, 5> kDestinations{"iban", "portefeuille", "codes",
                                                        "beneficiaire", "titulaire"};

json json_of(const std::vector<Choice>& choices) {
    json out = json::array();
    for (const Choice& one : choices) {
        out.push_back({{"type", one.type}, {"value", one.value}, {"whose", one.whose}});
    }
    return out;
}

std::string dumped(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::vector<Choice> choices_of(const json& list) {
    std::vector<Choice> out;
    for (const json& one : list) {
        out.push_back({.type = one.at("type").get<std::string>(),
                       .value = one.at("value").get<std::string>(),
                       .whose = one.at("whose").get<std::string>()});
    }
    return out;
}

void add_message(Statement& statement, Speaker from, std::string_view text) {
    if (!lines_of(text).empty()) {
        statement.messages.push_back({.from = from, .at = {}, .text = std::string{text}});
    }
}

/// "https://rencontre.example/marc", "boutique.example"; anything else is the author's in words.
void add_address(Statement& statement, const std::string& line) {
    using engine::record::IdentifierType;
    const bool is_page = line.find('/') != std::string::npos;
    const bool is_address =
        line.find_first_of(" @") == std::string::npos && line.find('.') != std::string::npos;
    if (!is_address) return add_message(statement, Speaker::Suspect, line);
    statement.identifiers.push_back({.type = is_page ? IdentifierType::Url : IdentifierType::Domain,
                                     .value = line,
                                     .role = engine::record::Role::Suspect,
                                     .platform = {}});
}

void add_answers(Statement& statement, const Answers& answers, const TellsOf& tells) {
    for (const auto& [question, text] : answers) {
        switch (tells(question)) {
        case Tells::Nothing: break;
        case Tells::Author:
            for (const std::string& line : lines_of(text)) {
                add_message(statement, Speaker::Suspect, line);
            }
            break;
        case Tells::Address:
            for (const std::string& line : lines_of(text)) add_address(statement, line);
            break;
        case Tells::Own: add_message(statement, Speaker::Victim, text); break;
        }
    }
}

void add_payment(Statement& statement, const Answers& payment, const TellsOf& tells) {
    engine::record::Payment out{.at = {},
                                .amount = std::string{answer(payment, "montant")},
                                .currency = "EUR",
                                .means = std::string{answer(payment, "moyen")},
                                .to = {}};
    if (out.amount.empty()) out.currency.clear();
    Answers others = payment;
    for (const std::string_view destination : kDestinations) {
        const std::vector<std::string> lines = lines_of(answer(payment, destination));
        if (lines.empty()) continue;
        out.to = lines.front();
        if (lines.size() == 1) others.erase(others.find(destination));
        break;
    }
    statement.payments.push_back(std::move(out));
    add_answers(statement, others, tells);
}

void add_own(Statement& statement, engine::record::IdentifierType type, std::string_view value) {
    if (value.empty()) return;
    statement.identifiers.push_back({.type = type,
                                     .value = std::string{value},
                                     .role = engine::record::Role::Victim,
                                     .platform = {}});
}

void add_choices(Statement& out, const std::vector<Choice>& choices) {
    for (const Choice& one : choices) {
        const auto type = engine::record::identifier_type(one.type);
        const auto* const role = std::ranges::find(engine::record::kRoleNames, one.whose);
        if (!type || role == engine::record::kRoleNames.end()) continue;
        out.identifiers.push_back(
            {.type = *type,
             .value = one.value,
             .role = static_cast<engine::record::Role>(role - engine::record::kRoleNames.begin()),
             .platform = {}});
    }
}

struct Day {
    int year = 0;
    int month = 0;
    int day = 0;
    auto operator<=>(const Day&) const = default;
};

std::optional<int> number(std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::optional<Day> read_day(std::string_view text) {
    constexpr std::size_t kDaySize = 10; // "1991-04-12"
    if (text.size() != kDaySize || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = number(text.substr(0, 4));
    const auto month = number(text.substr(5, 2));
    const auto day = number(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    return Day{*year, *month, *day};
}

} // namespace

bool is_complaint_type(std::string_view type) {
    return std::ranges::find(kComplaintTypes, type) != kComplaintTypes.end();
}

bool is_at_risk(std::string_view type) {
    return std::ranges::find(kAtRisk, type) != kAtRisk.end();
}

std::string_view answer(const Answers& answers, std::string_view question) {
    const auto found = answers.find(question);
    return found == answers.end() ? std::string_view{} : std::string_view{found->second};
}

std::string to_json(const ComplaintDraft& draft) {
    return dumped({{"type", draft.type},
                   {"code", draft.code},
                   {"subject", draft.subject},
                   {"who", store::to_json(draft.who)},
                   {"answers", draft.answers},
                   {"payments", draft.payments},
                   {"choices", json_of(draft.choices)},
                   {"seen", draft.seen}});
}

std::optional<ComplaintDraft> complaint_from_json(std::string_view text) {
    const json read = json::parse(text, nullptr, false);
    if (!read.is_object() || !read.contains("type")) return std::nullopt;
    return ComplaintDraft{.type = read.at("type").get<std::string>(),
                          .code = read.at("code").get<std::string>(),
                          .subject = read.at("subject").get<std::string>(),
                          .who = store::contact_from_json(read.at("who").get<std::string>()),
                          .answers = read.at("answers").get<Answers>(),
                          .payments = read.at("payments").get<std::vector<Answers>>(),
                          .choices = choices_of(read.at("choices")),
                          .seen = read.at("seen").get<std::vector<std::string>>()};
}

std::string answers_json(const ComplaintDraft& draft) {
    return dumped({{"type", draft.type},
                   {"answers", draft.answers},
                   {"payments", draft.payments},
                   {"identifiers", json_of(draft.choices)}});
}

Statement complaint_statement(const ComplaintDraft& draft, std::string_view language,
                              const TellsOf& tells) {
    using engine::record::IdentifierType;
    Statement out;
    out.kind = engine::record::Kind::Complaint;
    out.lang = language;
    // The word of the reports and of the format for the same thing.
    out.scam_type = draft.type == "hacked_account" ? "account_takeover" : draft.type;
    out.narrative = answer(draft.answers, "recit");
    add_choices(out, draft.choices); // first: what the person said of a value holds
    add_answers(out, draft.answers, tells);
    if (const std::string_view name = answer(draft.answers, "auteur_nom"); !name.empty()) {
        engine::record::Persona persona;
        persona.name = name;
        persona.platform = answer(draft.answers, "premier_contact");
        out.personas.push_back(std::move(persona));
    }
    for (const Answers& payment : draft.payments) add_payment(out, payment, tells);
    add_own(out, IdentifierType::Email, draft.who.email);
    add_own(out, IdentifierType::Phone, draft.who.telephone);
    return out;
}

std::optional<bool> is_adult(std::string_view birthdate, std::string_view today) {
    constexpr int kMajority = 18; // Code civil, art. 414
    const std::optional<Day> born = read_day(birthdate);
    const std::optional<Day> now = read_day(today);
    if (!born || !now) return std::nullopt;
    return Day{born->year + kMajority, born->month, born->day} <= *now;
}

} // namespace intake
