// A request whose head, form and uploads have been read and held to the limits of its route.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace platform::http {

enum class Method : std::uint8_t { Get, Post, Delete }; // HEAD is answered from Get

/// A name and its value, decoded. Names may repeat.
struct Pair {
    std::string name;
    std::string value;
};

/// A file that came in a multipart form; its content went through the route's UploadSink.
struct Upload {
    std::string field;
    std::string file_name; // as the browser said: for people to read, never a path
    std::uint64_t bytes = 0;
    std::string stored;     // what UploadSink::finish() gave
    bool too_large = false; // it was cut and dropped: `stored` is empty
};

struct Request {
    Method method = Method::Get;
    std::string path;             // decoded, begins with '/'
    std::string route;            // the pattern that matched: a word of the program
    std::vector<Pair> path_parts; // "{reference}" of the pattern
    std::vector<Pair> query;
    std::vector<Pair> form;    // urlencoded or multipart
    std::vector<Pair> headers; // names in lower case
    std::vector<Pair> cookies;
    std::vector<Upload> uploads;
    bool too_many_uploads = false; // those beyond the route's count were dropped
    std::string body;              // of other content types
    std::string client;            // address, of the proxy's X-Forwarded-For when it is trusted
    bool secure = false;           // TLS here, or said by a trusted proxy

    [[nodiscard]] std::string_view part(std::string_view name) const;
    /// First of that name; empty when there is none (a browser leaves unchecked boxes out).
    [[nodiscard]] std::string_view field(std::string_view name) const;
    [[nodiscard]] std::vector<std::string_view> fields(std::string_view name) const;
    [[nodiscard]] std::optional<std::string_view> header(std::string_view lower_name) const;
    [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;
    [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const; // query
};

} // namespace platform::http
