#include "chain/invented/world.hpp"
#include "chain/report/assets.hpp"
#include "chain/report/parts.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <fstream>
#include <set>

namespace chain {
namespace {

using engine::link::KeyKind;
using ::testing::HasSubstr;
using ::testing::Not;

class Report : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::path{::testing::TempDir()} /
                  (std::string{"report-"} +
                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string html_of(const std::vector<invented::Record>& records) const {
        return rendered(page_of(invented::outcome_of(records, folder_)));
    }

    std::filesystem::path folder_;
};

std::string hash_of(std::string_view text) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    char encoded[64];
    sodium_bin2base64(encoded, sizeof(encoded), hash, sizeof(hash), sodium_base64_VARIANT_ORIGINAL);
    return encoded;
}

std::string between(const std::string& text, std::string_view open, std::string_view close) {
    const std::size_t start = text.find(open) + open.size();
    return text.substr(start, text.find(close, start) - start);
}

std::size_t count_of(const std::string& text, std::string_view what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
        ++count;
    }
    return count;
}

TEST_F(Report, SaysWhatWasFound) {
    const std::string html = html_of(invented::small_world());
    EXPECT_THAT(html, HasSubstr("2 groupes parmi 6 dossiers"));
    EXPECT_THAT(html, HasSubstr("2 groups among 6 records"));
    EXPECT_THAT(html, HasSubstr("Du 2025-03-03 au 2025-03-12."));
    EXPECT_THAT(html, HasSubstr("FR7630006000011234567890189"));
    EXPECT_THAT(html, HasSubstr("\x3Cmark>FR76 3000 6000 0112 3456 7890 189\x3C/mark>"));
    EXPECT_THAT(html, HasSubstr("BE71096123456769"));
    EXPECT_THAT(html, HasSubstr("il ne fait donc qu’une proposition"));
    EXPECT_THAT(html, HasSubstr("invalid_json"));
    EXPECT_THAT(html, Not(HasSubstr("{{")));
}

TEST_F(Report, NeverShowsTheVictimsOwnNorACard) {
    const std::string html = html_of(invented::small_world());
    EXPECT_THAT(html, Not(HasSubstr("06 39 98 44 44")));
    EXPECT_THAT(html, Not(HasSubstr("+33639984444")));
    EXPECT_THAT(html, Not(HasSubstr("4970 1000")));
    EXPECT_THAT(html, HasSubstr("••••"));
}

TEST_F(Report, ItsPolicyAllowsItsOwnStyleAndScriptOnly) {
    const std::string html = html_of(invented::small_world());
    const std::string policy = between(html, "Content-Security-Policy\" content=\"", "\"");
    EXPECT_EQ(policy, "default-src 'none'; style-src 'sha256-" +
                          hash_of(between(html, "\x3Cstyle>", "\x3C/style>")) +
                          "'; script-src 'sha256-" +
                          hash_of(between(html, "\x3Cscript>", "\x3C/script>")) +
                          "'; base-uri 'none'; form-action 'none'");
    EXPECT_EQ(between(html, "\x3Cstyle>", "\x3C/style>"), kReportStyle);
    for (const char* const outside :
         {"http://", "https://", " src=", "href=\"h", " style=", "url("}) {
        EXPECT_THAT(html, Not(HasSubstr(outside)));
    }
}

TEST_F(Report, HostileTextStaysText) {
    const std::string attack = "\x3Cscript>alert(1)\x3C/script>\"'><img onerror=x>\u202Egpj";
    std::vector<invented::Record> records;
    for (int i = 0; i < 3; ++i) {
        const std::string written = "vers " + attack + " ici";
        records.push_back({.id = attack + std::to_string(i),
                           .received_at = "2025-03-03",
                           .scam_type = attack,
                           .narrative = fmt::format("{0}{1}{0}", attack, written),
                           .pieces = {{KeyKind::Handle, attack, written},
                                      {KeyKind::Url, "https://x.example/" + attack, attack}},
                           .gang = 0});
    }
    const std::string html = html_of(records);
    EXPECT_EQ(count_of(html, "\x3Cscript"), 1U);
    EXPECT_THAT(html, Not(HasSubstr("<img")));
    EXPECT_THAT(html, Not(HasSubstr("\u202E")));
    EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(1)"));
    EXPECT_THAT(html, HasSubstr("hxxps://x[.]example/"));
    EXPECT_THAT(html, Not(HasSubstr("https://")));
}

TEST_F(Report, EveryIdIsUniqueAndEveryReferenceLeadsSomewhere) {
    const std::string html = html_of(invented::large_world(30, 60));
    std::set<std::string> ids;
    for (std::size_t at = html.find(" id=\""); at != std::string::npos;
         at = html.find(" id=\"", at + 1)) {
        const std::string id = between(html.substr(at, 80), " id=\"", "\"");
        EXPECT_TRUE(ids.insert(id).second) << id;
    }
    for (const std::string_view kind : {" href=\"#", " aria-labelledby=\""}) {
        for (std::size_t at = html.find(kind); at != std::string::npos;
             at = html.find(kind, at + 1)) {
            EXPECT_TRUE(ids.contains(between(html.substr(at, 80), kind, "\"")));
        }
    }
    EXPECT_GT(ids.size(), 60U);
}

TEST_F(Report, ThePictureHasSixtyNodesAtMost) {
    const Outcome outcome = invented::outcome_of(invented::large_world(3, 90), folder_);
    const ReportPage page = page_of(outcome);
    ASSERT_EQ(page.largest.size(), 3U);
    for (const GroupCard& card : page.largest) {
        EXPECT_LE(card.picture.records.size() + card.picture.identifiers.size(), 60U);
        EXPECT_LE(card.picture.records_drawn, card.size);
        EXPECT_GT(card.picture.records_drawn, 0U);
        for (const Picture::Node& node : card.picture.identifiers) {
            EXPECT_GT(node.y, 0);
            EXPECT_LT(node.y, card.picture.height);
        }
    }
}

TEST_F(Report, TheTimelineCountsEveryDatedRecord) {
    const Outcome outcome = invented::outcome_of(invented::large_world(4, 90), folder_);
    for (const GroupCard& card : page_of(outcome).largest) {
        std::size_t counted = 0;
        for (const Bar& bar : card.timeline.bars) {
            counted += bar.count;
            EXPECT_LE(bar.x + bar.width, card.timeline.width + 0.01);
        }
        EXPECT_EQ(counted, card.size);
    }
}

TEST_F(Report, StaysSmallWhateverTheRun) {
    std::vector<invented::Record> records = invented::large_world(1, 1);
    const std::string wide(300, '&');
    for (int i = 0; i < 10'000; ++i) {
        const std::string written = wide + std::to_string(i / 2);
        records.push_back({.id = wide + std::to_string(i),
                           .received_at = "2025-03-03",
                           .scam_type = wide,
                           .narrative = written,
                           .pieces = {{KeyKind::Handle, written, written}},
                           .gang = i / 2});
    }
    const std::string html = html_of(records);
    EXPECT_LT(html.size(), 3'000'000U);
    EXPECT_THAT(html, HasSubstr("les autres sont dans groups.csv"));
}

TEST_F(Report, AnEmptyRunHasAPageToo) {
    EXPECT_THAT(html_of({}), HasSubstr("Aucun groupe de deux dossiers ou plus."));
}

} // namespace
} // namespace chain
