// A multipart body, whole and in pieces of a size that its first byte says: both tell the same.
#include "platform/http/form/multipart.hpp"
#include "platform/http/syntax/target.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace platform::http;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

class Told final : public PartReceiver {
public:
    bool begin_part(PartHead head) override {
        require(!open_, "parts do not nest");
        require(head.name.size() <= kNameBytesMax && is_utf8(head.name), "a name has a limit");
        require(head.file_name.size() <= kFileNameBytesMax && is_utf8(head.file_name),
                "a file name has a limit");
        require(head.file_name.find('/') == std::string::npos, "a file name is no path");
        open_ = true;
        text += head.name + head.file_name + '\n';
        return true;
    }
    bool part_bytes(std::string_view bytes) override {
        require(open_, "bytes belong to a part");
        text += bytes;
        return true;
    }
    bool end_part() override {
        require(open_, "what ends has begun");
        open_ = false;
        text += '\n';
        return true;
    }

    std::string text;

private:
    bool open_ = false;
};

struct Outcome {
    bool accepted = true;
    bool whole = false;
    std::string text;
    bool operator==(const Outcome&) const = default;
};

Outcome parse(std::string_view body, std::size_t piece) {
    MultipartParser parser{"b"};
    Told told;
    for (std::size_t at = 0; at < body.size(); at += piece) {
        // What was told before a refusal depends on the pieces; nobody keeps it.
        if (!parser.add(body.substr(at, piece), told)) return {.accepted = false, .text = {}};
    }
    if (!parser.whole()) return {.whole = false, .text = {}};
    return {.whole = true, .text = told.text};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view body{reinterpret_cast<const char*>(data) + 1, size - 1};
    static_cast<void>(read_boundary(body));
    const Outcome by_piece = parse(body, std::size_t{data[0]} + 1);
    const Outcome by_byte = parse(body, 1);
    if (by_piece.accepted && by_byte.accepted) require(by_piece == by_byte, "pieces say nothing");
    return 0;
}
