// What a provider says of itself (OpenID Connect Discovery 1.0 §3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace platform::oidc {

struct Metadata {
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string userinfo_endpoint;
    std::string jwks_uri;
    std::string end_session_endpoint; // empty: it has no logout
    bool says_issuer = false;         // answers to the browser carry "iss" (RFC 9207)
};

/// Nothing when the document is not this issuer's or misses an endpoint. Endpoints are https://,
/// or http:// as the issuer.
[[nodiscard]] std::optional<Metadata> metadata_from_json(std::string_view text,
                                                         std::string_view issuer);

/// What the token endpoint gave (OpenID Connect Core §3.1.3.3).
struct Tokens {
    std::string id_token;
    std::string access_token;
};
[[nodiscard]] std::optional<Tokens> tokens_from_json(std::string_view text);

} // namespace platform::oidc
