#include "platform/jobs/jobs.hpp"
#include "platform/jobs/queries.hpp"

namespace platform::jobs {

void ask(db::Transaction& transaction, std::string_view kind, std::string_view subject,
         std::chrono::seconds from_now) {
    transaction.run(sql::kAskJob, {kind, subject, from_now.count()});
}

std::vector<HumanTask> human_tasks(db::Transaction& transaction, unsigned at_most) {
    const db::Rows rows = transaction.run(sql::kHumanTasks, {at_most});
    std::vector<HumanTask> tasks;
    for (int i = 0; i < rows.size(); ++i) {
        tasks.push_back({.id = rows[i].integer(0),
                         .kind = std::string{rows[i].text(1)},
                         .subject = std::string{rows[i].text(2)},
                         .since = rows[i].time(3)});
    }
    return tasks;
}

bool end_human_task(db::Transaction& transaction, std::int64_t id) {
    return !transaction.run(sql::kEndHumanTask, {id}).empty();
}

bool retry_human_task(db::Transaction& transaction, std::int64_t id) {
    const db::Rows rows = transaction.run(sql::kEndHumanTask, {id});
    if (rows.empty()) return false;
    ask(transaction, rows[0].text(0), rows[0].text(1));
    return true;
}

} // namespace platform::jobs
