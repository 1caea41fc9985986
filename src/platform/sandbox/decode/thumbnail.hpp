// A small picture of a picture: JPEG without metadata, upright, at most 320 pixels a side.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace platform::sandbox {

[[nodiscard]] std::optional<std::string> decode_thumbnail(std::string_view input);

} // namespace platform::sandbox
