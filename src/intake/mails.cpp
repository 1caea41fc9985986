#include "intake/mails.hpp"

namespace intake {

using platform::db::Transaction;
using platform::page::Filling;
using platform::page::Language;

namespace {

/// A complaint is followed by who signs in; its reference says what it is.
bool is_complaint(std::string_view reference) {
    return reference.starts_with("P-");
}

std::string_view space_of(std::string_view reference) {
    return is_complaint(reference) ? "path.my_complaints" : "path.followup";
}

Language language_of(std::string_view tag) {
    return tag == platform::page::tag_of(Language::English) ? Language::English : Language::French;
}

} // namespace

void Mails::put(Transaction& transaction, std::string_view template_name, std::string_view subject,
                const Reached& reached, const Filling& filling) const {
    const Language language = language_of(reached.language);
    const std::string name{template_name};
    outbox_.put(transaction, {.to = reached.email,
                              .subject = pages_.say(language, subject),
                              .text = pages_.render_alone(name + ".txt", language, filling),
                              .html = pages_.render_alone(name + ".html", language, filling),
                              .language = std::string{platform::page::tag_of(language)}});
}

void Mails::acknowledge(Transaction& transaction, const NewReport& report,
                        const std::string& reference, const std::string& code) const {
    if (report.contact.email.empty()) return;
    const Language language = language_of(report.language);
    Filling filling;
    filling.set("REFERENCE", reference);
    filling.set("FOLLOW_URL", public_url_ + pages_.say(language, space_of(reference)));
    const bool complaint = is_complaint(reference);
    if (!complaint) filling.set("CODE", code_in_groups(code)); // who signs in needs none
    put(transaction, complaint ? "mail_complaint" : "mail_received",
        complaint ? "mail.complaint.subject" : "mail.received.subject",
        {.email = report.contact.email, .language = report.language, .reference = reference},
        filling);
}

void Mails::tell(Transaction& transaction, const Reached& reached, std::string_view what) const {
    const Language language = language_of(reached.language);
    const bool message = what == "message";
    Filling filling;
    filling.set("REFERENCE", reached.reference);
    filling.set("FOLLOW_URL", public_url_ + pages_.say(language, space_of(reached.reference)));
    if (!message) {
        filling.set(
            "STATUS_LABEL",
            pages_.say(language, (is_complaint(reached.reference) ? "plainte.status." : "status.") +
                                     std::string{what} + ".label"));
    }
    put(transaction, message ? "mail_message" : "mail_status",
        message ? "mail.message.subject" : "mail.status.subject", reached, filling);
}

} // namespace intake
