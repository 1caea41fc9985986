// A picture: any bytes give a small JPEG without metadata, or nothing.
#include "base/check.hpp"
#include "platform/sandbox/decode/thumbnail.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::optional<std::string> jpeg =
        platform::sandbox::decode_thumbnail({reinterpret_cast<const char*>(bytes), size});
    if (!jpeg) return 0;
    check(jpeg->starts_with("\xFF\xD8\xFF\xE0"), "a thumbnail is a plain JPEG");
    check(jpeg->size() < 1U << 20U, "a thumbnail is small");
    return 0;
}
