#include "platform/http/form/multipart.hpp"

#include <gmock/gmock.h>

namespace platform::http {
namespace {

/// What was told, in one text.
class Told final : public PartReceiver {
public:
    bool begin_part(PartHead head) override {
        text += "[" + head.name + (head.is_file ? "|" + head.file_name : "") + "]";
        return true;
    }
    bool part_bytes(std::string_view bytes) override {
        text += bytes;
        return true;
    }
    bool end_part() override {
        text += ";";
        return true;
    }

    std::string text;
};

/// "-" when refused, "…" when cut.
std::string parse(std::string_view body, std::size_t piece, std::string_view boundary = "b") {
    MultipartParser parser{boundary};
    Told told;
    for (std::size_t at = 0; at < body.size(); at += piece) {
        if (!parser.add(body.substr(at, piece), told)) return "-";
    }
    return parser.whole() ? told.text : told.text + "…";
}

constexpr std::string_view kField = "Content-Disposition: form-data; name=\"a\"\r\n\r\n";

std::string one(std::string_view head, std::string_view content = "x") {
    std::string body = "--b\r\n";
    body += head;
    body += content;
    body += "\r\n--b--\r\n";
    return body;
}

std::string disposition(std::string_view rest) {
    std::string head = "Content-Disposition: form-data; ";
    head += rest;
    return one(head + "\r\n\r\n");
}

TEST(Multipart, IsTheSameInAnyPieces) {
    struct Row {
        std::string body;
        const char* expected;
    };
    for (const Row& row : {
             Row{one(kField), "[a]x;"},
             Row{one(kField, ""), "[a];"},
             Row{one(kField, "\r\n\r\n"), "[a]\r\n\r\n;"},
             Row{one(kField, "\r\n--a\r\n--"), "[a]\r\n--a\r\n--;"},
             Row{one(kField, "--b"), "[a]--b;"},
             Row{"preamble\r\n" + one(kField) + "epilogue\r\n--b\r\n", "[a]x;"},
             Row{"--b--", ""},
             Row{"--b--\r\n", ""},
             Row{"--b\r\n" + std::string{kField} + "1\r\n--b\r\n" + std::string{kField} +
                     "2\r\n--b--",
                 "[a]1;[a]2;"},
             Row{"", "…"},
             Row{"--b\r\n" + std::string{kField} + "\r\n--b", "[a];…"},
             Row{"--b\r\n\r\nx\r\n--b--", "-"},
             Row{"--bc\r\n" + std::string{kField} + "x\r\n--bc--", "-"},
             Row{"--b \r\n", "-"},
             Row{one("Content-Type: text/plain\r\n\r\n"), "-"},
             Row{one("nothing\r\n\r\n"), "-"},
             Row{one("Content-Disposition: attachment; name=\"a\"\r\n\r\n"), "-"},
             Row{one("Content-Transfer-Encoding: base64\r\n" + std::string{kField}), "-"},
             Row{one("Content-Transfer-Encoding: Binary\r\n" + std::string{kField}), "[a]x;"},
             Row{one("content-type: image/png\r\ncontent-disposition:form-data;name=a\r\n\r\n"),
                 "[a]x;"},
         }) {
        for (std::size_t piece = 1; piece <= row.body.size() + 1; ++piece) {
            EXPECT_EQ(parse(row.body, piece), row.expected) << row.body << " by " << piece;
        }
    }
}

TEST(Multipart, ReadsNames) {
    struct Row {
        const char* rest;
        const char* expected;
    };
    for (const Row& row : {
             Row{"name=\"a\"; filename=\"f.png\"", "[a|f.png]x;"},
             Row{"name=a; filename=f.png", "[a|f.png]x;"},
             Row{"filename=\"f\"; name=\"a\"", "[a|f]x;"},
             Row{"name=\"a\"; filename=\"\"", "[a|]x;"},
             Row{"name=\"\"", "[]x;"},
             Row{"name=\"a;b\"", "[a;b]x;"},
             Row{"name=\"a%22b%0D%0Ac%41\"", "[a\"b  c%41]x;"},
             Row{"name=\"a\\\"b\"", "[a\"b]x;"},
             Row{"name=\"a\"; filename=\"C:\\dir\\f.png\"", "[a|f.png]x;"},
             Row{"name=\"a\"; filename=\"../../etc/passwd\"", "[a|passwd]x;"},
             Row{"name=\"a\"; filename=\"é.png\"", "[a|é.png]x;"},
             Row{"name=\"a\"; filename=\"\xe9.png\"", "[a|]x;"},
             Row{"name=\"a\"; filename=\"a\tb\"", "[a|ab]x;"},
             Row{"name=\"a\"; filename*=UTF-8''f.png", "[a]x;"},
             Row{"name=\"a\"; name=\"b\"", "-"},
             Row{"name=\"a\"; filename=\"f\"; filename=\"g\"", "-"},
             Row{"name=\"a", "-"},
             Row{"name=\"a\" x", "-"},
             Row{"name", "-"},
             Row{"filename=\"f\"", "-"},
             Row{"name=\"\xff\"", "-"},
         }) {
        EXPECT_EQ(parse(disposition(row.rest), 1000), row.expected) << row.rest;
    }
    const std::string accents(200, 'e');
    std::string name;
    for (int n = 0; n < 200; ++n) name += "é";
    const std::string cut = parse(disposition("name=\"a\"; filename=\"" + name + "\""), 1000);
    EXPECT_EQ(cut.size(), std::string{"[a|]x;"}.size() + 254); // 127 characters of two bytes
}

TEST(Multipart, HasLimits) {
    EXPECT_EQ(parse(std::string(2000, 'p'), 100), "-");
    EXPECT_EQ(parse("--b\r\nA: " + std::string(5000, 'h'), 100), "-");
    EXPECT_EQ(parse("--b\r\nA: " + std::string(5000, 'h') + "\r\n\r\n", 10'000), "-");
    std::string many;
    for (std::size_t n = 0; n <= kPartsMax; ++n) {
        many += "--b\r\n" + std::string{kField} + "\r\n";
    }
    EXPECT_EQ(parse(many + "--b--", 1000), "-");
}

TEST(Multipart, ReadsItsBoundary) {
    for (const auto& [content_type, boundary] : std::vector<std::pair<std::string, std::string>>{
             {"multipart/form-data; boundary=abc", "abc"},
             {"multipart/form-data;boundary=\"a:b\"", "a:b"},
             {"multipart/form-data; charset=utf-8; Boundary=abc", "abc"},
             {"multipart/form-data", "-"},
             {"multipart/form-data; boundary=", "-"},
             {"multipart/form-data; boundary=\"\"", "-"},
             {"multipart/form-data; boundary=\"a b\"", "-"},
             {"multipart/form-data; boundary=a; boundary=b", "-"},
             {"multipart/form-data; boundary=\"a", "-"},
             {"multipart/form-data; boundary=" + std::string(71, 'a'), "-"},
             {"multipart/form-data; boundary=" + std::string(70, 'a'), std::string(70, 'a')},
         }) {
        EXPECT_EQ(read_boundary(content_type).value_or("-"), boundary) << content_type;
    }
}

} // namespace
} // namespace platform::http
