#include "platform/sandbox/parent/worker_process.hpp"
#include "platform/sandbox/sandbox.hpp"

#include <condition_variable>
#include <mutex>

namespace platform::sandbox {

using Worker = std::unique_ptr<WorkerProcess>;

struct Pool::State {
    explicit State(PoolPolicy its_policy) : policy{std::move(its_policy)} {}

    /// Gives the place back, and the worker in it, which can serve again.
    struct Place {
        explicit Place(State& of) : state{of}, worker{of.take()} {}
        ~Place() { state.give_back(std::move(worker)); }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;
        State& state;
        Worker worker;
    };

    /// A place among the workers; with a process when one is idle.
    Worker take() {
        std::unique_lock lock{mutex};
        free_place.wait(lock, [&] { return busy < policy.workers_max; });
        ++busy;
        if (idle.empty()) return nullptr;
        Worker worker = std::move(idle.back());
        idle.pop_back();
        return worker;
    }

    void give_back(Worker worker) {
        {
            const std::scoped_lock lock{mutex};
            --busy;
            if (worker != nullptr) idle.push_back(std::move(worker));
        }
        free_place.notify_one();
    }

    const PoolPolicy policy;
    std::mutex mutex;
    std::condition_variable free_place;
    unsigned busy = 0;
    std::vector<Worker> idle;
};

Pool::Pool(PoolPolicy policy) : state_{std::make_unique<State>(std::move(policy))} {}

Pool::~Pool() = default;

std::optional<std::string> Pool::run(Task task, std::string_view input) {
    if (input.size() > state_->policy.input_bytes_max) return std::nullopt;
    State::Place place{*state_};
    std::optional<std::string> answer;
    // A worker that served before may die of what came before (its processor time adds up): only
    // the verdict of a fresh one counts.
    while (true) {
        if (place.worker == nullptr) {
            place.worker = std::make_unique<WorkerProcess>(state_->policy);
        }
        const bool fresh = place.worker->tasks_done() == 0;
        const WorkerProcess::End end = place.worker->ask(task, input, answer);
        const bool spent = place.worker->tasks_done() >= state_->policy.tasks_per_worker;
        if (end != WorkerProcess::End::Answered || spent) place.worker.reset();
        if (end == WorkerProcess::End::Died && !fresh) continue;
        return answer;
    }
}

std::optional<std::string> run(Task task, std::string_view input) {
    static Pool pool; // the workers of the process, as there is one allowance of memory for them
    return pool.run(task, input);
}

} // namespace platform::sandbox
