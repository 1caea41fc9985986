// Whatever a statement holds, what the writer makes of it reads as the same statement.
#include "interchange/record/json_record.hpp"
#include "interchange/utf8.hpp"
#include "interchange/writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace interchange {
namespace {

using engine::record::Statement;

std::string any_text() {
    const std::vector<std::uint32_t> points =
        *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::weightedOneOf<std::uint32_t>(
            {{5, rc::gen::inRange<std::uint32_t>(0, 0x80)},
             {2, rc::gen::inRange<std::uint32_t>(0x80, 0xD800)},
             {1, rc::gen::inRange<std::uint32_t>(0xE000, 0x110000)}}));
    std::string out;
    for (const std::uint32_t point : points) append_utf8(point, out);
    return out;
}

std::optional<UnixSeconds> any_instant() {
    if (*rc::gen::inRange(0, 3) == 0) return std::nullopt;
    // 0001-01-01 to 9999-12-31: four digits of a year is what RFC 3339 can say.
    return *rc::gen::inRange<UnixSeconds>(-62'135'596'800, 253'402'300'799);
}

template <class Element, class Make> void fill(std::vector<Element>& list, const Make& make) {
    const int count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) list.push_back(make());
}

Statement any_statement() {
    Statement s;
    s.id = *rc::gen::nonEmpty(rc::gen::string<std::string>());
    for (char& c : s.id) c = static_cast<char>(' ' + static_cast<unsigned char>(c) % 94);
    s.kind = static_cast<engine::record::Kind>(*rc::gen::inRange(0, 5));
    s.received_at = any_instant();
    s.lang = any_text();
    s.scam_type = any_text();
    s.narrative = any_text();
    fill(s.messages, [] {
        return engine::record::Message{
            static_cast<engine::record::Speaker>(*rc::gen::inRange(0, 3)), any_instant(),
            any_text()};
    });
    fill(s.identifiers, [] {
        return engine::record::DeclaredIdentifier{
            static_cast<engine::record::IdentifierType>(*rc::gen::inRange(0, 13)), any_text(),
            static_cast<engine::record::Role>(*rc::gen::inRange(0, 3)), any_text()};
    });
    fill(s.personas, [] {
        const int age = *rc::gen::inRange(-1, 151);
        return engine::record::Persona{any_text(),
                                       any_text(),
                                       any_text(),
                                       any_text(),
                                       age < 0 ? std::nullopt : std::optional<int>{age},
                                       any_text(),
                                       any_text(),
                                       any_text()};
    });
    fill(s.payments, [] {
        return engine::record::Payment{any_instant(), any_text(), any_text(), any_text(),
                                       any_text()};
    });
    fill(s.attachments, [] { return engine::record::Attachment{any_text(), any_text()}; });
    return s;
}

/// Every field, one after the other, with its length in front: equal when the statements are.
std::string fingerprint(const Statement& s) {
    std::string out;
    const auto text = [&](const std::string& value) {
        out += std::to_string(value.size()) + ':' + value;
    };
    const auto number = [&](auto value) { text(std::to_string(static_cast<long long>(value))); };
    const auto instant = [&](const std::optional<UnixSeconds>& at) {
        text(at ? std::to_string(*at) : "none");
    };
    text(s.id), number(s.kind), instant(s.received_at), text(s.lang), text(s.scam_type);
    text(s.narrative), number(s.messages.size());
    for (const auto& m : s.messages) number(m.from), instant(m.at), text(m.text);
    number(s.identifiers.size());
    for (const auto& i : s.identifiers) {
        number(i.type), text(i.value), number(i.role), text(i.platform);
    }
    number(s.personas.size());
    for (const auto& p : s.personas) {
        text(p.pseudonym), text(p.name), text(p.platform), text(p.handle);
        number(p.age ? *p.age : -1), text(p.occupation), text(p.city), text(p.country);
    }
    number(s.payments.size());
    for (const auto& p : s.payments) {
        instant(p.at), text(p.amount), text(p.currency), text(p.means), text(p.to);
    }
    number(s.attachments.size());
    for (const auto& a : s.attachments) text(a.path), text(a.name);
    return out;
}

TEST(WriterProperty, WhatIsWrittenReadsTheSame) {
    record::JsonRecordParser parser;
    Statement read;
    const bool holds = rc::check([&] {
        const Statement written = any_statement();
        std::string line;
        append_jsonl(written, line);
        RC_ASSERT(line.back() == '\n');
        line.pop_back();
        RC_ASSERT(line.find('\n') == std::string::npos);
        const std::optional<Fault> fault = parser.parse(line, read);
        RC_ASSERT(!fault.has_value());
        RC_ASSERT(fingerprint(read) == fingerprint(written));
    });
    EXPECT_TRUE(holds);
}

TEST(WriterProperty, AnyBytesBecomeAJsonString) {
    record::JsonRecordParser parser;
    Statement read;
    const bool holds = rc::check([&](const std::string& bytes) {
        std::string line = R"({"id":"a","narrative":)";
        append_json_string(bytes, line);
        line += '}';
        RC_ASSERT(!parser.parse(line, read).has_value());
        RC_ASSERT(read.narrative == replace_invalid_utf8(bytes));
    });
    EXPECT_TRUE(holds);
}

} // namespace
} // namespace interchange
