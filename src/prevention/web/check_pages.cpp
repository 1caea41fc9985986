#include "engine/risk/risk.hpp"
#include "prevention/web.hpp"
#include "prevention/web/quoted.hpp"

#include <fmt/format.h>
#include <unicode/locid.h>

namespace prevention {
namespace {

using engine::risk::Assessment;
using engine::risk::Finding;
using engine::risk::Group;
using engine::risk::Level;
using platform::http::Access;
using platform::http::Method;
using platform::http::Request;
using platform::http::Response;
using platform::http::Route;
using platform::http::RouteLimits;
using site::Filling;
using site::Frame;
using site::Language;

constexpr std::int64_t kTextMost = 20'000; // characters, as people are told
constexpr RouteLimits kCheckLimits{.body_bytes_max = 512 << 10, .weight = 4};

/// A country's name from its code, in the words of the page.
std::string country_name(Language language, const std::string& code) {
    const icu::Locale shown{std::string{platform::page::tag_of(language)}.c_str()};
    icu::UnicodeString name;
    icu::Locale{"", code.c_str()}.getDisplayCountry(shown, name);
    std::string utf8;
    name.toUTF8String(utf8);
    return utf8;
}

class CheckPages {
public:
    CheckPages(const Frame& frame, const ConfirmedDomains& confirmed)
        : frame_{frame}, confirmed_{confirmed} {}

    Response ask(const Request& request, std::vector<site::FieldFault> faults = {}) const {
        Filling filling;
        filling.set("TEXT", request.field("recu"));
        filling.set("MOST", std::to_string(kTextMost));
        return frame_.show(request,
                           {.template_name = "check.html",
                            .path = "check",
                            .title = "title.check",
                            .faults = std::move(faults)},
                           std::move(filling));
    }

    // Nothing is written, so that the form's token is not asked for: a page kept open for days, or
    // a browser without cookies, gets its answer too.
    Response answer(const Request& request) const {
        const std::string text = web::pasted(request.field("recu"));
        if (text.find_first_not_of(" \n") == std::string::npos) {
            return ask(request, {{"recu", "error.recu_missing"}});
        }
        if (web::characters(text) > kTextMost) {
            return ask(request, {{"recu", "error.recu_long", kTextMost}});
        }
        const engine::risk::Reading reading{text};
        return show(request, text, reading.assess(confirmed_.among(reading.domains())));
    }

private:
    [[nodiscard]] std::string say(const Request& request, const std::string& key) const {
        return frame_.pages().say(Frame::language_of(request.path), key);
    }

    Response show(const Request& request, const std::string& text,
                  const Assessment& assessment) const {
        const std::string level = fmt::format("check.level.{}", name_of(assessment.level));
        Filling filling;
        filling.set("LEVEL_TITLE", say(request, level + ".title"));
        filling.set("LEVEL_LEAD", say(request, level + ".lead"));
        filling.show(assessment.level == Level::Nothing ? "NOTHING" : "ALERT");
        filling.set("GIVEN_TEXT", text);
        fill_findings(request, text, assessment.findings, filling);
        for (const web::Segment& segment : web::segments_of(text, assessment.findings)) {
            filling.add("SEGMENT")
                .add(segment.marked ? "MARKED" : "PLAIN")
                .set("PASSAGE", segment.text);
        }
        if (assessment.level != Level::Nothing && !assessment.story.empty()) {
            const std::string story = fmt::format("check.story.{}", assessment.story);
            Filling& real = filling.add("REAL");
            real.set("WHO", say(request, story + ".who"));
            real.set("DOES", say(request, story + ".does"));
        }
        const bool at_risk = assessment.story == "sextortion" || assessment.story == "romance";
        if (at_risk) filling.show("BLACKMAIL");
        return frame_.show(request,
                           {.template_name = "check_result.html",
                            .path = "check",
                            .title = "title.check_result",
                            .at_risk = at_risk},
                           std::move(filling));
    }

    /// One list says what alerts, the other what is good to know.
    void fill_findings(const Request& request, std::string_view text,
                       std::span<const Finding> findings, Filling& filling) const {
        Filling* signs = nullptr;
        Filling* facts = nullptr;
        for (const Finding& finding : findings) {
            const bool is_fact = finding.group == Group::Fact;
            Filling*& list = is_fact ? facts : signs;
            if (list == nullptr) list = &filling.add(is_fact ? "FACTS" : "SIGNS");
            fill(request, text, finding, list->add(is_fact ? "FACT" : "SIGN"));
        }
    }

    void fill(const Request& request, std::string_view text, const Finding& finding,
              Filling& row) const {
        const std::string key = fmt::format("check.sign.{}", finding.sign);
        row.set("SIGN_TITLE", title_of(request, key + ".title", finding));
        row.set("SIGN_WHY", say(request, key + ".why"));
        if (finding.group == Group::Fact) return;
        for (const engine::risk::Span quote : finding.quotes) {
            row.add("QUOTE").set("PASSAGE", text.substr(quote.start, quote.end - quote.start));
        }
    }

    [[nodiscard]] std::string title_of(const Request& request, const std::string& key,
                                       const Finding& finding) const {
        if (finding.about.empty()) return say(request, key);
        const Language language = Frame::language_of(request.path);
        const std::string about = finding.sign == "account_country"
                                      ? country_name(language, finding.about)
                                      : finding.about;
        return frame_.pages().say(language, key, {{"about", std::string_view{about}}});
    }

    const Frame& frame_;
    const ConfirmedDomains& confirmed_;
};

} // namespace

std::vector<Route> check_routes(const Frame& frame, const ConfirmedDomains& confirmed) {
    const CheckPages pages{frame, confirmed};
    std::vector<Route> routes;
    for (const Language language : {Language::French, Language::English}) {
        const std::string path = frame.path(language, "check");
        routes.emplace_back(
            Method::Get, path, [pages](const Request& r) { return pages.ask(r); }, Access::Everyone,
            "", RouteLimits{});
        routes.back().immediate = true;
        routes.emplace_back(
            Method::Post, path, [pages](const Request& r) { return pages.answer(r); },
            Access::Everyone, "", kCheckLimits);
    }
    return routes;
}

} // namespace prevention
