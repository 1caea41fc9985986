#include "interchange/test_folder.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <zlib.h>
#include <zstd.h>

namespace interchange {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing_support::Everything;
using testing_support::ids_of;
using testing_support::read_all;
using testing_support::reasons_of;
using testing_support::TestFolder;

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string zstd(std::string_view bytes) {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
    return out;
}

/// Lines whose ids differ, so that they do not shrink to nothing.
std::string lines(int from, int to) {
    std::string out;
    for (int i = from; i < to; ++i) out += "{\"id\":\"" + std::to_string(i * 7919) + "\"}\n";
    return out;
}

TEST(Archives, SeveralMembersAreOneFile) {
    const TestFolder folder;
    const std::string half = "{\"id\":\"a\"}\n{\"id\":"; // members end anywhere
    const std::string rest = "\"b\"}\n";
    for (const auto& [name, bytes] : std::vector<std::pair<std::string, std::string>>{
             {"x.jsonl.gz", gzip(half) + gzip("") + gzip(rest)},
             {"x.jsonl.GZ", gzip(half) + gzip(rest) + std::string(100, '\0')},
             {"x.jsonl.zst", zstd(half) + zstd("") + zstd(rest)},
             {"skippable.jsonl.zst",
              std::string{"\x50\x2A\x4D\x18\x03\x00\x00\x00xyz", 11} + zstd(half + rest)},
         }) {
        SCOPED_TRACE(name);
        const Everything all = read_all({folder.write(name, bytes)});
        EXPECT_THAT(ids_of(all), ElementsAre("a", "b"));
        EXPECT_THAT(reasons_of(all), IsEmpty());
        EXPECT_EQ(all.bytes_read, bytes.size());
    }
}

TEST(Archives, WhatComesBeforeTheDamageStays) {
    const TestFolder folder;
    const std::string whole = lines(0, 20'000);
    struct Row {
        std::string name;
        std::string bytes;
        const char* says;
    };
    std::string bad_sum = gzip(whole);
    bad_sum[bad_sum.size() - 6] = static_cast<char>(bad_sum[bad_sum.size() - 6] ^ 1);
    std::string flipped_zstd = zstd(lines(0, 20'000)) + zstd(lines(20'000, 40'000));
    flipped_zstd[flipped_zstd.size() - 200] ^= 0x55;
    for (const Row& row : std::vector<Row>{
             {"cut.jsonl.gz", gzip(whole).substr(0, 30'000), "breaks off"},
             {"sum.jsonl.gz", bad_sum, "is damaged"},
             {"tail.jsonl.gz", gzip(whole) + "something", "is followed by something else"},
             {"second.jsonl.gz", gzip(whole) + gzip(whole).substr(0, 20), "breaks off"},
             {"cut.jsonl.zst", zstd(whole) + zstd(whole).substr(0, 20'000), "breaks off"},
             {"flipped.jsonl.zst", flipped_zstd, "is damaged"},
             {"tail.jsonl.zst", zstd(whole) + "something", "is damaged"},
         }) {
        SCOPED_TRACE(row.name);
        const Everything all = read_all({folder.write(row.name, row.bytes)});
        ASSERT_EQ(all.rejects.size(), 1U) << "the broken record is counted once";
        EXPECT_EQ(all.rejects[0].reason, "damaged_archive");
        EXPECT_THAT(all.rejects[0].detail, HasSubstr(row.says));
        EXPECT_EQ(all.rejects[0].source.line, all.statements.size() + 1);
        EXPECT_GT(all.statements.size(), 1000U);
    }
}

/// gzip knows by its checksum, at the end of a member: until then wrong bytes look like any others.
TEST(Archives, WrongBytesInsideGzipAreRefusedInTheEnd) {
    const TestFolder folder;
    std::string flipped = gzip(lines(0, 20'000));
    flipped[flipped.size() / 2] ^= 0x55;
    const Everything all = read_all({folder.write("flipped.jsonl.gz", flipped)});
    EXPECT_EQ(std::ranges::count(all.rejects, "damaged_archive", &Reject::reason), 1);
    EXPECT_GT(all.statements.size(), 1000U);
}

TEST(Archives, WhatIsNoArchiveIsRefused) {
    const TestFolder folder;
    for (const char* name : {"empty.jsonl.gz", "empty.jsonl.zst"}) {
        const Everything all = read_all({folder.write(name, "")});
        EXPECT_THAT(reasons_of(all), ElementsAre("damaged_archive@1")) << name;
    }
    for (const char* name : {"plain.jsonl.gz", "plain.jsonl.zst"}) {
        const Everything all = read_all({folder.write(name, "{\"id\":\"a\"}\n")});
        EXPECT_THAT(reasons_of(all), ElementsAre("damaged_archive@1")) << name;
        EXPECT_THAT(ids_of(all), IsEmpty());
    }
    const Everything other = read_all({folder.write("x.eml.gz", gzip("From: a@b.example\n\nx"))});
    EXPECT_THAT(reasons_of(other), ElementsAre("unknown_format@0"));
}

TEST(Archives, ReadsAgainByOnePass) {
    const TestFolder folder;
    const InputFiles files = InputFiles::from({folder.write("x.jsonl.gz", gzip(lines(0, 5000))),
                                               folder.write("y.jsonl.zst", zstd(lines(0, 5000)))});
    const Everything all = read_all(files, {});
    const std::vector<Source> wanted{all.sources[9000], all.sources[17], all.sources[4999]};
    std::vector<std::string> ids(3);
    read_again(files, {}, wanted,
               [&](std::size_t i, const engine::record::Statement& s) { ids[i] = s.id; });
    EXPECT_THAT(
        ids, ElementsAre(all.statements[9000].id, all.statements[17].id, all.statements[4999].id));
}

TEST(Archives, BombsAreDefused) {
    const TestFolder folder;
    const std::string zeros(16 << 20, '\0');
    const std::string member = gzip(zeros);
    std::string bomb = gzip("{\"id\":\"a\"}\n");
    for (int i = 0; i < 40; ++i) bomb += member; // 640 MiB in 0.65
    const Everything ratio = read_all({folder.write("x.jsonl.gz", bomb)});
    EXPECT_THAT(ids_of(ratio), ElementsAre("a"));
    EXPECT_THAT(reasons_of(ratio), ElementsAre("expansion_too_large@2"));
    EXPECT_THAT(ratio.rejects[0].detail, HasSubstr("over 500 times"));

    const std::string frame = zstd(zeros);
    std::string bomb_zstd = zstd("{\"id\":\"a\"}\n");
    for (int i = 0; i < 40; ++i) bomb_zstd += frame;
    const Everything ratio_zstd = read_all({folder.write("x.jsonl.zst", bomb_zstd)});
    EXPECT_THAT(ids_of(ratio_zstd), ElementsAre("a"));
    EXPECT_THAT(reasons_of(ratio_zstd), ElementsAre("expansion_too_large@2"));

    ReadPolicy policy;
    policy.expansion_max = 100'000;
    const Everything limit = read_all({folder.write("y.jsonl.gz", gzip(lines(0, 20'000)))}, policy);
    ASSERT_EQ(limit.rejects.size(), 1U);
    EXPECT_EQ(limit.rejects[0].reason, "expansion_too_large");
    EXPECT_THAT(limit.rejects[0].detail, HasSubstr("More than 100000 bytes"));
}

} // namespace
} // namespace interchange
