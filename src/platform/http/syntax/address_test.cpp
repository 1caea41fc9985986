#include "platform/http/syntax/address.hpp"
#include "platform/http/syntax/cookies.hpp"

#include <gmock/gmock.h>

namespace platform::http {
namespace {

TEST(Address, IsReadAndWritten) {
    for (const auto& [text, written] : std::vector<std::pair<std::string, std::string>>{
             {"192.0.2.1", "192.0.2.1"},
             {"2001:DB8::1", "2001:db8::1"},
             {"[2001:db8::1]", "2001:db8::1"},
             {"::ffff:192.0.2.1", "192.0.2.1"}, // one client, however it came
             {"192.0.2.01", "-"},
             {"192.0.2", "-"},
             {"192.0.2.1:80", "-"},
             {"x", "-"},
             {"", "-"},
             {std::string("192.0.2.1\0", 10), "-"},
         }) {
        const auto address = Address::parse(text);
        EXPECT_EQ(address ? address->text() : "-", written) << text;
    }
}

TEST(Address, KnowsLoopbackAndSubscribers) {
    EXPECT_TRUE(Address::parse("127.9.9.9")->is_loopback());
    EXPECT_TRUE(Address::parse("::1")->is_loopback());
    EXPECT_FALSE(Address::parse("::2")->is_loopback());
    EXPECT_FALSE(Address::parse("192.0.2.1")->is_loopback());
    const auto subscriber = [](const char* text) { return Address::parse(text)->subscriber(); };
    EXPECT_EQ(subscriber("2001:db8:1:2::1"), subscriber("2001:db8:1:2:ffff::9"));
    EXPECT_NE(subscriber("2001:db8:1:2::1"), subscriber("2001:db8:1:3::1"));
    EXPECT_NE(subscriber("192.0.2.1"), subscriber("192.0.2.2"));
}

TEST(Network, HoldsItsAddresses) {
    struct Row {
        const char* network;
        const char* address;
        bool holds;
    };
    for (const Row& row : {
             Row{"192.0.2.0/24", "192.0.2.255", true},
             Row{"192.0.2.0/24", "192.0.3.0", false},
             Row{"192.0.2.128/25", "192.0.2.127", false},
             Row{"192.0.2.7", "192.0.2.7", true},
             Row{"192.0.2.7", "192.0.2.8", false},
             Row{"0.0.0.0/0", "203.0.113.9", true},
             Row{"0.0.0.0/0", "2001:db8::1", false},
             Row{"2001:db8::/33", "2001:db8:7fff::1", true},
             Row{"2001:db8::/33", "2001:db8:8000::1", false},
             Row{"::/0", "2001:db8::1", true},
         }) {
        const auto network = Network::parse(row.network);
        ASSERT_TRUE(network) << row.network;
        EXPECT_EQ(network->holds(*Address::parse(row.address)), row.holds)
            << row.network << ' ' << row.address;
    }
    for (const char* bad : {"", "/", "x/8", "192.0.2.0/33", "2001:db8::/129", "192.0.2.0/",
                            "192.0.2.0/a", "192.0.2.0/-1"}) {
        EXPECT_FALSE(Network::parse(bad)) << bad;
    }
}

TEST(ForwardedClient, IsTheFirstThatIsNotOurs) {
    const std::vector<Network> trusted{*Network::parse("10.0.0.0/8")};
    struct Row {
        const char* peer;
        const char* said;
        const char* client;
    };
    for (const Row& row : {
             Row{"10.0.0.1", "203.0.113.5", "203.0.113.5"},
             Row{"10.0.0.1", "198.51.100.1, 203.0.113.5", "203.0.113.5"}, // the first is made up
             Row{"10.0.0.1", "203.0.113.5, 10.0.0.2 ,10.0.0.3", "203.0.113.5"},
             Row{"10.0.0.1", "", "10.0.0.1"}, Row{"10.0.0.1", "unknown", "10.0.0.1"},
             Row{"10.0.0.1", "203.0.113.5, unknown", "10.0.0.1"},
             Row{"10.0.0.1", "203.0.113.5,", "10.0.0.1"},
             Row{"10.0.0.1", "2001:db8::7", "2001:db8::7"},
             Row{"10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"},
             Row{"192.0.2.1", "203.0.113.5", "192.0.2.1"}, // not a proxy of ours
         }) {
        EXPECT_EQ(forwarded_client(*Address::parse(row.peer), row.said, trusted).text(), row.client)
            << row.said;
    }
    std::string endless;
    for (int n = 0; n < 1000; ++n) endless += "10.0.0.2,";
    const auto client =
        forwarded_client(*Address::parse("10.0.0.1"), endless + "10.0.0.3", trusted);
    EXPECT_EQ(client.text(), "10.0.0.2");
}

TEST(Cookies, AreReadLeniently) {
    for (const auto& [header, expected] : std::vector<std::pair<std::string, std::string>>{
             {"a=1; b=2", "a=1;b=2;"},
             {"a=1;b=2;", "a=1;b=2;"},
             {"a=b=c", "a=b=c;"},
             {"a=", "a=;"},
             {"", ""},
             {";;;", ""},
             {"a", ""},
             {"=1", ""},
             {"a b=1; c=2", "c=2;"},
             {"a=\"1\"; c=2", "c=2;"},
             {"a=1 2; c=2", "c=2;"},
             {"a=\xe9; c=2", "c=2;"},
         }) {
        std::string said;
        for (const Pair& pair : read_cookies(header)) said += pair.name + "=" + pair.value + ";";
        EXPECT_EQ(said, expected) << header;
    }
    std::string many;
    for (std::size_t n = 0; n < 2 * kCookiesMax; ++n) many += "a=1;";
    EXPECT_EQ(read_cookies(many).size(), kCookiesMax);
}

TEST(Cookies, AreFoundUnderTheNameOfTheirConnection) {
    Request request;
    request.cookies = {{"session", "plain"}, {"__Host-session", "secure"}};
    EXPECT_EQ(request.cookie("session"), "plain");
    request.secure = true; // a neighbour domain can set the plain one
    EXPECT_EQ(request.cookie("session"), "secure");
    request.cookies.pop_back();
    EXPECT_EQ(request.cookie("session"), std::nullopt);
}

} // namespace
} // namespace platform::http
