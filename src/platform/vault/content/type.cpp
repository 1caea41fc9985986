#include "platform/vault/content/type.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>

namespace platform::vault {

namespace {

using Bytes = std::string_view;

bool stands_at(Bytes head, std::size_t at, Bytes signature) {
    return head.size() >= at && head.substr(at).starts_with(signature);
}

/// ISO/IEC 14496-12, 4.3: the brands that name HEIF pictures of HEVC (ISO/IEC 23008-12, annex B).
bool is_heic(Bytes head) {
    constexpr std::array<Bytes, 8> kBrands{"heic", "heix", "hevc", "hevx",
                                           "heim", "heis", "mif1", "msf1"};
    return stands_at(head, 4, "ftyp") && head.size() >= 12 &&
           std::ranges::find(kBrands, head.substr(8, 4)) != kBrands.end();
}

/// A compound file of the older programs, or a ZIP whose first entries are those of ECMA-376 or
/// OpenDocument.
bool is_office(Bytes head) {
    if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return true;
    if (!head.starts_with("PK\x03\x04")) return false;
    constexpr std::array<Bytes, 7> kEntries{"[Content_Types].xml",
                                            "_rels/",
                                            "docProps/",
                                            "word/",
                                            "xl/",
                                            "ppt/",
                                            "mimetypeapplication/vnd.oasis.opendocument."};
    constexpr std::size_t kNameAt = 30; // APPNOTE.TXT, 4.3.7: the name of the first entry
    return std::ranges::any_of(kEntries,
                               [&](Bytes name) { return stands_at(head, kNameAt, name); });
}

bool is_rich_text(Bytes head) {
    return head.starts_with("{\\rtf");
}

/// Two fields of RFC 5322 or more before anything that is none.
bool is_mail(Bytes head) {
    constexpr std::array<Bytes, 14> kFields{"from",         "to",
                                            "subject",      "date",
                                            "received",     "return-path",
                                            "delivered-to", "message-id",
                                            "mime-version", "content-type",
                                            "reply-to",     "dkim-signature",
                                            "x-received",   "authentication-results"};
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    int known = 0;
    for (bool first = true; !head.empty() && known < 2; first = false) {
        const std::size_t end = std::min(head.find('\n'), head.size());
        const Bytes line = head.substr(0, end);
        head.remove_prefix(std::min(end + 1, head.size()));
        const bool goes_on = line.starts_with(' ') || line.starts_with('\t');
        if (goes_on || (first && line.starts_with("From "))) continue; // the separator of an mbox
        const std::size_t colon = line.find(':');
        if (colon == Bytes::npos || line.substr(0, colon).find(' ') != Bytes::npos) break;
        const std::string name = lower_ascii(line.substr(0, colon));
        if (std::ranges::find(kFields, name) != kFields.end()) ++known;
    }
    return known >= 2;
}

/// No byte that no text has; UTF-16 tells itself by its mark.
bool is_text(Bytes head) {
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return true;
    return !head.empty() && std::ranges::all_of(head, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 ? byte != 0x7F : byte >= 0x09 && byte <= 0x0D;
    });
}

} // namespace

FileType type_of(std::string_view head) {
    constexpr std::size_t kPdfWithin = 1024; // ISO 32000-1, annex H.3.4.1
    head = head.substr(0, kHeadBytes);
    if (head.starts_with("\xFF\xD8\xFF")) return FileType::Jpeg;
    if (head.starts_with("\x89PNG\r\n\x1A\n")) return FileType::Png;
    if (head.starts_with("RIFF") && stands_at(head, 8, "WEBP")) return FileType::Webp;
    if (head.starts_with("GIF87a") || head.starts_with("GIF89a")) return FileType::Gif;
    if (is_heic(head)) return FileType::Heic;
    if (is_office(head) || is_rich_text(head)) return FileType::Office;
    if (head.substr(0, kPdfWithin).find("%PDF-") != Bytes::npos) return FileType::Pdf;
    if (is_mail(head)) return FileType::Mail;
    return is_text(head) ? FileType::Text : FileType::Other;
}

std::string_view name_of(FileType type) {
    return std::data(kFileTypeNames)[static_cast<std::size_t>(type)];
}

FileType type_named(std::string_view name) {
    const auto* found = std::ranges::find(kFileTypeNames, name);
    return found == std::end(kFileTypeNames)
               ? FileType::Other
               : static_cast<FileType>(found - std::begin(kFileTypeNames));
}

std::string_view media_type_of(FileType type) {
    switch (type) {
    case FileType::Jpeg: return "image/jpeg";
    case FileType::Png: return "image/png";
    case FileType::Webp: return "image/webp";
    case FileType::Gif: return "image/gif";
    case FileType::Heic: return "image/heic";
    case FileType::Pdf: return "application/pdf";
    case FileType::Mail: return "message/rfc822";
    case FileType::Text: return "text/plain";
    case FileType::Office:
    case FileType::Other: break;
    }
    return "application/octet-stream";
}

} // namespace platform::vault
