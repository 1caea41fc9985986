#include "platform/sandbox/decode/picture.hpp"

#include <algorithm>
#include <memory>
#include <span>
#include <turbojpeg.h>

namespace platform::sandbox {

namespace {

struct Destroy {
    void operator()(void* handle) const { tjDestroy(handle); }
};

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// Walks the segments (ITU-T T.81, annex B) up to the pixels; EXIF stands in an APP1.
int orientation_of(std::string_view jpeg) {
    constexpr std::string_view kExif{"Exif\0\0", 6};
    std::size_t at = 2;
    while (at + 4 <= jpeg.size() && jpeg[at] == '\xFF') {
        const auto marker = static_cast<std::uint8_t>(jpeg[at + 1]);
        const std::size_t length = static_cast<std::size_t>(static_cast<std::uint8_t>(jpeg[at + 2]))
                                       << 8U |
                                   static_cast<std::uint8_t>(jpeg[at + 3]);
        if (marker == 0xDA || length < 2) break;
        const std::string_view segment = jpeg.substr(at + 4, length - 2);
        if (marker == 0xE1 && segment.starts_with(kExif)) {
            return exif_orientation(segment.substr(kExif.size()));
        }
        at += 2 + length;
    }
    return 1;
}

/// The smallest scale that the decoder offers which still has enough pixels.
tjscalingfactor scale_for(int longest) {
    int count = 0;
    const tjscalingfactor* offered = tjGetScalingFactors(&count);
    tjscalingfactor best{1, 1};
    for (const tjscalingfactor one : std::span{offered, static_cast<std::size_t>(count)}) {
        const bool smaller = one.num * best.denom < best.num * one.denom;
        if (smaller && TJSCALED(longest, one) >= kSideMax) best = one;
    }
    return best;
}

/// Four inks as Adobe's programs write them, the only ones that write them: 255 is no ink.
Picture from_inks(int width, int height, const std::vector<std::uint8_t>& inks) {
    Picture picture{width, height};
    for (std::size_t pixel = 0; pixel * 4 < inks.size(); ++pixel) {
        const unsigned black = inks[pixel * 4 + 3];
        for (std::size_t c = 0; c < 3; ++c) {
            picture.rgb[pixel * 3 + c] =
                static_cast<std::uint8_t>(inks[pixel * 4 + c] * black / 255U);
        }
    }
    return picture;
}

} // namespace

std::optional<Decoded> decode_jpeg(std::string_view input) {
    const std::unique_ptr<void, Destroy> decoder{tjInitDecompress()};
    if (decoder == nullptr) return std::nullopt;
    int width = 0;
    int height = 0;
    int sampling = 0;
    int colours = 0;
    if (tjDecompressHeader3(decoder.get(), octets(input), input.size(), &width, &height, &sampling,
                            &colours) != 0 ||
        !is_size_allowed(width, height)) {
        return std::nullopt;
    }
    const tjscalingfactor scale = scale_for(std::max(width, height));
    width = TJSCALED(width, scale);
    height = TJSCALED(height, scale);
    const bool in_inks = colours == TJCS_CMYK || colours == TJCS_YCCK;
    Picture picture{width, height};
    std::vector<std::uint8_t> inks(in_inks ? picture.rgb.size() / 3 * 4 : 0);
    std::uint8_t* pixels = in_inks ? inks.data() : picture.rgb.data();
    // Thousands of progressive scans over few bytes cost hours: the flag ends such files.
    const int failed = tjDecompress2(decoder.get(), octets(input), input.size(), pixels, width, 0,
                                     height, in_inks ? TJPF_CMYK : TJPF_RGB, TJFLAG_LIMITSCANS);
    // A warning leaves a picture: of a file cut short, the part that came.
    if (failed != 0 && tjGetErrorCode(decoder.get()) != TJERR_WARNING) return std::nullopt;
    if (in_inks) picture = from_inks(width, height, inks);
    return Decoded{.picture = std::move(picture), .orientation = orientation_of(input)};
}

} // namespace platform::sandbox
