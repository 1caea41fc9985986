// Whatever the bytes, the answer is given, its weight is no less than nothing, the heaviest sign
// comes first, and every quote stands inside what was read.
#include "engine/risk/risk.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string_view>

namespace {

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const engine::risk::Reading reading{text};
    const engine::risk::Assessment answer = reading.assess(reading.domains());
    require(answer.bits >= 0, "a weight below nothing");
    require(answer.cut == (size > engine::risk::kTextBytesMax), "the cut is not told");
    double before = std::numeric_limits<double>::max();
    for (const engine::risk::Finding& finding : answer.findings) {
        require(finding.bits <= before, "the heaviest is not first");
        require(!finding.sign.empty(), "a sign without a name");
        for (const engine::risk::Span quote : finding.quotes) {
            require(quote.start < quote.end, "an empty quote");
            require(quote.end <= std::min(size, engine::risk::kTextBytesMax), "a quote outside");
        }
        before = finding.bits;
    }
    return 0;
}
