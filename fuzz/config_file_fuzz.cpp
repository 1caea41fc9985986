// A settings file: every byte sequence is settings or faults with a place.
#include "platform/config/config.hpp"
#include "platform/config/read/document.hpp"

#include <array>
#include <cstdlib>

namespace {

std::string starts_with_a(std::string_view value) {
    return value.starts_with('a') ? "" : "a text that starts with a is expected";
}

constexpr std::array kKeys{
    platform::config::Key{.name = "text",
                          .kind = platform::config::Kind::Text,
                          .default_value = "\"a\"",
                          .wrong = starts_with_a},
    platform::config::Key{.name = "number", .kind = platform::config::Kind::Integer, .most = 9},
    platform::config::Key{.name = "group.bytes", .kind = platform::config::Kind::Bytes},
    platform::config::Key{.name = "group.seconds", .kind = platform::config::Kind::Seconds},
    platform::config::Key{.name = "group.on", .kind = platform::config::Kind::Boolean},
    platform::config::Key{.name = "group.inner.list", .kind = platform::config::Kind::List},
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    namespace config = platform::config;
    const std::string_view input{reinterpret_cast<const char*>(bytes), size};
    config::Document document = config::read_document(kKeys, "f", input);
    config::Settings settings;
    for (config::Setting& setting : document.settings) settings.put(std::move(setting));
    for (const config::Fault& fault : document.faults) {
        if (!fault.where.starts_with("f:") || fault.what.empty()) std::abort();
    }
    for (const config::Setting& setting : settings.all()) {
        if (setting.kind == config::Kind::Integer && (setting.number < 0 || setting.number > 9)) {
            std::abort();
        }
    }
    static_cast<void>(config::shown(settings));
    return 0;
}
