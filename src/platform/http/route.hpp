// Routes are data: path, what answers, who may, what is audited, which limits.
#pragma once

#include "platform/http/request.hpp"
#include "platform/http/response.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace platform::http {

/// Where the bytes of one uploaded file go as they arrive. Dropped without finish(): forget them.
class UploadSink {
public:
    virtual ~UploadSink() = default;
    virtual void write(std::string_view bytes) = 0;
    /// All bytes were written: gives the name under which the handler finds the content.
    virtual std::string finish() = 0;
};
using OpenUpload = std::function<std::unique_ptr<UploadSink>()>;

/// Named limits of a route. Beyond body_bytes_max the answer is 413 before the handler runs; an
/// upload beyond its own limit is dropped alone and told to the handler, so that what the person
/// typed in the same form survives.
struct RouteLimits {
    std::uint64_t body_bytes_max = 64 << 10; // a form without files, a JSON body
    std::uint64_t upload_bytes_max = 0;      // of one file; 0: no files
    unsigned uploads_max = 0;                // in one request
    unsigned weight = 1; // of a request against its client's allowance (see Throttle)
};

/// Who may ask: checked before the handler runs.
enum class Access : std::uint8_t {
    Everyone,
    Operations, // health and metrics: loopback or the configured networks only
};

using Handler = std::function<Response(const Request&)>;

struct Route {
    Route(Method route_method, std::string_view route_pattern, Handler route_handler,
          Access route_access, std::string_view audited_as, RouteLimits route_limits)
        : method{route_method}, pattern{route_pattern}, handler{std::move(route_handler)},
          access{route_access}, audit{audited_as}, limits{route_limits} {}

    Method method;
    std::string pattern; // "/suivi/{reference}": a part between braces matches one segment
    Handler handler;
    Access access;
    std::string audit; // event written when it succeeds; empty: nothing personal is read
    RouteLimits limits;
    /// For routes with files.
    OpenUpload open_upload;
    /// POST from another site is refused unless set: an API authenticated by a header.
    bool cross_site = false;
    /// Answered on the reading thread at once (health, static files), not by the workers.
    bool immediate = false;
};

} // namespace platform::http
