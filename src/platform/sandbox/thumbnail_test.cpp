#include "platform/sandbox/decode/picture.hpp"
#include "platform/sandbox/decode/thumbnail.hpp"
#include "platform/sandbox/test_files.hpp"

#include <gmock/gmock.h>

namespace platform::sandbox {

namespace {

using namespace testing_support; // NOLINT(google-build-using-namespace): the files of this module

Seen thumbnail_of(const std::string& file) {
    const std::optional<std::string> jpeg = decode_thumbnail(file);
    EXPECT_TRUE(jpeg);
    return jpeg ? see(*jpeg) : Seen{};
}

std::string plain_png(int width, int height, int bits, int channels, std::uint8_t opacity = 255) {
    const std::vector<std::uint8_t> pixels = red_and_blue(width, height, channels, opacity);
    return png_of(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), bits,
                  channels == 4 ? 6 : 2,
                  deflated(png_rows(pixels, static_cast<std::size_t>(width * channels), bits / 8)));
}

TEST(Thumbnail, EveryFormatIsSeenAsItIs) {
    // No ink but magenta and yellow (red) or cyan and magenta (blue).
    std::vector<std::uint8_t> inks;
    for (int i = 0; i < 800 * 400; ++i) {
        const bool left = i % 800 < 400;
        for (const int ink : {left ? 255 : 0, 0, left ? 0 : 255, 255}) {
            inks.push_back(static_cast<std::uint8_t>(ink));
        }
    }
    const std::vector<std::uint8_t> rgb = red_and_blue(800, 400);
    const std::string webp = webp_of(red_and_blue(800, 400, 4), 800, 400);
    const std::string second = webp_of(std::vector<std::uint8_t>(800 * 400 * 4, 255), 800, 400);
    const std::pair<const char*, std::string> files[] = {
        {"JPEG", jpeg_of(rgb, 800, 400)},
        {"progressive JPEG", jpeg_of(rgb, 800, 400, false, true)},
        {"JPEG of four inks", jpeg_of(inks, 800, 400, true)},
        {"PNG", plain_png(800, 400, 8, 3)},
        {"PNG of 16 bits", plain_png(800, 400, 16, 3)},
        {"WebP", webp},
        {"animated WebP", animated_webp({webp, second}, 800, 400)},
    };
    for (const auto& [name, file] : files) {
        const Seen seen = thumbnail_of(file);
        EXPECT_EQ(seen.width, 320) << name;
        ASSERT_EQ(seen.height, 160) << name;
        EXPECT_EQ(seen.colour_at(40, 80), "red") << name;
        EXPECT_EQ(seen.colour_at(280, 80), "blue") << name;
    }
}

TEST(Thumbnail, SmallPicturesAreNotEnlarged) {
    const Seen seen = thumbnail_of(plain_png(40, 20, 8, 3));
    EXPECT_EQ(seen.width, 40);
    EXPECT_EQ(seen.height, 20);
}

TEST(Thumbnail, ThinPicturesKeepAPixel) {
    const Seen seen = thumbnail_of(plain_png(4000, 2, 8, 3));
    EXPECT_EQ(seen.width, 320);
    EXPECT_EQ(seen.height, 1);
}

TEST(Thumbnail, WhatIsTransparentIsWhite) {
    EXPECT_EQ(thumbnail_of(plain_png(64, 64, 8, 4, 0)).colour_at(10, 32), "white");
    const std::string webp = webp_of(red_and_blue(64, 64, 4, 0), 64, 64);
    EXPECT_EQ(thumbnail_of(webp).colour_at(10, 32), "white");
}

TEST(Thumbnail, OrientationIsApplied) {
    // Red is the left half: where it is to be seen for each value of the tag (CIPA DC-008, 4.6.4).
    const std::string file = jpeg_of(red_and_blue(640, 320), 640, 320);
    struct Case {
        std::uint32_t orientation;
        int width;
        int red_x;
        int red_y;
    };
    for (const Case& one : {Case{1, 320, 20, 80}, Case{2, 320, 300, 80}, Case{3, 320, 300, 80},
                            Case{4, 320, 20, 80}, Case{5, 160, 80, 20}, Case{6, 160, 80, 20},
                            Case{7, 160, 80, 300}, Case{8, 160, 80, 300}, Case{9, 320, 20, 80}}) {
        const Seen seen = thumbnail_of(with_exif(file, exif(one.orientation, "x")));
        ASSERT_EQ(seen.width, one.width) << one.orientation;
        EXPECT_EQ(seen.colour_at(one.red_x, one.red_y), "red") << one.orientation;
        EXPECT_EQ(seen.colour_at(seen.width - one.red_x - 1, seen.height - one.red_y - 1), "blue")
            << one.orientation;
    }
}

TEST(Thumbnail, CornersGoWhereTheTagSays) {
    // 2x2: one white corner at the top left tells mirror images from turned ones.
    Picture picture{2, 2};
    *picture.at(0, 0) = 255;
    const std::pair<int, int> corners[] = {{0, 0}, {1, 0}, {1, 1}, {0, 1},
                                           {0, 0}, {1, 0}, {1, 1}, {0, 1}};
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const auto [x, y] = corners[orientation - 1];
        EXPECT_EQ(*turn(picture, orientation).at(x, y), 255) << orientation;
    }
    // And the neighbour on its right: below it when the picture lies on its side.
    Picture row{2, 1};
    *row.at(1, 0) = 255;
    EXPECT_EQ(*turn(row, 6).at(0, 1), 255);
    EXPECT_EQ(*turn(row, 8).at(0, 0), 255);
}

TEST(Thumbnail, PngAndWebpTellTheirOrientationToo) {
    const std::string tiff = exif(6, "x");
    const std::string png =
        png_of(640, 320, 8, 2, deflated(png_rows(red_and_blue(640, 320), 640 * 3)),
               png_chunk("eXIf", tiff));
    EXPECT_EQ(thumbnail_of(png).width, 160);
    const std::string simple = webp_of(red_and_blue(640, 320, 4), 640, 320);
    const std::string webp = riff_chunk(
        "RIFF", "WEBP" +
                    riff_chunk("VP8X", little_endian(EXIF_FLAG | ALPHA_FLAG) +
                                           little_endian(639, 3) + little_endian(319, 3)) +
                    simple.substr(12) + riff_chunk("EXIF", tiff));
    EXPECT_EQ(thumbnail_of(webp).width, 160);
}

TEST(Thumbnail, MetadataStayBehind) {
    const std::string jpeg =
        with_exif(jpeg_of(red_and_blue(640, 320), 640, 320), exif(1, "48.8566N 2.3522E"));
    ASSERT_NE(jpeg.find("48.8566N"), std::string::npos);
    const std::optional<std::string> out = decode_thumbnail(jpeg);
    ASSERT_TRUE(out);
    EXPECT_EQ(out->find("48.8566N"), std::string::npos);
    EXPECT_EQ(out->find("Exif"), std::string::npos);
    EXPECT_EQ(out->find("\xFF\xE1"), std::string::npos);
}

TEST(Thumbnail, SizeIsCheckedBeforeDecoding) {
    EXPECT_TRUE(is_size_allowed(10'000, 6'000));
    EXPECT_FALSE(is_size_allowed(10'000, 6'001));
    EXPECT_FALSE(is_size_allowed(0, 5));
    EXPECT_FALSE(is_size_allowed(std::int64_t{1} << 32, std::int64_t{1} << 32));
    std::string jpeg = jpeg_of(red_and_blue(64, 64), 64, 64);
    const std::size_t frame = jpeg.find("\xFF\xC0");
    ASSERT_NE(frame, std::string::npos);
    jpeg.replace(frame + 5, 4, "\xFF\xFF\xFF\xFF"); // 65535 x 65535
    EXPECT_EQ(decode_thumbnail(jpeg), std::nullopt);
}

TEST(Thumbnail, OtherBytesAreNoPicture) {
    for (const std::string& bytes :
         {std::string{}, std::string{"GIF89a"}, std::string{"\xFF\xD8\xFF"},
          std::string{"\x89PNG\r\n\x1A\n"}, std::string{"RIFF\4\0\0\0WEBP", 12},
          std::string(1000, '\xFF')}) {
        EXPECT_EQ(decode_thumbnail(bytes), std::nullopt);
    }
}

TEST(Thumbnail, HostileExifIsUpright) {
    const std::string good = exif(6, "x");
    EXPECT_EQ(exif_orientation(good), 6);
    for (std::size_t length = 0; length < 30; ++length) {
        const int found = exif_orientation(std::string_view{good}.substr(0, length));
        EXPECT_TRUE(found == 1 || found == 6) << length;
    }
    std::string far = good;
    far.replace(4, 4, "\xFF\xFF\xFF\xFF");
    EXPECT_EQ(exif_orientation(far), 1);
    std::string many = good;
    many.replace(8, 2, "\xFF\xFF");
    EXPECT_EQ(exif_orientation(many), 6);
}

} // namespace

} // namespace platform::sandbox
