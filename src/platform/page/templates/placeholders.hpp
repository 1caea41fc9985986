// Puts into a template what is known when the program starts: [[section.key]] words of the
// language,
// [[asset:site.css]] the hashed path of an asset, [[part:part_errors.html]] another template's
// text.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace platform::page {

enum class PlaceholderKind { Word, Asset, Part };

using PutIn = std::function<std::string(PlaceholderKind kind, std::string_view name)>;

/// Stops (check) on a placeholder that does not close or has a name that cannot be;
/// `template_name` is for that complaint.
[[nodiscard]] std::string put_in(std::string_view template_name, std::string_view text,
                                 const PutIn& put);

/// For text and for attributes in double quotes.
[[nodiscard]] std::string escape_html(std::string_view text);

} // namespace platform::page
