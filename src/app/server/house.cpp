#include "app/server/house.hpp"

#include "app/server/embedded.hpp"
#include "engine/extract/extract.hpp"
#include "intake/feed.hpp"
#include "platform/ledger/ledger.hpp"
#include "platform/log/log.hpp"
#include "prevention/web.hpp"
#include "site/leave.hpp"
#include "site/site.hpp"

#include <algorithm>
#include <chrono>

namespace app {
namespace {

using platform::config::Settings;
using platform::http::Access;
using platform::http::Method;
using platform::http::Request;
using platform::http::Response;
using platform::http::Route;
using platform::http::RouteLimits;

unsigned share(const Settings& settings, unsigned parts, unsigned of) {
    const auto all = static_cast<unsigned>(settings.number("database_connections"));
    return std::max(1U, all * parts / of);
}

platform::mail::MailPolicy mail_policy(const Settings& settings) {
    platform::mail::MailPolicy policy;
    policy.smtp_url = settings.text("mail.smtp");
    policy.user = settings.text("mail.user");
    policy.password = settings.text("mail.password");
    policy.from = settings.text("mail.from");
    return policy;
}

/// What FranceConnect gives for the pivot identity, with the used name and the address; its lowest
/// level of assurance is asked for, and more is welcome (Regulation (EU) 910/2014, article 8).
std::unique_ptr<platform::oidc::Provider> provider_of(const Settings& settings) {
    if (settings.text("identity.issuer").empty()) return nullptr;
    return std::make_unique<platform::oidc::Provider>(platform::oidc::ProviderPolicy{
        .issuer = settings.text("identity.issuer"),
        .client_id = settings.text("identity.client_id"),
        .client_secret = settings.text("identity.client_secret"),
        .redirect_uri = public_url_of(settings) + std::string{identity::kReturnPath},
        .scope = "openid given_name family_name preferred_username birthdate gender birthplace "
                 "birthcountry email",
        .level = "eidas1",
        .levels = {"eidas1", "eidas2", "eidas3"},
        .calls_max = std::max(1U, static_cast<unsigned>(settings.number("workers")) / 2)});
}

Response plain(int status, std::string text) {
    return {.status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(text)};
}

} // namespace

UnixSeconds clock_now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

engine::extract::ExtractPolicy extract_policy(const platform::crypto::KeyRing& keys) {
    engine::extract::ExtractPolicy policy;
    const platform::crypto::Digest digest =
        platform::crypto::keyed_digest(keys.pepper(), "card pseudonyms");
    static_assert(sizeof policy.card_key == sizeof digest);
    std::ranges::copy(digest, policy.card_key.begin());
    return policy;
}

std::string public_url_of(const Settings& settings) {
    if (!settings.text("public_url").empty()) return settings.text("public_url");
    return (settings.text("tls.certificate").empty() ? "http://" : "https://") +
           settings.text("listen");
}

House::House(Base& base, const Settings& settings)
    : base_{base}, door_{base.address("maillon_door"), share(settings, 8, 24)},
      follower_{base.address("maillon_follower"), share(settings, 6, 24)},
      engine_{base.address("maillon_engine"), 2},
      operators_{base.address("maillon_operator"), share(settings, 6, 24)},
      pages_{kTemplates, kLocales, kAssets}, visits_{base.keys()},
      frame_{pages_, visits_, !settings.on("production")},
      outbox_{mail_policy(settings), base.keys()}, mails_{pages_, outbox_, public_url_of(settings)},
      vault_{base.data() / "evidence", base.keys(), settings.text("antivirus.clamd")},
      drafts_{door_, base.keys()}, complaint_drafts_{door_, base.keys()},
      reports_{door_, follower_, base.keys(), extract_policy(base.keys()),
               [this](platform::db::Transaction& transaction, const intake::NewReport& report,
                      const std::string& reference, const std::string& code) {
                   mails_.acknowledge(transaction, report, reference, code);
               }},
      follow_up_{door_, follower_, base.keys(), vault_},
      service_{operators_, base.keys(),
               [this](platform::db::Transaction& transaction, const intake::Reached& reached,
                      std::string_view what) { mails_.tell(transaction, reached, what); }},
      provider_{provider_of(settings)}, logins_{door_, base.keys(), frame_, clock_now},
      confirmed_domains_{door_, operators_}, workers_{operators_, 2, metrics_},
      doors_{.frame = frame_,
             .drafts = drafts_,
             .complaint_drafts = complaint_drafts_,
             .logins = logins_,
             .reports = reports_,
             .follow_up = follow_up_,
             .vault = vault_,
             .door = door_,
             .keys = base.keys(),
             .policy = {.public_url = public_url_of(settings),
                        .service = settings.text("service"),
                        .file_bytes_max =
                            static_cast<std::uint64_t>(settings.number("upload.bytes_max")),
                        .files_max = static_cast<unsigned>(settings.number("upload.files_max"))},
             .now = clock_now},
      login_doors_{.frame = frame_,
                   .logins = logins_,
                   .demonstration = settings.on("identity.demonstration"),
                   .provider = provider_.get(),
                   .provider_name = settings.text("identity.name"),
                   .public_url = public_url_of(settings),
                   .now = clock_now},
      leave_to_{settings.text("quick_exit.to")} {}

std::vector<Route> House::operations_routes() {
    std::vector<Route> all;
    all.emplace_back(
        Method::Get, "/healthz", [](const Request&) { return plain(200, "ok\n"); },
        Access::Everyone, "", RouteLimits{.weight = 0});
    all.back().immediate = true;
    all.emplace_back(
        Method::Get, "/readyz",
        [this](const Request&) {
            const platform::db::Lease lease = operators_.take(std::chrono::seconds{2});
            static_cast<void>(platform::ledger::standing(*lease));
            return plain(200, "ready\n");
        },
        Access::Operations, "", RouteLimits{.weight = 0});
    all.emplace_back(
        Method::Get, "/metrics",
        [this](const Request&) {
            return Response{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                            .body = metrics_.text()};
        },
        Access::Operations, "", RouteLimits{.weight = 0});
    return all;
}

std::vector<Route> House::routes() {
    std::vector<Route> all =
        site::routes(frame_, base_.keys().signing().public_key(),
                     [this](site::Language language, site::Filling& filling) {
                         orientation::fill_first_choices(frame_, guide_, language, filling);
                     });
    const auto add = [&](std::vector<Route> more) {
        std::ranges::move(more, std::back_inserter(all));
    };
    add(identity::login_routes(login_doors_));
    add(site::leave_routes(frame_, leave_to_,
                           {intake::forget_follow_up(doors_), intake::forget_complaint(doors_),
                            identity::forget_login(login_doors_)}));
    add(orientation::routes(frame_, guide_));
    add(prevention::check_routes(frame_, confirmed_domains_));
    add(intake::report_routes(doors_));
    add(intake::complaint_entry_routes(doors_));
    add(intake::complaint_routes(doors_));
    add(intake::my_complaints_routes(doors_));
    add(intake::follow_up_routes(doors_));
    add(intake::api_routes(doors_));
    add(operations_routes());
    return all;
}

void House::register_jobs() {
    using platform::db::Transaction;
    using platform::jobs::Outcome;
    constexpr std::chrono::seconds kHeadEvery{60};
    constexpr std::chrono::seconds kSweepEvery{3600};
    outbox_.register_jobs(workers_);
    const auto take_texts = [this](Transaction& transaction, std::string_view owner) {
        intake::take_texts(transaction, base_.keys(), vault_, owner);
    };
    vault_.register_jobs(workers_, take_texts);
    workers_.handle(intake::kTextsJob,
                    [take_texts](Transaction& transaction, std::string_view owner) {
                        take_texts(transaction, owner);
                        return Outcome::Done;
                    });
    workers_.repeat("ledger.head", kHeadEvery, [this](Transaction& transaction, std::string_view) {
        static_cast<void>(platform::ledger::publish_head(transaction.connection(),
                                                         base_.keys().signing(), clock_now()));
        return Outcome::Done;
    });
    workers_.repeat("intake.retention", kSweepEvery, [this](Transaction&, std::string_view) {
        static_cast<void>(service_.erase_expired(clock_now()));
        return Outcome::Done;
    });
    workers_.repeat("intake.sweep", kSweepEvery, [](Transaction& transaction, std::string_view) {
        intake::sweep(transaction);
        return Outcome::Done;
    });
    workers_.repeat("identity.sweep", kSweepEvery, [](Transaction& transaction, std::string_view) {
        identity::sweep(transaction, clock_now());
        return Outcome::Done;
    });
}

} // namespace app
