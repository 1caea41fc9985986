// Pixels between a decoder and the encoder, and the three formats that are decoded.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace platform::sandbox {

constexpr int kSideMax = 320; // of a thumbnail, pixels
// As the header says, before a pixel is decoded. Telephones take 50; 60 fit the worker's memory in
// every format.
constexpr std::uint64_t kPixelsMax = 60'000'000;

/// Three bytes a pixel (red, green, blue), rows from the top, without padding.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;

    Picture() = default;
    Picture(int its_width, int its_height);
    [[nodiscard]] const std::uint8_t* at(int x, int y) const;
    [[nodiscard]] std::uint8_t* at(int x, int y);
};

[[nodiscard]] bool is_size_allowed(std::int64_t width, std::int64_t height);

/// At most kSideMax a side, by the mean of the pixels that fall together; never enlarged.
[[nodiscard]] Picture shrink(Picture picture);

/// Turned as EXIF's tag Orientation asks (1 to 8; CIPA DC-008, 4.6.4).
[[nodiscard]] Picture turn(Picture picture, int orientation);

/// The orientation in a TIFF block of EXIF; 1 (as it stands) when there is none.
[[nodiscard]] int exif_orientation(std::string_view tiff);

/// A picture already reduced to some hundreds of pixels where the format can, with the orientation
/// that its metadata ask for. Nothing when it cannot be decoded.
struct Decoded {
    Picture picture;
    int orientation = 1;
};
[[nodiscard]] std::optional<Decoded> decode_jpeg(std::string_view input);
[[nodiscard]] std::optional<Decoded> decode_png(std::string_view input);
[[nodiscard]] std::optional<Decoded> decode_webp(std::string_view input);

} // namespace platform::sandbox
