#include "app/arguments.hpp"
#include "chain/output.hpp"
#include "platform/terminal/progress.hpp"

#include <unistd.h>

namespace app {

using platform::terminal::write_all;

Exit explain_command(const ExplainArguments& arguments) {
    const Result<chain::Explanation, chain::ExplainFailure> explanation =
        chain::explain(arguments.out, arguments.a, arguments.b, arguments.language);
    if (!explanation) {
        write_all(STDERR_FILENO, "maillon: " + explanation.error().advice + "\n");
        return Exit::Failed;
    }
    write_all(STDOUT_FILENO, arguments.json ? explanation->json + "\n" : explanation->text);
    return Exit::Done;
}

} // namespace app
