// Stretches of text that a gang may have written once and sent to many: the suspect's messages,
// and in a victim's narrative its paragraphs and its quotations.
#pragma once

#include "engine/record/mention.hpp"
#include "engine/record/statement.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace engine::text {

struct Passage {
    record::Field field;
    std::uint32_t start = 0; // bytes in the field's text
    std::uint32_t end = 0;   // one past the last
    bool own_words = false;  // the victim's own, not a message nor a quotation
};

constexpr std::size_t kPassagesMax = 32;       // of one record; the first ones count
constexpr std::size_t kPassageBytesMin = 40;   // shorter says nothing: "Bonjour, ça va ?"
constexpr std::size_t kFoldedBytesMin = 32;    // the same, once folded
constexpr std::size_t kPassageBytesMax = 8192; // of a longer one, the beginning counts

/// Appends the passages of a statement, at most kPassagesMax.
void find_passages(const record::Statement& statement, std::vector<Passage>& out);

/// What stays of a passage when all that a template changes is gone: letters without case and
/// accents, every run of digits as "0", every identifier as one mark, the rest as single spaces.
/// `mentions` are those of the statement; those inside the passage are masked.
void fold(std::string_view field_text, const Passage& passage,
          std::span<const record::Mention> mentions, std::string& out);

} // namespace engine::text
