#include "engine/normalise/web.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace engine::normalise {
namespace {

struct Row {
    std::string_view written;
    std::string_view expected;
};

TEST(Email, IsCanonicalForItsProvider) {
    const std::vector<Row> rows{
        {"Jean.Dupont@Exemple.FR", "jean.dupont@exemple.fr"},
        {"<jean@exemple.fr>", "jean@exemple.fr"},
        {"mailto:jean@exemple.fr?subject=Bonjour", "jean@exemple.fr"},
        {"jean@exemple.fr.", "jean@exemple.fr"},
        {"j.e.a.n+colis@gmail.com", "jean@gmail.com"},
        {"Jean.D@googlemail.com", "jeand@gmail.com"},
        {"jean.d+x@outlook.fr", "jean.d@outlook.fr"},
        {"jean+x@hotmail.com", "jean@hotmail.com"},
        {"jean-achats@yahoo.fr", "jean@yahoo.fr"},
        {"jean-paul@exemple.fr", "jean-paul@exemple.fr"},
        {"Jean.Du-pont_9+x@proton.me", "jeandupont9@proton.me"},
        {"jean+x@icloud.com", "jean@icloud.com"},
        {"jean+x@exemple.fr", "jean@exemple.fr"},
        {"+33612@exemple.fr", "+33612@exemple.fr"},
        {"jean@banqué.fr", "jean@xn--banqu-fsa.fr"},
        {"jérôme@exemple.fr", "jérôme@exemple.fr"},
        {"JÉRÔME@exemple.fr", "jérôme@exemple.fr"},
        {"jean [at] gmail point com", "jean@gmail.com"},
        {"jean(at)exemple(dot)fr", "jean@exemple.fr"},
        {"jean arobase exemple point fr", "jean@exemple.fr"},
        {"jean[@]exemple[.]fr", "jean@exemple.fr"},
        {"jean@www.exemple.fr", "jean@www.exemple.fr"},
    };
    for (const Row& row : rows) {
        const Result<std::string, WebRefusal> email = parse_email(row.written);
        ASSERT_TRUE(email) << row.written;
        EXPECT_EQ(*email, row.expected);
        const Result<std::string, WebRefusal> again = parse_email(*email);
        ASSERT_TRUE(again) << *email;
        EXPECT_EQ(*again, *email);
    }
}

TEST(Email, IsRefusedWhenItCannotBeOne) {
    const std::string long_local = std::string(65, 'a') + "@exemple.fr";
    const std::string long_address = std::string(2000, 'a') + "@exemple.fr";
    const std::vector<std::pair<std::string_view, WebRefusal>> rows{
        {"", WebRefusal::Empty},
        {" < > ", WebRefusal::Empty},
        {"jean", WebRefusal::WrongAddress},
        {"@exemple.fr", WebRefusal::WrongAddress},
        {"jean@", WebRefusal::Empty},
        {"jean@exemple", WebRefusal::NotUnderPublicSuffix},
        {"jean@192.0.2.1", WebRefusal::NotUnderPublicSuffix},
        {"jean..d@exemple.fr", WebRefusal::WrongCharacter},
        {".jean@exemple.fr", WebRefusal::WrongCharacter},
        {"jean,d@exemple.fr", WebRefusal::WrongCharacter},
        {"jean@d@exemple.fr", WebRefusal::WrongCharacter},
        {long_local, WebRefusal::TooLong},
        {long_address, WebRefusal::TooLong},
    };
    for (const auto& [written, refusal] : rows) {
        const Result<std::string, WebRefusal> email = parse_email(written);
        ASSERT_FALSE(email) << written << " -> " << *email;
        EXPECT_EQ(email.error(), refusal) << written;
    }
}

} // namespace
} // namespace engine::normalise
