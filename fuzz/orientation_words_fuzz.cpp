// What people write in their own words: any bytes are listened to, signs and situations are of the
// book, and at most a few are offered.
#include "base/check.hpp"
#include "orientation/rules/rules.hpp"

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const orientation::rules::Book kBook = orientation::rules::read_embedded();
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const orientation::rules::Heard heard = orientation::rules::listen(kBook, text);
    check(heard.situations.size() <= orientation::rules::kOfferedMax, "few are offered");
    check(std::ranges::all_of(heard.signs, [](std::size_t i) { return i < kBook.signs.size(); }),
          "signs of the book");
    check(std::ranges::all_of(heard.situations,
                              [](std::size_t i) { return i < kBook.situations.size(); }),
          "situations of the book");
    return 0;
}
