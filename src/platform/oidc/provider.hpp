// An OpenID Connect provider, seen from a client: the authorisation code flow with PKCE (OpenID
// Connect Core 1.0 §3.1, RFC 7636), UserInfo, and logout (RP-Initiated Logout 1.0). What the
// provider says of itself and its keys are fetched when first needed and kept for an hour; an
// unknown key has them fetched again, once a minute at most.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "platform/oidc/jwt.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::oidc {

struct ProviderPolicy {
    std::string issuer{}; // without '/' at its end, as its discovery document says it
    std::string client_id{};
    std::string client_secret{};
    std::string redirect_uri{};
    std::string scope{};
    std::string level{};               // asked for, as acr_values
    std::vector<std::string> levels{}; // that are enough
    unsigned calls_max =
        4; // at once; beyond, somebody is told to try again: workers have more to do
};

enum class Fault : std::uint8_t {
    Unavailable, // cannot be reached, is busy, or speaks nonsense: it may pass
    Refused,     // the code is not good, or no more
    Unverified,  // what came back does not hold
};
struct Failure {
    Fault fault = Fault::Unavailable;
    std::string_view why; // a word of ours, for the log
};

/// What is made for one login and kept until it comes back.
struct Secrets {
    std::string state;
    std::string nonce;
    std::string verifier; // PKCE
};
[[nodiscard]] Secrets new_secrets();

/// What the browser brought back.
struct Returned {
    std::string code;
    std::optional<std::string> issuer; // RFC 9207
};

struct Identity {
    std::string issuer;
    std::string subject;
    std::vector<Claim> claims;
    std::string id_token; // for the logout
};

class Provider {
public:
    explicit Provider(ProviderPolicy policy);
    ~Provider();
    Provider(const Provider&) = delete;
    Provider& operator=(const Provider&) = delete;

    /// Where the browser goes.
    [[nodiscard]] Result<std::string, Failure> authorization_url(const Secrets& secrets,
                                                                 UnixSeconds now);
    /// Who the code is of: issuer, token, verification, UserInfo. `secrets` are those of the login.
    [[nodiscard]] Result<Identity, Failure> identity_of(const Returned& returned,
                                                        const Secrets& secrets, UnixSeconds now);
    /// Where the browser goes to log out there too; empty when the provider has no such place.
    [[nodiscard]] std::string logout_url(std::string_view id_token, std::string_view return_uri,
                                         std::string_view state, UnixSeconds now);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace platform::oidc
