// prometheus-cpp holds the values and writes the text. In front of it stands a table from (name,
// label, value) to the value's place, because its own look-up builds maps of strings at each call.
#include "platform/metrics/metrics.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <prometheus/check_names.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <shared_mutex>
#include <unordered_map>

namespace platform::metrics {

namespace {

// Seconds. A page takes milliseconds; beyond ten seconds a request was cut.
constexpr std::array kBuckets{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                              0.25,  0.5,    1.0,   2.5,  5.0,   10.0};

struct Help {
    std::string_view name;
    std::string_view text;
};
constexpr std::array kHelp{
    Help{"maillon_jobs_total", "Jobs that a worker ran, by outcome."},
    Help{"maillon_job_seconds", "How long a job ran, by kind."},
    Help{"maillon_jobs_due", "Jobs whose time has come, those that run included."},
    Help{"maillon_human_tasks", "Jobs that were given up and wait for a person."},
    Help{"maillon_reports_total", "Reports acknowledged."},
    Help{"maillon_requests_total", "Requests answered, by route."},
    Help{"maillon_request_seconds", "From a request's last byte to its answer, by route."},
    Help{"maillon_responses_total", "Answers, by status."},
    Help{"maillon_query_seconds", "How long the database took, by query."},
};

std::string help_of(std::string_view name) {
    const auto known = std::ranges::find(kHelp, name, &Help::name);
    if (known != kHelp.end()) return std::string{known->text};
    if (name.ends_with("_total")) return "Number since the start of the process.";
    if (name.ends_with("_seconds")) return "Durations in seconds since the start of the process.";
    if (name.ends_with("_bytes")) return "Bytes, now.";
    return "Its value now.";
}

struct SeriesName {
    std::string_view name;
    std::string_view label;
    std::string_view value;
    bool operator==(const SeriesName&) const = default;
};

struct Series {
    std::string name;
    std::string label;
    std::string value;
};

SeriesName named(const SeriesName& name) {
    return name;
}
SeriesName named(const Series& series) {
    return {series.name, series.label, series.value};
}

// By views: looking a series up allocates nothing.
struct SeriesHash {
    using is_transparent = void; // NOLINT(readability-identifier-naming): the library's word
    std::size_t operator()(const auto& key) const {
        const std::hash<std::string_view> hash;
        const SeriesName of = named(key);
        return hash(of.name) * 31 + hash(of.label) * 17 + hash(of.value);
    }
};
struct SeriesEqual {
    using is_transparent = void; // NOLINT(readability-identifier-naming): the library's word
    bool operator()(const auto& a, const auto& b) const { return named(a) == named(b); }
};

template <class Metric> prometheus::detail::Builder<Metric> build();
template <> prometheus::detail::Builder<prometheus::Counter> build() {
    return prometheus::BuildCounter();
}
template <> prometheus::detail::Builder<prometheus::Gauge> build() {
    return prometheus::BuildGauge();
}
template <> prometheus::detail::Builder<prometheus::Histogram> build() {
    return prometheus::BuildHistogram();
}

template <class Metric> class SeriesTable {
public:
    Metric& find(prometheus::Registry& registry, const SeriesName& name) {
        {
            const std::shared_lock lock{mutex_};
            const auto known = places_.find(name);
            if (known != places_.end()) return *known->second;
        }
        const std::unique_lock lock{mutex_};
        const auto known = places_.find(name);
        if (known != places_.end()) return *known->second;
        return add(registry, name);
    }

private:
    struct Named {
        prometheus::Family<Metric>* family = nullptr;
        std::size_t values = 0;
    };

    Metric& add(prometheus::Registry& registry, SeriesName name) {
        const std::string own_name{name.name};
        Named& named = names_[own_name];
        if (named.family == nullptr) {
            check(prometheus::CheckMetricName(own_name), "a metric has a name of Prometheus");
            named.family =
                &build<Metric>().Name(own_name).Help(help_of(own_name)).Register(registry);
        }
        if (named.values >= kLabelValuesMax && name.value != "other") {
            return known_or_add(registry, {name.name, name.label, "other"});
        }
        ++named.values;
        prometheus::Labels labels;
        if (!name.label.empty()) labels.emplace(name.label, name.value);
        Metric* place = nullptr;
        if constexpr (std::is_same_v<Metric, prometheus::Histogram>) {
            place = &named.family->Add(
                labels, prometheus::Histogram::BucketBoundaries{kBuckets.begin(), kBuckets.end()});
        } else {
            place = &named.family->Add(labels);
        }
        places_.emplace(Series{own_name, std::string{name.label}, std::string{name.value}}, place);
        return *place;
    }

    Metric& known_or_add(prometheus::Registry& registry, const SeriesName& name) {
        const auto known = places_.find(name);
        return known != places_.end() ? *known->second : add(registry, name);
    }

    std::shared_mutex mutex_;
    std::unordered_map<Series, Metric*, SeriesHash, SeriesEqual> places_;
    std::unordered_map<std::string, Named> names_;
};

} // namespace

struct Metrics::State {
    prometheus::Registry registry;
    SeriesTable<prometheus::Counter> counters;
    SeriesTable<prometheus::Gauge> gauges;
    SeriesTable<prometheus::Histogram> histograms;
};

Metrics::Metrics() : state_{std::make_unique<State>()} {}
Metrics::~Metrics() = default;

void Metrics::count(std::string_view name, std::string_view label, std::string_view value,
                    double by) {
    state_->counters.find(state_->registry, {name, label, value}).Increment(by);
}

void Metrics::set(std::string_view name, double value) {
    state_->gauges.find(state_->registry, {name, {}, {}}).Set(value);
}

void Metrics::observe(std::string_view name, std::string_view label, std::string_view value,
                      std::chrono::nanoseconds took) {
    state_->histograms.find(state_->registry, {name, label, value})
        .Observe(std::chrono::duration<double>{took}.count());
}

std::string Metrics::text() const {
    return prometheus::TextSerializer{}.Serialize(state_->registry.Collect());
}

} // namespace platform::metrics
