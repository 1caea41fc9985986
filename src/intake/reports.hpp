// Submitting a report or a complaint: one transaction writes the sealed declaration, its
// identifiers, the act in the ledger, the mail and the event for the engine. What is acknowledged
// is durable.
#pragma once

#include "base/result.hpp"
#include "engine/extract/extract.hpp"
#include "engine/record/statement.hpp"
#include "intake/declaration.hpp"
#include "intake/receipt.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"
#include "platform/vault/vault.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace intake {

struct NewReport {
    DeclarationKind kind = DeclarationKind::Report;
    Nature nature = Nature::Scam;
    Door door = Door::Page;
    std::string language = "fr";
    engine::record::Statement statement{}; // its id, kind and time are set here
    Contact contact{};
    std::string text{};        // the person's own words, for the digest in the receipt
    std::string files_owner{}; // "draft/12": its files become the declaration's; or empty
    std::optional<std::int64_t> api_key{};
    std::string once{};      // the same value again is the same submission
    std::string once_body{}; // …and must come with this, when not empty
    // Of a complaint: who signed in (identity::Login::subject), and what the form asked (JSON).
    std::optional<platform::crypto::Digest> subject{};
    std::string answers{};
};

struct Submitted {
    DeclarationId id{0};
    std::string reference{};
    std::string code{}; // tracking code, 16 characters
    UnixSeconds received_at = 0;
    Receipt receipt{};
    bool again = false; // it had been submitted before: nothing new was written
};

enum class SubmitRefusal : std::uint8_t {
    OtherBody,  // the idempotency key was used with another body
    Unreadable, // its record could not be read again
};

/// An identifier of an author in this text, for the person to see, and whether it is in another
/// declaration already (only what is public: addresses of pages and domains).
struct Recognised {
    std::string type{};  // "url"
    std::string value{}; // as written
    bool already_reported = false;
};

/// An identifier in what a person wrote, and whose the engine takes it to be.
struct Found {
    std::string type{};  // "iban"
    std::string value{}; // as written
    engine::record::Role role = engine::record::Role::Suspect;
};

class Reports {
public:
    /// Puts the acknowledgement mail of a declaration into the transaction.
    using Acknowledge = std::function<void(platform::db::Transaction&, const NewReport&,
                                           const std::string& reference, const std::string& code)>;

    Reports(platform::db::Pool& door, platform::db::Pool& follower,
            const platform::crypto::KeyRing& keys, engine::extract::ExtractPolicy extract,
            Acknowledge acknowledge);

    [[nodiscard]] Result<Submitted, SubmitRefusal> submit(const NewReport& report, UnixSeconds now);
    /// Of the author only.
    [[nodiscard]] std::vector<Recognised> recognise(const engine::record::Statement& statement);

    /// Everybody's, each once; neither names nor cards, and no name of a site that an address
    /// holds.
    [[nodiscard]] std::vector<Found> find_all(const engine::record::Statement& statement) const;

private:
    [[nodiscard]] std::optional<Submitted> submitted_before(platform::db::Connection& connection,
                                                            const NewReport& report,
                                                            UnixSeconds now, bool& other_body);
    /// The row of a new declaration, sealed; its id, or no row when it was submitted before.
    [[nodiscard]] platform::db::Rows insert(platform::db::Transaction& transaction,
                                            const platform::vault::DataKeys::Made& made,
                                            const NewReport& report, const std::string& reference,
                                            std::string_view line, UnixSeconds now) const;
    platform::db::Pool& door_;
    platform::db::Pool& follower_;
    const platform::crypto::KeyRing& keys_;
    engine::extract::ExtractPolicy extract_;
    Acknowledge acknowledge_;
};

} // namespace intake
