// For the tests of this module: a folder that goes away, and everything that reading files gives.
#pragma once

#include "interchange/reader.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace interchange::testing_support {

class TestFolder {
public:
    TestFolder() {
        std::string pattern = ::testing::TempDir() + "interchange-XXXXXX";
        const char* made = mkdtemp(pattern.data());
        EXPECT_NE(made, nullptr);
        path_ = pattern;
    }
    ~TestFolder() {
        std::error_code error;
        std::filesystem::remove_all(path_, error);
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    std::filesystem::path write(const std::string& name, std::string_view bytes) const {
        const std::filesystem::path place = path_ / name;
        std::filesystem::create_directories(place.parent_path());
        std::ofstream{place, std::ios::binary} << bytes;
        return place;
    }

private:
    std::filesystem::path path_;
};

/// All records of some files, in order.
struct Everything {
    std::vector<engine::record::Statement> statements;
    std::vector<Source> sources; // of the statements
    std::vector<Reject> rejects;
    std::uint64_t pieces = 0;
    std::uint64_t bytes_read = 0;
};

inline Everything read_all(const InputFiles& files, const ReadPolicy& policy,
                           std::size_t count_max = 64, std::size_t bytes_max = 1 << 20) {
    Everything all;
    all.rejects = files.unreadable();
    PieceReader reader{files, policy};
    PieceParser parser{files, policy};
    std::vector<Piece> pieces;
    while (reader.next(pieces, count_max, bytes_max, all.rejects)) {
        for (const Piece& piece : pieces) {
            ++all.pieces;
            const Result<const engine::record::Statement*, Reject> parsed = parser.parse(piece);
            if (parsed) {
                all.statements.push_back(**parsed);
                all.sources.push_back(piece.source);
            } else {
                all.rejects.push_back(parsed.error());
            }
        }
    }
    all.bytes_read = reader.bytes_read();
    return all;
}

inline Everything read_all(const std::vector<std::filesystem::path>& arguments,
                           const ReadPolicy& policy = {}) {
    return read_all(InputFiles::from(arguments), policy);
}

inline std::vector<std::string> ids_of(const Everything& all) {
    std::vector<std::string> ids;
    for (const engine::record::Statement& one : all.statements) ids.push_back(one.id);
    return ids;
}

/// "reason@line", sorted as met.
inline std::vector<std::string> reasons_of(const Everything& all) {
    std::vector<std::string> reasons;
    for (const Reject& one : all.rejects) {
        reasons.push_back(one.reason + "@" + std::to_string(one.source.line));
    }
    return reasons;
}

} // namespace interchange::testing_support
