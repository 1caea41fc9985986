// The page that somebody comes from and goes back to, carried from page to page as "retour".
#pragma once

#include "identity/local_path.hpp"
#include "platform/http/request.hpp"
#include "platform/http/response.hpp"
#include "site/frame.hpp"

#include <optional>
#include <string>

namespace identity::web {

constexpr std::string_view kReturn = "retour";

/// Of the form, else of the address; the home page when it is none of ours.
[[nodiscard]] inline std::string return_path_of(const platform::http::Request& request,
                                                const site::Frame& frame) {
    const std::string home = frame.path(site::Frame::language_of(request.path), "home");
    if (request.method == platform::http::Method::Post) {
        return local_path_or(request.field(kReturn), home);
    }
    const std::optional<std::string_view> asked = request.parameter(kReturn);
    return asked ? local_path_or(*asked, home) : home;
}

/// "?retour=%2Fplainte": what follows the address of a page of the login; nothing for the home
/// page, which is where one goes without.
[[nodiscard]] inline std::string returning_to(std::string_view path, const site::Frame& frame) {
    for (const site::Language language : {site::Language::French, site::Language::English}) {
        if (path == frame.path(language, "home")) return {};
    }
    return "?" + std::string{kReturn} + "=" + platform::http::percent_encoded(path);
}

} // namespace identity::web
