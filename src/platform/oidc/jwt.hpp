// Signed tokens of an identity provider (JWS compact form, RFC 7515; OpenID Connect Core 1.0
// §3.1.3.7 and §5.3.2), verified by cjose. Two algorithms are taken, RS256 and ES256, whatever a
// token says: a key of the provider is never used as a secret (HS256), and an unsigned token is
// none.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace platform::oidc {

constexpr std::size_t kTokenBytesMax = 32 << 10; // an ID token has one or two kilobytes
constexpr UnixSeconds kSkewSeconds = 60;         // between the provider's clock and ours

enum class JwtFault : std::uint8_t {
    Malformed,   // not a token, or a claim that must be there is not
    Algorithm,   // neither RS256 nor ES256, or an extension that we do not know ("crit")
    UnknownKey,  // signed by a key that the set has not: fetch the set again, once
    Signature,   // not of that key
    Issuer,      // of another provider
    Audience,    // for another client
    Time,        // expired, from the future, or made long ago
    Nonce,       // of another login
    AccessToken, // at_hash does not belong to the access token
    Level,       // less assurance than asked for (acr)
    Subject,     // user info of somebody else
};
/// A word for the log.
[[nodiscard]] std::string_view name_of(JwtFault fault);

/// The payload of a token whose signature holds under a key of `key_set` (RFC 7517, JSON).
[[nodiscard]] Result<std::string, JwtFault> verified_payload(std::string_view token,
                                                             std::string_view key_set);

/// What a token is held against.
struct TokenRules {
    std::string issuer;
    std::string client_id;
    std::string nonce;
    std::string access_token;
    std::vector<std::string> levels; // acr values that are enough
    UnixSeconds now = 0;
};

/// The subject that an ID token vouches for.
[[nodiscard]] Result<std::string, JwtFault>
read_id_token(std::string_view token, std::string_view key_set, const TokenRules& rules);

/// A claim with a text: numbers and lists are left out.
struct Claim {
    std::string name;
    std::string value;
};

/// The claims of a UserInfo answer about `subject`: JSON, or a token when `is_signed`.
[[nodiscard]] Result<std::vector<Claim>, JwtFault>
read_user_info(std::string_view body, bool is_signed, std::string_view key_set,
               std::string_view subject, const TokenRules& rules);

} // namespace platform::oidc
