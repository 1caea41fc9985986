#include "site/frame.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>

namespace site {
namespace {

using platform::http::Request;
using platform::http::Response;

constexpr std::array kExplained{400, 403, 404, 405, 408, 413, 421, 429, 431, 500, 503};

Language other_than(Language language) {
    return language == Language::French ? Language::English : Language::French;
}

/// What the person typed goes along when the form is sent again; files do not come back.
void give_back(Filling& proof, const Request& request) {
    for (const platform::http::Pair& one : request.form) {
        if (one.name == "proof") continue;
        Filling& field = proof.add("GIVEN");
        field.set("NAME", one.name);
        field.set("VALUE", one.value);
    }
}

} // namespace

Frame::Frame(const platform::page::Pages& pages, const platform::session::Visits& visits,
             bool demonstration)
    : pages_{pages}, visits_{visits}, demonstration_{demonstration} {}

Language Frame::language_of(std::string_view path) {
    return path == "/en" || path.starts_with("/en/") ? Language::English : Language::French;
}

std::string Frame::path(Language language, std::string_view key) const {
    return pages_.say(language, "path." + std::string{key});
}

Response Frame::go(Language language, std::string_view path_key) const {
    return platform::http::see_other(path(language, path_key));
}

Response Frame::show(const Request& request, const Page& page, Filling filling) const {
    const Language language = language_of(request.path);
    const platform::session::Visit visit = visits_.of(request);
    filling.set("LANG", platform::page::tag_of(language));
    filling.set("TITLE", pages_.say(language, page.title));
    filling.set("OTHER_PATH", path(other_than(language), page.path) + page.rest);
    filling.set("FORM_TOKEN", visits_.form_token(visit));
    if (demonstration_) filling.show("DEMONSTRATION");
    if (page.following) filling.show("FOLLOWING");
    if (page.at_risk) filling.show("QUICK_EXIT");
    if (!page.faults.empty()) {
        Filling& errors = filling.add("ERRORS");
        for (const FieldFault& fault : page.faults) {
            const std::string message = said(language, fault);
            Filling& error = errors.add("ERROR");
            error.set("FIELD", fault.field);
            error.set("MESSAGE", message);
            filling.add("ERROR_" + upper_ascii(fault.field)).set("MESSAGE", message);
        }
    }
    constexpr int kUnprocessable = 422;
    Response response{.status = page.faults.empty() ? page.status : kUnprocessable,
                      .body = pages_.render(page.template_name, language, filling)};
    if (visit.fresh) response.cookies.push_back(visits_.cookie(visit));
    return response;
}

std::string Frame::said(Language language, const FieldFault& fault) const {
    const bool counts = fault.most != 0;
    if (counts && fault.name.empty()) {
        return pages_.say(language, fault.word, {{"most", fault.most}});
    }
    if (counts) {
        return pages_.say(language, fault.word, {{"most", fault.most}, {"name", fault.name}});
    }
    if (!fault.name.empty()) return pages_.say(language, fault.word, {{"name", fault.name}});
    return pages_.say(language, fault.word);
}

bool Frame::is_ours(const Request& request) const {
    return visits_.is_ours(visits_.of(request), request.field("jeton"));
}

Response Frame::error(int status, const Request& request) const {
    const Language language = language_of(request.path);
    const bool explained = std::ranges::find(kExplained, status) != kExplained.end();
    const int shown = explained ? status : (status >= 500 ? 500 : 400);
    const std::string key = std::to_string(shown);
    if (request.path.starts_with("/api/")) {
        return platform::http::problem(
            status, "about:blank", pages_.say(Language::English, "error_page.e" + key + ".title"),
            pages_.say(Language::English, "error_page.e" + key + ".text"));
    }
    Filling filling;
    filling.set("LANG", platform::page::tag_of(language));
    filling.set("TITLE", pages_.say(language, "error_page.e" + key + ".title"));
    filling.set("OTHER_PATH", path(other_than(language), "home"));
    filling.set("STATUS", std::to_string(status));
    filling.show("E" + key);
    if (request.challenge) {
        filling.set("SECONDS", std::to_string(request.challenge->wait_seconds));
        Filling& proof = filling.add("PROOF_OF_WORK");
        proof.set("RETURN_TO", request.path);
        proof.set("CHALLENGE", request.challenge->token);
        proof.set("DIFFICULTY", std::to_string(request.challenge->bits));
        const bool posted = request.method == platform::http::Method::Post;
        proof.set("METHOD", posted ? "post" : "get");
        if (posted) give_back(proof, request);
    }
    return {.status = status, .body = pages_.render("error.html", language, filling)};
}

} // namespace site
