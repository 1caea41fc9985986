#include "intake/web.hpp"
#include "intake/web/complaint_access.hpp"
#include "intake/web/complaint_form.hpp"
#include "intake/web/route_list.hpp"
#include "intake/web/shown.hpp"

#include <algorithm>

namespace intake {
namespace {

using platform::http::Method;
using platform::http::Request;
using platform::http::Response;
using platform::http::Route;
using site::Filling;
using site::Frame;
using site::Language;

/// What the person who signed in sent, and what they began.
class MyComplaints {
public:
    explicit MyComplaints(const Doors& doors)
        : doors_{doors}, frame_{doors.frame}, access_{doors} {}

    Response list(const Request& request) const {
        const std::optional<identity::Login> login = access_.login(request);
        if (!login) return access_.ask_login(request, "my_complaints");
        const web::Reader reader{frame_, Frame::language_of(request.path)};
        Filling filling;
        filling.set("NAME", identity::shown_name(login->person));
        fill_sent(filling, *login, reader);
        fill_drafts(filling, *login, reader);
        return frame_.show(request, web::page_named("my_complaints", "my_complaints"),
                           std::move(filling));
    }

    /// A complaint of this person, by its reference; anybody else's is not there.
    Response open(const Request& request) const {
        const std::optional<identity::Login> login = access_.login(request);
        if (!login) return access_.ask_login(request, "my_complaints");
        const Language language = Frame::language_of(request.path);
        const std::vector<ComplaintSeen> sent = doors_.follow_up.complaints_of(login->subject);
        const auto found =
            std::ranges::find(sent, request.part("reference"), &ComplaintSeen::reference);
        if (found == sent.end()) return frame_.error(404, request);
        Response response = frame_.go(language, "complaint_file");
        response.cookies.push_back(web::session_cookie(
            doors_.follow_up.begin_session(found->id, doors_.now(), &login->subject)));
        return response;
    }

private:
    void fill_sent(Filling& filling, const identity::Login& login,
                   const web::Reader& reader) const {
        const std::vector<ComplaintSeen> sent = doors_.follow_up.complaints_of(login.subject);
        Filling& list = filling.add(sent.empty() ? "NONE_SENT" : "SENT");
        for (const ComplaintSeen& one : sent) {
            Filling& shown = list.add("COMPLAINT");
            shown.set("REFERENCE", one.reference);
            shown.set("WHEN", web::shown_time(one.received_at, reader.language));
            shown.set("STATUS_LABEL",
                      reader.say("plainte.status." + std::string{name_of(one.status)} + ".label"));
            shown.set("FILE_PATH",
                      frame_.path(reader.language, "complaint_file") + "/" + one.reference);
        }
    }
    void fill_drafts(Filling& filling, const identity::Login& login,
                     const web::Reader& reader) const {
        Filling* list = nullptr;
        for (const std::string_view type : kComplaintTypes) {
            if (!doors_.complaint_drafts.of(web::subject_text(login), type, doors_.now())) continue;
            if (list == nullptr) list = &filling.add("DRAFTS");
            Filling& one = list->add("DRAFT");
            one.set("LABEL", reader.say("complaint_type." + std::string{type} + ".label"));
            one.set("DRAFT_PATH",
                    frame_.path(reader.language, "complaint_begin") + "?type=" + std::string{type});
        }
    }

    const Doors& doors_;
    const Frame& frame_;
    web::ComplaintAccess access_;
};

} // namespace

std::vector<Route> my_complaints_routes(const Doors& doors) {
    const MyComplaints pages{doors};
    web::RouteList list{doors.frame};
    list.add(
        Method::Get, "my_complaints", [pages](const Request& r) { return pages.list(r); },
        "complaints_listed");
    list.add(
        Method::Get, "complaint_file", [pages](const Request& r) { return pages.open(r); },
        "followup_opened", {}, "/{reference}");
    return list.take();
}

} // namespace intake
