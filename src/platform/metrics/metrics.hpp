// Counters, gauges and durations for Prometheus, by the names and labels that the code gives.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace platform::metrics {

/// Thread-safe. Label values are words of the program (a route's pattern, a job's kind), so that
/// their number is bounded and nothing personal gets in.
class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// `name` as Prometheus wants it ("maillon_reports_total"); help is said once per name.
    void count(std::string_view name, std::string_view label, std::string_view value,
               double by = 1);
    void set(std::string_view name, double value);
    void observe(std::string_view name, std::string_view label, std::string_view value,
                 std::chrono::nanoseconds took);
    /// The text format, version 0.0.4.
    [[nodiscard]] std::string text() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace platform::metrics
