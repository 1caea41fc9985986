// Tables that are read at random: in large pages, where an address is found without walking the
// page table for nearly every access (Linux, "Transparent Hugepage Support").
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <limits>
#include <new>
#include <vector>

template <class Value> class LargePages {
public:
    using value_type = Value; // NOLINT(readability-identifier-naming): an allocator's word

    LargePages() = default;
    template <class Other> // NOLINTNEXTLINE(google-explicit-constructor): what an allocator must do
    LargePages(const LargePages<Other>&) {}

    [[nodiscard]] Value* allocate(std::size_t count) {
        if (count > kCountMax) throw std::bad_array_new_length{};
        const std::size_t bytes = count * sizeof(Value);
        if (bytes < kBytesMin) {
            return static_cast<Value*>(::operator new(bytes, std::align_val_t{alignof(Value)}));
        }
        const std::size_t whole = (bytes + kPageBytes - 1) / kPageBytes * kPageBytes;
        void* const table = std::aligned_alloc(kPageBytes, whole);
        if (table == nullptr) throw std::bad_alloc{};
        // Advice: where the kernel does not take it, small pages do.
        static_cast<void>(madvise(table, whole, MADV_HUGEPAGE));
        return static_cast<Value*>(table);
    }
    void deallocate(Value* table, std::size_t count) {
        if (count * sizeof(Value) < kBytesMin) {
            ::operator delete(table, std::align_val_t{alignof(Value)});
        } else {
            std::free(table);
        }
    }
    friend bool operator==(LargePages, LargePages) { return true; }

private:
    static constexpr std::size_t kPageBytes = std::size_t{2} << 20; // of x86-64 and of ARM at 4 KiB
    static constexpr std::size_t kCountMax =
        (static_cast<std::size_t>(std::numeric_limits<std::ptrdiff_t>::max()) - kPageBytes) /
        sizeof(Value);
    static constexpr std::size_t kBytesMin = 2 * kPageBytes; // wastes a third at most
};

template <class Value> using LargeTable = std::vector<Value, LargePages<Value>>;
