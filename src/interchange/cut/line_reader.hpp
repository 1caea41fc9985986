// Lines of a stream by the million: handed out as views into one large buffer.
#pragma once

#include "interchange/bytes/byte_stream.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace interchange::cut {

/// A line, or a part of one that does not fit the buffer.
struct Fragment {
    std::string_view bytes; // without the newline; valid until the next call
    bool begins = true;     // its line starts here
    bool ends = true;       // its line ends here
    std::uint64_t line = 0; // from 1
    std::uint64_t offset = 0;
};

class LineReader {
public:
    /// `buffer_bytes`: a longer line comes in fragments.
    LineReader(bytes::ByteStream stream, std::size_t buffer_bytes);

    /// False at the end; the stream may have failed then. What stands unfinished before a failure
    /// is not handed out. A byte order mark at the very start is skipped.
    bool next(Fragment& fragment);
    /// The last lines, newlines included, come again; `line` and `offset` are those of the first.
    void push_back(std::string_view bytes, std::uint64_t line, std::uint64_t offset);
    /// Plain regular files only. The next line is that at `offset`, numbered `line`.
    bool seek(std::uint64_t offset, std::uint64_t line);

    [[nodiscard]] const bytes::ByteStream& stream() const { return stream_; }
    [[nodiscard]] std::uint64_t line() const { return line_; }
    [[nodiscard]] std::uint64_t offset() const { return offset_; }

private:
    bool fill();
    void hand_out(Fragment& fragment, std::size_t size, bool ends);

    bytes::ByteStream stream_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t searched_ = 0; // from begin_: no newline there
    std::uint64_t line_ = 1;
    std::uint64_t offset_ = 0;
    bool over_ = false;
    bool in_line_ = false;
    bool started_ = false;
};

} // namespace interchange::cut
