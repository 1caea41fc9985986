#include "intake/declaration.hpp"

#include "intake/tracking_code.hpp"
#include "platform/crypto/bytes.hpp"

#include <algorithm>

namespace intake {
namespace {

constexpr std::size_t kReferenceCharacters = 8; // 40 bits
constexpr std::size_t kGroup = 4;

std::string in_groups(std::string_view code, char between) {
    std::string out;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (i > 0 && i % kGroup == 0) out += between;
        out += code[i];
    }
    return out;
}

} // namespace

std::optional<Status> status_named(std::string_view name) {
    const auto* const found = std::ranges::find(kStatusNames, name);
    if (found == kStatusNames.end()) return std::nullopt;
    return static_cast<Status>(found - kStatusNames.begin());
}

std::string new_reference(DeclarationKind kind) {
    return (kind == DeclarationKind::Complaint ? "P-" : "S-") +
           in_groups(platform::crypto::random_code(kReferenceCharacters), '-');
}

std::optional<std::string> read_reference(std::string_view typed) {
    constexpr std::size_t kTypedMax = 40;
    if (typed.size() > kTypedMax) return std::nullopt;
    const std::optional<std::string> code = platform::crypto::read_code(typed);
    if (!code || code->size() != kReferenceCharacters + 1 ||
        (code->front() != 'S' && code->front() != 'P')) {
        return std::nullopt;
    }
    return code->substr(0, 1) + "-" + in_groups(std::string_view{*code}.substr(1), '-');
}

std::string code_in_groups(std::string_view code) {
    return in_groups(code, ' ');
}

std::string tracking_code_of(const platform::crypto::KeyRing& keys, std::string_view reference) {
    constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's
    const platform::crypto::Digest digest = platform::crypto::keyed_digest(
        keys.pepper(), std::string{"tracking code\n"} + std::string{reference});
    std::string code;
    for (std::size_t i = 0; i < kCodeCharacters; ++i)
        code += kAlphabet[digest[i] % kAlphabet.size()];
    return code;
}

} // namespace intake
