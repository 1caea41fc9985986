// For the tests of this module: files made of nothing but arithmetic.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <png.h>
#include <string>
#include <string_view>
#include <turbojpeg.h>
#include <vector>
#include <webp/encode.h>
#include <webp/mux_types.h>
#include <zlib.h>

namespace platform::sandbox::testing_support {

inline std::string big_endian(std::uint32_t value, int bytes = 4) {
    std::string out;
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i));
    return out;
}

inline std::string little_endian(std::uint32_t value, int bytes = 4) {
    const std::string big = big_endian(value, bytes);
    return {big.rbegin(), big.rend()};
}

/// Red on the left half, blue on the right; `channels` bytes a pixel, the fourth `fourth`.
inline std::vector<std::uint8_t> red_and_blue(int width, int height, int channels = 3,
                                              std::uint8_t fourth = 255) {
    std::vector<std::uint8_t> pixels;
    pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                   static_cast<std::size_t>(channels));
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool left = x < width / 2;
            pixels.push_back(left ? 255 : 0);
            pixels.push_back(0);
            pixels.push_back(left ? 0 : 255);
            if (channels == 4) pixels.push_back(fourth);
        }
    }
    return pixels;
}

/// Of three channels in colour, of four as the inks cyan, magenta, yellow, black of Adobe (255:
/// none).
inline std::string jpeg_of(const std::vector<std::uint8_t>& pixels, int width, int height,
                           bool inks = false, bool progressive = false) {
    tjhandle encoder = tjInitCompress();
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    tjCompress2(encoder, pixels.data(), width, 0, height, inks ? TJPF_CMYK : TJPF_RGB, &bytes,
                &size, TJSAMP_444, 95, progressive ? TJFLAG_PROGRESSIVE : 0);
    std::string jpeg{reinterpret_cast<const char*>(bytes), size};
    tjFree(bytes);
    tjDestroy(encoder);
    return jpeg;
}

/// A TIFF block with an orientation and a place on earth (tag 0x8825 points to the GPS directory,
/// whose only entry is the text of tag 0x001D).
inline std::string exif(std::uint32_t orientation, std::string_view gps_text) {
    std::string gps{gps_text};
    gps += '\0';
    return std::string{"MM\0*", 4} + big_endian(8) + big_endian(2, 2) +
           // the two entries of the first directory, no next one
           big_endian(0x0112, 2) + big_endian(3, 2) + big_endian(1) + big_endian(orientation, 2) +
           big_endian(0, 2) + big_endian(0x8825, 2) + big_endian(4, 2) + big_endian(1) +
           big_endian(38) + big_endian(0) +
           // the GPS directory at 38, its text at 56
           big_endian(1, 2) + big_endian(0x001D, 2) + big_endian(2, 2) +
           big_endian(static_cast<std::uint32_t>(gps.size())) + big_endian(56) + big_endian(0) +
           gps;
}

inline std::string with_exif(const std::string& jpeg, const std::string& tiff) {
    const std::string content = std::string{"Exif\0\0", 6} + tiff;
    return jpeg.substr(0, 2) + "\xFF\xE1" +
           big_endian(static_cast<std::uint32_t>(content.size() + 2), 2) + content + jpeg.substr(2);
}

inline std::string deflated(std::string_view plain) {
    uLongf size = compressBound(plain.size());
    std::string out(size, '\0');
    compress2(reinterpret_cast<Bytef*>(out.data()), &size,
              reinterpret_cast<const Bytef*>(plain.data()), plain.size(), 9);
    out.resize(size);
    return out;
}

/// So many megabytes of one byte, in two hundred times fewer.
inline std::string deflate_bomb(char filling, std::uint64_t megabytes) {
    z_stream stream{};
    deflateInit(&stream, 1); // the quickest
    std::string block(1U << 20U, filling);
    std::string out;
    std::array<char, 1U << 16U> buffer{};
    for (std::uint64_t i = 0; i < megabytes; ++i) {
        stream.next_in = reinterpret_cast<Bytef*>(block.data());
        stream.avail_in = static_cast<uInt>(block.size());
        const int flush = i + 1 == megabytes ? Z_FINISH : Z_NO_FLUSH;
        do {
            stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
            stream.avail_out = static_cast<uInt>(buffer.size());
            deflate(&stream, flush);
            out.append(buffer.data(), buffer.size() - stream.avail_out);
        } while (stream.avail_out == 0);
    }
    deflateEnd(&stream);
    return out;
}

inline std::string png_chunk(std::string_view type, std::string_view content) {
    std::string body{type};
    body += content;
    const uLong sum =
        crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    return big_endian(static_cast<std::uint32_t>(content.size())) + body +
           big_endian(static_cast<std::uint32_t>(sum));
}

/// `compressed` is what IDAT holds; `colour` 2 is RGB, 6 with opacity (PNG, 11.2.1).
inline std::string png_of(std::uint32_t width, std::uint32_t height, int bits, int colour,
                          std::string_view compressed, std::string_view more_chunks = {}) {
    const std::string header = big_endian(width) + big_endian(height) + static_cast<char>(bits) +
                               static_cast<char>(colour) + std::string(3, '\0');
    return "\x89PNG\r\n\x1A\n" + png_chunk("IHDR", header) + std::string{more_chunks} +
           png_chunk("IDAT", compressed) + png_chunk("IEND", {});
}

/// Rows as PNG has them: a zero before each; each byte twice for 16 bits.
inline std::string png_rows(const std::vector<std::uint8_t>& pixels, std::size_t row_bytes,
                            int repeat = 1) {
    std::string rows;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        if (i % row_bytes == 0) rows += '\0';
        rows.append(static_cast<std::size_t>(repeat), static_cast<char>(pixels[i]));
    }
    return rows;
}

inline std::string webp_of(const std::vector<std::uint8_t>& rgba, int width, int height) {
    std::uint8_t* bytes = nullptr;
    const std::size_t size = WebPEncodeLosslessRGBA(rgba.data(), width, height, width * 4, &bytes);
    std::string webp{reinterpret_cast<const char*>(bytes), size};
    WebPFree(bytes);
    return webp;
}

inline std::string riff_chunk(std::string_view name, std::string_view content) {
    std::string out{name};
    out += little_endian(static_cast<std::uint32_t>(content.size()));
    out += content;
    if (content.size() % 2 != 0) out += '\0';
    return out;
}

/// An animation of pictures of one size (WebP container specification, "Animation").
inline std::string animated_webp(const std::vector<std::string>& pictures, std::uint32_t width,
                                 std::uint32_t height) {
    const std::string canvas = little_endian(width - 1, 3) + little_endian(height - 1, 3);
    std::string body = "WEBP" +
                       riff_chunk("VP8X", little_endian(ANIMATION_FLAG | ALPHA_FLAG) + canvas) +
                       riff_chunk("ANIM", little_endian(0) + little_endian(0, 2));
    for (const std::string& picture : pictures) {
        body += riff_chunk("ANMF", std::string(6, '\0') + canvas + little_endian(100, 3) +
                                       std::string(1, '\0') + picture.substr(12));
    }
    return riff_chunk("RIFF", body);
}

/// A PDF of as many pages as asked that all show the content stream (ISO 32000-1, 7.8.2).
inline std::string pdf_of(std::string_view stream, std::string_view filter = {}, int pages = 1) {
    std::string kids;
    std::string page_objects;
    for (int i = 0; i < pages; ++i) {
        const std::string number = std::to_string(10 + i);
        kids += number + " 0 R ";
        page_objects += number + " 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]"
                                 "/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj\n";
    }
    std::string out = "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
                      "2 0 obj <</Type/Pages/Kids[" +
                      kids + "]/Count " + std::to_string(pages) + ">> endobj\n" + page_objects +
                      "5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica"
                      "/Encoding/WinAnsiEncoding>> endobj\n4 0 obj <</Length " +
                      std::to_string(stream.size()) + std::string{filter} + ">> stream\n";
    out += stream;
    return out + "\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";
}

inline std::string shown_line(std::string_view words) {
    return "BT /F 12 Tf 50 700 Td (" + std::string{words} + ") Tj ET\n";
}

/// The pixels of a JPEG, to look at what came out.
struct Seen {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;
    /// "red", "blue", "white", "black" or "other".
    [[nodiscard]] std::string_view colour_at(int x, int y) const {
        const std::uint8_t* p = rgb.data() + (static_cast<std::ptrdiff_t>(y) * width + x) * 3;
        const bool red = p[0] > 200;
        const bool green = p[1] > 200;
        const bool blue = p[2] > 200;
        if (red && green && blue) return "white";
        if (p[1] > 60) return "other";
        if (red && p[2] < 60) return "red";
        if (blue && p[0] < 60) return "blue";
        return p[0] < 60 && p[2] < 60 ? "black" : "other";
    }
};

inline Seen see(const std::string& jpeg) {
    Seen seen;
    tjhandle decoder = tjInitDecompress();
    const auto* bytes = reinterpret_cast<const unsigned char*>(jpeg.data());
    int sampling = 0;
    int colours = 0;
    if (tjDecompressHeader3(decoder, bytes, jpeg.size(), &seen.width, &seen.height, &sampling,
                            &colours) == 0) {
        seen.rgb.resize(static_cast<std::size_t>(seen.width) *
                        static_cast<std::size_t>(seen.height) * 3);
        tjDecompress2(decoder, bytes, jpeg.size(), seen.rgb.data(), seen.width, 0, seen.height,
                      TJPF_RGB, 0);
    }
    tjDestroy(decoder);
    return seen;
}

} // namespace platform::sandbox::testing_support
