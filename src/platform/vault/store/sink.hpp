// An upload on its way to disk: encrypted as it comes, never whole in memory.
#pragma once

#include "platform/http/route.hpp"
#include "platform/vault/store/file_store.hpp"
#include "platform/vault/store/staging.hpp"

namespace platform::vault {

class Sink : public http::UploadSink {
public:
    Sink(const FileStore& store, Staging& staging);
    void write(std::string_view bytes) override;
    std::string finish() override;

private:
    Staging& staging_;
    FileStore::Arriving file_;
    crypto::SecretKey key_;
    crypto::StreamEncrypter encrypter_;
    crypto::Sha256 digest_;
    std::uint64_t bytes_ = 0;
    std::string head_;
};

} // namespace platform::vault
