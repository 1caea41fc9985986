// Tells what a file is from its name, and from its first bytes where the name does not say.
#pragma once

#include "interchange/reader.hpp"
#include "interchange/reject_reason.hpp"

#include <optional>
#include <string_view>

namespace interchange {

/// Sets the format and packing of `file`. A fault when it cannot be opened or is of no known
/// format. `named`: the user gave this very file, so text of any name is taken as text; in a walked
/// folder a name that says nothing must be backed by the content.
std::optional<Fault> recognise(const std::filesystem::path& path, bool named, InputFile& file);

/// The file begins as a mail does: header lines, among them some that only mails have.
[[nodiscard]] bool looks_like_mail(std::string_view head);

/// The file begins with the separator line of an mbox.
[[nodiscard]] bool looks_like_mbox(std::string_view head);

} // namespace interchange
