#include "platform/config/config.hpp"

#include <cstdlib>
#include <unistd.h>

namespace platform::config {

Environment process_environment(std::vector<std::string> others) {
    Environment out;
    out.value = [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        if (value == nullptr) return std::nullopt;
        return value;
    };
    for (char** entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view line{*entry};
        out.names.emplace_back(line.substr(0, line.find('=')));
    }
    out.others = std::move(others);
    return out;
}

} // namespace platform::config
