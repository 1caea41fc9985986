// A report while it is being written, page by page: kept on the server, sealed, found again by the
// visitor's cookie, so that nothing typed is lost and nothing stays on a shared telephone.
#pragma once

#include "base/time.hpp"
#include "engine/record/statement.hpp"
#include "intake/declaration.hpp"
#include "platform/crypto/keys.hpp"
#include "platform/db/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace intake {

/// As typed: the pages check it, nothing is lost when it is wrong.
struct ReportDraft {
    std::string nature;   // "scam", "illicit", or not said yet
    std::string category; // a word of kScamCategories or kIllicitCategories
    std::string narrative;
    std::string when;
    std::string paid; // "yes", "no", "unknown"
    std::string amount;
    std::string means; // a word of kMeans
    std::string paid_to;
    std::string links; // one a line
    std::string contacts;
    std::string platform; // a word of kPlatforms
    std::string contact;  // "anonymous", "email", "professional"
    Contact who;
};

[[nodiscard]] std::string to_json(const ReportDraft& draft);
[[nodiscard]] std::optional<ReportDraft> draft_from_json(std::string_view json);

/// The record of the interchange format that a finished draft says.
[[nodiscard]] engine::record::Statement statement_of(const ReportDraft& draft,
                                                     std::string_view language);
/// Non-empty lines, trimmed.
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);

class Drafts {
public:
    Drafts(platform::db::Pool& door, const platform::crypto::KeyRing& keys);

    struct Kept {
        std::int64_t id = 0;
        ReportDraft draft;
        [[nodiscard]] std::string files_owner() const { return "draft/" + std::to_string(id); }
    };
    [[nodiscard]] std::optional<Kept> find(std::string_view visit, UnixSeconds now);
    /// Made, or written over; lives 30 days from now. Durable when it returns.
    std::int64_t save(std::string_view visit, const ReportDraft& draft, UnixSeconds now);
    void drop(std::string_view visit);

private:
    [[nodiscard]] std::string digest_of(std::string_view visit) const;
    platform::db::Pool& door_;
    const platform::crypto::KeyRing& keys_;
};

} // namespace intake
