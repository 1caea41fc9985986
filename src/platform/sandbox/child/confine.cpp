#include "platform/sandbox/child/confine.hpp"

#include "platform/sandbox/parent/frame.hpp"

#include <array>
#include <cerrno>
#include <grp.h>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace platform::sandbox {

namespace {

constexpr rlim_t kMemoryBytesMax = 768U << 20U;
constexpr rlim_t kProcessorSecondsMax = 120; // of all tasks of one worker
constexpr rlim_t kDescriptorsMax = kWorkerOut + 1;
constexpr uid_t kNobody = 65534; // user and group: what the kernel calls overflow, Debian nobody

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMemoryIsLimited = false; // the sanitizer's shadow alone takes terabytes
#else
constexpr bool kMemoryIsLimited = true;
#endif

bool limit(__rlimit_resource_t what, rlim_t most) {
    const rlimit both{.rlim_cur = most, .rlim_max = most};
    return setrlimit(what, &both) == 0;
}

bool set_limits() {
    return (!kMemoryIsLimited || limit(RLIMIT_AS, kMemoryBytesMax)) &&
           limit(RLIMIT_CPU, kProcessorSecondsMax) && limit(RLIMIT_NOFILE, kDescriptorsMax) &&
           limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_CORE, 0);
}

bool drop_root() {
    if (geteuid() != 0) return true;
    return setgroups(0, nullptr) == 0 && setresgid(kNobody, kNobody, kNobody) == 0 &&
           setresuid(kNobody, kNobody, kNobody) == 0;
}

struct Release {
    void operator()(void* filter) const { seccomp_release(filter); }
};

// What reading, writing, memory and the end of a process take.
constexpr std::array kAllowed{
    SCMP_SYS(read),          SCMP_SYS(write),        SCMP_SYS(munmap),    SCMP_SYS(mremap),
    SCMP_SYS(madvise),       SCMP_SYS(brk),          SCMP_SYS(futex),     SCMP_SYS(rt_sigreturn),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom), SCMP_SYS(sched_yield),
    SCMP_SYS(exit),          SCMP_SYS(exit_group)};
// Libraries look for files that need not be there (encodings of some PDFs, the time zone) and ask
// what a descriptor is; they go on when told no.
constexpr std::array kRefused{SCMP_SYS(open),   SCMP_SYS(openat),     SCMP_SYS(access),
                              SCMP_SYS(stat),   SCMP_SYS(newfstatat), SCMP_SYS(fstat),
                              SCMP_SYS(ioctl),  SCMP_SYS(readlink),   SCMP_SYS(lseek),
                              SCMP_SYS(getpid), SCMP_SYS(getppid),    SCMP_SYS(gettid)};

bool filter_calls() {
    const std::unique_ptr<void, Release> filter{seccomp_init(SCMP_ACT_KILL_PROCESS)};
    if (filter == nullptr) return false;
    for (const int call : kAllowed) {
        if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) != 0) return false;
    }
    for (const int call : kRefused) {
        if (seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), call, 0) != 0) return false;
    }
    // Memory, but none that can be run.
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
        const scmp_arg_cmp not_run = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
        if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 1, not_run) != 0) return false;
    }
    return seccomp_load(filter.get()) == 0;
}

} // namespace

bool confine() {
    // Not dumpable comes after the change of user, which sets it anew.
    return close_range(kWorkerOut + 1, ~0U, 0) == 0 && drop_root() &&
           prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
           set_limits() && filter_calls();
}

} // namespace platform::sandbox
