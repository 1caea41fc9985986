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
