#include "platform/mail/smtp/deliver.hpp"

#include "base/check.hpp"
#include "platform/mail/smtp/sender.hpp"

#include <algorithm>
#include <cstring>
#include <curl/curl.h>
#include <memory>
#include <mutex>

namespace platform::mail {

namespace {

constexpr long kConnectSeconds = 10;
constexpr long kWholeSeconds = 30; // of a conversation; a worker waits meanwhile

struct Cleanup {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Reading {
    std::string_view left;
    bool begun = false;
};

std::size_t read_some(char* out, std::size_t size, std::size_t count, void* from) {
    auto* reading = static_cast<Reading*>(from);
    reading->begun = true;
    const std::size_t bytes = std::min(size * count, reading->left.size());
    std::memcpy(out, reading->left.data(), bytes);
    reading->left.remove_prefix(bytes);
    return bytes;
}

template <class T> void set(CURL* curl, CURLoption option, T value) {
    check(curl_easy_setopt(curl, option, value) == CURLE_OK, "an option that libcurl knows");
}

/// With our domain as its path: what curl says in EHLO, instead of this machine's name.
std::string url_of(const MailPolicy& policy, const std::string& sender) {
    const std::size_t host = policy.smtp_url.find("://");
    const bool has_path =
        host != std::string::npos && policy.smtp_url.find('/', host + 3) != std::string::npos;
    if (has_path) return policy.smtp_url;
    return policy.smtp_url + '/' + sender.substr(sender.find('@') + 1);
}

void set_security(CURL* curl, const MailPolicy& policy) {
    // A password is never said in clear: a server without STARTTLS gets neither it nor the mail.
    const bool demanded = policy.tls_required || !policy.user.empty();
    set(curl, CURLOPT_USE_SSL, demanded ? CURLUSESSL_ALL : CURLUSESSL_TRY);
    set(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    set(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!policy.ca_file.empty()) set(curl, CURLOPT_CAINFO, policy.ca_file.c_str());
    if (!policy.user.empty()) {
        set(curl, CURLOPT_USERNAME, policy.user.c_str());
        set(curl, CURLOPT_PASSWORD, policy.password.c_str());
    }
}

/// Whether a 5xx speaks of this message: its sender, recipient or content. A greeting, EHLO or a
/// password that is refused is the server's or the operator's matter, and may be mended.
bool is_about_the_message(CURLcode result, bool content_begun) {
    return result == CURLE_SEND_ERROR || result == CURLE_UPLOAD_FAILED ||
           (result == CURLE_WEIRD_SERVER_REPLY && content_begun);
}

} // namespace

void start_curl() {
    static std::once_flag started;
    std::call_once(started, [] {
        check(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK, "libcurl starts");
    });
}

Delivery deliver(const MailPolicy& policy, std::string_view to, std::string_view bytes) {
    const std::unique_ptr<CURL, Cleanup> curl{curl_easy_init()};
    check(curl != nullptr, "libcurl makes a handle");
    const std::string sender = sender_address(policy.from);
    const std::string url = url_of(policy, sender);
    const std::string from = '<' + sender + '>';
    const std::unique_ptr<curl_slist, Cleanup> recipients{
        curl_slist_append(nullptr, ('<' + std::string{to} + '>').c_str())};
    Reading reading{.left = bytes};
    set(curl.get(), CURLOPT_URL, url.c_str());
    set(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(curl.get(), CURLOPT_PROXY, ""); // whatever the environment says
    set(curl.get(), CURLOPT_NOSIGNAL, 1L);
    set(curl.get(), CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    set(curl.get(), CURLOPT_TIMEOUT, kWholeSeconds);
    set(curl.get(), CURLOPT_MAIL_FROM, from.c_str());
    set(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
    set(curl.get(), CURLOPT_UPLOAD, 1L);
    set(curl.get(), CURLOPT_READFUNCTION, &read_some);
    set(curl.get(), CURLOPT_READDATA, &reading);
    set_security(curl.get(), policy);
    const CURLcode result = curl_easy_perform(curl.get());
    Delivery out{.answer = Answer::NotNow, .code = 0, .curl = result};
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &out.code);
    if (result == CURLE_OK) {
        out.answer = Answer::Taken;
    } else if (out.code >= 500 && out.code < 600 && is_about_the_message(result, reading.begun)) {
        out.answer = Answer::Refused;
    }
    return out;
}

} // namespace platform::mail
