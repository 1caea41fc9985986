// A visit: a random cookie that names nobody and ends with the browser, and the form tokens tied to
// it (OWASP "signed double submit"). The token looks different in every page, so that its bytes
// cannot be guessed from the size of compressed answers.
#pragma once

#include "platform/crypto/keys.hpp"
#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

#include <string>
#include <string_view>

namespace platform::session {

struct Visit {
    std::string id;     // 128 bits, base64url
    bool fresh = false; // the browser has no cookie yet: the answer must set it
};

class Visits {
public:
    explicit Visits(const crypto::KeyRing& keys) : keys_{keys} {}

    /// Of the cookie, or a new one.
    [[nodiscard]] Visit of(const http::Request& request) const;
    [[nodiscard]] Visit begin() const;
    [[nodiscard]] http::SetCookie cookie(const Visit& visit) const;
    /// Ends the visit in the browser.
    [[nodiscard]] static http::SetCookie forgotten();
    /// For the hidden field of a form.
    [[nodiscard]] std::string form_token(const Visit& visit) const;
    /// The form came from a page of this visit.
    [[nodiscard]] bool is_ours(const Visit& visit, std::string_view token) const;

private:
    [[nodiscard]] std::string secret_of(const Visit& visit) const;
    const crypto::KeyRing& keys_;
};

} // namespace platform::session
