// Who works on which draft of a complaint. A draft is read by the person who signed in, or for half
// an hour by a visit that gave its code. A form that comes when the login is over is written all
// the same, into the draft that this visit had open, and read only after signing in again (ADR
// 0037).
#pragma once

#include "identity/logins.hpp"
#include "intake/complaint_drafts.hpp"
#include "intake/web.hpp"
#include "platform/http/request.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace intake::web {

struct Access {
    ComplaintDrafts::Kept kept{};
    bool reads = false;     // else: what was typed may be written, nothing shown
    bool signed_in = false; // as the person of the draft
};

class ComplaintAccess {
public:
    explicit ComplaintAccess(const Doors& doors) : doors_{doors} {}

    /// The draft of the request; nothing when there is none for whoever asks.
    [[nodiscard]] std::optional<Access> of(const platform::http::Request& request) const;
    [[nodiscard]] std::optional<identity::Login>
    login(const platform::http::Request& request) const;

    /// To the login page, and back to `page` (a key of paths).
    [[nodiscard]] platform::http::Response ask_login(const platform::http::Request& request,
                                                     std::string_view page) const;
    /// To the first page of the draft that is not answered.
    [[nodiscard]] platform::http::Response go_on(const platform::http::Request& request,
                                                 const ComplaintDraft& draft) const;

private:
    [[nodiscard]] std::optional<Access> of_person(const platform::http::Request& request,
                                                  const identity::Login& login) const;
    const Doors& doors_;
};

[[nodiscard]] std::string subject_text(const identity::Login& login);

} // namespace intake::web
