#include "interchange/test_folder.hpp"
#include "interchange/utf8.hpp"
#include "interchange/writer.hpp"

#include <gmock/gmock.h>

namespace interchange {
namespace {

using testing_support::Everything;
using testing_support::read_all;
using testing_support::TestFolder;

TEST(Utf8, InvalidSequencesAreReplacedOneByOne) {
    struct Row {
        std::string bytes;
        std::string expected;
    };
    for (const Row& row : std::vector<Row>{
             {"déjà", "déjà"},
             {"a\xFF"
              "b",
              "a\uFFFDb"},
             {"\xC3", "\uFFFD"},
             {"\xE2\x82", "\uFFFD"},
             {"\xE2\x82"
              "A",
              "\uFFFDA"},
             {"\xC0\xAF", "\uFFFD\uFFFD"},
             {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
             {"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
             {"\xF0\x9F\x92\xB6", "\U0001F4B6"},
         }) {
        EXPECT_EQ(replace_invalid_utf8(row.bytes), row.expected);
        EXPECT_TRUE(is_valid_utf8(replace_invalid_utf8(row.bytes)));
    }
}

TEST(Utf8, CharsetsAsTheyAreNamed) {
    struct Row {
        const char* charset;
        std::string bytes;
        const char* expected;
    };
    for (const Row& row : std::vector<Row>{
             {"utf-8", "été", "été"},
             {"utf-8", "\xE9t\xE9", "été"}, // says UTF-8 and is not
             {"iso-8859-1", "été", "été"},  // says Latin-1 and is UTF-8
             {"ISO-8859-1",
              "50 \x80 l\x92"
              "an",
              "50 € l’an"}, // and is windows-1252
             {"", "\xE9", "é"},
             {"no-such-charset", "\xE9", "é"},
             {"\"us-ascii\"", "\xE9", "é"},
             {"iso-8859-15", "\xA4", "€"},
             {"koi8-r", "\xF0\xD2\xC9", "При"},
             {"gb2312", "\xC4\xE3", "你"},
             {"utf-16le", std::string{"a\0\xE9\0", 4}, "aé"},
             {"utf-7", "+AOk-t+AOk-", "été"},
             {"iso-2022-jp", "\x1B$B$\"\x1B(B", "あ"},
             {"gb2312",
              "a\xFF"
              "b",
              "a\uFFFDb"},
             {"utf-8//IGNORE", "\xE9", "é"},
         }) {
        EXPECT_EQ(to_utf8(row.bytes, row.charset), row.expected) << row.charset;
    }
}

TEST(TextFiles, AreMessagesOfTheSuspect) {
    struct Row {
        const char* name;
        std::string bytes;
        const char* text;
    };
    const TestFolder folder;
    for (const Row& row : std::vector<Row>{
             {"a.txt", "Vos fichiers sont chiffrés.\r\n", "Vos fichiers sont chiffrés.\r\n"},
             {"latin.txt", "chiffr\xE9s", "chiffrés"},
             {"mark.txt", "\xEF\xBB\xBFtexte", "texte"},
             {"wide.txt", std::string{"\xFF\xFEt\0\xE9\0", 6}, "té"},
             {"wide_big.txt", std::string{"\xFE\xFF\0t\0\xE9", 6}, "té"},
             {"page.hta", "<html><script>var a='<p>';</script><p>Payez &eacute;", "Payez é"},
         }) {
        SCOPED_TRACE(row.name);
        const Everything all = read_all({folder.write(row.name, row.bytes)});
        ASSERT_EQ(all.statements.size(), 1U);
        const engine::record::Statement& s = all.statements[0];
        EXPECT_EQ(s.id, row.name);
        EXPECT_EQ(s.kind, engine::record::Kind::Report);
        EXPECT_EQ(s.narrative, "");
        ASSERT_EQ(s.messages.size(), 1U);
        EXPECT_EQ(s.messages[0].from, engine::record::Speaker::Suspect);
        EXPECT_EQ(s.messages[0].text, row.text);
    }
}

TEST(Writer, LeavesOutWhatIsEmpty) {
    engine::record::Statement s;
    s.id = "a\"b";
    s.received_at = parse_rfc3339("2026-03-01T09:30:00+01:00");
    s.narrative = "un\ndeux\x01 \xFF";
    s.identifiers.push_back({.type = engine::record::IdentifierType::Iban,
                             .value = "FR76",
                             .role = engine::record::Role::Suspect,
                             .platform = {}});
    std::string out = "before ";
    append_jsonl(s, out);
    EXPECT_EQ(out, "before {\"id\":\"a\\\"b\",\"kind\":\"complaint\","
                   "\"received_at\":\"2026-03-01T08:30:00Z\","
                   "\"narrative\":\"un\\ndeux\\u0001 \uFFFD\",\"identifiers\":"
                   "[{\"type\":\"iban\",\"value\":\"FR76\",\"role\":\"suspect\"}]}\n");
}

TEST(Writer, RejectsHaveAFileAndAReason) {
    std::string out;
    append_jsonl(Reject{.source = {.file = 0, .line = 12, .offset = 99},
                        .record = "r1",
                        .field = "kind",
                        .reason = "unknown_value",
                        .detail = "d"},
                 "a/b.jsonl", out);
    append_jsonl(
        Reject{.source = {}, .record = {}, .field = {}, .reason = "empty_folder", .detail = "d"},
        "c\xFF", out);
    EXPECT_EQ(out, "{\"file\":\"a/b.jsonl\",\"line\":12,\"record\":\"r1\",\"field\":\"kind\","
                   "\"reason\":\"unknown_value\",\"detail\":\"d\"}\n"
                   "{\"file\":\"c\uFFFD\",\"reason\":\"empty_folder\",\"detail\":\"d\"}\n");
}

} // namespace
} // namespace interchange
