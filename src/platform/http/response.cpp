#include "platform/http/response.hpp"

#include "base/check.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace platform::http {

Response see_other(std::string_view place) {
    Response response;
    response.status = 303;
    response.headers.push_back({"location", std::string{place}});
    return response;
}

std::string percent_encoded(std::string_view value) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    constexpr std::string_view kUnreserved = "-._~";
    std::string out;
    for (const char c : value) {
        const bool stays = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || kUnreserved.find(c) != std::string_view::npos;
        if (stays) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
    }
    return out;
}

Response download(std::string content_type, std::string body, std::string_view file_name) {
    const bool ours = std::ranges::all_of(file_name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    });
    check(ours && !file_name.empty(), "a download's name is ours: letters, digits, - _ .");
    Response response;
    response.content_type = std::move(content_type);
    response.body = std::move(body);
    std::string disposition = "attachment; filename=\"";
    disposition += file_name;
    disposition += '"';
    response.headers.push_back({"content-disposition", std::move(disposition)});
    return response;
}

Response problem(int status, std::string_view type, std::string_view title,
                 std::string_view detail) {
    nlohmann::ordered_json body{{"type", type}, {"title", title}, {"status", status}};
    if (!detail.empty()) body["detail"] = detail;
    Response response;
    response.status = status;
    response.content_type = "application/problem+json";
    response.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return response;
}

} // namespace platform::http
