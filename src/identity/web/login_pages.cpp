#include "identity/web.hpp"
#include "identity/web/demonstration_pages.hpp"
#include "identity/web/returning.hpp"

#include <string_view>

namespace identity {
namespace {

using platform::http::Access;
using platform::http::Handler;
using platform::http::Method;
using platform::http::Request;
using platform::http::Response;
using platform::http::Route;
using platform::http::RouteLimits;
using site::Filling;
using site::Language;

constexpr RouteLimits kFormLimits{.body_bytes_max = 16 << 10, .weight = 4};

class LoginPages {
public:
    explicit LoginPages(const Doors& doors) : doors_{doors}, frame_{doors.frame} {}

    Response ask(const Request& request) const {
        const std::string back = web::return_path_of(request, frame_);
        Filling filling;
        if (const std::optional<Login> login = doors_.logins.of(request)) {
            Filling& known = filling.add("LOGGED_IN");
            known.set("NAME", shown_name(login->person));
            known.set("RETURN_PATH", back);
        } else {
            fill_means(filling.add("ASKED"), request, back);
        }
        return frame_.show(request,
                           {.template_name = "login.html",
                            .path = "login",
                            .title = "title.login",
                            .rest = web::returning_to(back)},
                           std::move(filling));
    }

    Response log_out(const Request& request) const {
        if (!frame_.is_ours(request)) return frame_.error(403, request);
        doors_.logins.end(request);
        Response response = frame_.go(Frame::language_of(request.path), "logout");
        response.cookies.push_back(Logins::forgotten());
        return response;
    }

    Response logged_out(const Request& request) const {
        return frame_.show(
            request,
            {.template_name = "logged_out.html", .path = "logout", .title = "title.logged_out"},
            {});
    }

private:
    using Frame = site::Frame;

    void fill_means(Filling& filling, const Request& request, const std::string& back) const {
        if (!doors_.demonstration) {
            filling.show("WITH_NOTHING");
            return;
        }
        filling.add("WITH_DEMONSTRATION")
            .set("DEMONSTRATION_PATH",
                 frame_.path(Frame::language_of(request.path), "login_demonstration") +
                     web::returning_to(back));
    }

    const Doors& doors_;
    const Frame& frame_;
};

} // namespace

std::vector<Route> login_routes(const Doors& doors) {
    const LoginPages pages{doors};
    std::vector<Route> all;
    const auto add = [&](Method method, std::string_view key, const Handler& handler,
                         RouteLimits limits = {}) {
        for (const Language language : {Language::French, Language::English}) {
            all.emplace_back(method, doors.frame.path(language, key), handler, Access::Everyone, "",
                             limits);
        }
    };
    add(Method::Get, "login", [pages](const Request& r) { return pages.ask(r); });
    add(Method::Get, "logout", [pages](const Request& r) { return pages.logged_out(r); });
    add(
        Method::Post, "logout", [pages](const Request& r) { return pages.log_out(r); },
        kFormLimits);
    if (doors.demonstration) {
        add(Method::Get, "login_demonstration",
            [&doors](const Request& r) { return web::show_invented(doors, r); });
        add(
            Method::Post, "login_demonstration",
            [&doors](const Request& r) { return web::take_invented(doors, r); }, kFormLimits);
    }
    return all;
}

} // namespace identity
