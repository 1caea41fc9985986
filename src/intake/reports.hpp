// Submitting a report: one transaction writes the sealed declaration, its identifiers, the act in
// the ledger, the mail and the event for the engine. What is acknowledged is durable.
#pragma once

#include "base/result.hpp"
#include "engine/extract/extract.hpp"
#include "engine/record/statement.hpp"
#include "intake/declaration.hpp"
#include "intake/receipt.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace intake {

struct NewReport {
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

private:
    [[nodiscard]] std::optional<Submitted> submitted_before(platform::db::Connection& connection,
                                                            const NewReport& report,
                                                            bool& other_body);
    platform::db::Pool& door_;
    platform::db::Pool& follower_;
    const platform::crypto::KeyRing& keys_;
    engine::extract::ExtractPolicy extract_;
    Acknowledge acknowledge_;
};

} // namespace intake
