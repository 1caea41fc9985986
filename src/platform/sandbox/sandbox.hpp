// Hostile bytes are decoded in a process of their own: the same binary as `maillon worker`, without
// network, files or new processes (seccomp), with limits of memory, time and output. It gets bytes
// on a pipe and gives bytes back; when it dies, only that file has no thumbnail.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace platform::sandbox {

enum class Task : std::uint8_t {
    Thumbnail, // JPEG, PNG, WebP → JPEG without metadata, at most 320 pixels a side
    PdfText,   // PDF → UTF-8 text, at most 1 MiB
    MailText,  // .eml → From, Reply-To, Subject and the text of its body, at most 1 MiB
};

/// Runs the task on `input` in a worker process, started on demand and used again. Nothing when
/// the input cannot be decoded within the limits. Thread-safe.
[[nodiscard]] std::optional<std::string> run(Task task, std::string_view input);

/// The body of `maillon worker`: serves one task after the other on descriptors 3 and 4. Gives the
/// exit code.
int worker_main();

} // namespace platform::sandbox
