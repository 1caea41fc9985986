#include "platform/vault/store/staging.hpp"

#include "platform/crypto/bytes.hpp"

#include <gmock/gmock.h>

namespace platform::vault {

namespace {

using std::chrono::seconds;

Staged staged(std::uint64_t bytes = 1) {
    return {.key = crypto::SecretKey::random(), .bytes = bytes};
}

bool is_held(Staging& staging, const std::string& name, Staging::Instant now) {
    bool held = true;
    staging.unless_held(name, now, [&] { held = false; });
    return held;
}

TEST(Staging, HoldsUntilItsTimeIsOver) {
    crypto::start();
    Staging staging;
    const Staging::Instant now{};
    staging.keep("a", staged(7), now);
    ASSERT_TRUE(staging.adopt("a", now + kStagedFor - seconds{1}));
    EXPECT_EQ(staging.adopt("a", now)->bytes, 7U); // its transaction was rolled back
    EXPECT_FALSE(staging.adopt("b", now));
    EXPECT_TRUE(is_held(staging, "a", now));
    EXPECT_FALSE(is_held(staging, "a", now + kStagedFor));
    EXPECT_FALSE(staging.adopt("a", now + kStagedFor));
}

TEST(Staging, PlacesAreBoundedAndGoToThoseThatWait) {
    crypto::start();
    Staging staging{2};
    const Staging::Instant now{};
    staging.keep("a", staged(), now);
    staging.keep("b", staged(), now);
    EXPECT_THROW(staging.keep("c", staged(), now), NoRoom);
    EXPECT_TRUE(staging.adopt("b", now));
    staging.keep("c", staged(), now);
    EXPECT_TRUE(is_held(staging, "a", now));
    EXPECT_FALSE(is_held(staging, "b", now));
    EXPECT_THROW(staging.keep("d", staged(), now), NoRoom);
    staging.keep("d", staged(), now + kStagedFor);
}

} // namespace

} // namespace platform::vault
