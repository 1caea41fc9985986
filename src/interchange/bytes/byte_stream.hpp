// The bytes of a file, decompressed on the way: plain, gzip (several members), Zstandard (several
// frames). Memory is bounded whatever the archive says.
#pragma once

#include "base/result.hpp"
#include "interchange/reader.hpp"
#include "interchange/reject_reason.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

namespace interchange::bytes {

class ByteStream {
public:
    static Result<ByteStream, Fault> open(const std::filesystem::path& path, const InputFile& file,
                                          const ReadPolicy& policy);
    ~ByteStream();
    ByteStream(ByteStream&&) noexcept;
    ByteStream& operator=(ByteStream&&) noexcept;

    /// Bytes given, 0 at the end or when the stream has failed.
    std::size_t read(char* out, std::size_t size);
    /// Why the stream ended early.
    [[nodiscard]] const std::optional<Fault>& failure() const;
    [[nodiscard]] std::uint64_t packed_bytes() const;
    /// Plain regular files only: the next byte read is that at `offset`. False when it cannot.
    bool seek(std::uint64_t offset);

private:
    struct State;
    explicit ByteStream(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace interchange::bytes
