// From a decoded path and a method to the route, or to what else is to be said.
#pragma once

#include "platform/http/route.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace platform::http {

struct Match {
    enum class Kind : std::uint8_t { Found, NotFound, OtherMethod, OtherPath };
    Kind kind = Kind::NotFound;
    const Route* route = nullptr;
    std::vector<Pair> parts;
    std::string allow; // OtherMethod: for the header
};

class Router {
public:
    /// Stops on two routes that cannot be told apart: our mistake.
    explicit Router(std::vector<Route> routes);
    /// `method` is the request's word. A literal segment goes before a named part.
    [[nodiscard]] Match find(std::string_view method, std::string_view path) const;

private:
    struct Entry {
        std::vector<std::string> segments; // "{name}" matches any one
        const Route* route;
    };

    std::vector<Route> routes_;
    std::vector<Entry> entries_; // literal segments first
};

} // namespace platform::http
