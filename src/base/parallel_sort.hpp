// Sorting over a bounded number of threads.
#pragma once

#include "base/parallel.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

/// Brings values into the order that `before` gives. Values that `before` does not tell apart end
/// up in an order that depends on the number of threads: give it something to decide by.
template <class Value, class Before>
void sort_in_parallel(unsigned threads, std::vector<Value>& values, Before before) {
    constexpr std::size_t kPartMin = 10'000; // below, a thread costs more than it saves
    const std::size_t parts =
        std::max<std::size_t>(1, std::min<std::size_t>(threads, values.size() / kPartMin));
    const auto start_of = [&](std::size_t part) {
        const std::size_t place = values.size() * std::min(part, parts) / parts;
        return values.begin() + static_cast<std::ptrdiff_t>(place);
    };
    for_blocks(threads, parts, 1, [&](std::size_t begin, std::size_t end, unsigned) {
        for (std::size_t part = begin; part < end; ++part) {
            std::sort(start_of(part), start_of(part + 1), before);
        }
    });
    for (std::size_t width = 1; width < parts; width *= 2) { // neighbours become one
        const std::size_t merges = (parts + 2 * width - 1) / (2 * width);
        for_blocks(threads, merges, 1, [&](std::size_t begin, std::size_t end, unsigned) {
            for (std::size_t merge = begin; merge < end; ++merge) {
                const std::size_t part = merge * 2 * width;
                std::inplace_merge(start_of(part), start_of(part + width),
                                   start_of(part + 2 * width), before);
            }
        });
    }
}
