#include "platform/session/visits.hpp"

namespace platform::session {
namespace {

constexpr std::string_view kCookie = "visite";
constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kIdCharacters = 22; // in base64url

std::string mixed(std::string_view a, std::string_view b) {
    std::string out{a};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(out[i] ^ b[i]);
    return out;
}

} // namespace

Visit Visits::of(const http::Request& request) const {
    const std::optional<std::string_view> id = request.cookie(kCookie);
    if (!id || id->size() != kIdCharacters || !crypto::from_base64url(*id)) return begin();
    return {.id = std::string{*id}};
}

Visit Visits::begin() const {
    return {.id = crypto::to_base64url(crypto::random_bytes(kIdBytes)), .fresh = true};
}

http::SetCookie Visits::cookie(const Visit& visit) const {
    return {.name = std::string{kCookie}, .value = visit.id};
}

http::SetCookie Visits::forgotten() {
    return {.name = std::string{kCookie}, .value = "", .seconds_max = 0};
}

std::string Visits::secret_of(const Visit& visit) const {
    const crypto::Digest digest = crypto::keyed_digest(keys_.pepper(), "form token\n" + visit.id);
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string Visits::form_token(const Visit& visit) const {
    const std::string secret = secret_of(visit);
    const std::string mask = crypto::random_bytes(secret.size());
    return crypto::to_base64url(mask + mixed(mask, secret));
}

bool Visits::is_ours(const Visit& visit, std::string_view token) const {
    const std::string secret = secret_of(visit);
    const std::optional<std::string> bytes = crypto::from_base64url(token);
    if (visit.fresh || !bytes || bytes->size() != 2 * secret.size()) return false;
    const std::string_view both{*bytes};
    return crypto::same_secret(mixed(both.substr(0, secret.size()), both.substr(secret.size())),
                               secret);
}

} // namespace platform::session
