// A settings file: every byte sequence is settings or faults with a place.
#include "platform/config/config.hpp"
#include "platform/config/read/document.hpp"

#include <array>
#include <cstdlib>

namespace {

std::string starts_with_a(std::string_view value) {
    return value.starts_with('a') ? "" : "a text that starts with a is expected";
}

using platform::config::Key;
using platform::config::Kind;

constexpr Key key(std::string_view name, Kind kind) {
    return {.name = name, .kind = kind, .default_value = {}, .explanation = {}};
}

constexpr std::array kKeys{
    Key{.name = "text",
        .kind = Kind::Text,
        .default_value = "\"a\"",
        .explanation = {},
        .wrong = starts_with_a},
    Key{.name = "number", .kind = Kind::Integer, .default_value = {}, .explanation = {}, .most = 9},
    key("group.bytes", Kind::Bytes),
    key("group.seconds", Kind::Seconds),
    key("group.on", Kind::Boolean),
    key("group.inner.list", Kind::List),
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
