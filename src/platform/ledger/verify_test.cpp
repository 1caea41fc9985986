#include "platform/db_testing/test_database.hpp"
#include "platform/ledger/ledger.hpp"
#include "platform/ledger/testing/written_log.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <bit>
#include <fstream>
#include <sstream>

namespace platform::ledger {
namespace {

using WrittenLog = LogIn<db_testing::TestDatabase>;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr int kEntries = 50;
constexpr int kNodes = kEntries - std::popcount(50U);
constexpr int kHeads = 3; // of 10, 33 and 50 entries

std::vector<std::string> sentences(const std::vector<Fault>& faults) {
    std::vector<std::string> sentences;
    for (const Fault& fault : faults) sentences.push_back(fault.what);
    return sentences;
}

std::vector<std::string> faults_of(WrittenLog& log) {
    return sentences(verify_log(log.connection, log.key.public_key(), [](auto) {}));
}

/// One log for all tests of the suite, each of which is one transaction that is rolled back.
class Tampering : public testing::Test {
protected:
    static void SetUpTestSuite() {
        log_ = std::make_unique<WrittenLog>();
        UnixSeconds now = 1'700'000'000;
        std::size_t size = 0;
        for (const std::size_t next : {10UL, 33UL, 50UL}) {
            log_->append(commitments_of(size, next - size));
            size = next;
            ASSERT_TRUE(publish_head(log_->connection, log_->key, ++now));
        }
        std::ostringstream script;
        script << std::ifstream{MAILLON_SOURCE_DIR "/src/platform/ledger/testing/tampering.sql"}
                      .rdbuf();
        log_->connection.script(script.str());
        log_->connection.script("SET maillon.ledger_restore = on");
        EXPECT_THAT(faults_of(*log_), IsEmpty());
    }
    static void TearDownTestSuite() { log_.reset(); }

    /// What is found of a change, which is then taken back.
    template <class... Values>
    std::vector<std::string> found(fmt::format_string<const Values&...> format,
                                   const Values&... values) {
        log_->connection.script("SAVEPOINT before");
        log_->connection.script("CALL tampering." + fmt::format(format, values...));
        auto faults = sentences(verify_log(transaction_, log_->key.public_key(), [](auto) {}));
        log_->connection.script("ROLLBACK TO before");
        return faults;
    }
    template <class... Values>
    void expect_found(fmt::format_string<const Values&...> format, const Values&... values) {
        EXPECT_THAT(found(format, values...), Not(IsEmpty())) << fmt::format(format, values...);
    }

    static std::unique_ptr<WrittenLog> log_; // NOLINT: a suite's own state is static in GoogleTest
    db::Transaction transaction_{log_->connection};
};

std::unique_ptr<WrittenLog> Tampering::log_; // NOLINT

struct Column {
    std::string_view table;
    std::string_view name;
    int rows;
    int bytes;
};

TEST_F(Tampering, WithAnyByteIsFound) {
    const Column columns[] = {{"entry", "commitment", kEntries, 32},
                              {"node", "hash", kNodes, 32},
                              {"frontier", "peaks", 1, 96},
                              {"head", "root", kHeads, 32},
                              {"head", "signature", kHeads, 64}};
    for (const Column& column : columns) {
        for (int row = 0; row < column.rows; ++row) {
            for (int byte = 0; byte < column.bytes; ++byte) {
                expect_found("change('{}', '{}', {}, {})", column.table, column.name, row, byte);
            }
            expect_found("shorten('{}', '{}', {})", column.table, column.name, row);
        }
    }
}

TEST_F(Tampering, WithAnyNumberIsFound) {
    const Column columns[] = {{"entry", "index", kEntries, 8}, {"node", "last_entry", kNodes, 8},
                              {"node", "level", kNodes, 2},    {"frontier", "size", 1, 8},
                              {"frontier", "heads", 1, 8},     {"head", "number", kHeads, 8},
                              {"head", "size", kHeads, 8},     {"head", "at", kHeads, 8}};
    for (const Column& column : columns) {
        for (int row = 0; row < column.rows; ++row) {
            for (int byte = 0; byte < column.bytes; ++byte) {
                const int bit = 8 * byte + (byte + 1 == column.bytes ? 6 : 0); // not the sign
                expect_found("change('{}', '{}', {}, {})", column.table, column.name, row, bit);
            }
        }
    }
}

TEST_F(Tampering, ByRemovalIsFound) {
    const Column tables[] = {{"entry", "", kEntries, 0},
                             {"node", "", kNodes, 0},
                             {"frontier", "", 1, 0},
                             {"head", "", kHeads, 0}};
    for (const Column& table : tables) {
        for (int row = 0; row < table.rows; ++row) {
            expect_found("remove('{}', {})", table.table, row);
        }
        expect_found("empty('{}')", table.table);
    }
}

TEST_F(Tampering, ByOrderIsFound) {
    for (int index = 1; index < kEntries; ++index) {
        expect_found("swap_entries({}, {})", index - 1, index);
        expect_found("swap_entries({}, {})", 0, index);
    }
    expect_found("swap_heads(1, 2)");
    expect_found("swap_heads(1, 3)");
}

TEST_F(Tampering, ByAnotherPastIsFound) {
    for (int size = 0; size < kEntries; ++size) {
        expect_found("roll_back({}, false)", size);
        expect_found("roll_back({}, true)", size);
    }
    for (int index = 0; index < kEntries; ++index) expect_found("rewrite({})", index);
}

TEST_F(Tampering, IsToldWhereItIs) {
    EXPECT_THAT(found("change('entry', 'commitment', 17, 3)"),
                ElementsAre("entries 16 to 17: their node of level 1 does not fit them"));
    EXPECT_THAT(found("remove('entry', 20)"), Contains("entry 20: is missing"));
    EXPECT_THAT(found("remove('entry', {})", kEntries - 1),
                Contains("the log has 50 entries by its frontier and 49 by its entries"));
    EXPECT_THAT(found("change('head', 'signature', 1, 5)"),
                ElementsAre("head 2: its signature does not hold"));
    EXPECT_THAT(found("rewrite(12)"),
                ElementsAre("head 2: its size and root are not those of the log",
                            "head 3: its size and root are not those of the log"));
}

TEST(Verification, TellsNoMoreFaultsThanItsLimit) {
    WrittenLog log;
    log.append(commitments_of(0, 2 * kFaultsMax));
    log.connection.script("SET maillon.ledger_restore = on; TRUNCATE ledger.node");
    EXPECT_EQ(faults_of(log).size(), kFaultsMax);
}

TEST(Verification, FindsNothingInAGoodLog) {
    WrittenLog log;
    EXPECT_THAT(faults_of(log), IsEmpty()) << "an empty log is a good log";
    for (std::uint64_t first = 0; first < 4200; first += 100) { // more than is read at once
        log.append(commitments_of(first, 100));
    }
    ASSERT_TRUE(publish_head(log.connection, log.key, 1'700'000'000));
    std::vector<std::uint64_t> seen;
    const auto faults = verify_log(log.connection, log.key.public_key(),
                                   [&](std::uint64_t entries) { seen.push_back(entries); });
    EXPECT_THAT(faults, IsEmpty());
    EXPECT_THAT(seen, ElementsAre(4096U, 4200U));
}

TEST(Verification, NeedsTheLogsOwnKey) {
    WrittenLog log;
    log.append(commitments_of(0, 3));
    ASSERT_TRUE(publish_head(log.connection, log.key, 1'700'000'000));
    log.key = crypto::SigningKey::from_seed(crypto::SecretKey::random());
    EXPECT_THAT(faults_of(log), ElementsAre("head 1: its signature does not hold"));
}

} // namespace
} // namespace platform::ledger
