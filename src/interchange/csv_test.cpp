#include "interchange/csv/row.hpp"
#include "interchange/test_folder.hpp"

#include <gmock/gmock.h>

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

constexpr const char* kSimple = "[columns]\nid = \"id\"\nnarrative = \"text\"\n";

Everything read_csv(const std::string& mapping, const std::string& bytes,
                    const std::string& name = "x.csv") {
    const TestFolder folder;
    ReadPolicy policy;
    policy.csv_mapping = folder.write("map.toml", mapping);
    return read_all({folder.write(name, bytes)}, policy);
}

TEST(Csv, SplitsAsRfc4180Says) {
    struct Row {
        const char* row;
        std::vector<std::string> cells;
    };
    for (const Row& row : std::vector<Row>{
             {"a,b,c", {"a", "b", "c"}},
             {"a,,", {"a", "", ""}},
             {"", {""}},
             {"\"a,b\",c\r", {"a,b", "c"}},
             {"\"a\"\"b\"\"\",\"\"", {"a\"b\"", ""}},
             {"\"two\r\nlines\",x", {"two\r\nlines", "x"}},
             {"5\" pipe,\"6\"\"\"", {"5\" pipe", "6\""}},
             {"\"a\"b,c", {"ab", "c"}},
             {"\"open,c", {"open,c"}},
         }) {
        std::vector<std::string> cells{"left", "over"};
        csv::split(row.row, ',', cells);
        EXPECT_EQ(cells, row.cells) << row.row;
    }
}

TEST(Csv, LinesAreCountedThroughCells) {
    const Everything all = read_csv(kSimple, "id,text\n"
                                             "a,\"un\ndeux\ntrois\"\n"
                                             "\n"
                                             "b,x,y\n"
                                             "c,z\n");
    EXPECT_THAT(ids_of(all), ElementsAre("a", "c"));
    EXPECT_EQ(all.statements[0].narrative, "un\ndeux\ntrois");
    EXPECT_EQ(all.sources[0].line, 2U);
    EXPECT_EQ(all.sources[1].line, 7U);
    EXPECT_THAT(reasons_of(all), ElementsAre("wrong_cell_count@6"));
    EXPECT_THAT(all.rejects[0].detail, HasSubstr("3 cells, the first row has 2"));
}

TEST(Csv, DelimitersAndEncodings) {
    struct Row {
        const char* name;
        std::string mapping;
        std::string bytes;
    };
    const std::string columns = "[columns]\nid=\"id\"\nnarrative=\"récit\"\n";
    for (const Row& row : std::vector<Row>{
             {"semicolon guessed", columns, "id;récit\na;été, hiver\n"},
             {"tab guessed", columns, "id\trécit\na\tété, hiver\n"},
             {"said", "delimiter = \"|\"\n" + columns, "id|récit\na|été, hiver\n"},
             {"mark", columns, "\xEF\xBB\xBFid;récit\r\na;été, hiver\r\n"},
             {"windows-1252", "encoding = \"windows-1252\"\n" + columns,
              "id;r\xE9"
              "cit\na;\xE9t\xE9, hiver"},
             {"iso-8859-15", "encoding = \"iso-8859-15\"\n" + columns,
              "id;r\xE9"
              "cit\na;\xE9t\xE9, hiver"},
         }) {
        SCOPED_TRACE(row.name);
        const Everything all = read_csv(row.mapping, row.bytes);
        EXPECT_THAT(reasons_of(all), IsEmpty());
        ASSERT_THAT(ids_of(all), ElementsAre("a"));
        EXPECT_EQ(all.statements[0].narrative, "été, hiver");
    }
    const Everything latin = read_csv(kSimple, "id,text\na,\xE9\nb,é\n");
    EXPECT_THAT(ids_of(latin), ElementsAre("b"));
    EXPECT_THAT(reasons_of(latin), ElementsAre("invalid_utf8@2"));
}

TEST(Csv, OnlyTheRowOfAnUnclosedQuoteIsLost) {
    std::string bytes = "id,text\na,\"open\n";
    for (int i = 0; i < 10; ++i) bytes += "b" + std::to_string(i) + ",x\n";
    const Everything at_end = read_csv(kSimple, bytes);
    EXPECT_EQ(at_end.statements.size(), 10U);
    EXPECT_THAT(reasons_of(at_end), ElementsAre("unclosed_quote@2"));
    EXPECT_EQ(at_end.sources[9].line, 12U);

    // Far from the end: the row is found too long instead.
    for (int i = 0; i < 300'000; ++i) bytes += "c" + std::to_string(i) + ",x\n";
    const Everything far = read_csv(kSimple, bytes);
    EXPECT_EQ(far.statements.size(), 300'010U);
    EXPECT_THAT(reasons_of(far), ElementsAre("unclosed_quote@2"));
    EXPECT_EQ(far.sources.back().line, 300'012U);
}

TEST(Csv, ManyUnclosedQuotesStayCheap) {
    std::string bytes = "id,text\n";
    for (int i = 0; i < 50'000; ++i) bytes += "a" + std::to_string(i) + ",\"open\n";
    const Everything all = read_csv(kSimple, bytes);
    // Two lines with one quote each can also be read as one quoted cell; what counts is that every
    // line is met and that it ends.
    EXPECT_GE(all.statements.size() + all.rejects.size(), 25'000U);
}

constexpr const char* kFull = R"(
delimiter = ";"
empty_cells = ["NA", "-"]
[dates]
formats = ["%d/%m/%Y %H:%M", "%d/%m/%Y"]
utc_offset = "+02:00"
[constants]
kind = "report"
lang = "fr"
id_prefix = "test-"
[columns]
id = ["year", "number"]
kind = "kind"
received_at = "date"
scam_type = ["category", "detail"]
narrative = ["title", "story"]
[[messages]]
from = "suspect"
text = "sms"
at = "date"
[[identifiers]]
column = "phones"
type = "phone"
role = "suspect"
separator = "/"
platform_is = "sms"
[[identifiers]]
column = "mine"
type = "email"
role = "victim"
[[personas]]
name = "who"
age = "age"
[[payments]]
amount = "paid"
currency_is = "EUR"
to = "iban"
at = "date"
[[attachments]]
column = "files"
separator = ","
)";

TEST(Csv, AMappingGivesEveryField) {
    const Everything all = read_csv(
        kFull, "year;number;kind;date;category;detail;title;story;sms;phones;mine;who;age;paid;"
               "iban;files\n"
               "2026;1;call;03/04/2026 10:00;Faux;NA;T;S;Cliquez;06 39 98 00 01 / 06 39 98 00 02;"
               "moi@exemple.test;Sonia;31;300,00;FR76;a/b.png, c.pdf\n"
               "2026;2;;03/04/2026;-;-;-;S;;;;;;;;\n"
               "2026;3;;2026-04-03;;;;;;;;;;;;\n"
               ";;;;;;;;;;;;;;;\n"
               "2026;5;visit;;;;;;;;;;;;;\n"
               "2026;6;;;;;;;;;;;vieux;;;\n");
    EXPECT_THAT(ids_of(all), ElementsAre("test-2026-1", "test-2026-2"));
    EXPECT_THAT(reasons_of(all), ElementsAre("invalid_date@4", "missing_field@5", "unknown_value@6",
                                             "invalid_value@7"));
    EXPECT_EQ(all.rejects[0].field, "date");
    EXPECT_EQ(all.rejects[0].record, "test-2026-3");
    const engine::record::Statement& s = all.statements[0];
    EXPECT_EQ(s.kind, engine::record::Kind::Call);
    EXPECT_EQ(s.received_at, parse_rfc3339("2026-04-03T10:00:00+02:00"));
    EXPECT_EQ(s.lang, "fr");
    EXPECT_EQ(s.scam_type, "Faux");
    EXPECT_EQ(s.narrative, "T\nS");
    ASSERT_EQ(s.messages.size(), 1U);
    EXPECT_EQ(s.messages[0].text, "Cliquez");
    EXPECT_EQ(s.messages[0].at, s.received_at);
    ASSERT_EQ(s.identifiers.size(), 3U);
    EXPECT_EQ(s.identifiers[1].value, "06 39 98 00 02");
    EXPECT_EQ(s.identifiers[1].platform, "sms");
    EXPECT_EQ(s.identifiers[2].role, engine::record::Role::Victim);
    ASSERT_EQ(s.personas.size(), 1U);
    EXPECT_EQ(s.personas[0].age, 31);
    ASSERT_EQ(s.payments.size(), 1U);
    EXPECT_EQ(s.payments[0].amount, "300,00");
    EXPECT_EQ(s.payments[0].currency, "EUR");
    ASSERT_EQ(s.attachments.size(), 2U);
    EXPECT_EQ(s.attachments[0].name, "b.png");
    EXPECT_EQ(s.attachments[1].path, "c.pdf");
    const engine::record::Statement& bare = all.statements[1];
    EXPECT_EQ(bare.kind, engine::record::Kind::Report);
    EXPECT_EQ(bare.received_at, parse_rfc3339("2026-04-02T22:00:00Z"));
    EXPECT_EQ(bare.narrative, "S");
    EXPECT_THAT(bare.messages, IsEmpty());
    EXPECT_THAT(bare.personas, IsEmpty());
    EXPECT_THAT(bare.payments, IsEmpty());
}

TEST(Csv, WrongMappingsAreSaidOnceAFile) {
    struct Row {
        const char* name;
        std::string mapping;
        const char* reason;
        const char* field;
        const char* says;
    };
    for (const Row& row : std::vector<Row>{
             {"no TOML", "columns = [", "bad_mapping", "", "Line 1"},
             {"no columns", "encoding = \"utf-8\"\n", "bad_mapping", "columns", "missing"},
             {"unknown key", "[columns]\nid=\"id\"\nstory=\"text\"\n", "bad_mapping",
              "columns/story", "no such key"},
             {"wrong type", "[columns]\nid=1\n", "bad_mapping", "columns/id", "string"},
             {"unknown type",
              "[columns]\nid=\"id\"\n[[identifiers]]\ncolumn=\"text\"\ntype=\"fax\"\nrole="
              "\"victim\"",
              "bad_mapping", "identifiers/0/type", "'fax'"},
             {"role not said",
              "[columns]\nid=\"id\"\n[[identifiers]]\ncolumn=\"text\"\ntype=\"phone\"\n",
              "bad_mapping", "identifiers/0/role", "missing"},
             {"bad delimiter", "delimiter=\"::\"\n[columns]\nid=\"id\"\n", "bad_mapping",
              "delimiter", "One of"},
             {"bad offset", "[dates]\nutc_offset=\"1h\"\n[columns]\nid=\"id\"\n", "bad_mapping",
              "dates/utc_offset", "+01:00"},
             {"column not there", "[columns]\nid=\"nummer\"\n", "missing_column", "nummer",
              "id, text"},
         }) {
        SCOPED_TRACE(row.name);
        const Everything all = read_csv(row.mapping, "id,text\na,b\nc,d\n");
        ASSERT_EQ(all.rejects.size(), 1U);
        EXPECT_EQ(all.rejects[0].reason, row.reason);
        EXPECT_EQ(all.rejects[0].field, row.field);
        EXPECT_THAT(all.rejects[0].detail, HasSubstr(row.says));
        EXPECT_THAT(all.statements, IsEmpty());
    }
}

TEST(Csv, WithoutMappingASkeletonIsGiven) {
    const TestFolder folder;
    const Everything all =
        read_all({folder.write("x.csv", "numéro;\"le \"\"récit\"\"\"\n1;x\n2;y\n")});
    ASSERT_EQ(all.rejects.size(), 1U);
    EXPECT_EQ(all.rejects[0].reason, "no_mapping");
    EXPECT_THAT(all.rejects[0].detail, HasSubstr("#   \"numéro\"\n#   \"le \\\"récit\\\"\""));
    // The skeleton is itself a mapping that reads the file.
    const std::string& detail = all.rejects[0].detail;
    const std::size_t begin = detail.find("# The columns");
    const std::size_t end = detail.find("Complete this mapping");
    ASSERT_NE(end, std::string::npos);
    const Everything read = read_csv(detail.substr(begin, end - begin), "numéro;x\n1;x\n2;y\n");
    EXPECT_THAT(ids_of(read), ElementsAre("1", "2"));
}

TEST(Csv, TheLineIsTheIdWhenNoColumnIs) {
    const Everything all = read_csv("[constants]\nid_prefix=\"row-\"\n[columns]\nnarrative=\"b\"\n",
                                    "a,b\n1,x\n2,y\n", "x.tsv");
    EXPECT_THAT(ids_of(all), ElementsAre("row-2", "row-3"));
}

} // namespace
} // namespace interchange
