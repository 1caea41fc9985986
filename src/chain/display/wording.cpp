#include "chain/display/wording.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chain {

extern const Wording kEnglish; // english.cpp
extern const Wording kFrench;  // french.cpp

namespace {

/// Where a weight begins to be called moderate, strong, very strong: 2^3, 2^8 and 2^15 are about
/// ten, three hundred and thirty thousand to one.
constexpr float kStrengthBits[] = {3, 8, 15};

std::string odds_in_words(const Wording& words, float bits) {
    const double odds = std::exp2(std::clamp(static_cast<double>(bits), 0.0, 64.0));
    if (odds >= 1e9) return std::string{words.odds_beyond};
    if (odds >= 1e6) {
        return fmt::format(fmt::runtime(words.odds_million),
                           fmt::arg("number", std::lround(odds / 1e6)));
    }
    if (odds >= 1e4) {
        return fmt::format(fmt::runtime(words.odds_thousand),
                           fmt::arg("number", std::lround(odds / 1e3)));
    }
    return fmt::format(fmt::runtime(words.odds_about), fmt::arg("number", std::lround(odds)));
}

std::string_view strength_of(const Wording& words, float bits) {
    const float* const above =
        std::upper_bound(std::begin(kStrengthBits), std::end(kStrengthBits), bits);
    return words.strengths[static_cast<std::size_t>(above - std::begin(kStrengthBits))];
}

std::string bits_in_words(const Wording& words, float bits) {
    const long tenths = std::lround(std::clamp(static_cast<double>(bits), 0.0, 1e6) * 10);
    return fmt::format("{}{}{}", tenths / 10, words.decimal, tenths % 10);
}

} // namespace

const Wording& wording(Language language) {
    return language == Language::French ? kFrench : kEnglish;
}

std::string weight_in_words(const Wording& words, float bits) {
    return fmt::format(fmt::runtime(words.weight), fmt::arg("strength", strength_of(words, bits)),
                       fmt::arg("bits", bits_in_words(words, bits)),
                       fmt::arg("odds", odds_in_words(words, bits)));
}

std::string short_weight(const Wording& words, float bits) {
    return fmt::format(fmt::runtime(words.short_weight),
                       fmt::arg("strength", strength_of(words, bits)),
                       fmt::arg("bits", bits_in_words(words, bits)));
}

std::string verdict_in_words(const Wording& words, const engine::link::Verdict& verdict,
                             std::size_t records) {
    const auto with_counts = [&](std::string_view pattern) {
        const double groups = std::clamp(static_cast<double>(verdict.groups), 0.0, 1e9);
        return fmt::format(fmt::runtime(pattern), fmt::arg("groups", std::lround(groups)),
                           fmt::arg("records", records));
    };
    switch (verdict.kind) {
    case engine::link::VerdictKind::Hub: return with_counts(words.reason_hub);
    case engine::link::VerdictKind::Listed: return with_counts(words.reason_listed);
    case engine::link::VerdictKind::Shared: return with_counts(words.reason_shared);
    case engine::link::VerdictKind::Single: return std::string{words.reason_single};
    case engine::link::VerdictKind::Links:
        return fmt::format(fmt::runtime(words.reason_too_weak),
                           fmt::arg("weight", weight_in_words(words, verdict.bits)));
    }
    return {};
}

} // namespace chain
