// The drafts of complaints: one open draft for each person and kind, sealed, 30 days. Found again
// by whoever signs in as that person, or by the draft's code (ADR 0037).
#pragma once

#include "base/time.hpp"
#include "intake/complaint.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace intake {

class ComplaintDrafts {
public:
    ComplaintDrafts(platform::db::Pool& door, const platform::crypto::KeyRing& keys);

    struct Kept {
        std::int64_t id = 0;
        ComplaintDraft draft{};
        bool readable = false; // by the visit that asked, without signing in
        [[nodiscard]] std::string files_owner() const { return "draft/" + std::to_string(id); }
    };
    /// Of a person (hex of the subject) and a kind.
    [[nodiscard]] std::optional<Kept> of(std::string_view subject, std::string_view type,
                                         UnixSeconds now);
    /// The one that a visit works on.
    [[nodiscard]] std::optional<Kept> of_visit(std::string_view visit, UnixSeconds now);
    /// By its code, as typed.
    [[nodiscard]] std::optional<Kept> by_code(std::string_view typed, UnixSeconds now);

    /// Made, with a code of its own, or written over; lives 30 days from now. Durable when it
    /// returns.
    Kept save(ComplaintDraft draft, UnixSeconds now);
    /// The visit works on it from now on; with `reads`, it sees it for 30 minutes without login.
    void open(std::string_view visit, std::int64_t id, bool reads, UnixSeconds now);
    /// The visit works on none.
    void leave(std::string_view visit);
    void drop(const ComplaintDraft& draft);

private:
    [[nodiscard]] std::string digest_of(std::string_view subject, std::string_view type) const;
    platform::db::Pool& door_;
    const platform::crypto::KeyRing& keys_;
};

} // namespace intake
