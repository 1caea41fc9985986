// A whole file under a name chosen by the first byte: cutting, unpacking and parsing end, every
// piece gives a statement or a reject, and reading again finds the same records.
#include "base/check.hpp"
#include "interchange/reader.hpp"

#include <array>
#include <cstdlib>
#include <fstream>

namespace {

constexpr std::array<const char*, 8> kNames{"x.jsonl", "x.jsonl.gz", "x.jsonl.zst", "x.mbox",
                                            "x.csv",   "x.txt",      "x.html",      "noname"};

std::filesystem::path folder() {
    static const std::filesystem::path kMade = [] {
        std::string pattern = std::filesystem::temp_directory_path() / "interchange-fuzz-XXXXXX";
        check(mkdtemp(pattern.data()) != nullptr, "a folder for the fuzzer");
        std::ofstream{pattern + "/map.toml"} << "[columns]\nid=\"id\"\n";
        return std::filesystem::path{pattern};
    }();
    return kMade;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0) return 0;
    const std::filesystem::path place = folder() / kNames[bytes[0] % kNames.size()];
    std::ofstream{place, std::ios::binary}.write(reinterpret_cast<const char*>(bytes + 1),
                                                 static_cast<std::streamsize>(size - 1));
    interchange::ReadPolicy policy;
    policy.csv_mapping = folder() / "map.toml";
    policy.record_bytes_max = 2000;
    policy.expansion_max = 10 << 20;
    const interchange::InputFiles files = interchange::InputFiles::from({place});
    interchange::PieceReader reader{files, policy};
    interchange::PieceParser parser{files, policy};
    std::vector<interchange::Piece> pieces;
    std::vector<interchange::Reject> rejects;
    std::vector<interchange::Source> sources;
    std::vector<std::string> ids;
    while (reader.next(pieces, 5, 3000, rejects)) {
        for (const interchange::Piece& piece : pieces) {
            const Result<const engine::record::Statement*, interchange::Reject> parsed =
                parser.parse(piece);
            if (!parsed) continue;
            sources.push_back(piece.source);
            ids.push_back((*parsed)->id);
        }
    }
    std::size_t found = 0;
    interchange::read_again(files, policy, sources,
                            [&](std::size_t i, const engine::record::Statement& statement) {
                                check(statement.id == ids[i], "the same record is read again");
                                ++found;
                            });
    check(found == ids.size(), "every record is found again");
    std::filesystem::remove(place);
    return 0;
}
