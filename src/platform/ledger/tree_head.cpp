#include "platform/ledger/ledger.hpp"

#include <fmt/format.h>

namespace platform::ledger {
namespace {

constexpr UnixSeconds kLastSecond = 253'402'300'799; // 9999-12-31T23:59:59Z, the last of RFC 3339
constexpr std::string_view kCommitmentPrefix = "maillon commitment v1\n";

Digest digest_of(std::string_view salt, std::string_view statement) {
    crypto::Sha256 hash;
    hash.add(kCommitmentPrefix);
    hash.add(salt);
    hash.add(statement);
    return hash.finish();
}

} // namespace

Commitment commit_to(std::string_view statement) {
    std::string salt = crypto::random_bytes(kSaltBytes);
    const Digest digest = digest_of(salt, statement);
    return {digest, std::move(salt)};
}

Commitment commitment_of(std::string_view statement, std::string_view salt) {
    return {digest_of(salt, statement), std::string{salt}};
}

bool opens(const Commitment& commitment, std::string_view statement) {
    // A salt of another length would let its end pass for the statement's beginning.
    return commitment.salt.size() == kSaltBytes &&
           commitment.digest == digest_of(commitment.salt, statement);
}

std::string log_id(const crypto::PublicKey& key) {
    return crypto::to_hex(crypto::sha256(crypto::as_text(key)));
}

std::string signed_text(const TreeHead& head, const crypto::PublicKey& key) {
    return fmt::format("maillon tree head v1\n{}\n{}\n{}\n{}\n", log_id(key), head.size,
                       crypto::to_base64(crypto::as_text(head.root)), to_rfc3339(head.at));
}

TreeHead sign_head(std::uint64_t size, const Digest& root, UnixSeconds at,
                   const crypto::SigningKey& key) {
    TreeHead head{size, root, at, {}};
    head.signature = key.sign(signed_text(head, key.public_key()));
    return head;
}

bool verify_head(const TreeHead& head, const crypto::PublicKey& key) {
    if (head.at < 0 || head.at > kLastSecond) return false;
    return crypto::verify(key, signed_text(head, key), head.signature);
}

} // namespace platform::ledger
