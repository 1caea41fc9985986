// A mail: any bytes give a statement whose texts are UTF-8, or a fault.
#include "base/check.hpp"
#include "interchange/mail/mail.hpp"
#include "interchange/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    engine::record::Statement statement;
    const std::string_view mail{reinterpret_cast<const char*>(bytes), size};
    if (interchange::mail::parse_mail(mail, {.id = "m", .file = "m"}, statement)) return 0;
    for (const engine::record::Message& message : statement.messages) {
        check(interchange::is_valid_utf8(message.text), "the text of a mail is UTF-8");
    }
    for (const engine::record::DeclaredIdentifier& one : statement.identifiers) {
        check(interchange::is_valid_utf8(one.value), "an address is UTF-8");
    }
    return 0;
}
