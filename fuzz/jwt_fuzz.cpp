// What an identity provider, or somebody in its place, sends: a key set, a line, and a token or a
// UserInfo answer.
#include "platform/crypto/bytes.hpp"
#include "platform/oidc/jwt.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    namespace oidc = platform::oidc;
    platform::crypto::start();
    const std::string_view given{reinterpret_cast<const char*>(bytes), size};
    const std::size_t line = std::min(given.find('\n'), given.size());
    const std::string_view keys = given.substr(0, line);
    const std::string_view token = given.substr(std::min(line + 1, given.size()));
    const oidc::TokenRules rules{.issuer = "https://identite.example/api/v2",
                                 .client_id = "maillon",
                                 .nonce = "celui-ci",
                                 .access_token = "jeton-d-acces",
                                 .levels = {"eidas1"},
                                 .now = 1'800'000'000};
    const auto payload = oidc::verified_payload(token, keys);
    const auto subject = oidc::read_id_token(token, keys, rules);
    // Nobody is vouched for by a token whose signature does not hold.
    if (subject && !payload) std::abort();
    for (const bool is_signed : {false, true}) {
        static_cast<void>(oidc::read_user_info(token, is_signed, keys, "b6048e95", rules));
    }
    return 0;
}
