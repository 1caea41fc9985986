// The small grammars: a urlencoded form, the Cookie header, X-Forwarded-For, Accept-Encoding.
#include "platform/http/serve/compress.hpp"
#include "platform/http/syntax/address.hpp"
#include "platform/http/syntax/cookies.hpp"
#include "platform/http/syntax/head.hpp"
#include "platform/http/syntax/target.hpp"

#include <cstdio>
#include <cstdlib>

namespace {

using namespace platform::http;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

void check_form(std::string_view text) {
    const auto pairs = decode_form(text);
    if (!pairs) return;
    require(pairs->size() <= kFieldsMax, "a form has a limit");
    for (const Pair& pair : *pairs) {
        require(is_utf8(pair.name) && is_utf8(pair.value), "a form is UTF-8");
        require(pair.name.size() <= kNameBytesMax, "a name has a limit");
        require(pair.value.find('\0') == std::string::npos, "no NUL");
    }
}

void check_cookies(std::string_view text) {
    const auto cookies = read_cookies(text);
    require(cookies.size() <= kCookiesMax, "cookies have a limit");
    for (const Pair& cookie : cookies) {
        require(is_token(cookie.name), "a cookie has a name");
        require(cookie.value.find_first_of("; \r\n\"") == std::string::npos, "a plain value");
    }
}

void check_forwarded(std::string_view text) {
    const std::vector<Network> trusted{*Network::parse("10.0.0.0/8"), *Network::parse("fd00::/8")};
    const Address proxy = *Address::parse("10.0.0.1");
    const Address client = forwarded_client(proxy, text, trusted);
    require(Address::parse(client.text()) == client, "an address is read as it is written");
    const Address other = *Address::parse("192.0.2.1");
    require(forwarded_client(other, text, trusted) == other, "who is not trusted is not believed");
    if (const auto network = Network::parse(text)) {
        require(network->holds(network->base), "a network holds its base");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    check_form(text);
    check_cookies(text);
    check_forwarded(text);
    static_cast<void>(accepts_gzip(text));
    return 0;
}
