// A mail as one text: any bytes give at most 1 MiB of UTF-8, or nothing.
#include "base/check.hpp"
#include "interchange/mail_text.hpp"
#include "interchange/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::optional<std::string> text =
        interchange::mail_text({reinterpret_cast<const char*>(bytes), size});
    if (!text) return 0;
    check(text->size() <= 1U << 20U, "the text of a mail is bounded");
    check(interchange::is_valid_utf8(*text), "the text of a mail is UTF-8");
    return 0;
}
