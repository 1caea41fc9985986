// An acknowledgement as somebody hands it in: JSON, or a PDF that holds it.
#include "intake/receipt.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    platform::crypto::start();
    const std::string_view given{reinterpret_cast<const char*>(bytes), size};
    const auto receipt = intake::receipt_from_file(given);
    if (!receipt) return 0;
    static_cast<void>(intake::faults_of(*receipt, receipt->key));
    // What was read says the same when it is written and read again.
    const auto again = intake::receipt_from_json(intake::to_json(*receipt));
    if (!again || intake::to_json(*again) != intake::to_json(*receipt)) std::abort();
    return 0;
}
