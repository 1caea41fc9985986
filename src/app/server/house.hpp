// Everything put together, once: the only place that knows every module of the server.
#pragma once

#include "app/server/base.hpp"
#include "engine/extract/extract.hpp"
#include "identity/web.hpp"
#include "intake/mails.hpp"
#include "intake/web.hpp"
#include "orientation/orientation.hpp"
#include "platform/http/route.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/mail.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/oidc/provider.hpp"
#include "platform/page/page.hpp"
#include "platform/session/visits.hpp"
#include "platform/vault/vault.hpp"
#include "prevention/confirmed_domains.hpp"
#include "site/frame.hpp"

#include <memory>
#include <string>
#include <vector>

namespace app {

class House {
public:
    House(Base& base, const platform::config::Settings& settings);
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    [[nodiscard]] std::vector<platform::http::Route> routes();
    [[nodiscard]] intake::Reports& reports() { return reports_; }
    [[nodiscard]] intake::Service& service() { return service_; }
    [[nodiscard]] prevention::ConfirmedDomains& confirmed_domains() { return confirmed_domains_; }
    [[nodiscard]] platform::jobs::Workers& workers() { return workers_; }
    [[nodiscard]] platform::metrics::Metrics& metrics() { return metrics_; }
    [[nodiscard]] const site::Frame& frame() const { return frame_; }
    [[nodiscard]] platform::db::Pool& engine_pool() { return engine_; }
    [[nodiscard]] platform::db::Pool& operator_pool() { return operators_; }
    /// Registers all jobs; before workers().start().
    void register_jobs();

private:
    [[nodiscard]] std::vector<platform::http::Route> operations_routes();

    Base& base_;
    platform::metrics::Metrics metrics_;
    platform::db::Pool door_;
    platform::db::Pool follower_;
    platform::db::Pool engine_;
    platform::db::Pool operators_;
    platform::page::Pages pages_;
    platform::session::Visits visits_;
    site::Frame frame_;
    platform::mail::Outbox outbox_;
    intake::Mails mails_;
    platform::vault::Vault vault_;
    intake::Drafts drafts_;
    intake::ComplaintDrafts complaint_drafts_;
    intake::Reports reports_;
    intake::FollowUp follow_up_;
    intake::Service service_;
    std::unique_ptr<platform::oidc::Provider> provider_; // nothing: none is set up
    identity::Logins logins_;
    prevention::ConfirmedDomains confirmed_domains_;
    platform::jobs::Workers workers_;
    intake::Doors doors_;
    identity::Doors login_doors_;
    orientation::Guide guide_;
    std::string leave_to_; // where the quick exit leads
};

/// The one clock of the server.
[[nodiscard]] UnixSeconds clock_now();
/// Cards are known by a pseudonym under a key of the ring.
[[nodiscard]] engine::extract::ExtractPolicy extract_policy(const platform::crypto::KeyRing& keys);

/// The address that people type.
[[nodiscard]] std::string public_url_of(const platform::config::Settings& settings);

} // namespace app
