#include "platform/vault/scan/clamd.hpp"
#include "platform/vault/scan/test_clamd.hpp"

#include <gmock/gmock.h>

namespace platform::vault {

namespace {

using testing_support::FalseClamd;
using testing_support::kMarker;
using testing_support::RealClamd;

std::function<std::string()> in_pieces(std::string content, std::size_t piece_bytes = 1000) {
    return [content = std::move(content), piece_bytes, at = std::size_t{0}]() mutable {
        const std::string piece = content.substr(at, piece_bytes);
        at += piece.size();
        return piece;
    };
}

TEST(Clamd, TheRealOneFindsTheMarker) {
    const RealClamd clamd;
    if (!clamd.listens()) GTEST_SKIP() << "SKIPPED: clamd cannot run here (clamav-daemon)";
    const ClamdPolicy policy{.address = clamd.address()};
    const std::string filling(100'000, 'x');
    EXPECT_EQ(ask_clamd(policy, in_pieces("Bonjour")), Verdict::Clean);
    EXPECT_EQ(ask_clamd(policy, in_pieces("")), Verdict::Clean);
    EXPECT_EQ(ask_clamd(policy, in_pieces(filling + std::string{kMarker} + filling)),
              Verdict::Infected);
    EXPECT_EQ(ask_clamd(policy, in_pieces(std::string(3'000'000, 'x'))), Verdict::TooLarge);
    EXPECT_EQ(ask_clamd(policy, in_pieces("Bonjour")), Verdict::Clean);
}

TEST(Clamd, AnAbsentOneIsAskedLater) {
    for (const char* address :
         {"/nonexistent/clamd.ctl", "127.0.0.1:1", "no-port", "", "nowhere.invalid:3310"}) {
        EXPECT_EQ(ask_clamd({.address = address}, in_pieces("x")), Verdict::Unknown) << address;
    }
    EXPECT_EQ(ask_clamd({.address = "/" + std::string(200, 'x')}, in_pieces("x")),
              Verdict::Unknown);
}

TEST(Clamd, ABadDayIsNoVerdict) {
    const std::pair<const char*, std::string> replies[] = {
        {"hangs up", ""},
        {"fails", std::string{"Can't allocate memory ERROR\0", 28}},
        {"says half", "stream: O"},
        {"talks nonsense", std::string(100'000, 'x')},
    };
    for (const auto& [name, reply] : replies) {
        const FalseClamd clamd{[&reply](int line) {
            static_cast<void>(send(line, reply.data(), reply.size(), MSG_NOSIGNAL));
        }};
        EXPECT_EQ(ask_clamd({.address = clamd.address()}, in_pieces("Bonjour")), Verdict::Unknown)
            << name;
    }
}

TEST(Clamd, ASlowOneIsLeft) {
    std::array<int, 2> gate{};
    ASSERT_EQ(pipe2(gate.data(), O_CLOEXEC), 0);
    {
        const FalseClamd clamd{[&gate](int) {
            char end = 0;
            static_cast<void>(read(gate[0], &end, 1));
        }};
        const ClamdPolicy policy{.address = clamd.address(), .time_max = std::chrono::seconds{1}};
        EXPECT_EQ(ask_clamd(policy, in_pieces("Bonjour")), Verdict::Unknown); // never answers
        EXPECT_EQ(ask_clamd(policy, in_pieces(std::string(50'000'000, 'x'), 60'000)),
                  Verdict::Unknown); // never reads
        close(gate[1]);
    }
    close(gate[0]);
}

} // namespace

} // namespace platform::vault
