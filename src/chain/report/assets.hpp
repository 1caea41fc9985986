// The files of report/ that are part of the program (cmake/EmbedFiles.cmake).
#pragma once

#include <string_view>

namespace chain {

extern const std::string_view kReportTemplate; // report.html
extern const std::string_view kCardTemplate;   // card.html
extern const std::string_view kReportStyle;    // report.css
extern const std::string_view kReportScript;   // report.js

} // namespace chain
