#include "platform/http/serve/router.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <set>

namespace platform::http {
namespace {

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    std::size_t begin = 1; // after the first '/'
    while (begin < path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        segments.emplace_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return segments;
}

bool is_named(std::string_view segment) {
    return segment.starts_with('{');
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& segments) {
    return std::ranges::equal(pattern, segments, [](const auto& expected, const auto& given) {
        return is_named(expected) || expected == given;
    });
}

std::string_view word(Method method) {
    switch (method) {
    case Method::Get: return "GET";
    case Method::Post: return "POST";
    case Method::Delete: return "DELETE";
    }
    return {};
}

/// What a pattern matches, whatever its parts are called.
std::string shape_of(const Route& route, const std::vector<std::string>& segments) {
    std::string shape{word(route.method)};
    for (const std::string& segment : segments) {
        shape += '/';
        shape += is_named(segment) ? "{}" : segment;
    }
    return shape;
}

} // namespace

Router::Router(std::vector<Route> routes) : routes_{std::move(routes)} {
    std::set<std::string> shapes;
    for (const Route& route : routes_) {
        check(route.pattern.starts_with('/') && route.handler, "a route has a path and a handler");
        Entry entry{.segments = split(route.pattern), .route = &route};
        check(shapes.insert(shape_of(route, entry.segments)).second, "two routes match the same");
        entries_.push_back(std::move(entry));
    }
    std::ranges::stable_sort(entries_, [](const Entry& a, const Entry& b) {
        return std::ranges::lexicographical_compare(
            a.segments, b.segments, [](const auto& x, const auto& y) {
                return is_named(x) < is_named(y); // literal first, from the left
            });
    });
}

Match Router::find(std::string_view method, std::string_view path) const {
    const bool slash = path.size() > 1 && path.ends_with('/');
    const std::vector<std::string> segments = split(path);
    const std::string_view asked = method == "HEAD" ? "GET" : method;
    std::set<std::string_view> allowed;
    for (const Entry& entry : entries_) {
        if (!matches(entry.segments, segments)) continue;
        if (slash) return {.kind = Match::Kind::OtherPath, .route = {}, .parts = {}, .allow = {}};
        if (word(entry.route->method) != asked) {
            allowed.insert(word(entry.route->method));
            continue;
        }
        Match match{.kind = Match::Kind::Found, .route = entry.route, .parts = {}, .allow = {}};
        for (std::size_t n = 0; n < segments.size(); ++n) {
            const std::string& name = entry.segments[n];
            if (is_named(name))
                match.parts.push_back({name.substr(1, name.size() - 2), segments[n]});
        }
        return match;
    }
    if (allowed.empty()) return {};
    if (allowed.contains("GET")) allowed.insert("HEAD");
    allowed.insert("OPTIONS");
    Match match{.kind = Match::Kind::OtherMethod, .route = {}, .parts = {}, .allow = {}};
    for (const std::string_view word_allowed : allowed) {
        if (!match.allow.empty()) match.allow += ", ";
        match.allow += word_allowed;
    }
    return match;
}

} // namespace platform::http
