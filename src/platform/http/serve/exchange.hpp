// One request on its way: head, body, perhaps a wait, the handler, the answer. It is touched by the
// connection's reading thread, and, while the connection is suspended, by one other thread alone.
#pragma once

#include "platform/http/form/body.hpp"
#include "platform/http/serve/connections.hpp"
#include "platform/http/serve/front.hpp"
#include "platform/http/serve/workers.hpp"
#include "platform/metrics/metrics.hpp"

#include <microhttpd.h>

#include <atomic>
#include <memory>
#include <string>

namespace platform::http {

/// What all exchanges share.
struct Serving {
    const ServerPolicy& policy;
    const Front& front;
    Throttle& throttle;
    Workers& workers;
    Connections& connections;
    metrics::Metrics& metrics;
    const std::atomic<bool>& stopping;
};

class Exchange {
public:
    Exchange(const Serving& serving, MHD_Connection* handle, Connection& connection,
             const char* target);
    ~Exchange();
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    /// libmicrohttpd's access handler: called with the head, each piece of body, and at its end.
    MHD_Result proceed(const char* method, const char* version, const char* bytes,
                       std::size_t* size);
    /// Sent, or lost.
    void completed();

private:
    enum class Stage : unsigned char { Head, Body, Waiting, Due, Ready };

    MHD_Result begin(const char* method, const char* version);
    MHD_Result read_body(std::string_view bytes);
    MHD_Result dispatch();
    MHD_Result wait(std::chrono::nanoseconds delay);
    void submit();
    void run_handler();
    [[nodiscard]] bool needs_proof();
    MHD_Result answer_now(Response response);
    void prepare(Response response);
    MHD_Result send();
    void resume(Stage stage);

    const Serving& serving_;
    MHD_Connection* handle_;
    Connection& connection_;
    std::string target_;
    const char* target_at_; // in the library's buffer: for comparing alone
    Clock::time_point begun_ = Clock::now();
    Stage stage_ = Stage::Head;
    std::string method_;
    Admission admission_;
    std::unique_ptr<BodyReader> reader_;
    int refused_ = 0;           // while reading the body
    std::uint64_t drained_ = 0; // bytes read after that
    bool challenged_ = false;   // answered with 429 unless the form has a proof
    MHD_Response* answer_ = nullptr;
    int status_ = 0;
    std::chrono::microseconds took_{};
};

} // namespace platform::http
