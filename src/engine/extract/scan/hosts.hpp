// Host names as people write them: plain, defanged ("exa[.]mple"), or spoken ("exemple point fr").
#pragma once

#include "engine/extract/scan/scan.hpp"

#include <array>

namespace engine::extract::scan {

/// Which writings of a dot count. Each level includes those before it.
enum class Dots : std::uint8_t {
    Plain,
    Bracketed, // "[.]", "(dot)", "[point]"
    Spoken,    // " point ", " dot ", " . "; " tiret " for a hyphen
};

constexpr std::size_t kHostBytesMax = 253; // RFC 1035, 2.3.4
constexpr std::size_t kLabelsMax = 24;     // of a host; DNS allows more, nobody writes them
constexpr std::size_t kLabelBytesMax = 63; // RFC 1035, 2.3.4

/// A host read from a text, with its disguises undone. Bounded: what is longer is no host.
struct Host {
    std::array<char, kHostBytesMax + 1> bytes{};
    std::size_t size = 0;
    std::array<std::uint8_t, kLabelsMax> label_ends{};    // in bytes
    std::array<std::uint32_t, kLabelsMax> written_ends{}; // in the text, from its begin
    std::size_t labels = 0;
    Span span;
    bool disguised = false;
    bool too_long = false;

    [[nodiscard]] std::string_view text() const { return {bytes.data(), size}; }
    /// The first `count` labels.
    [[nodiscard]] std::string_view first_labels(std::size_t count) const;
    [[nodiscard]] std::string_view label(std::size_t place) const;
    [[nodiscard]] std::size_t written_end(std::size_t count) const {
        return span.begin + written_ends[count - 1];
    }
};

/// Bytes of the letter, digit, hyphen or underscore at `at` or before it; 0 when it is none.
[[nodiscard]] std::size_t label_character_at(std::string_view text, std::size_t at);
[[nodiscard]] std::size_t label_character_before(std::string_view text, std::size_t at);

/// Where the label that ends at `end` begins; `end` itself when there is none or it is too long.
[[nodiscard]] std::size_t label_begin(std::string_view text, std::size_t end);

/// Bytes of the dot at `at` in one of the writings, with the spaces that belong to it; 0: no dot.
[[nodiscard]] std::size_t dot_size_at(std::string_view text, std::size_t at, Dots dots);

/// The host that begins at `begin`.
[[nodiscard]] Host read_host(std::string_view text, std::size_t begin, Dots dots);

/// "[at]", "(arobase)", "@", " at "… at `at`, spaces around included; empty when there is none.
/// `bare_at` says whether the word "at" alone counts.
[[nodiscard]] Span at_sign_at(std::string_view text, std::size_t at, bool bare_at);

} // namespace engine::extract::scan
