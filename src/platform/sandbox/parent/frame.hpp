// What passes between the server and a worker: a first byte, a length, that many bytes. Both ends
// are the same binary on the same machine: numbers are as the machine has them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace platform::sandbox {

constexpr int kWorkerIn = 3;
constexpr int kWorkerOut = 4;
// A task's answer: 1 MiB of text, or a picture of 320 pixels a side.
constexpr std::uint64_t kAnswerBytesMax = 2U << 20U;

enum class Answer : std::uint8_t { Nothing, Something, Ready };

constexpr std::size_t kFrameHeadBytes = 1 + sizeof(std::uint64_t);
using FrameHead = std::array<char, kFrameHeadBytes>;

inline FrameHead frame_head(std::uint8_t first, std::uint64_t length) {
    FrameHead head{};
    head[0] = static_cast<char>(first);
    std::memcpy(head.data() + 1, &length, sizeof length);
    return head;
}

inline std::uint8_t first_of(const FrameHead& head) {
    return static_cast<std::uint8_t>(head[0]);
}

inline std::uint64_t length_of(const FrameHead& head) {
    std::uint64_t length = 0;
    std::memcpy(&length, head.data() + 1, sizeof length);
    return length;
}

} // namespace platform::sandbox
