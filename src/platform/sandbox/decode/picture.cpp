#include "platform/sandbox/decode/picture.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace platform::sandbox {

namespace {

constexpr int kChannels = 3;

std::size_t offset_of(int width, int x, int y) {
    return (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
            static_cast<std::size_t>(x)) *
           kChannels;
}

/// The mean of the pixels of `from` that lie in columns [x0, x1) and rows [y0, y1).
std::array<std::uint8_t, kChannels> mean(const Picture& from, int x0, int x1, int y0, int y1) {
    std::array<std::uint64_t, kChannels> sums{};
    for (int y = y0; y < y1; ++y) {
        for (int x = x0; x < x1; ++x) {
            const std::uint8_t* pixel = from.at(x, y);
            for (std::size_t c = 0; c < kChannels; ++c) sums[c] += pixel[c];
        }
    }
    const std::uint64_t count =
        static_cast<std::uint64_t>(x1 - x0) * static_cast<std::uint64_t>(y1 - y0);
    std::array<std::uint8_t, kChannels> out{};
    for (std::size_t c = 0; c < kChannels; ++c) {
        out[c] = static_cast<std::uint8_t>((sums[c] + count / 2) / count);
    }
    return out;
}

/// Where the i-th of `to` equal parts of `from` pixels begins.
int part_begin(int i, int from, int to) {
    return static_cast<int>(static_cast<std::int64_t>(i) * from / to);
}

} // namespace

Picture::Picture(int its_width, int its_height)
    : width{its_width}, height{its_height}, rgb(offset_of(its_width, 0, its_height)) {}

const std::uint8_t* Picture::at(int x, int y) const {
    return rgb.data() + offset_of(width, x, y);
}

std::uint8_t* Picture::at(int x, int y) {
    return rgb.data() + offset_of(width, x, y);
}

bool is_size_allowed(std::int64_t width, std::int64_t height) {
    constexpr std::int64_t kPixels = static_cast<std::int64_t>(kPixelsMax);
    return width > 0 && height > 0 && width <= kPixels && height <= kPixels / width;
}

Picture shrink(Picture picture) {
    const int longest = std::max(picture.width, picture.height);
    if (longest <= kSideMax) return picture;
    const auto shorten = [&](int side) {
        return std::max(1, static_cast<int>(static_cast<std::int64_t>(side) * kSideMax / longest));
    };
    Picture out{shorten(picture.width), shorten(picture.height)};
    for (int y = 0; y < out.height; ++y) {
        const int y0 = part_begin(y, picture.height, out.height);
        const int y1 = part_begin(y + 1, picture.height, out.height);
        for (int x = 0; x < out.width; ++x) {
            const int x0 = part_begin(x, picture.width, out.width);
            const int x1 = part_begin(x + 1, picture.width, out.width);
            std::ranges::copy(mean(picture, x0, x1, y0, y1), out.at(x, y));
        }
    }
    return out;
}

Picture turn(Picture picture, int orientation) {
    if (orientation < 2 || orientation > 8) return picture;
    // 5 to 8 lie on their side. Each is a mirror image, an upside-down one, or both.
    const bool sideways = orientation >= 5;
    const bool mirrored =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 6;
    const bool upside_down =
        orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    Picture out =
        sideways ? Picture{picture.height, picture.width} : Picture{picture.width, picture.height};
    for (int y = 0; y < out.height; ++y) {
        for (int x = 0; x < out.width; ++x) {
            const int across = mirrored ? out.width - 1 - x : x;
            const int down = upside_down ? out.height - 1 - y : y;
            const std::uint8_t* pixel =
                sideways ? picture.at(down, across) : picture.at(across, down);
            std::copy_n(pixel, kChannels, out.at(x, y));
        }
    }
    return out;
}

int exif_orientation(std::string_view tiff) {
    constexpr std::uint32_t kOrientation = 0x0112; // TIFF 6.0, section 8
    constexpr std::uint32_t kShort = 3;            // a type of two bytes
    constexpr std::size_t kEntryBytes = 12;
    const bool little = tiff.starts_with(std::string_view{"II*\0", 4});
    if (!little && !tiff.starts_with(std::string_view{"MM\0*", 4})) return 1;
    const auto number = [&](std::size_t at, std::size_t bytes) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < bytes && at + i < tiff.size(); ++i) {
            const auto byte = static_cast<std::uint8_t>(tiff[at + (little ? bytes - 1 - i : i)]);
            value = value << 8U | byte;
        }
        return value;
    };
    if (tiff.size() < 8) return 1;
    const std::size_t directory = number(4, 4);
    if (directory > tiff.size() || tiff.size() - directory < 2) return 1;
    const std::size_t entries =
        std::min<std::size_t>(number(directory, 2), (tiff.size() - directory - 2) / kEntryBytes);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + i * kEntryBytes;
        if (number(entry, 2) != kOrientation || number(entry + 2, 2) != kShort) continue;
        const std::uint32_t asked = number(entry + 8, 2);
        return asked >= 1 && asked <= 8 ? static_cast<int>(asked) : 1;
    }
    return 1;
}

} // namespace platform::sandbox
