// Identifiers out of people's words: recognise, validate, make canonical, say whose they are.
//
// Two stages. One pass over the bytes finds the few places where an identifier can begin; each is
// then read by a recogniser, which validates by the standard's own check (engine/normalise).
// A last pass gives every mention its role from the words around it and from the field it stands
// in. No clock, no network, no allocation outside the mentions themselves.
#pragma once

#include "engine/normalise/bank.hpp"
#include "engine/normalise/phone.hpp"
#include "engine/record/mention.hpp"
#include "engine/record/statement.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace engine::extract {

struct ExtractPolicy {
    normalise::CountryCode assumed_country = normalise::kFrance;
    normalise::CardKey card_key{}; // see normalise::pseudonymise_card
    bool use_priors = true;        // values that engine/priors knows are a third party's
};

/// Every identifier of a statement: texts, declared fields, payments, personas. Mentions come in
/// the order of the fields and, within one, of their place; they do not overlap within a field,
/// save that a URL or an e-mail address also yields the domain it contains, and a link to an
/// account ("t.me/jean", "wa.me/33…") the handle or the telephone number. Appends to `out`.
void extract(const record::Statement& statement, const ExtractPolicy& policy,
             std::vector<record::Mention>& out);

/// The same for one text, with the role that its speaker suggests.
void scan_text(std::string_view text, record::Field field, record::Speaker speaker,
               const ExtractPolicy& policy, std::vector<record::Mention>& out);

/// What stands at the mention, for people to read; of a card only the first six and last four
/// digits. `text` is the text of the mention's field.
[[nodiscard]] std::string written_of(const record::Mention& mention, std::string_view text);

} // namespace engine::extract
