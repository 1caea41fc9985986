#include "platform/mail/mail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace platform::mail {

namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Address, IsOneThatMailCanBeSentTo) {
    const std::string long_local(64, 'a');
    const std::string label(63, 'b');
    const std::string long_domain = label + '.' + label + '.' + label; // 191
    struct Case {
        std::string address;
        std::optional<std::string> wire;
    };
    for (const Case& c : {
             Case{"a@b.example", "a@b.example"},
             Case{"Jeanne.Martin+tag@Example.TEST", "Jeanne.Martin+tag@example.test"},
             Case{"o'neil_{x}@sub.domain.example", "o'neil_{x}@sub.domain.example"},
             Case{"élise@b.example", std::nullopt}, // needs SMTPUTF8
             Case{"a@bücher.example", "a@xn--bcher-kva.example"},
             Case{"a@xn--bcher-kva.example", "a@xn--bcher-kva.example"},
             Case{"a@例え.example", "a@xn--r8jz45g.example"},
             Case{"", std::nullopt},
             Case{"a", std::nullopt},
             Case{"@b.example", std::nullopt},
             Case{"a@", std::nullopt},
             Case{"a@localhost", std::nullopt},
             Case{"a@@b.example", std::nullopt},
             Case{"a@b@c.example", std::nullopt},
             Case{".a@b.example", std::nullopt},
             Case{"a.@b.example", std::nullopt},
             Case{"a..b@c.example", std::nullopt},
             Case{"a b@c.example", std::nullopt},
             Case{"\"a b\"@c.example", std::nullopt},
             Case{"a@b.example\r\nBcc: x@y.example", std::nullopt},
             Case{"a\r\n@b.example", std::nullopt},
             Case{std::string{"a\0b@c.example", 13}, std::nullopt},
             Case{"a@b.example,c@d.example", std::nullopt},
             Case{"<a@b.example>", std::nullopt},
             Case{"a@-b.example", std::nullopt},
             Case{"a@b-.example", std::nullopt},
             Case{"a@b..example", std::nullopt},
             Case{"a@.example", std::nullopt},
             Case{"a@b.example.", std::nullopt},
             Case{"a@b_c.example", std::nullopt},
             Case{"a@192.0.2.1", std::nullopt},
             Case{"a@[192.0.2.1]", std::nullopt},
             Case{"a@\xff.example", std::nullopt},
             Case{long_local + "@b.example", long_local + "@b.example"},
             Case{long_local + "a@b.example", std::nullopt},
             Case{"a@" + label + ".example", "a@" + label + ".example"},
             Case{"a@b" + label + ".example", std::nullopt},
             Case{std::string(62, 'a') + "@" + long_domain,
                  std::string(62, 'a') + "@" + long_domain},
             Case{long_local + "@" + long_domain, std::nullopt},
         }) {
        EXPECT_EQ(wire_address(c.address), c.wire) << c.address;
        EXPECT_EQ(is_address(c.address), c.wire.has_value()) << c.address;
    }
}

TEST(Sender, IsAnAddressOrANameAndOne) {
    for (const char* from : {"maillon@localhost", "a@b.example", "Maillon <a@b.example>",
                             "Plateforme de signalement <ne-pas-repondre@b.example>",
                             "Mél été <a@b.example>", "<a@b.example>"}) {
        EXPECT_TRUE(is_sender(from)) << from;
    }
    for (const char* from : {"", "maillon", "a@", "A <a@b.example", "A <a@b.example> b",
                             "A, B <a@b.example>", "A\r\nBcc: c@d.example <a@b.example>",
                             "A <<a@b.example>", "\"A\" <a@b.example>", "a@b.example>", "A <b>"}) {
        EXPECT_FALSE(is_sender(from)) << from;
    }
}

Message message() {
    return {.to = "jeanne@bücher.example",
            .subject = "Votre déclaration a été reçue",
            .text = "Bonjour,\n\nC'est arrivé.\n",
            .html = "",
            .language = "fr"};
}

TEST(Compose, LetsNoHeaderIn) {
    Message hostile = message();
    hostile.subject = "Hello\r\nBcc: x@y.example\r\n\r\nbody\x01\x7f";
    hostile.language = "fr\r\nX-Injected: 1";
    const std::string bytes =
        compose(hostile, "Maillon <a@b.example>", "id\r\nX-Other: 1@b.example");
    const std::string head = bytes.substr(0, bytes.find("\r\n\r\n"));
    for (const char* name : {"\nBcc:", "\nX-Injected:", "\nX-Other:", "\nbody"}) {
        EXPECT_THAT(head, Not(HasSubstr(name)));
    }
    EXPECT_THAT(head, HasSubstr("Subject: Hello  Bcc: x@y.example"));
}

TEST(Compose, SaysThatAProgramWroteIt) {
    const std::string bytes = compose(message(), "a@b.example", "1@b.example");
    EXPECT_THAT(bytes, HasSubstr("Auto-Submitted: auto-generated\r\n"));
    EXPECT_THAT(bytes, HasSubstr("Message-Id: <1@b.example>\r\n"));
    EXPECT_THAT(bytes, HasSubstr("To: jeanne@xn--bcher-kva.example\r\n"));
    EXPECT_THAT(bytes, HasSubstr("Content-Language: fr\r\n"));
    EXPECT_THAT(bytes, ::testing::ContainsRegex("Date: [A-Z][a-z][a-z], "));
    EXPECT_THAT(bytes, HasSubstr("Content-Transfer-Encoding: quoted-printable"));
    EXPECT_THAT(bytes, Not(HasSubstr("multipart"))) << "there is no HTML";
}

} // namespace

} // namespace platform::mail
