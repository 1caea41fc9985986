#include "interchange/mail/mail.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace interchange::mail {
namespace {

using engine::record::Statement;
using testing::ElementsAre;
using testing::IsEmpty;

Statement read(const std::string& bytes) {
    Statement statement;
    const std::optional<Fault> fault = parse_mail(bytes, {.id = "m", .file = "m.eml"}, statement);
    EXPECT_FALSE(fault.has_value()) << fault->what;
    return statement;
}

std::string text_of(const std::string& bytes) {
    const Statement statement = read(bytes);
    return statement.messages.size() == 1 ? statement.messages[0].text : "not one message";
}

/// "suspect a@b", in order.
std::vector<std::string> addresses_of(const Statement& statement) {
    std::vector<std::string> out;
    for (const engine::record::DeclaredIdentifier& one : statement.identifiers) {
        out.push_back(std::string{name_of(one.role)} + " " + one.value);
    }
    return out;
}

constexpr const char* kHead = "From: \"Support Colis\" <a@faux.test>\nTo: moi@exemple.test\n";

TEST(Mail, HeadersSayWhoseAddressIsWhose) {
    struct Row {
        const char* name;
        std::string headers;
        std::vector<std::string> identifiers;
    };
    for (const Row& row : std::vector<Row>{
             {"all of them",
              "Return-Path: <bounce@faux.test>\nFrom: Colis <a@faux.test>\nReply-To: r@faux.test\n"
              "To: Moi <moi@exemple.test>, x@exemple.test\nCc: y@exemple.test\n"
              "Delivered-To: moi@exemple.test\nX-Originating-IP: [93.184.216.34]\n",
              {"victim moi@exemple.test", "victim x@exemple.test", "victim y@exemple.test",
               "suspect a@faux.test", "suspect r@faux.test", "suspect bounce@faux.test",
               "suspect 93.184.216.34"}},
             {"once each",
              "From: A@faux.test\nReply-To: a@FAUX.test\nReturn-Path: <>\n",
              {"suspect A@faux.test"}},
             {"who seems to write to himself",
              "From: moi@exemple.test\nTo: moi@exemple.test\n",
              {"victim moi@exemple.test"}},
             {"private origin",
              "From: a@faux.test\nX-Originating-IP: 10.1.2.3\n",
              {"suspect a@faux.test"}},
             {"no origin", "From: a@faux.test\nX-Originating-IP: [not]\n", {"suspect a@faux.test"}},
             {"IPv6 origin",
              "From: a@faux.test\nX-Originating-IP: [2a01:e0a::1]\n",
              {"suspect a@faux.test", "suspect 2a01:e0a::1"}},
             {"groups",
              "From: a@faux.test\nTo: undisclosed-recipients:;\nCc: g: b@x.test, c@x.test;\n",
              {"victim b@x.test", "victim c@x.test", "suspect a@faux.test"}},
             {"no address", "From: Support Colis\nSubject: x\n", {}},
             {"unquoted comma", "From: Support, Colis <a@faux.test>\n", {"suspect a@faux.test"}},
         }) {
        EXPECT_EQ(addresses_of(read(row.headers + "\nx\n")), row.identifiers) << row.name;
    }
}

TEST(Mail, TheNameOfTheSenderIsAPersona) {
    const Statement named = read(std::string{kHead} + "\nx\n");
    ASSERT_EQ(named.personas.size(), 1U);
    EXPECT_EQ(named.personas[0].name, "Support Colis");
    EXPECT_EQ(named.personas[0].platform, "mail");
    EXPECT_THAT(read("From: \"a@faux.test\" <a@faux.test>\n\nx\n").personas, IsEmpty());
    EXPECT_EQ(read("From: =?utf-8?B?TsOpdGZsaXg=?= <a@faux.test>\n\nx\n").personas[0].name,
              "Nétflix");
}

TEST(Mail, ArrivalIsTheLastRelaysWord) {
    struct Row {
        const char* name;
        std::string headers;
        const char* at; // empty: not known
    };
    for (const Row& row : std::vector<Row>{
             {"relay before sender",
              "Received: from b by c; Sun, 1 Mar 2026 09:30:00 +0100\n"
              "Received: from a by b; Sat, 28 Feb 2026 09:30:00 +0100\n"
              "Date: Fri, 27 Feb 2026 09:30:00 +0100\n",
              "2026-03-01T08:30:00Z"},
             {"sender only", "Date: Sun, 1 Mar 2026 09:30:00 +0100 (CET)\n",
              "2026-03-01T08:30:00Z"},
             {"relay without date", "Received: by c\nDate: 1 Mar 2026 08:30:00 GMT\n",
              "2026-03-01T08:30:00Z"},
             {"clock of another century", "Date: Sun, 1 Mar 1926 09:30:00 +0100\n", ""},
             {"no date", "Date: demain\n", ""},
             {"none", "", ""},
         }) {
        SCOPED_TRACE(row.name);
        const Statement s = read(row.headers + "From: a@faux.test\nSubject: s\n\nx\n");
        EXPECT_EQ(s.received_at, parse_rfc3339(row.at));
        EXPECT_EQ(s.messages[0].at, parse_rfc3339(row.at));
    }
}

TEST(Mail, TextIsDecoded) {
    struct Row {
        const char* name;
        std::string rest; // behind kHead
        std::string text;
    };
    const std::string qp = "Content-Transfer-Encoding: quoted-printable\n";
    const std::string base64 = "Content-Transfer-Encoding: base64\n";
    for (const Row& row : std::vector<Row>{
             {"plain", "Subject: Colis\n\nBonjour\r\nPayez.\r\n", "Colis\nBonjour\nPayez.\n"},
             {"no subject", "\nx\n", "x\n"},
             {"no text", "Subject: s\n\n", "s"},
             {"encoded subject",
              "Subject: =?iso-8859-1?Q?Re=E7u?=\n =?utf-8?B?IMOgIHBheWVy?=\n\nx\n",
              "Reçu à payer\nx\n"},
             {"raw Latin-1 subject", "Subject: re\xE7u\n\nx\n", "reçu\nx\n"},
             {"damaged encoded word", "Subject: =?utf-8?B?w6?= =?what?X?y?=\n\nx\n", ""},
             {"quoted-printable",
              qp + "Content-Type: text/plain; charset=utf-8\n\n=C3=A9t=C3=A9=\n!\n", "été!\n"},
             {"damaged quoted-printable", qp + "\na=ZZb=\n\n=4", ""},
             {"base64", base64 + "Content-Type: text/plain; charset=iso-8859-1\n\n6XTpIQ==\n",
              "été!"},
             {"damaged base64", base64 + "\n*!6X@TpIQ\n", ""},
             {"unknown charset", "Content-Type: text/plain; charset=x-klingon\n\n\xE9\n", "é\n"},
             {"wrong charset", "Content-Type: text/plain; charset=us-ascii\n\né\n", "é\n"},
             {"page",
              "Content-Type: text/html\n\n<p>Cliquez <a href=\"https://faux.test/x\">ici</a>",
              "Cliquez ici <https://faux.test/x>"},
             {"alternative",
              "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nVotre colis\n"
              "--b\nContent-Type: text/html\n\n<p>Votre colis!\n--b--\n",
              "Votre colis"},
             {"alternative with a stub",
              "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nHTML\n"
              "--b\nContent-Type: text/html\n\n<p>Votre colis attend depuis hier, payez les "
              "frais\n--b--\n",
              "Votre colis attend depuis hier, payez les frais"},
             {"boundary never comes", "Content-Type: multipart/mixed; boundary=b\n\ntexte\n", ""},
             {"no boundary named", "Content-Type: multipart/mixed\n\ntexte\n", ""},
             {"mixed",
              "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nun\n--b\n\ndeux\n--b--\n",
              "un\ndeux"},
         }) {
        SCOPED_TRACE(row.name);
        const std::string text = text_of(kHead + row.rest);
        // An empty expectation: the damage is borne, what is read of it is GMime's affair.
        EXPECT_EQ(row.text.empty() ? "" : text, row.text);
    }
}

TEST(Mail, PreamblesArePassedOver) {
    for (const char* before : {"\xEF\xBB\xBF", "\r\n\n", "From a Mon Jan 1 10:00:00 2026\n"}) {
        EXPECT_EQ(text_of(std::string{before} + kHead + "Subject: s\n\nx\n"), "s\nx\n");
    }
}

TEST(Mail, AttachmentsAreNoted) {
    const Statement s =
        read(std::string{kHead} +
             "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nVoir\n"
             "--b\nContent-Type: application/pdf; name=\"=?utf-8?Q?re=C3=A7u.pdf?=\"\n\nx\n"
             "--b\nContent-Type: text/plain\n"
             "Content-Disposition: attachment; filename=notes.txt\n\nsecret\n"
             "--b\nContent-Type: image/png\nContent-ID: <1>\n\nx\n--b--\n");
    ASSERT_EQ(s.attachments.size(), 3U);
    EXPECT_EQ(s.attachments[0].name, "reçu.pdf");
    EXPECT_EQ(s.attachments[0].path, "m.eml#1");
    EXPECT_EQ(s.attachments[1].name, "notes.txt");
    EXPECT_EQ(s.attachments[2].name, "part-5.png");
    EXPECT_EQ(s.messages[0].text, "Voir");
}

TEST(Mail, AForwardedMailIsTheSuspects) {
    const Statement s =
        read("From: Moi <moi@exemple.test>\nTo: signaler@aide.test\nSubject: Fwd\n"
             "Date: Sun, 1 Mar 2026 09:30:00 +0100\n"
             "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nJ'ai eu ce mail.\n"
             "--b\nContent-Type: message/rfc822\n\n"
             "From: Banque <a@faux.test>\nTo: moi@exemple.test\nSubject: Compte\n"
             "Date: Sat, 28 Feb 2026 10:00:00 +0000\n\nCliquez\n--b--\n");
    EXPECT_EQ(s.narrative, "Fwd\nJ'ai eu ce mail.");
    ASSERT_EQ(s.messages.size(), 1U);
    EXPECT_EQ(s.messages[0].text, "Compte\nCliquez");
    EXPECT_EQ(s.messages[0].at, parse_rfc3339("2026-02-28T10:00:00Z"));
    EXPECT_EQ(s.received_at, parse_rfc3339("2026-03-01T08:30:00Z"));
    EXPECT_THAT(addresses_of(s), ElementsAre("victim moi@exemple.test", "suspect a@faux.test",
                                             "third_party signaler@aide.test"));
    ASSERT_EQ(s.personas.size(), 1U);
    EXPECT_EQ(s.personas[0].name, "Banque");
}

TEST(Mail, WhatIsNoMailIsRefused) {
    struct Row {
        const char* name;
        std::string bytes;
        RejectReason reason;
    };
    for (const Row& row : std::vector<Row>{
             {"empty", "", RejectReason::EmptyRecord},
             {"separator only", "From a 10:00", RejectReason::EmptyRecord},
             {"prose", "Bonjour,\n\nje vous signale\n", RejectReason::NotAMail},
             {"other headers", "X-Thing: a\n\nx\n", RejectReason::NotAMail},
             {"binary", std::string(1000, '\0'), RejectReason::NotAMail},
             {"nothing inside", "Date: Sun, 1 Mar 2026 09:30:00 +0100\n\n",
              RejectReason::EmptyRecord},
         }) {
        Statement statement;
        const std::optional<Fault> fault =
            parse_mail(row.bytes, {.id = "m", .file = "m"}, statement);
        ASSERT_TRUE(fault.has_value()) << row.name;
        EXPECT_EQ(name_of(fault->reason), name_of(row.reason)) << row.name;
        EXPECT_EQ(fault->record, "m");
    }
}

TEST(Mail, NestingIsBounded) {
    std::string parts = kHead;
    for (int i = 0; i < 2000; ++i) {
        const std::string boundary = "b" + std::to_string(i);
        parts.append("Content-Type: multipart/mixed; boundary=").append(boundary);
        parts.append("\n\n--").append(boundary).append("\n");
    }
    read(parts + "\nx\n");
    std::string forwards = kHead;
    for (int i = 0; i < 2000; ++i) forwards += "Content-Type: message/rfc822\n\nFrom: a@x.test\n";
    read(forwards + "\nx\n");
    std::string many = std::string{kHead} + "Content-Type: multipart/mixed; boundary=b\n\n";
    for (int i = 0; i < 50'000; ++i) many += "--b\n\nx\n";
    read(many);
    std::string recipients = "From: a@x.test\nTo: z@x.test";
    for (int i = 0; i < 20'000; ++i) recipients += ",\n b" + std::to_string(i) + "@x.test";
    EXPECT_LE(read(recipients + "\n\nx\n").identifiers.size(), 300U);
}

TEST(Mail, ThreadsDoNotMeet) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([] {
            for (int j = 0; j < 200; ++j) {
                ASSERT_EQ(text_of(std::string{kHead} +
                                  "Subject: =?iso-8859-15?Q?=A4?=\n"
                                  "Content-Type: text/plain; charset=koi8-r\n\n\xF0\n"),
                          "€\nП\n");
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
}

} // namespace
} // namespace interchange::mail
