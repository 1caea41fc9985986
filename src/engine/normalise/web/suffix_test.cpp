// Differential: libpsl reads the same list, as text, and must answer the same for every host.
#include "engine/normalise/web/suffix.hpp"

#include <gtest/gtest.h>
#include <libpsl.h>

#include <array>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace engine::normalise::web {
namespace {

struct FreeList {
    void operator()(psl_ctx_t* list) const { psl_free(list); }
};
using List = std::unique_ptr<psl_ctx_t, FreeList>;

List same_list() {
    return List{psl_load_file(MAILLON_PUBLIC_SUFFIX_RULES)};
}

std::string oracle_registrable(const psl_ctx_t* list, const std::string& host) {
    const char* const domain = psl_registrable_domain(list, host.c_str());
    return domain == nullptr ? std::string{} : std::string{domain};
}

std::string our_registrable(const std::string& host) {
    const SuffixMatch match = match_suffix(host);
    return match.registrable == match.suffix ? std::string{} : host.substr(match.registrable);
}

void expect_same(const psl_ctx_t* list, const std::string& host) {
    EXPECT_EQ(our_registrable(host), oracle_registrable(list, host)) << host;
    const SuffixMatch match = match_suffix(host);
    const std::string suffix = host.substr(match.suffix);
    const bool is_suffix =
        psl_is_public_suffix2(list, suffix.c_str(), PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) != 0;
    EXPECT_EQ(is_suffix, match.is_listed) << host;
    const bool is_private = match.is_listed &&
                            psl_is_public_suffix2(list, suffix.c_str(), PSL_TYPE_PRIVATE) != 0 &&
                            psl_is_public_suffix2(list, suffix.c_str(), PSL_TYPE_ICANN) == 0;
    EXPECT_EQ(is_private, match.is_private) << host;
}

std::vector<std::string> rules_without_marks() {
    std::vector<std::string> names;
    std::ifstream file{MAILLON_PUBLIC_SUFFIX_RULES};
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("//")) continue;
        if (line.starts_with("*.")) line.erase(0, 2);
        if (line.starts_with("!")) line.erase(0, 1);
        names.push_back(line);
    }
    return names;
}

TEST(PublicSuffix, AgreesWithLibpslOnAndAroundEveryRule) {
    const List list = same_list();
    ASSERT_NE(list, nullptr);
    const std::vector<std::string> names = rules_without_marks();
    ASSERT_GT(names.size(), 9000U);
    for (const std::string& name : names) {
        expect_same(list.get(), name);
        expect_same(list.get(), "exemple." + name);
        expect_same(list.get(), "a.b.exemple." + name);
        expect_same(list.get(), 'x' + name);
    }
}

TEST(PublicSuffix, AgreesWithLibpslOnRandomHosts) {
    const List list = same_list();
    ASSERT_NE(list, nullptr);
    const std::vector<std::string> names = rules_without_marks();
    std::mt19937 random{2024};
    constexpr std::array<const char*, 6> kLabels{"www", "shop", "ck", "com", "kobe", "x-1"};
    for (int i = 0; i < 100'000; ++i) {
        std::string host = names[random() % names.size()];
        if (random() % 4 == 0) host += '.' + names[random() % names.size()];
        for (unsigned labels = random() % 4; labels > 0; --labels) {
            host.insert(0, std::string{kLabels[random() % kLabels.size()]} + '.');
        }
        if (random() % 8 == 0) host[random() % host.size()] = 'q';
        if (host.find("..") != std::string::npos || host.starts_with('.') || host.ends_with('.')) {
            continue;
        }
        expect_same(list.get(), host);
    }
}

TEST(PublicSuffix, KnowsWhoseRuleItIs) {
    EXPECT_TRUE(match_suffix("exemple.github.io").is_private);
    EXPECT_FALSE(match_suffix("exemple.co.uk").is_private);
    EXPECT_FALSE(match_suffix("fichier.texte").is_listed);
    EXPECT_FALSE(match_suffix("localhost").is_listed);
}

} // namespace
} // namespace engine::normalise::web
