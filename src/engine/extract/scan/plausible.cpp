#include "engine/extract/scan/plausible.hpp"

#include "engine/extract/scan/words.hpp"

#include <algorithm>

namespace engine::extract::scan {
namespace {

// Sorted. Country codes that are French or English words which begin sentences, or units.
constexpr std::array<std::string_view, 47> kStarterCountries{
    "ai", "am", "an", "as", "at", "au", "be", "by", "ca", "ci", "cm", "de", "do", "es", "et", "id",
    "il", "in", "is", "it", "je", "km", "la", "ma", "me", "mg", "ml", "mm", "mr", "ms", "my", "ne",
    "ni", "no", "pa", "pm", "sa", "se", "si", "so", "st", "su", "tc", "tf", "to", "us", "va"};

// Sorted. Codes of the list above that name many sites too: Germany, Spain, Italy, Canada…
constexpr std::array<std::string_view, 12> kCountriesInUse{"ai", "at", "au", "be", "ca", "ci",
                                                           "de", "es", "it", "me", "su", "us"};

// Generic top-level domains that are ordinary words of French or English texts. The others (shop,
// buzz, xyz…) hardly ever follow a full stop by accident.
constexpr std::string_view kWordDomains[]{
    "actor",    "art",      "auto",   "bar",     "best",    "bio",        "boutique",
    "cafe",     "call",     "camera", "capital", "car",     "cars",       "center",
    "contact",  "cool",     "credit", "date",    "dental",  "direct",     "dog",
    "domains",  "email",    "energy", "expert",  "express", "faith",      "family",
    "fan",      "fast",     "film",   "final",   "fish",    "fly",        "food",
    "forum",    "free",     "garden", "gift",    "gratis",  "green",      "guide",
    "help",     "here",     "home",   "hot",     "house",   "how",        "international",
    "jetzt",    "joy",      "land",   "like",    "love",    "maison",     "man",
    "map",      "men",      "menu",   "meet",    "mobile",  "mode",       "moi",
    "new",      "next",     "now",    "off",     "one",     "open",       "page",
    "pages",    "partners", "parts",  "pay",     "phone",   "photo",      "photos",
    "pictures", "pink",     "place",  "play",    "plus",    "post",       "press",
    "pro",      "promo",    "read",   "red",     "report",  "restaurant", "review",
    "safe",     "sale",     "save",   "science", "sexy",    "service",    "services",
    "show",     "smart",    "social", "spot",    "taxi",    "team",       "tel",
    "theatre",  "total",    "tours",  "vet",     "video",   "villas",     "vision",
    "vote",     "voyage",   "watch",  "work",    "works",   "you",        "zero",
    "zone"};

// Written with a capital after a full stop, the others are words of the next sentence.
constexpr std::string_view kCapitalised[]{"com", "net", "org", "info", "biz", "gov", "edu", "site"};

constexpr std::string_view kFileExtensions[]{
    "avi",  "bmp", "csv", "doc",  "docx", "eml",  "exe", "gif", "heic", "html", "jpeg",
    "jpg",  "js",  "md",  "mkv",  "mov",  "mp3",  "mp4", "ods", "odt",  "pdf",  "php",
    "pl",   "png", "ppt", "pptx", "ps",   "py",   "rar", "rs",  "rtf",  "sh",   "svg",
    "tiff", "txt", "wav", "webp", "xls",  "xlsx", "xml", "zip"};

// Of these, those that are top-level domains too and need more than their shape.
constexpr std::string_view kFileDomains[]{"mov", "py", "zip"};

// What people write before an address.
constexpr std::string_view kAddressCuesWords[]{
    "site", "sites", "sur.",  "via.",   "lien",    "liens",    "adresse",
    "http", "www.",  "ici.",  "visit",  "link",    "website",  "page.",
    "url",  "cliqu", "click", "domain", "portail", "internet", "web."};
constexpr Cues kAddressCues{kAddressCuesWords};
constexpr std::size_t kAddressCueWindow = 28; // bytes: "sur le site internet de "

constexpr std::string_view kMailProviders[]{
    "aol",        "bbox", "free",     "gmail",   "gmx",   "googlemail", "hotmail", "icloud",
    "laposte",    "live", "mail",     "msn",     "neuf",  "orange",     "outlook", "proton",
    "protonmail", "sfr",  "tutanota", "wanadoo", "yahoo", "yandex",     "yopmail", "zoho"};

constexpr std::size_t kLabelBytesRead = 24;

struct LowerLabel {
    std::array<char, kLabelBytesRead> bytes{};
    std::size_t size = 0;
    [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
};

LowerLabel lower_label(std::string_view label) {
    LowerLabel result;
    for (const char c : label.substr(0, kLabelBytesRead)) result.bytes[result.size++] = lower(c);
    return result;
}

template <class Names> bool contains(const Names& names, std::string_view name) {
    return std::ranges::find(names, name) != std::end(names);
}

// "Merci": a capital, then small letters.
bool is_capitalised(std::string_view label) {
    return label.size() > 1 && is(label[0], kUpper) &&
           std::ranges::none_of(label.substr(1), [](char c) { return is(c, kUpper); });
}

struct Shape {
    std::string_view name; // the label before the suffix, as a reader takes it
    std::string_view last;
    std::size_t labels = 0;
    std::size_t longest = 0;   // of the labels before the last
    bool only_initials = true; // "c.a.d", "S.A.S"
};

Shape shape_of(std::string_view host) {
    Shape shape;
    while (true) {
        const std::size_t dot = host.find('.');
        const std::string_view label = host.substr(0, dot);
        ++shape.labels;
        shape.only_initials &= label.size() == 1;
        if (dot == std::string_view::npos) {
            shape.last = label;
            return shape;
        }
        shape.name = label;
        shape.longest = std::max(shape.longest, label.size());
        host.remove_prefix(dot + 1);
    }
}

// "14h30", "9h".
bool is_hour(std::string_view name) {
    const std::size_t h = name.find_first_of("hH");
    return h == 1 || h == 2
               ? is(name[0], kDigit) &&
                     std::ranges::all_of(name.substr(h + 1), [](char c) { return is(c, kDigit); })
               : false;
}

// The text or its line ends here, or what follows closes a sentence or a bracket.
bool ends_there(std::string_view text, std::size_t end) {
    if (end >= text.size()) return true;
    const char c = text[end];
    if (c == '\n' || c == '\r' || c == ')' || c == ']' || c == '"' || c == '>' || c == '<') {
        return true;
    }
    if (c == '.' || c == ',' || c == ';' || c == '!' || c == '?') {
        return end + 1 >= text.size() || is(text[end + 1], kSpace);
    }
    return is(c, kSpace) && ends_there(text, skip_spaces(text, end, 2) + (end + 1 >= text.size()));
}

bool is_announced(std::string_view text, std::size_t begin) {
    const std::size_t before = skip_spaces_back(text, begin);
    if (before > 0 && (text[before - 1] == ':' || text[before - 1] == '>')) return true;
    return cue_before(text, begin, kAddressCueWindow, kAddressCues);
}

} // namespace

TopLevel top_level_of(std::string_view label) {
    const LowerLabel lowered = lower_label(label);
    const std::string_view name = lowered.view();
    if (name.size() == 2) {
        if (contains(kCountriesInUse, name)) return TopLevel::Word;
        return contains(kStarterCountries, name) ? TopLevel::Starter : TopLevel::Usual;
    }
    return contains(kWordDomains, name) ? TopLevel::Word : TopLevel::Usual;
}

bool is_file_extension(std::string_view label) {
    return contains(kFileExtensions, lower_label(label).view());
}

bool is_mail_provider(std::string_view host) {
    return contains(kMailProviders, lower_label(host.substr(0, host.find('.'))).view());
}

unsigned bare_domain_confidence(std::string_view text, Span span,
                                std::string_view host_as_written) {
    const Shape shape = shape_of(host_as_written);
    if (shape.only_initials || shape.name.empty()) return 0;
    const TopLevel level = top_level_of(shape.last);
    const bool file = contains(kFileDomains, lower_label(shape.last).view());
    // "M.Paris", "x.je": an initial is no name, save for the few one-letter sites.
    if (shape.name.size() == 1 && shape.labels == 2) {
        const char initial = lower(shape.name[0]);
        return level == TopLevel::Usual && (initial == 'x' || initial == 'e') ? 80 : 0;
    }
    const bool has_digit = std::ranges::any_of(shape.name, [](char c) { return is(c, kDigit); });
    const bool has_letter = std::ranges::any_of(shape.name, [](char c) { return !is(c, kDigit); });
    const bool made = (has_digit && has_letter) || shape.name.find('-') != std::string_view::npos;
    const bool www = reads(host_as_written, 0, "www.");
    if (www) return 95;
    if (level == TopLevel::Usual && !file) {
        // "Bonjour.Info": two sentences more often than a site.
        if (is_capitalised(shape.last)) {
            const LowerLabel last = lower_label(shape.last);
            if (last.size > 2 && !contains(kCapitalised, last.view())) return 0;
            return is_capitalised(shape.name) ? 60 : 75;
        }
        if (!has_letter) return shape.name.size() >= 3 ? 70 : 0; // 118.fr, but not "12.fr"
        return 95;
    }
    if (is_capitalised(shape.last) || is_hour(shape.name)) return 0;
    // Sentences of one word each without any space are rarer than hosts with a subdomain.
    constexpr std::size_t kLongLabel = 6;
    if (shape.labels >= 3 && !file && (made || shape.longest >= kLongLabel)) return 80;
    const bool announced = is_announced(text, span.begin);
    const bool ends = ends_there(text, span.end);
    if (level == TopLevel::Word && !file) {
        if (!has_letter || is_cue(shape.name, kAddressCues)) return 0; // "le site.moi aussi"
        constexpr std::size_t kSureNameMin = 6;
        if (announced && (ends || made || shape.name.size() >= kSureNameMin)) return 85;
        if (made) return ends ? 80 : 70;
        const std::size_t name_min = shape.last.size() == 2 ? 5 : 4;
        return ends && shape.name.size() >= name_min ? 60 : 0;
    }
    if (!has_letter) return 0;
    if (made && announced) return 80;
    return (announced && ends) || (made && ends && !file) ? 65 : 0;
}

} // namespace engine::extract::scan
