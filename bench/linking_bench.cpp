// From submission to group: the linker over a PostgreSQL of its own, filled with declarations,
// while others keep coming. `bench_linking records.jsonl per_second seconds` prints how long they
// waited.
#include "base/check.hpp"
#include "interchange/reader.hpp"
#include "linking/linker.hpp"
#include "linking/rebuild.hpp"
#include "platform/db_testing/test_database.hpp"
#include "platform/log/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using engine::record::Statement;

double seconds_since(Clock::time_point then) {
    return std::chrono::duration<double>(Clock::now() - then).count();
}

/// Declarations numbered from 1 in the order in which they were submitted.
class Submitted final : public linking::Declarations {
public:
    void submit(Statement statement) {
        const std::lock_guard held{mutex_};
        statements_.push_back(std::move(statement));
    }
    std::vector<Change> changes_after(std::int64_t number, std::size_t at_most) override {
        const std::lock_guard held{mutex_};
        std::vector<Change> out;
        for (auto i = static_cast<std::size_t>(number); i < statements_.size(); ++i) {
            if (out.size() == at_most) break;
            out.push_back({static_cast<std::int64_t>(i) + 1, statements_[i].id, statements_[i]});
        }
        return out;
    }

private:
    std::mutex mutex_;
    std::vector<Statement> statements_;
};

std::vector<Statement> read(const std::filesystem::path& path) {
    const interchange::InputFiles files = interchange::InputFiles::from({path});
    interchange::PieceReader reader{files, {}};
    interchange::PieceParser parser{files, {}};
    std::vector<interchange::Piece> pieces;
    std::vector<interchange::Reject> rejects;
    std::vector<Statement> out;
    while (reader.next(pieces, 4096, std::size_t{64} << 20, rejects)) {
        for (const interchange::Piece& piece : pieces) {
            if (const auto parsed = parser.parse(piece)) out.push_back(**parsed);
        }
    }
    return out;
}

void measure(const std::filesystem::path& path, std::size_t per_second, std::size_t seconds) {
    std::vector<Statement> all = read(path);
    const std::size_t later = std::min(all.size() / 2, per_second * seconds);
    Submitted submitted;
    for (std::size_t i = 0; i + later < all.size(); ++i) submitted.submit(std::move(all[i]));

    const platform::db_testing::TestDatabase database;
    platform::db::Pool pool{database.address("maillon_engine"), 2};
    platform::metrics::Metrics metrics;
    const auto first = static_cast<std::int64_t>(all.size() - later);
    std::vector<double> waits;
    {
        linking::Linker linker{pool, submitted, metrics, {}};
        const Clock::time_point began = Clock::now();
        linker.start();
        check(linker.wait_until_linked(first, std::chrono::hours{1}), "it is filled");
        fmt::print("filled and linked {} declarations in {:.2f} s\n", first, seconds_since(began));

        std::vector<Clock::time_point> at(later);
        const Clock::time_point start = Clock::now();
        std::jthread people{[&] {
            std::binary_semaphore never{0};
            for (std::size_t i = 0; i < later; ++i) {
                const std::chrono::duration<double> due{static_cast<double>(i) /
                                                        static_cast<double>(per_second)};
                static_cast<void>(never.try_acquire_until(
                    start + std::chrono::duration_cast<Clock::duration>(due)));
                at[i] = Clock::now();
                submitted.submit(std::move(all[all.size() - later + i]));
                linker.wake();
            }
        }};
        for (std::size_t i = 0; i < later; ++i) {
            check(linker.wait_until_linked(first + static_cast<std::int64_t>(i) + 1,
                                           std::chrono::hours{1}),
                  "it is linked");
            waits.push_back(seconds_since(at[i]));
        }
    }
    std::ranges::sort(waits);
    const auto at = [&](double share) {
        return waits[static_cast<std::size_t>(share * static_cast<double>(waits.size() - 1))];
    };
    fmt::print("{} more, {} a second: grouped after {:.2f} s (half), {:.2f} s (99 %), {:.2f} s "
               "(the last)\n",
               later, per_second, at(0.5), at(0.99), at(1));
    const linking::RebuildReport report = linking::rebuild(pool, submitted, {});
    fmt::print("rebuild: {} groups, {} pairs missing, {} too many, {} links changed\n",
               report.groups, report.pairs_missing, report.pairs_extra, report.links_changed);
    fmt::print("{}", metrics.text());
}

} // namespace

int main(int count, char** arguments) {
    if (count != 4) return 2;
    platform::log::start(platform::log::Level::Debug);
    measure(arguments[1], std::strtoul(arguments[2], nullptr, 10),
            std::strtoul(arguments[3], nullptr, 10));
    return 0;
}
