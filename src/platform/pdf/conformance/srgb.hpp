// The colour profile of the output intent, embedded at build (package icc-profiles-free).
#pragma once

#include <string_view>

namespace platform::pdf::conformance {

extern const std::string_view kSrgbProfile;
extern const std::string_view kMetadata; // metadata.xmp, with {title} and {language}

} // namespace platform::pdf::conformance
