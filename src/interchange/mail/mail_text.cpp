#include "interchange/mail_text.hpp"

#include "interchange/mail/body.hpp"
#include "interchange/mail/headers.hpp"
#include "interchange/mail/open.hpp"
#include "interchange/utf8.hpp"

#include <algorithm>
#include <array>
#include <iconv.h>

namespace interchange {

namespace {

constexpr std::size_t kTextBytesMax = 1U << 20U;
constexpr int kForwardDepthMax = 4;    // a mail forwarded by one who was forwarded it, and so on
constexpr std::size_t kMailsMax = 100; // in one mail

// Those that mails in Europe come in, and those of the languages that scams are written from. A
// charset beyond them is read as its bytes allow.
constexpr std::array kCharsets{
    "ISO-8859-1",   "ISO-8859-2",   "ISO-8859-5",   "ISO-8859-6",   "ISO-8859-7",   "ISO-8859-9",
    "ISO-8859-15",  "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1253", "WINDOWS-1254",
    "WINDOWS-1256", "KOI8-R",       "UTF-16",       "UTF-7",        "GB18030",      "BIG5",
    "SHIFT_JIS",    "EUC-JP",       "ISO-2022-JP",  "EUC-KR"};

/// One line, whatever the header holds.
std::string on_one_line(std::string text) {
    std::ranges::replace_if(text, [](char c) { return c == '\r' || c == '\n'; }, ' ');
    return text;
}

class TextWriter {
public:
    explicit TextWriter(GMimeParserOptions* options) : options_{options} {}

    void write(GMimeMessage* message, int depth) {
        if (!text_.empty()) text_ += '\n';
        for (const char* name : {"From", "Reply-To", "Return-Path", "Subject", "Date"}) {
            add_header(message, name);
        }
        const mail::Body body = mail::read_body(message);
        text_ += '\n';
        text_ += body.text;
        if (!text_.ends_with('\n')) text_ += '\n';
        if (depth == kForwardDepthMax) return;
        for (GMimeMessage* inner : body.forwarded) {
            if (++mails_ > kMailsMax || text_.size() > kTextBytesMax) break;
            write(inner, depth + 1);
        }
    }

    std::string finish() {
        if (text_.size() > kTextBytesMax) text_.resize(kTextBytesMax);
        // The last character may be cut through: three bytes of its four stand there at most.
        for (int i = 0; i < 3 && !is_valid_utf8(text_); ++i) text_.pop_back();
        return std::move(text_);
    }

private:
    void add_header(GMimeMessage* message, const char* name) {
        const char* raw = g_mime_object_get_header(GMIME_OBJECT(message), name);
        if (raw == nullptr) return;
        char* words = g_mime_utils_header_decode_text(options_, raw);
        text_ += name;
        text_ += ": ";
        text_ += on_one_line(replace_invalid_utf8(words == nullptr ? raw : words));
        text_ += '\n';
        g_free(words);
    }

    GMimeParserOptions* options_;
    std::string text_;
    std::size_t mails_ = 0;
};

} // namespace

void prepare_mail_text() {
    // Their modules stay loaded as long as one converter is open, which is as long as we run.
    for (const char* charset : kCharsets) static_cast<void>(iconv_open("UTF-8", charset));
    static_cast<void>(mail_text("From: a@b.example\nSubject: =?iso-8859-1?q?=e9?=\n"
                                "Date: Thu, 1 Jan 2026 00:00:00 +0000\n"
                                "Content-Type: text/plain; charset=iso-8859-15\n\n\xE9\n"));
}

std::optional<std::string> mail_text(std::string_view bytes) {
    mail::start_gmime();
    bytes = mail::without_preamble(bytes);
    if (bytes.empty()) return std::nullopt;
    const mail::Options options = mail::loose_options();
    const mail::Owned<GMimeMessage> message = mail::read_message(bytes, options.get());
    if (message == nullptr || !mail::has_mail_headers(message.get())) return std::nullopt;
    TextWriter writer{options.get()};
    writer.write(message.get(), 0);
    return writer.finish();
}

} // namespace interchange
