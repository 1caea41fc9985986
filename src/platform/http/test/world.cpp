#include "platform/http/test/world.hpp"

#include "base/check.hpp"
#include "platform/crypto/bytes.hpp"

#include <stdexcept>

namespace platform::http::test {
namespace {

class Away : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class CountingSink final : public UploadSink {
public:
    explicit CountingSink(Received& received) : received_{received} { ++received_.opened; }
    ~CountingSink() override { ++(finished_ ? received_.finished : received_.dropped); }
    void write(std::string_view bytes) override {
        received_.bytes += bytes.size();
        digest_.add(bytes);
    }
    std::string finish() override {
        finished_ = true;
        return crypto::to_hex(digest_.finish());
    }

private:
    Received& received_;
    crypto::Sha256 digest_;
    bool finished_ = false;
};

Response text(std::string body) {
    Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.body = std::move(body);
    return response;
}

Response echo(const Request& request) {
    std::string said;
    for (const Pair& field : request.form) said += field.name + "=" + field.value + ";";
    for (const Upload& upload : request.uploads) {
        said += upload.field + ":" + upload.file_name + ":" + std::to_string(upload.bytes) + ":" +
                (upload.too_large ? "too_large" : upload.stored) + ";";
    }
    if (request.too_many_uploads) said += "too_many;";
    if (!request.body.empty()) said += "body " + request.body;
    return text(said);
}

Response follow(const Request& request) {
    std::string said = "reference ";
    said += request.part("reference");
    said += " page ";
    if (const auto page = request.parameter("page")) said += *page;
    said += " x ";
    if (const auto x = request.parameter("x")) said += *x;
    return text(said);
}

Response stream(const Request& /*request*/) {
    Response response;
    response.content_type = "application/octet-stream";
    response.stream = [left = 100]() mutable {
        return left-- > 0 ? std::string(10'000, 's') : std::string{};
    };
    return response;
}

Response broken_stream(const Request& /*request*/) {
    Response response;
    response.stream = [left = 3]() mutable -> std::string {
        if (left-- > 0) return std::string(10'000, 's');
        throw std::runtime_error{"secret"};
    };
    return response;
}

Response client(const Request& request) {
    Response response = text(request.client + (request.secure ? " secure" : " plain"));
    response.cookies.push_back({.name = "session", .value = "1"});
    return response;
}

Response secret(const Request& /*request*/) {
    Response response = text(std::string(100'000, 'a'));
    response.holds_secret = true;
    return response;
}

Response cached(const Request& /*request*/) {
    Response response = text("css");
    response.cacheable = true;
    return response;
}

Route get(std::string_view pattern, Handler handler) {
    return {Method::Get, pattern, std::move(handler), Access::Everyone, "", {}};
}

std::vector<Route> routes(Received& received, Gate& gate) {
    std::vector<Route> all;
    all.push_back(get("/", [](const Request&) { return text("home"); }));
    all.push_back(get("/suivi/{reference}", follow));
    all.push_back(get("/large", [](const Request&) { return text(std::string(100'000, 'a')); }));
    all.push_back(get("/secret", secret));
    all.push_back(get("/stream", stream));
    all.push_back(get("/stream-throws", broken_stream));
    all.push_back(get("/client", client));
    all.push_back(
        get("/throws", [](const Request&) -> Response { throw std::runtime_error{"secret"}; }));
    all.push_back(get("/away", [](const Request&) -> Response { throw Away{"secret"}; }));
    all.push_back(get("/gate", [&gate](const Request&) {
        gate.pass();
        return text("passed");
    }));
    all.push_back(get("/static/{name}", cached));
    all.back().immediate = true;
    all.emplace_back(
        Method::Get, "/healthz", [](const Request&) { return text("ok"); }, Access::Operations, "",
        RouteLimits{});
    all.back().immediate = true;
    all.emplace_back(Method::Post, "/echo", echo, Access::Everyone, "", RouteLimits{});
    all.emplace_back(Method::Post, "/api", echo, Access::Everyone, "", RouteLimits{});
    all.back().cross_site = true;
    all.emplace_back(
        Method::Post, "/count",
        [&received](const Request&) {
            ++received.handled;
            return text("counted");
        },
        Access::Everyone, "", RouteLimits{});
    all.emplace_back(Method::Post, "/upload", echo, Access::Everyone, "",
                     RouteLimits{.upload_bytes_max = 300 << 20, .uploads_max = 2});
    all.back().open_upload = [&received] { return std::make_unique<CountingSink>(received); };
    all.emplace_back(Method::Post, "/photo", echo, Access::Everyone, "",
                     RouteLimits{.upload_bytes_max = 1000, .uploads_max = 2});
    all.back().open_upload = [&received] { return std::make_unique<CountingSink>(received); };
    return all;
}

} // namespace

void Gate::pass() {
    std::unique_lock lock{mutex_};
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_; });
}

void Gate::open() {
    const std::scoped_lock lock{mutex_};
    open_ = true;
    changed_.notify_all();
}

void Gate::wait_for(unsigned count) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return waiting_ >= count; });
}

World::World(ServerPolicy policy) {
    crypto::start();
    policy.port = 0;
    policy.status_of = [](const std::exception& thrown) {
        return dynamic_cast<const Away*>(&thrown) != nullptr ? 503 : 500;
    };
    auto started = Server::start(std::move(policy), routes(*received_, *gate_), metrics_);
    check(started.has_value(), "the test's server starts");
    server_ = std::make_unique<Server>(std::move(*started));
}

World::~World() {
    gate_->open();
}

} // namespace platform::http::test
