#include "interchange/cut/line_reader.hpp"

#include <algorithm>
#include <cstring>

namespace interchange::cut {

namespace {
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
}

LineReader::LineReader(bytes::ByteStream stream, std::size_t buffer_bytes)
    : stream_{std::move(stream)}, buffer_(buffer_bytes) {}

/// Moves what is left to the front and reads more. False when nothing more could be read.
bool LineReader::fill() {
    if (over_) return false;
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ == buffer_.size()) return false;
    const std::size_t count = stream_.read(buffer_.data() + end_, buffer_.size() - end_);
    over_ = count == 0;
    end_ += count;
    return !over_;
}

void LineReader::hand_out(Fragment& fragment, std::size_t size, bool ends) {
    fragment = {.bytes = {buffer_.data() + begin_, size},
                .begins = !in_line_,
                .ends = ends,
                .line = line_,
                .offset = offset_};
    const std::size_t taken = size + (ends && begin_ + size < end_ ? 1 : 0);
    begin_ += taken;
    offset_ += taken;
    searched_ = 0;
    in_line_ = !ends;
    if (ends) ++line_;
}

bool LineReader::next(Fragment& fragment) {
    if (!started_) {
        started_ = true;
        while (end_ - begin_ < kByteOrderMark.size() && fill()) {}
        if (std::string_view{buffer_.data() + begin_, end_ - begin_}.starts_with(kByteOrderMark)) {
            begin_ += kByteOrderMark.size();
            offset_ += kByteOrderMark.size();
        }
    }
    while (true) {
        const char* from = buffer_.data() + begin_ + searched_;
        const std::size_t left = end_ - begin_ - searched_;
        const void* newline = left == 0 ? nullptr : std::memchr(from, '\n', left);
        if (newline != nullptr) {
            const char* at = static_cast<const char*>(newline);
            hand_out(fragment, static_cast<std::size_t>(at - buffer_.data()) - begin_, true);
            return true;
        }
        searched_ = end_ - begin_;
        if (fill()) continue;
        if (!over_) { // the buffer is full of one line
            hand_out(fragment, end_ - begin_, false);
            return true;
        }
        if (stream_.failure() || (begin_ == end_ && !in_line_)) return false;
        hand_out(fragment, end_ - begin_, true); // the last line has no newline
        return true;
    }
}

void LineReader::push_back(std::string_view bytes, std::uint64_t line, std::uint64_t offset) {
    std::vector<char> again(std::max(buffer_.size(), bytes.size() + (end_ - begin_)));
    std::memcpy(again.data(), bytes.data(), bytes.size());
    std::memcpy(again.data() + bytes.size(), buffer_.data() + begin_, end_ - begin_);
    end_ = bytes.size() + (end_ - begin_);
    begin_ = 0;
    searched_ = 0;
    buffer_ = std::move(again);
    line_ = line;
    offset_ = offset;
    in_line_ = false;
}

bool LineReader::seek(std::uint64_t offset, std::uint64_t line) {
    if (offset >= offset_ && offset - offset_ <= end_ - begin_ && started_) {
        begin_ += static_cast<std::size_t>(offset - offset_);
    } else {
        if (!stream_.seek(offset)) return false;
        begin_ = 0;
        end_ = 0;
        over_ = false;
        started_ = offset > 0;
    }
    offset_ = offset;
    line_ = line;
    searched_ = 0;
    in_line_ = false;
    return true;
}

} // namespace interchange::cut
