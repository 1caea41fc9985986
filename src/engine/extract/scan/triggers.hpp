// Words after which an identifier may come without any sign of its own: "arobase", "zéro six",
// "insta :", "au nom de". A word costs one multiplication and one bit unless it may be one of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace engine::extract::scan {

enum class Trigger : std::uint8_t {
    None,
    SpokenAt,
    SpokenDot,
    SpokenNumber,
    Platform,
    Name,
    Branch
};

/// Whether a trigger may begin with these four bytes (case and accents' case ignored).
[[nodiscard]] bool may_be_trigger(std::uint32_t first_bytes);

/// The trigger that begins at `at`, which begins a word.
[[nodiscard]] Trigger trigger_at(std::string_view text, std::size_t at);

[[nodiscard]] inline std::uint32_t first_bytes_of(const char* text) {
    std::uint32_t bytes = 0;
    std::memcpy(&bytes, text, sizeof bytes);
    return bytes | 0x20202020U; // letters in lower case; the same is done to the triggers
}

} // namespace engine::extract::scan
