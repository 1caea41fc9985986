// Encrypted streams. A frame is the length of what follows (4 bytes, little-endian) and one block
// of libsodium's secretstream, the length authenticated as its additional data. secretstream itself
// orders the blocks and marks the last.
#include "base/check.hpp"
#include "platform/crypto/keys.hpp"

#include <algorithm>
#include <sodium.h>

namespace platform::crypto {
namespace {

constexpr std::size_t kBlockBytes = 64UL * 1024; // plain
constexpr std::size_t kOverheadBytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kHeaderBytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr unsigned char kMore = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
constexpr unsigned char kLast = crypto_secretstream_xchacha20poly1305_TAG_FINAL;

static_assert(crypto_secretstream_xchacha20poly1305_KEYBYTES == 32);

/// Of libsodium, wiped when it goes.
struct Stream {
    crypto_secretstream_xchacha20poly1305_state state{};
    Stream() = default;
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() { sodium_memzero(&state, sizeof state); }
};

const unsigned char* raw(const char* bytes) {
    return reinterpret_cast<const unsigned char*>(bytes);
}

unsigned char* raw(char* bytes) {
    return reinterpret_cast<unsigned char*>(bytes);
}

std::size_t read_length(const char* bytes) {
    std::size_t length = 0;
    for (std::size_t i = kLengthBytes; i-- > 0;) length = length << 8 | raw(bytes)[i];
    return length;
}

void append_frame(Stream& stream, std::string_view plain, unsigned char tag, std::string& out) {
    const std::size_t sealed_bytes = plain.size() + kOverheadBytes;
    const std::size_t at = out.size();
    out.resize(at + kLengthBytes + sealed_bytes);
    for (std::size_t i = 0; i < kLengthBytes; ++i) {
        out[at + i] = static_cast<char>(sealed_bytes >> (8 * i) & 0xFF);
    }
    char* frame = out.data() + at;
    crypto_secretstream_xchacha20poly1305_push(&stream.state, raw(frame + kLengthBytes), nullptr,
                                               raw(plain.data()), plain.size(), raw(frame),
                                               kLengthBytes, tag);
}

} // namespace

struct StreamEncrypter::State {
    Stream stream;
    std::string out;   // the header, until it is given
    std::string plain; // less than a block
    bool finished = false;
};

StreamEncrypter::StreamEncrypter(const SecretKey& key) : state_{std::make_unique<State>()} {
    state_->out.resize(kHeaderBytes);
    crypto_secretstream_xchacha20poly1305_init_push(&state_->stream.state, raw(state_->out.data()),
                                                    raw(key.bytes().data()));
}

StreamEncrypter::StreamEncrypter(StreamEncrypter&& other) noexcept = default;
StreamEncrypter& StreamEncrypter::operator=(StreamEncrypter&& other) noexcept = default;
StreamEncrypter::~StreamEncrypter() = default;

std::string StreamEncrypter::add(std::string_view plain) {
    check(!state_->finished, "nothing is added to a finished stream");
    std::string out = std::exchange(state_->out, {});
    std::string& waiting = state_->plain;
    while (waiting.size() + plain.size() >= kBlockBytes) {
        const std::size_t take = kBlockBytes - waiting.size();
        waiting += plain.substr(0, take);
        plain.remove_prefix(take);
        append_frame(state_->stream, waiting, kMore, out);
        waiting.clear();
    }
    waiting += plain;
    return out;
}

std::string StreamEncrypter::finish() {
    check(!state_->finished, "a stream is finished once");
    state_->finished = true;
    std::string out = std::exchange(state_->out, {});
    append_frame(state_->stream, state_->plain, kLast, out);
    return out;
}

struct StreamDecrypter::State {
    std::optional<SecretKey> key; // until the header was read
    Stream stream;
    std::string waiting; // less than a frame
    bool started = false;
    bool whole = false;
    bool wrong = false;

    /// The bytes that it takes before anything can be said.
    [[nodiscard]] std::size_t wanted() const {
        if (!started) return kHeaderBytes;
        if (waiting.size() < kLengthBytes) return kLengthBytes;
        return kLengthBytes + read_length(waiting.data());
    }

    /// `waiting` holds what was wanted: false when it is wrong.
    bool step(std::string& plain) {
        if (!started) {
            started = crypto_secretstream_xchacha20poly1305_init_pull(
                          &stream.state, raw(waiting.data()), raw(key->bytes().data())) == 0;
            key.reset();
            waiting.clear();
            return started;
        }
        const std::size_t length = read_length(waiting.data());
        if (length < kOverheadBytes || length > kBlockBytes + kOverheadBytes) return false;
        if (waiting.size() == kLengthBytes) return true; // the block is still to come
        return open_block(plain);
    }

    bool open_block(std::string& plain) {
        const std::size_t sealed_bytes = waiting.size() - kLengthBytes;
        const std::size_t plain_bytes = sealed_bytes - kOverheadBytes;
        const std::size_t before = plain.size();
        plain.resize(before + plain_bytes);
        unsigned char tag = 0;
        const bool genuine = crypto_secretstream_xchacha20poly1305_pull(
                                 &stream.state, raw(plain.data() + before), nullptr, &tag,
                                 raw(waiting.data() + kLengthBytes), sealed_bytes,
                                 raw(waiting.data()), kLengthBytes) == 0;
        waiting.clear();
        whole = genuine && tag == kLast;
        return genuine && (whole || (tag == kMore && plain_bytes == kBlockBytes));
    }
};

StreamDecrypter::StreamDecrypter(const SecretKey& key) : state_{std::make_unique<State>()} {
    state_->key = SecretKey::from_bytes(key.bytes());
}

StreamDecrypter::StreamDecrypter(StreamDecrypter&& other) noexcept = default;
StreamDecrypter& StreamDecrypter::operator=(StreamDecrypter&& other) noexcept = default;
StreamDecrypter::~StreamDecrypter() = default;

std::optional<std::string> StreamDecrypter::add(std::string_view encrypted) {
    State& state = *state_;
    std::string plain;
    while (!encrypted.empty() && !state.wrong) {
        if (state.whole) { // nothing may follow the last block
            state.wrong = true;
            break;
        }
        const std::size_t take = std::min(encrypted.size(), state.wanted() - state.waiting.size());
        state.waiting += encrypted.substr(0, take);
        encrypted.remove_prefix(take);
        if (state.waiting.size() < state.wanted()) {
            // A length alone is looked at as soon as it is there: nobody may ask for gigabytes.
            if (state.started && state.waiting.size() == kLengthBytes) {
                state.wrong = !state.step(plain);
            }
            continue;
        }
        state.wrong = !state.step(plain);
    }
    if (state.wrong) {
        state.whole = false;
        return std::nullopt;
    }
    return plain;
}

bool StreamDecrypter::whole() const {
    return state_->whole;
}

} // namespace platform::crypto
