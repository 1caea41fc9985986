// The follow-up space: what became of a declaration, for whoever holds its reference and code.
// Every query runs under a mandate for that one declaration (row security), so that no mistake here
// can show another.
#pragma once

#include "base/result.hpp"
#include "intake/declaration.hpp"
#include "intake/receipt.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"
#include "platform/http/request.hpp"
#include "platform/vault/vault.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake {

namespace store {
struct DeclarationRow;
}

enum class OpenRefusal : std::uint8_t {
    Wrong,   // no such reference, or not its code: never said which
    TooMany, // many wrong codes for this reference in this hour, and this one is wrong too
};

struct ActSeen {
    ActKind kind = ActKind::Received;
    UnixSeconds at = 0;
};
struct MessageSeen {
    UnixSeconds at = 0;
    bool from_service = false;
    bool asks = false;
    std::string text{};
};
struct FileSeen {
    std::int64_t id = 0;
    std::string name{};
    std::uint64_t bytes = 0;
    std::string type{};
    bool has_thumbnail = false;
};
/// The files of an owner, their names opened.
[[nodiscard]] std::vector<FileSeen> files_seen(platform::db::Connection& connection,
                                               platform::vault::Vault& vault,
                                               std::string_view owner);

/// A complaint in the list of the person who made it.
struct ComplaintSeen {
    DeclarationId id{0};
    std::string reference{};
    UnixSeconds received_at = 0;
    Status status = Status::Received;
};

/// What a session is on.
struct Followed {
    DeclarationId id{0};
    DeclarationKind kind = DeclarationKind::Report;
};

struct Following {
    std::string reference{};
    DeclarationKind kind = DeclarationKind::Report;
    Nature nature = Nature::Scam;
    Status status = Status::Received;
    bool grouped = false; // with others, of whom nothing is told
    bool mailed = false;  // an address was given
    std::string language{};
    std::vector<ActSeen> acts{};
    std::vector<MessageSeen> messages{};
    std::vector<FileSeen> files{};
    [[nodiscard]] bool is_open() const { return intake::is_open(kind, status); }
};

class FollowUp {
public:
    FollowUp(platform::db::Pool& door, platform::db::Pool& follower,
             const platform::crypto::KeyRing& keys, platform::vault::Vault& vault);

    [[nodiscard]] Result<DeclarationId, OpenRefusal> open(std::string_view reference,
                                                          std::string_view code, UnixSeconds now);
    /// The complaints of who signed in, the newest first. `subject`: identity::Login::subject.
    [[nodiscard]] std::vector<ComplaintSeen> complaints_of(const platform::crypto::Digest& subject);
    /// The token of a new session, 30 minutes after its last use. With a subject it serves nobody
    /// else.
    [[nodiscard]] std::string begin_session(DeclarationId declaration, UnixSeconds now,
                                            const platform::crypto::Digest* subject = nullptr);
    /// What the token opens for who is signed in (or nobody).
    [[nodiscard]] std::optional<Followed> session(std::string_view token, UnixSeconds now,
                                                  const platform::crypto::Digest* subject);
    void end_session(std::string_view token);

    /// Audited, like all that follow.
    [[nodiscard]] Following read(DeclarationId declaration);
    /// Adds what the declarant says; false when the declaration is closed, or holds all it can.
    bool answer(DeclarationId declaration, std::string_view text, UnixSeconds now);
    /// Adds files; gives the names of those that are there.
    bool add_files(DeclarationId declaration, const std::vector<platform::http::Upload>& uploads,
                   UnixSeconds now);
    bool withdraw(DeclarationId declaration, UnixSeconds now);
    /// Of its reception, with the ledger's head of now.
    [[nodiscard]] std::optional<Receipt> receipt(DeclarationId declaration, UnixSeconds now);
    /// Everything of it, as JSON.
    [[nodiscard]] std::string export_json(DeclarationId declaration);

private:
    using Change = std::function<bool(platform::db::Transaction&, store::DeclarationRow& row)>;
    /// Under the mandate, the row locked; false when the declaration takes no more.
    bool change(DeclarationId declaration, const Change& change);
    platform::db::Pool& door_;
    platform::db::Pool& follower_;
    const platform::crypto::KeyRing& keys_;
    platform::vault::Vault& vault_;
};

} // namespace intake
