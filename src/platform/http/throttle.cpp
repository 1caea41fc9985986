#include "platform/http/throttle.hpp"

#include "platform/crypto/bytes.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <limits>

namespace platform::http {
namespace {

using std::chrono::duration;
using std::chrono::duration_cast;

constexpr std::size_t kTimeBytes = 8;
constexpr std::size_t kSignedBytes = kTimeBytes + 1;
constexpr std::size_t kMacBytes = 16; // 128 bits of HMAC-SHA-256
constexpr std::size_t kProofBytesMax = 64;
constexpr std::size_t kCounterDigitsMax = 20;
constexpr std::chrono::seconds kLoadWindow{10};
constexpr unsigned kChallengesOfCalm = 64; // in a window: below, no harder
constexpr unsigned kProofsOfCalm = 4;      // of one address, before the next are harder
constexpr double kPatientRequests = 20;    // what patience alone gives: a page and its parts
constexpr std::size_t kLookedAtMax = 64;   // entries looked at to make room

std::string big_endian(std::uint64_t number) {
    std::string bytes(kTimeBytes, '\0');
    for (std::size_t n = 0; n < kTimeBytes; ++n) {
        bytes[kTimeBytes - 1 - n] = static_cast<char>(number >> (8 * n) & 0xFF);
    }
    return bytes;
}

std::uint64_t from_big_endian(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char c : bytes) number = number << 8 | static_cast<unsigned char>(c);
    return number;
}

std::string_view as_view(const crypto::Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

} // namespace

bool is_solved(std::string_view token, std::string_view counter, unsigned bits) {
    const bool digits = std::ranges::all_of(counter, [](char c) { return c >= '0' && c <= '9'; });
    if (counter.empty() || counter.size() > kCounterDigitsMax || !digits) return false;
    std::string solved{token};
    solved += '.';
    solved += counter;
    unsigned zeros = 0;
    for (const std::uint8_t byte : crypto::sha256(solved)) {
        zeros += static_cast<unsigned>(std::countl_zero(byte));
        if (byte != 0) break;
    }
    return zeros >= bits;
}

Throttle::Throttle(ThrottlePolicy policy)
    : policy_{policy}, key_{crypto::SecretKey::random()},
      started_{std::chrono::steady_clock::now() - policy.challenge_age_max} {}

std::size_t Throttle::remembered() const {
    const std::scoped_lock lock{mutex_};
    return buckets_.size();
}

std::uint64_t Throttle::microseconds(Time at) const {
    return static_cast<std::uint64_t>(
        duration_cast<std::chrono::microseconds>(at - started_).count());
}

std::uint64_t Throttle::key_of(std::string_view kind, std::string_view what) const {
    std::string message{kind};
    message += what;
    return from_big_endian(as_view(crypto::keyed_digest(key_, message)).substr(0, kTimeBytes));
}

std::string Throttle::mac(const Address& client, std::string_view signed_part) const {
    std::string message{"challenge"};
    message += signed_part;
    message += client.subscriber();
    return std::string{as_view(crypto::keyed_digest(key_, message)).substr(0, kMacBytes)};
}

void Throttle::refill(Bucket& bucket, Time now) const {
    if (now <= bucket.at) return;
    const double seconds = duration<double>(now - bucket.at).count();
    bucket.tokens = std::min(bucket.most, bucket.tokens + seconds * bucket.per_second);
    if (bucket.tokens == bucket.most) bucket.proofs = 0;
    bucket.at = now;
}

Throttle::Bucket& Throttle::bucket(std::uint64_t key, double per_second, double tokens, Time now) {
    if (const auto found = buckets_.find(key); found != buckets_.end()) {
        refill(found->second, now);
        found->second.asked = now;
        return found->second;
    }
    if (buckets_.size() >= policy_.clients_max) make_room(now);
    return buckets_
        .insert_or_assign(key, Bucket{.tokens = tokens,
                                      .at = now,
                                      .asked = now,
                                      .per_second = per_second,
                                      .most = tokens,
                                      .patience_spent = {},
                                      .proofs = 0})
        .first->second;
}

/// Forgets those that are full again, which says nothing; else the fullest of a few.
void Throttle::make_room(Time now) {
    if (now - swept_ >= kLoadWindow) {
        swept_ = now;
        for (auto at = buckets_.begin(); at != buckets_.end();) {
            refill(at->second, now);
            const bool full = at->second.tokens == at->second.most;
            const bool old = now - at->second.asked > policy_.challenge_age_max;
            at = full || old ? buckets_.erase(at) : std::next(at);
        }
        if (buckets_.size() < policy_.clients_max) return;
    }
    auto fullest = buckets_.begin();
    double most = -std::numeric_limits<double>::infinity();
    std::size_t looked_at = 0;
    for (auto at = buckets_.begin(); at != buckets_.end() && looked_at < kLookedAtMax;
         ++at, ++looked_at) {
        refill(at->second, now);
        if (at->second.tokens - at->second.most > most) {
            most = at->second.tokens - at->second.most;
            fullest = at;
        }
    }
    buckets_.erase(fullest);
}

Verdict Throttle::ask(const Address& client, unsigned weight, std::string_view proof, Time now) {
    if (policy_.per_second <= 0 || weight == 0) return {};
    const double burst = policy_.per_second * policy_.burst_seconds;
    const double debt_max = policy_.per_second * duration<double>(policy_.delay_max).count();
    const std::scoped_lock lock{mutex_};
    Bucket& mine = bucket(key_of("client", client.subscriber()), policy_.per_second, burst, now);
    const double left = mine.tokens - weight;
    if (left >= 0) {
        mine.tokens = left;
        return {};
    }
    if (draw_on_proof(client, weight, proof, now)) return {};
    if (left < -debt_max) return {.kind = Verdict::Kind::Challenge, .delay = {}};
    mine.tokens = left;
    return {.kind = Verdict::Kind::Delay,
            .delay = duration_cast<std::chrono::nanoseconds>(
                duration<double>(-left / policy_.per_second))};
}

bool Throttle::draw_on_proof(const Address& client, unsigned weight, std::string_view proof,
                             Time now) {
    if (proof.empty() || proof.size() > kProofBytesMax) return false;
    const std::size_t dot = std::min(proof.find('.'), proof.size());
    const std::string_view token = proof.substr(0, dot);
    const auto ticket = read_ticket(client, token, now);
    if (!ticket) return false;
    const std::uint64_t key = key_of("proof", token);
    if (const auto known = buckets_.find(key); known != buckets_.end()) {
        if (known->second.tokens < weight) return false;
        known->second.tokens -= weight;
        return true;
    }
    const double burst = policy_.per_second * policy_.burst_seconds;
    double allowance = burst;
    Bucket& mine = bucket(key_of("client", client.subscriber()), policy_.per_second, burst, now);
    if (dot != proof.size()) {
        if (!is_solved(token, proof.substr(dot + 1), ticket->bits)) return false;
        ++mine.proofs;
    } else {
        const bool aged = now - ticket->issued >= policy_.patience;
        if (!aged || ticket->issued <= mine.patience_spent) return false;
        mine.patience_spent = now;
        allowance = std::min(burst, kPatientRequests);
    }
    // It does not refill; `most` above what it has keeps it from passing for one that is full.
    Bucket& its = bucket(key, 0, allowance, now);
    its.most = 2 * allowance;
    its.tokens = allowance - weight;
    return true;
}

std::optional<Throttle::Ticket> Throttle::read_ticket(const Address& client, std::string_view token,
                                                      Time now) const {
    const auto bytes = crypto::from_base64url(token);
    if (!bytes || bytes->size() != kSignedBytes + kMacBytes) return std::nullopt;
    const std::string_view signed_part = std::string_view{*bytes}.substr(0, kSignedBytes);
    const std::string_view shown_mac = std::string_view{*bytes}.substr(kSignedBytes);
    if (!crypto::same_secret(mac(client, signed_part), shown_mac)) return std::nullopt;
    const std::uint64_t at = from_big_endian(signed_part.substr(0, kTimeBytes));
    const Time issued = started_ + std::chrono::microseconds{at};
    if (now - issued > policy_.challenge_age_max) return std::nullopt;
    return Ticket{.issued = issued, .bits = static_cast<unsigned char>(signed_part[kTimeBytes])};
}

unsigned Throttle::bits_for(const Bucket& bucket, Time now) {
    if (now - window_ >= kLoadWindow) {
        load_bits_ = static_cast<unsigned>(std::bit_width(challenged_ / kChallengesOfCalm));
        challenged_ = 0;
        window_ = now;
    }
    ++challenged_;
    const unsigned now_bits =
        static_cast<unsigned>(std::bit_width(challenged_ / kChallengesOfCalm));
    const unsigned more = std::max(load_bits_, now_bits) + bucket.proofs / kProofsOfCalm;
    return std::min(policy_.bits_max, policy_.bits_min + more);
}

Challenge Throttle::challenge(const Address& client, Time now) {
    const std::scoped_lock lock{mutex_};
    const double burst = policy_.per_second * policy_.burst_seconds;
    const Bucket& mine =
        bucket(key_of("client", client.subscriber()), policy_.per_second, burst, now);
    const unsigned bits = bits_for(mine, now);
    std::string token = big_endian(microseconds(now));
    token += static_cast<char>(bits);
    token += mac(client, token);
    return {.token = crypto::to_base64url(token),
            .bits = bits,
            .wait_seconds = static_cast<unsigned>(policy_.patience.count())};
}

} // namespace platform::http
