// What of the input may be shown to people, and how. Everything in the input is hostile text.
#pragma once

#include "engine/link/corpus.hpp"
#include "engine/record/statement.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chain {

/// Valid UTF-8 on one line: control characters, terminal escapes, bidirectional overrides and
/// invisible characters each become U+FFFD, white space becomes a space. At most `characters_max`
/// code points, then "…". Not escaped for HTML: the template does that.
[[nodiscard]] std::string shown_text(std::string_view hostile, std::size_t characters_max);

/// The value of a key for people: a card keeps its first six and last four digits only, a link is
/// written so that nothing makes it clickable ("hxxps://colis[.]example"), a script's fingerprint
/// is given as such.
[[nodiscard]] std::string shown_value(engine::link::KeyKind kind, std::string_view canonical);

/// A piece of an excerpt.
struct Stretch {
    enum class Look : std::uint8_t { Plain, Marked, Hidden };
    std::string text; // shown_text() of it; for Hidden, dots in its place
    Look look = Look::Plain;
};

/// Bytes of a text.
struct Span {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
};

/// The words around `about`, with `marked` marked and `hidden` never shown (it wins). What is cut
/// at either end shows "…". Spans may be anything: they are clamped to the text. Empty when the
/// text is.
[[nodiscard]] std::vector<Stretch> excerpt(std::string_view text, Span about,
                                           std::span<const Span> marked,
                                           std::span<const Span> hidden);

} // namespace chain
