#include "platform/sandbox/decode/picture.hpp"

#include <memory>
#include <png.h>

namespace platform::sandbox {

namespace {

struct Free {
    void operator()(png_image* image) const { png_image_free(image); }
};

/// Walks the chunks (PNG, third edition, 11.3.4.6): EXIF stands in an eXIf.
int orientation_of(std::string_view png) {
    constexpr std::size_t kSignatureBytes = 8;
    constexpr std::size_t kAroundContent = 12; // length, type and checksum
    std::size_t at = kSignatureBytes;
    while (at < png.size() && png.size() - at >= kAroundContent) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            length = length << 8U | static_cast<std::uint8_t>(png[at + i]);
        }
        if (png.substr(at + 4, 4) == "eXIf") return exif_orientation(png.substr(at + 8, length));
        at += kAroundContent + length;
    }
    return 1;
}

} // namespace

std::optional<Decoded> decode_png(std::string_view input) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    const std::unique_ptr<png_image, Free> freed{&image};
    if (png_image_begin_read_from_memory(&image, input.data(), input.size()) == 0 ||
        !is_size_allowed(image.width, image.height)) {
        return std::nullopt;
    }
    image.format = PNG_FORMAT_RGB;
    image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB; // what says nothing of its tones is meant for screens
    Picture picture{static_cast<int>(image.width), static_cast<int>(image.height)};
    const png_color paper{.red = 255, .green = 255, .blue = 255}; // under what is transparent
    if (png_image_finish_read(&image, &paper, picture.rgb.data(), 0, nullptr) == 0) {
        return std::nullopt;
    }
    return Decoded{.picture = std::move(picture), .orientation = orientation_of(input)};
}

} // namespace platform::sandbox
