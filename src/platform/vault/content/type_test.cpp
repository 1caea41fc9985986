#include "platform/vault/content/type.hpp"

#include <gmock/gmock.h>

namespace platform::vault {

namespace {

using Bytes = std::string_view;

TEST(FileType, IsFoundByContent) {
    const std::pair<std::string, FileType> cases[] = {
        {"\xFF\xD8\xFF\xE0rest", FileType::Jpeg},
        {"\x89PNG\r\n\x1A\nrest", FileType::Png},
        {std::string{Bytes{"RIFF\4\0\0\0WEBPVP8 ", 16}}, FileType::Webp},
        {std::string{Bytes{"RIFF\4\0\0\0WAVEfmt ", 16}}, FileType::Other},
        {"GIF89a", FileType::Gif},
        {std::string{Bytes{"\0\0\0\x18"
                           "ftypheic\0\0\0\0",
                           16}},
         FileType::Heic},
        {std::string{Bytes{"\0\0\0\x18"
                           "ftypmp42\0\0\0\0",
                           16}},
         FileType::Other},
        {"%PDF-1.7\n", FileType::Pdf},
        {std::string(900, ' ') + "%PDF-1.4", FileType::Pdf},
        {std::string(1500, ' ') + "%PDF-1.4", FileType::Text},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileType::Office},
        {"PK\x03\x04" + std::string(26, '\0') + "[Content_Types].xml", FileType::Office},
        {"PK\x03\x04" + std::string(26, '\0') + "mimetypeapplication/vnd.oasis.opendocument.text",
         FileType::Office},
        {"PK\x03\x04" + std::string(26, '\0') + "virus.exe", FileType::Other},
        {"{\\rtf1 words}", FileType::Office},
        {"From: a@b.example\r\nSubject: x\r\n\r\nwords", FileType::Mail},
        {"Received: from a\n by b\nDate: x\n\nwords", FileType::Mail},
        {"From a@b.example Mon Jan  5\nReturn-Path: <a@b.example>\nTo: c@d.example\n",
         FileType::Mail},
        {"From: a@b.example\nI was robbed", FileType::Text},
        {"Bonjour, on m'a vol\xC3\xA9", FileType::Text},
        {"Bonjour, on m'a vol\xE9", FileType::Text},
        {std::string{Bytes{"\xFF\xFE"
                           "B\0o\0",
                           6}},
         FileType::Text},
        {std::string{Bytes{"words\0more", 10}}, FileType::Other},
        {"MZ\x90", FileType::Text}, // no signature that we know, no byte that no text has
        {"\x7F"
         "ELF\2\1\1",
         FileType::Other},
        {"", FileType::Other},
    };
    for (const auto& [bytes, type] : cases) {
        EXPECT_EQ(type_of(bytes), type) << name_of(type) << ": " << bytes;
    }
}

TEST(FileType, HasANameAndAMediaType) {
    for (std::size_t i = 0; i < std::size(kFileTypeNames); ++i) {
        const auto type = static_cast<FileType>(i);
        EXPECT_EQ(type_named(name_of(type)), type);
        EXPECT_NE(media_type_of(type).find('/'), std::string_view::npos);
    }
    EXPECT_EQ(media_type_of(FileType::Jpeg), "image/jpeg");
    EXPECT_EQ(media_type_of(FileType::Other), "application/octet-stream");
    EXPECT_EQ(type_named("nonsense"), FileType::Other);
}

} // namespace

} // namespace platform::vault
