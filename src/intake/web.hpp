// The doors of the public: the report and the complaint, page by page; the follow-up spaces; the
// interface for professional accounts. Each gives its routes.
#pragma once

#include "base/time.hpp"
#include "identity/logins.hpp"
#include "intake/complaint_drafts.hpp"
#include "intake/draft.hpp"
#include "intake/follow_up.hpp"
#include "intake/reports.hpp"
#include "platform/http/route.hpp"
#include "platform/vault/vault.hpp"
#include "site/frame.hpp"
#include "site/leave.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace intake {

using Clock = std::function<UnixSeconds()>;

struct DoorPolicy {
    std::string public_url; // "https://signaler.example": links in mails and papers
    std::string service;    // name on papers
    std::uint64_t file_bytes_max = 10'000'000;
    unsigned files_max = 20; // of one declaration
};

/// What the doors work with. Outlives their routes.
struct Doors {
    const site::Frame& frame;
    Drafts& drafts;
    ComplaintDrafts& complaint_drafts;
    const identity::Logins& logins;
    Reports& reports;
    FollowUp& follow_up;
    platform::vault::Vault& vault;
    platform::db::Pool& door;
    const platform::crypto::KeyRing& keys;
    DoorPolicy policy;
    Clock now;
};

[[nodiscard]] std::vector<platform::http::Route> report_routes(const Doors& doors);
/// Before the complaint: what the law takes online, login, a draft begun or found again.
[[nodiscard]] std::vector<platform::http::Route> complaint_entry_routes(const Doors& doors);
/// For the quick exit: the visit works on no draft of a complaint any more.
[[nodiscard]] site::Forget forget_complaint(const Doors& doors);
/// Its pages, to the acknowledgement.
[[nodiscard]] std::vector<platform::http::Route> complaint_routes(const Doors& doors);
/// The complaints of who signed in.
[[nodiscard]] std::vector<platform::http::Route> my_complaints_routes(const Doors& doors);
[[nodiscard]] std::vector<platform::http::Route> follow_up_routes(const Doors& doors);
[[nodiscard]] std::vector<platform::http::Route> api_routes(const Doors& doors);
/// Ends the session of the follow-up space, for who leaves at once.
[[nodiscard]] site::Forget forget_follow_up(const Doors& doors);

} // namespace intake
