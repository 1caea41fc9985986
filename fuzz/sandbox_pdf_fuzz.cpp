// A PDF: any bytes give at most 1 MiB of text, or nothing. Poppler runs without its sandbox here.
#include "base/check.hpp"
#include "platform/sandbox/decode/pdf_text.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    platform::sandbox::prepare_pdf();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::optional<std::string> text =
        platform::sandbox::decode_pdf_text({reinterpret_cast<const char*>(bytes), size});
    check(!text || text->size() <= 1U << 20U, "the text of a PDF is bounded");
    return 0;
}
