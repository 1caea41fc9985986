// What one client may ask for: a token bucket by address (IPv6 by /64). Beyond it the answer comes
// later, and beyond that a proof of work is asked for, or, without JavaScript, some patience: never
// a refusal without a way on, because a school or an operator's gateway is one address.
//
// A challenge is stateless: time and difficulty with an HMAC bound to the client, under a key of
// this process. A proof has an allowance of its own, so that who shares an address with a flood
// gets on.
#pragma once

#include "platform/crypto/keys.hpp"
#include "platform/http/request.hpp"
#include "platform/http/syntax/address.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace platform::http {

struct ThrottlePolicy {
    double per_second = 20;    // 0: no throttle
    double burst_seconds = 10; // allowance of one who was quiet, in seconds of `per_second`
    std::chrono::milliseconds delay_max{3000};
    std::chrono::seconds patience{30}; // age at which a challenge is valid without work
    std::chrono::seconds challenge_age_max{600};
    unsigned bits_min = 16; // 65,000 digests on average
    unsigned bits_max = 22;
    std::size_t clients_max = 100'000; // a hundred bytes each
};

struct Verdict {
    enum class Kind : std::uint8_t { Pass, Delay, Challenge };
    Kind kind = Kind::Pass;
    std::chrono::nanoseconds delay{};
};

class Throttle {
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit Throttle(ThrottlePolicy policy);

    /// Takes `weight` from the allowance of `client`. `proof` is what the client showed, or empty.
    [[nodiscard]] Verdict ask(const Address& client, unsigned weight, std::string_view proof,
                              Time now);
    [[nodiscard]] Challenge challenge(const Address& client, Time now);
    /// Clients remembered now: at most clients_max.
    [[nodiscard]] std::size_t remembered() const;

private:
    struct Bucket {
        double tokens = 0;
        Time at{};    // of `tokens`
        Time asked{}; // last
        double per_second = 0;
        double most = 0;
        Time patience_spent{}; // challenges issued before are void for patience alone
        unsigned proofs = 0;   // shown lately: each makes the next harder
    };
    struct Ticket { // a challenge that was ours, read back
        Time issued;
        unsigned bits;
    };

    Bucket& bucket(std::uint64_t key, double per_second, double tokens, Time now);
    bool draw_on_proof(const Address& client, unsigned weight, std::string_view proof, Time now);
    std::optional<Ticket> read_ticket(const Address& client, std::string_view token,
                                      Time now) const;
    std::string mac(const Address& client, std::string_view signed_part) const;
    std::uint64_t key_of(std::string_view kind, std::string_view what) const;
    unsigned bits_for(const Bucket& bucket, Time now);
    void make_room(Time now);
    void refill(Bucket& bucket, Time now) const;
    std::uint64_t microseconds(Time at) const;

    ThrottlePolicy policy_;
    crypto::SecretKey key_;
    Time started_;
    mutable std::mutex mutex_;
    std::unordered_map<std::uint64_t, Bucket> buckets_; // by keyed digest: no address is kept
    Time swept_{};
    Time window_{};           // of the load that challenges measure
    unsigned challenged_ = 0; // in that window
    unsigned load_bits_ = 0;
};

/// Whether SHA-256 of `token` '.' `counter` begins with `bits` zero bits.
[[nodiscard]] bool is_solved(std::string_view token, std::string_view counter, unsigned bits);

} // namespace platform::http
