#include "chain/invented/world.hpp"
#include "chain/output.hpp"
#include "chain/output/chain_file.hpp"
#include "chain/output/tables.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <sstream>

namespace chain {
namespace {

std::string content_of(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

class Output : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::path{::testing::TempDir()} /
                  ::testing::UnitTest::GetInstance()->current_test_info()->name();
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        outcome_ = invented::outcome_of(invented::small_world(), folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path write() {
        const std::filesystem::path out = folder_ / "out";
        OutputFolder folder{out};
        write_outputs(outcome_, {}, folder);
        folder.publish();
        return out;
    }

    std::filesystem::path folder_;
    Outcome outcome_;
};

TEST(CsvField, IsQuotedWhenItHasTo) {
    struct Row {
        const char* text;
        const char* expected;
    };
    const Row rows[] = {{"", ""},
                        {"plain 1", "plain 1"},
                        {"a,b", "\"a,b\""},
                        {"say \"no\"", "\"say \"\"no\"\"\""},
                        {"two\nlines", "\"two\nlines\""},
                        {"é;è", "é;è"}};
    for (const Row& row : rows) {
        std::string out;
        append_csv_field(row.text, out);
        EXPECT_EQ(out, row.expected);
    }
}

TEST_F(Output, GroupsNameEveryRecordOnce) {
    const std::string groups = content_of(write() / "groups.csv");
    std::istringstream lines{groups};
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(line, "id,group_id");
    std::map<std::string, std::string> group_of;
    while (std::getline(lines, line)) {
        const std::size_t comma = line.rfind(',');
        EXPECT_TRUE(group_of.emplace(line.substr(0, comma), line.substr(comma + 1)).second) << line;
    }
    EXPECT_EQ(group_of.size(), 6U);
    EXPECT_TRUE(group_of.contains("\"p,\"\"006\"\"\""));
    EXPECT_EQ(group_of["p-001"], group_of["p-003"]);
    EXPECT_EQ(group_of["p-004"], group_of["p-005"]);
    EXPECT_NE(group_of["p-001"], group_of["p-004"]);
}

TEST_F(Output, LinksSayWhatStandsWhere) {
    std::istringstream lines{content_of(write() / "links.jsonl")};
    std::string line;
    std::map<std::string, int> tiers;
    bool iban_seen = false;
    while (std::getline(lines, line)) {
        const nlohmann::json link = nlohmann::json::parse(line);
        ++tiers[link.at("tier")];
        EXPECT_GT(link.at("probability").get<double>(), 0.3);
        for (const nlohmann::json& evidence : link.at("evidence")) {
            EXPECT_GT(evidence.at("bits").get<double>(), 0);
            if (evidence.at("value") != "FR7630006000011234567890189") continue;
            iban_seen = true;
            EXPECT_EQ(evidence.at("type"), "iban");
            const std::size_t start = invented::small_world()[0].narrative.find("FR76");
            const nlohmann::json place = {
                {"field", "narrative"}, {"start", start}, {"end", start + 33}};
            EXPECT_EQ(evidence.at("in_a"), nlohmann::json::array({place}));
            EXPECT_EQ(evidence.at("in_b").size(), 1U);
        }
    }
    EXPECT_TRUE(iban_seen);
    EXPECT_EQ(tiers, (std::map<std::string, int>{{"group", 3}, {"network", 1}}));
}

TEST_F(Output, SummaryAccountsForEveryRecord) {
    const nlohmann::json summary = nlohmann::json::parse(content_of(write() / "summary.json"));
    EXPECT_EQ(summary.at("in"),
              summary.at("linked").get<int>() + summary.at("rejected").get<int>());
    EXPECT_EQ(summary.at("rejected_by_reason").at("invalid_json"), 1);
    EXPECT_EQ(summary.at("groups").at("by_size").at("3-5"), 1);
    EXPECT_EQ(summary.at("groups").at("by_size").at("2"), 1);
    EXPECT_EQ(summary.at("groups").at("by_size").at("1"), 1);
    EXPECT_EQ(summary.at("groups").at("largest"), 3);
    EXPECT_EQ(summary.at("links").at("network"), 1);
    EXPECT_EQ(summary.at("verdicts").at("shared").at("iban"), 1);
    EXPECT_EQ(summary.at("verdicts").at("listed").at("phone"), 1);
    EXPECT_DOUBLE_EQ(summary.at("seconds").at("total"), 0.75);
    EXPECT_EQ(summary.at("settings").at("country"), "FR");
    EXPECT_EQ(summary.at("version"), program_version());
}

TEST_F(Output, NothingAppearsBeforePublish) {
    const std::filesystem::path out = folder_ / "out";
    {
        OutputFolder folder{out};
        write_outputs(outcome_, {}, folder);
        for (const std::string& name : names_in(out)) EXPECT_EQ(name.front(), '.') << name;
    }
    EXPECT_FALSE(std::filesystem::exists(out)) << "a folder made for nothing is taken away";
}

TEST_F(Output, AnUnfinishedRunLeavesTheOldResults) {
    const std::filesystem::path out = write();
    const std::string before = content_of(out / "groups.csv");
    {
        OutputFolder folder{out};
        folder.create("groups.csv").append("half of");
    }
    EXPECT_EQ(content_of(out / "groups.csv"), before);
    EXPECT_EQ(names_in(out),
              (std::vector<std::string>{"chain.bin", "groups.csv", "links.jsonl", "summary.json"}));
}

TEST_F(Output, AFullDiskIsReportedAndLeavesNoHalfFile) {
    const std::filesystem::path out = write();
    const std::string before = content_of(out / "links.jsonl");
    // A limit on the size of files fails write() just as a full disk does, with EFBIG.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit usual{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &usual), 0);
    const rlimit tight{.rlim_cur = 4096, .rlim_max = usual.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    std::string said;
    try {
        OutputFolder folder{out};
        folder.create("links.jsonl").append(std::string(100'000, 'x'));
        folder.publish();
    } catch (const std::system_error& failure) {
        said = failure.what();
    }
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &usual), 0);
    EXPECT_NE(said.find("links.jsonl"), std::string::npos) << said;
    EXPECT_EQ(content_of(out / "links.jsonl"), before);
    for (const std::string& name : names_in(out)) EXPECT_NE(name.front(), '.') << name;
}

TEST_F(Output, TwoRunsDoNotShareAFolder) {
    const std::filesystem::path out = folder_ / "out";
    const OutputFolder first{out};
    EXPECT_THROW(OutputFolder{out}, std::runtime_error);
}

TEST_F(Output, TheKeyIsForItsOwnerOnly) {
    const std::filesystem::path out = folder_ / "out";
    OutputFolder folder{out};
    folder.create("key", OutputFile::Access::OwnerOnly).append("secret");
    folder.publish();
    EXPECT_EQ(std::filesystem::status(out / "key").permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Output, TheChainFileKeepsWhatExplainNeeds) {
    const Result<MappedChain, ChainFileRefusal> mapped = MappedChain::open(write() / "chain.bin");
    ASSERT_TRUE(mapped);
    const ChainView& chain = mapped->view();
    ASSERT_EQ(chain.records(), outcome_.corpus.size());
    EXPECT_EQ(chain.groups(), outcome_.grouping.groups.size());
    for (std::uint32_t record = 0; record < chain.records(); ++record) {
        EXPECT_EQ(chain.id(record), outcome_.corpus.id(record));
        EXPECT_EQ(chain.find(chain.id(record)), record);
        EXPECT_EQ(chain.received_at(record), outcome_.corpus.received_at(record));
        EXPECT_EQ(chain.group_of(record), outcome_.grouping.group_of[record]);
        EXPECT_EQ(chain.source(record).line, outcome_.corpus.tag(record) + 1);
        const auto places = outcome_.corpus.occurrences(record);
        ASSERT_EQ(chain.occurrences(record).size(), places.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            EXPECT_EQ(chain.occurrences(record)[i].key, places[i].key);
            EXPECT_EQ(chain.occurrences(record)[i].start, places[i].start);
            EXPECT_EQ(chain.occurrences(record)[i].length, places[i].length);
        }
    }
    for (std::uint32_t key = 0; key < outcome_.corpus.keys(); ++key) {
        EXPECT_EQ(chain.kind(key), outcome_.corpus.kind(key));
        EXPECT_EQ(chain.value(key), outcome_.corpus.value(key));
        EXPECT_EQ(chain.verdict(key).kind, outcome_.grouping.verdicts[key].kind);
        EXPECT_TRUE(std::ranges::equal(chain.postings(key), outcome_.corpus.records(key)));
    }
    EXPECT_EQ(chain.links().size(), outcome_.grouping.links.size());
    EXPECT_EQ(chain.proposals().size(), outcome_.grouping.proposals.size());
}

TEST_F(Output, ADamagedChainFileIsRefusedWhateverByteIsWrong) {
    const std::filesystem::path path = write() / "chain.bin";
    const std::string sound = content_of(path);
    const auto refused = [&](const std::string& bytes) {
        std::ofstream{path, std::ios::binary | std::ios::trunc} << bytes;
        const auto opened = MappedChain::open(path);
        return !opened && opened.error() == ChainFileRefusal::Damaged;
    };
    EXPECT_FALSE(refused(sound));
    for (std::size_t at = 0; at < sound.size(); at += 7) {
        std::string damaged = sound;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
        EXPECT_TRUE(refused(damaged)) << at;
    }
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{31}, std::size_t{400}, sound.size() - 1}) {
        EXPECT_TRUE(refused(sound.substr(0, size))) << size;
    }
    EXPECT_TRUE(refused(sound + '\0'));
    EXPECT_TRUE(refused("something else altogether"));
}

TEST_F(Output, AnEmptyRunIsWrittenToo) {
    outcome_ = invented::outcome_of({}, folder_);
    const std::filesystem::path out = write();
    EXPECT_EQ(content_of(out / "groups.csv"), "id,group_id\n");
    EXPECT_EQ(content_of(out / "links.jsonl"), "");
    EXPECT_TRUE(MappedChain::open(out / "chain.bin"));
}

} // namespace
} // namespace chain
