// The TOML file as settings: toml++ parses it, each value is read as its key's kind demands.
#pragma once

#include "platform/config/config.hpp"
#include "platform/config/read/values.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace platform::config {

/// What the file sets, and what is wrong with it, in the order of its lines.
struct Document {
    std::vector<Setting> settings;
    std::vector<Fault> faults;
};

/// `name` is the file's, for messages.
[[nodiscard]] Document read_document(std::span<const Key> keys, std::string_view name,
                                     std::string_view bytes);

/// Key::default_value; nothing when it is not TOML.
[[nodiscard]] std::optional<Written> read_default(const Key& key);

/// The names of the keys, for did_you_mean.
[[nodiscard]] std::vector<std::string> names_of(std::span<const Key> keys);

} // namespace platform::config
