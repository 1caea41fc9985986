#include "interchange/record/json_record.hpp"

#include <gmock/gmock.h>
#include <string>
#include <vector>

namespace interchange::record {
namespace {

struct Refused {
    const char* name;
    std::string line;
    RejectReason reason;
    const char* field;
    const char* record;
    const char* says; // a part of what is wrong
};

std::string deep(int levels) {
    std::string out = R"({"id":"a","extra":)";
    for (int i = 0; i < levels; ++i) out += '[';
    for (int i = 0; i < levels; ++i) out += ']';
    return out + '}';
}

std::vector<Refused> refused_lines() {
    using R = RejectReason;
    return {
        {"cut short", R"({"id":"a","narrative":"mon)", R::InvalidJson, "", "", "ends inside"},
        {"not JSON", "bonjour", R::InvalidJson, "", "", "wrong at byte 1"},
        {"trailing comma", R"({"id":"a",})", R::InvalidJson, "", "", "wrong at byte 11"},
        {"two objects", R"({"id":"a"}{"id":"b"})", R::InvalidJson, "", "", "wrong at byte 11"},
        {"text behind", R"({"id":"a"} x)", R::InvalidJson, "", "", "wrong at byte 12"},
        {"bad value of an ignored key", R"({"id":"a","extra":tru})", R::InvalidJson, "", "",
         "wrong"},
        {"single quotes", "{'id':'a'}", R::InvalidJson, "", "", "wrong at byte 2"},
        {"control character", "{\"id\":\"a\x01\"}", R::InvalidJson, "", "", "wrong at byte"},
        {"NUL byte", std::string{"{\"id\":\"a\0\"}", 11}, R::InvalidJson, "", "", "wrong at byte"},
        {"lone surrogate", R"({"id":"a","narrative":"\ud800"})", R::InvalidJson, "", "", ""},
        {"invalid UTF-8", "{\"id\":\"a\",\"narrative\":\"caf\xE9\"}", R::InvalidUtf8, "", "",
         "UTF-8"},
        {"overlong UTF-8", "{\"id\":\"a\xC0\xAF\"}", R::InvalidUtf8, "", "", "UTF-8"},
        {"too deep", deep(40), R::TooDeep, "", "", "32 deep"},
        {"huge number", R"({"id":"a","extra":123456789012345678901234567890})", R::InvalidNumber,
         "", "", "64 bits"},
        {"a list", R"([{"id":"a"}])", R::NotAnObject, "", "", "a list"},
        {"a number", "12", R::NotAnObject, "", "", "a number"},
        {"no id", R"({"kind":"call"})", R::MissingField, "id", "", "no id"},
        {"empty id", R"({"id":""})", R::MissingField, "id", "", "no id"},
        {"null id", R"({"id":null})", R::MissingField, "id", "", "no id"},
        {"id of another type", R"({"id":["a"]})", R::WrongType, "id", "", "a list was found"},
        {"id with a fraction", R"({"id":1.5})", R::WrongType, "id", "", "a number was found"},
        {"id with a newline", R"({"id":"a\nb"})", R::InvalidValue, "id", "", "control"},
        {"id too long", R"({"id":")" + std::string(1025, 'a') + R"("})", R::InvalidValue, "id", "",
         "1024"},
        {"id twice", R"({"id":"a","id":"b"})", R::DuplicateKey, "id", "", "twice"},
        {"escaped key twice", R"({"id":"a","lang":"fr","l\u0061ng":"en"})", R::DuplicateKey, "lang",
         "a", "twice"},
    };
}

std::vector<Refused> refused_fields() {
    using R = RejectReason;
    return {
        {"unknown kind", R"({"kind":"letter","id":"a"})", R::UnknownValue, "kind", "a",
         "complaint, report, call, chat, station"},
        {"kind in capitals", R"({"id":"a","kind":"Call"})", R::UnknownValue, "kind", "a", "'Call'"},
        {"kind of another type", R"({"id":"a","kind":3})", R::WrongType, "kind", "a", "a number"},
        {"no date", R"({"id":"a","received_at":"hier"})", R::InvalidDate, "received_at", "a",
         "'hier'"},
        {"31 February", R"({"id":"a","received_at":"2026-02-31"})", R::InvalidDate, "received_at",
         "a", "2026-02-31"},
        {"date without zone", R"({"id":"a","received_at":"2026-03-01T09:30:00"})", R::InvalidDate,
         "received_at", "a", "RFC 3339"},
        {"date as a number", R"({"id":"a","received_at":1772000000})", R::WrongType, "received_at",
         "a", "a number"},
        {"narrative as a list", R"({"id":"a","narrative":["b"]})", R::WrongType, "narrative", "a",
         "a list"},
        {"messages as text", R"({"id":"a","messages":"b"})", R::WrongType, "messages", "a",
         "a string was found"},
        {"message as text", R"({"id":"a","messages":[{},"b"]})", R::NotAnObject, "messages/1", "a",
         "a string"},
        {"unknown speaker", R"({"id":"a","messages":[{"from":"me"}]})", R::UnknownValue,
         "messages/0/from", "a", "suspect, victim, other"},
        {"message's date", R"({"id":"a","messages":[{"at":"10h"}]})", R::InvalidDate,
         "messages/0/at", "a", "10h"},
        {"message's text", R"({"id":"a","messages":[{"text":{}}]})", R::WrongType,
         "messages/0/text", "a", "an object"},
        {"unknown type",
         R"({"id":"a","identifiers":[{"type":"phone","value":"1"},{"type":"fax","value":"2"}]})",
         R::UnknownValue, "identifiers/1/type", "a", "'fax'"},
        {"no type", R"({"id":"a","identifiers":[{"value":"1"}]})", R::MissingField,
         "identifiers/0/type", "a", ""},
        {"null type", R"({"id":"a","identifiers":[{"type":null,"value":"1"}]})", R::WrongType,
         "identifiers/0/type", "a", "null"},
        {"no value", R"({"id":"a","identifiers":[{"type":"iban"}]})", R::MissingField,
         "identifiers/0/value", "a", ""},
        {"value as a number", R"({"id":"a","identifiers":[{"type":"phone","value":639980001}]})",
         R::WrongType, "identifiers/0/value", "a", "a number"},
        {"unknown role",
         R"({"id":"a","identifiers":[{"type":"phone","value":"1","role":"thief"}]})",
         R::UnknownValue, "identifiers/0/role", "a", "suspect, victim, third_party"},
        {"age in words", R"({"id":"a","personas":[{"age":"vieux"}]})", R::WrongType,
         "personas/0/age", "a", "a string"},
        {"age below zero", R"({"id":"a","personas":[{"age":-1}]})", R::InvalidValue,
         "personas/0/age", "a", "150"},
        {"city twice", R"({"id":"a","personas":[{"city":"x","city":"y"}]})", R::DuplicateKey,
         "personas/0/city", "a", "twice"},
        {"amount as a list", R"({"id":"a","payments":[{"amount":[1]}]})", R::WrongType,
         "payments/0/amount", "a", "a list"},
        {"attachment's path", R"({"id":"a","attachments":[{"path":1}]})", R::WrongType,
         "attachments/0/path", "a", "a number"},
    };
}

TEST(JsonRecord, SaysWhichFieldIsWrong) {
    JsonRecordParser parser;
    engine::record::Statement statement;
    std::vector<Refused> rows = refused_lines();
    for (const Refused& row : refused_fields()) rows.push_back(row);
    for (const Refused& row : rows) {
        SCOPED_TRACE(row.name);
        const std::optional<Fault> fault = parser.parse(row.line, statement);
        ASSERT_TRUE(fault.has_value());
        EXPECT_EQ(name_of(fault->reason), name_of(row.reason)) << fault->what;
        EXPECT_EQ(fault->field, row.field);
        EXPECT_EQ(fault->record, row.record);
        EXPECT_THAT(fault->what, testing::HasSubstr(row.says));
    }
}

TEST(JsonRecord, RefusesAListThatIsTooLong) {
    std::string line = R"({"id":"a","messages":[{})";
    for (int i = 0; i < 10'000; ++i) line += ",{}";
    JsonRecordParser parser;
    engine::record::Statement statement;
    const std::optional<Fault> fault = parser.parse(line + "]}", statement);
    ASSERT_TRUE(fault.has_value());
    EXPECT_EQ(fault->reason, RejectReason::TooMany);
    EXPECT_EQ(fault->field, "messages");
}

TEST(JsonRecord, ReadsEveryField) {
    JsonRecordParser parser;
    engine::record::Statement s;
    const std::optional<Fault> fault = parser.parse(
        R"({"id":"r1","kind":"chat","received_at":"2026-03-01T09:30:00+01:00","lang":"fr",)"
        R"("scam_type":"romance","narrative":"é\n\u0000","unknown":{"a":[1,2]},)"
        R"("messages":[{"from":"suspect","at":"2026-03-01","text":"Bonjour"},{"text":"Oui"}],)"
        R"("identifiers":[{"type":"iban","value":"FR76","role":"victim","platform":"x"},)"
        R"({"type":"phone","value":""}],)"
        R"("personas":[{"pseudonym":"p","name":"n","platform":"pl","handle":"h","age":40,)"
        R"("occupation":"o","city":"ci","country":"co"}],)"
        R"("payments":[{"at":"2026-02-01","amount":1500.5,"currency":"EUR","means":"m","to":"t"},)"
        R"({"amount":"1 200,00"},{"amount":300}],)"
        R"("attachments":[{"path":"a/b.png","name":"b.png"}]})",
        s);
    ASSERT_FALSE(fault.has_value()) << fault->what;
    EXPECT_EQ(s.id, "r1");
    EXPECT_EQ(s.kind, engine::record::Kind::Chat);
    EXPECT_EQ(s.received_at, parse_rfc3339("2026-03-01T08:30:00Z"));
    EXPECT_EQ(s.lang, "fr");
    EXPECT_EQ(s.scam_type, "romance");
    EXPECT_EQ(s.narrative, (std::string{"é\n\0", 4}));
    ASSERT_EQ(s.messages.size(), 2U);
    EXPECT_EQ(s.messages[0].from, engine::record::Speaker::Suspect);
    EXPECT_EQ(s.messages[0].at, parse_rfc3339("2026-03-01"));
    EXPECT_EQ(s.messages[1].from, engine::record::Speaker::Other);
    ASSERT_EQ(s.identifiers.size(), 2U);
    EXPECT_EQ(s.identifiers[0].type, engine::record::IdentifierType::Iban);
    EXPECT_EQ(s.identifiers[0].role, engine::record::Role::Victim);
    EXPECT_EQ(s.identifiers[1].role, engine::record::Role::Suspect);
    ASSERT_EQ(s.personas.size(), 1U);
    EXPECT_EQ(s.personas[0].age, 40);
    EXPECT_EQ(s.personas[0].occupation, "o");
    EXPECT_EQ(s.personas[0].country, "co");
    ASSERT_EQ(s.payments.size(), 3U);
    EXPECT_EQ(s.payments[0].amount, "1500.5");
    EXPECT_EQ(s.payments[1].amount, "1 200,00");
    EXPECT_EQ(s.payments[2].amount, "300");
    ASSERT_EQ(s.attachments.size(), 1U);
    EXPECT_EQ(s.attachments[0].path, "a/b.png");
}

TEST(JsonRecord, ForgetsTheRecordBefore) {
    JsonRecordParser parser;
    engine::record::Statement s;
    ASSERT_FALSE(parser.parse(R"({"id":"a","kind":"call","lang":"fr","received_at":"2026-03-01",)"
                              R"("narrative":"n","messages":[{"from":"victim","text":"x"}]})",
                              s));
    ASSERT_FALSE(parser.parse(R"({"id":7,"lang":null,"messages":[{}],"received_at":""})", s));
    EXPECT_EQ(s.id, "7");
    EXPECT_EQ(s.kind, engine::record::Kind::Complaint);
    EXPECT_EQ(s.received_at, std::nullopt);
    EXPECT_EQ(s.lang, "");
    EXPECT_EQ(s.narrative, "");
    ASSERT_EQ(s.messages.size(), 1U);
    EXPECT_EQ(s.messages[0].text, "");
    EXPECT_EQ(s.messages[0].from, engine::record::Speaker::Other);
}

} // namespace
} // namespace interchange::record
