#include "score/score.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace score {
namespace {

class Folder {
public:
    Folder()
        : path_{std::filesystem::path{testing::TempDir()} /
                ("score_" +
                 std::string{testing::UnitTest::GetInstance()->current_test_info()->name()})} {
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path write(const std::string& name, const std::string& content) const {
        std::ofstream{path_ / name, std::ios::binary} << content;
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

TEST(ScoreFiles, ReadsQuotesLineEndsAndKinds) {
    const Folder folder;
    const auto truth = folder.write("truth.csv", "id,group,kind\r\n"
                                                 "\"a,1\",g1,shop\r\n"
                                                 "\"b\"\"2\",g1,shop\r\n"
                                                 "c,g2,rental\r\n");
    const auto groups = folder.write("groups.csv", "id,group_id\n"
                                                   "c,x\n\"b\"\"2\",y\n\"a,1\",y\n");
    const auto scores = score_files(truth, groups);
    ASSERT_TRUE(scores);
    EXPECT_EQ(scores->all.records, 3U);
    EXPECT_DOUBLE_EQ(scores->all.pairwise.f1, 1);
    ASSERT_EQ(scores->by_kind.size(), 2U);
    EXPECT_EQ(scores->by_kind.at("shop").records, 2U);
    EXPECT_EQ(scores->by_kind.at("rental").records, 1U);
}

TEST(ScoreFiles, MissingRecordIsAlone_UnknownRecordIsLeftOut) {
    const Folder folder;
    const auto truth = folder.write("truth.csv", "id,group\na,1\nb,1\n");
    const auto groups = folder.write("groups.csv", "id,group_id\na,1\nz,1\n");
    const auto scores = score_files(truth, groups);
    ASSERT_TRUE(scores);
    EXPECT_EQ(scores->all.records, 2U);
    EXPECT_DOUBLE_EQ(scores->all.pairwise.recall, 0);
    EXPECT_DOUBLE_EQ(scores->all.b_cubed.recall, .5);
    EXPECT_EQ(scores->without_group, 1U);
    EXPECT_EQ(scores->without_truth, 1U);
    EXPECT_TRUE(scores->by_kind.empty());
}

TEST(ScoreFiles, RefusalsSayWhere) {
    struct Row {
        const char* name;
        const char* truth;
        const char* groups;
        const char* file;
        std::uint64_t line;
    };
    const Row rows[]{
        {"id twice in truth", "id,group\na,1\na,2\n", "id,group_id\n", "truth.csv", 3},
        {"id twice in groups", "id,group\na,1\n", "id,group_id\na,1\na,1\n", "groups.csv", 3},
        {"one column", "id,group\na\n", "id,group_id\n", "truth.csv", 2},
        {"open quote", "id,group\n\"a,1\n", "id,group_id\n", "truth.csv", 2},
        {"text after quote", "id,group\n\"a\"b,1\n", "id,group_id\n", "truth.csv", 2},
        {"empty", "", "id,group_id\n", "truth.csv", 0},
    };
    for (const Row& row : rows) {
        const Folder folder;
        const auto scores = score_files(folder.write("truth.csv", row.truth),
                                        folder.write("groups.csv", row.groups));
        ASSERT_FALSE(scores) << row.name;
        EXPECT_TRUE(scores.error().file.ends_with(row.file)) << row.name;
        EXPECT_EQ(scores.error().line, row.line) << row.name;
        EXPECT_FALSE(scores.error().reason.empty()) << row.name;
    }
}

TEST(ScoreFiles, MissingFile) {
    const Folder folder;
    const auto scores = score_files("/nonexistent/truth.csv", "/nonexistent/groups.csv");
    ASSERT_FALSE(scores);
    EXPECT_EQ(scores.error().line, 0U);
}

} // namespace
} // namespace score
