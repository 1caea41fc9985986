#include "platform/metrics/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

namespace platform::metrics {

namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

TEST(Metrics, WritesTheTextFormat) {
    Metrics metrics;
    metrics.count("maillon_jobs_total", "outcome", "done");
    metrics.count("maillon_jobs_total", "outcome", "done", 2);
    metrics.count("maillon_jobs_total", "outcome", "a\"b\\c\nd");
    metrics.count("maillon_starts_total", "", "");
    metrics.set("maillon_queue_bytes", 7);
    metrics.set("maillon_queue_bytes", 12.5);
    metrics.observe("maillon_job_seconds", "kind", "mail.send", milliseconds{3});
    metrics.observe("maillon_job_seconds", "kind", "mail.send", milliseconds{20'000});
    const std::string text = metrics.text();
    for (const char* line : {
             "# HELP maillon_jobs_total Jobs that a worker ran, by outcome.\n",
             "# TYPE maillon_jobs_total counter\n",
             "maillon_jobs_total{outcome=\"done\"} 3\n",
             "maillon_jobs_total{outcome=\"a\\\"b\\\\c\\nd\"} 1\n",
             "# HELP maillon_starts_total Number since the start of the process.\n",
             "maillon_starts_total 1\n",
             "# TYPE maillon_queue_bytes gauge\n",
             "maillon_queue_bytes 12.5\n",
             "# TYPE maillon_job_seconds histogram\n",
             "maillon_job_seconds_count{kind=\"mail.send\"} 2\n",
             "maillon_job_seconds_bucket{kind=\"mail.send\",le=\"0.001\"} 0\n",
             "maillon_job_seconds_bucket{kind=\"mail.send\",le=\"0.0025\"} 0\n",
             "maillon_job_seconds_bucket{kind=\"mail.send\",le=\"0.005\"} 1\n",
             "maillon_job_seconds_bucket{kind=\"mail.send\",le=\"10\"} 1\n",
             "maillon_job_seconds_bucket{kind=\"mail.send\",le=\"+Inf\"} 2\n",
         }) {
        EXPECT_THAT(text, HasSubstr(line));
    }
}

TEST(Metrics, SaysHelpOncePerName) {
    Metrics metrics;
    for (const char* route : {"/", "/a", "/b"}) {
        metrics.count("maillon_requests_total", "route", route);
    }
    const std::string text = metrics.text();
    const std::size_t first = text.find("# HELP");
    ASSERT_NE(first, std::string::npos);
    EXPECT_EQ(text.find("# HELP", first + 1), std::string::npos);
}

TEST(Metrics, BoundsTheValuesOfALabel) {
    Metrics metrics;
    for (std::size_t i = 0; i < kLabelValuesMax + 50; ++i) {
        metrics.count("maillon_jobs_total", "kind", "k" + std::to_string(i));
    }
    const std::string text = metrics.text();
    EXPECT_THAT(text, HasSubstr("{kind=\"k199\"} 1\n"));
    EXPECT_THAT(text, Not(HasSubstr("{kind=\"k200\"}")));
    EXPECT_THAT(text, HasSubstr("{kind=\"other\"} 50\n"));
}

TEST(Metrics, CountsUnderEightThreads) {
    Metrics metrics;
    constexpr int threads = 8;
    constexpr int rounds = 2000;
    {
        std::vector<std::jthread> counting;
        for (int t = 0; t < threads; ++t) {
            counting.emplace_back([&metrics] {
                for (int n = 0; n < rounds; ++n) {
                    const std::string route = "/" + std::to_string(n % 20);
                    metrics.count("maillon_requests_total", "route", route);
                    metrics.observe("maillon_request_seconds", "route", route, milliseconds{1});
                    metrics.set("maillon_connections", n);
                    if (n % 500 == 0) static_cast<void>(metrics.text());
                }
            });
        }
    }
    const std::string text = metrics.text();
    EXPECT_THAT(text, HasSubstr("maillon_requests_total{route=\"/7\"} 800\n"));
    EXPECT_THAT(text, HasSubstr("maillon_request_seconds_count{route=\"/19\"} 800\n"));
}

TEST(Metrics, RefusesANameThatIsNone) {
    testing::GTEST_FLAG(death_test_style) = "threadsafe";
    Metrics metrics;
    EXPECT_DEATH(metrics.count("no name", "", ""), "a metric has a name");
}

} // namespace

} // namespace platform::metrics
