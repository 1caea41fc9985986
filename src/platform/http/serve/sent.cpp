#include "platform/http/serve/sent.hpp"

#include "base/check.hpp"
#include "platform/http/serve/edge.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

namespace platform::http {
namespace {

constexpr std::size_t kBlockBytes = 32 << 10;

struct Streamed {
    const StatusOf& status_of; // the server's, which outlives its answers
    std::string route;
    std::function<std::string()> next;
    std::string block;
    std::size_t given = 0;
};

ssize_t give_next(void* closure, std::uint64_t /*position*/, char* into, std::size_t most) {
    auto& stream = *static_cast<Streamed*>(closure);
    if (stream.given == stream.block.size()) {
        stream.given = 0;
        stream.block.clear();
        const auto read = [&] { stream.block = stream.next(); };
        // Half of it was sent: all that can be said is that it is not whole.
        if (guarded(stream.status_of, stream.route, read) != 0) {
            return MHD_CONTENT_READER_END_WITH_ERROR;
        }
        if (stream.block.empty()) return MHD_CONTENT_READER_END_OF_STREAM;
    }
    const std::size_t count = std::min(most, stream.block.size() - stream.given);
    std::memcpy(into, stream.block.data() + stream.given, count);
    stream.given += count;
    return static_cast<ssize_t>(count);
}

void forget_stream(void* closure) {
    const std::unique_ptr<Streamed> forgotten{static_cast<Streamed*>(closure)};
}

void forget_body(void* closure) {
    const std::unique_ptr<std::string> forgotten{static_cast<std::string*>(closure)};
}

} // namespace

MHD_Response* make_answer(const StatusOf& status_of, std::string_view route, Response response,
                          const std::vector<Pair>& headers) {
    MHD_Response* answer = nullptr;
    if (response.stream) {
        auto stream = std::make_unique<Streamed>(Streamed{.status_of = status_of,
                                                          .route = std::string{route},
                                                          .next = std::move(response.stream),
                                                          .block = {},
                                                          .given = 0});
        answer = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, kBlockBytes, give_next,
                                                   stream.release(), forget_stream);
    } else {
        auto body = std::make_unique<std::string>(std::move(response.body));
        std::string* const kept = body.release();
        answer = MHD_create_response_from_buffer_with_free_callback_cls(kept->size(), kept->data(),
                                                                        forget_body, kept);
    }
    check(answer != nullptr, "memory for an answer");
    for (const Pair& header : headers) {
        const MHD_Result added =
            MHD_add_response_header(answer, header.name.c_str(), header.value.c_str());
        check(added == MHD_YES || header.value.empty(), "a header that the library takes");
    }
    return answer;
}

} // namespace platform::http
