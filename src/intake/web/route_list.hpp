// Routes of a door: each page has one in every language.
#pragma once

#include "platform/http/route.hpp"
#include "site/frame.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace intake::web {

constexpr platform::http::RouteLimits kFormLimits{.body_bytes_max = 512 << 10, .weight = 2};
constexpr platform::http::RouteLimits kCodeLimits{.body_bytes_max = 16 << 10,
                                                  .weight = 10}; // guesses cost more

class RouteList {
public:
    explicit RouteList(const site::Frame& frame) : frame_{frame} {}

    /// `key` of the path, `below` it when not empty ("/{file}/vignette").
    void add(platform::http::Method method, std::string_view key,
             const platform::http::Handler& handler, std::string_view audit,
             platform::http::RouteLimits limits = {}, std::string_view below = {}) {
        for (const site::Language language : {site::Language::French, site::Language::English}) {
            routes_.emplace_back(method, frame_.path(language, key) + std::string{below}, handler,
                                 platform::http::Access::Everyone, audit, limits);
        }
    }
    /// The same for a form with files.
    void add_upload(std::string_view key, const platform::http::Handler& handler,
                    std::string_view audit, platform::http::RouteLimits limits,
                    const platform::http::OpenUpload& open_upload) {
        const std::size_t first = routes_.size();
        add(platform::http::Method::Post, key, handler, audit, limits);
        for (std::size_t i = first; i < routes_.size(); ++i) routes_[i].open_upload = open_upload;
    }
    [[nodiscard]] std::vector<platform::http::Route> take() { return std::move(routes_); }

private:
    const site::Frame& frame_;
    std::vector<platform::http::Route> routes_;
};

/// A page by its template without ".html": its path and title have the same name unless said.
[[nodiscard]] inline site::Page page_named(std::string_view path, std::string_view name,
                                           bool following = false) {
    return {.template_name = std::string{name} + ".html",
            .path = path,
            .title = "title." + std::string{name},
            .following = following};
}

} // namespace intake::web
