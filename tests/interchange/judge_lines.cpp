// For schema_test.py: "ok" or the reason of the reject for each line of the standard input.
#include "interchange/reader.hpp"

#include <cstdio>

int main() {
    const interchange::InputFiles files = interchange::InputFiles::from({"-"});
    interchange::PieceReader reader{files, {}};
    interchange::PieceParser parser{files, {}};
    std::vector<interchange::Piece> pieces;
    std::vector<interchange::Reject> rejects;
    while (reader.next(pieces, 64, 1 << 20, rejects)) {
        for (const interchange::Piece& piece : pieces) {
            const Result<const engine::record::Statement*, interchange::Reject> parsed =
                parser.parse(piece);
            std::puts(parsed ? "ok" : parsed.error().reason.c_str());
        }
    }
    return rejects.empty() ? 0 : 1;
}
