#include "interchange/mail/mail.hpp"

#include "interchange/mail/body.hpp"
#include "interchange/mail/headers.hpp"
#include "interchange/mail/open.hpp"
#include "interchange/record/limits.hpp"
#include "interchange/utf8.hpp"

#include <fmt/format.h>

namespace interchange::mail {

namespace {

using engine::record::Role;
using engine::record::Speaker;
using engine::record::Statement;

constexpr int kForwardDepthMax = 4; // a mail forwarded by one who was forwarded it, and so on
constexpr std::size_t kForwardedMax = 100; // mails in one mail

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
