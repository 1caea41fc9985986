#include "platform/oidc/provider.hpp"

#include "platform/crypto/bytes.hpp"
#include "platform/http/response.hpp"
#include "platform/oidc/wire/fetch.hpp"
#include "platform/oidc/wire/metadata.hpp"

#include <mutex>
#include <optional>
#include <semaphore>

namespace platform::oidc {
namespace {

using http::percent_encoded;

constexpr std::size_t kSecretBytes = 32;
constexpr UnixSeconds kKeptSeconds = 3600;
constexpr UnixSeconds kStaleSeconds = 24 * 3600; // used when the provider cannot be asked again
constexpr UnixSeconds kKeysAgainSeconds = 60;    // unknown keys do not make us ask without end
constexpr UnixSeconds kFailedSeconds = 5;        // nobody waits for what just failed
constexpr std::string_view kDiscovery = "/.well-known/openid-configuration";

std::string secret() {
    return crypto::to_base64url(crypto::random_bytes(kSecretBytes));
}

Failure failure(Fault fault, std::string_view why) {
    return {.fault = fault, .why = why};
}

/// Names and values of a query or a form.
std::string joined(std::initializer_list<http::Pair> pairs) {
    std::string out;
    for (const http::Pair& pair : pairs) {
        if (!out.empty()) out += '&';
        out += pair.name;
        out += '=';
        out += percent_encoded(pair.value);
    }
    return out;
}

std::string with_query(const std::string& url, const std::string& query) {
    return url + (url.find('?') == std::string::npos ? "?" : "&") + query;
}

/// A place among those who speak to the provider at this moment.
class Turn {
public:
    explicit Turn(std::counting_semaphore<>& places)
        : places_{places}, taken_{places.try_acquire()} {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
        if (taken_) places_.release();
    }
    [[nodiscard]] bool taken() const { return taken_; }

private:
    std::counting_semaphore<>& places_;
    bool taken_;
};

/// A document of the provider, as it was last fetched.
struct Kept {
    std::string text;
    UnixSeconds fetched_at = 0; // 0: never
};

} // namespace

struct Provider::State {
    explicit State(ProviderPolicy given)
        : policy{std::move(given)}, places{static_cast<std::ptrdiff_t>(policy.calls_max)} {}

    [[nodiscard]] bool plain() const { return policy.issuer.starts_with("http://"); }

    /// From what is kept when that is younger than `age_max`, else fetched; what is kept stands in
    /// for a provider that does not answer, for a day.
    Result<std::string, Failure> document(Kept& kept, const std::string& url, UnixSeconds age_max,
                                          UnixSeconds now) {
        {
            const std::lock_guard held{mutex};
            if (kept.fetched_at > 0 && now - kept.fetched_at < age_max) return kept.text;
            if (now - failed_at < kFailedSeconds) {
                return stale(kept, now, failure(Fault::Unavailable, "failed_before"));
            }
        }
        Result<Fetched, std::string_view> fetched = fetch({.url = url, .plain_allowed = plain()});
        constexpr long kOk = 200;
        const std::lock_guard held{mutex};
        if (!fetched || fetched->status != kOk) {
            failed_at = now;
            return stale(
                kept, now,
                failure(Fault::Unavailable, fetched ? "document_status" : fetched.error()));
        }
        kept = {.text = std::move(fetched->body), .fetched_at = now};
        return kept.text;
    }

    Result<Metadata, Failure> metadata(UnixSeconds now) {
        const Result<std::string, Failure> text =
            document(description, policy.issuer + std::string{kDiscovery}, kKeptSeconds, now);
        if (!text) return refuse(text.error());
        std::optional<Metadata> read = metadata_from_json(*text, policy.issuer);
        if (!read) return refuse(failure(Fault::Unavailable, "discovery_document"));
        return std::move(*read);
    }

    /// Reads with the keys, and once more with fetched ones when the key of a token is not there.
    template <class Read>
    auto with_keys(const Metadata& metadata, UnixSeconds now, const Read& read)
        -> Result<typename std::invoke_result_t<Read, std::string>::value_type, Failure> {
        Result<std::string, Failure> keys = document(key_set, metadata.jwks_uri, kKeptSeconds, now);
        if (!keys) return refuse(keys.error());
        auto out = read(*keys);
        if (!out && out.error() == JwtFault::UnknownKey) {
            keys = document(key_set, metadata.jwks_uri, asked_again(now) ? 0 : kKeptSeconds, now);
            if (!keys) return refuse(keys.error());
            out = read(*keys);
        }
        if (!out) return refuse(failure(Fault::Unverified, name_of(out.error())));
        return std::move(*out);
    }

    Result<Tokens, Failure> tokens(const Metadata& metadata, const Returned& returned,
                                   const Secrets& secrets) const {
        const Result<Fetched, std::string_view> answer =
            fetch({.url = metadata.token_endpoint,
                   .form = joined({{"grant_type", "authorization_code"},
                                   {"code", returned.code},
                                   {"redirect_uri", policy.redirect_uri},
                                   {"client_id", policy.client_id},
                                   {"client_secret", policy.client_secret},
                                   {"code_verifier", secrets.verifier}}),
                   .plain_allowed = plain()});
        if (!answer) return refuse(failure(Fault::Unavailable, answer.error()));
        constexpr long kOk = 200;
        constexpr long kBadRequest = 400;
        if (answer->status == kBadRequest) return refuse(failure(Fault::Refused, "code"));
        if (answer->status != kOk) return refuse(failure(Fault::Unavailable, "token_status"));
        std::optional<Tokens> read = tokens_from_json(answer->body);
        if (!read) return refuse(failure(Fault::Unverified, "token_answer"));
        return std::move(*read);
    }

    [[nodiscard]] TokenRules rules(const Secrets& secrets, const Tokens& tokens,
                                   UnixSeconds now) const {
        return {.issuer = policy.issuer,
                .client_id = policy.client_id,
                .nonce = secrets.nonce,
                .access_token = tokens.access_token,
                .levels = policy.levels,
                .now = now};
    }

    const ProviderPolicy policy;
    std::counting_semaphore<> places;
    std::mutex mutex; // of what follows
    Kept description;
    Kept key_set;
    UnixSeconds failed_at = 0;
    UnixSeconds asked_again_at = 0; // for an unknown key

private:
    /// Whether this unknown key may have the keys fetched again.
    bool asked_again(UnixSeconds now) {
        const std::lock_guard held{mutex};
        if (now - asked_again_at < kKeysAgainSeconds) return false;
        asked_again_at = now;
        return true;
    }
    static Result<std::string, Failure> stale(const Kept& kept, UnixSeconds now,
                                              const Failure& otherwise) {
        if (kept.fetched_at > 0 && now - kept.fetched_at < kStaleSeconds) return kept.text;
        return refuse(otherwise);
    }
};

Secrets new_secrets() {
    return {.state = secret(), .nonce = secret(), .verifier = secret()};
}

Provider::Provider(ProviderPolicy policy) : state_{std::make_unique<State>(std::move(policy))} {}
Provider::~Provider() = default;

Result<std::string, Failure> Provider::authorization_url(const Secrets& secrets, UnixSeconds now) {
    const Turn turn{state_->places};
    if (!turn.taken()) return refuse(failure(Fault::Unavailable, "busy"));
    const Result<Metadata, Failure> metadata = state_->metadata(now);
    if (!metadata) return refuse(metadata.error());
    const ProviderPolicy& policy = state_->policy;
    const crypto::Digest challenge = crypto::sha256(secrets.verifier);
    return with_query(metadata->authorization_endpoint,
                      joined({{"response_type", "code"},
                              {"client_id", policy.client_id},
                              {"redirect_uri", policy.redirect_uri},
                              {"scope", policy.scope},
                              {"acr_values", policy.level},
                              {"state", secrets.state},
                              {"nonce", secrets.nonce},
                              {"code_challenge", crypto::to_base64url(crypto::as_text(challenge))},
                              {"code_challenge_method", "S256"}}));
}

Result<Identity, Failure> Provider::identity_of(const Returned& returned, const Secrets& secrets,
                                                UnixSeconds now) {
    const Turn turn{state_->places};
    if (!turn.taken()) return refuse(failure(Fault::Unavailable, "busy"));
    const Result<Metadata, Failure> metadata = state_->metadata(now);
    if (!metadata) return refuse(metadata.error());
    const std::string& issuer = state_->policy.issuer;
    if (returned.issuer ? *returned.issuer != issuer : metadata->says_issuer) {
        return refuse(failure(Fault::Unverified, "returned_issuer"));
    }
    Result<Tokens, Failure> tokens = state_->tokens(*metadata, returned, secrets);
    if (!tokens) return refuse(tokens.error());
    const TokenRules rules = state_->rules(secrets, *tokens, now);
    const auto subject = state_->with_keys(*metadata, now, [&](const std::string& keys) {
        return read_id_token(tokens->id_token, keys, rules);
    });
    if (!subject) return refuse(subject.error());
    const Result<Fetched, std::string_view> answer =
        fetch({.url = metadata->userinfo_endpoint,
               .bearer = tokens->access_token,
               .accept = "application/jwt, application/json",
               .plain_allowed = state_->plain()});
    constexpr long kOk = 200;
    if (!answer || answer->status != kOk) {
        return refuse(failure(Fault::Unavailable, answer ? "userinfo_status" : answer.error()));
    }
    const bool is_signed = answer->content_type.starts_with("application/jwt");
    auto claims = state_->with_keys(*metadata, now, [&](const std::string& keys) {
        return read_user_info(answer->body, is_signed, keys, *subject, rules);
    });
    if (!claims) return refuse(claims.error());
    return Identity{.issuer = issuer,
                    .subject = *subject,
                    .claims = std::move(*claims),
                    .id_token = std::move(tokens->id_token)};
}

std::string Provider::logout_url(std::string_view id_token, std::string_view return_uri,
                                 std::string_view state, UnixSeconds now) {
    const Turn turn{state_->places};
    const Result<Metadata, Failure> metadata =
        turn.taken() ? state_->metadata(now) : refuse(failure(Fault::Unavailable, "busy"));
    if (!metadata || metadata->end_session_endpoint.empty()) return {};
    return with_query(metadata->end_session_endpoint,
                      joined({{"id_token_hint", std::string{id_token}},
                              {"post_logout_redirect_uri", std::string{return_uri}},
                              {"state", std::string{state}}}));
}

} // namespace platform::oidc
