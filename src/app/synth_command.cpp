#include "app/arguments.hpp"
#include "synth/synth.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <unistd.h>

namespace app {

Exit synth_command(const SynthArguments& arguments) {
    const bool terminal = !arguments.quiet && isatty(STDERR_FILENO) == 1;
    const synth::WorldPolicy policy{arguments.records, arguments.seed};
    synth::write_world(policy, arguments.out, [terminal](double done) {
        if (!terminal) return;
        fmt::print(stderr, "\r{:3.0f} %{}", 100 * done, done >= 1 ? "\n" : "");
    });
    if (!arguments.quiet) {
        fmt::print(stderr, "{} records of world {} in {}\n", arguments.records, arguments.seed,
                   arguments.out.string());
    }
    return Exit::Done;
}

} // namespace app
