#include "linking/store/groups.hpp"

#include <utility>

namespace linking::store {

bool Groups::write(const engine::memory::Snapshot& found, const Written& written, Later later,
                   const Before& before) {
    // Whatever is thrown below: what the tables say is not known then.
    std::optional<state::Standing> standing = std::exchange(standing_, std::nullopt);
    const platform::db::Lease lease = pool_.take();
    platform::db::Transaction transaction{*lease};
    const Mark mark = lock(transaction);
    if (!standing || standing->revision != mark.revision) {
        standing = read(transaction, mark.revision);
    }
    if (later == Later::Respect && mark.change_number > written.change_number) {
        standing_ = std::move(standing);
        return false;
    }
    const state::Difference difference = state::difference(found, *standing);
    if (before) before(*standing, mark, difference);
    store::write(transaction, difference, written);
    if (commit_) {
        commit_(transaction, difference.first_grouped);
    } else {
        transaction.commit();
    }
    state::apply(difference, *standing);
    ++standing->revision;
    standing_ = std::move(standing);
    return true;
}

} // namespace linking::store
