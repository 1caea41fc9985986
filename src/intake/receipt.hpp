// The acknowledgement that a person keeps: what was received, when, and the proof that it entered
// the ledger. It is checked offline, with the public key alone. It is not the legal récépissé of a
// complaint (CPP art. D8-2-2), which only an officer signs.
#pragma once

#include "base/result.hpp"
#include "platform/ledger/ledger.hpp"
#include "platform/pdf/document.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace intake {

struct Receipt {
    std::string statement{}; // what was committed to, canonical JSON: act, at, files, record, …
    std::string salt{};      // 32 bytes
    platform::ledger::Place place{};
    platform::ledger::TreeHead head{};
    platform::crypto::PublicKey key{};
};

/// What the statement of an act says, for people.
struct StatementFacts {
    std::string act{};
    std::string at{}; // RFC 3339
    std::string reference{};
    std::string text{};               // SHA-256 of the person's own words, hex
    std::string record{};             // SHA-256 of the record of the interchange format, hex
    std::vector<std::string> files{}; // SHA-256 each, hex
};
[[nodiscard]] std::string canonical(const StatementFacts& facts);
[[nodiscard]] Result<StatementFacts, std::string> read_facts(std::string_view statement);

/// The receipt as JSON (docs/receipt.md), indented, ends with a newline.
[[nodiscard]] std::string to_json(const Receipt& receipt);
/// A sentence when it cannot be read.
[[nodiscard]] Result<Receipt, std::string> receipt_from_json(std::string_view json);

/// The same from the bytes of a file: the JSON, or the PDF that holds it.
[[nodiscard]] Result<Receipt, std::string> receipt_from_file(std::string_view bytes);

/// What does not hold, one sentence each; empty when the receipt proves what it says. `key`: the
/// published key, not the one inside the receipt.
[[nodiscard]] std::vector<std::string> faults_of(const Receipt& receipt,
                                                 const platform::crypto::PublicKey& key);

/// Words of the document, by key ("receipt.title").
using Say = std::function<std::string(std::string_view key)>;
struct ReceiptPaper {
    std::string language{};
    std::string service{};     // name of the service
    std::string follow_url{};  // in the QR code
    std::string received_at{}; // in the reader's language
    std::string footer{};
    std::string follow{}; // the sentence under the QR code
    std::string qr_alternative{};
};
[[nodiscard]] platform::pdf::Document paper_of(const Receipt& receipt, const ReceiptPaper& paper,
                                               const Say& say);

} // namespace intake
