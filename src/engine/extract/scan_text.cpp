// Stage B: goes from anchor to anchor and lets a recogniser read around each.
#include "engine/extract/extract.hpp"

#include "engine/extract/roles/roles.hpp"
#include "engine/extract/scan/anchors.hpp"
#include "engine/extract/scan/folding.hpp"
#include "engine/extract/scan/scan.hpp"
#include "engine/extract/scan/triggers.hpp"

#include <algorithm>
#include <bit>

namespace engine::extract {
namespace {

using record::Mention;
using scan::BlockBits;
using scan::Scan;
using Blocks = std::array<BlockBits, scan::kChunkBlocks>;

constexpr std::size_t kLongTokenBytes = 25; // a wallet's address may have no digit at all

// The anchors of one block, by the recogniser that reads them.
struct Anchors {
    std::uint64_t number = 0;
    std::uint64_t dot = 0;
    std::uint64_t colon = 0;
    std::uint64_t at = 0;
    std::uint64_t open = 0;
    std::uint64_t token = 0;
    std::uint64_t trigger = 0;
    [[nodiscard]] std::uint64_t any() const {
        return number | dot | colon | at | open | token | trigger;
    }
};

// Bits of the bytes whose run of `word` is at least kLongTokenBytes long from there on.
std::uint64_t long_runs(std::uint64_t word, std::uint64_t next_word) {
    static_assert(kLongTokenBytes == 25);
    const auto narrow = [&](std::uint64_t& low, std::uint64_t& high, unsigned by) {
        low &= low >> by | high << (64 - by);
        high &= high >> by;
    };
    std::uint64_t low = word;
    std::uint64_t high = next_word;
    for (const unsigned by : {1U, 2U, 4U, 8U, 9U}) narrow(low, high, by);
    return low;
}

std::uint64_t trigger_bits(std::string_view text, std::size_t block_begin,
                           std::uint64_t word_begins) {
    std::uint64_t triggers = 0;
    for (std::uint64_t rest = word_begins; rest != 0; rest &= rest - 1) {
        const auto bit = static_cast<unsigned>(std::countr_zero(rest));
        const std::size_t at = block_begin + bit;
        if (at + 4 > text.size()) break;
        if (scan::may_be_trigger(scan::first_bytes_of(text.data() + at))) {
            triggers |= std::uint64_t{1} << bit;
        }
    }
    return triggers;
}

// `carry_word`, `carry_digit`: whether the byte before the block is one. `next`: the block after,
// all ones where the chunk ends: a recogniser then finds out.
Anchors anchors_of(std::string_view text, std::size_t begin, const BlockBits& bits,
                   std::uint64_t next_word, bool carry_word, bool carry_digit) {
    Anchors anchors;
    const std::uint64_t after_word = bits.word << 1 | std::uint64_t{carry_word};
    const std::uint64_t before_word = bits.word >> 1 | next_word << 63;
    const std::uint64_t word_begins = bits.word & ~after_word;
    anchors.number = bits.digit & ~(bits.digit << 1 | std::uint64_t{carry_digit});
    anchors.dot = bits.dot & after_word & before_word;
    anchors.colon = bits.colon & (after_word | bits.colon << 1 | 1);
    anchors.at = bits.at;
    anchors.open = bits.open;
    anchors.token = word_begins & long_runs(bits.word, next_word);
    anchors.trigger = trigger_bits(text, begin, word_begins);
    return anchors;
}

std::size_t read_trigger(Scan& scan, std::size_t at) {
    switch (scan::trigger_at(scan.text, at)) {
    case scan::Trigger::None: return at + 1;
    case scan::Trigger::SpokenAt: return scan::read_spoken_at(scan, at);
    case scan::Trigger::SpokenDot: return scan::read_spoken_dot(scan, at);
    case scan::Trigger::SpokenNumber: return scan::read_spoken_number(scan, at);
    case scan::Trigger::Platform: return scan::read_platform(scan, at);
    case scan::Trigger::Name: return scan::read_name(scan, at);
    case scan::Trigger::Branch: return scan::read_branch(scan, at);
    case scan::Trigger::Voucher: scan.voucher_word = at; return at + 1;
    case scan::Trigger::Parcel: scan.parcel_word = at; return at + 1;
    }
    return at + 1;
}

std::size_t read_anchor(Scan& scan, const Anchors& anchors, std::uint64_t bit, std::size_t at) {
    if (anchors.trigger & bit) {
        // A word that only hashes like a trigger may begin with a digit, or be a long token.
        const std::size_t found = scan.finds.end();
        const std::size_t resume = read_trigger(scan, at);
        const bool other = ((anchors.number | anchors.token) & bit) != 0;
        if (scan.finds.end() != found || !other) return resume;
    }
    if (anchors.number & bit) return scan::read_number(scan, at);
    if (anchors.dot & bit) return scan::read_dotted_name(scan, at);
    if (anchors.at & bit) return scan::read_at_sign(scan, at);
    if (anchors.colon & bit) return scan::read_colon(scan, at);
    if (anchors.open & bit) return scan::read_open_bracket(scan, at);
    return scan::read_long_token(scan, at);
}

bool folds_somewhere(std::string_view text, std::size_t chunk, std::span<const BlockBits> blocks) {
    for (std::size_t b = 0; b < blocks.size(); ++b) {
        for (std::uint64_t rest = blocks[b].fold; rest != 0; rest &= rest - 1) {
            const auto bit = static_cast<std::size_t>(std::countr_zero(rest));
            if (scan::folds(text, chunk + b * scan::kBlockBytes + bit)) return true;
        }
    }
    return false;
}

enum class Text : std::uint8_t { Original, Folded };

// False when the text must be folded first; then what was found is to be forgotten.
bool scan_all(Scan& scan, Text kind) {
    const std::string_view text = scan.text;
    Blocks blocks;
    std::size_t resume = 0;
    bool carry_word = false;
    bool carry_digit = false;
    for (std::size_t chunk = 0; chunk < text.size(); chunk += scan::kChunkBytes) {
        const std::size_t count = scan::classify(text.substr(chunk, scan::kChunkBytes), blocks);
        if (kind == Text::Original &&
            folds_somewhere(text, chunk, std::span{blocks}.first(count))) {
            return false;
        }
        for (std::size_t b = 0; b < count; ++b) {
            const std::size_t begin = chunk + b * scan::kBlockBytes;
            const BlockBits& bits = blocks[b];
            const bool last = b + 1 == count;
            const bool text_ends = last && chunk + scan::kChunkBytes >= text.size();
            const std::uint64_t next_word = text_ends ? 0 : last ? ~0ULL : blocks[b + 1].word;
            const Anchors anchors =
                anchors_of(text, begin, bits, next_word, carry_word, carry_digit);
            carry_word = bits.word >> 63 != 0;
            carry_digit = bits.digit >> 63 != 0;
            for (std::uint64_t rest = anchors.any(); rest != 0; rest &= rest - 1) {
                const std::size_t at = begin + static_cast<std::size_t>(std::countr_zero(rest));
                if (at < resume) continue;
                resume = read_anchor(scan, anchors, rest & (~rest + 1), at);
            }
        }
    }
    return true;
}

void find_in_folded(std::string_view text, const ExtractPolicy& policy, std::vector<Mention>& out) {
    const std::size_t first = out.size();
    const scan::FoldedText folded{text};
    scan::Finds finds{out};
    Scan scan{.text = folded.text(), .policy = policy, .finds = finds};
    scan_all(scan, Text::Folded);
    for (std::size_t i = first; i < out.size(); ++i) {
        const std::size_t end = folded.original_end(out[i].end);
        out[i].start = static_cast<std::uint32_t>(folded.original_begin(out[i].start));
        out[i].end = static_cast<std::uint32_t>(end);
    }
}

// By place; what begins at the same place stays as it was found, the whole before its parts. Nearly
// sorted already: each find moves past few others, or none.
void settle_order(std::span<Mention> found) {
    for (std::size_t i = 1; i < found.size(); ++i) {
        const auto after =
            std::ranges::upper_bound(found.first(i), found[i].start, {}, &Mention::start);
        std::rotate(after, found.begin() + static_cast<std::ptrdiff_t>(i),
                    found.begin() + static_cast<std::ptrdiff_t>(i + 1));
    }
}

} // namespace

void scan_text(std::string_view text, record::Field field, record::Speaker speaker,
               const ExtractPolicy& policy, std::vector<Mention>& out) {
    const std::size_t first = out.size();
    scan::Finds finds{out};
    Scan scan{.text = text, .policy = policy, .finds = finds};
    if (!scan_all(scan, Text::Original)) {
        out.resize(first);
        find_in_folded(text, policy, out);
    }
    const std::span<Mention> found = std::span{out}.subspan(first);
    for (Mention& mention : found) mention.field = field;
    settle_order(found);
    if (!found.empty()) assign_roles(text, field, speaker, policy, found);
}

} // namespace engine::extract
