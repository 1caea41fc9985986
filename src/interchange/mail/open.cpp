#include "interchange/mail/open.hpp"

#include <algorithm>
#include <array>

namespace interchange::mail {

Options loose_options() {
    Options options{g_mime_parser_options_new()};
    g_mime_parser_options_set_address_compliance_mode(options.get(), GMIME_RFC_COMPLIANCE_LOOSE);
    std::array<const char*, 3> charsets{"utf-8", "windows-1252", nullptr};
    g_mime_parser_options_set_fallback_charsets(options.get(), charsets.data());
    return options;
}

std::string_view without_preamble(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    bytes.remove_prefix(std::min(bytes.find_first_not_of("\r\n"), bytes.size()));
    if (bytes.starts_with("From ") || bytes.starts_with(">From ")) {
        const std::size_t newline = bytes.find('\n');
        bytes.remove_prefix(newline == std::string_view::npos ? bytes.size() : newline + 1);
    }
    return bytes;
}

Owned<GMimeMessage> read_message(std::string_view bytes, GMimeParserOptions* options) {
    const Owned<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size())};
    const Owned<GMimeParser> parser{g_mime_parser_new_with_stream(stream.get())};
    g_mime_parser_set_persist_stream(parser.get(), TRUE);
    return Owned<GMimeMessage>{g_mime_parser_construct_message(parser.get(), options)};
}

bool has_mail_headers(GMimeMessage* message) {
    return std::ranges::any_of(std::array{"From", "To", "Subject", "Date", "Received",
                                          "Return-Path", "Message-ID", "Content-Type"},
                               [&](const char* name) {
                                   return g_mime_object_get_header(GMIME_OBJECT(message), name) !=
                                          nullptr;
                               });
}

} // namespace interchange::mail
