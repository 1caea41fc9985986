#include "interchange/mail/body.hpp"

#include "interchange/mail/html_text.hpp"
#include "interchange/utf8.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace interchange::mail {

namespace {

// Mail programs nest four or five deep; deeper is made to make us fall.
constexpr int kDepthMax = 24;
constexpr int kPartsMax = 1000; // of one mail, of any kind

std::string decoded(GMimePart* part) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (content == nullptr) return {};
    const Owned<GMimeStream> stream{g_mime_stream_mem_new()};
    g_mime_data_wrapper_write_to_stream(content, stream.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

std::string to_text(const char* text) {
    return text == nullptr ? "" : replace_invalid_utf8(text);
}

std::string_view charset_of(GMimeObject* part) {
    const char* charset = g_mime_object_get_content_type_parameter(part, "charset");
    return charset == nullptr ? std::string_view{} : std::string_view{charset};
}

std::size_t words_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return static_cast<unsigned char>(c) > 0x20; }));
}

/// Carriage returns are the mail's, not the writer's.
void drop_carriage_returns(std::string& text) {
    std::erase(text, '\r');
}

class BodyReader {
public:
    Body read(GMimeObject* object) {
        Body body;
        visit(object, 0, body);
        return body;
    }

private:
    void visit(GMimeObject* object, int depth, Body& body) {
        if (object == nullptr || depth > kDepthMax || ++parts_ > kPartsMax) return;
        if (GMIME_IS_MULTIPART(object)) {
            visit_parts(GMIME_MULTIPART(object), depth, body);
        } else if (GMIME_IS_MESSAGE_PART(object)) {
            GMimeMessage* message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
            if (message != nullptr) body.forwarded.push_back(message);
        } else if (GMIME_IS_PART(object)) {
            visit_leaf(GMIME_PART(object), body);
        }
    }

    void visit_parts(GMimeMultipart* multipart, int depth, Body& body) {
        GMimeContentType* type = g_mime_object_get_content_type(GMIME_OBJECT(multipart));
        const int count = std::min(g_mime_multipart_get_count(multipart), kPartsMax);
        std::vector<Body> children;
        for (int i = 0; i < count; ++i) {
            visit(g_mime_multipart_get_part(multipart, i), depth + 1, children.emplace_back());
        }
        if (g_mime_content_type_is_type(type, "multipart", "alternative") != 0) {
            keep_one_text(children);
        }
        for (Body& child : children) {
            if (!child.text.empty()) {
                if (!body.text.empty()) body.text += '\n';
                body.text += child.text;
                body.from_html = body.from_html || child.from_html;
            }
            std::ranges::copy(child.forwarded, std::back_inserter(body.forwarded));
            std::ranges::move(child.attachments, std::back_inserter(body.attachments));
        }
    }

    /// Of several renderings the plain one is what was written, unless it is a stub ("your program
    /// cannot show this mail") beside a page with the real words.
    static void keep_one_text(std::vector<Body>& alternatives) {
        constexpr std::size_t kStubRatio = 8;
        Body* plain = nullptr;
        Body* page = nullptr;
        for (Body& one : alternatives) {
            if (words_of(one.text) == 0) continue;
            (one.from_html ? page : plain) = &one;
        }
        const bool stub = plain != nullptr && page != nullptr &&
                          words_of(plain->text) * kStubRatio < words_of(page->text);
        const Body* kept = plain == nullptr || stub ? page : plain;
        for (Body& one : alternatives) {
            if (&one != kept) one.text.clear();
        }
    }

    void visit_leaf(GMimePart* part, Body& body) {
        GMimeObject* object = GMIME_OBJECT(part);
        GMimeContentType* type = g_mime_object_get_content_type(object);
        const bool plain = g_mime_content_type_is_type(type, "text", "plain") != 0;
        const bool page = g_mime_content_type_is_type(type, "text", "html") != 0;
        const bool attached = g_mime_part_is_attachment(part) != 0;
        if ((!plain && !page) || attached) {
            body.attachments.push_back(name_of_part(part, type));
            return;
        }
        std::string text = to_utf8(decoded(part), charset_of(object));
        drop_carriage_returns(text);
        body.text = page ? html_to_text(text) : std::move(text);
        body.from_html = page;
    }

    [[nodiscard]] std::string name_of_part(GMimePart* part, GMimeContentType* type) const {
        std::string name = to_text(g_mime_part_get_filename(part));
        if (!name.empty()) return name;
        return fmt::format("part-{}.{}", parts_,
                           to_text(g_mime_content_type_get_media_subtype(type)));
    }

    int parts_ = 0;
};

} // namespace

Body read_body(GMimeMessage* message) {
    return BodyReader{}.read(g_mime_message_get_mime_part(message));
}

} // namespace interchange::mail
