#include "interchange/reader.hpp"
#include "interchange/reject_reason.hpp"
#include "interchange/test_folder.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace interchange {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing_support::Everything;
using testing_support::ids_of;
using testing_support::read_all;
using testing_support::reasons_of;
using testing_support::TestFolder;

TEST(Reading, LinesAreRecords) {
    struct Row {
        const char* name;
        std::string bytes;
        std::vector<std::string> ids;
        std::vector<std::string> reasons;
    };
    const std::vector<Row> rows{
        {"nothing", "", {}, {}},
        {"no newline at the end", R"({"id":"a"})", {"a"}, {}},
        {"byte order mark", "\xEF\xBB\xBF{\"id\":\"a\"}\n", {"a"}, {}},
        {"only a mark", "\xEF\xBB\xBF", {}, {}},
        {"carriage returns", "{\"id\":\"a\"}\r\n{\"id\":\"b\"}\r\n", {"a", "b"}, {}},
        {"blank lines are no records",
         "\n  \t\r\n{\"id\":\"a\"}\n\n\n{\"id\":\"b\"}\n\r\n",
         {"a", "b"},
         {}},
        {"a bad line stops nothing",
         "{\"id\":\"a\"}\noops\n\n{}\n{\"id\":\"b\"}\n{\"id\":",
         {"a", "b"},
         {"invalid_json@2", "missing_field@4", "invalid_json@6"}},
    };
    const TestFolder folder;
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const Everything all = read_all({folder.write("x.jsonl", row.bytes)});
        EXPECT_EQ(ids_of(all), row.ids);
        EXPECT_EQ(reasons_of(all), row.reasons);
        EXPECT_EQ(all.bytes_read, row.bytes.size());
    }
}

/// Lines of every length around the buffer's size, so that each boundary is crossed.
TEST(Reading, LinesCrossBuffers) {
    const TestFolder folder;
    std::string bytes;
    std::vector<std::string> ids;
    std::vector<std::uint64_t> offsets;
    const std::size_t buffer = 1 << 20;
    for (const std::size_t size : {buffer - 1, buffer, buffer + 1, 3 * buffer, std::size_t{40}}) {
        for (int twice = 0; twice < 2; ++twice) {
            const std::string id = std::to_string(ids.size());
            std::string line = R"({"id":")" + id + R"(","narrative":")";
            line += std::string(size - line.size() - 2, 'x') + "\"}";
            ASSERT_EQ(line.size(), size);
            offsets.push_back(bytes.size());
            bytes += line + '\n';
            ids.push_back(id);
        }
    }
    const Everything all = read_all({folder.write("x.jsonl", bytes)});
    EXPECT_EQ(ids_of(all), ids);
    EXPECT_THAT(all.rejects, IsEmpty());
    for (std::size_t i = 0; i < all.sources.size(); ++i) {
        EXPECT_EQ(all.sources[i].line, i + 1);
        EXPECT_EQ(all.sources[i].offset, offsets[i]);
    }
}

TEST(Reading, BatchesKeepTheirLimits) {
    const TestFolder folder;
    std::string bytes;
    for (int i = 0; i < 1000; ++i) bytes += "{\"id\":\"" + std::to_string(i) + "\"}\n";
    const InputFiles files = InputFiles::from({folder.write("x.jsonl", bytes)});
    PieceReader reader{files, {}};
    std::vector<Piece> pieces;
    std::vector<Reject> rejects;
    std::size_t count = 0;
    while (reader.next(pieces, 7, 1000, rejects)) {
        EXPECT_LE(pieces.size(), 7U);
        count += pieces.size();
    }
    EXPECT_EQ(count, 1000U);
    PieceReader small{files, {}};
    ASSERT_TRUE(small.next(pieces, 1000, 30, rejects));
    EXPECT_EQ(pieces.size(), 3U); // stops at the piece that reaches the limit
}

TEST(Reading, ATooLongLineIsRefusedAlone) {
    const TestFolder folder;
    ReadPolicy policy;
    policy.record_bytes_max = 100;
    const std::string bytes = "{\"id\":\"a\"}\n{\"id\":\"" + std::string(200, 'b') +
                              "\"}\n{\"id\":\"c\"}\n" + std::string(3 << 20, 'd') +
                              "\n{\"id\":\"e\"}\n";
    const Everything all = read_all({folder.write("x.jsonl", bytes)}, policy);
    EXPECT_THAT(ids_of(all), ElementsAre("a", "c", "e"));
    EXPECT_THAT(reasons_of(all), ElementsAre("record_too_large@2", "record_too_large@4"));
}

TEST(Reading, FoldersAreWalkedAndNothingIsSkippedSilently) {
    const TestFolder folder;
    const std::string mail = "From: a@b.example\nTo: c@d.example\nSubject: s\n\nBonjour\n";
    folder.write("in/b.jsonl", "{\"id\":\"b\"}\n");
    folder.write("in/a/z.eml", mail);
    folder.write("in/a/photo.png", "\x89PNG");
    folder.write("in/notes.TXT", "Payez 300 euros");
    folder.write("in/mail-saved-as.txt", mail);
    folder.write("in/cur/1700000000.M1", mail);
    folder.write("in/README", "rien");
    folder.write("in/list.json", "{\"id\":\"j\"}\n");
    folder.write("in/pretty.json", "{\n  \"id\": \"j\"\n}\n");
    std::filesystem::create_directory_symlink(folder.path() / "in", folder.path() / "in/loop");
    ASSERT_EQ(mkfifo((folder.path() / "in/pipe.jsonl").c_str(), 0600), 0);
    const InputFiles files = InputFiles::from({folder.path() / "in"});
    const Everything all = read_all(files, {});
    EXPECT_THAT(ids_of(all), ElementsAre("a/z.eml", "b", "cur/1700000000.M1", "j",
                                         "mail-saved-as.txt", "notes.TXT"));
    std::set<std::string> refused;
    for (const Reject& reject : all.rejects) {
        refused.insert(files.paths()[reject.source.file].filename().string() + " " + reject.reason);
    }
    EXPECT_THAT(refused, ElementsAre("README unknown_format", "loop unreadable_file",
                                     "photo.png unknown_format", "pipe.jsonl unreadable_file",
                                     "pretty.json unknown_format"));
}

TEST(Reading, AMailSavedWithItsSeparatorKeepsItsName) {
    const TestFolder folder;
    const std::string mail = "From a Mon Jan  1 10:00:00 2026\nFrom: a@b.example\n"
                             "To: c@d.example\nSubject: s\n\nx\n\n";
    folder.write("in/one.txt", mail);
    folder.write("in/two", mail + mail);
    EXPECT_THAT(ids_of(read_all({folder.path() / "in"})), ElementsAre("one.txt", "two", "two#2"));
}

TEST(Reading, WhatCannotBeReadIsSaid) {
    const TestFolder folder;
    std::filesystem::create_directory(folder.path() / "empty");
    const std::filesystem::path gone = folder.write("gone.jsonl", "{\"id\":\"a\"}");
    const InputFiles files = InputFiles::from(
        {folder.path() / "absent.jsonl", folder.path() / "empty", gone,
         folder.write("noname", "Bonjour"), folder.write("zero.eml", ""),
         folder.write("binary.txt", std::string{"a\0b", 3}), folder.write("blank.txt", " \n")});
    std::filesystem::remove(gone);
    const Everything all = read_all(files, {});
    EXPECT_THAT(reasons_of(all),
                ElementsAre("unreadable_file@0", "empty_folder@0", "unreadable_file@0",
                            "empty_record@1", "binary_content@1", "empty_record@1"));
    EXPECT_THAT(ids_of(all), ElementsAre("noname")); // given by name: taken as the text it is
    ASSERT_EQ(files.paths().size(), files.files().size());
}

TEST(Reading, LabelsAreToldApart) {
    const TestFolder folder;
    folder.write("one/same.txt", "a");
    folder.write("two/same.txt", "b");
    folder.write("two/other.txt", "c");
    const Everything all = read_all({folder.path() / "one", folder.path() / "two/"});
    EXPECT_THAT(ids_of(all), ElementsAre("one/same.txt", "other.txt", "two/same.txt"));
}

TEST(Reading, APipeIsReadOnce) {
    const TestFolder folder;
    const std::filesystem::path pipe = folder.path() / "pipe";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    std::thread writer{[&] { std::ofstream{pipe} << "{\"id\":\"a\"}\n{\"id\":\"b\"}\n"; }};
    const InputFiles files = InputFiles::from({pipe});
    const Everything all = read_all(files, {});
    writer.join();
    EXPECT_THAT(ids_of(all), ElementsAre("a", "b"));
    int found = 0;
    read_again(files, {}, all.sources,
               [&](std::size_t, const engine::record::Statement&) { ++found; });
    EXPECT_EQ(found, 0);
}

TEST(Reading, ReadsAgainInAnyOrder) {
    const TestFolder folder;
    std::string lines;
    std::string rows = "id,text\n";
    std::string box;
    for (int i = 0; i < 3000; ++i) {
        const std::string number = std::to_string(i);
        lines += (i % 3 == 0 ? "\n" : "") + ("{\"id\":\"l" + number + "\"}\n");
        if (i < 200) {
            rows += "r" + number + ",\"two\nlines\"\n";
            box += "From x 10:00:00 2026\nSubject: m" + number + "\n\nBonjour\n\n";
        }
    }
    ReadPolicy policy;
    policy.csv_mapping = folder.write("map.toml", "[columns]\nid=\"id\"\nnarrative=\"text\"\n");
    folder.write("in/a.jsonl", lines);
    folder.write("in/b.csv", rows);
    folder.write("in/c.mbox", box);
    folder.write("in/d.eml", "From: a@b.example\nSubject: s\n\nx\n");
    const InputFiles files = InputFiles::from({folder.path() / "in"});
    const Everything all = read_all(files, policy);
    ASSERT_THAT(all.rejects, IsEmpty());
    ASSERT_EQ(all.statements.size(), 3401U);
    std::vector<Source> wanted{all.sources.rbegin(), all.sources.rend()};
    wanted.push_back(all.sources[5]); // twice
    wanted.push_back({.file = 99, .line = 1, .offset = 0});
    wanted.push_back({.file = 0, .line = 1, .offset = 1 << 30});
    std::vector<std::string> ids(wanted.size());
    read_again(files, policy, wanted, [&](std::size_t i, const engine::record::Statement& s) {
        EXPECT_EQ(ids[i], "");
        ids[i] = s.id;
    });
    for (std::size_t i = 0; i < all.statements.size(); ++i) {
        ASSERT_EQ(ids[all.statements.size() - 1 - i], all.statements[i].id);
    }
    EXPECT_EQ(ids[3401], all.statements[5].id);
    EXPECT_EQ(ids[3402], "");
    EXPECT_EQ(ids[3403], "");
}

TEST(Reading, MboxesOfBothKinds) {
    struct Row {
        const char* name;
        std::string bytes;
        std::vector<std::string> texts;
    };
    const std::vector<Row> rows{
        {"two mails",
         "From a Mon Jan  1 10:00:00 2026\nSubject: s1\n\nun\n\n"
         "From b Mon Jan  1 10:00:00 2026\nSubject: s2\n\ndeux\n",
         {"s1\nun\n\n", "s2\ndeux\n"}},
        {"quoted lines lose one mark",
         "From a Mon Jan  1 10:00:00 2026\nSubject: s\n\nx\n\n>From here\n>>From there\n",
         {"s\nx\n\nFrom here\n>From there\n"}},
        {"an unquoted From without a time is text",
         "From a Mon Jan  1 10:00:00 2026\nSubject: s\n\nx\n\nFrom now on\n",
         {"s\nx\n\nFrom now on\n"}},
        {"a From in a paragraph is text",
         "From a Mon Jan  1 10:00:00 2026\nSubject: s\n\nx\nFrom b at 10:00:00\n",
         {"s\nx\nFrom b at 10:00:00\n"}},
        {"carriage returns",
         "From a Mon Jan  1 10:00:00 2026\r\nSubject: s\r\n\r\nx\r\n\r\n"
         "From a Mon Jan  1 10:00:00 2026\r\nSubject: t\r\n\r\ny\r\n",
         {"s\nx\n\n", "t\ny\n"}},
    };
    const TestFolder folder;
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const Everything all = read_all({folder.write("x.mbox", row.bytes)});
        EXPECT_THAT(all.rejects, IsEmpty());
        ASSERT_EQ(all.statements.size(), row.texts.size());
        for (std::size_t i = 0; i < row.texts.size(); ++i) {
            EXPECT_EQ(all.statements[i].id, "x.mbox#" + std::to_string(i + 1));
            ASSERT_EQ(all.statements[i].messages.size(), 1U);
            EXPECT_EQ(all.statements[i].messages[0].text, row.texts[i]);
        }
    }
}

TEST(Reasons, EachIsInTheDocumentWithItsAdvice) {
    std::ifstream file{std::string{MAILLON_SOURCE_DIR} + "/docs/interchange.md"};
    const std::string document{std::istreambuf_iterator<char>{file}, {}};
    std::size_t rows = 0;
    for (std::size_t i = 0; i < kRejectReasons; ++i) {
        const RejectReason reason = static_cast<RejectReason>(i);
        EXPECT_FALSE(advice_of(reason).empty()) << name_of(reason);
        const std::string row = "| `" + std::string{name_of(reason)} + "` | ";
        const std::size_t at = document.find(row);
        ASSERT_NE(at, std::string::npos) << name_of(reason);
        const std::string line = document.substr(at, document.find('\n', at) - at);
        EXPECT_THAT(line, HasSubstr(advice_of(reason)));
    }
    const std::size_t table = document.find("| Reason |");
    ASSERT_NE(table, std::string::npos);
    for (std::size_t at = document.find("\n| `", table); at != std::string::npos;
         at = document.find("\n| `", at + 1)) {
        ++rows;
    }
    EXPECT_EQ(rows, kRejectReasons) << "the list is closed: no other reason in the table";
}

} // namespace
} // namespace interchange
