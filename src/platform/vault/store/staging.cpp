#include "platform/vault/store/staging.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace platform::vault {

void Staging::keep(const std::string& name, Staged staged, Instant now) {
    const std::scoped_lock lock{mutex_};
    drop_expired(now);
    if (by_name_.size() >= most_ && !make_room()) {
        throw NoRoom{"too many uploads wait to be adopted"};
    }
    by_name_.emplace(name, Entry{.staged = std::move(staged), .until = now + kStagedFor});
    by_age_.push_back(name);
}

std::optional<Staged> Staging::adopt(const std::string& name, Instant now) {
    const std::scoped_lock lock{mutex_};
    drop_expired(now);
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) return std::nullopt;
    found->second.adopted = true;
    const Staged& staged = found->second.staged;
    std::optional<crypto::SecretKey> key = crypto::SecretKey::from_bytes(staged.key.bytes());
    check(key.has_value(), "the bytes of a key make a key");
    return Staged{.key = std::move(*key),
                  .sha256 = staged.sha256,
                  .bytes = staged.bytes,
                  .type = staged.type};
}

void Staging::drop_expired(Instant now) {
    while (!by_age_.empty()) {
        const auto oldest = by_name_.find(by_age_.front());
        if (oldest != by_name_.end() && oldest->second.until > now) break;
        if (oldest != by_name_.end()) by_name_.erase(oldest);
        by_age_.pop_front();
    }
}

/// Those that were adopted have their row, or will have it within a transaction's life.
bool Staging::make_room() {
    const auto adopted = std::ranges::find_if(by_age_, [&](const std::string& name) {
        const auto entry = by_name_.find(name);
        return entry != by_name_.end() && entry->second.adopted;
    });
    if (adopted == by_age_.end()) return false;
    by_name_.erase(*adopted);
    by_age_.erase(adopted);
    return true;
}

} // namespace platform::vault
