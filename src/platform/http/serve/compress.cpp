#include "platform/http/serve/compress.hpp"

#include "base/ascii.hpp"
#include "base/check.hpp"
#include "platform/http/syntax/head.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace platform::http {
namespace {

constexpr int kLevel = 6; // zlib's own default: more costs much and gains little
constexpr int kGzipWindow = 15 + 16;
constexpr int kMemory = 8; // zlib's own default

} // namespace

bool accepts_gzip(std::string_view accept_encoding) {
    const std::string lower = lower_ascii(accept_encoding);
    std::string_view rest = lower;
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        const std::string_view item = rest.substr(0, comma);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        const std::size_t semicolon = std::min(item.find(';'), item.size());
        if (trim(item.substr(0, semicolon)) != "gzip") continue;
        const std::string_view weight = trim(item.substr(std::min(semicolon + 1, item.size())));
        return weight.find_first_not_of("q=0. ") != std::string_view::npos || weight.empty();
    }
    return false;
}

bool is_compressible(std::string_view content_type) {
    constexpr std::array prefixes{"text/",
                                  "application/json",
                                  "application/problem+json",
                                  "application/javascript",
                                  "application/manifest+json",
                                  "image/svg+xml",
                                  "application/xml"};
    return std::ranges::any_of(
        prefixes, [&](const char* prefix) { return content_type.starts_with(prefix); });
}

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    const int opened =
        deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY);
    check(opened == Z_OK, "deflateInit2");
    std::string compressed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
    stream.avail_out = static_cast<uInt>(compressed.size());
    const int ended = deflate(&stream, Z_FINISH);
    compressed.resize(stream.total_out);
    deflateEnd(&stream);
    check(ended == Z_STREAM_END, "deflate");
    return compressed;
}

} // namespace platform::http
