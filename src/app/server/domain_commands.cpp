#include "app/server/edge.hpp"
#include "app/server/house.hpp"

#include <fmt/format.h>

namespace app {
namespace {

using prevention::DomainRefusal;

std::string said(DomainRefusal refusal, const std::string& domain) {
    switch (refusal) {
    case DomainRefusal::NotADomain: return domain + " is not a domain under a public suffix";
    case DomainRefusal::Shared: return domain + " holds pages of many people: it accuses them all";
    case DomainRefusal::KnownBody: return domain + " belongs to a known body";
    case DomainRefusal::AlreadyStands: return domain + " stands like that already";
    }
    return {};
}

Exit list(const prevention::ConfirmedDomains& domains) {
    for (const prevention::Confirmed& one : domains.standing()) {
        fmt::print("{}\t{}\t{}\t{}\n", one.domain, to_rfc3339(one.since), one.actor, one.reason);
    }
    return Exit::Done;
}

} // namespace

Exit domain_command(const DomainArguments& arguments) {
    const std::optional<Opened> opened = open_data(arguments.place);
    if (!opened) return Exit::Failed;
    House house{*opened->base, opened->settings};
    prevention::ConfirmedDomains& domains = house.confirmed_domains();
    if (arguments.act == DomainAct::List) return list(domains);
    const std::string actor = operator_name();
    const Result<std::string, DomainRefusal> done =
        arguments.act == DomainAct::Confirm
            ? domains.confirm(arguments.domain, actor, arguments.reason)
            : domains.withdraw(arguments.domain, actor, arguments.reason);
    if (!done) return failed(said(done.error(), arguments.domain));
    fmt::print("{}\n", *done);
    return Exit::Done;
}

} // namespace app
