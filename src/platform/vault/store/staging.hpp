// Uploads that have arrived and that no transaction has adopted: their keys and facts are nowhere
// but here, so that a crash leaves a file that nobody can read, and the sweep removes it.
#pragma once

#include "platform/crypto/keys.hpp"
#include "platform/vault/vault.hpp"

#include <chrono>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace platform::vault {

constexpr std::chrono::seconds kStagedFor{3600}; // then dropped: a request takes minutes at most
constexpr std::size_t kStagedMax = 20'000;       // some 8 MB; beyond, uploads wait for better times

struct Staged {
    crypto::SecretKey key;
    crypto::Digest sha256{};
    std::uint64_t bytes = 0;
    FileType type = FileType::Other;
};

class Staging {
public:
    using Instant = std::chrono::steady_clock::time_point;
    explicit Staging(std::size_t most = kStagedMax) : most_{most} {}

    /// Throws NoRoom when all places are taken by uploads that wait.
    void keep(const std::string& name, Staged staged, Instant now);
    /// A copy of what is known of it. It stays until its time is over or its place is needed: the
    /// transaction that adopts it may be rolled back and tried again.
    [[nodiscard]] std::optional<Staged> adopt(const std::string& name, Instant now);
    /// Runs `act` unless the upload may still be adopted; nobody adopts it meanwhile.
    template <class Act> void unless_held(const std::string& name, Instant now, Act act) {
        const std::scoped_lock lock{mutex_};
        drop_expired(now);
        if (!by_name_.contains(name)) act();
    }

private:
    struct Entry {
        Staged staged;
        Instant until;
        bool adopted = false;
    };
    void drop_expired(Instant now);
    bool make_room();

    std::size_t most_;
    std::mutex mutex_;
    std::unordered_map<std::string, Entry> by_name_;
    std::deque<std::string> by_age_; // names that left by_name_ are passed over
};

} // namespace platform::vault
