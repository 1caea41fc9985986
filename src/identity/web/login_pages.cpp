#include "identity/web.hpp"
#include "identity/web/demonstration_pages.hpp"
#include "identity/web/provider_pages.hpp"
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
using site::Frame;
using site::Language;

constexpr RouteLimits kFormLimits{.body_bytes_max = 16 << 10, .weight = 4};
constexpr RouteLimits kProviderLimits{.weight = 10}; // each has us ask the provider

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
            fill_means(filling.add("ASKED"), Frame::language_of(request.path), back);
        }
        return frame_.show(request,
                           {.template_name = "login.html",
                            .path = "login",
                            .title = "title.login",
                            .rest = web::returning_to(back, frame_)},
                           std::move(filling));
    }

    /// Here at once; at the provider by the browser's next step, which no form may lead to
    /// (form-action of our Content-Security-Policy): a link, and a header that follows it.
    Response log_out(const Request& request) const {
        if (!frame_.is_ours(request)) return frame_.error(403, request);
        const Language language = Frame::language_of(request.path);
        const std::string there =
            web::provider_logout(doors_, doors_.logins.end(request), language);
        Response response =
            there.empty() ? frame_.go(language, "logout") : leave_provider(request, there);
        response.cookies.push_back(Logins::forgotten());
        return response;
    }

    Response logged_out(const Request& request) const {
        const Language language = Frame::language_of(request.path);
        const std::optional<std::string_view> state = request.parameter("state");
        if (state && language != web::language_of_state(*state)) {
            return frame_.go(web::language_of_state(*state), "logout");
        }
        return frame_.show(request, kLoggedOut, {});
    }

private:
    static inline const site::Page kLoggedOut{
        .template_name = "logged_out.html", .path = "logout", .title = "title.logged_out"};

    void fill_means(Filling& filling, Language language, const std::string& back) const {
        if (doors_.provider != nullptr) {
            Filling& with = filling.add("WITH_PROVIDER");
            with.set("PROVIDER", doors_.provider_name);
            with.set("GO_PATH",
                     frame_.path(language, "login_go") + web::returning_to(back, frame_));
        }
        if (doors_.demonstration) {
            filling.add("WITH_DEMONSTRATION")
                .set("DEMONSTRATION_PATH", frame_.path(language, "login_demonstration") +
                                               web::returning_to(back, frame_));
        }
        if (doors_.provider == nullptr && !doors_.demonstration) filling.show("WITH_NOTHING");
    }

    [[nodiscard]] Response leave_provider(const Request& request, const std::string& there) const {
        Filling filling;
        Filling& leaving = filling.add("AT_PROVIDER");
        leaving.set("PROVIDER", doors_.provider_name);
        leaving.set("THERE", there);
        Response response = frame_.show(request, kLoggedOut, std::move(filling));
        response.headers.push_back({"refresh", "0; url=" + there});
        return response;
    }

    const Doors& doors_;
    const Frame& frame_;
};

} // namespace

site::Forget forget_login(const Doors& doors) {
    return [&doors](const Request& request, Response& response) {
        response.cookies.push_back(Logins::forgotten());
        static_cast<void>(doors.logins.end(request));
    };
}

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
    add(Method::Get, "login_failed",
        [&doors](const Request& r) { return web::show_failed(doors, r); });
    if (doors.provider != nullptr) {
        add(
            Method::Get, "login_go", [&doors](const Request& r) { return web::go(doors, r); },
            kProviderLimits);
        all.emplace_back(
            Method::Get, kReturnPath,
            [&doors](const Request& r) { return web::come_back(doors, r); }, Access::Everyone,
            "logged_in", kProviderLimits);
    }
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
