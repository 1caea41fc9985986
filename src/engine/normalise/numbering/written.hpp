// Telephone numbers as people write them, cut into runs of digits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace engine::normalise::numbering {

constexpr std::size_t kWrittenDigitsMax = 40; // past it a run is no number; the rest is not kept

struct WrittenNumber {
    std::array<char, kWrittenDigitsMax> bytes{};
    std::size_t size = 0;
    bool international = false;            // a plus stands before
    std::optional<std::size_t> trunk_zero; // place of the zero of "(0)"

    [[nodiscard]] std::string_view digits() const { return {bytes.data(), size}; }
};

enum class Slash : std::uint8_t { InsideNumber, BetweenNumbers };

/// The runs of digits of a field, in their order. Separators of every width are skipped, digits of
/// every script read, and the letter O among digits is a zero. Anything else ends a run.
[[nodiscard]] std::vector<WrittenNumber> written_numbers(std::string_view field, Slash slash);

} // namespace engine::normalise::numbering
