#include "synth/plan/rotation.hpp"

#include "synth/plan/scam_type.hpp"

#include <algorithm>

namespace synth {
namespace {

using engine::record::IdentifierType;

constexpr std::uint32_t kDay = 86'400;
constexpr std::uint32_t kForever = 0xFFFFFFFF;
constexpr std::uint64_t kLinesOfABlock = 10;

/// A big gang has several of each at once.
std::size_t at_once(IdentifierType type, std::uint32_t gang_size) {
    const std::size_t most = gang_size > 200 ? 4 : gang_size > 20 ? 2 : 1;
    return type == IdentifierType::Domain ? std::min<std::size_t>(most, 3) : most;
}

} // namespace

Rotation::Rotation(World& world, Accounts& accounts, std::uint32_t gang,
                   std::uint64_t& lines_rented, Random random)
    : world_{world}, accounts_{accounts}, gang_{gang}, lines_rented_{lines_rented},
      random_{random} {
    abroad_ = random_.chance(kScamTypes[world_.gangs[gang_].type].abroad);
    line_ = kLinesOfABlock; // the first line opens a block
}

ValueIndex Rotation::draw(IdentifierType type, std::uint32_t at) {
    std::vector<InUse>& in_use = in_use_[static_cast<std::size_t>(type)];
    if (in_use.size() < at_once(type, world_.gangs[gang_].size)) in_use.push_back(renew(type, at));
    InUse& chosen = in_use[random_.index(in_use.size())];
    if (chosen.uses_left == 0 || chosen.until < at) chosen = renew(type, at);
    --chosen.uses_left;
    return chosen.value;
}

Rotation::InUse Rotation::renew(IdentifierType type, std::uint32_t at) {
    const Parameters& p = world_.parameters;
    const Gang& gang = world_.gangs[gang_];
    if (type == IdentifierType::Iban) return new_account(at);
    InUse fresh;
    switch (type) {
    case IdentifierType::Phone:
        fresh = {new_line(), random_.geometric(p.phone_uses), after_days(at, p.phone_days_median)};
        break;
    case IdentifierType::Email:
        fresh = {keep(type, random_.next()), random_.geometric(p.mail_uses),
                 after_days(at, p.mail_days_median)};
        break;
    case IdentifierType::Domain: {
        const bool phishing = kScamTypes[gang.type].trade == Trade::Phishing;
        fresh = {
            keep(type, random_.next()), random_.geometric(p.domain_uses),
            after_days(at, phishing ? p.phishing_domain_days_median : p.shop_domain_days_median)};
        break;
    }
    case IdentifierType::Handle:
        fresh = {keep(type, (scatter(gang.seed) & ~0xFFFFULL) | (++mutations_ & 0xFFFF)),
                 random_.geometric(p.handle_uses), after_days(at, p.handle_days_median)};
        break;
    case IdentifierType::Url:
        fresh = {keep(type, random_.next()), random_.geometric(p.ad_uses), kForever};
        break;
    default:
        fresh = {keep(type, random_.next()), random_.geometric(p.wallet_uses), kForever};
        break;
    }
    return fresh;
}

/// The third declaration on an account warns its bank; those who paid before it closes still come.
/// The biggest gangs also have accounts that last: hundreds, sometimes thousands of declarations.
Rotation::InUse Rotation::new_account(std::uint32_t) {
    constexpr std::uint32_t kLastingFrom = 300;
    constexpr std::uint32_t kWarningAt = 3;
    const Parameters& p = world_.parameters;
    InUse fresh{0, kWarningAt + random_.geometric(p.iban_uses_after_third), kForever};
    if (world_.gangs[gang_].size > kLastingFrom && random_.chance(p.lasting_account)) {
        fresh.uses_left = static_cast<std::uint32_t>(random_.log_normal(300, 1));
    }
    if (!accounts_.used.empty() && random_.chance(p.mule)) {
        const bool again = !accounts_.shared.empty() && random_.chance(p.mule_again);
        const std::vector<ValueIndex>& from = again ? accounts_.shared : accounts_.used;
        fresh.value = from[random_.index(from.size())];
        Value& account = world_.values[fresh.value];
        if (account.owner != gang_ && !account.shared) {
            account.shared = true;
            accounts_.shared.push_back(fresh.value);
        }
        return fresh;
    }
    fresh.value = keep(IdentifierType::Iban, random_.next());
    accounts_.used.push_back(fresh.value);
    return fresh;
}

/// Lines are rented in blocks of ten and taken in order, now and then one is skipped; an old line
/// comes back after its rest (Cisco Talos 2026).
ValueIndex Rotation::new_line() {
    if (old_lines_.size() > 3 && random_.chance(world_.parameters.back_in_use)) {
        return old_lines_[random_.index(old_lines_.size() - 2)];
    }
    line_ += 1 + random_.below(2);
    if (line_ % kLinesOfABlock == 0 || line_ / kLinesOfABlock != (line_ - 1) / kLinesOfABlock ||
        old_lines_.empty()) {
        line_ = lines_rented_ * kLinesOfABlock + random_.below(4);
        ++lines_rented_;
    }
    const ValueIndex value = keep(IdentifierType::Phone, gang_line(world_.seed, line_, abroad_));
    old_lines_.push_back(value);
    return value;
}

ValueIndex Rotation::keep(IdentifierType type, std::uint64_t number) {
    world_.values.push_back(
        {number, gang_, type, kScamTypes[world_.gangs[gang_].type].trade, false});
    return static_cast<ValueIndex>(world_.values.size() - 1);
}

std::uint32_t Rotation::after_days(std::uint32_t at, double median) {
    constexpr double kDeviation = .9;
    const double days = std::min(random_.log_normal(median, kDeviation), 2'000.0);
    return at + static_cast<std::uint32_t>(days * kDay);
}

} // namespace synth
