// Text as an attentive reader sees it: without zero-width characters, with digits and signs of
// other scripts and widths brought to ASCII. Recognisers read the folded text; places are brought
// back to the original.
//
// Folded: zero-width and direction marks, soft hyphens and variation selectors (dropped);
// full-width ASCII, decimal digits of every script, mathematical and circled letters and digits,
// typographic spaces, dashes, dots, slashes and at-signs (brought to ASCII). Letters of other
// scripts stay: they are part of internationalised domain names. An O of another script between
// digits is a zero.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace engine::extract::scan {

/// Whether a character that folding may replace begins with this byte. U+0080..U+00BF, U+0300..
/// U+2FFF, U+3000..U+3FFF, U+F000 and above; what French and English letters need stays out.
[[nodiscard]] constexpr bool may_fold(unsigned char c) {
    return c == 0xC2 || (c >= 0xCC && c <= 0xE3) || (c >= 0xEF && c <= 0xF4);
}

/// Whether folding replaces the character that begins at `at`, for which may_fold holds.
[[nodiscard]] bool folds(std::string_view text, std::size_t at);

class FoldedText {
public:
    explicit FoldedText(std::string_view original);

    [[nodiscard]] const std::string& text() const { return text_; }
    /// Whether anything was replaced; places are the same when not.
    [[nodiscard]] bool changed() const { return changed_; }
    /// The original place of a span's first byte, and of the byte after its last.
    [[nodiscard]] std::size_t original_begin(std::size_t folded) const;
    [[nodiscard]] std::size_t original_end(std::size_t folded) const;

private:
    struct Piece {
        std::size_t folded = 0;
        std::size_t original = 0;
        std::size_t original_size = 0; // equal to the folded size in copied stretches
        bool copied = false;
    };
    void keep(std::string_view bytes, std::size_t at);
    void replace(std::string_view bytes, std::size_t at, std::size_t size);
    [[nodiscard]] const Piece& piece_at(std::size_t folded) const;

    std::string text_;
    std::vector<Piece> pieces_;
    bool changed_ = false;
};

} // namespace engine::extract::scan
