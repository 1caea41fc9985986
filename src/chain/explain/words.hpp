// The facts about two records, said in words and as JSON.
#pragma once

#include "chain/display/quote.hpp"
#include "chain/display/wording.hpp"
#include "chain/explain/facts.hpp"

#include <map>
#include <string>

namespace chain {

/// The statements that could be read again, by record.
using Statements = std::map<std::uint32_t, engine::record::Statement>;

/// Reads again the records of the path, as far as their files are still there and unchanged.
[[nodiscard]] Statements read_statements(const ChainView& chain,
                                         const std::vector<std::uint32_t>& records);

struct Pair {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
};

[[nodiscard]] std::string together_in_words(const ChainView& chain, Pair pair,
                                            const Together& facts, const Statements& statements,
                                            Language language);
[[nodiscard]] std::string apart_in_words(const ChainView& chain, Pair pair, const Apart& facts,
                                         Language language);

[[nodiscard]] std::string together_as_json(const ChainView& chain, Pair pair, const Together& facts,
                                           const std::string& text);
[[nodiscard]] std::string apart_as_json(const ChainView& chain, Pair pair, const Apart& facts,
                                        const std::string& text);

} // namespace chain
