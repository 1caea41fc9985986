#include "platform/crypto/bytes.hpp"
#include "platform/http/test/wire.hpp"
#include "platform/http/test/world.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

namespace platform::http {
namespace {

using test::ask;
using test::Wire;
using test::World;

constexpr const char* kBoundary = "----boundary7f";

std::string part(std::string_view disposition, std::string_view content) {
    std::string text = "--";
    text += kBoundary;
    text += "\r\nContent-Disposition: form-data; ";
    text += disposition;
    text += "\r\n\r\n";
    text += content;
    text += "\r\n";
    return text;
}

std::string end_of_parts() {
    return std::string{"--"} + kBoundary + "--\r\n";
}

std::string head(std::string_view target, std::uint64_t bytes) {
    std::string text = "POST ";
    text += target;
    text += " HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=";
    text += kBoundary;
    text += "\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n";
    return text;
}

std::string whole(std::string_view target, const std::string& parts) {
    const std::string body = parts + end_of_parts();
    return head(target, body.size()) + body;
}

std::string digest_of(std::string_view content) {
    return crypto::to_hex(crypto::sha256(content));
}

long resident_kilobytes() {
    std::ifstream statm{"/proc/self/statm"};
    long whole_pages = 0;
    long resident_pages = 0;
    statm >> whole_pages >> resident_pages;
    return resident_pages * (sysconf(_SC_PAGESIZE) / 1024);
}

TEST(ServerUpload, GivesFieldsAndFiles) {
    World world;
    const auto answer = ask(
        world.port(),
        whole("/photo", part("name=\"text\"", "écrit") +
                            part("name=\"file\"; filename=\"C:\\\\dir\\\\a%22b.png\"", "content") +
                            part("name=\"none\"; filename=\"\"", "") + part("name=\"t2\"", "")));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "text=écrit;t2=;file:a\"b.png:7:" + digest_of("content") + ";");
    EXPECT_EQ(world.received().finished, 1U);
    EXPECT_EQ(world.received().dropped, 0U);
}

TEST(ServerUpload, DropsWhatIsTooLargeAlone) {
    World world;
    const auto answer = ask(
        world.port(), whole("/photo", part("name=\"a\"; filename=\"a\"", std::string(1001, 'a')) +
                                          part("name=\"b\"; filename=\"b\"", "small") +
                                          part("name=\"c\"; filename=\"c\"", "third") +
                                          part("name=\"text\"", "kept")));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body,
              "text=kept;a:a:1001:too_large;b:b:5:" + digest_of("small") + ";too_many;");
    EXPECT_EQ(world.received().finished, 1U);
    EXPECT_EQ(world.received().dropped, 1U);
}

TEST(ServerUpload, RefusesWhatIsBeyondAllLimits) {
    World world;
    const auto answer =
        ask(world.port(),
            whole("/photo", part("name=\"a\"; filename=\"a\"", std::string(400'000, 'a'))));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 413);
    const auto field =
        ask(world.port(), whole("/photo", part("name=\"a\"", std::string(70'000, 'a'))));
    EXPECT_EQ(field->status, 413);
    std::string many;
    for (int n = 0; n < 201; ++n) many += part("name=\"a\"", "");
    EXPECT_EQ(ask(world.port(), whole("/photo", many))->status, 400);
    const std::string name = "name=\"" + std::string(101, 'n') + "\"";
    EXPECT_EQ(ask(world.port(), whole("/photo", part(name, "")))->status, 400);
    EXPECT_EQ(world.received().finished, 0U);
}

TEST(ServerUpload, KeepsNothingOfARequestThatFails) {
    World world;
    std::string body = part("name=\"a\"; filename=\"a\"", "content") + part("nothing", "");
    body += end_of_parts();
    EXPECT_EQ(ask(world.port(), head("/photo", body.size()) + body)->status, 400);
    const std::string open_ended = part("name=\"a\"; filename=\"a\"", std::string(500, 'a'));
    EXPECT_EQ(ask(world.port(), head("/photo", open_ended.size()) + open_ended)->status, 400);
    EXPECT_EQ(world.received().opened, 2U);
    EXPECT_EQ(world.received().finished, 0U);
}

TEST(ServerUpload, DropsWhatIsBrokenOff) {
    World world;
    {
        Wire wire{world.port()};
        wire.send(head("/upload", 1'000'000));
        wire.send(part("name=\"a\"; filename=\"a\"", std::string(100'000, 'a')));
        // Answered in between: by then the sink was surely opened.
        while (world.received().opened == 0) ASSERT_TRUE(test::get(world.port(), "/healthz"));
    }
    world.server().stop(std::chrono::seconds{10});
    EXPECT_EQ(world.received().dropped, 1U);
    EXPECT_EQ(world.received().finished, 0U);
}

TEST(ServerUpload, HoldsNoFileInMemory) {
    World world;
    constexpr std::uint64_t pieces = 200;
    const std::string piece(1 << 20, 'p');
    std::string before = part("name=\"a\"; filename=\"large\"", "");
    before.resize(before.size() - 2); // the line end that ends its content
    const std::string after = "\r\n" + part("name=\"text\"", "kept") + end_of_parts();
    Wire wire{world.port()};
    wire.send(head("/upload", before.size() + pieces * piece.size() + after.size()) + before);
    ASSERT_TRUE(wire.send(piece));
    const long resident = resident_kilobytes();
    for (std::uint64_t n = 1; n < pieces; ++n) ASSERT_TRUE(wire.send(piece));
    wire.send(after);
    const auto answer = wire.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_THAT(answer->body, testing::StartsWith("text=kept;a:large:209715200:"));
    EXPECT_LT(resident_kilobytes() - resident, 20 << 10); // of 200 MB
    EXPECT_EQ(world.received().bytes, pieces * piece.size());
}

} // namespace
} // namespace platform::http
