// What the structure tree cannot be told by cairo 1.16, for the pass after drawing.
#pragma once

#include <string>
#include <vector>

namespace platform::pdf::drawing {

/// In the order of the tags.
struct Structure {
    struct Figure {
        std::string alternative;
        double left, bottom, right, top; // in PDF's coordinates
    };
    std::vector<Figure> figures;
    std::vector<bool> header_of_row; // of each TH: of its row, else of its column
};

} // namespace platform::pdf::drawing
