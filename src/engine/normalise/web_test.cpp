#include "engine/normalise/web.hpp"

#include <gtest/gtest.h>
#include <unicode/uspoof.h>

#include <string>
#include <vector>

namespace engine::normalise {
namespace {

struct Row {
    std::string_view written;
    std::string_view expected; // canonical, or empty when it must be refused
    WebRefusal refusal = WebRefusal::Empty;
};

template <class Parse> void check(const std::vector<Row>& rows, Parse parse) {
    for (const Row& row : rows) {
        const Result<std::string, WebRefusal> result = parse(row.written);
        if (row.expected.empty()) {
            ASSERT_FALSE(result) << row.written << " -> " << *result;
            EXPECT_EQ(result.error(), row.refusal) << row.written;
        } else {
            ASSERT_TRUE(result) << row.written;
            EXPECT_EQ(*result, row.expected) << row.written;
        }
    }
}

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

TEST(Domain, IsCanonicalOrRefused) {
    const std::string long_label = std::string(64, 'a') + ".fr";
    const std::string longest_label = std::string(63, 'a') + ".fr";
    const std::string long_name = repeated("abcdefghi.", 26) + "fr";
    check({{"Colis-Livraison.FR", "colis-livraison.fr"},
           {"www.exemple.fr.", "exemple.fr"},
           {"WWW.exemple.co.uk", "exemple.co.uk"},
           {"www.fr", "www.fr"},
           {"www.gouv.fr", "gouv.fr"},
           {"  exemple.fr ", "exemple.fr"},
           {"a_b.exemple.fr", "a_b.exemple.fr"},
           {"faux.github.io", "faux.github.io"},
           {"github.io", "github.io"},
           {"banqué.fr", "xn--banqu-fsa.fr"},
           {"BANQUÉ.fr", "xn--banqu-fsa.fr"},
           {"straße.de", "xn--strae-oqa.de"},
           {"exemple。fr", "exemple.fr"},
           {"ｅｘｅｍｐｌｅ.fr", "exemple.fr"},
           {"exem\u200Bple.fr", "exemple.fr"},
           {"exem\u200Dple.fr", "exemple.fr"},
           {"exem\u00ADple.fr", "exemple.fr"},
           {"pаypal.com", "xn--pypal-4ve.com"}, // Cyrillic а
           {"食狮.公司.cn", "xn--85x722f.xn--55qx5d.cn"},
           {"exa[.]mple[.]fr", "exa.mple.fr"},
           {"exemple(.)fr", "exemple.fr"},
           {"exemple{.}fr", "exemple.fr"},
           {"exemple dot fr", "exemple.fr"},
           {"exemple [point] fr", "exemple.fr"},
           {longest_label, longest_label},
           {"", "", WebRefusal::Empty},
           {".", "", WebRefusal::Empty},
           {"fr", "", WebRefusal::NotUnderPublicSuffix},
           {"fichier.texte", "", WebRefusal::NotUnderPublicSuffix},
           {"localhost", "", WebRefusal::NotUnderPublicSuffix},
           {"192.168.0.1", "", WebRefusal::NotUnderPublicSuffix},
           {".exemple.fr", "", WebRefusal::WrongCharacter},
           {"exemple..fr", "", WebRefusal::WrongCharacter},
           {"ex emple.fr", "", WebRefusal::WrongCharacter},
           {"-exemple.fr", "", WebRefusal::WrongCharacter},
           {"exemple-.fr", "", WebRefusal::WrongCharacter},
           {"ex_emple.fr", "", WebRefusal::WrongCharacter},
           {"*.exemple.fr", "", WebRefusal::WrongCharacter},
           {"jean@exemple.fr", "", WebRefusal::WrongCharacter},
           {"exemple.fr/x", "", WebRefusal::WrongCharacter},
           {"exem\xFFple.fr", "", WebRefusal::WrongCharacter},
           {long_label, "", WebRefusal::TooLong},
           {long_name, "", WebRefusal::TooLong}},
          [](std::string_view written) { return parse_domain(written); });
}

TEST(Domain, HasARegistrablePart) {
    const std::vector<std::pair<std::string, std::string>> rows{
        {"shop.exemple.co.uk", "exemple.co.uk"},
        {"a.b.exemple.fr", "exemple.fr"},
        {"exemple.fr", "exemple.fr"},
        {"faux.github.io", "faux.github.io"},
        {"x.faux.github.io", "faux.github.io"},
        {"github.io", "github.io"},
        {"impots.gouv.fr", "impots.gouv.fr"},
        {"www.ck", "www.ck"},
        {"a.www.ck", "www.ck"},
        {"a.b.test.ck", "b.test.ck"}};
    for (const auto& [host, expected] : rows) EXPECT_EQ(registrable_domain(host), expected) << host;
}

Result<std::string, WebRefusal> href_of(std::string_view written) {
    const Result<Url, WebRefusal> url = parse_url(written);
    if (!url) return refuse(url.error());
    return url->href;
}

Result<std::string, WebRefusal> host_of(std::string_view written) {
    const Result<Url, WebRefusal> url = parse_url(written);
    if (!url) return refuse(url.error());
    return url->host;
}

TEST(Url, IsNormalised) {
    check({{"HTTPS://Exemple.FR", "https://exemple.fr/"},
           {"exemple.fr", "http://exemple.fr/"},
           {"exemple.fr/Suivi?N=1", "http://exemple.fr/Suivi?N=1"},
           {"exemple.fr:8080/x", "http://exemple.fr:8080/x"},
           {"http://exemple.fr:80/", "http://exemple.fr/"},
           {"https://exemple.fr:443/a", "https://exemple.fr/a"},
           {"https://exemple.fr:80/a", "https://exemple.fr:80/a"},
           {"http://exemple.fr/a/./b/../c", "http://exemple.fr/a/c"},
           {"http://exemple.fr/a/%2e%2E/b", "http://exemple.fr/b"},
           {"http://exemple.fr/é è", "http://exemple.fr/%C3%A9%20%C3%A8"},
           {"http://exemple.fr/x#haut", "http://exemple.fr/x"},
           {"http://exemple.fr./x", "http://exemple.fr/x"},
           {"http:\\\\exemple.fr\\a", "http://exemple.fr/a"},
           {"http:exemple.fr", "http://exemple.fr/"},
           {"http://banque.example@exemple.fr/x", "http://exemple.fr/x"},
           {"http://banqué.fr/", "http://xn--banqu-fsa.fr/"},
           {" \thttps://exemple.fr/\n", "https://exemple.fr/"}},
          href_of);
}

TEST(Url, IsReadThroughItsDisguise) {
    check({{"hxxps://exa[.]mple[.]fr/x", "https://exa.mple.fr/x"},
           {"hXXp://exemple.fr", "http://exemple.fr/"},
           {"hxxp[s]://exemple.fr", "https://exemple.fr/"},
           {"hxxps[:]//exemple.fr", "https://exemple.fr/"},
           {"https[://]exemple.fr/a", "https://exemple.fr/a"},
           {"hxxp[:][/][/]exemple.fr/a", "http://exemple.fr/a"},
           {"h**p://exemple.fr/a", "http://exemple.fr/a"},
           {"http://exemple(.)fr/a", "http://exemple.fr/a"},
           {"http://exemple{.}fr", "http://exemple.fr/"},
           {"http://exemple dot fr/a", "http://exemple.fr/a"},
           {"exemple point fr", "http://exemple.fr/"},
           {"http://exemple[dot]fr/a[.]html", "http://exemple.fr/a[.]html"},
           {"hxxp://192[.]0[.]2[.]7/x", "http://192.0.2.7/x"}},
          href_of);
}

TEST(Url, ForgetsTheVictim) {
    check({{"http://exemple.fr/?gclid=1&id=7", "http://exemple.fr/?id=7"},
           {"http://exemple.fr/?id=7&utm_source=sms&UTM_medium=x", "http://exemple.fr/?id=7"},
           {"http://exemple.fr/?fbclid=abc", "http://exemple.fr/"},
           {"http://exemple.fr/?email=jean@exemple.fr", "http://exemple.fr/"},
           {"http://exemple.fr/?e=jean.dupont%40exemple.fr&t=1", "http://exemple.fr/?t=1"},
           {"http://exemple.fr/?jean@exemple.fr", "http://exemple.fr/"},
           {"http://exemple.fr/?q=amVhbkBleGVtcGxlLmZy", "http://exemple.fr/"}, // base64
           {"http://exemple.fr/?q=amVhbiBkdXBvbnQ=", "http://exemple.fr/?q=amVhbiBkdXBvbnQ="},
           {"http://exemple.fr/?a=@b", "http://exemple.fr/?a=@b"},
           {"http://jean%40exemple.fr:pw@exemple.fr/", "http://exemple.fr/"},
           {"http://exemple.fr/#jean@exemple.fr", "http://exemple.fr/"}},
          href_of);
}

TEST(Url, HasACanonicalHostOrIsRefused) {
    check({{"https://www.exemple.fr/x", "exemple.fr"},
           {"http://0x7f.1/", "127.0.0.1"},
           {"http://017700000001/", "127.0.0.1"},
           {"http://2130706433/", "127.0.0.1"},
           {"192.0.2.7/x", "192.0.2.7"},
           {"192.0.2.7:8080/x", "192.0.2.7"},
           {"http://[2001:DB8::1]:8080/", "2001:db8::1"},
           {"http://[::ffff:192.0.2.1]/", "::ffff:192.0.2.1"},
           {"", "", WebRefusal::Empty},
           {"ftp://exemple.fr/", "", WebRefusal::NotHttp},
           {"mailto:jean@exemple.fr", "", WebRefusal::NotHttp},
           {"javascript:alert(1)", "", WebRefusal::NotHttp},
           {"1.2/3", "", WebRefusal::WrongAddress},
           {"http://exemple.fr:99999/", "", WebRefusal::WrongAddress},
           {"http://", "", WebRefusal::WrongAddress},
           {"http://[::1/", "", WebRefusal::WrongAddress},
           {"http://ex<emple.fr/", "", WebRefusal::WrongAddress},
           {"http://300.1.2.3/", "", WebRefusal::WrongAddress},
           {"http://localhost/", "", WebRefusal::NotUnderPublicSuffix},
           {"http://exemple.texte/", "", WebRefusal::NotUnderPublicSuffix}},
          host_of);
    const std::string too_long = "http://exemple.fr/" + std::string(9000, 'a');
    check({{too_long, "", WebRefusal::TooLong}}, host_of);
}

TEST(Url, IsItsOwnNormalForm) {
    for (const std::string_view written :
         {"hxxps://Exa[.]mple.fr/a b/../c?x='1'&gclid=2#f", "http://0x7f.1/%zz", "http://[1::0:1]/",
          "exemple.fr/\xFF", "http://exemple.fr/?a&&b"}) {
        const Result<Url, WebRefusal> once = parse_url(written);
        ASSERT_TRUE(once) << written;
        const Result<Url, WebRefusal> twice = parse_url(once->href);
        ASSERT_TRUE(twice) << once->href;
        EXPECT_EQ(twice->href, once->href);
        EXPECT_EQ(twice->host, once->host);
    }
}

TEST(Ip, IsCanonicalOrRefused) {
    check({{"192.0.2.1", "192.0.2.1"},
           {"192[.]0[.]2[.]1", "192.0.2.1"},
           {"2001:0DB8:0:0:0:0:0:1", "2001:db8::1"},
           {"[2001:db8::1]", "2001:db8::1"},
           {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"}, // RFC 5952 section 4.2.2
           {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},          // section 4.2.3, the longer run
           {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},    // the first of two
           {"::", "::"},
           {"1::", "1::"},
           {"::ffff:c000:0201", "::ffff:192.0.2.1"}, // section 5
           {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
           {"", "", WebRefusal::Empty},
           {"192.0.2", "", WebRefusal::WrongAddress},
           {"192.0.2.256", "", WebRefusal::WrongAddress},
           {"192.0.2.01", "", WebRefusal::WrongAddress},
           {"192.0.2.1.5", "", WebRefusal::WrongAddress},
           {"1:2:3:4:5:6:7", "", WebRefusal::WrongAddress},
           {"1:2:3:4:5:6:7:8:9", "", WebRefusal::WrongAddress},
           {"1::2::3", "", WebRefusal::WrongAddress},
           {"1:2:3:4::5:6:7:8", "", WebRefusal::WrongAddress},
           {"12345::", "", WebRefusal::WrongAddress},
           {"fe80::1%eth0", "", WebRefusal::WrongAddress},
           {":1::", "", WebRefusal::WrongAddress},
           {"::192.0.2", "", WebRefusal::WrongAddress}},
          [](std::string_view written) { return parse_ip(written); });
}

TEST(Skeleton, IsWhatACarelessReaderSees) {
    EXPECT_EQ(confusable_skeleton("pаypal"), "paypal"); // Cyrillic а
    EXPECT_EQ(confusable_skeleton("pаypаl"), confusable_skeleton("paypal"));
    EXPECT_EQ(confusable_skeleton("amazon"), confusable_skeleton("аmаzоn"));
    EXPECT_EQ(confusable_skeleton("microsoft"), confusable_skeleton("rnicrosoft"));
    EXPECT_NE(confusable_skeleton("orange"), confusable_skeleton("arange"));
    EXPECT_EQ(confusable_skeleton(""), "");
}

TEST(Skeleton, OfAsciiIsThatOfIcu) {
    UErrorCode status = U_ZERO_ERROR;
    USpoofChecker* const checker = uspoof_open(&status);
    ASSERT_TRUE(U_SUCCESS(status));
    for (int first = 0; first < 128; ++first) {
        for (int second = 0; second < 128; ++second) {
            const std::string text{static_cast<char>(first), static_cast<char>(second)};
            std::string expected(32, '\0');
            const std::int32_t size =
                uspoof_getSkeletonUTF8(checker, 0, text.data(), 2, expected.data(),
                                       static_cast<std::int32_t>(expected.size()), &status);
            ASSERT_TRUE(U_SUCCESS(status));
            expected.resize(static_cast<std::size_t>(size));
            ASSERT_EQ(confusable_skeleton(text), expected) << first << ' ' << second;
        }
    }
    uspoof_close(checker);
}

} // namespace
} // namespace engine::normalise
