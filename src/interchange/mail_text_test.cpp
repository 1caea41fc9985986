#include "interchange/mail_text.hpp"

#include "interchange/utf8.hpp"

#include <gmock/gmock.h>

namespace interchange {

namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;
using ::testing::StartsWith;

TEST(MailText, HasTheHeadersThatSayWhoThenTheWords) {
    const std::optional<std::string> text =
        mail_text("Return-Path: <rebond@envoi.example>\r\n"
                  "Received: from a by b; Mon, 5 Jan 2026 10:00:00 +0100\r\n"
                  "From: =?utf-8?q?Service_Colis_=C3=A9tranger?= <colis@faux.example>\r\n"
                  "Reply-To: paiement@faux.example\r\n"
                  "To: victime@courrier.example\r\n"
                  "Subject: =?iso-8859-1?q?Votre_colis_est_bloqu=E9?=\r\n"
                  "Date: Mon, 5 Jan 2026 09:59:00 +0100\r\n"
                  "Content-Type: text/plain; charset=iso-8859-15\r\n"
                  "Content-Transfer-Encoding: 8bit\r\n\r\n"
                  "Payez 2 \xA4 ici.\r\n");
    EXPECT_EQ(text, "From: Service Colis étranger <colis@faux.example>\n"
                    "Reply-To: paiement@faux.example\n"
                    "Return-Path: <rebond@envoi.example>\n"
                    "Subject: Votre colis est bloqué\n"
                    "Date: Mon, 5 Jan 2026 09:59:00 +0100\n"
                    "\n"
                    "Payez 2 € ici.\n");
}

TEST(MailText, AForwardedMailFollows) {
    const std::optional<std::string> text =
        mail_text("From: victime@courrier.example\nSubject: TR\nMIME-Version: 1.0\n"
                  "Content-Type: multipart/mixed; boundary=b\n\n"
                  "--b\nContent-Type: text/html\n\n<p>Voici le <b>mail</b></p>\n"
                  "--b\nContent-Type: message/rfc822\n\n"
                  "From: voleur@faux.example\nSubject: Urgent\n\nPayez.\n--b--\n");
    EXPECT_THAT(text, Optional(StartsWith("From: victime@courrier.example\n")));
    EXPECT_THAT(text, Optional(HasSubstr("Voici le mail\n")));
    EXPECT_THAT(text,
                Optional(EndsWith("\nFrom: voleur@faux.example\nSubject: Urgent\n\nPayez.\n")));
}

TEST(MailText, IsBounded) {
    std::string long_mail = "From: a@b.example\n\n";
    while (long_mail.size() < (3U << 20U)) long_mail += "é";
    const std::optional<std::string> text = mail_text(long_mail);
    ASSERT_TRUE(text);
    EXPECT_LE(text->size(), 1U << 20U);
    EXPECT_GT(text->size(), (1U << 20U) - 4);
    EXPECT_TRUE(is_valid_utf8(*text));
}

TEST(MailText, OtherBytesAreNoMail) {
    for (const std::string_view bytes :
         {std::string_view{}, std::string_view{"Bonjour,\nje vous écris\n"},
          std::string_view{"\0\1\2\3", 4}}) {
        EXPECT_EQ(mail_text(bytes), std::nullopt);
    }
}

TEST(MailText, AHeaderCannotForgeAnother) {
    const std::optional<std::string> text =
        mail_text("From: a@b.example\nSubject: =?utf-8?q?un=0AReply-To:_c@d.example?=\n\ncorps\n");
    EXPECT_THAT(text, Optional(Not(HasSubstr("\nReply-To:"))));
}

} // namespace

} // namespace interchange
