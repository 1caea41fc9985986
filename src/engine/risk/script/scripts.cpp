#include "engine/risk/script/scripts.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace engine::risk::script {
namespace {

using table::kSlotsMax;
using table::Sign;

using Chosen = std::array<const Hit*, kSlotsMax>;

bool overlap(const Hit& a, const Hit& b) {
    return a.first <= b.last && b.first <= a.last;
}

// A hit for each slot from `hits`, none of them standing on another: the same words are not two
// cues. Backtracks over at most kSlotsMax slots.
bool choose(const Sign& sign, std::span<const Hit* const> hits, std::size_t slot, Chosen& chosen) {
    if (slot == sign.slot_count) return true;
    for (const Hit* const hit : hits) {
        if (!sign.slots[slot].holds(hit->owner)) continue;
        const auto stands_on = [&](const Hit* other) { return overlap(*hit, *other); };
        if (std::any_of(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(slot),
                        stands_on)) {
            continue;
        }
        chosen[slot] = hit;
        if (choose(sign, hits, slot + 1, chosen)) return true;
    }
    return false;
}

// The window slides over the hits that the sign needs; slots are counted, and only a window that
// has them all is tried.
class Window {
public:
    Window(const Sign& sign, std::span<const Hit> hits) : sign_{sign} {
        for (const Hit& hit : hits) {
            if (hit.owner < table::kCues && fills_any(hit)) needed_.push_back(&hit);
        }
    }

    std::optional<Chosen> find() {
        std::size_t end = 0;
        for (std::size_t begin = 0; begin < needed_.size(); ++begin) {
            while (end < needed_.size() &&
                   needed_[end]->last < needed_[begin]->first + sign_.within) {
                count(*needed_[end++], 1);
            }
            if (Chosen chosen{}; is_full()) {
                if (try_window(begin, end, chosen)) return chosen;
                if (++windows_ == kWindowsMax) return std::nullopt;
            }
            if (end > begin) {
                count(*needed_[begin], -1);
            } else {
                end = begin + 1;
            }
        }
        return std::nullopt;
    }

private:
    // A window in which the same cue comes back endlessly tells nothing more.
    static constexpr std::size_t kTriedMax = 24;
    static constexpr unsigned kWindowsMax = 200; // full ones that came to nothing

    [[nodiscard]] bool fills_any(const Hit& hit) const {
        return std::any_of(sign_.slots.begin(), sign_.slots.begin() + sign_.slot_count,
                           [&](const table::CueMask& slot) { return slot.holds(hit.owner); });
    }
    void count(const Hit& hit, int by) {
        for (std::size_t slot = 0; slot < sign_.slot_count; ++slot) {
            if (sign_.slots[slot].holds(hit.owner)) counts_[slot] += by;
        }
    }
    [[nodiscard]] bool is_full() const {
        return std::all_of(counts_.begin(), counts_.begin() + sign_.slot_count,
                           [](int counted) { return counted > 0; });
    }
    [[nodiscard]] bool try_window(std::size_t begin, std::size_t end, Chosen& chosen) const {
        const std::size_t size = std::min(end - begin, kTriedMax);
        return choose(sign_, std::span{needed_}.subspan(begin, size), 0, chosen);
    }

    const Sign& sign_;
    std::vector<const Hit*> needed_;
    std::array<int, kSlotsMax> counts_{};
    unsigned windows_ = 0;
};

// The cues of a text: most signs miss one of theirs, and need no window.
table::CueMask cues_of(std::span<const Hit> hits) {
    table::CueMask cues{};
    for (const Hit& hit : hits) {
        if (hit.owner >= table::kCues) continue;
        (hit.owner < 64 ? cues.low : cues.high) |= std::uint64_t{1} << (hit.owner % 64);
    }
    return cues;
}

bool may_stand(const Sign& sign, const table::CueMask& cues) {
    return std::all_of(sign.slots.begin(), sign.slots.begin() + sign.slot_count,
                       [&](const table::CueMask& slot) {
                           return (slot.low & cues.low) != 0 || (slot.high & cues.high) != 0;
                       });
}

std::vector<Span> quotes_of(const reading::Tokens& tokens, const Sign& sign, const Chosen& chosen) {
    std::vector<Span> quotes;
    for (std::size_t slot = 0; slot < sign.quoted; ++slot) {
        const Hit& hit = *chosen[slot];
        quotes.push_back({tokens.all()[hit.first].start, tokens.all()[hit.last].end});
    }
    std::ranges::sort(quotes, {}, &Span::start);
    return quotes;
}

} // namespace

std::vector<Finding> find_signs(const reading::Tokens& tokens, std::span<const Hit> hits) {
    std::vector<Finding> found;
    const table::CueMask cues = cues_of(hits);
    for (const Sign& sign : table::kSigns) {
        if (!may_stand(sign, cues)) continue;
        const std::optional<Chosen> chosen = Window{sign, hits}.find();
        if (!chosen) continue;
        found.push_back({.sign = sign.name,
                         .story = sign.story,
                         .group = sign.group,
                         .bits = sign.bits,
                         .quotes = quotes_of(tokens, sign, *chosen),
                         .about = {}});
    }
    return found;
}

} // namespace engine::risk::script
