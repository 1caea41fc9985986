// Counters, gauges and durations for Prometheus, by the names and labels that the code gives.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace platform::metrics {

/// Label values of one name: more of them is our mistake, and costs memory at each scrape. Those
/// that come later are counted together as "other".
inline constexpr std::size_t kLabelValuesMax = 200;

/// Thread-safe. Label values are words of the program (a route's pattern, a job's kind), so that
/// their number is bounded and nothing personal gets in.
class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// `name` as Prometheus wants it ("maillon_reports_total"), always of one type and with one
    /// label (empty: without); the help comes from a table in metrics.cpp.
    void count(std::string_view name, std::string_view label, std::string_view value,
               double by = 1);
    void set(std::string_view name, double value);
    /// In seconds, with buckets from 1 ms to 10 s.
    void observe(std::string_view name, std::string_view label, std::string_view value,
                 std::chrono::nanoseconds took);
    /// The text format, version 0.0.4.
    [[nodiscard]] std::string text() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace platform::metrics
