// Input made to break the reader: it must end, in bounded memory, with every record accounted for.
#include "interchange/test_folder.hpp"

#include <gmock/gmock.h>

#include <random>
#include <sys/resource.h>

namespace interchange {
namespace {

using testing_support::Everything;
using testing_support::read_all;
using testing_support::reasons_of;
using testing_support::TestFolder;

long peak_kilobytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

TEST(Hostile, ALongLineIsReadAndALongerOnePassedOver) {
    const TestFolder folder;
    const std::string large =
        "{\"id\":\"large\",\"narrative\":\"" + std::string(10 << 20, 'x') + "\"}\n";
    const Everything all = read_all({folder.write("x.jsonl", large + "{\"id\":\"b\"}\n")});
    EXPECT_THAT(testing_support::ids_of(all), testing::ElementsAre("large", "b"));

    const std::filesystem::path place = folder.write("y.jsonl", "");
    {
        std::ofstream file{place, std::ios::binary};
        const std::string piece(1 << 20, 'y');
        for (int i = 0; i < 200; ++i) file << piece;
        file << "\n{\"id\":\"b\"}\n";
    }
    const long before = peak_kilobytes();
    const Everything passed = read_all({place});
    EXPECT_THAT(reasons_of(passed), testing::ElementsAre("record_too_large@1"));
    EXPECT_THAT(testing_support::ids_of(passed), testing::ElementsAre("b"));
    EXPECT_LT(peak_kilobytes() - before, 100'000) << "200 MB of one line must not be kept";
}

TEST(Hostile, DeepJsonIsRefused) {
    const TestFolder folder;
    std::string bytes;
    const auto nest = [&](const char* open, const char* close, int closed) {
        for (int i = 0; i < 1'000'000; ++i) bytes += open;
        bytes += "1";
        for (int i = 0; i < closed; ++i) bytes += close;
        bytes += '\n';
    };
    nest("[", "]", 1'000'000);
    nest("{\"a\":", "}", 1'000'000);
    nest("{\"id\":[", "]}", 1'000'000);
    nest("{\"id\":[", "]}", 0);
    const Everything all = read_all({folder.write("x.jsonl", bytes)});
    EXPECT_THAT(reasons_of(all),
                testing::ElementsAre("too_deep@1", "too_deep@2", "too_deep@3", "invalid_json@4"));
}

TEST(Hostile, AMillionTinyLines) {
    const TestFolder folder;
    std::string bytes;
    for (int i = 0; i < 1'000'000; ++i) bytes += "{}\n";
    const InputFiles files = InputFiles::from({folder.write("x.jsonl", bytes)});
    PieceReader reader{files, {}};
    PieceParser parser{files, {}};
    std::vector<Piece> pieces;
    std::vector<Reject> rejects;
    std::size_t refused = 0;
    while (reader.next(pieces, 1024, 1 << 20, rejects)) {
        for (const Piece& piece : pieces) refused += parser.parse(piece) ? 0 : 1;
    }
    EXPECT_EQ(refused, 1'000'000U);
    EXPECT_TRUE(rejects.empty());
}

/// Any damage to good lines gives as many records as there are lines that are not blank.
TEST(Hostile, EveryDamagedLineIsAccountedFor) {
    const TestFolder folder;
    std::mt19937 random{42};
    const std::string good = R"({"id":"a","kind":"call","messages":[{"text":"b"}],"lang":"fr"})";
    for (int round = 0; round < 20; ++round) {
        std::string bytes;
        for (int i = 0; i < 200; ++i) bytes += good + "\n";
        for (int i = 0; i < 100; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
        std::size_t records = 0;
        std::size_t begin = 0;
        while (begin < bytes.size()) {
            const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
            const std::string line = bytes.substr(begin, end - begin);
            records += line.find_first_not_of(" \t\r") == std::string::npos ? 0 : 1;
            begin = end + 1;
        }
        const Everything all = read_all({folder.write("x.jsonl", bytes)});
        EXPECT_EQ(all.statements.size() + all.rejects.size(), records);
    }
}

/// Nonsense under every extension: it ends, and each file leaves at least one line somewhere.
TEST(Hostile, NonsenseInEveryFormat) {
    const TestFolder folder;
    std::mt19937 random{7};
    ReadPolicy policy;
    policy.csv_mapping = folder.write("map.toml", "[columns]\nid=\"id\"\n");
    for (const char* extension : {"jsonl", "eml", "mbox", "csv", "txt", "html", "json", "jsonl.gz",
                                  "jsonl.zst", "mbox.gz", "csv.zst"}) {
        for (int round = 0; round < 20; ++round) {
            std::string bytes(1 + random() % 5000, '\0');
            for (char& c : bytes) {
                const char* likely = "\n\n\",;<>{}[]:=-From id";
                c = random() % 3 == 0 ? static_cast<char>(random()) : likely[random() % 21];
            }
            const Everything all =
                read_all({folder.write(std::string{"x."} + extension, bytes)}, policy);
            EXPECT_GT(all.statements.size() + all.rejects.size(), 0U) << extension;
        }
    }
}

} // namespace
} // namespace interchange
