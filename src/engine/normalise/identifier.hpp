// One door for every type: what a field made for identifiers holds.
#pragma once

#include "base/result.hpp"
#include "engine/normalise/bank.hpp"
#include "engine/normalise/phone.hpp"
#include "engine/record/identifier_type.hpp"

#include <string>
#include <string_view>

namespace engine::normalise {

struct Canonical {
    std::string value;
    std::string_view rule; // which check accepted it, e.g. "iban.fr"
    std::string host{};    // of a URL: see normalise::Url
};

/// The canonical value of a declared identifier, or a refusal in words ("wrong_checksum").
[[nodiscard]] Result<Canonical, std::string_view>
canonical_identifier(record::IdentifierType type, std::string_view as_written,
                     std::string_view platform, CountryCode assumed, const CardKey& key);

} // namespace engine::normalise
