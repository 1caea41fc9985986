#include "platform/crypto/keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sys/stat.h>
#include <thread>
#include <vector>

namespace platform::crypto {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

unsigned mode_of(const fs::path& path) {
    struct stat status{};
    EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777U;
}

std::string bytes_of(const fs::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

void write(const fs::path& path, const std::string& bytes) {
    std::ofstream{path, std::ios::binary} << bytes;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
}

class KeyRingFolder : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "maillon-keys-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        outer_ = name;
        folder_ = outer_ / "keys";
    }
    void TearDown() override { fs::remove_all(outer_); }

    [[nodiscard]] std::string refusal() const {
        auto ring = KeyRing::open(folder_);
        return ring ? "" : ring.error().what;
    }
    [[nodiscard]] PublicKey public_key() const {
        auto ring = KeyRing::open(folder_);
        EXPECT_TRUE(ring.has_value()) << ring.error().what;
        return ring->signing().public_key();
    }

    fs::path outer_;
    fs::path folder_;
};

constexpr const char* kFiles[] = {"master.key", "pepper.key", "signing.key"};

TEST_F(KeyRingFolder, IsMadeOnceForItsOwnerAlone) {
    const PublicKey first = public_key();
    EXPECT_EQ(mode_of(folder_), 0700U);
    std::vector<std::string> contents;
    for (const char* name : kFiles) {
        EXPECT_EQ(mode_of(folder_ / name), 0600U) << name;
        contents.push_back(bytes_of(folder_ / name));
        EXPECT_EQ(contents.back().size(), 32U) << name;
    }
    EXPECT_NE(contents[0], contents[1]);
    EXPECT_NE(contents[1], contents[2]);
    EXPECT_EQ(std::distance(fs::directory_iterator{folder_}, fs::directory_iterator{}), 3);
    EXPECT_EQ(public_key(), first);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(bytes_of(folder_ / kFiles[i]), contents[i]);
}

TEST_F(KeyRingFolder, MayExistWhenEmpty) {
    fs::create_directory(folder_);
    fs::permissions(folder_, fs::perms::owner_all);
    (void)public_key();
    EXPECT_EQ(bytes_of(folder_ / "master.key").size(), 32U);
}

TEST_F(KeyRingFolder, WrapsKeysForTheirPlace) {
    const SecretKey key = SecretKey::random();
    std::string wrapped;
    {
        auto ring = KeyRing::open(folder_);
        ASSERT_TRUE(ring);
        wrapped = ring->wrap(key, "data_key/5");
    }
    auto ring = KeyRing::open(folder_);
    ASSERT_TRUE(ring);
    const auto back = ring->unwrap(wrapped, "data_key/5");
    ASSERT_TRUE(back);
    EXPECT_EQ(back->bytes(), key.bytes());
    EXPECT_FALSE(ring->unwrap(wrapped, "data_key/6"));
    wrapped[30] = static_cast<char>(wrapped[30] ^ 1);
    EXPECT_FALSE(ring->unwrap(wrapped, "data_key/5"));
}

TEST_F(KeyRingFolder, RefusesAHalfRing) {
    (void)public_key();
    for (const char* name : kFiles) {
        const std::string kept = bytes_of(folder_ / name);
        fs::remove(folder_ / name);
        EXPECT_THAT(refusal(), HasSubstr(std::string{"misses "} + name));
        EXPECT_THAT(refusal(), HasSubstr("put what is missing back from the backup"));
        EXPECT_FALSE(fs::exists(folder_ / name)) << "nothing was made";
        write(folder_ / name, kept);
    }
    EXPECT_EQ(refusal(), "");
}

TEST_F(KeyRingFolder, RefusesAFolderOfSomethingElse) {
    fs::create_directory(folder_);
    fs::permissions(folder_, fs::perms::owner_all);
    write(folder_ / "letters.txt", "x");
    EXPECT_THAT(refusal(), HasSubstr("holds no keys but is not empty"));
    EXPECT_FALSE(fs::exists(folder_ / "master.key"));
}

TEST_F(KeyRingFolder, RefusesAWrongSize) {
    for (const char* name : kFiles) {
        for (const std::size_t size : {0UL, 31UL, 33UL, 10'000UL}) {
            fs::remove_all(folder_);
            (void)public_key();
            write(folder_ / name, std::string(size, 'k'));
            EXPECT_THAT(refusal(), HasSubstr(name));
            EXPECT_THAT(refusal(), HasSubstr("must have 32: put it back from the backup"));
        }
    }
}

TEST_F(KeyRingFolder, RefusesWhatOthersCanReach) {
    (void)public_key();
    for (const unsigned mode : {0640U, 0620U, 0604U, 0602U, 0601U, 0644U}) {
        ::chmod((folder_ / "pepper.key").c_str(), mode);
        EXPECT_THAT(refusal(), HasSubstr("run chmod 600")) << mode;
    }
    ::chmod((folder_ / "pepper.key").c_str(), 0400);
    EXPECT_EQ(refusal(), "");
    for (const unsigned mode : {0750U, 0705U, 0711U, 0755U}) {
        ::chmod(folder_.c_str(), mode);
        EXPECT_THAT(refusal(), HasSubstr("run chmod 700")) << mode;
    }
}

TEST_F(KeyRingFolder, RefusesWhatIsNoFileOrFolder) {
    (void)public_key();
    fs::rename(folder_ / "master.key", outer_ / "elsewhere");
    fs::create_symlink(outer_ / "elsewhere", folder_ / "master.key");
    EXPECT_THAT(refusal(), HasSubstr("master.key cannot be opened"));
    fs::remove(folder_ / "master.key");
    fs::create_directory(folder_ / "master.key");
    EXPECT_THAT(refusal(), HasSubstr("master.key is not a file"));
    fs::remove_all(folder_);
    write(folder_, "x");
    EXPECT_THAT(refusal(), HasSubstr("cannot be opened as a folder"));
    folder_ = outer_ / "missing" / "keys";
    EXPECT_THAT(refusal(), HasSubstr("cannot be made"));
}

TEST_F(KeyRingFolder, ACutMakingIsBegunAnew) {
    fs::create_directory(folder_);
    fs::permissions(folder_, fs::perms::owner_all);
    write(folder_ / "master.key.new", std::string(10, 'm')); // killed while it was written
    (void)public_key();
    EXPECT_EQ(bytes_of(folder_ / "master.key").size(), 32U);
    EXPECT_EQ(std::distance(fs::directory_iterator{folder_}, fs::directory_iterator{}), 3);
}

TEST_F(KeyRingFolder, ACutNamingIsCompleted) {
    const PublicKey made = public_key();
    for (const char* name : {"signing.key", "pepper.key"}) { // from the last to be named back
        fs::rename(folder_ / name, folder_ / (std::string{name} + ".new"));
        EXPECT_EQ(public_key(), made) << name;
        EXPECT_FALSE(fs::exists(folder_ / (std::string{name} + ".new")));
    }
    fs::rename(folder_ / "signing.key", folder_ / "signing.key.new");
    fs::remove(folder_ / "pepper.key");
    EXPECT_THAT(refusal(), HasSubstr("misses pepper.key and signing.key"));
    EXPECT_TRUE(fs::exists(folder_ / "signing.key.new"));
}

TEST_F(KeyRingFolder, IsMadeOnceByManyAtATime) {
    std::vector<PublicKey> seen(8);
    {
        std::vector<std::jthread> threads;
        for (PublicKey& key : seen) threads.emplace_back([&] { key = public_key(); });
    }
    for (const PublicKey& key : seen) EXPECT_EQ(key, seen[0]);
}

} // namespace
} // namespace platform::crypto
