#include "platform/http/serve/raw_head.hpp"

namespace platform::http {
namespace {

constexpr std::size_t kLineEnd = 2; // CR LF
constexpr std::size_t kBlank = 1;

MHD_Result take_header(void* headers, MHD_ValueKind /*kind*/, const char* name,
                       std::size_t name_bytes, const char* value, std::size_t value_bytes) {
    const std::string_view read =
        value != nullptr ? std::string_view{value, value_bytes} : std::string_view{};
    static_cast<std::vector<RawHeader>*>(headers)->push_back({{name, name_bytes}, read});
    return MHD_YES;
}

/// Whether each piece stands right after the one before, with the line ends of RFC 9112 §2.2.
bool is_exact(const RawHead& head, const char* target_at, std::size_t head_bytes) {
    const char* at = head.method.data() + head.method.size() + kBlank;
    if (at != target_at) return false;
    at += head.target.size() + kBlank;
    if (at != head.version.data()) return false;
    at += head.version.size() + kLineEnd;
    for (const RawHeader& header : head.headers) {
        if (header.name.data() != at) return false;
        const char* const after_colon = header.name.data() + header.name.size() + 1;
        if (header.value.data() < after_colon) return false;
        at = header.value.data() + header.value.size() + kLineEnd;
        if (at > head.method.data() + head_bytes) return false;
    }
    return at + kLineEnd == head.method.data() + head_bytes;
}

} // namespace

std::size_t head_bytes(MHD_Connection* connection) {
    const MHD_ConnectionInfo* const size =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return size != nullptr ? size->header_size : 0;
}

RawHead read_raw_head(MHD_Connection* connection, const char* method, const char* version,
                      std::string_view target, const char* target_at, std::size_t head_bytes) {
    RawHead head;
    head.method = method;
    head.version = version;
    head.target = target;
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, take_header, &head.headers);
    head.exact = is_exact(head, target_at, head_bytes);
    return head;
}

} // namespace platform::http
