// The pieces of a stored file, decrypted one after the other.
#pragma once

#include "platform/crypto/keys.hpp"
#include "platform/vault/store/file_store.hpp"

#include <optional>
#include <string>

namespace platform::vault {

/// Callable, for std::function: a copy begins at the beginning, since it cannot share the place in
/// the file.
class Reading {
public:
    Reading(const FileStore& store, std::string name, const crypto::SecretKey& key);
    Reading(const Reading& other);
    Reading(Reading&&) noexcept = default;
    Reading& operator=(const Reading&) = delete;
    /// The next bytes, empty at the end. Throws Damaged.
    std::string operator()();

private:
    const FileStore* store_;
    std::string name_;
    crypto::SecretKey key_;
    OpenFile file_;
    crypto::StreamDecrypter decrypter_;
    bool ended_ = false;
};

} // namespace platform::vault
