#include "app/arguments.hpp"
#include "platform/terminal/progress.hpp"
#include "synth/synth.hpp"

#include <fmt/format.h>

#include <cmath>
#include <unistd.h>

namespace app {

Exit synth_command(const SynthArguments& arguments) {
    platform::terminal::Progress progress =
        platform::terminal::progress_on(STDERR_FILENO, arguments.quiet);
    const synth::WorldPolicy policy{arguments.records, arguments.seed};
    synth::write_world(policy, arguments.out, [&](double done) {
        const auto written = std::llround(done * static_cast<double>(arguments.records));
        progress.show("writing", done, static_cast<std::uint64_t>(written), "records");
    });
    progress.clear();
    if (!arguments.quiet) {
        platform::terminal::write_all(STDERR_FILENO, fmt::format("{} records of world {} in {}\n",
                                                                 arguments.records, arguments.seed,
                                                                 arguments.out.string()));
    }
    return Exit::Done;
}

} // namespace app
