#include "identity/web/provider_pages.hpp"

#include "identity/web/returning.hpp"
#include "platform/log/log.hpp"
#include "platform/oidc/provider.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace identity::web {
namespace {

using platform::http::Request;
using platform::http::Response;
using platform::oidc::Failure;
using platform::oidc::Fault;
using platform::oidc::Identity;
using site::Filling;
using site::Language;

constexpr std::size_t kClaimBytesMax = 1000; // longer names are in no register
constexpr std::size_t kCodeBytesMax = 4096;

/// Words of the address and, after "error.login_", of the locale.
constexpr std::string_view kExpired = "expired";
constexpr std::string_view kRefused = "refused";
constexpr std::string_view kUnavailable = "unavailable";
constexpr std::string_view kUnverified = "unverified";
constexpr std::array kReasons{kExpired, kRefused, kUnavailable, kUnverified};

std::string_view reason_of(Fault fault) {
    switch (fault) {
    case Fault::Unavailable: return kUnavailable;
    case Fault::Refused: return kExpired; // a code is good once, for a minute
    case Fault::Unverified: return kUnverified;
    }
    return kUnverified;
}

/// A query with one parameter more.
std::string with_reason(std::string query, std::string_view reason) {
    if (reason.empty()) return query;
    query += query.empty() ? "?motif=" : "&motif=";
    query += reason;
    return query;
}

Response failed(const Doors& doors, Language language, std::string_view reason,
                std::string_view back) {
    return platform::http::see_other(doors.frame.path(language, "login_failed") +
                                     with_reason(returning_to(back, doors.frame), reason));
}

Response failed(const Doors& doors, Language language, const Failure& failure,
                std::string_view back) {
    platform::log::warning("login_failed", {{"why", platform::log::Word{failure.why}}});
    return failed(doors, language, reason_of(failure.fault), back);
}

/// The person of the claims; nothing when no name is among them, or something is too long.
std::optional<Person> person_of(const Identity& identity) {
    Person person;
    struct Field {
        std::string_view name;
        std::string Person::* value;
    };
    constexpr Field kFields[] = {{"given_name", &Person::given_name},
                                 {"family_name", &Person::family_name},
                                 {"preferred_username", &Person::preferred_username},
                                 {"birthdate", &Person::birthdate},
                                 {"gender", &Person::gender},
                                 {"birthplace", &Person::birthplace},
                                 {"birthcountry", &Person::birthcountry},
                                 {"email", &Person::email}};
    for (const platform::oidc::Claim& claim : identity.claims) {
        const auto* const field = std::ranges::find(kFields, claim.name, &Field::name);
        if (field == std::end(kFields)) continue;
        if (claim.value.size() > kClaimBytesMax) return std::nullopt;
        person.*(field->value) = claim.value;
    }
    if (person.given_name.empty() && person.family_name.empty()) return std::nullopt;
    return person;
}

Language language_named(std::string_view tag) {
    return tag == platform::page::tag_of(Language::English) ? Language::English : Language::French;
}

std::optional<platform::oidc::Returned> returned_by(const Request& request) {
    const std::optional<std::string_view> code = request.parameter("code");
    if (!code || code->empty() || code->size() > kCodeBytesMax) return std::nullopt;
    platform::oidc::Returned out{.code = std::string{*code}, .issuer = {}};
    if (const auto issuer = request.parameter("iss")) out.issuer = std::string{*issuer};
    return out;
}

/// The person chose "cancel" there, or the provider has an error of its own.
Response came_back_without(const Doors& doors, const Request& request, const Underway& underway,
                           Language language) {
    const bool refused =
        request.parameter("error") == std::optional<std::string_view>{"access_denied"};
    if (refused) return failed(doors, language, kRefused, underway.return_path);
    return failed(doors, language, Failure{.fault = Fault::Unavailable, .why = "returned_error"},
                  underway.return_path);
}

} // namespace

Response go(const Doors& doors, const Request& request) {
    const Language language = site::Frame::language_of(request.path);
    const std::string back = return_path_of(request, doors.frame);
    const platform::oidc::Secrets secrets = platform::oidc::new_secrets();
    const Result<std::string, Failure> url =
        doors.provider->authorization_url(secrets, doors.now());
    if (!url) return failed(doors, language, url.error(), back);
    Response response = platform::http::see_other(*url);
    response.cookies.push_back(
        doors.logins.send_off(request, secrets.state,
                              {.nonce = secrets.nonce,
                               .verifier = secrets.verifier,
                               .language = std::string{platform::page::tag_of(language)},
                               .return_path = back}));
    return response;
}

Response come_back(const Doors& doors, const Request& request) {
    const std::optional<std::string_view> state = request.parameter("state");
    const std::optional<Underway> underway =
        state ? doors.logins.take_back(request, *state) : std::optional<Underway>{};
    if (!underway) {
        return failed(doors, Language::French, kExpired,
                      doors.frame.path(Language::French, "home"));
    }
    const Language language = language_named(underway->language);
    const std::optional<platform::oidc::Returned> returned = returned_by(request);
    if (!returned) return came_back_without(doors, request, *underway, language);
    const Result<Identity, Failure> identity = doors.provider->identity_of(
        *returned,
        {.state = std::string{*state}, .nonce = underway->nonce, .verifier = underway->verifier},
        doors.now());
    if (!identity) return failed(doors, language, identity.error(), underway->return_path);
    const std::optional<Person> person = person_of(*identity);
    if (!person) {
        return failed(doors, language, Failure{.fault = Fault::Unverified, .why = "no_name"},
                      underway->return_path);
    }
    Response response = platform::http::see_other(underway->return_path);
    response.cookies.push_back(doors.logins.begin(request, {.issuer = identity->issuer,
                                                            .sub = identity->subject,
                                                            .person = *person,
                                                            .id_token = identity->id_token}));
    return response;
}

Response show_failed(const Doors& doors, const Request& request) {
    const Language language = site::Frame::language_of(request.path);
    const std::string back = return_path_of(request, doors.frame);
    const std::optional<std::string_view> said = request.parameter("motif");
    const auto* const known = std::ranges::find(kReasons, said ? *said : kUnverified);
    const std::string reason{known == kReasons.end() ? kUnverified : *known};
    Filling filling;
    filling.set("REASON", doors.frame.pages().say(language, "error.login_" + reason));
    filling.set("AGAIN", doors.frame.path(language, "login") + returning_to(back, doors.frame));
    return doors.frame.show(
        request,
        {.template_name = "login_failed.html",
         .path = "login_failed",
         .title = "title.login_failed",
         .rest = with_reason(returning_to(back, doors.frame), said ? reason : "")},
        std::move(filling));
}

std::string provider_logout(const Doors& doors, std::string_view id_token, Language language) {
    if (id_token.empty() || doors.provider == nullptr) return {};
    const std::string state =
        std::string{platform::page::tag_of(language)} + "." + platform::oidc::new_secrets().state;
    return doors.provider->logout_url(
        id_token, doors.public_url + doors.frame.path(Language::French, "logout"), state,
        doors.now());
}

Language language_of_state(std::string_view state) {
    return language_named(state.substr(0, state.find('.')));
}

} // namespace identity::web
