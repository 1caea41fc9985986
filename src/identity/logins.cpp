#include "identity/logins.hpp"

#include "base/check.hpp"
#include "identity/local_path.hpp"
#include "identity/queries.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace identity {
namespace {

using platform::crypto::Digest;
using platform::crypto::KeyRing;
using platform::crypto::SecretKey;
using platform::db::Lease;
using platform::db::Rows;
using platform::db::Transaction;
using platform::db::Value;
using platform::http::Request;
using platform::http::SetCookie;

constexpr std::string_view kCookie = "identite";
constexpr std::string_view kUnderwayCookie = "connexion";
constexpr UnixSeconds kIdleSeconds = 30 * 60;     // a shared telephone is put down
constexpr UnixSeconds kWholeSeconds = 4 * 3600;   // the longest complaint, with its evidence
constexpr UnixSeconds kUnderwaySeconds = 10 * 60; // a forgotten password at the provider
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kTokenCharacters = 43; // in base64url

std::string new_token() {
    return platform::crypto::to_base64url(platform::crypto::random_bytes(kTokenBytes));
}

/// What the browser sent, when it can be one of ours.
std::optional<std::string> token_of(const Request& request, std::string_view cookie) {
    const std::optional<std::string_view> token = request.cookie(cookie);
    if (!token || token->size() != kTokenCharacters) return std::nullopt;
    return std::string{*token};
}

Digest keyed(const KeyRing& keys, std::string_view use, std::string_view secret) {
    std::string message{use};
    message += '\n';
    message += secret;
    return platform::crypto::keyed_digest(keys.pepper(), message);
}

/// The place of a row.
Value place_of(const KeyRing& keys, std::string_view use, std::string_view secret) {
    const Digest digest = keyed(keys, std::string{use} + " place", secret);
    return Value::bytes(platform::crypto::as_text(digest));
}

SecretKey key_of(const KeyRing& keys, std::string_view use, std::string_view secret) {
    const Digest digest = keyed(keys, std::string{use} + " key", secret);
    std::optional<SecretKey> key = SecretKey::from_bytes(platform::crypto::as_text(digest));
    check(key.has_value(), "a digest has the size of a key");
    return std::move(*key);
}

constexpr std::string_view kSessionUse = "identity session";
constexpr std::string_view kUnderwayUse = "identity request";

/// The fields of a value by name, for writing and reading alike.
template <class One, class Visit>
void each_field(One& person, Visit visit)
    requires std::same_as<std::remove_const_t<One>, Person>
{
    visit("given_name", person.given_name);
    visit("family_name", person.family_name);
    visit("preferred_username", person.preferred_username);
    visit("birthdate", person.birthdate);
    visit("gender", person.gender);
    visit("birthplace", person.birthplace);
    visit("birthcountry", person.birthcountry);
    visit("email", person.email);
}
template <class One, class Visit>
void each_field(One& underway, Visit visit)
    requires std::same_as<std::remove_const_t<One>, Underway>
{
    visit("nonce", underway.nonce);
    visit("verifier", underway.verifier);
    visit("language", underway.language);
    visit("return_path", underway.return_path);
}

template <class One> nlohmann::json written(const One& one) {
    nlohmann::json out;
    each_field(one, [&](const char* name, const std::string& value) { out[name] = value; });
    return out;
}

template <class One> One read(const nlohmann::json& json) {
    One out;
    each_field(out, [&](const char* name, std::string& value) {
        value = json.at(name).get<std::string>();
    });
    return out;
}

std::string sealed(const KeyRing& keys, std::string_view use, std::string_view secret,
                   const nlohmann::json& content) {
    return platform::crypto::seal(
        key_of(keys, use, secret),
        content.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), use);
}

nlohmann::json opened(const KeyRing& keys, std::string_view use, std::string_view secret,
                      std::string_view content) {
    const std::optional<std::string> plain =
        platform::crypto::open(key_of(keys, use, secret), content, use);
    check(plain.has_value(), "what is found by a secret opens with it");
    return nlohmann::json::parse(*plain);
}

} // namespace

std::string shown_name(const Person& person) {
    return person.given_name + " " +
           (person.preferred_username.empty() ? person.family_name : person.preferred_username);
}

Logins::Logins(platform::db::Pool& door, const KeyRing& keys, const site::Frame& frame, Clock now)
    : door_{door}, keys_{keys}, frame_{frame}, now_{std::move(now)} {}

std::optional<Login> Logins::of(const Request& request) const {
    const std::optional<std::string> token = token_of(request, kCookie);
    if (!token) return std::nullopt;
    const UnixSeconds now = now_();
    const Lease lease = door_.take();
    const Rows rows =
        lease->run(sql::kUseSession, {place_of(keys_, kSessionUse, *token), Value::time(now),
                                      Value::time(now + kIdleSeconds)});
    if (rows.empty()) return std::nullopt;
    const nlohmann::json content = opened(keys_, kSessionUse, *token, rows[0].bytes(0));
    const std::optional<std::string> subject =
        platform::crypto::from_hex(content.at("subject").get<std::string>());
    Login login{.person = read<Person>(content.at("person")),
                .invented = content.at("invented").get<bool>(),
                .started_at = rows[0].time(1),
                .ends_at = rows[0].time(2)};
    check(subject && subject->size() == login.subject.size(), "a subject is a digest");
    std::ranges::copy(*subject, login.subject.begin());
    return login;
}

platform::http::Response Logins::ask(const Request& request, std::string_view return_path) const {
    const site::Language language = site::Frame::language_of(request.path);
    const std::string back = local_path_or(return_path, frame_.path(language, "home"));
    return platform::http::see_other(frame_.path(language, "login") +
                                     "?retour=" + platform::http::percent_encoded(back));
}

SetCookie Logins::begin(const Request& request, const Vouched& vouched) const {
    static_cast<void>(end(request));
    const std::string token = new_token();
    const Digest subject = keyed(keys_, "identity subject", vouched.issuer + '\n' + vouched.sub);
    const nlohmann::json content{{"subject", platform::crypto::to_hex(subject)},
                                 {"person", written(vouched.person)},
                                 {"invented", vouched.issuer == kDemonstration},
                                 {"id_token", vouched.id_token}};
    const UnixSeconds now = now_();
    const Lease lease = door_.take();
    lease->run(sql::kInsertSession,
               {place_of(keys_, kSessionUse, token),
                Value::bytes(sealed(keys_, kSessionUse, token, content)), Value::time(now),
                Value::time(now + kIdleSeconds), Value::time(now + kWholeSeconds)});
    return {.name = std::string{kCookie}, .value = token};
}

std::string Logins::end(const Request& request) const {
    const std::optional<std::string> token = token_of(request, kCookie);
    if (!token) return {};
    const Lease lease = door_.take();
    const Rows rows = lease->run(sql::kDeleteSession, {place_of(keys_, kSessionUse, *token)});
    if (rows.empty()) return {};
    return opened(keys_, kSessionUse, *token, rows[0].bytes(0)).at("id_token").get<std::string>();
}

SetCookie Logins::forgotten() {
    return {.name = std::string{kCookie}, .value = "", .seconds_max = 0};
}

SetCookie Logins::send_off(const Request& request, std::string_view state,
                           const Underway& underway) const {
    // Kept when there is one, so that two tabs may log in side by side.
    const std::optional<std::string> known = token_of(request, kUnderwayCookie);
    const std::string browser = known ? *known : new_token();
    const std::string secret = browser + '\n' + std::string{state};
    const Lease lease = door_.take();
    lease->run(sql::kInsertRequest,
               {place_of(keys_, kUnderwayUse, secret),
                Value::bytes(sealed(keys_, kUnderwayUse, secret, written(underway))),
                Value::time(now_() + kUnderwaySeconds)});
    return {
        .name = std::string{kUnderwayCookie}, .value = browser, .seconds_max = kUnderwaySeconds};
}

std::optional<Underway> Logins::take_back(const Request& request, std::string_view state) const {
    const std::optional<std::string> browser = token_of(request, kUnderwayCookie);
    if (!browser || state.size() != kTokenCharacters) return std::nullopt;
    const std::string secret = *browser + '\n' + std::string{state};
    const Lease lease = door_.take();
    const Rows rows =
        lease->run(sql::kTakeRequest, {place_of(keys_, kUnderwayUse, secret), Value::time(now_())});
    if (rows.empty() || !rows[0].boolean(1)) return std::nullopt;
    return read<Underway>(opened(keys_, kUnderwayUse, secret, rows[0].bytes(0)));
}

void sweep(Transaction& transaction, UnixSeconds now) {
    transaction.run(sql::kDeleteExpired, {Value::time(now)});
}

} // namespace identity
