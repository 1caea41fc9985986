#include "site/leave.hpp"

#include "platform/log/log.hpp"

#include <exception>

namespace site {
namespace {

using platform::http::Access;
using platform::http::Method;
using platform::http::Request;
using platform::http::Response;
using platform::http::Route;
using platform::http::RouteLimits;

void end_all(const Request& request, const std::vector<Forget>& forgetters, Response& response) {
    for (const Forget& forget : forgetters) {
        try {
            forget(request, response);
        } catch (const std::exception&) { // the database is away: who leaves does not wait for it
            platform::log::warning("session_left_open");
        }
    }
}

Response leave(const Frame& frame, const Request& request, const std::string& to,
               const std::vector<Forget>& forgetters) {
    Filling filling;
    filling.set("TO", to);
    Response response{.body = frame.pages().render_alone(
                          "leave_now.html", Frame::language_of(request.path), filling)};
    response.headers.push_back({"refresh", "0; url=" + to});
    response.headers.push_back({"clear-site-data", R"("cache", "cookies", "storage")"});
    // Without its token the browser alone forgets: another site ends nobody's session.
    if (frame.is_ours(request)) end_all(request, forgetters, response);
    response.cookies.push_back(platform::session::Visits::forgotten());
    return response;
}

Response explain(const Frame& frame, const Request& request) {
    return frame.show(
        request,
        {.template_name = "leave.html", .path = "quick", .title = "title.leave", .at_risk = true},
        {});
}

} // namespace

std::vector<Route> leave_routes(const Frame& frame, const std::string& to,
                                const std::vector<Forget>& forgetters) {
    std::vector<Route> all;
    for (const Language language : {Language::French, Language::English}) {
        const std::string path = frame.path(language, "quick");
        all.emplace_back(
            Method::Get, path, [&frame](const Request& r) { return explain(frame, r); },
            Access::Everyone, "", RouteLimits{});
        all.back().immediate = true;
        all.emplace_back(
            Method::Post, path,
            [&frame, to, forgetters](const Request& r) { return leave(frame, r, to, forgetters); },
            Access::Everyone, "", RouteLimits{.weight = 0}); // never made to wait
    }
    return all;
}

} // namespace site
