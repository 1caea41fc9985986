#include "prevention/confirmed_domains.hpp"

#include "engine/normalise/web.hpp"
#include "engine/priors/priors.hpp"
#include "prevention/queries.hpp"

namespace prevention {
namespace {

using engine::priors::Known;
using engine::record::IdentifierType;

Result<std::string, DomainRefusal> domain_of(std::string_view written) {
    const auto url = engine::normalise::parse_url(written);
    const auto host = engine::normalise::parse_domain(url ? url->host : std::string{written});
    if (!host) return refuse(DomainRefusal::NotADomain);
    return engine::normalise::registrable_domain(*host);
}

bool is_shared(std::string_view domain) {
    switch (engine::priors::known(IdentifierType::Domain, domain)) {
    case Known::LinkShortener:
    case Known::LinkPage:
    case Known::Hosting:
    case Known::MailProvider:
    case Known::DisposableMail: return true;
    case Known::No:
    case Known::PublicService:
    case Known::Bank:
    case Known::PaymentProvider:
    case Known::CryptoExchange:
    case Known::Marketplace:
    case Known::Shop:
    case Known::Travel:
    case Known::Dating:
    case Known::SocialNetwork:
    case Known::Messaging:
    case Known::Carrier:
    case Known::Telecom:
    case Known::Energy:
    case Known::Insurer:
    case Known::Helpline:
    case Known::Technology:
    case Known::Mailer:
    case Known::TokenContract:
    case Known::PrivateAddress: return false;
    }
    return false;
}

} // namespace

std::vector<std::string> ConfirmedDomains::among(std::span<const std::string> domains) const {
    if (domains.empty()) return {};
    std::string asked;
    for (const std::string& domain : domains) {
        if (!asked.empty()) asked += '\n';
        asked += domain;
    }
    const platform::db::Lease lease = door_.take();
    const platform::db::Rows rows = lease->run(sql::kConfirmedAmong, {asked});
    std::vector<std::string> confirmed;
    for (int row = 0; row < rows.size(); ++row) confirmed.emplace_back(rows[row].text(0));
    return confirmed;
}

Result<std::string, DomainRefusal> ConfirmedDomains::confirm(std::string_view written,
                                                             std::string_view actor,
                                                             std::string_view reason) {
    Result<std::string, DomainRefusal> domain = domain_of(written);
    if (!domain) return domain;
    if (domain->find('.') == std::string::npos || is_shared(*domain)) {
        return refuse(DomainRefusal::Shared);
    }
    if (engine::priors::known(IdentifierType::Domain, *domain) != Known::No) {
        return refuse(DomainRefusal::KnownBody);
    }
    if (!decide("confirmed", *domain, actor, reason)) return refuse(DomainRefusal::AlreadyStands);
    return domain;
}

Result<std::string, DomainRefusal> ConfirmedDomains::withdraw(std::string_view written,
                                                              std::string_view actor,
                                                              std::string_view reason) {
    Result<std::string, DomainRefusal> domain = domain_of(written);
    if (!domain) return domain;
    if (!decide("withdrawn", *domain, actor, reason)) return refuse(DomainRefusal::AlreadyStands);
    return domain;
}

std::vector<Confirmed> ConfirmedDomains::standing() const {
    const platform::db::Lease lease = operators_.take();
    const platform::db::Rows rows = lease->run(sql::kStandingDecisions);
    std::vector<Confirmed> standing;
    for (int row = 0; row < rows.size(); ++row) {
        standing.push_back({.domain = std::string{rows[row].text(0)},
                            .since = rows[row].time(1),
                            .actor = std::string{rows[row].text(2)},
                            .reason = std::string{rows[row].text(3)}});
    }
    return standing;
}

bool ConfirmedDomains::decide(std::string_view decision, const std::string& domain,
                              std::string_view actor, std::string_view reason) {
    const platform::db::Lease lease = operators_.take();
    return lease->run(sql::kInsertDecision, {actor, decision, domain, reason}).touched() == 1;
}

} // namespace prevention
