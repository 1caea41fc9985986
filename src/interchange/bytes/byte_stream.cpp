#include "interchange/bytes/byte_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <vector>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

namespace interchange::bytes {

namespace {

constexpr std::size_t kPackedBytes = 1 << 18; // read from disk at a time, compressed
// Real declarations shrink 5 to 60 times. Above 500 something was made to expand (zeros shrink a
// thousand times with gzip, far more with Zstandard); below a quarter of a gibibyte it does no
// harm.
constexpr std::uint64_t kExpansionRatioMax = 500;
constexpr std::uint64_t kExpansionFreeBytes = 256ULL << 20;

} // namespace

struct ByteStream::State {
    int descriptor = -1;
    Packing packing = Packing::Plain;
    std::uint64_t expansion_max = 0;
    std::uint64_t packed = 0;
    std::uint64_t unpacked = 0;
    std::optional<Fault> failure;
    std::vector<char> input;
    std::size_t input_begin = 0;
    std::size_t input_end = 0;
    bool input_over = false;
    bool member_open = false;
    bool member_seen = false;
    bool gzip_started = false;
    z_stream gzip{};
    std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> zstd{nullptr, &ZSTD_freeDStream};

    ~State() {
        if (gzip_started) inflateEnd(&gzip);
        if (descriptor > STDERR_FILENO) ::close(descriptor);
    }

    std::size_t read_descriptor(char* out, std::size_t size) {
        while (true) {
            const ssize_t count = ::read(descriptor, out, size);
            if (count >= 0) {
                packed += static_cast<std::uint64_t>(count);
                return static_cast<std::size_t>(count);
            }
            if (errno == EINTR) continue;
            fail(RejectReason::UnreadableFile,
                 fmt::format("Reading stopped after {} bytes: {}.", packed, std::strerror(errno)));
            return 0;
        }
    }

    void fail(RejectReason reason, std::string what) {
        failure = Fault{.reason = reason, .field = {}, .what = std::move(what), .record = {}};
    }

    void damaged(std::string_view how) {
        fail(RejectReason::DamagedArchive,
             fmt::format("The archive {} after {} bytes of it, {} unpacked.", how,
                         packed - (input_end - input_begin), unpacked));
    }

    /// False when the file has no more compressed bytes.
    bool refill() {
        if (input_begin < input_end) return true;
        if (input_over) return false;
        input_begin = 0;
        input_end = read_descriptor(input.data(), input.size());
        input_over = input_end == 0;
        return !input_over;
    }

    /// One step of decompression. Bytes written; 0 with failure set or at the end.
    std::size_t inflate_step(char* out, std::size_t size);
    std::size_t zstd_step(char* out, std::size_t size);
    std::size_t read_packed(char* out, std::size_t size);
    bool at_padding();
};

/// After the last gzip member: zeros are padding (tapes, block devices), which gzip(1) ignores too.
bool ByteStream::State::at_padding() {
    while (refill()) {
        while (input_begin < input_end && input[input_begin] == '\0') ++input_begin;
        if (input_begin < input_end) return false;
    }
    return true;
}

std::size_t ByteStream::State::inflate_step(char* out, std::size_t size) {
    if (!refill()) {
        if (!failure && (member_open || !member_seen)) damaged("breaks off");
        return 0;
    }
    if (!member_open) {
        if (member_seen && at_padding()) return 0;
        constexpr int kGzipOnly = 15 + 16; // largest window, gzip header wanted: zlib.h
        if (gzip_started ? inflateReset(&gzip) != Z_OK : inflateInit2(&gzip, kGzipOnly) != Z_OK) {
            damaged("cannot be opened");
            return 0;
        }
        gzip_started = true;
        member_open = true;
    }
    gzip.next_in = reinterpret_cast<Bytef*>(input.data() + input_begin);
    gzip.avail_in = static_cast<uInt>(input_end - input_begin);
    gzip.next_out = reinterpret_cast<Bytef*>(out);
    gzip.avail_out = static_cast<uInt>(std::min<std::size_t>(size, 1U << 30));
    const uInt wanted = gzip.avail_out;
    const int result = inflate(&gzip, Z_NO_FLUSH);
    input_begin = input_end - gzip.avail_in;
    if (result == Z_STREAM_END) {
        member_open = false;
        member_seen = true;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
        damaged(member_seen && gzip.total_out == 0 ? "is followed by something else"
                                                   : "is damaged");
    }
    return wanted - gzip.avail_out;
}

std::size_t ByteStream::State::zstd_step(char* out, std::size_t size) {
    // Without input the decoder still hands over what it holds back of an open frame.
    const bool more = refill();
    if (failure) return 0;
    if (!more && !member_open) {
        if (!member_seen) damaged("is empty");
        return 0;
    }
    ZSTD_inBuffer in{input.data(), more ? input_end : input_begin, input_begin};
    ZSTD_outBuffer target{out, size, 0};
    const std::size_t result = ZSTD_decompressStream(zstd.get(), &target, &in);
    input_begin = in.pos;
    if (ZSTD_isError(result) != 0) {
        damaged(ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge
                    ? "asks for too large a window"
                    : "is damaged");
    } else {
        member_open = result != 0;
        member_seen = true;
        if (!more && target.pos == 0 && member_open) damaged("breaks off");
    }
    return target.pos;
}

std::size_t ByteStream::State::read_packed(char* out, std::size_t size) {
    while (!failure) {
        const std::uint64_t before = packed - (input_end - input_begin);
        const std::size_t count =
            packing == Packing::Gzip ? inflate_step(out, size) : zstd_step(out, size);
        unpacked += count;
        if (unpacked > expansion_max) {
            fail(RejectReason::ExpansionTooLarge,
                 fmt::format("More than {} bytes unpacked.", expansion_max));
        } else if (unpacked > kExpansionFreeBytes && unpacked / kExpansionRatioMax > packed) {
            fail(RejectReason::ExpansionTooLarge,
                 fmt::format("{} bytes of archive became {}, over {} times as many.", packed,
                             unpacked, kExpansionRatioMax));
        }
        if (count > 0) return count;
        const bool advanced = packed - (input_end - input_begin) != before;
        if (!advanced && input_over && input_begin == input_end) return 0;
    }
    return 0;
}

ByteStream::ByteStream(std::unique_ptr<State> state) : state_{std::move(state)} {}
ByteStream::~ByteStream() = default;
ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream& ByteStream::operator=(ByteStream&&) noexcept = default;

Result<ByteStream, Fault> ByteStream::open(const std::filesystem::path& path, const InputFile& file,
                                           const ReadPolicy& policy) {
    std::unique_ptr<State> state = std::make_unique<State>();
    state->packing = file.packing;
    state->expansion_max = policy.expansion_max;
    state->descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (state->descriptor < 0) {
        return refuse(Fault{.reason = RejectReason::UnreadableFile,
                            .field = {},
                            .what = fmt::format("It cannot be opened: {}.", std::strerror(errno)),
                            .record = {}});
    }
    if (file.packing != Packing::Plain) state->input.resize(kPackedBytes);
    if (file.packing == Packing::Zstd) state->zstd.reset(ZSTD_createDStream());
    return ByteStream{std::move(state)};
}

std::size_t ByteStream::read(char* out, std::size_t size) {
    if (state_->failure) return 0;
    if (state_->packing == Packing::Plain) return state_->read_descriptor(out, size);
    return state_->read_packed(out, size);
}

const std::optional<Fault>& ByteStream::failure() const {
    return state_->failure;
}

std::uint64_t ByteStream::packed_bytes() const {
    return state_->packed;
}

bool ByteStream::seek(std::uint64_t offset) {
    return state_->packing == Packing::Plain &&
           ::lseek(state_->descriptor, static_cast<off_t>(offset), SEEK_SET) >= 0;
}

} // namespace interchange::bytes
