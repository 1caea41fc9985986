// TLS on a socket, with a certificate made for the occasion.
#include "platform/http/test/world.hpp"

#include <curl/curl.h>
#include <gmock/gmock.h>
#include <gnutls/x509.h>
#include <unistd.h>

#include <ctime>
#include <fstream>

namespace platform::http {
namespace {

using test::World;

constexpr long kAtMostTls11 = long{CURL_SSLVERSION_TLSv1_1} << 16; // CURL_SSLVERSION_MAX_TLSv1_1

class Files {
public:
    Files() {
        std::string pattern = std::filesystem::temp_directory_path() / "http-tls-XXXXXX";
        folder_ = mkdtemp(pattern.data());
    }
    ~Files() { std::filesystem::remove_all(folder_); }
    Files(const Files&) = delete;
    Files& operator=(const Files&) = delete;
    [[nodiscard]] std::filesystem::path at(const char* name) const { return folder_ / name; }

private:
    std::filesystem::path folder_;
};

void write(const std::filesystem::path& path, const gnutls_datum_t& text) {
    std::ofstream{path} << std::string_view{reinterpret_cast<const char*>(text.data), text.size};
}

/// A key and a certificate that it signs itself, in PEM.
void make_pair(const std::filesystem::path& certificate_path,
               const std::filesystem::path& key_path) {
    gnutls_x509_privkey_t key = nullptr;
    gnutls_x509_privkey_init(&key);
    gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
                                 GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
    gnutls_x509_crt_t certificate = nullptr;
    gnutls_x509_crt_init(&certificate);
    gnutls_x509_crt_set_version(certificate, 3);
    gnutls_x509_crt_set_serial(certificate, "\1", 1);
    gnutls_x509_crt_set_activation_time(certificate, std::time(nullptr) - 60);
    gnutls_x509_crt_set_expiration_time(certificate, std::time(nullptr) + 3600);
    gnutls_x509_crt_set_dn(certificate, "CN=server.test", nullptr);
    gnutls_x509_crt_set_key(certificate, key);
    gnutls_x509_crt_sign2(certificate, certificate, key, GNUTLS_DIG_SHA256, 0);
    gnutls_datum_t text{};
    gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &text);
    write(certificate_path, text);
    gnutls_free(text.data);
    gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &text);
    write(key_path, text);
    gnutls_free(text.data);
    gnutls_x509_crt_deinit(certificate);
    gnutls_x509_privkey_deinit(key);
}

std::size_t append(char* bytes, std::size_t size, std::size_t count, void* text) {
    static_cast<std::string*>(text)->append(bytes, size * count);
    return size * count;
}

/// Headers and body; empty when the connection fails.
std::string fetch(std::uint16_t port, const char* path, long version) {
    CURL* const curl = curl_easy_init();
    std::string text;
    const std::string url = "https://127.0.0.1:" + std::to_string(port) + path;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, version);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_HEADER, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &text);
    const CURLcode code = curl_easy_perform(curl);
    curl_easy_cleanup(curl);
    return code == CURLE_OK ? text : std::string{};
}

TEST(ServerTls, ServesAndSaysSo) {
    const Files files;
    make_pair(files.at("certificate.pem"), files.at("key.pem"));
    ServerPolicy policy;
    policy.tls_certificate = files.at("certificate.pem");
    policy.tls_key = files.at("key.pem");
    const World world{std::move(policy)};
    const std::string answer = fetch(world.port(), "/client", CURL_SSLVERSION_TLSv1_2);
    EXPECT_THAT(answer, testing::HasSubstr("127.0.0.1 secure"));
    EXPECT_THAT(answer, testing::HasSubstr("strict-transport-security: max-age=31536000"));
    EXPECT_THAT(answer, testing::HasSubstr("__Host-session=1"));
    EXPECT_EQ(fetch(world.port(), "/stream", CURL_SSLVERSION_TLSv1_3).size() / 1'000'000, 1U);
    const std::string old = fetch(world.port(), "/", long{CURL_SSLVERSION_TLSv1_0} | kAtMostTls11);
    EXPECT_EQ(old, "");
}

TEST(ServerTls, RefusesAKeyOfAnother) {
    const Files files;
    make_pair(files.at("certificate.pem"), files.at("key.pem"));
    make_pair(files.at("other.pem"), files.at("other_key.pem"));
    std::ofstream{files.at("text.pem")} << "nothing";
    metrics::Metrics metrics;
    ServerPolicy policy;
    policy.port = 0;
    policy.tls_certificate = files.at("certificate.pem");
    policy.tls_key = files.at("other_key.pem");
    const auto mismatched = Server::start(policy, {}, metrics);
    ASSERT_FALSE(mismatched);
    EXPECT_THAT(mismatched.error().what, testing::HasSubstr("do not serve together"));
    policy.tls_certificate = files.at("text.pem");
    EXPECT_FALSE(Server::start(policy, {}, metrics));
    policy.tls_certificate.clear();
    EXPECT_FALSE(Server::start(policy, {}, metrics)); // a key alone
}

} // namespace
} // namespace platform::http
