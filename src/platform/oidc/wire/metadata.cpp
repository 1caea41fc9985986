#include "platform/oidc/wire/metadata.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace platform::oidc {
namespace {

using nlohmann::json;

std::string text_of(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

bool is_printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

bool is_endpoint(std::string_view url, std::string_view issuer) {
    const bool plain = issuer.starts_with("http://") && url.starts_with("http://");
    return (plain || url.starts_with("https://")) && is_printable(url) &&
           url.find('#') == std::string_view::npos;
}

} // namespace

std::optional<Metadata> metadata_from_json(std::string_view text, std::string_view issuer) {
    const json read = json::parse(text, nullptr, false);
    if (!read.is_object() || text_of(read, "issuer") != issuer) return std::nullopt;
    Metadata out{.authorization_endpoint = text_of(read, "authorization_endpoint"),
                 .token_endpoint = text_of(read, "token_endpoint"),
                 .userinfo_endpoint = text_of(read, "userinfo_endpoint"),
                 .jwks_uri = text_of(read, "jwks_uri"),
                 .end_session_endpoint = text_of(read, "end_session_endpoint")};
    const auto says = read.find("authorization_response_iss_parameter_supported");
    out.says_issuer = says != read.end() && says->is_boolean() && says->get<bool>();
    for (const std::string* const url : {&out.authorization_endpoint, &out.token_endpoint,
                                         &out.userinfo_endpoint, &out.jwks_uri}) {
        if (!is_endpoint(*url, issuer)) return std::nullopt;
    }
    if (!is_endpoint(out.end_session_endpoint, issuer)) out.end_session_endpoint.clear();
    return out;
}

std::optional<Tokens> tokens_from_json(std::string_view text) {
    const json read = json::parse(text, nullptr, false);
    if (!read.is_object()) return std::nullopt;
    Tokens out{.id_token = text_of(read, "id_token"),
               .access_token = text_of(read, "access_token")};
    // They go into headers and addresses as they are.
    if (out.id_token.empty() || out.access_token.empty() || !is_printable(out.id_token) ||
        !is_printable(out.access_token)) {
        return std::nullopt;
    }
    return out;
}

} // namespace platform::oidc
