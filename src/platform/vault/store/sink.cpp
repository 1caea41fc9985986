#include "platform/vault/store/sink.hpp"

#include "platform/vault/content/type.hpp"

namespace platform::vault {

namespace {

constexpr std::size_t kNameBytes = 16;

} // namespace

Sink::Sink(const FileStore& store, Staging& staging)
    : staging_{staging}, file_{store, crypto::to_hex(crypto::random_bytes(kNameBytes))},
      key_{crypto::SecretKey::random()}, encrypter_{key_} {}

void Sink::write(std::string_view bytes) {
    if (head_.size() < kHeadBytes) head_ += bytes.substr(0, kHeadBytes - head_.size());
    bytes_ += bytes.size();
    digest_.add(bytes);
    file_.write(encrypter_.add(bytes));
}

std::string Sink::finish() {
    file_.write(encrypter_.finish());
    // First: a file under its name that is not held here would be an orphan at once.
    staging_.keep(file_.name(),
                  {.key = std::move(key_),
                   .sha256 = digest_.finish(),
                   .bytes = bytes_,
                   .type = type_of(head_)},
                  std::chrono::steady_clock::now());
    file_.keep();
    return file_.name();
}

} // namespace platform::vault
