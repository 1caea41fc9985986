#include "intake/web/draft_files.hpp"

#include "intake/web/shown.hpp"

#include <algorithm>

namespace intake::web {

using platform::http::Request;
using platform::http::Response;
using site::FieldFault;

std::vector<FileSeen> DraftFiles::of(const std::string& owner) const {
    const platform::db::Lease lease = doors_.door.take();
    return files_seen(*lease, doors_.vault, owner);
}

bool DraftFiles::owns(const std::string& owner, std::int64_t id) const {
    const std::vector<FileSeen> files = of(owner);
    return std::ranges::any_of(files, [&](const FileSeen& one) { return one.id == id; });
}

void DraftFiles::remove(const std::string& owner, std::string_view which) const {
    const std::optional<std::int64_t> id = number_of(which);
    if (!id || !owns(owner, *id)) return;
    const platform::db::Lease lease = doors_.door.take();
    platform::db::Transaction transaction{*lease};
    platform::vault::Vault::erase(transaction, *id);
    transaction.commit();
}

std::vector<FieldFault> DraftFiles::take(const std::string& owner, const Request& request) const {
    if (!request.field("retirer").empty()) remove(owner, request.field("retirer"));
    std::vector<FieldFault> faults;
    std::size_t there = of(owner).size();
    const platform::db::Lease lease = doors_.door.take();
    platform::db::Transaction transaction{*lease};
    for (const platform::http::Upload& upload : request.uploads) {
        if (upload.too_large) {
            faults.push_back(
                {"fichiers", "error.fichiers_too_large", megabytes(doors_.policy), called(upload)});
        }
        if (upload.stored.empty()) continue;
        if (there >= doors_.policy.files_max) {
            faults.push_back({"fichiers", "error.fichiers_too_many", doors_.policy.files_max});
            break;
        }
        if (doors_.vault.adopt(transaction, upload.stored, owner, upload.file_name)) ++there;
    }
    if (request.too_many_uploads) {
        faults.push_back({"fichiers", "error.fichiers_too_many", doors_.policy.files_max});
    }
    const bool asked = !request.field("ajouter").empty();
    if (asked && request.uploads.empty()) faults.push_back({"fichiers", "error.fichiers_missing"});
    transaction.commit();
    if (faults.size() > 1) faults.resize(1); // one sentence says it
    return faults;
}

Response DraftFiles::thumbnail(const std::string& owner, const Request& request) const {
    const std::optional<std::int64_t> id = number_of(request.part("file"));
    if (!id || !owns(owner, *id)) return doors_.frame.error(404, request);
    const platform::db::Lease lease = doors_.door.take();
    const std::optional<std::string> image = doors_.vault.thumbnail(*lease, *id);
    if (!image) return doors_.frame.error(404, request);
    return {.content_type = "image/jpeg", .body = *image};
}

} // namespace intake::web
