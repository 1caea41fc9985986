#include "base/check.hpp"
#include "platform/mail/mail.hpp"
#include "platform/mail/smtp/sender.hpp"

#include <algorithm>
#include <gmime/gmime.h>
#include <memory>
#include <mutex>

namespace platform::mail {

namespace {

constexpr std::size_t kSubjectBytesMax = 500;  // ours are a line
constexpr std::size_t kPartBytesMax = 1 << 20; // a mail of ours is some kilobytes

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T> using Owned = std::unique_ptr<T, Unref>;

std::string without_controls(std::string_view text) {
    std::string out{text};
    std::ranges::replace_if(
        out, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }, ' ');
    return out;
}

Owned<GMimeTextPart> text_part(const char* subtype, std::string_view text) {
    std::string plain{text};
    std::erase(plain, '\r'); // line ends are put by the writer
    Owned<GMimeTextPart> part{g_mime_text_part_new_with_subtype(subtype)};
    g_mime_text_part_set_charset(part.get(), "utf-8");
    g_mime_text_part_set_text(part.get(), plain.c_str());
    g_mime_part_set_content_encoding(GMIME_PART(part.get()),
                                     GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return part;
}

void set_body(GMimeMessage* mail, const Message& message) {
    const Owned<GMimeTextPart> text = text_part("plain", message.text);
    if (message.html.empty()) {
        g_mime_message_set_mime_part(mail, GMIME_OBJECT(text.get()));
        return;
    }
    const Owned<GMimeTextPart> html = text_part("html", message.html);
    const Owned<GMimeMultipart> both{g_mime_multipart_new_with_subtype("alternative")};
    g_mime_multipart_add(both.get(), GMIME_OBJECT(text.get())); // from the plainest on
    g_mime_multipart_add(both.get(), GMIME_OBJECT(html.get()));
    g_mime_message_set_mime_part(mail, GMIME_OBJECT(both.get()));
}

void set_sender(GMimeMessage* mail, std::string_view from) {
    const std::string text{from};
    const Owned<InternetAddressList> senders{internet_address_list_parse(nullptr, text.c_str())};
    check(senders && internet_address_list_length(senders.get()) == 1, "mail has one sender");
    internet_address_list_append(g_mime_message_get_from(mail), senders.get());
}

void set_header(GMimeMessage* mail, const char* name, const std::string& value) {
    g_mime_object_set_header(GMIME_OBJECT(mail), name, value.c_str(), nullptr);
}

std::string written(GMimeMessage* mail) {
    struct FreeOptions {
        void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
    };
    const std::unique_ptr<GMimeFormatOptions, FreeOptions> options{g_mime_format_options_new()};
    g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
    const Owned<GMimeStream> stream{g_mime_stream_mem_new()};
    g_mime_object_write_to_stream(GMIME_OBJECT(mail), options.get(), stream.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

} // namespace

void start_gmime() {
    static std::once_flag started;
    std::call_once(started, [] { g_mime_init(); });
}

std::string sender_address(std::string_view from) {
    const std::size_t open = from.find('<');
    if (open == std::string_view::npos) return std::string{from};
    return std::string{from.substr(open + 1, from.size() - open - 2)};
}

std::string compose(const Message& message, std::string_view from, std::string_view message_id) {
    start_gmime();
    const std::optional<std::string> to = wire_address(message.to);
    check(to.has_value() && is_sender(from), "mail goes from a sender to an address");
    check(message.subject.size() <= kSubjectBytesMax && message.text.size() <= kPartBytesMax &&
              message.html.size() <= kPartBytesMax,
          "a mail of ours is short");
    const Owned<GMimeMessage> mail{g_mime_message_new(TRUE)};
    set_sender(mail.get(), from);
    g_mime_message_add_mailbox(mail.get(), GMIME_ADDRESS_TYPE_TO, nullptr, to->c_str());
    g_mime_message_set_subject(mail.get(), without_controls(message.subject).c_str(), "utf-8");
    GDateTime* now = g_date_time_new_now_utc();
    g_mime_message_set_date(mail.get(), now);
    g_date_time_unref(now);
    g_mime_message_set_message_id(mail.get(), without_controls(message_id).c_str());
    set_header(mail.get(), "Auto-Submitted", "auto-generated");
    if (!message.language.empty()) {
        set_header(mail.get(), "Content-Language", without_controls(message.language));
    }
    set_body(mail.get(), message);
    return written(mail.get());
}

} // namespace platform::mail
