#include "platform/http/form/body.hpp"

#include "base/ascii.hpp"
#include "platform/http/syntax/target.hpp"

#include <algorithm>

namespace platform::http {
namespace {

/// "text/html" of "Text/HTML; charset=utf-8".
std::string media_type(std::string_view content_type) {
    return lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
}

/// Forms are read as UTF-8, which every page of ours declares.
bool is_other_charset(std::string_view content_type) {
    const std::string lower = lower_ascii(content_type);
    const std::size_t at = lower.find("charset=");
    if (at == std::string::npos) return false;
    const std::string_view charset = std::string_view{lower}.substr(at + 8);
    return !charset.starts_with("utf-8") && !charset.starts_with("\"utf-8\"");
}

} // namespace

std::uint64_t body_bytes_max(const RouteLimits& limits) {
    if (limits.uploads_max == 0) return limits.body_bytes_max;
    return limits.body_bytes_max + limits.uploads_max * limits.upload_bytes_max +
           kMultipartSlackBytes;
}

Result<std::unique_ptr<BodyReader>, int> BodyReader::open(Request& request, const Route& route,
                                                          const Framing& framing) {
    auto reader = std::unique_ptr<BodyReader>{new BodyReader{request, route}};
    if (!framing.has_body()) return reader;
    const auto content_type = request.header("content-type");
    if (!content_type) return refuse(415);
    const std::string media = media_type(*content_type);
    if (media == "application/x-www-form-urlencoded") reader->kind_ = Kind::UrlEncoded;
    if (media == "multipart/form-data") reader->kind_ = Kind::Multipart;
    const bool wants_form = route.limits.uploads_max > 0;
    if (wants_form && !reader->is_form()) return refuse(415);
    if (reader->is_form() && is_other_charset(*content_type)) return refuse(415);
    const bool multipart = reader->kind_ == Kind::Multipart;
    const std::uint64_t most =
        multipart ? body_bytes_max(route.limits) : route.limits.body_bytes_max;
    if (framing.length && *framing.length > most) return refuse(413);
    if (multipart) {
        const auto boundary = read_boundary(*content_type);
        if (!boundary) return refuse(400);
        reader->multipart_.emplace(*boundary);
    }
    return reader;
}

int BodyReader::add(std::string_view bytes) {
    bytes_ += bytes.size();
    if (kind_ == Kind::Multipart) {
        if (bytes_ > body_bytes_max(route_.limits)) return 413;
        return multipart_->add(bytes, *this) ? 0 : status_;
    }
    if (bytes_ > route_.limits.body_bytes_max) return 413;
    text_ += bytes;
    return 0;
}

int BodyReader::finish() {
    switch (kind_) {
    case Kind::Plain: request_.body = std::move(text_); return 0;
    case Kind::Multipart: return multipart_->whole() ? 0 : 400;
    case Kind::UrlEncoded: break;
    }
    auto fields = decode_form(text_);
    if (!fields) return 400;
    request_.form = std::move(*fields);
    return 0;
}

bool BodyReader::begin_part(PartHead head) {
    in_file_ = head.is_file;
    if (in_file_) {
        open_file(std::move(head));
        return true;
    }
    if (request_.form.size() == kFieldsMax) return false;
    request_.form.push_back({std::move(head.name), {}});
    return true;
}

void BodyReader::open_file(PartHead head) {
    upload_ = {};
    upload_.field = std::move(head.name);
    upload_.file_name = std::move(head.file_name);
    sink_.reset();
}

bool BodyReader::part_bytes(std::string_view bytes) {
    if (in_file_) {
        file_bytes(bytes);
        return true;
    }
    field_bytes_ += bytes.size();
    if (field_bytes_ > route_.limits.body_bytes_max) {
        status_ = 413;
        return false;
    }
    request_.form.back().value += bytes;
    return true;
}

void BodyReader::file_bytes(std::string_view bytes) {
    const bool first = upload_.bytes == 0;
    upload_.bytes += bytes.size();
    if (first) {
        if (drops_files_ || kept_ == route_.limits.uploads_max || !route_.open_upload) {
            request_.too_many_uploads = true;
            return;
        }
        ++kept_;
        sink_ = route_.open_upload();
    }
    if (!sink_) return;
    if (upload_.bytes > route_.limits.upload_bytes_max) {
        upload_.too_large = true;
        sink_.reset();
        return;
    }
    sink_->write(bytes);
}

bool BodyReader::end_part() {
    if (!in_file_) {
        const std::string& value = request_.form.back().value;
        return is_utf8(value) && value.find('\0') == std::string::npos;
    }
    // A file input left empty sends a part without name and bytes; an empty file says nothing.
    if (sink_ || upload_.too_large) read_.emplace_back(std::move(upload_), std::move(sink_));
    sink_.reset();
    upload_ = {};
    return true;
}

void BodyReader::finish_uploads() {
    for (auto& [upload, sink] : read_) {
        if (sink) upload.stored = sink->finish();
        request_.uploads.push_back(std::move(upload));
    }
    read_.clear();
}

} // namespace platform::http
