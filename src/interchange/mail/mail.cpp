#include "interchange/mail/mail.hpp"

#include "interchange/mail/body.hpp"
#include "interchange/mail/headers.hpp"
#include "interchange/record/limits.hpp"
#include "interchange/utf8.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace interchange::mail {

namespace {

using engine::record::Role;
using engine::record::Speaker;
using engine::record::Statement;

constexpr int kForwardDepthMax = 4; // a mail forwarded by one who was forwarded it, and so on
constexpr std::size_t kForwardedMax = 100; // mails in one mail

struct FreeOptions {
    void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};
using Options = std::unique_ptr<GMimeParserOptions, FreeOptions>;

Options loose_options() {
    Options options{g_mime_parser_options_new()};
    g_mime_parser_options_set_address_compliance_mode(options.get(), GMIME_RFC_COMPLIANCE_LOOSE);
    std::array<const char*, 3> charsets{"utf-8", "windows-1252", nullptr};
    g_mime_parser_options_set_fallback_charsets(options.get(), charsets.data());
    return options;
}

/// What stands before the first header: a mark, blank lines, the separator of an mbox.
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

std::string with_subject(GMimeMessage* message, const std::string& text) {
    std::string subject = subject_of(message);
    if (!subject.empty() && !text.empty()) subject += '\n';
    return subject + text;
}

class MailReader {
public:
    MailReader(GMimeParserOptions* options, const MailPlace& place, Statement& out)
        : options_{options}, place_{place}, out_{out} {}

    void read(GMimeMessage* message, int depth) {
        const Body body = read_body(message);
        for (const std::string& name : body.attachments) {
            if (out_.attachments.size() == record::kListLengthMax) break;
            out_.attachments.push_back(
                {.path = fmt::format("{}#{}", place_.file, out_.attachments.size() + 1),
                 .name = name});
        }
        const bool forwards = !body.forwarded.empty() && depth < kForwardDepthMax;
        if (!forwards) return add_suspect(message, body);
        // The inner mail is what the suspect sent; the outer one is how the victim passed it on.
        for (GMimeMessage* inner : body.forwarded) {
            if (++forwarded_ > kForwardedMax) break;
            read(inner, depth + 1);
        }
        add_addresses(message, options_, {.sender = Role::Victim, .recipient = Role::ThirdParty},
                      out_);
        const std::string words = with_subject(message, body.text);
        if (!out_.narrative.empty() && !words.empty()) out_.narrative += '\n';
        out_.narrative += words;
    }

private:
    void add_suspect(GMimeMessage* message, const Body& body) {
        add_addresses(message, options_, {}, out_);
        add_origin_address(message, out_);
        std::string text = with_subject(message, body.text);
        if (text.empty()) return;
        engine::record::Message& written = out_.messages.emplace_back();
        written.from = Speaker::Suspect;
        written.at = arrival(message);
        written.text = std::move(text);
    }

    GMimeParserOptions* options_;
    const MailPlace& place_;
    Statement& out_;
    std::size_t forwarded_ = 0;
};

Fault fault(RejectReason reason, std::string what, const MailPlace& place) {
    return {.reason = reason, .field = {}, .what = std::move(what), .record = place.id};
}

} // namespace

std::optional<Fault> parse_mail(std::string_view bytes, const MailPlace& place, Statement& out) {
    start_gmime();
    record::clear(out);
    bytes = without_preamble(bytes);
    if (bytes.empty()) return fault(RejectReason::EmptyRecord, "The mail is empty.", place);
    const Options options = loose_options();
    const Owned<GMimeMessage> message = read_message(bytes, options.get());
    if (message == nullptr || !has_mail_headers(message.get())) {
        return fault(RejectReason::NotAMail, "It does not begin with the headers of a mail.",
                     place);
    }
    out.id = replace_invalid_utf8(place.id);
    out.kind = engine::record::Kind::Report;
    out.received_at = arrival(message.get());
    MailReader{options.get(), place, out}.read(message.get(), 0);
    if (out.messages.empty() && out.narrative.empty() && out.identifiers.empty()) {
        return fault(RejectReason::EmptyRecord, "The mail has no text and no address.", place);
    }
    std::optional<Fault> found = record::check_id(out.id);
    return found ? found : record::check_counts(out);
}

} // namespace interchange::mail
