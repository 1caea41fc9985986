// The known word that a mistyped one was probably meant to be.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace platform::config {

/// The nearest by edit distance, at most a third of its letters away; nothing when none is.
[[nodiscard]] std::optional<std::string_view> nearest(std::string_view word,
                                                      std::span<const std::string> known);

/// "; did you mean 'listen'?" or empty.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string> known);

inline constexpr std::size_t kShownMax = 60; // longer than any name of ours

/// What was read, fit for a message: printable ASCII, cut after `most` characters.
[[nodiscard]] std::string printable(std::string_view name, std::size_t most = kShownMax);

} // namespace platform::config
