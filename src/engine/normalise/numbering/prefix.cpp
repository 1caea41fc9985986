#include "engine/normalise/numbering/prefix.hpp"

#include "engine/normalise/numbering/plans.hpp"

namespace engine::normalise::numbering {
namespace {

constexpr std::uint16_t kEnd = 0x4000;
constexpr std::uint16_t kMatch = 0x4001;
constexpr std::uint16_t kSave = 0x5000;
constexpr std::uint16_t kSplit = 0x8000;
constexpr std::uint16_t kJump = 0xC000;
constexpr std::uint16_t kTarget = 0x3FFF;

// Recursion only at a split: its depth is the number of splits on one branch, a few dozen at most.
bool run(std::size_t word, std::string_view digits, std::size_t at, PrefixMatch& found) {
    for (;;) {
        const std::uint16_t instruction = kPrograms[word];
        ++word;
        if (instruction < kEnd) {
            if (at >= digits.size()) return false;
            const unsigned digit = static_cast<unsigned char>(digits[at]) - unsigned{'0'};
            if (digit > 9 || (instruction >> digit & 1U) == 0) return false;
            ++at;
        } else if (instruction == kEnd) {
            if (at != digits.size()) return false;
        } else if (instruction == kMatch) {
            found.length = at;
            return true;
        } else if (instruction < kSplit) {
            std::int8_t& place = found.span[instruction - kSave];
            const std::int8_t before = place;
            place = static_cast<std::int8_t>(at);
            if (run(word, digits, at, found)) return true;
            place = before;
            return false;
        } else if (instruction < kJump) {
            if (run(word, digits, at, found)) return true;
            word = instruction & kTarget;
        } else {
            word = instruction & kTarget;
        }
    }
}

} // namespace

std::string_view PrefixMatch::group(std::size_t number, std::string_view digits) const {
    if (number == 0 || number > kGroupsMax || span[2 * number + 1] < 0) return {};
    const auto begin = static_cast<std::size_t>(span[2 * number]);
    return digits.substr(begin, static_cast<std::size_t>(span[2 * number + 1]) - begin);
}

std::optional<PrefixMatch> match_prefix(std::uint16_t program, std::string_view digits) {
    if (program == 0) return std::nullopt;
    PrefixMatch found;
    found.span.fill(-1);
    if (!run(program, digits, 0, found)) return std::nullopt;
    return found;
}

} // namespace engine::normalise::numbering
