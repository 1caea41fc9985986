// The policy on a head and the decoding of its target: what is accepted keeps the promises that the
// rest of the server stands on. A first line, then headers, a line each.
#include "platform/http/syntax/head.hpp"
#include "platform/http/syntax/target.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace {

using namespace platform::http;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

std::string_view take(std::string_view& text, char end) {
    const std::size_t at = std::min(text.find(end), text.size());
    const std::string_view taken = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return taken;
}

RawHead read_head(std::string_view text) {
    RawHead head;
    std::string_view line = take(text, '\n');
    head.method = take(line, ' ');
    head.target = take(line, ' ');
    head.version = line;
    while (!text.empty()) {
        std::string_view header = take(text, '\n');
        const std::string_view name = take(header, ':');
        head.headers.push_back({name, header});
    }
    return head;
}

void check_target(std::string_view text) {
    const auto target = decode_target(text);
    if (!target) return;
    const std::string& path = target->path;
    require(path.starts_with('/'), "a path begins with a slash");
    require(path.find("//") == std::string::npos, "no empty segment");
    require((path + "/").find("/../") == std::string::npos, "no way up");
    require(path.find_first_of(std::string_view{"\0\\\r\n", 4}) == std::string::npos,
            "no control, no backslash");
    require(is_utf8(path), "a path is UTF-8");
    for (const Pair& pair : target->query) {
        require(is_utf8(pair.name) && is_utf8(pair.value), "a query is UTF-8");
        require(pair.value.find('\0') == std::string::npos, "no NUL");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const RawHead head = read_head({reinterpret_cast<const char*>(data), size});
    const auto framing = check_head(head);
    check_target(head.target);
    if (!framing) {
        require(framing.error().status >= 400 && framing.error().status <= 505, "a status");
        return 0;
    }
    require(!(framing->chunked && framing->length), "one framing");
    require(head.target.find_first_of(" \r\n#") == std::string_view::npos, "a plain target");
    const auto hosts = std::ranges::count_if(head.headers, [&](const RawHeader& header) {
        return header.name.size() == 4 &&
               find_header({.method = {}, .target = {}, .version = {}, .headers = {header}},
                           "host") != nullptr;
    });
    require(hosts == 1, "one host");
    return 0;
}
