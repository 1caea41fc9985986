// The shared vectors of web-platform-tests and of publicsuffix.org, read where they are
// (MAILLON_SHARED_DATA); each test says how many cases were in scope and why others were not.
#include "engine/normalise/web.hpp"

#include "engine/normalise/web/host.hpp"
#include "engine/normalise/web/suffix.hpp"
#include "engine/normalise/web/url.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <re2/re2.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace engine::normalise {
namespace {

std::string shared_file(const std::string& name) {
    const char* const folder = std::getenv("MAILLON_SHARED_DATA");
    if (folder == nullptr) return {};
    std::ifstream file{std::string{folder} + "/identifiers/url/" + name, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

// A lone surrogate has no UTF-8; browsers read U+FFFD there, and so do we.
std::string without_lone_surrogates(const std::string& json) {
    const RE2 pair_or_lone{R"((?is)(.*?)(?:(\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}))"
                           R"(|\\ud[89a-f][0-9a-f]{2}))"};
    re2::StringPiece rest{json};
    std::string clean;
    std::string before;
    std::string pair;
    while (RE2::Consume(&rest, pair_or_lone, &before, &pair)) {
        clean += before + (pair.empty() ? "\\ufffd" : pair);
    }
    return clean.append(rest.data(), rest.size());
}

TEST(UrlVectors, OfWebPlatformTests) {
    const std::string text = shared_file("urltestdata.json");
    if (text.empty()) GTEST_SKIP() << "MAILLON_SHARED_DATA is not set";
    int in_scope = 0;
    int other_scheme = 0;
    int relative = 0;
    const RE2 special{R"((?i)^[\x00-\x20]*h[\t\n\r]*t[\t\n\r]*t[\t\n\r]*p[\t\n\r]*s?[\t\n\r]*:)"};
    const RE2 own_authority{R"(:[\t\n\r]*[/\\][\t\n\r]*[/\\])"};
    for (const auto& entry : nlohmann::json::parse(without_lone_surrogates(text))) {
        if (!entry.is_object()) continue;
        const std::string input = entry["input"];
        if (!RE2::PartialMatch(input, special)) {
            ++(input.find(':') == std::string::npos ? relative : other_scheme);
            continue;
        }
        if (!entry["base"].is_null() && !RE2::PartialMatch(input, own_authority)) {
            ++relative; // "http:x" against a base of its own scheme
            continue;
        }
        ++in_scope;
        const auto url = web::parse_http_url(input);
        if (entry.value("failure", false)) {
            EXPECT_FALSE(url) << input << " -> " << url->href();
            continue;
        }
        if (!url) {
            ADD_FAILURE() << input << " should be " << entry["href"];
            continue;
        }
        std::string expected = entry["href"];
        expected.resize(std::min(expected.size(), expected.find('#')));
        EXPECT_EQ(url->href(), expected) << input;
    }
    RecordProperty("set", "web-platform-tests, URLs of http and https");
    RecordProperty("cases", in_scope);
    std::cout << "in scope " << in_scope << ", other scheme " << other_scheme
              << ", relative to a base " << relative << '\n';
    EXPECT_GT(in_scope, 300);
}

TEST(HostVectors, OfWebPlatformTests) {
    const std::string text = shared_file("toascii.json");
    if (text.empty()) GTEST_SKIP() << "MAILLON_SHARED_DATA is not set";
    int in_scope = 0;
    for (const auto& entry : nlohmann::json::parse(text)) {
        if (!entry.is_object()) continue;
        ++in_scope;
        const std::string input = entry["input"];
        const auto host = input.empty() ? std::nullopt : web::parse_host(input);
        if (entry["output"].is_null()) {
            EXPECT_FALSE(host) << input << " -> " << *host;
        } else {
            EXPECT_EQ(host.value_or(""), entry["output"].get<std::string>()) << input;
        }
    }
    RecordProperty("set", "web-platform-tests, hosts");
    RecordProperty("cases", in_scope);
    EXPECT_GT(in_scope, 70);
}

TEST(PublicSuffixVectors, OfTheList) {
    const std::string text = shared_file("test_psl.txt");
    if (text.empty()) GTEST_SKIP() << "MAILLON_SHARED_DATA is not set";
    const RE2 line{R"((?m)^checkPublicSuffix\((?:'([^']*)'|null), (?:'([^']*)'|null)\);)"};
    int in_scope = 0;
    re2::StringPiece rest{text};
    std::string host;
    std::string expected;
    while (RE2::FindAndConsume(&rest, line, &host, &expected)) {
        if (host.empty() || host.starts_with('.')) continue; // no host of ours starts with a dot
        ++in_scope;
        const auto ascii = web::domain_to_ascii(host);
        if (!ascii) {
            ADD_FAILURE() << host;
            continue;
        }
        const web::SuffixMatch found = web::match_suffix(*ascii);
        const std::string registrable =
            found.registrable == found.suffix ? std::string{} : ascii->substr(found.registrable);
        EXPECT_EQ(registrable, web::domain_to_ascii(expected).value_or("")) << host;
    }
    RecordProperty("set", "Public Suffix List, its own tests");
    RecordProperty("cases", in_scope);
    EXPECT_GT(in_scope, 70);
}

} // namespace
} // namespace engine::normalise
