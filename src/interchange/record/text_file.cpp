#include "interchange/record/text_file.hpp"

#include "interchange/mail/html_text.hpp"
#include "interchange/record/limits.hpp"
#include "interchange/utf8.hpp"

namespace interchange::record {

namespace {

/// The charset that a byte order mark announces, and the mark's length.
std::pair<std::string_view, std::size_t> byte_order_mark(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return {"utf-8", 3};
    if (bytes.starts_with("\xFF\xFE")) return {"utf-16le", 2};
    if (bytes.starts_with("\xFE\xFF")) return {"utf-16be", 2};
    return {"", 0};
}

Fault fault(RejectReason reason, std::string what, std::string_view id) {
    return {.reason = reason, .field = {}, .what = std::move(what), .record = std::string{id}};
}

} // namespace

std::optional<Fault> parse_text_file(std::string_view bytes, std::string_view id, Format format,
                                     engine::record::Statement& out) {
    clear(out);
    const auto [charset, mark] = byte_order_mark(bytes);
    bytes.remove_prefix(mark);
    const bool wide = charset.starts_with("utf-16");
    if (!wide && bytes.find('\0') != std::string_view::npos) {
        return fault(RejectReason::BinaryContent, "The file has NUL bytes: it is not text.", id);
    }
    std::string text = to_utf8(bytes, charset);
    if (format == Format::Html) text = mail::html_to_text(text);
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
        return fault(RejectReason::EmptyRecord, "The file has no text.", id);
    }
    out.id = id;
    out.kind = engine::record::Kind::Report;
    engine::record::Message& message = out.messages.emplace_back();
    message.from = engine::record::Speaker::Suspect;
    message.text = std::move(text);
    return check_id(out.id);
}

} // namespace interchange::record
