#include "platform/sandbox/decode/thumbnail.hpp"

#include "platform/sandbox/decode/picture.hpp"

#include <memory>
#include <turbojpeg.h>

namespace platform::sandbox {

namespace {

constexpr int kQuality = 80;

struct Destroy {
    void operator()(void* handle) const { tjDestroy(handle); }
    void operator()(unsigned char* bytes) const { tjFree(bytes); }
};

std::optional<Decoded> decode(std::string_view input) {
    if (input.starts_with("\xFF\xD8\xFF")) return decode_jpeg(input);
    if (input.starts_with("\x89PNG\r\n\x1A\n")) return decode_png(input);
    if (input.starts_with("RIFF") && input.substr(0, 12).ends_with("WEBP")) {
        return decode_webp(input);
    }
    return std::nullopt;
}

std::optional<std::string> encode(const Picture& picture) {
    const std::unique_ptr<void, Destroy> encoder{tjInitCompress()};
    if (encoder == nullptr) return std::nullopt;
    unsigned char* bytes = nullptr;
    unsigned long size = 0; // NOLINT(google-runtime-int): the library's type
    const int failed =
        tjCompress2(encoder.get(), picture.rgb.data(), picture.width, 0, picture.height, TJPF_RGB,
                    &bytes, &size, TJSAMP_420, kQuality, 0);
    const std::unique_ptr<unsigned char, Destroy> freed{bytes};
    if (failed != 0) return std::nullopt;
    return std::string{reinterpret_cast<const char*>(bytes), size};
}

} // namespace

std::optional<std::string> decode_thumbnail(std::string_view input) {
    std::optional<Decoded> decoded = decode(input);
    if (!decoded) return std::nullopt;
    return encode(turn(shrink(std::move(decoded->picture)), decoded->orientation));
}

} // namespace platform::sandbox
