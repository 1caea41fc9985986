// The body of a request on its way into Request: a form's fields, files to their sinks, or bytes as
// they are; under the limits of the route.
#pragma once

#include "base/result.hpp"
#include "platform/http/form/multipart.hpp"
#include "platform/http/request.hpp"
#include "platform/http/route.hpp"
#include "platform/http/syntax/head.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace platform::http {

/// The boundaries and heads of parts, beside what the route allows for fields and files.
inline constexpr std::uint64_t kMultipartSlackBytes = 64 << 10;

[[nodiscard]] std::uint64_t body_bytes_max(const RouteLimits& limits);

class BodyReader final : private PartReceiver {
public:
    /// Both outlive it. The status that refuses: 400, 413, 415.
    static Result<std::unique_ptr<BodyReader>, int> open(Request& request, const Route& route,
                                                         const Framing& framing);
    /// 0, or the status that refuses; then nothing more is to be added.
    [[nodiscard]] int add(std::string_view bytes);
    /// All has come: 0, and the request is whole but for its uploads; or the status that refuses.
    [[nodiscard]] int finish();
    /// Right before the handler runs: the sinks keep what they were given. Until then, whatever
    /// goes wrong drops them all.
    void finish_uploads();
    /// Files are not kept, as if too many: the request will be answered without its handler.
    void drop_files() { drops_files_ = true; }
    [[nodiscard]] bool is_form() const { return kind_ != Kind::Plain; }

private:
    enum class Kind : unsigned char { Plain, UrlEncoded, Multipart };

    BodyReader(Request& request, const Route& route) : request_{request}, route_{route} {}
    bool begin_part(PartHead head) override;
    bool part_bytes(std::string_view bytes) override;
    bool end_part() override;
    void open_file(PartHead head);
    void file_bytes(std::string_view bytes);

    Request& request_;
    const Route& route_;
    Kind kind_ = Kind::Plain;
    std::optional<MultipartParser> multipart_;
    std::string text_;              // of a plain or urlencoded body
    std::uint64_t bytes_ = 0;       // of the whole body
    std::uint64_t field_bytes_ = 0; // of a multipart form's fields
    int status_ = 400;              // why the parser was told to stop
    bool in_file_ = false;
    Upload upload_;
    std::unique_ptr<UploadSink> sink_; // of the file being read, when it is kept
    bool drops_files_ = false;
    unsigned kept_ = 0;
    std::vector<std::pair<Upload, std::unique_ptr<UploadSink>>> read_; // no sink: too large
};

} // namespace platform::http
