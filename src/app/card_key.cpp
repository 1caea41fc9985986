#include "app/card_key.hpp"

#include <sodium.h>

#include <fstream>
#include <stdexcept>

namespace app {

using engine::normalise::CardKey;

CardKey read_card_key(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in) throw std::runtime_error{"cannot read the key file " + file.string()};
    CardKey key{};
    in.read(reinterpret_cast<char*>(key.data()), static_cast<std::streamsize>(key.size()));
    if (in.gcount() != static_cast<std::streamsize>(key.size()) || in.peek() != EOF) {
        throw std::runtime_error{"the key file " + file.string() +
                                 " must hold exactly 32 bytes; make one with: "
                                 "head -c 32 /dev/urandom > FILE"};
    }
    return key;
}

CardKey random_card_key() {
    if (sodium_init() < 0) throw std::runtime_error{"no source of random numbers"};
    CardKey key{};
    randombytes_buf(key.data(), key.size());
    return key;
}

CardKey card_key_of(chain::OutputFolder& folder) {
    const std::filesystem::path file = folder.path() / "key";
    if (std::filesystem::exists(file)) return read_card_key(file);
    const CardKey key = random_card_key();
    folder.create("key", chain::OutputFile::Access::OwnerOnly)
        .append({reinterpret_cast<const char*>(key.data()), key.size()});
    return key;
}

} // namespace app
