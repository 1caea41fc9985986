#include "site/site.hpp"

#include <algorithm>
#include <array>

namespace site {
namespace {

using platform::http::Access;
using platform::http::Method;
using platform::http::Request;
using platform::http::Response;
using platform::http::Route;
using platform::http::RouteLimits;

struct PublicPage {
    std::string_view key; // of its path
    std::string_view template_name;
    const char* title;
};
constexpr std::array kPages{
    PublicPage{"home", "home.html", "title.home"},
    PublicPage{"legal", "legal.html", "title.legal"},
    PublicPage{"privacy", "privacy.html", "title.privacy"},
    PublicPage{"accessibility", "accessibility.html", "title.accessibility"},
    PublicPage{"receipt_help", "receipt_help.html", "title.receipt_help"},
    PublicPage{"professional", "professional.html", "title.professional"},
    PublicPage{"api_docs", "api.html", "title.api"},
};

// What people write, and the places that are theirs alone, are not for search engines.
constexpr std::string_view kRobots = "User-agent: *\n"
                                     "Disallow: /api/\n"
                                     "Disallow: /connexion\nDisallow: /en/login\n"
                                     "Disallow: /mes-plaintes\nDisallow: /en/my-complaints\n"
                                     "Disallow: /plainte/\nDisallow: /en/complaint/\n"
                                     "Disallow: /signaler/\nDisallow: /en/report/\n"
                                     "Disallow: /suivi\nDisallow: /en/follow\n";

Route plain(Method method, std::string_view pattern, platform::http::Handler handler) {
    return {method, pattern, std::move(handler), Access::Everyone, "", RouteLimits{}};
}

Response asset(const platform::page::Pages& pages, const Request& request) {
    const platform::page::EmbeddedFile* const file = pages.asset(request.part("file"));
    if (file == nullptr) return {.status = 404, .content_type = "text/plain", .body = ""};
    const auto type = [](std::string_view name) -> std::string {
        if (name.ends_with(".css")) return "text/css; charset=utf-8";
        if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
        if (name.ends_with(".svg")) return "image/svg+xml";
        return "application/octet-stream";
    };
    return {
        .content_type = type(file->name), .body = std::string{file->content}, .cacheable = true};
}

} // namespace

std::vector<Route> routes(const Frame& frame, const platform::crypto::PublicKey& key,
                          const FillHome& fill_home) {
    std::vector<Route> all;
    for (const PublicPage& page : kPages) {
        for (const Language language : {Language::French, Language::English}) {
            Route route = plain(
                Method::Get, frame.path(language, page.key),
                [&frame, page, key, fill_home](const Request& r) {
                    Filling filling;
                    if (page.key == "home") fill_home(Frame::language_of(r.path), filling);
                    filling.show("NO_OPERATOR");
                    filling.show("NO_HOST");
                    filling.set("PUBLIC_KEY", platform::crypto::to_text(key));
                    filling.set("LOG_ID",
                                platform::crypto::to_hex(platform::crypto::sha256(
                                    {reinterpret_cast<const char*>(key.data()), key.size()})));
                    return frame.show(r,
                                      {.template_name = std::string{page.template_name},
                                       .path = page.key,
                                       .title = page.title},
                                      std::move(filling));
                });
            route.immediate = true; // microseconds, no database: shown however busy the workers are
            all.push_back(std::move(route));
        }
    }
    Route assets = plain(Method::Get, "/a/{file}",
                         [&frame](const Request& r) { return asset(frame.pages(), r); });
    assets.immediate = true;
    assets.limits.weight = 0; // the page that asks for patience needs its style and its script
    all.push_back(std::move(assets));
    Route robots = plain(Method::Get, "/robots.txt", [](const Request&) {
        return Response{.content_type = "text/plain; charset=utf-8",
                        .body = std::string{kRobots},
                        .cacheable = true};
    });
    robots.immediate = true;
    all.push_back(std::move(robots));
    return all;
}

} // namespace site
