// multipart/form-data (RFC 7578, as WHATWG HTML §4.10.21.8 writes it), read as it arrives: what is
// kept is at most one delimiter and one part's head.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace platform::http {

inline constexpr std::size_t kBoundaryBytesMax = 70; // RFC 2046 §5.1.1
inline constexpr std::size_t kPartHeadBytesMax = 4096;
inline constexpr std::size_t kPartsMax = 400; // fields and files, kept or not
inline constexpr std::size_t kFileNameBytesMax = 255;

/// Of `multipart/form-data; boundary=…`; nothing when it has none that is allowed.
[[nodiscard]] std::optional<std::string> read_boundary(std::string_view content_type);

struct PartHead {
    std::string name;
    bool is_file = false;
    std::string file_name; // without folders and controls
};

/// What its parts are told to.
class PartReceiver {
public:
    virtual ~PartReceiver() = default;
    /// False: no more, the whole is refused. So for the others.
    [[nodiscard]] virtual bool begin_part(PartHead head) = 0;
    [[nodiscard]] virtual bool part_bytes(std::string_view bytes) = 0;
    [[nodiscard]] virtual bool end_part() = 0;
};

class MultipartParser {
public:
    explicit MultipartParser(std::string_view boundary);
    /// False when it is malformed or the receiver refused; then it is not to be called again.
    [[nodiscard]] bool add(std::string_view bytes, PartReceiver& receiver);
    /// The closing delimiter was met: without it the request was cut.
    [[nodiscard]] bool whole() const { return state_ == State::Ended; }

private:
    enum class State : unsigned char { Preamble, AfterDelimiter, Head, Content, Ended };

    // Each takes what it can from pending_; Wait when it needs more bytes.
    enum class Step : unsigned char { Went, Wait, Refused };
    Step step(PartReceiver& receiver);
    Step seek_delimiter(PartReceiver& receiver);
    Step read_delimiter_end();
    Step read_head(PartReceiver& receiver);

    std::string delimiter_; // CRLF and two hyphens before the boundary
    std::string pending_;
    State state_ = State::Preamble;
    std::size_t parts_ = 0;
};

} // namespace platform::http
