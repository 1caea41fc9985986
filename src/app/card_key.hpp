// The secret under which card numbers become pseudonyms.
#pragma once

#include "chain/output.hpp"
#include "engine/normalise/bank.hpp"

#include <filesystem>

namespace app {

/// The 32 bytes of that file. Throws std::runtime_error when it does not hold exactly that.
[[nodiscard]] engine::normalise::CardKey read_card_key(const std::filesystem::path& file);

/// A key that nobody knows, for one run.
[[nodiscard]] engine::normalise::CardKey random_card_key();

/// The key of the output folder, so that runs into the same folder give the same pseudonyms: the
/// one it has, or a new one, put there with the results and readable by its owner only.
[[nodiscard]] engine::normalise::CardKey card_key_of(chain::OutputFolder& folder);

} // namespace app
