// Codes as people write them, without what stands between their characters.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace engine::normalise::written {

constexpr std::size_t kCompactCharactersMax = 64; // longer than any code that is read so

struct Compact {
    std::array<char, kCompactCharactersMax> bytes; // only the first `size` are written
    std::size_t size = 0;
    bool overflow = false; // there was more
    bool foreign = false;  // something stood there that is neither letter, digit nor separator

    [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
};

/// The ASCII letters (in upper case) and digits of a text; spaces of every width, dashes, dots,
/// slashes, colons, underscores and invisible characters between them are left out.
[[nodiscard]] Compact compact(std::string_view as_written);

} // namespace engine::normalise::written
