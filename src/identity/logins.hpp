// Logins: who is behind a request, for the doors that must know. A login lasts 30 minutes after its
// last use and 4 hours at most. Its content is sealed under a key made of the browser's own token,
// so that neither the database nor a backup of it says who logged in.
#pragma once

#include "base/time.hpp"
#include "identity/person.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"
#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "site/frame.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace identity {

using Clock = std::function<UnixSeconds()>;

struct Login {
    platform::crypto::Digest subject{}; // keyed digest of issuer and sub: what to store of a person
    Person person{};
    bool invented = false; // chosen on the screen of the demonstration
    UnixSeconds started_at = 0;
    UnixSeconds ends_at = 0; // at the latest
};

/// A login on its way to the provider and back.
struct Underway {
    std::string nonce{};
    std::string verifier{}; // PKCE (RFC 7636)
    std::string language{}; // "fr", "en"
    std::string return_path{};
};

class Logins {
public:
    Logins(platform::db::Pool& door, const platform::crypto::KeyRing& keys,
           const site::Frame& frame, Clock now);

    /// Of the cookie; nothing when there is none or its time is over. Makes it last.
    [[nodiscard]] std::optional<Login> of(const platform::http::Request& request) const;
    /// Leads to the login page, which comes back to `return_path` (a path of ours, with its query;
    /// anything else leads home).
    [[nodiscard]] platform::http::Response ask(const platform::http::Request& request,
                                               std::string_view return_path) const;
    /// Begins one and ends that of the request: the token is new whatever the browser showed.
    [[nodiscard]] platform::http::SetCookie begin(const platform::http::Request& request,
                                                  const Vouched& vouched) const;
    /// Ends it; the answer should carry forgotten(). Gives the ID token for the provider's own
    /// logout, empty when there is none.
    std::string end(const platform::http::Request& request) const;
    /// The cookie, erased.
    [[nodiscard]] static platform::http::SetCookie forgotten();

    /// Keeps what the way back is checked against, for ten minutes, bound to this browser.
    [[nodiscard]] platform::http::SetCookie send_off(const platform::http::Request& request,
                                                     std::string_view state,
                                                     const Underway& underway) const;
    /// What send_off() kept, once; nothing for another browser, another state or too late.
    [[nodiscard]] std::optional<Underway> take_back(const platform::http::Request& request,
                                                    std::string_view state) const;

private:
    platform::db::Pool& door_;
    const platform::crypto::KeyRing& keys_;
    const site::Frame& frame_;
    Clock now_;
};

/// The job that tidies up: expired logins, and those that never came back.
void sweep(platform::db::Transaction& transaction, UnixSeconds now);

} // namespace identity
