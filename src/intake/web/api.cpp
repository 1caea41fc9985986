#include "base/ascii.hpp"
#include "intake/service.hpp"
#include "intake/tracking_code.hpp"
#include "intake/web.hpp"
#include "intake/web/assets.hpp"
#include "intake/web/vocabulary.hpp"
#include "interchange/json_line.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace intake {
namespace {

using nlohmann::ordered_json;
using platform::http::Access;
using platform::http::Method;
using platform::http::problem;
using platform::http::Request;
using platform::http::Response;
using platform::http::Route;

constexpr std::size_t kIdempotencyKeyMax = 200;
constexpr std::size_t kRecordBytesMax = 1 << 20; // 1 MiB of JSON: a long story with its messages

Response as_json(int status, const ordered_json& body) {
    return {.status = status,
            .content_type = "application/json",
            .body = body.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n"};
}

std::string_view bearer_of(const Request& request) {
    constexpr std::string_view kScheme = "Bearer ";
    const std::optional<std::string_view> header = request.header("authorization");
    if (!header || !header->starts_with(kScheme)) return {};
    return header->substr(kScheme.size());
}

Response unauthorised() {
    Response response = problem(401, "about:blank", "Unauthorized",
                                "Send 'Authorization: Bearer KEY' with the key of your account.");
    response.headers.push_back({"WWW-Authenticate", "Bearer"});
    return response;
}

/// "application/json", with or without parameters.
bool is_json(std::string_view content_type) {
    constexpr std::string_view kJson = "application/json";
    const std::string_view type = content_type.substr(0, content_type.find_first_of("; \t"));
    return type.size() == kJson.size() && starts_with_lower(type, kJson);
}

bool is_idempotency_key(std::string_view text) {
    return !text.empty() && text.size() <= kIdempotencyKeyMax &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F'; });
}

/// The person's own words of a record: its narrative and the messages that are not the author's.
std::string words_of(const engine::record::Statement& statement) {
    return statement.narrative;
}

Response post_report(const Doors& doors, const Request& request) {
    const std::optional<ApiCaller> caller = api_caller(doors.door, doors.keys, bearer_of(request));
    if (!caller) return unauthorised();
    const std::optional<std::string_view> type = request.header("content-type");
    if (!type || !is_json(*type)) {
        return problem(415, "about:blank", "Unsupported Media Type",
                       "Send one record of the interchange format as application/json.");
    }
    const std::optional<std::string_view> once = request.header("idempotency-key");
    if (once && !is_idempotency_key(*once)) {
        return problem(400, "about:blank", "Bad Request",
                       "Idempotency-Key has 1 to 200 characters of ASCII, and no space.");
    }
    interchange::JsonLineParser parser{kRecordBytesMax};
    const Result<const engine::record::Statement*, interchange::Reject> read =
        parser.parse(request.body);
    if (!read) {
        Response refused =
            problem(422, "about:blank", "Unprocessable Content", read.error().detail);
        ordered_json body = ordered_json::parse(refused.body);
        body["field"] = read.error().field;
        body["reason"] = read.error().reason;
        refused.body = body.dump(2) + "\n";
        return refused;
    }
    NewReport report{
        .nature = web::is_one_of((*read)->scam_type, web::kIllicitCategories) ? Nature::Illicit
                                                                              : Nature::Scam,
        .door = Door::Api,
        .language = (*read)->lang.starts_with("en") ? "en" : "fr",
        .statement = {},
        .contact = {.organisation = caller->name, .sender_id = (*read)->id},
        .text = words_of(**read),
        .files_owner = {},
        .api_key = caller->id,
        .once = once ? "api/" + std::to_string(caller->id) + "/" + std::string{*once} : "",
        .once_body = once ? request.body : ""};
    report.statement = **read;
    const Result<Submitted, SubmitRefusal> done = doors.reports.submit(report, doors.now());
    if (!done && done.error() == SubmitRefusal::Unreadable) {
        return problem(422, "about:blank", "Unprocessable Content",
                       "The record is too large to be kept.");
    }
    if (!done) {
        return problem(409, "about:blank", "Conflict",
                       "This Idempotency-Key came with another body before.");
    }
    Response response = as_json(201, {{"reference", done->reference},
                                      {"tracking_code", done->code},
                                      {"receipt", ordered_json::parse(to_json(done->receipt))}});
    response.headers.push_back({"Location", "/api/v1/reports/" + done->reference});
    return response;
}

Response get_report(const Doors& doors, const Request& request) {
    const std::optional<std::string_view> code = request.header("tracking-code");
    if (!code) {
        Response response =
            problem(401, "about:blank", "Unauthorized", "Send the header Tracking-Code.");
        response.headers.push_back({"WWW-Authenticate", "Tracking-Code"});
        return response;
    }
    const Result<DeclarationId, OpenRefusal> opened =
        doors.follow_up.open(request.part("reference"), *code, doors.now());
    if (!opened && opened.error() == OpenRefusal::TooMany) {
        Response response = problem(429, "about:blank", "Too Many Requests",
                                    "Too many wrong codes for this reference: wait an hour.");
        response.headers.push_back({"Retry-After", "3600"});
        return response;
    }
    if (!opened) {
        return problem(404, "about:blank", "Not Found",
                       "No report has this reference with this tracking code.");
    }
    const Following seen = doors.follow_up.read(*opened);
    ordered_json history = ordered_json::array();
    for (const ActSeen& act : seen.acts) {
        history.push_back({{"act", name_of(act.kind)}, {"at", to_rfc3339(act.at)}});
    }
    ordered_json messages = ordered_json::array();
    for (const MessageSeen& message : seen.messages) {
        messages.push_back({{"at", to_rfc3339(message.at)},
                            {"from", message.from_service ? "service" : "declarant"},
                            {"asks_for_complement", message.asks},
                            {"text", message.text}});
    }
    return as_json(200, {{"reference", seen.reference},
                         {"status", name_of(seen.status)},
                         {"received_at", to_rfc3339(seen.acts.front().at)},
                         {"history", std::move(history)},
                         {"messages", std::move(messages)}});
}

} // namespace

std::vector<Route> api_routes(const Doors& doors) {
    std::vector<Route> all;
    all.emplace_back(
        Method::Post, "/api/v1/reports",
        [&doors](const Request& r) { return post_report(doors, r); }, Access::Everyone,
        "report_written", platform::http::RouteLimits{.body_bytes_max = kRecordBytesMax});
    all.back().cross_site = true;
    all.emplace_back(
        Method::Get, "/api/v1/reports/{reference}",
        [&doors](const Request& r) { return get_report(doors, r); }, Access::Everyone,
        "followup_read", platform::http::RouteLimits{.weight = 5});
    all.emplace_back(
        Method::Get, "/api/openapi.json",
        [](const Request&) {
            return Response{.content_type = "application/json",
                            .body = std::string{web::kOpenApi},
                            .cacheable = true};
        },
        Access::Everyone, "", platform::http::RouteLimits{});
    return all;
}

} // namespace intake
