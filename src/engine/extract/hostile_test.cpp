// Texts made to hurt: time stays linear, spans stay inside, and nothing overlaps that should not.
#include "engine/extract/extract.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

namespace engine::extract {
namespace {

using record::Mention;

std::vector<Mention> mentions_of(std::string_view text) {
    std::vector<Mention> mentions;
    scan_text(text, {}, record::Speaker::Victim, {}, mentions);
    return mentions;
}

void expect_sound(std::string_view text, const std::vector<Mention>& mentions) {
    std::size_t before = 0;
    for (const Mention& mention : mentions) {
        EXPECT_LT(mention.start, mention.end);
        EXPECT_LE(mention.end, text.size());
        EXPECT_GE(mention.start, before);
        EXPECT_FALSE(mention.value.empty());
        before = mention.start;
    }
}

double seconds_to_scan(const std::string& text) {
    const auto begin = std::chrono::steady_clock::now();
    expect_sound(text, mentions_of(text));
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::string repeated(std::string_view unit, std::size_t bytes) {
    std::string text;
    text.reserve(bytes + unit.size());
    while (text.size() < bytes) text += unit;
    return text;
}

// Twice the text may not take four times the time. The small size keeps sanitizers bearable.
TEST(HostileText, TakesLinearTime) {
    constexpr std::string_view kUnits[]{"a.",
                                        "1",
                                        "@",
                                        "a@",
                                        "a@a.",
                                        "1 ",
                                        "06 ",
                                        "+33 6 ",
                                        "FR76 ",
                                        "FR76",
                                        "http://",
                                        "(at)",
                                        "[.]",
                                        ":",
                                        "::",
                                        "1:",
                                        "a point ",
                                        "zéro ",
                                        "six ",
                                        "guichet 12345 ",
                                        "insta: ",
                                        "nom de ",
                                        "arobase ",
                                        "a-",
                                        "1.",
                                        "1.2.3.4.",
                                        "0x",
                                        "é.",
                                        "é",
                                        "\u200b",
                                        "０",
                                        "\xF0\x9F",
                                        "\xC3",
                                        "A1-",
                                        "code pcs 12 ",
                                        "commande ",
                                        "trente plus ",
                                        "\u0430.",
                                        "a tiret ",
                                        "bc1q",
                                        "4970 1012 ",
                                        "a_.",
                                        "www.",
                                        "@a.fr",
                                        "x@x.fr ",
                                        "t.me/a ",
                                        "1BvBMSEYst",
                                        "((((",
                                        "%@%"};
    constexpr std::size_t kBytes = 50'000;
    constexpr double kNoiseSeconds = 0.05;
    for (const std::string_view unit : kUnits) {
        // A busy machine may stretch one measure, not three in a row.
        const auto grows_faster = [&] {
            const double once = seconds_to_scan(repeated(unit, kBytes));
            return seconds_to_scan(repeated(unit, 4 * kBytes)) > 8 * once + kNoiseSeconds;
        };
        EXPECT_FALSE(grows_faster() && grows_faster() && grows_faster()) << unit;
    }
}

TEST(HostileText, BrokenBytesAreHarmless) {
    std::mt19937 random{7};
    const std::vector<std::string> bits{"06 39 98 12 34",
                                        "a@b.fr",
                                        "https://",
                                        "\xFF",
                                        "\xE2\x80",
                                        "\xF0\x9D",
                                        "FR76 3000 6000 0112",
                                        " point ",
                                        "[at]",
                                        "\xC2",
                                        "zéro six ",
                                        "4970 1012 3456 7893",
                                        "\u200b",
                                        "insta: ",
                                        ".",
                                        "@",
                                        ":"};
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (int i = 0; i < 12; ++i) {
            text += bits[random() % bits.size()];
            if (random() % 3 == 0) text += static_cast<char>(random() % 256);
        }
        expect_sound(text, mentions_of(text));
    }
}

TEST(HostileText, CutAnywhere) {
    const std::string text =
        "Le 06 39 98 12 34, jean [at] gmail point com, hxxps://a[.]exemple.fr/x, "
        "FR76 3000 6000 0112 3456 7890 189, zéro six trente, insta: jean_d, "
        "live:.cid.ab1, 2001:db8::1, @x_y sur Telegram, titulaire : Jean Dupont";
    for (std::size_t begin = 0; begin < text.size(); begin += 3) {
        for (std::size_t end = begin; end <= text.size(); end += 5) {
            const std::string part{text.substr(begin, end - begin)}; // its own end, for ASan
            expect_sound(part, mentions_of(part));
        }
    }
}

} // namespace
} // namespace engine::extract
