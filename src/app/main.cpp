#include "app/arguments.hpp"

#include <cstdio>
#include <exception>

namespace {

struct Run {
    app::Exit operator()(const app::ExtractArguments& given) { return app::extract_command(given); }
    app::Exit operator()(const app::LinkArguments& given) { return app::link_command(given); }
    app::Exit operator()(const app::ExplainArguments& given) { return app::explain_command(given); }
    app::Exit operator()(const app::SynthArguments& given) { return app::synth_command(given); }
    app::Exit operator()(const app::ScoreArguments& given) { return app::score_command(given); }
    app::Exit operator()(const app::OrientationArguments& given) {
        return app::orientation_command(given);
    }
    app::Exit operator()(const app::CheckArguments& given) { return app::check_command(given); }
    app::Exit operator()(const app::ServerArguments& given) {
        return app::run_server_command(given);
    }
};

} // namespace

int main(int count, char** values) {
    try {
        const std::variant<app::Arguments, app::Exit> parsed = app::parse_arguments(count, values);
        if (const app::Exit* exit = std::get_if<app::Exit>(&parsed)) return static_cast<int>(*exit);
        return static_cast<int>(std::visit(Run{}, std::get<app::Arguments>(parsed)));
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "maillon: %s\n", failure.what());
        return static_cast<int>(app::Exit::Failed);
    }
}
