#include "platform/oidc/wire/fetch.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <curl/curl.h>
#include <memory>

namespace platform::oidc {
namespace {

constexpr long kConnectSeconds = 3;
constexpr long kWholeSeconds = 8; // somebody waits before a white page
constexpr std::size_t kBytesMax = 256 << 10;

struct Reading {
    std::string body;
    bool too_large = false;
};

std::size_t take_some(const char* bytes, std::size_t size, std::size_t count, void* into) {
    auto* const reading = static_cast<Reading*>(into);
    if (reading->body.size() + size * count > kBytesMax) {
        reading->too_large = true;
        return 0; // ends the transfer
    }
    reading->body.append(bytes, size * count);
    return size * count;
}

/// A handle whose options are all known to libcurl.
class Handle {
public:
    Handle() { check(curl_ != nullptr, "libcurl makes a handle"); }
    template <class T> void set(CURLoption option, T value) const {
        check(curl_easy_setopt(curl_.get(), option, value) == CURLE_OK, "an option of libcurl");
    }
    [[nodiscard]] CURL* get() const { return curl_.get(); }

private:
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_{curl_easy_init(), curl_easy_cleanup};
};

std::string_view word_of(CURLcode result, const Reading& reading) {
    if (reading.too_large) return "too_large";
    switch (result) {
    case CURLE_OPERATION_TIMEDOUT: return "too_slow";
    case CURLE_PEER_FAILED_VERIFICATION: return "certificate";
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST: return "unreachable";
    default: return "broken";
    }
}

std::string content_type_of(const Handle& handle) {
    const char* said = nullptr;
    curl_easy_getinfo(handle.get(), CURLINFO_CONTENT_TYPE, &said);
    std::string out{said == nullptr ? "" : said};
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

} // namespace

Result<Fetched, std::string_view> fetch(const Call& call) {
    const Handle handle;
    Reading reading;
    const std::string accept = "Accept: " + call.accept;
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers{
        curl_slist_append(nullptr, accept.c_str()), curl_slist_free_all};
    handle.set(CURLOPT_URL, call.url.c_str());
    handle.set(CURLOPT_PROTOCOLS_STR, call.plain_allowed ? "https,http" : "https");
    handle.set(CURLOPT_FOLLOWLOCATION, 0L);
    handle.set(CURLOPT_NOSIGNAL, 1L);
    handle.set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    handle.set(CURLOPT_TIMEOUT, kWholeSeconds);
    handle.set(CURLOPT_SSL_VERIFYPEER, 1L);
    handle.set(CURLOPT_SSL_VERIFYHOST, 2L);
    handle.set(CURLOPT_HTTPHEADER, headers.get());
    handle.set(CURLOPT_WRITEFUNCTION, &take_some);
    handle.set(CURLOPT_WRITEDATA, &reading);
    if (!call.form.empty()) {
        handle.set(CURLOPT_POSTFIELDS, call.form.c_str());
        handle.set(CURLOPT_POSTFIELDSIZE, static_cast<long>(call.form.size()));
    }
    if (!call.bearer.empty()) {
        handle.set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BEARER));
        handle.set(CURLOPT_XOAUTH2_BEARER, call.bearer.c_str());
    }
    const CURLcode result = curl_easy_perform(handle.get());
    if (result != CURLE_OK) return refuse(word_of(result, reading));
    Fetched out{.content_type = content_type_of(handle), .body = std::move(reading.body)};
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &out.status);
    return out;
}

} // namespace platform::oidc
