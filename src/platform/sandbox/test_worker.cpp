// The worker that the tests of this module start: the real one, and beside the real tasks one that
// does what its input says, as a decoder would that a hostile file has taken over.
#include "platform/sandbox/sandbox.hpp"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

std::optional<std::string> answer(bool done) {
    return done ? std::optional<std::string>{"done"} : std::nullopt;
}

std::optional<std::string> misbehave(std::string_view input) {
    if (input == "echo") return std::string{input};
    if (input == "who") {
        return std::to_string(
            prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)); // no longer among the allowed
    }
    if (input == "open") return answer(open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0);
    if (input == "write") return answer(open("written", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) >= 0);
    if (input == "socket") return answer(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0);
    if (input == "fork") return answer(fork() >= 0);
    if (input == "exec") return answer(execl("/bin/true", "true", nullptr) == 0);
    if (input == "kill parent") return answer(kill(getppid(), SIGKILL) == 0);
    if (input == "run memory") {
        return answer(mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
    }
    if (input == "memory") return answer(std::string(900U << 20U, 'x').back() == 'x');
    if (input == "long") return std::string(4U << 20U, 'x');
    if (input == "abort") std::abort();
    while (input == "spin") {}
    return std::nullopt;
}

} // namespace

int main(int count, char** words) {
    using platform::sandbox::Task;
    using platform::sandbox::TaskHandler;
    if (count != 2 || std::string_view{words[1]} != "worker") return 2;
    const TaskHandler handlers[] = {
        {.task = Task::MailText, .prepare = nullptr, .decode = misbehave}};
    return platform::sandbox::worker_main(handlers);
}
