// The reviewed files of the orientation (questions.toml and its neighbours), read and held to each
// other: what the reasoning works with, and what "in your words" listens for.
#pragma once

#include "base/result.hpp"
#include "orientation/reasoning/reasoning.hpp"
#include "platform/page/page.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orientation::rules {

/// Something in a person's words that puts a number first.
struct Sign {
    std::string id; // "suicide": the slot urgent.suicide has the number
    std::vector<std::string> phrases;
};

/// A situation that words may tell of: the answers that lead into it.
struct Likely {
    std::vector<std::pair<std::size_t, std::size_t>> answers; // question, answer
    std::vector<std::string> phrases;
};

struct Book {
    reasoning::Knowledge knowledge;
    std::vector<Sign> signs;
    std::vector<Likely> situations;
};

/// The files of the program.
extern const std::span<const platform::page::EmbeddedFile> kFiles;

/// A sentence with the file and what is wrong in it: an unknown fact, a name twice, a rule without
/// its source.
[[nodiscard]] Result<Book, std::string> read(std::span<const platform::page::EmbeddedFile> files);
/// Those of the program; stops (check) when they are wrong.
[[nodiscard]] Book read_embedded();

/// What a text tells of: signs and situations by index, those with most phrases first. Nothing is
/// kept of it. Phrases are found as whole words, without accents or capitals.
struct Heard {
    std::vector<std::size_t> signs;
    std::vector<std::size_t> situations; // kOfferedMax at most
};
inline constexpr std::size_t kOfferedMax = 4; // more is no help
[[nodiscard]] Heard listen(const Book& book, std::string_view text);

} // namespace orientation::rules
