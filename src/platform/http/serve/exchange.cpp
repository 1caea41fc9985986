#include "platform/http/serve/exchange.hpp"

#include "base/check.hpp"
#include "platform/http/serve/answer.hpp"
#include "platform/http/serve/compress.hpp"
#include "platform/http/serve/edge.hpp"
#include "platform/http/serve/raw_head.hpp"
#include "platform/http/serve/sent.hpp"

#include <gnutls/gnutls.h>

#include <algorithm>

namespace platform::http {
namespace {

/// Read and thrown away after a body was refused, so that a browser gets to read the answer: it
/// looks for one when it has sent all.
constexpr std::uint64_t kDrainedBytesMax = 8 << 20;

} // namespace

Exchange::Exchange(const Serving& serving, MHD_Connection* handle, Connection& connection,
                   const char* target)
    : serving_{serving}, handle_{handle}, connection_{connection}, target_{target},
      target_at_{target} {
    static_cast<void>(connection_.go(Connection::Step::Head)); // begin() asks again
}

Exchange::~Exchange() {
    if (answer_ != nullptr) MHD_destroy_response(answer_);
}

MHD_Result Exchange::proceed(const char* method, const char* version, const char* bytes,
                             std::size_t* size) {
    switch (stage_) {
    case Stage::Head: return begin(method, version);
    case Stage::Body:
        if (*size == 0) return dispatch();
        {
            const std::string_view piece{bytes, *size};
            *size = 0;
            return read_body(piece);
        }
    case Stage::Waiting: return MHD_YES;
    case Stage::Due: run_handler(); return send();
    case Stage::Ready: return send();
    }
    return MHD_NO;
}

MHD_Result Exchange::begin(const char* method, const char* version) {
    method_ = method;
    Head head;
    head.bytes = head_bytes(handle_);
    head.raw = read_raw_head(handle_, method, version, target_, target_at_, head.bytes);
    head.peer = connection_.peer();
    head.tls = MHD_get_connection_info(handle_, MHD_CONNECTION_INFO_PROTOCOL) != nullptr;
    admission_ = serving_.front.admit(head, serving_.throttle, Clock::now());
    if (admission_.close) return answer_now(std::move(*admission_.refusal));
    const bool asks_proof = admission_.verdict.kind == Verdict::Kind::Challenge;
    if (asks_proof && (admission_.refusal || !admission_.framing.has_body())) {
        return answer_now(serving_.front.challenge(admission_, serving_.throttle, Clock::now()));
    }
    if (admission_.refusal) return answer_now(std::move(*admission_.refusal));
    auto reader = BodyReader::open(admission_.request, *admission_.route, admission_.framing);
    if (reader) {
        reader_ = std::move(*reader);
        if (asks_proof && !reader_->is_form()) {
            return answer_now(
                serving_.front.challenge(admission_, serving_.throttle, Clock::now()));
        }
        challenged_ = asks_proof;
        if (challenged_) reader_->drop_files();
    } else {
        refused_ = reader.error();
        const std::uint64_t length = admission_.framing.length.value_or(kDrainedBytesMax + 1);
        const bool waits = admission_.request.header("expect").has_value();
        if (waits || length > kDrainedBytesMax) {
            return answer_now(serving_.front.error(refused_, admission_.request));
        }
    }
    stage_ = Stage::Body;
    const bool has_body = admission_.framing.has_body();
    const auto step = has_body ? Connection::Step::Body : Connection::Step::Served;
    return connection_.go(step) ? MHD_YES : MHD_NO;
}

MHD_Result Exchange::read_body(std::string_view bytes) {
    connection_.has_read(bytes.size());
    if (refused_ != 0) {
        drained_ += bytes.size();
        return drained_ > kDrainedBytesMax ? MHD_NO : MHD_YES;
    }
    int status = 0;
    const int thrown = guarded(serving_.policy.status_of, admission_.request.route,
                               [&] { status = reader_->add(bytes); });
    refused_ = thrown != 0 ? thrown : status;
    if (refused_ != 0) reader_.reset(); // and the sinks with it
    return MHD_YES;
}

MHD_Result Exchange::dispatch() {
    if (!connection_.go(Connection::Step::Served)) return MHD_NO;
    if (refused_ == 0) refused_ = reader_->finish();
    if (refused_ != 0) return answer_now(serving_.front.error(refused_, admission_.request));
    if (challenged_ && needs_proof()) {
        return answer_now(serving_.front.challenge(admission_, serving_.throttle, Clock::now()));
    }
    if (admission_.verdict.kind == Verdict::Kind::Delay) return wait(admission_.verdict.delay);
    if (admission_.route->immediate) {
        run_handler();
        return send();
    }
    stage_ = Stage::Waiting;
    MHD_suspend_connection(handle_);
    submit();
    return MHD_YES;
}

bool Exchange::needs_proof() {
    if (admission_.request.too_many_uploads) return true; // files were dropped meanwhile
    admission_.verdict = serving_.front.ask_again(admission_, serving_.throttle, Clock::now());
    return admission_.verdict.kind == Verdict::Kind::Challenge;
}

MHD_Result Exchange::wait(std::chrono::nanoseconds delay) {
    if (serving_.connections.waiting() >= serving_.policy.waiting_max) {
        return answer_now(serving_.front.challenge(admission_, serving_.throttle, Clock::now()));
    }
    serving_.metrics.count("maillon_http_delayed_total", "route", admission_.request.route);
    stage_ = Stage::Waiting;
    MHD_suspend_connection(handle_);
    const auto due = Clock::now() + std::chrono::duration_cast<Clock::duration>(delay);
    serving_.connections.at(due, [this] {
        if (admission_.route->immediate) {
            resume(Stage::Due);
        } else {
            submit();
        }
    });
    return MHD_YES;
}

/// The connection is suspended: from here on the exchange is the worker's until it resumes.
void Exchange::submit() {
    const bool reads = admission_.route->method == Method::Get;
    const bool queued =
        serving_.workers.submit(reads ? Workers::Kind::Reads : Workers::Kind::Writes, [this] {
            run_handler();
            resume(Stage::Ready);
        });
    if (queued) return;
    prepare(serving_.front.error(503, admission_.request));
    resume(Stage::Ready);
}

void Exchange::resume(Stage stage) {
    stage_ = stage;
    MHD_resume_connection(handle_); // the last touch: the reading thread may be done with it all
}

void Exchange::run_handler() {
    Response response;
    const int thrown = guarded(serving_.policy.status_of, admission_.request.route, [&] {
        reader_->finish_uploads();
        response = admission_.route->handler(admission_.request);
    });
    if (thrown != 0) response = serving_.front.error(thrown, admission_.request);
    prepare(std::move(response));
}

void Exchange::prepare(Response response) {
    const auto accepted = admission_.request.header("accept-encoding");
    const std::vector<Pair> headers =
        finish_answer(response, {.secure = admission_.request.secure,
                                 .gzip = accepted && accepts_gzip(*accepted),
                                 .close = admission_.close || serving_.stopping});
    status_ = response.status;
    answer_ = make_answer(serving_.policy.status_of, admission_.request.route, std::move(response),
                          headers);
    took_ = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun_);
}

MHD_Result Exchange::answer_now(Response response) {
    if (!connection_.go(Connection::Step::Served)) return MHD_NO;
    reader_.reset();
    prepare(std::move(response));
    return send();
}

MHD_Result Exchange::send() {
    stage_ = Stage::Ready;
    const MHD_Result queued = MHD_queue_response(handle_, static_cast<unsigned>(status_), answer_);
    MHD_destroy_response(std::exchange(answer_, nullptr)); // the library holds its own
    return queued;
}

void Exchange::completed() {
    static_cast<void>(connection_.go(Connection::Step::Idle));
    if (status_ == 0) return; // the client went before it was answered
    const std::string& route = admission_.request.route;
    constexpr const char* unrouted = "-";
    const std::string_view named = route.empty() ? std::string_view{unrouted} : route;
    const bool known = admission_.route != nullptr; // else any word that a client made up
    log::info("http_request", {{"route", log::Word{named}},
                               {"method", log::Word{known ? std::string_view{method_} : unrouted}},
                               {"status", std::int64_t{status_}},
                               {"microseconds", std::int64_t{took_.count()}}});
    serving_.metrics.count("maillon_http_requests_total", "route", named);
    serving_.metrics.count("maillon_http_answers_total", "status", std::to_string(status_));
    serving_.metrics.observe("maillon_http_request_seconds", "route", named, took_);
}

} // namespace platform::http
