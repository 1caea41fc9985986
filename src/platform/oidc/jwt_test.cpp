// Tokens that are right, and every way we know of making one that is not.
#include "platform/oidc/jwt.hpp"

#include "platform/crypto/bytes.hpp"

#include <cjose/cjose.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <functional>
#include <memory>

namespace platform::oidc {
namespace {

using nlohmann::json;

constexpr UnixSeconds kNow = 1'800'000'000;
constexpr const char* kIssuer = "https://identite.example/api/v2";

struct Release {
    void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
    void operator()(char* text) const { std::free(text); }
};
using Key = std::unique_ptr<cjose_jwk_t, Release>;

Key rsa(std::size_t bits = 2048) {
    const std::uint8_t exponent[] = {1, 0, 1};
    cjose_err error{};
    return Key{cjose_jwk_create_RSA_random(bits, exponent, sizeof exponent, &error)};
}

Key ec(cjose_jwk_ec_curve curve = CJOSE_JWK_EC_P_256) {
    cjose_err error{};
    return Key{cjose_jwk_create_EC_random(curve, &error)};
}

json public_part(const Key& key, const std::string& id) {
    cjose_err error{};
    const std::unique_ptr<char, Release> text{cjose_jwk_to_json(key.get(), false, &error)};
    json out = json::parse(text.get());
    out["kid"] = id;
    return out;
}

std::string set_of(std::initializer_list<json> keys) {
    return json{{"keys", json(keys)}}.dump();
}

std::string signed_by(const Key& key, const json& header, const std::string& payload) {
    cjose_err error{};
    cjose_header_t* const head = cjose_header_new(&error);
    for (const auto& [name, value] : header.items()) {
        if (value.is_string()) {
            cjose_header_set(head, name.c_str(), value.get<std::string>().c_str(), &error);
        } else {
            cjose_header_set_raw(head, name.c_str(), value.dump().c_str(), &error);
        }
    }
    const std::unique_ptr<cjose_jws_t, Release> jws{
        cjose_jws_sign(key.get(), head, reinterpret_cast<const std::uint8_t*>(payload.data()),
                       payload.size(), &error)};
    const char* text = nullptr;
    EXPECT_TRUE(jws && cjose_jws_export(jws.get(), &text, &error)) << error.message;
    std::string out{text == nullptr ? "" : text};
    cjose_header_release(head);
    return out;
}

json right_claims() {
    return {{"iss", kIssuer},   {"aud", "maillon"},    {"sub", "b6048e95"}, {"iat", kNow - 5},
            {"exp", kNow + 60}, {"nonce", "celui-ci"}, {"acr", "eidas1"}};
}

TokenRules rules() {
    return {.issuer = kIssuer,
            .client_id = "maillon",
            .nonce = "celui-ci",
            .access_token = "jeton-d-acces",
            .levels = {"eidas1", "eidas2", "eidas3"},
            .now = kNow};
}

class JwtTest : public testing::Test {
protected:
    JwtTest() { crypto::start(); }

    std::string token(const json& claims, const json& header = {{"alg", "ES256"}, {"kid", "e"}}) {
        return signed_by(header.at("alg") == "RS256" ? rsa_ : ec_, header, claims.dump());
    }

    Key rsa_ = rsa();
    Key ec_ = ec();
    std::string keys_ = set_of({public_part(rsa_, "r"), public_part(ec_, "e")});
};

TEST_F(JwtTest, BothAlgorithmsHold) {
    for (const json& header :
         {json{{"alg", "ES256"}, {"kid", "e"}}, json{{"alg", "RS256"}, {"kid", "r"}},
          json{{"alg", "ES256"}}, json{{"alg", "RS256"}, {"kid", "r"}, {"typ", "JWT"}}}) {
        const auto read = read_id_token(token(right_claims(), header), keys_, rules());
        ASSERT_TRUE(read.has_value()) << header << " " << name_of(read.error());
        EXPECT_EQ(*read, "b6048e95");
    }
}

TEST_F(JwtTest, EachClaimIsHeld) {
    struct Case {
        const char* name;
        std::function<void(json&)> change;
        JwtFault fault;
    };
    const Case cases[] = {
        {"other issuer", [](json& c) { c["iss"] = "https://autre.example"; }, JwtFault::Issuer},
        {"issuer with a slash", [](json& c) { c["iss"] = std::string{kIssuer} + "/"; },
         JwtFault::Issuer},
        {"no issuer", [](json& c) { c.erase("iss"); }, JwtFault::Issuer},
        {"issuer is a number", [](json& c) { c["iss"] = 1; }, JwtFault::Issuer},
        {"other audience", [](json& c) { c["aud"] = "autre"; }, JwtFault::Audience},
        {"no audience", [](json& c) { c.erase("aud"); }, JwtFault::Audience},
        {"empty audience", [](json& c) { c["aud"] = json::array(); }, JwtFault::Audience},
        {"several, given to nobody", [](json& c) { c["aud"] = {"maillon", "autre"}; },
         JwtFault::Audience},
        {"given to another", [](json& c) { c["azp"] = "autre"; }, JwtFault::Audience},
        {"expired", [](json& c) { c["exp"] = kNow - 61; }, JwtFault::Time},
        {"no expiry", [](json& c) { c.erase("exp"); }, JwtFault::Malformed},
        {"expiry is a text", [](json& c) { c["exp"] = "2099"; }, JwtFault::Malformed},
        {"expiry beyond time", [](json& c) { c["exp"] = 1e300; }, JwtFault::Malformed},
        {"from the future", [](json& c) { c["iat"] = kNow + 61; }, JwtFault::Time},
        {"made long ago", [](json& c) { c["iat"] = kNow - 3600; }, JwtFault::Time},
        {"not yet", [](json& c) { c["nbf"] = kNow + 61; }, JwtFault::Time},
        {"other nonce", [](json& c) { c["nonce"] = "celle-la"; }, JwtFault::Nonce},
        {"no nonce", [](json& c) { c.erase("nonce"); }, JwtFault::Nonce},
        {"other access token", [](json& c) { c["at_hash"] = "LDktKdoQak3Pk0cnXxCltA"; },
         JwtFault::AccessToken},
        {"less assurance", [](json& c) { c["acr"] = "0"; }, JwtFault::Level},
        {"no assurance", [](json& c) { c.erase("acr"); }, JwtFault::Level},
        {"no subject", [](json& c) { c.erase("sub"); }, JwtFault::Malformed},
        {"empty subject", [](json& c) { c["sub"] = ""; }, JwtFault::Malformed},
        {"subject is a number", [](json& c) { c["sub"] = 12; }, JwtFault::Malformed},
        {"endless subject", [](json& c) { c["sub"] = std::string(300, 's'); }, JwtFault::Malformed},
    };
    for (const Case& c : cases) {
        json claims = right_claims();
        c.change(claims);
        const auto read = read_id_token(token(claims), keys_, rules());
        ASSERT_FALSE(read.has_value()) << c.name;
        EXPECT_EQ(name_of(read.error()), name_of(c.fault)) << c.name;
    }
}

TEST_F(JwtTest, ClocksMayDifferByAMinute) {
    json claims = right_claims();
    claims["iat"] = kNow + 59;
    claims["nbf"] = kNow + 59;
    EXPECT_TRUE(read_id_token(token(claims), keys_, rules()).has_value());
    claims = right_claims();
    claims["exp"] = kNow - 59;
    EXPECT_TRUE(read_id_token(token(claims), keys_, rules()).has_value());
}

TEST_F(JwtTest, SeveralAudiencesAndTheAccessToken) {
    json claims = right_claims();
    claims["aud"] = {"autre", "maillon"};
    claims["azp"] = "maillon";
    const crypto::Digest digest = crypto::sha256("jeton-d-acces");
    claims["at_hash"] = crypto::to_base64url(crypto::as_text(digest).substr(0, 16));
    EXPECT_TRUE(read_id_token(token(claims), keys_, rules()).has_value());
}

TEST_F(JwtTest, AnEmptyNonceIsNobodys) {
    json claims = right_claims();
    claims["nonce"] = "";
    TokenRules none = rules();
    none.nonce = "";
    EXPECT_EQ(read_id_token(token(claims), keys_, none).error(), JwtFault::Nonce);
}

TEST_F(JwtTest, AnUnsignedTokenIsNone) {
    const std::string payload = crypto::to_base64url(right_claims().dump());
    for (const char* algorithm : {"none", "None", "NONE", "nOnE", ""}) {
        const std::string head = crypto::to_base64url(json{{"alg", algorithm}}.dump());
        for (const char* end : {".", ".AA"}) {
            std::string unsigned_token = head;
            unsigned_token.append(".").append(payload).append(end);
            EXPECT_FALSE(read_id_token(unsigned_token, keys_, rules()).has_value()) << algorithm;
        }
    }
    const std::string genuine = token(right_claims());
    EXPECT_FALSE(read_id_token(genuine.substr(0, genuine.rfind('.') + 1), keys_, rules()));
    EXPECT_FALSE(read_id_token(genuine.substr(0, genuine.rfind('.')), keys_, rules()));
}

TEST_F(JwtTest, APublicKeyIsNoSecret) {
    // The attacker knows the provider's public keys, and signs with their text as a shared secret.
    for (const std::string& secret :
         {public_part(rsa_, "r").dump(), public_part(ec_, "e").dump()}) {
        cjose_err error{};
        const Key shared{cjose_jwk_create_oct_spec(
            reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size(), &error)};
        for (const char* id : {"r", "e"}) {
            const std::string forged =
                signed_by(shared, {{"alg", "HS256"}, {"kid", id}}, right_claims().dump());
            EXPECT_EQ(read_id_token(forged, keys_, rules()).error(), JwtFault::Algorithm);
        }
    }
}

TEST_F(JwtTest, KeysThatAreNotTheProviders) {
    const Key other = ec();
    const std::string by_other =
        signed_by(other, {{"alg", "ES256"}, {"kid", "e"}}, right_claims().dump());
    EXPECT_EQ(read_id_token(by_other, keys_, rules()).error(), JwtFault::Signature);
    const std::string unknown =
        signed_by(other, {{"alg", "ES256"}, {"kid", "x"}}, right_claims().dump());
    EXPECT_EQ(read_id_token(unknown, keys_, rules()).error(), JwtFault::UnknownKey);
    // A key in the token's own header is not looked at.
    const std::string own_key =
        signed_by(other, {{"alg", "ES256"}, {"kid", "e"}, {"jwk", public_part(other, "e")}},
                  right_claims().dump());
    EXPECT_EQ(read_id_token(own_key, keys_, rules()).error(), JwtFault::Signature);
    // The other key of the set: its type is not the algorithm's.
    const std::string crossed =
        signed_by(ec_, {{"alg", "ES256"}, {"kid", "r"}}, right_claims().dump());
    EXPECT_EQ(read_id_token(crossed, keys_, rules()).error(), JwtFault::UnknownKey);
}

TEST_F(JwtTest, WeakAndMisplacedKeysAreNotUsed) {
    const Key weak = rsa(1024);
    const std::string by_weak =
        signed_by(weak, {{"alg", "RS256"}, {"kid", "w"}}, right_claims().dump());
    EXPECT_EQ(read_id_token(by_weak, set_of({public_part(weak, "w")}), rules()).error(),
              JwtFault::UnknownKey);
    json for_encryption = public_part(ec_, "e");
    for_encryption["use"] = "enc";
    json for_another = public_part(ec_, "e");
    for_another["alg"] = "ES384";
    json bent = public_part(ec_, "e");
    bent["x"] = "AA=A"; // would end cjose
    for (const std::string& set :
         {set_of({for_encryption}), set_of({for_another}), set_of({}), std::string{"{}"},
          std::string{"[]"}, std::string{"{\"keys\":[1,null,{}]}"}, set_of({bent}),
          std::string{"not json"}}) {
        EXPECT_EQ(read_id_token(token(right_claims()), set, rules()).error(), JwtFault::UnknownKey)
            << set;
    }
}

TEST_F(JwtTest, WhatIsNotUnderstoodIsRefused) {
    EXPECT_EQ(read_id_token(token(right_claims(),
                                  {{"alg", "ES256"}, {"kid", "e"}, {"crit", json::array({"exp"})}}),
                            keys_, rules())
                  .error(),
              JwtFault::Algorithm);
    for (const std::string& odd :
         {std::string{}, std::string{"."}, std::string{".."}, std::string{"a.b.c"},
          std::string(100, '.'), std::string{"ab=c.abcd.abcd"}, std::string{"====.====.===="},
          std::string(kTokenBytesMax + 1, 'a'), token(right_claims()) + ".x"}) {
        EXPECT_FALSE(read_id_token(odd, keys_, rules()).has_value()) << odd.substr(0, 40);
    }
    for (const char* payload : {"", "[]", "null", "{", "\"text\"", "{}"}) {
        const std::string odd = signed_by(ec_, {{"alg", "ES256"}, {"kid", "e"}}, payload);
        EXPECT_FALSE(read_id_token(odd, keys_, rules()).has_value()) << payload;
    }
}

TEST_F(JwtTest, AChangedByteBreaksIt) {
    const std::string right = token(right_claims());
    const std::size_t dot = right.find('.');
    const std::size_t end = right.rfind('.');
    for (std::size_t i = 0; i + 2 < right.size(); i += 3) {
        if (i == dot || i == end) continue;
        std::string bent = right;
        bent[i] = bent[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(read_id_token(bent, keys_, rules()).has_value()) << i;
    }
}

TEST_F(JwtTest, UserInfoIsOfTheSamePerson) {
    json claims = right_claims();
    claims["family_name"] = "LENOIR";
    claims["given_name_array"] = {"Camille", "Rose"};
    for (const bool is_signed : {false, true}) {
        const std::string body = is_signed ? token(claims) : claims.dump();
        const auto read = read_user_info(body, is_signed, keys_, "b6048e95", rules());
        ASSERT_TRUE(read.has_value());
        const auto named = [&](std::string_view name) {
            return std::ranges::count_if(*read, [&](const Claim& c) { return c.name == name; });
        };
        EXPECT_EQ(named("family_name"), 1);
        EXPECT_EQ(named("given_name_array"), 0);
        EXPECT_EQ(read_user_info(body, is_signed, keys_, "autre", rules()).error(),
                  JwtFault::Subject);
    }
    // A signed answer is not taken for JSON, nor JSON for a signed one.
    EXPECT_FALSE(read_user_info(token(claims), false, keys_, "b6048e95", rules()).has_value());
    EXPECT_FALSE(read_user_info(claims.dump(), true, keys_, "b6048e95", rules()).has_value());
    json other = claims;
    other["aud"] = "autre";
    EXPECT_EQ(read_user_info(token(other), true, keys_, "b6048e95", rules()).error(),
              JwtFault::Audience);
    other = claims;
    other["exp"] = kNow - 100;
    EXPECT_EQ(read_user_info(token(other), true, keys_, "b6048e95", rules()).error(),
              JwtFault::Time);
}

} // namespace
} // namespace platform::oidc
