// A small grammar of texts, as words/*.txt hold them.
//
//   [one|two|three]   one of them is said; they may be nested
//   {slot}            a value of the record
//   <…{slot}…>        said only when every slot inside has a value
//
// Files are cut into sections: a line "@name words…" opens one, each following line that is not
// empty and does not begin with '#' is an entry.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace synth {

struct Section {
    std::string_view title; // all words after '@'
    std::vector<std::string_view> entries;
};

[[nodiscard]] std::vector<Section> sections_of(std::string_view text);

/// Entries by section title; titles that stand twice are joined.
class Phrases {
public:
    explicit Phrases(std::string_view text);
    /// The section must exist and have entries.
    [[nodiscard]] const std::vector<std::string_view>& of(std::string_view title) const;
    [[nodiscard]] bool has(std::string_view title) const;

private:
    std::map<std::string, std::vector<std::string_view>, std::less<>> sections_;
};

/// Chooses for the n-th choice of a text one of `count` alternatives.
using Choose = std::function<std::size_t(std::size_t choice, std::size_t count)>;
using HasSlot = std::function<bool(std::string_view slot)>;

/// The text with its choices made; slots stay as they are.
[[nodiscard]] std::string unfold(std::string_view text, const Choose& choose, const HasSlot& has);

/// Replaces each {slot} by what `value` appends.
using AppendSlot = std::function<void(std::string_view slot, std::string& out)>;
[[nodiscard]] std::string fill(std::string_view text, const AppendSlot& append);

} // namespace synth
