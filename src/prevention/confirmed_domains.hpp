// Domains that an investigator held to be a swindler's. A person decides, never the engine; each
// decision stays with its author and its reason. Nothing of the kind exists for a telephone number,
// an account or a mail address: these may be a victim's, and a list of them would accuse people.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "platform/db/database.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace prevention {

enum class DomainRefusal : std::uint8_t {
    NotADomain,   // not a name under a public suffix
    Shared,       // below it are pages of many: a host, a shortener, a suffix
    KnownBody,    // a body's own: engine/priors knows it
    AlreadyStands // confirmed or withdrawn before
};

struct Confirmed {
    std::string domain;
    UnixSeconds since = 0;
    std::string actor;
    std::string reason;
};

class ConfirmedDomains {
public:
    /// `door` asks, `operators` decides. Both outlive it.
    ConfirmedDomains(platform::db::Pool& door, platform::db::Pool& operators)
        : door_{door}, operators_{operators} {}

    /// Those of `domains` (registrable, canonical) that stand confirmed.
    [[nodiscard]] std::vector<std::string> among(std::span<const std::string> domains) const;

    /// `written` may be a host or a link: its registrable domain is meant, and given back.
    Result<std::string, DomainRefusal> confirm(std::string_view written, std::string_view actor,
                                               std::string_view reason);
    Result<std::string, DomainRefusal> withdraw(std::string_view written, std::string_view actor,
                                                std::string_view reason);
    [[nodiscard]] std::vector<Confirmed> standing() const;

private:
    bool decide(std::string_view decision, const std::string& domain, std::string_view actor,
                std::string_view reason);

    platform::db::Pool& door_;
    platform::db::Pool& operators_;
};

} // namespace prevention
