// Base64 and base64url (RFC 4648), a character at a time.
#pragma once

namespace engine::normalise::digest {

/// Value of a character of either alphabet, -1 for anything else, '=' included.
[[nodiscard]] constexpr int base64_digit(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+' || c == '-') return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

} // namespace engine::normalise::digest
