#include "linking/state/feeding.hpp"

#include "base/check.hpp"
#include "platform/log/log.hpp"

#include <utility>
#include <vector>

namespace linking::state {
namespace {

constexpr std::size_t kChangesPerBatch = 1000; // some megabytes of texts
constexpr std::size_t kLogEvery = 20'000;      // declarations: every few seconds while filling

} // namespace

bool Feeding::pull(const std::function<bool()>& go_on) {
    std::vector<engine::record::Statement> statements;
    std::size_t taken = 0;
    while (go_on()) {
        std::vector<Declarations::Change> changes =
            declarations_.changes_after(number_, kChangesPerBatch);
        if (changes.empty()) break;
        check(changes.back().number > number_, "numbers ascend");
        statements.clear();
        for (Declarations::Change& change : changes) {
            if (!change.statement) {
                memory_.remove(change.id);
                continue;
            }
            statements.push_back(std::move(*change.statement));
            statements.back().id = change.id; // whatever the sender called it
        }
        memory_.put(statements);
        number_ = changes.back().number;
        if ((taken + changes.size()) / kLogEvery > taken / kLogEvery) {
            platform::log::info("linking.filling",
                                {{"declarations", static_cast<std::int64_t>(memory_.size())}});
        }
        taken += changes.size();
    }
    return taken > 0;
}

} // namespace linking::state
