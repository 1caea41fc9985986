#include "platform/page/words/message.hpp"

#include "base/check.hpp"

#include <unicode/locid.h>
#include <unicode/msgfmt.h>
#include <unicode/strenum.h>

namespace platform::page {

namespace {

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

} // namespace

struct Message::Compiled {
    Compiled(std::string_view pattern, std::string_view language_tag, UErrorCode& status)
        : format{from_utf8(pattern), icu::Locale{std::string{language_tag}.c_str()}, status} {}
    icu::MessageFormat format;
};

Message::Message(std::string_view key, std::string_view pattern, std::string_view language_tag) {
    UErrorCode status = U_ZERO_ERROR;
    compiled_ = std::make_unique<Compiled>(pattern, language_tag, status);
    const std::string where = std::string{key} + " (" + std::string{language_tag} + ")";
    check(U_SUCCESS(status) != 0, ("not a message that ICU can read: " + where).c_str());
    const std::unique_ptr<icu::StringEnumeration> names{compiled_->format.getFormatNames(status)};
    check(U_SUCCESS(status) != 0, ("a message whose arguments have no names: " + where).c_str());
    while (const icu::UnicodeString* const name = names->snext(status)) {
        names_.insert(to_utf8(*name));
    }
}

Message::~Message() = default;

std::string Message::say(std::initializer_list<Argument> arguments) const {
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const Argument& argument : arguments) {
        check(names_.contains(std::string{argument.name}),
              "a message was given what it does not say");
        names.push_back(from_utf8(argument.name));
        values.emplace_back(argument.is_number ? icu::Formattable{argument.value}
                                               : icu::Formattable{from_utf8(argument.text)});
    }
    check(names.size() == names_.size(), "a message was given each of its arguments once");
    icu::UnicodeString out;
    UErrorCode status = U_ZERO_ERROR;
    {
        const std::lock_guard alone{formatting_};
        compiled_->format.format(names.data(), values.data(),
                                 static_cast<std::int32_t>(names.size()), out, status);
    }
    check(U_SUCCESS(status) != 0, "a compiled message can be said");
    return to_utf8(out);
}

} // namespace platform::page
