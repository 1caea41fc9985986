#include "app/server/arguments.hpp"
#include "app/server/edge.hpp"
#include "app/server/house.hpp"
#include "base/parallel.hpp"
#include "interchange/json_line.hpp"
#include "platform/terminal/progress.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <vector>

namespace app {
namespace {

Result<void, intake::ServiceRefusal> act(intake::Service& service, const ActArguments& given) {
    const intake::Mandate mandate{.actor = operator_name(), .reason = given.reason};
    switch (given.act) {
    case ServiceAct::Read: return service.mark_read(given.reference, mandate, clock_now());
    case ServiceAct::Message:
        return service.write(given.reference, given.text, false, mandate, clock_now());
    case ServiceAct::Ask:
        return service.write(given.reference, given.text, true, mandate, clock_now());
    case ServiceAct::Transfer: return service.transfer(given.reference, mandate, clock_now());
    case ServiceAct::Close: return service.close(given.reference, mandate, clock_now());
    case ServiceAct::Erase: return service.erase(given.reference, mandate, clock_now());
    }
    return refuse(intake::ServiceRefusal::Unknown);
}

} // namespace

Exit act_command(const ActArguments& arguments) {
    const std::optional<Opened> opened = open_data(arguments.place);
    if (!opened) return Exit::Failed;
    House house{*opened->base, opened->settings};
    const Result<void, intake::ServiceRefusal> done = act(house.service(), arguments);
    if (done) return Exit::Done;
    return failed(done.error() == intake::ServiceRefusal::Unknown
                      ? "no declaration has the reference " + arguments.reference
                      : "the declaration is closed, withdrawn or erased: nothing was done");
}

Exit api_key_command(const ApiKeyArguments& arguments) {
    const std::optional<Opened> opened = open_data(arguments.place);
    if (!opened) return Exit::Failed;
    House house{*opened->base, opened->settings};
    if (arguments.revoke) {
        if (!house.service().revoke_api_key(arguments.name)) {
            return failed("no key in use has the name " + arguments.name);
        }
        fmt::print("revoked\n");
        return Exit::Done;
    }
    const Result<std::string, intake::ServiceRefusal> key =
        house.service().make_api_key(arguments.name);
    if (!key) return failed("the name " + arguments.name + " is taken: choose another");
    fmt::print("{}\n", *key);
    return Exit::Done;
}

namespace {

/// Takes the records of a file in, from several threads: each waits for its commit.
class Loading {
public:
    Loading(House& house, const LoadArguments& arguments)
        : house_{house}, arguments_{arguments}, in_{arguments.file, std::ios::binary},
          progress_{platform::terminal::progress_on(STDERR_FILENO, arguments.quiet)} {}

    void run() {
        constexpr std::size_t kBatch = 256;
        constexpr unsigned kThreads = 6;
        const double bytes =
            static_cast<double>(std::max<std::uintmax_t>(1, file_size(arguments_.file)));
        std::vector<std::string> lines;
        for (bool more = true; more;) {
            lines.clear();
            std::string line;
            while (lines.size() < kBatch && std::getline(in_, line)) lines.push_back(line);
            more = lines.size() == kBatch;
            for_blocks(kThreads, lines.size(), 8,
                       [&](std::size_t begin, std::size_t end, unsigned) {
                           for (std::size_t i = begin; i < end; ++i)
                               take(lines[i], number_ + i + 1);
                       });
            number_ += lines.size();
            for (const std::string& each : lines) bytes_ += static_cast<double>(each.size() + 1);
            progress_.show("loading", std::min(1.0, bytes_ / bytes), taken_.load(), "records");
        }
        progress_.clear();
        fmt::print("{} taken in, {} of them before, {} refused\n", taken_.load(), again_.load(),
                   refused_.load());
    }
    [[nodiscard]] bool all_taken() const { return refused_.load() == 0; }

private:
    void take(std::string_view line, std::uint64_t number) {
        interchange::JsonLineParser parser;
        const auto read = parser.parse(line);
        if (!read) {
            fmt::print(stderr, "{}:{}: {}: {}\n", arguments_.file.string(), number,
                       read.error().field, read.error().detail);
            ++refused_;
            return;
        }
        const intake::NewReport report{.nature = intake::Nature::Scam,
                                       .door = intake::Door::Import,
                                       .language = "fr",
                                       .statement = **read,
                                       .contact = {.sender_id = (*read)->id},
                                       .text = (*read)->narrative,
                                       .files_owner = {},
                                       .api_key = {},
                                       .once = "import/" + (*read)->id,
                                       .once_body = {}};
        const auto done = house_.reports().submit(
            report, (*read)->received_at ? *(*read)->received_at : clock_now());
        if (!done) {
            fmt::print(stderr, "{}:{}: cannot be kept\n", arguments_.file.string(), number);
            ++refused_;
            return;
        }
        ++taken_;
        if (done->again) ++again_;
    }

    House& house_;
    const LoadArguments& arguments_;
    std::ifstream in_;
    platform::terminal::Progress progress_;
    std::uint64_t number_ = 0;
    double bytes_ = 0;
    std::atomic<std::uint64_t> taken_{0};
    std::atomic<std::uint64_t> again_{0};
    std::atomic<std::uint64_t> refused_{0};
};

} // namespace

Exit load_command(const LoadArguments& arguments) {
    const std::optional<Opened> opened = open_data(arguments.place);
    if (!opened) return Exit::Failed;
    House house{*opened->base, opened->settings};
    Loading loading{house, arguments};
    loading.run();
    return loading.all_taken() ? Exit::Done : Exit::SomeRejected;
}

} // namespace app
