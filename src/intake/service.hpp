// What the service does to a declaration: read, ask, transfer, close, erase. Today by `maillon
// admin`; the workspace will call the same.
#pragma once

#include "base/result.hpp"
#include "intake/declaration.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake {

enum class ServiceRefusal : std::uint8_t {
    Unknown,  // no such reference
    Finished, // withdrawn, closed or erased
};

/// Who acts, and why they open a personal file (loi 78-17 art. 101).
struct Mandate {
    std::string actor;
    std::string reason;
};

struct Reached { // whom a mail can tell of an act
    std::string email;
    std::string language;
    std::string reference;
};

class Service {
public:
    /// Puts the mail of an act into its transaction; `what` is "message" or a status.
    using Tell =
        std::function<void(platform::db::Transaction&, const Reached&, std::string_view what)>;
    Service(platform::db::Pool& operators, const platform::crypto::KeyRing& keys, Tell tell);

    Result<void, ServiceRefusal> mark_read(std::string_view reference, const Mandate& mandate,
                                           UnixSeconds now);
    Result<void, ServiceRefusal> transfer(std::string_view reference, const Mandate& mandate,
                                          UnixSeconds now);
    Result<void, ServiceRefusal> close(std::string_view reference, const Mandate& mandate,
                                       UnixSeconds now);
    /// A message to the declarant; `asks`: for a complement.
    Result<void, ServiceRefusal> write(std::string_view reference, std::string_view text, bool asks,
                                       const Mandate& mandate, UnixSeconds now);
    /// The keys go: nothing of it can be read again, here or in any backup.
    Result<void, ServiceRefusal> erase(std::string_view reference, const Mandate& mandate,
                                       UnixSeconds now);

    /// Erases what was kept for six years (arrêté of 26 June 2020, INTC2014263A: the retention of
    /// THESEE); at most a hundred at once. How many.
    std::size_t erase_expired(UnixSeconds now);

    /// The key of a professional account, told once.
    [[nodiscard]] Result<std::string, ServiceRefusal> make_api_key(std::string_view name);
    bool revoke_api_key(std::string_view name);

private:
    Result<void, ServiceRefusal> change(std::string_view reference, ActKind act, Status status,
                                        const Mandate& mandate, UnixSeconds now);
    platform::db::Pool& operators_;
    const platform::crypto::KeyRing& keys_;
    Tell tell_;
};

/// The API key's owner, when it is one and not revoked.
struct ApiCaller {
    std::int64_t id = 0;
    std::string name;
};
[[nodiscard]] std::optional<ApiCaller> api_caller(platform::db::Pool& door,
                                                  const platform::crypto::KeyRing& keys,
                                                  std::string_view bearer);

} // namespace intake
