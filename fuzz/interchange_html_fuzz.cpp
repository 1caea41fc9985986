// A page: UTF-8 in, UTF-8 out, and never much longer.
#include "base/check.hpp"
#include "interchange/mail/html_text.hpp"
#include "interchange/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string page = interchange::replace_invalid_utf8(
        std::string_view{reinterpret_cast<const char*>(bytes), size});
    const std::string text = interchange::mail::html_to_text(page);
    check(interchange::is_valid_utf8(text), "the text of a page is UTF-8");
    check(text.size() <= 4 * page.size() + 16, "a page does not grow");
    return 0;
}
