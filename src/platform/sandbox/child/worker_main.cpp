#include "platform/sandbox/child/confine.hpp"
#include "platform/sandbox/decode/pdf_text.hpp"
#include "platform/sandbox/decode/thumbnail.hpp"
#include "platform/sandbox/parent/frame.hpp"
#include "platform/sandbox/sandbox.hpp"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace platform::sandbox {

namespace {

bool read_all(std::span<char> bytes) {
    while (!bytes.empty()) {
        const ssize_t got = read(kWorkerIn, bytes.data(), bytes.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
    return true;
}

bool write_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = write(kWorkerOut, bytes.data(), bytes.size());
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool answer(Answer what, std::string_view bytes) {
    const FrameHead head = frame_head(static_cast<std::uint8_t>(what), bytes.size());
    return write_all({head.data(), head.size()}) && write_all(bytes);
}

std::optional<std::string> decode(std::span<const TaskHandler> handlers, Task task,
                                  std::string_view input) {
    const auto handler = std::ranges::find(handlers, task, &TaskHandler::task);
    if (handler == handlers.end()) return std::nullopt;
    std::optional<std::string> decoded = handler->decode(input);
    if (!decoded || decoded->size() > kAnswerBytesMax) return std::nullopt;
    return decoded;
}

bool serve_one(std::span<const TaskHandler> handlers) {
    FrameHead head{};
    if (!read_all(head)) return false;
    std::string input(length_of(head), '\0');
    if (!read_all(input)) return false;
    const std::optional<std::string> decoded =
        decode(handlers, static_cast<Task>(first_of(head)), input);
    return decoded ? answer(Answer::Something, *decoded) : answer(Answer::Nothing, {});
}

} // namespace

int worker_main(std::span<const TaskHandler> more) {
    std::vector<TaskHandler> handlers{
        {.task = Task::Thumbnail, .prepare = nullptr, .decode = decode_thumbnail},
        {.task = Task::PdfText, .prepare = prepare_pdf, .decode = decode_pdf_text}};
    handlers.insert(handlers.end(), more.begin(), more.end());
    for (const TaskHandler& handler : handlers) {
        if (handler.prepare != nullptr) handler.prepare();
    }
    if (!confine()) return 1;
    bool more_to_do = answer(Answer::Ready, {});
    while (more_to_do) more_to_do = serve_one(handlers);
    _exit(0); // the farewells of the libraries would ask for what is now forbidden
}

} // namespace platform::sandbox
