#include "platform/oidc/wire/metadata.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <functional>

namespace platform::oidc {
namespace {

using nlohmann::json;

constexpr const char* kIssuer = "https://identite.example/api/v2";

json right_document() {
    json out{{"issuer", kIssuer}};
    for (const char* name : {"authorization_endpoint", "token_endpoint", "userinfo_endpoint",
                             "jwks_uri", "end_session_endpoint"}) {
        out[name] = std::string{kIssuer} + "/" + name;
    }
    return out;
}

TEST(Metadata, IsReadWhenItIsOfTheIssuerAndWhole) {
    struct Case {
        const char* name;
        std::function<void(json&)> change;
        bool good;
    };
    const Case cases[] = {
        {"as it is", [](json&) {}, true},
        {"no logout", [](json& d) { d.erase("end_session_endpoint"); }, true},
        {"other issuer", [](json& d) { d["issuer"] = "https://autre.example"; }, false},
        {"issuer with a slash", [](json& d) { d["issuer"] = std::string{kIssuer} + "/"; }, false},
        {"no issuer", [](json& d) { d.erase("issuer"); }, false},
        {"no token endpoint", [](json& d) { d.erase("token_endpoint"); }, false},
        {"keys are a number", [](json& d) { d["jwks_uri"] = 7; }, false},
        {"without TLS", [](json& d) { d["token_endpoint"] = "http://identite.example/t"; }, false},
        {"a file", [](json& d) { d["jwks_uri"] = "file:///etc/passwd"; }, false},
        {"a script", [](json& d) { d["authorization_endpoint"] = "javascript:alert(1)"; }, false},
        {"a line break",
         [](json& d) { d["authorization_endpoint"] = "https://a.example/\r\nX: y"; }, false},
        {"a fragment", [](json& d) { d["userinfo_endpoint"] = "https://a.example/#u"; }, false},
    };
    for (const Case& c : cases) {
        json document = right_document();
        c.change(document);
        EXPECT_EQ(metadata_from_json(document.dump(), kIssuer).has_value(), c.good) << c.name;
    }
    for (const char* text : {"", "[]", "null", "{", "<html>"}) {
        EXPECT_FALSE(metadata_from_json(text, kIssuer).has_value()) << text;
    }
}

TEST(Metadata, ALogoutThatIsNoAddressIsNone) {
    json document = right_document();
    document["end_session_endpoint"] = "javascript:alert(1)";
    const auto read = metadata_from_json(document.dump(), kIssuer);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->end_session_endpoint, "");
    EXPECT_FALSE(read->says_issuer);
    document["authorization_response_iss_parameter_supported"] = true;
    EXPECT_TRUE(metadata_from_json(document.dump(), kIssuer)->says_issuer);
}

TEST(Tokens, GoIntoHeadersAsTheyAre) {
    EXPECT_TRUE(tokens_from_json(R"({"id_token":"a.b.c","access_token":"x-y_z"})").has_value());
    for (const char* text :
         {"", "[]", "{}", R"({"id_token":"a.b.c"})", R"({"access_token":"x"})",
          R"({"id_token":"","access_token":"x"})", R"({"id_token":"a.b.c","access_token":7})",
          R"({"id_token":"a.b.c","access_token":"x\r\nX: y"})",
          R"({"id_token":"a.b.c","access_token":"x y"})"}) {
        EXPECT_FALSE(tokens_from_json(text).has_value()) << text;
    }
}

} // namespace
} // namespace platform::oidc
