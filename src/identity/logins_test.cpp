#include "identity/local_path.hpp"

#include <gtest/gtest.h>

namespace identity {
namespace {

TEST(LocalPath, LeadsToOurPagesAlone) {
    struct Case {
        std::string path;
        bool ours;
    };
    const Case cases[] = {
        {"/", true},
        {"/plainte/recit", true},
        {"/plainte?etape=2&x=%2F", true},
        {"", false},
        {"plainte", false},
        {"//autre.example", false},
        {"///autre.example", false},
        {"/\\autre.example", false},
        {"\\\\autre.example", false},
        {"https://autre.example", false},
        {"javascript:alert(1)", false},
        {"/a\tb", false},
        {"/a\r\nSet-Cookie: x=1", false},
        {" /plainte", false},
        {"/pl\xc3\xa9", false},
        {"/" + std::string(600, 'a'), false},
    };
    for (const Case& c : cases) EXPECT_EQ(is_local_path(c.path), c.ours) << c.path;
    EXPECT_EQ(local_path_or("//autre.example", "/en"), "/en");
}

} // namespace
} // namespace identity
