#include "platform/sandbox/decode/picture.hpp"

#include <algorithm>
#include <memory>
#include <webp/decode.h>
#include <webp/demux.h>

namespace platform::sandbox {

namespace {

struct Delete {
    void operator()(WebPDemuxer* demuxer) const { WebPDemuxDelete(demuxer); }
};
struct Release {
    void operator()(WebPIterator* frame) const { WebPDemuxReleaseIterator(frame); }
    void operator()(WebPChunkIterator* chunk) const { WebPDemuxReleaseChunkIterator(chunk); }
};

int orientation_of(const WebPDemuxer* demuxer) {
    WebPChunkIterator chunk{};
    if (WebPDemuxGetChunk(demuxer, "EXIF", 1, &chunk) == 0) return 1;
    const std::unique_ptr<WebPChunkIterator, Release> released{&chunk};
    std::string_view exif{reinterpret_cast<const char*>(chunk.chunk.bytes), chunk.chunk.size};
    constexpr std::string_view kPrefix{"Exif\0\0", 6}; // some writers keep that of JPEG
    if (exif.starts_with(kPrefix)) exif.remove_prefix(kPrefix.size());
    return exif_orientation(exif);
}

/// Four bytes a pixel, colours already multiplied by their opacity, on white paper.
Picture on_paper(int width, int height, const std::vector<std::uint8_t>& rgba) {
    Picture picture{width, height};
    for (std::size_t pixel = 0; pixel * 4 < rgba.size(); ++pixel) {
        const unsigned clear = 255U - rgba[pixel * 4 + 3];
        for (std::size_t c = 0; c < 3; ++c) {
            picture.rgb[pixel * 3 + c] =
                static_cast<std::uint8_t>(std::min(255U, rgba[pixel * 4 + c] + clear));
        }
    }
    return picture;
}

} // namespace

std::optional<Decoded> decode_webp(std::string_view input) {
    const WebPData whole{.bytes = reinterpret_cast<const std::uint8_t*>(input.data()),
                         .size = input.size()};
    const std::unique_ptr<WebPDemuxer, Delete> demuxer{WebPDemux(&whole)};
    if (demuxer == nullptr) return std::nullopt;
    WebPIterator frame{}; // the first one of an animation, the only one of a picture
    if (WebPDemuxGetFrame(demuxer.get(), 1, &frame) == 0) return std::nullopt;
    const std::unique_ptr<WebPIterator, Release> released{&frame};
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0 ||
        WebPGetFeatures(frame.fragment.bytes, frame.fragment.size, &config.input) !=
            VP8_STATUS_OK ||
        !is_size_allowed(config.input.width, config.input.height)) {
        return std::nullopt;
    }
    int width = config.input.width;
    int height = config.input.height;
    if (const int longest = std::max(width, height); longest > kSideMax) {
        width = std::max(1, width * kSideMax / longest);
        height = std::max(1, height * kSideMax / longest);
        config.options.use_scaling = 1;
        config.options.scaled_width = width;
        config.options.scaled_height = height;
    }
    std::vector<std::uint8_t> rgba(static_cast<std::size_t>(width) *
                                   static_cast<std::size_t>(height) * 4);
    config.output.colorspace = MODE_rgbA;
    config.output.is_external_memory = 1;
    config.output.u.RGBA = {.rgba = rgba.data(), .stride = width * 4, .size = rgba.size()};
    if (WebPDecode(frame.fragment.bytes, frame.fragment.size, &config) != VP8_STATUS_OK) {
        return std::nullopt;
    }
    return Decoded{.picture = on_paper(width, height, rgba),
                   .orientation = orientation_of(demuxer.get())};
}

} // namespace platform::sandbox
