// Asking for memory before it is needed.
#pragma once

#include <cstddef>

constexpr std::size_t kCacheLineBytes = 64; // of x86-64 and of most ARM processors

/// Starts bringing the cache lines of `bytes` at `address` nearer. Never fails; changes nothing.
inline void prefetch(const void* address, std::size_t bytes = 1) {
    const char* const first = static_cast<const char*>(address);
    for (std::size_t i = 0; i < bytes; i += kCacheLineBytes) __builtin_prefetch(first + i);
}
