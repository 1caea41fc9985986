#include "intake/web/complaint_access.hpp"

#include "intake/web/complaint_questions.hpp"
#include "platform/crypto/bytes.hpp"

namespace intake::web {

using platform::http::Request;
using platform::http::Response;
using site::Frame;

std::string subject_text(const identity::Login& login) {
    return platform::crypto::to_hex(login.subject);
}

std::optional<identity::Login> ComplaintAccess::login(const Request& request) const {
    return doors_.logins.of(request);
}

std::optional<Access> ComplaintAccess::of_person(const Request& request,
                                                 const identity::Login& login) const {
    const std::string subject = subject_text(login);
    const std::string visit = doors_.frame.visits().of(request).id;
    std::optional<ComplaintDrafts::Kept> kept =
        doors_.complaint_drafts.of_visit(visit, doors_.now());
    if (kept && kept->draft.subject != subject) kept.reset();
    // An old page of another kind is written where it belongs.
    const std::string_view type = request.field("type");
    if (!type.empty() && (!kept || kept->draft.type != type)) {
        kept = doors_.complaint_drafts.of(subject, type, doors_.now());
        if (kept) doors_.complaint_drafts.open(visit, kept->id, false, doors_.now());
    }
    if (!kept) return std::nullopt;
    return Access{.kept = std::move(*kept), .reads = true, .signed_in = true};
}

std::optional<Access> ComplaintAccess::of(const Request& request) const {
    if (const auto who = login(request)) return of_person(request, *who);
    const platform::session::Visit visit = doors_.frame.visits().of(request);
    if (visit.fresh) return std::nullopt;
    std::optional<ComplaintDrafts::Kept> kept =
        doors_.complaint_drafts.of_visit(visit.id, doors_.now());
    if (!kept) return std::nullopt;
    const std::string_view type = request.field("type");
    if (!type.empty() && type != kept->draft.type) return std::nullopt;
    if (kept->readable) doors_.complaint_drafts.open(visit.id, kept->id, true, doors_.now());
    const bool reads = kept->readable;
    return Access{.kept = std::move(*kept), .reads = reads};
}

Response ComplaintAccess::ask_login(const Request& request, std::string_view page) const {
    return doors_.logins.ask(request, doors_.frame.path(Frame::language_of(request.path), page));
}

Response ComplaintAccess::go_on(const Request& request, const ComplaintDraft& draft) const {
    return doors_.frame.go(Frame::language_of(request.path),
                           "complaint_" + std::string{first_open_page(draft)});
}

} // namespace intake::web
