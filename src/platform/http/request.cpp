#include "platform/http/request.hpp"

#include <algorithm>

namespace platform::http {
namespace {

constexpr std::string_view kHostPrefix = "__Host-";

const Pair* find(const std::vector<Pair>& pairs, std::string_view name) {
    const auto found = std::ranges::find(pairs, name, &Pair::name);
    return found == pairs.end() ? nullptr : &*found;
}

std::optional<std::string_view> value_of(const std::vector<Pair>& pairs, std::string_view name) {
    const Pair* const pair = find(pairs, name);
    return pair != nullptr ? std::optional<std::string_view>{pair->value} : std::nullopt;
}

} // namespace

std::string_view Request::part(std::string_view name) const {
    const Pair* const pair = find(path_parts, name);
    return pair != nullptr ? std::string_view{pair->value} : std::string_view{};
}

std::string_view Request::field(std::string_view name) const {
    const Pair* const pair = find(form, name);
    return pair != nullptr ? std::string_view{pair->value} : std::string_view{};
}

std::vector<std::string_view> Request::fields(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const Pair& pair : form) {
        if (pair.name == name) values.emplace_back(pair.value);
    }
    return values;
}

std::optional<std::string_view> Request::header(std::string_view lower_name) const {
    return value_of(headers, lower_name);
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    if (!secure) return value_of(cookies, name);
    std::string prefixed{kHostPrefix};
    prefixed += name;
    return value_of(cookies, prefixed);
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
    return value_of(query, name);
}

} // namespace platform::http
