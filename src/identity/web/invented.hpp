// The people of the demonstration: nobody of them exists.
#pragma once

#include "identity/person.hpp"

#include <span>

namespace identity::web {

[[nodiscard]] std::span<const Person> invented_people();
/// An invented person as if a provider had vouched for it: the same choice is the same person.
[[nodiscard]] Vouched vouched_invented(const Person& person);

} // namespace identity::web
