#include "platform/oidc/jwt.hpp"

#include "platform/crypto/bytes.hpp"

#include <algorithm>
#include <cjose/cjose.h>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

namespace platform::oidc {
namespace {

using nlohmann::json;

constexpr std::size_t kKeysMax = 50;           // a provider has two or three, some more in rotation
constexpr std::size_t kRsaBitsMin = 2048;      // RFC 7518 §3.3
constexpr UnixSeconds kIssuedAgoMax = 10 * 60; // the token is made while we ask for it
constexpr std::int64_t kLatest = 253402300799; // year 9999: beyond, a number is no time

struct Release {
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
    void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
    void operator()(char* text) const { std::free(text); }
};
using Jws = std::unique_ptr<cjose_jws_t, Release>;
using Jwk = std::unique_ptr<cjose_jwk_t, Release>;

/// RFC 4648 §5 without padding. cjose is given nothing else: a '=' inside a text ends the program
/// in its assert() (found by fuzz/jwt_fuzz.cpp with 0.6.2.1).
bool is_base64url(std::string_view text) {
    const bool whole = !text.empty() && text.size() % 4 != 1;
    return whole && std::ranges::all_of(text, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_';
           });
}

/// Header, payload and signature, none of them empty.
bool is_compact(std::string_view token) {
    const std::size_t first = token.find('.');
    const std::size_t last = token.rfind('.');
    return first != last && is_base64url(token.substr(0, first)) &&
           is_base64url(token.substr(first + 1, last - first - 1)) &&
           is_base64url(token.substr(last + 1));
}

/// A header parameter that is a text; nothing when it is absent or something else.
std::optional<std::string> header_text(cjose_header_t* header, const char* name) {
    cjose_err error{};
    const char* const value = cjose_header_get(header, name, &error);
    return value == nullptr ? std::nullopt : std::optional<std::string>{value};
}

bool has_header(cjose_header_t* header, const char* name) {
    cjose_err error{};
    const std::unique_ptr<char, Release> raw{cjose_header_get_raw(header, name, &error)};
    return raw != nullptr;
}

/// Whether the key may have made a signature by this algorithm (RFC 7518 §3.1).
bool fits(const cjose_jwk_t* key, std::string_view algorithm) {
    cjose_err error{};
    const cjose_jwk_kty_t type = cjose_jwk_get_kty(key, &error);
    if (algorithm == "RS256") {
        return type == CJOSE_JWK_KTY_RSA && cjose_jwk_get_keysize(key, &error) >= kRsaBitsMin;
    }
    return algorithm == "ES256" && type == CJOSE_JWK_KTY_EC &&
           cjose_jwk_EC_get_curve(key, &error) == CJOSE_JWK_EC_P_256;
}

bool says(const json& object, const char* name, std::string_view value) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() &&
           found->get_ref<const std::string&>() == value;
}

/// The public part of a key (RFC 7518 §6), nothing else of it; nothing when it is no RSA or EC key.
std::optional<std::string> public_part(const json& key) {
    json out;
    const auto take = [&](const char* name) {
        const auto found = key.find(name);
        if (found == key.end() || !found->is_string()) return false;
        out[name] = *found;
        return is_base64url(found->get_ref<const std::string&>());
    };
    bool whole = false;
    if (says(key, "kty", "RSA")) {
        whole = take("n") && take("e");
    } else if (says(key, "kty", "EC") && says(key, "crv", "P-256")) {
        out["crv"] = "P-256";
        whole = take("x") && take("y");
    }
    if (!whole) return std::nullopt;
    out["kty"] = key.at("kty");
    return out.dump();
}

/// The keys of the set that a token with this header may be signed with.
std::vector<Jwk> keys_for(std::string_view key_set, std::string_view algorithm,
                          const std::optional<std::string>& key_id) {
    std::vector<Jwk> out;
    const json set = json::parse(key_set, nullptr, false);
    if (!set.is_object() || !set.contains("keys") || !set["keys"].is_array()) return out;
    const json& keys = set["keys"];
    for (std::size_t i = 0; i < std::min(keys.size(), kKeysMax); ++i) {
        const json& one = keys[i];
        if (!one.is_object() || (key_id && !says(one, "kid", *key_id))) continue;
        if (one.contains("use") && !says(one, "use", "sig")) continue;
        if (one.contains("alg") && !says(one, "alg", algorithm)) continue;
        const std::optional<std::string> text = public_part(one);
        if (!text) continue;
        cjose_err error{};
        Jwk key{cjose_jwk_import(text->data(), text->size(), &error)};
        if (key && fits(key.get(), algorithm)) out.push_back(std::move(key));
    }
    return out;
}

json object_of(std::string_view text) {
    json out = json::parse(text, nullptr, false);
    return out.is_object() ? out : json{};
}

std::optional<UnixSeconds> time_of(const json& claims, const char* name) {
    const auto found = claims.find(name);
    if (found == claims.end() || !found->is_number()) return std::nullopt;
    const auto value = found->get<double>();
    if (!(value >= 0 && value <= static_cast<double>(kLatest))) return std::nullopt;
    return static_cast<UnixSeconds>(value);
}

/// The client is the audience, and the one the token was given to (OpenID Connect Core §3.1.3.7).
bool is_for(const json& claims, const std::string& client_id) {
    const auto audience = claims.find("aud");
    if (audience == claims.end()) return false;
    const bool several = audience->is_array() && audience->size() > 1;
    const bool named = audience->is_string()
                           ? says(claims, "aud", client_id)
                           : audience->is_array() &&
                                 std::ranges::find(*audience, json(client_id)) != audience->end();
    if (!named) return false;
    return claims.contains("azp") ? says(claims, "azp", client_id) : !several;
}

std::optional<JwtFault> wrong_time(const json& claims, UnixSeconds now) {
    const std::optional<UnixSeconds> expiry = time_of(claims, "exp");
    const std::optional<UnixSeconds> issued = time_of(claims, "iat");
    if (!expiry || !issued) return JwtFault::Malformed;
    const bool begun =
        !claims.contains("nbf") || time_of(claims, "nbf").value_or(kLatest) <= now + kSkewSeconds;
    const bool fresh = *issued <= now + kSkewSeconds && *issued >= now - kIssuedAgoMax;
    if (*expiry <= now - kSkewSeconds || !fresh || !begun) return JwtFault::Time;
    return std::nullopt;
}

/// at_hash: the left half of the access token's digest (OpenID Connect Core §3.1.3.6).
bool belongs(const json& claims, std::string_view access_token) {
    if (!claims.contains("at_hash")) return true;
    const crypto::Digest digest = crypto::sha256(access_token);
    return says(claims, "at_hash",
                crypto::to_base64url(crypto::as_text(digest).substr(0, digest.size() / 2)));
}

std::optional<std::string> subject_of(const json& claims) {
    const auto found = claims.find("sub");
    if (found == claims.end() || !found->is_string()) return std::nullopt;
    std::string subject = found->get<std::string>();
    constexpr std::size_t kBytesMax = 255; // OpenID Connect Core §2
    if (subject.empty() || subject.size() > kBytesMax) return std::nullopt;
    return subject;
}

} // namespace

std::string_view name_of(JwtFault fault) {
    switch (fault) {
    case JwtFault::Malformed: return "malformed";
    case JwtFault::Algorithm: return "algorithm";
    case JwtFault::UnknownKey: return "unknown_key";
    case JwtFault::Signature: return "signature";
    case JwtFault::Issuer: return "issuer";
    case JwtFault::Audience: return "audience";
    case JwtFault::Time: return "time";
    case JwtFault::Nonce: return "nonce";
    case JwtFault::AccessToken: return "access_token";
    case JwtFault::Level: return "level";
    case JwtFault::Subject: return "subject";
    }
    return "malformed";
}

Result<std::string, JwtFault> verified_payload(std::string_view token, std::string_view key_set) {
    if (token.size() > kTokenBytesMax || !is_compact(token)) return refuse(JwtFault::Malformed);
    cjose_err error{};
    const Jws jws{cjose_jws_import(token.data(), token.size(), &error)};
    if (!jws) return refuse(JwtFault::Malformed);
    cjose_header_t* const header = cjose_jws_get_protected(jws.get());
    const std::optional<std::string> algorithm = header_text(header, "alg");
    if (!algorithm || (*algorithm != "RS256" && *algorithm != "ES256") ||
        has_header(header, "crit")) {
        return refuse(JwtFault::Algorithm);
    }
    const std::vector<Jwk> keys = keys_for(key_set, *algorithm, header_text(header, "kid"));
    if (keys.empty()) return refuse(JwtFault::UnknownKey);
    const bool holds = std::ranges::any_of(
        keys, [&](const Jwk& key) { return cjose_jws_verify(jws.get(), key.get(), &error); });
    if (!holds) return refuse(JwtFault::Signature);
    std::uint8_t* bytes = nullptr;
    std::size_t size = 0;
    if (!cjose_jws_get_plaintext(jws.get(), &bytes, &size, &error)) {
        return refuse(JwtFault::Malformed);
    }
    return std::string{reinterpret_cast<const char*>(bytes), size};
}

Result<std::string, JwtFault> read_id_token(std::string_view token, std::string_view key_set,
                                            const TokenRules& rules) {
    const Result<std::string, JwtFault> payload = verified_payload(token, key_set);
    if (!payload) return refuse(payload.error());
    const json claims = object_of(*payload);
    if (!claims.is_object()) return refuse(JwtFault::Malformed);
    if (!says(claims, "iss", rules.issuer)) return refuse(JwtFault::Issuer);
    if (!is_for(claims, rules.client_id)) return refuse(JwtFault::Audience);
    if (const std::optional<JwtFault> fault = wrong_time(claims, rules.now)) return refuse(*fault);
    if (rules.nonce.empty() || !says(claims, "nonce", rules.nonce)) return refuse(JwtFault::Nonce);
    if (!belongs(claims, rules.access_token)) return refuse(JwtFault::AccessToken);
    const bool enough = std::ranges::any_of(
        rules.levels, [&](const std::string& level) { return says(claims, "acr", level); });
    if (!enough) return refuse(JwtFault::Level);
    std::optional<std::string> subject = subject_of(claims);
    if (!subject) return refuse(JwtFault::Malformed);
    return std::move(*subject);
}

Result<std::vector<Claim>, JwtFault> read_user_info(std::string_view body, bool is_signed,
                                                    std::string_view key_set,
                                                    std::string_view subject,
                                                    const TokenRules& rules) {
    std::string payload{body};
    if (is_signed) {
        Result<std::string, JwtFault> verified = verified_payload(body, key_set);
        if (!verified) return refuse(verified.error());
        payload = std::move(*verified);
    }
    const json claims = object_of(payload);
    if (!claims.is_object()) return refuse(JwtFault::Malformed);
    if (is_signed) {
        if (!says(claims, "iss", rules.issuer)) return refuse(JwtFault::Issuer);
        if (!is_for(claims, rules.client_id)) return refuse(JwtFault::Audience);
        const bool ends = claims.contains("exp");
        if (ends && time_of(claims, "exp").value_or(0) <= rules.now - kSkewSeconds) {
            return refuse(JwtFault::Time);
        }
    }
    if (!says(claims, "sub", subject)) return refuse(JwtFault::Subject);
    std::vector<Claim> out;
    for (const auto& [name, value] : claims.items()) {
        if (value.is_string()) out.push_back({.name = name, .value = value.get<std::string>()});
    }
    return out;
}

} // namespace platform::oidc
