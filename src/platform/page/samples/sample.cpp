#include "platform/page/samples/sample.hpp"

#include "base/check.hpp"
#include "platform/page/templates/placeholders.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace platform::page {

namespace {

constexpr std::string_view kOpens = "{{";
constexpr std::string_view kCloses = "}}";

/// What a template asks for: a value, or a section with what stands in it.
struct Asked {
    std::string name;
    bool is_section = false;
    std::vector<Asked> inside;
};

/// What stands twice in a template is given once.
void add_asked(Asked asked, std::vector<Asked>& out) {
    const auto same = std::find_if(out.begin(), out.end(),
                                   [&](const Asked& each) { return each.name == asked.name; });
    if (same == out.end()) {
        out.push_back(std::move(asked));
        return;
    }
    for (Asked& each : asked.inside) add_asked(std::move(each), same->inside);
}

/// Reads up to the end of the section it is in; `text` is moved past it.
std::vector<Asked> read_asked(std::string_view& text) {
    std::vector<Asked> out;
    while (true) {
        const std::size_t begin = text.find(kOpens);
        if (begin == std::string_view::npos) return out;
        const std::size_t end = text.find(kCloses, begin);
        std::string_view inside = text.substr(begin + 2, end - begin - 2);
        text.remove_prefix(end + 2);
        if (inside.starts_with('/')) return out;
        const bool is_section = inside.starts_with('#');
        if (is_section) inside.remove_prefix(1);
        Asked asked{.name = std::string{inside.substr(0, inside.find(':'))},
                    .is_section = is_section,
                    .inside = {}};
        if (is_section) asked.inside = read_asked(text);
        add_asked(std::move(asked), out);
    }
}

// Shown in the plain look; the others are shown in the hostile look alone.
constexpr std::string_view kPlainSections =
    " MONEY FILES FILE LINKS LINK CONTACTS CONTACT HAS_WHEN FOUND KNOWN MESSAGES MESSAGE "
    "IDENTIFIER ACT HAS_HINT OPEN HAS_EMAIL MAILED HAS_MEANS HAS_AMOUNT HAS_PAID_TO E404 "
    "RESUME MEANS PLATFORM ALREADY_KNOWN CATEGORY PAYE_OUI_CHECKED NATURE_ARNAQUE_CHECKED "
    "CONTACT_COURRIEL_CHECKED NO_OPERATOR NO_HOST UPDATED PAYMENTS PAYMENT ASKED WITH_PROVIDER "
    "WITH_DEMONSTRATION "
    "PERSON CHOICE HAS_HELP STEP OPEN_COMPLAINT OPEN_REPORT OPEN_STATION LAW OFFENCE GIVEN_ANSWER "
    "TABLE RULE OFFERED OFFER ALERT SIGNS SIGN QUOTE REAL FACTS FACT "
    "SEGMENT MARKED ";

struct PlainValue {
    std::string_view name; // of the value, or SECTION.NAME where it differs there
    std::string_view value;
};
constexpr PlainValue kPlainValues[] = {
    {"BACK", "/"},
    {"OTHER_PATH", "/"},
    {"FORM_TOKEN", "0123456789abcdef"},
    {"REFERENCE", "MA-2026-K7QD-3MXT"},
    {"CODE", "7GQ4-MX2P-9RTD-LW5K"},
    {"RECEIVED_AT", "24/11/2026, 16:05"},
    {"NARRATIVE", "Un homme m’a écrit sur un site de rencontre.\n\nIl a demandé 250 € pour un "
                  "billet d’avion, puis il a disparu."},
    {"WHEN", "24/11/2026, 16:05"},
    {"AMOUNT", "250 €"},
    {"PAID_TO", "FR76 3000 6000 0112 3456 7890 189"},
    {"EMAIL", "camille@courriel.example"},
    {"ORGANISATION", "Association Entraide"},
    {"PERSON", "Camille Martin"},
    {"AGREEMENT", "AG-0042"},
    {"LINKS", "https://rencontre.example/profil/418\nhttps://boutique.example/offre"},
    {"CONTACTS", "marc.dubois.7\n06 39 98 00 12"},
    {"LINK.VALUE", "https://rencontre.example/profil/418"},
    {"CONTACT.VALUE", "06 39 98 00 12"},
    {"KNOWN.VALUE", "https://boutique.example/offre"},
    {"FILES_MAX", "20"},
    {"FILE_MEGABYTES", "25"},
    {"FILE.NAME", "capture-conversation.png"},
    {"FILE.SIZE", "312 ko"},
    {"FILE.KIND", "Image"},
    {"FILE.ID", "1"},
    {"KIND_LABEL", "Une arnaque"},
    {"CATEGORY_LABEL", "Arnaque aux sentiments"},
    {"PAID_LABEL", "Oui"},
    {"MEANS_LABEL", "Virement bancaire"},
    {"YOU_LABEL", "Avec une adresse e-mail"},
    {"TYPE_LABEL", "Numéro de téléphone"},
    {"IDENTIFIER.VALUE", "+33 6 39 98 00 12"},
    {"PDF_PATH", "/suivi/accuse.pdf"},
    {"JSON_PATH", "/suivi/accuse.json"},
    {"RESUME_PATH", "/signaler/recit"},
    {"FROM_LABEL", "Le service"},
    {"TEXT", "Bonjour. Avez-vous gardé l’adresse e-mail de cette personne ?\nMerci."},
    {"STATUS", "404"},
    {"SECONDS", "30"},
    {"CHALLENGE", "f3a91c"},
    {"DIFFICULTY", "8"},
    {"RETURN_TO", "/signaler"},
    {"PUBLIC_KEY", "MCowBQYDK2VwAyEA7Jc0vN3k0m3Y1r9m6oQ3gkq2b0dM1m8m7QmZ4kq1n9I="},
    {"LOG_ID", "b3f1c2d4e5a69788"},
    {"FOLLOW_URL", "https://signaler.example/suivi"},
    {"FIELD", "contenu"},
    {"PROVIDER", "FranceConnect"},
    {"GO_PATH", "/connexion/aller"},
    {"DEMONSTRATION_PATH", "/connexion/demonstration"},
    {"RETURN_PATH", "/suivi"},
    {"AGAIN", "/connexion"},
    {"THERE", "https://identite.example/deconnexion"},
    {"REASON", "Le service de connexion ne répond pas."},
    {"PERSON.NAME", "Camille Rose Lenoir"},
    {"PERSON.VALUE", "0"},
    {"BIRTHDATE", "12/04/1991"},
    {"GIVEN_NAME", "Camille"},
    {"FAMILY_NAME", "Lenoir"},
    {"LEGEND", "Avez-vous payé\u202f?"},
    {"HELP", "Ce n’est pas votre faute."},
    {"LINK", "/que-vous-arrive-t-il"},
    {"CHOICE.VALUE", "a1b2"},
    {"CHOICE.LABEL", "Oui, ces derniers jours"},
    {"RESULT_NAME", "Un faux vendeur"},
    {"RESULT_TEXT", "L’annonce semble normale, l’objet n’arrive jamais."},
    {"HEADING", "Appelez votre banque"},
    {"STEP.TEXT", "Demandez le rappel du virement."},
    {"TYPE", "fake_seller"},
    {"OFFENCE_NAME", "Escroquerie"},
    {"LABEL", "Oui"},
    {"CHANGE", "/que-vous-arrive-t-il"},
    {"SLOT", "Ce que c’est"},
    {"RULE_ID", "result_fake_seller"},
    {"CONDITIONS", "un faux vendeur"},
    {"SOURCE_TITLE", "service-public.fr"},
    {"ARTICLE", "fiche R46002"},
    {"VERSION", "2024-11-28"},
    {"TO", "https://meteofrance.com/"},
    {"MOST", "20000"},
    {"LEVEL_TITLE", "Beaucoup de signes d’arnaque"},
    {"LEVEL_LEAD", "Ne payez pas."},
    {"SIGN_TITLE", "Une urgence"},
    {"SIGN_WHY", "On vous presse."},
    {"PASSAGE", "avant ce soir"},
    {"WHO", "Le vrai service"},
    {"DOES", "Il laisse du temps"},
};

const std::string_view* plain_value(std::string_view name) {
    const auto* const found =
        std::find_if(std::begin(kPlainValues), std::end(kPlainValues),
                     [&](const PlainValue& each) { return each.name == name; });
    return found == std::end(kPlainValues) ? nullptr : &found->value;
}

class Filler {
public:
    Filler(const Pages& pages, Language language, Look look, std::string_view attack)
        : pages_{pages}, language_{language}, look_{look}, attack_{attack} {}

    void fill(const std::vector<Asked>& asked, const std::string& section, Filling& out) const {
        for (const Asked& each : asked) {
            if (!each.is_section) {
                out.set(each.name, value_of(each.name, section));
            } else if (each.name == "CATEGORY" || each.name == "MEANS" || each.name == "PLATFORM") {
                fill_choices(each, out);
            } else if (is_shown(each.name)) {
                fill(each.inside, each.name, out.add(each.name));
            }
        }
    }

private:
    [[nodiscard]] bool is_shown(std::string_view name) const {
        if (look_ == Look::Hostile) return true;
        if (name.starts_with("ERROR") || name == "FOLLOWING" || name == "QUICK_EXIT") {
            return look_ == Look::Faults;
        }
        return kPlainSections.find(" " + std::string{name} + " ") != std::string_view::npos;
    }

    [[nodiscard]] std::string value_of(std::string_view name, const std::string& section) const {
        if (look_ == Look::Hostile) return std::string{attack_};
        if (name == "STATUS_LABEL") return pages_.say(language_, "status.grouped.label");
        if (name == "STATUS_EXPLAINED") return pages_.say(language_, "status.grouped.explained");
        if (name == "NEXT_STEP") return pages_.say(language_, "status.grouped.next");
        if (name == "DELAY") return pages_.say(language_, "status.grouped.delay");
        if (section == "ACT" && name == "LABEL") return pages_.say(language_, "act.grouped");
        if (name == "MESSAGE") return pages_.say(language_, "error.recit_missing");
        const std::string_view* const there = plain_value(section + "." + std::string{name});
        const std::string_view* const anywhere = plain_value(name);
        if (there != nullptr) return std::string{*there};
        return anywhere == nullptr ? std::string{} : std::string{*anywhere};
    }

    /// One of each word that the locale has: "category.romance.label", "means.card".
    void fill_choices(const Asked& asked, Filling& out) const {
        std::string prefix = asked.name;
        std::transform(prefix.begin(), prefix.end(), prefix.begin(), [](char c) {
            return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        });
        prefix += ".";
        for (const std::string& key : pages_.unused_words()) {
            if (!key.starts_with(prefix) || key.ends_with(".hint")) continue;
            std::string value = key.substr(prefix.size());
            value = value.substr(0, value.find('.'));
            Filling& each = out.add(asked.name);
            each.set("VALUE", value);
            each.set("LABEL", pages_.say(language_, key));
            const std::string hint = prefix + value + ".hint";
            if (pages_.knows(hint)) each.add("HAS_HINT").set("HINT", pages_.say(language_, hint));
        }
    }

    const Pages& pages_;
    Language language_;
    Look look_;
    std::string attack_;
};

} // namespace

SiteFiles::SiteFiles() {
    const std::filesystem::path root{MAILLON_SOURCE_DIR};
    const auto read = [&](const std::filesystem::path& folder, Files& into) {
        for (const auto& entry : std::filesystem::directory_iterator{root / folder}) {
            const std::filesystem::path kind = entry.path().extension();
            if (!entry.is_regular_file() || kind == ".cpp" || kind == ".hpp" || kind == ".json") {
                continue; // the handlers stand beside their pages
            }
            std::ifstream file{entry.path(), std::ios::binary};
            into.emplace(entry.path().filename().string(),
                         std::string{std::istreambuf_iterator<char>{file}, {}});
        }
    };
    read("web", templates_);
    for (const auto& module : std::filesystem::directory_iterator{root / "src"}) {
        if (is_directory(module.path() / "web")) read(module.path() / "web", templates_);
    }
    for (const char* const folder : {"web/css", "web/js", "web/icons"}) read(folder, assets_);
    read("web/locales", locales_);
}

std::vector<EmbeddedFile> SiteFiles::views(const Files& files) {
    std::vector<EmbeddedFile> out;
    for (const auto& [name, content] : files) out.push_back({.name = name, .content = content});
    return out;
}

std::string SiteFiles::text_of(std::string_view template_name) const {
    const auto found = templates_.find(template_name);
    check(found != templates_.end(), "a template of the site");
    return put_in(template_name, found->second, [&](PlaceholderKind kind, std::string_view name) {
        return kind == PlaceholderKind::Part ? text_of(name) : std::string{};
    });
}

Filling sample_filling(const SiteFiles& files, const Pages& pages, std::string_view template_name,
                       Language language, Look look, std::string_view attack) {
    const std::string body = files.text_of(template_name);
    const std::string layout = files.text_of("layout.html");
    Filling out;
    const Filler filler{pages, language, look, attack};
    std::set<std::string> known;
    for (const std::string* const text : {&body, &layout}) {
        std::string_view rest = *text;
        std::vector<Asked> asked = read_asked(rest);
        std::erase_if(asked, [&](const Asked& each) {
            return (text == &layout && each.name == "TITLE") || !known.insert(each.name).second;
        });
        filler.fill(asked, {}, out);
    }
    for (const std::string_view name : {"FILES_MAX", "FILE_MEGABYTES", "SECONDS"}) {
        out.set(name, *plain_value(name)); // they stand in words
    }
    return out;
}

} // namespace platform::page
