#include "platform/vault/store/reading.hpp"

#include "base/check.hpp"
#include "platform/vault/vault.hpp"

namespace platform::vault {

namespace {

constexpr std::size_t kPieceBytes = 64U << 10U;

crypto::SecretKey copy_of(const crypto::SecretKey& key) {
    std::optional<crypto::SecretKey> copy = crypto::SecretKey::from_bytes(key.bytes());
    check(copy.has_value(), "the bytes of a key make a key");
    return std::move(*copy);
}

} // namespace

Reading::Reading(const FileStore& store, std::string name, const crypto::SecretKey& key)
    : store_{&store}, name_{std::move(name)}, key_{copy_of(key)}, file_{store.open(name_)},
      decrypter_{key_} {}

Reading::Reading(const Reading& other) : Reading{*other.store_, other.name_, other.key_} {}

std::string Reading::operator()() {
    if (!file_.is_open()) throw Damaged{"a stored file is missing"};
    while (!ended_) {
        const std::string encrypted = file_.read(kPieceBytes);
        if (encrypted.empty()) {
            ended_ = true;
            if (!decrypter_.whole()) throw Damaged{"a stored file was cut"};
            break;
        }
        std::optional<std::string> plain = decrypter_.add(encrypted);
        if (!plain) throw Damaged{"a stored file was changed"};
        if (!plain->empty()) return std::move(*plain);
    }
    return {};
}

} // namespace platform::vault
