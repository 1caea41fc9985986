#include "intake/web/shown.hpp"

#include "base/check.hpp"

#include <unicode/datefmt.h>
#include <unicode/numfmt.h>
#include <unicode/timezone.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace intake::web {
namespace {

using site::Filling;
using site::Frame;
using site::Language;

icu::Locale locale_of(Language language) {
    return language == Language::French ? icu::Locale::getFrance() : icu::Locale::getUK();
}

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

/// Section LINKS with each LINK in it, or NO_LINKS.
void fill_lines(Filling& filling, const std::string& name, std::string_view text) {
    const std::vector<std::string> lines = lines_of(text);
    Filling& list = filling.add((lines.empty() ? "NO_" : "") + name + "S");
    for (const std::string& line : lines) list.add(name).set("VALUE", line);
}

std::string_view kind_of(std::string_view type) {
    if (type == "pdf" || type == "mail" || type == "text") return type;
    return type == "office" || type == "other" ? "other" : "image";
}

} // namespace

std::string label(const Frame& frame, Language language, std::string_view section,
                  std::string_view word) {
    if (word.empty()) return {};
    return frame.pages().say(language, std::string{section} + "." + std::string{word});
}

std::string shown_time(UnixSeconds at, Language language) {
    constexpr double kMilliseconds = 1000;
    const std::unique_ptr<icu::DateFormat> format{icu::DateFormat::createDateTimeInstance(
        icu::DateFormat::kLong, icu::DateFormat::kShort, locale_of(language))};
    check(format != nullptr, "ICU knows dates in French and English");
    format->adoptTimeZone(icu::TimeZone::createTimeZone("Europe/Paris"));
    icu::UnicodeString out;
    format->format(static_cast<double>(at) * kMilliseconds, out);
    return utf8(out);
}

std::string shown_day(std::string_view day, Language language) {
    constexpr double kMilliseconds = 1000;
    const std::optional<UnixSeconds> noon = parse_rfc3339(std::string{day} + "T12:00:00Z");
    if (!noon) return std::string{day};
    const std::unique_ptr<icu::DateFormat> format{
        icu::DateFormat::createDateInstance(icu::DateFormat::kLong, locale_of(language))};
    check(format != nullptr, "ICU knows dates in French and English");
    format->adoptTimeZone(icu::TimeZone::createTimeZone("UTC"));
    icu::UnicodeString out;
    format->format(static_cast<double>(*noon) * kMilliseconds, out);
    return utf8(out);
}

std::string shown_amount(std::string_view amount, Language language) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::NumberFormat> format{
        icu::NumberFormat::createCurrencyInstance(locale_of(language), error)};
    check(U_SUCCESS(error), "ICU knows euros in French and English");
    format->setCurrency(u"EUR", error);
    if (amount.find('.') == std::string_view::npos) format->setMinimumFractionDigits(0);
    icu::Formattable number;
    number.setDecimalNumber({amount.data(), static_cast<std::int32_t>(amount.size())}, error);
    icu::UnicodeString out;
    if (U_SUCCESS(error)) format->format(number, out, error);
    return U_SUCCESS(error) ? utf8(out) : std::string{amount};
}

std::string shown_size(std::uint64_t bytes, Language language) {
    constexpr double kKilo = 1000;
    const bool french = language == Language::French;
    const double kilobytes = static_cast<double>(bytes) / kKilo;
    const bool mega = kilobytes >= kKilo;
    std::string number = mega ? fmt::format("{:.1f}", kilobytes / kKilo)
                              : fmt::format("{:.0f}", std::max(1.0, kilobytes));
    if (french) {
        for (char& c : number) c = c == '.' ? ',' : c;
    }
    return number + "\u00a0" + (french ? (mega ? "Mo" : "ko") : (mega ? "MB" : "kB"));
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

std::int64_t megabytes(const DoorPolicy& policy) {
    constexpr std::uint64_t kMega = 1'000'000;
    return static_cast<std::int64_t>(policy.file_bytes_max / kMega);
}

platform::http::RouteLimits upload_limits(const DoorPolicy& policy) {
    return {.body_bytes_max = 64 << 10,
            .upload_bytes_max = policy.file_bytes_max,
            .uploads_max = policy.files_max,
            .weight = 5};
}

std::string called(const platform::http::Upload& upload) {
    return upload.file_name.empty() ? "?" : upload.file_name;
}

void fill_limits(Filling& filling, const DoorPolicy& policy) {
    filling.set("FILE_MEGABYTES", std::to_string(megabytes(policy)));
    filling.set("FILES_MAX", std::to_string(policy.files_max));
}

void fill_files(Filling& filling, const std::vector<FileSeen>& files, const Frame& frame,
                Language language, std::string_view page) {
    Filling& list = filling.add(files.empty() ? "NO_FILES" : "FILES");
    for (const FileSeen& file : files) {
        Filling& one = list.add("FILE");
        one.set("NAME", file.name);
        one.set("SIZE", shown_size(file.bytes, language));
        one.set("KIND", label(frame, language, "file_kind", kind_of(file.type)));
        one.set("ID", std::to_string(file.id));
        if (file.has_thumbnail) {
            one.add("THUMBNAIL")
                .set("SRC",
                     frame.path(language, page) + "/" + std::to_string(file.id) + "/vignette");
        }
    }
}

void fill_review(Filling& filling, const ReportDraft& draft, const std::vector<FileSeen>& files,
                 const Frame& frame, Language language) {
    filling.set("BACK", frame.path(language, "report_contact"));
    filling.set("KIND_LABEL", frame.pages().say(language, draft.nature == name_of(Nature::Scam)
                                                              ? "kind.arnaque"
                                                              : "kind.illicite"));
    filling.set("CATEGORY_LABEL",
                frame.pages().say(language, "category." + draft.category + ".label"));
    filling.set("NARRATIVE", draft.narrative);
    if (!draft.when.empty()) filling.add("HAS_WHEN").set("WHEN", draft.when);
    if (draft.nature == name_of(Nature::Scam)) {
        Filling& money = filling.add("MONEY");
        money.set("PAID_LABEL", frame.pages().say(language, draft.paid == "yes"  ? "answer.oui"
                                                            : draft.paid == "no" ? "answer.non"
                                                                                 : "answer.nsp"));
        if (draft.paid == "yes") {
            if (!draft.amount.empty()) money.add("HAS_AMOUNT").set("AMOUNT", draft.amount);
            if (!draft.means.empty()) {
                money.add("HAS_MEANS")
                    .set("MEANS_LABEL", label(frame, language, "means", draft.means));
            }
            if (!draft.paid_to.empty()) money.add("HAS_PAID_TO").set("PAID_TO", draft.paid_to);
        }
    }
    fill_lines(filling, "LINK", draft.links);
    fill_lines(filling, "CONTACT", draft.contacts);
    fill_files(filling, files, frame, language);
    filling.set("YOU_LABEL",
                frame.pages().say(language, draft.contact == "anonymous" ? "you.anonyme"
                                            : draft.contact == "email"   ? "you.courriel"
                                                                         : "you.professionnel"));
    if (draft.contact != "anonymous") filling.add("HAS_EMAIL").set("EMAIL", draft.who.email);
}

void fill_recognised(Filling& filling, const std::vector<Recognised>& found, const Frame& frame,
                     Language language) {
    if (!found.empty()) {
        Filling& section = filling.add("FOUND");
        for (const Recognised& one : found) {
            Filling& identifier = section.add("IDENTIFIER");
            identifier.set("TYPE_LABEL", label(frame, language, "identifier", one.type));
            identifier.set("VALUE", one.value);
        }
    }
    Filling* known = nullptr;
    for (const Recognised& one : found) {
        if (!one.already_reported) continue;
        if (known == nullptr) known = &filling.add("ALREADY_KNOWN");
        known->add("KNOWN").set("VALUE", one.value);
    }
}

platform::http::SetCookie session_cookie(std::string token) {
    return {.name = std::string{kSessionCookie}, .value = std::move(token)};
}

} // namespace intake::web
