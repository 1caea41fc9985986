#include "intake/web/report_steps.hpp"

#include "intake/web/typed.hpp"
#include "intake/web/vocabulary.hpp"
#include "platform/mail/mail.hpp"

#include <array>

namespace intake::web {
namespace {

using platform::http::Request;
using site::FieldFault;
using site::Filling;
using site::Frame;
using site::Language;

// Characters that a person may type, as the pages say.
constexpr std::size_t kNarrativeMost = 20'000;
constexpr std::size_t kLineBytesMax = 2'000;
constexpr std::size_t kShortMost = 200;
constexpr std::size_t kLinesMax = 50;

void check_length(std::vector<FieldFault>& faults, const std::string& field, std::string_view value,
                  std::size_t most) {
    if (characters(value) > most) {
        faults.push_back({field, "error." + field + "_too_long", static_cast<std::int64_t>(most)});
    }
}

void check_lines(std::vector<FieldFault>& faults, const std::string& field, std::string_view text) {
    const std::vector<std::string> lines = lines_of(text);
    if (lines.size() > kLinesMax) {
        faults.push_back({field, "error." + field + "_too_many", kLinesMax});
    }
    if (std::ranges::any_of(lines,
                            [](const std::string& line) { return line.size() > kLineBytesMax; })) {
        faults.push_back({field, "error." + field + "_too_long"});
    }
}

void offer(Filling& filling, const char* section, std::span<const std::string_view> words,
           std::string_view labels, std::string_view chosen, const char* mark, const Frame& frame,
           Language language) {
    for (const std::string_view word : words) {
        Filling& one = filling.add(section);
        one.set("VALUE", word);
        const std::string key = std::string{labels} + "." + std::string{word};
        if (labels == "category") {
            one.set("LABEL", frame.pages().say(language, key + ".label"));
            one.add("HAS_HINT").set("HINT", frame.pages().say(language, key + ".hint"));
        } else {
            one.set("LABEL", frame.pages().say(language, key));
        }
        if (word == chosen) one.show(mark);
    }
}

void fill_kind(Filling& filling, const ReportDraft& draft, const Frame& /*frame*/,
               Language /*language*/) {
    if (draft.nature == name_of(Nature::Scam)) filling.show("NATURE_ARNAQUE_CHECKED");
    if (draft.nature == name_of(Nature::Illicit)) filling.show("NATURE_ILLICITE_CHECKED");
}

std::vector<FieldFault> take_kind(const Request& request, ReportDraft& draft) {
    const std::string_view nature = request.field("nature");
    std::string chosen;
    if (nature == "arnaque") chosen = name_of(Nature::Scam);
    if (nature == "illicite") chosen = name_of(Nature::Illicit);
    if (chosen.empty()) return {{"nature", "error.nature_missing"}};
    if (chosen != draft.nature) draft.category.clear();
    draft.nature = chosen;
    return {};
}

void fill_category(Filling& filling, const ReportDraft& draft, const Frame& frame,
                   Language language) {
    offer(filling, "CATEGORY", categories_of(draft.nature), "category", draft.category, "CHECKED",
          frame, language);
}

std::vector<FieldFault> take_category(const Request& request, ReportDraft& draft) {
    const std::string_view category = request.field("categorie");
    if (!is_one_of(category, categories_of(draft.nature))) {
        return {{"categorie", "error.categorie_missing"}};
    }
    draft.category = category;
    return {};
}

void fill_story(Filling& filling, const ReportDraft& draft, const Frame& /*frame*/,
                Language /*language*/) {
    filling.set("NARRATIVE", draft.narrative);
    filling.set("WHEN", draft.when);
}

std::vector<FieldFault> take_story(const Request& request, ReportDraft& draft) {
    std::vector<FieldFault> faults;
    draft.narrative = typed(request.field("recit"));
    draft.when = typed(request.field("quand"));
    if (lines_of(draft.narrative).empty()) faults.push_back({"recit", "error.recit_missing"});
    check_length(faults, "recit", draft.narrative, kNarrativeMost);
    check_length(faults, "quand", draft.when, kShortMost);
    return faults;
}

} // namespace

std::string told_before(const Request& request) {
    std::string told = typed(request.field("recit"));
    return characters(told) > kNarrativeMost ? std::string{} : told;
}

namespace {

void fill_money(Filling& filling, const ReportDraft& draft, const Frame& frame, Language language) {
    if (draft.paid == "yes") filling.show("PAYE_OUI_CHECKED");
    if (draft.paid == "no") filling.show("PAYE_NON_CHECKED");
    if (draft.paid == "unknown") filling.show("PAYE_NSP_CHECKED");
    filling.set("AMOUNT", draft.amount);
    filling.set("PAID_TO", draft.paid_to);
    offer(filling, "MEANS", kMeans, "means", draft.means, "SELECTED", frame, language);
}

std::vector<FieldFault> take_money(const Request& request, ReportDraft& draft) {
    std::vector<FieldFault> faults;
    const std::string_view paid = request.field("paye");
    draft.paid = paid == "oui" ? "yes" : paid == "non" ? "no" : paid == "nsp" ? "unknown" : "";
    draft.amount = typed(request.field("montant"));
    draft.paid_to = typed(request.field("vers"));
    draft.means = is_one_of(request.field("moyen"), kMeans) ? request.field("moyen") : "";
    if (draft.paid.empty()) faults.push_back({"paye", "error.paye_missing"});
    check_length(faults, "vers", draft.paid_to, kShortMost);
    if (draft.paid == "yes" && !draft.amount.empty()) {
        if (const std::optional<std::string> amount = read_amount(draft.amount)) {
            draft.amount = *amount;
        } else {
            faults.push_back({"montant", "error.montant_wrong"});
        }
    }
    return faults;
}

void fill_links(Filling& filling, const ReportDraft& draft, const Frame& /*frame*/,
                Language /*language*/) {
    filling.set("LINKS", draft.links);
}

std::vector<FieldFault> take_links(const Request& request, ReportDraft& draft) {
    std::vector<FieldFault> faults;
    draft.links = typed(request.field("liens"));
    check_lines(faults, "liens", draft.links);
    if (draft.nature == name_of(Nature::Illicit) && lines_of(draft.links).empty()) {
        faults.push_back({"liens", "error.liens_missing"}); // PHAROS: content anyone can reach
    }
    return faults;
}

void fill_contacts(Filling& filling, const ReportDraft& draft, const Frame& frame,
                   Language language) {
    filling.set("CONTACTS", draft.contacts);
    offer(filling, "PLATFORM", kPlatforms, "platform", draft.platform, "SELECTED", frame, language);
}

std::vector<FieldFault> take_contacts(const Request& request, ReportDraft& draft) {
    std::vector<FieldFault> faults;
    draft.contacts = typed(request.field("contacts"));
    draft.platform =
        is_one_of(request.field("plateforme"), kPlatforms) ? request.field("plateforme") : "";
    check_lines(faults, "contacts", draft.contacts);
    return faults;
}

void fill_contact(Filling& filling, const ReportDraft& draft, const Frame& /*frame*/,
                  Language /*language*/) {
    if (draft.contact == "anonymous") filling.show("CONTACT_ANONYME_CHECKED");
    if (draft.contact == "email") filling.show("CONTACT_COURRIEL_CHECKED");
    if (draft.contact == "professional") filling.show("CONTACT_PROFESSIONNEL_CHECKED");
    if (draft.who.minor == "yes") filling.show("MINEUR_OUI_CHECKED");
    if (draft.who.minor == "no") filling.show("MINEUR_NON_CHECKED");
    if (draft.who.minor == "unknown") filling.show("MINEUR_NSP_CHECKED");
    filling.set("EMAIL", draft.who.email);
    filling.set("ORGANISATION", draft.who.organisation);
    filling.set("PERSON", draft.who.person);
    filling.set("AGREEMENT", draft.who.agreement);
}

std::vector<FieldFault> take_contact(const Request& request, ReportDraft& draft) {
    std::vector<FieldFault> faults;
    const std::string_view contact = request.field("contact");
    draft.contact = contact == "anonyme"         ? "anonymous"
                    : contact == "courriel"      ? "email"
                    : contact == "professionnel" ? "professional"
                                                 : "";
    const std::string_view minor = request.field("mineur");
    draft.who.minor = minor == "oui"   ? "yes"
                      : minor == "non" ? "no"
                      : minor == "nsp" ? "unknown"
                                       : "";
    draft.who.email = typed(request.field("courriel"));
    draft.who.organisation = typed(request.field("organisation"));
    draft.who.person = typed(request.field("personne"));
    draft.who.agreement = typed(request.field("agrement"));
    if (draft.contact.empty()) faults.push_back({"contact", "error.contact_missing"});
    const bool wants_email = draft.contact == "email" || draft.contact == "professional";
    if (wants_email && !platform::mail::is_address(draft.who.email)) {
        faults.push_back({"courriel", draft.who.email.empty() ? "error.courriel_missing"
                                                              : "error.courriel_wrong"});
    }
    if (draft.contact == "professional" && lines_of(draft.who.organisation).empty()) {
        faults.push_back({"organisation", "error.organisation_missing"});
    }
    check_length(faults, "organisation", draft.who.organisation, kShortMost);
    check_length(faults, "personne", draft.who.person, kShortMost);
    check_length(faults, "agrement", draft.who.agreement, kShortMost);
    return faults;
}

constexpr std::string_view kFiles = "report_files";
constexpr std::string_view kReview = "report_review";

constexpr std::array kSteps{
    Step{"report_kind", fill_kind, take_kind},
    Step{"report_category", fill_category, take_category},
    Step{"report_story", fill_story, take_story},
    Step{"report_money", fill_money, take_money, true},
    Step{"report_links", fill_links, take_links},
    Step{"report_contacts", fill_contacts, take_contacts},
    Step{"report_contact", fill_contact, take_contact},
};

/// The pages of this draft in order, the files' among them.
std::vector<std::string_view> pages_of(const ReportDraft& draft) {
    std::vector<std::string_view> keys;
    for (const Step& step : kSteps) {
        if (step.scams_only && draft.nature == name_of(Nature::Illicit)) continue;
        if (step.key == "report_contact") keys.push_back(kFiles);
        keys.push_back(step.key);
    }
    keys.push_back(kReview);
    return keys;
}

} // namespace

std::span<const Step> steps() {
    return kSteps;
}

std::string_view after(std::string_view key, const ReportDraft& draft) {
    const std::vector<std::string_view> keys = pages_of(draft);
    const auto here = std::ranges::find(keys, key);
    return here == keys.end() || here + 1 == keys.end() ? kReview : *(here + 1);
}

std::string_view before(std::string_view key, const ReportDraft& draft) {
    const std::vector<std::string_view> keys = pages_of(draft);
    const auto here = std::ranges::find(keys, key);
    return here == keys.begin() || here == keys.end() ? "report" : *(here - 1);
}

std::string_view first_missing(const ReportDraft& draft) {
    if (draft.nature.empty()) return "report_kind";
    if (draft.category.empty()) return "report_category";
    if (lines_of(draft.narrative).empty()) return "report_story";
    if (draft.nature == name_of(Nature::Scam) && draft.paid.empty()) return "report_money";
    if (draft.nature == name_of(Nature::Illicit) && lines_of(draft.links).empty()) {
        return "report_links";
    }
    if (draft.contact.empty()) return "report_contact";
    return kReview;
}

} // namespace intake::web
