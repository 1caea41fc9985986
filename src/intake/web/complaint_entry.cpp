#include "intake/tracking_code.hpp"
#include "intake/web.hpp"
#include "intake/web/complaint_access.hpp"
#include "intake/web/complaint_form.hpp"
#include "intake/web/complaint_questions.hpp"
#include "intake/web/route_list.hpp"
#include "intake/web/shown.hpp"
#include "platform/crypto/bytes.hpp"

#include <algorithm>

namespace intake {
namespace {

using platform::http::Method;
using platform::http::Request;
using platform::http::Response;
using platform::http::Route;
using site::FieldFault;
using site::Filling;
using site::Frame;
using site::Language;

constexpr UnixSeconds kDraftSeconds = 30 * 86'400;

std::string_view given(const Request& request, std::string_view name) {
    const std::string_view typed = request.field(name);
    return typed.empty() ? request.parameter(name).value_or(std::string_view{}) : typed;
}

/// A kind of the list, or nothing.
std::string type_of(const Request& request) {
    const std::string_view type = given(request, "type");
    return is_complaint_type(type) ? std::string{type} : std::string{};
}

Contact contact_of(const identity::Person& person) {
    Contact out;
    out.email = person.email;
    out.given_name = person.given_name;
    out.family_name = person.family_name;
    out.person = identity::shown_name(person);
    out.birthdate = person.birthdate;
    out.birthplace = person.birthplace;
    out.birthcountry = person.birthcountry;
    out.gender = person.gender;
    return out;
}

class ComplaintEntry {
public:
    explicit ComplaintEntry(const Doors& doors)
        : doors_{doors}, frame_{doors.frame}, access_{doors} {}

    Response start(const Request& request, const std::vector<FieldFault>& faults = {}) const {
        const std::string type = type_of(request);
        const web::Reader reader{frame_, language(request)};
        if (type.empty()) return choose(request, reader);
        Filling filling;
        fill_type(filling, type, reader);
        fill_conditions(filling, type, request, faults, reader);
        const std::optional<identity::Login> login = access_.login(request);
        const bool begun =
            login &&
            doors_.complaint_drafts.of(web::subject_text(*login), type, doors_.now()).has_value();
        if (begun) filling.add("RESUME").set("RESUME_PATH", begin_path(request, type));
        site::Page page = page_of("complaint", "complaint_start", type);
        page.faults = faults;
        return frame_.show(request, page, std::move(filling));
    }

    /// What was answered decides: on to the login, or to why not.
    Response answered(const Request& request) const {
        if (!frame_.is_ours(request)) return frame_.error(403, request);
        const std::string type = type_of(request);
        if (type.empty()) return frame_.go(language(request), "complaint");
        const web::Reader reader{frame_, language(request)};
        std::vector<FieldFault> faults;
        for (const web::Condition& one : web::conditions_of(type)) {
            const std::string_view said = request.field(one.name);
            const std::string key = "condition." + std::string{one.name};
            if (said.empty())
                faults.push_back(web::unanswered(one.name, reader.say(key + ".label")));
            if (!said.empty() && said != one.accepted) return go_refused(request, type, one.name);
        }
        if (!faults.empty()) return start(request, faults);
        const std::string begin = begin_path(request, type) + "&accord=" +
                                  frame_.visits().form_token(frame_.visits().of(request));
        return access_.login(request) ? platform::http::see_other(begin)
                                      : doors_.logins.ask(request, begin);
    }

    /// One open draft for each person and kind: this link leads to it however often it is followed.
    Response begin(const Request& request) const {
        const std::string type = type_of(request);
        if (type.empty()) return frame_.go(language(request), "complaint");
        const std::optional<identity::Login> login = access_.login(request);
        const std::string accord{request.parameter("accord").value_or(std::string_view{})};
        if (!login) {
            return doors_.logins.ask(request, begin_path(request, type) +
                                                  (accord.empty() ? "" : "&accord=" + accord));
        }
        const std::string today = to_rfc3339(doors_.now()).substr(0, 10);
        const std::optional<bool> adult = is_adult(login->person.birthdate, today);
        if (!adult) return go_refused(request, type, "sans_age");
        if (!*adult) return go_refused(request, type, "mineur");
        const platform::session::Visit visit = frame_.visits().of(request);
        const std::string subject = web::subject_text(*login);
        std::optional<ComplaintDrafts::Kept> kept =
            doors_.complaint_drafts.of(subject, type, doors_.now());
        if (!kept) {
            if (!frame_.visits().is_ours(visit, accord)) {
                return platform::http::see_other(frame_.path(language(request), "complaint") +
                                                 "?type=" + type);
            }
            ComplaintDraft draft{
                .type = type, .subject = subject, .who = contact_of(login->person)};
            draft.answers["courriel"] = draft.who.email;
            kept = doors_.complaint_drafts.save(std::move(draft), doors_.now());
        }
        Response response = access_.go_on(request, kept->draft);
        if (visit.fresh) response.cookies.push_back(frame_.visits().cookie(visit));
        doors_.complaint_drafts.open(visit.id, kept->id, false, doors_.now());
        return response;
    }

    Response refused(const Request& request) const {
        const std::string type = type_of(request);
        if (type.empty()) return frame_.go(language(request), "complaint");
        const web::Reader reader{frame_, language(request)};
        const std::string why{given(request, "motif")};
        const std::string key = "condition." + why + ".refused";
        if (!reader.knows(key)) return frame_.go(language(request), "complaint");
        Filling filling;
        fill_type(filling, type, reader);
        filling.set("WHY", reader.say(key));
        if (why == "mineur") filling.show("MINOR");
        filling.set("BACK", frame_.path(language(request), "complaint") + "?type=" + type);
        site::Page page = page_of("complaint_refused", "complaint_refused", type);
        page.rest += "&motif=" + why;
        return frame_.show(request, page, std::move(filling));
    }

    Response ask_code(const Request& request, const std::vector<FieldFault>& faults = {}) const {
        Filling filling;
        site::Page page = web::page_named("complaint_resume", "complaint_resume");
        page.faults = faults;
        return frame_.show(request, page, std::move(filling));
    }

    Response resume(const Request& request) const {
        if (!frame_.is_ours(request)) return frame_.error(403, request);
        const auto kept = doors_.complaint_drafts.by_code(request.field("code"), doors_.now());
        if (!kept) return ask_code(request, {{"code", "error.reprise_wrong"}});
        doors_.complaint_drafts.open(frame_.visits().of(request).id, kept->id, true, doors_.now());
        return access_.go_on(request, kept->draft);
    }

    Response pause(const Request& request) const {
        const std::optional<web::Access> access = access_.of(request);
        if (!access || !access->reads) return access_.ask_login(request, "complaint_pause");
        const ComplaintDrafts::Kept kept =
            doors_.complaint_drafts.save(access->kept.draft, doors_.now());
        const Language spoken = language(request);
        Filling filling;
        filling.set("CODE", code_in_groups(kept.draft.code));
        filling.set("UNTIL", web::shown_time(doors_.now() + kDraftSeconds, spoken));
        filling.set(
            "RESUME_PATH",
            frame_.path(spoken, "complaint_" + std::string{web::first_open_page(kept.draft)}));
        if (access->signed_in) filling.show("SIGNED_IN");
        site::Page page = web::page_named("complaint_pause", "complaint_pause");
        page.at_risk = is_at_risk(kept.draft.type);
        Response response = frame_.show(request, page, std::move(filling));
        response.holds_secret = true;
        return response;
    }

private:
    static Language language(const Request& request) { return Frame::language_of(request.path); }
    [[nodiscard]] static site::Page page_of(std::string_view path, std::string_view name,
                                            const std::string& type) {
        site::Page page = web::page_named(path, name);
        page.rest = "?type=" + type;
        page.at_risk = is_at_risk(type);
        return page;
    }
    [[nodiscard]] std::string begin_path(const Request& request, const std::string& type) const {
        return frame_.path(language(request), "complaint_begin") + "?type=" + type;
    }
    [[nodiscard]] Response go_refused(const Request& request, const std::string& type,
                                      std::string_view why) const {
        return platform::http::see_other(frame_.path(language(request), "complaint_refused") +
                                         "?type=" + type + "&motif=" + std::string{why});
    }
    [[nodiscard]] Response choose(const Request& request, const web::Reader& reader) const {
        Filling filling;
        for (const std::string_view type : kComplaintTypes) {
            Filling& one = filling.add("TYPE");
            one.set("TYPE_PATH",
                    frame_.path(reader.language, "complaint") + "?type=" + std::string{type});
            one.set("LABEL", reader.say("complaint_type." + std::string{type} + ".label"));
            one.set("HINT", reader.say("complaint_type." + std::string{type} + ".facts"));
        }
        return frame_.show(request, web::page_named("complaint", "complaint_types"),
                           std::move(filling));
    }
    static void fill_type(Filling& filling, const std::string& type, const web::Reader& reader) {
        const std::string key = "complaint_type." + type;
        filling.set("TYPE", type);
        filling.set("TYPE_LABEL", reader.say(key + ".label"));
        filling.set("FACTS", reader.say(key + ".facts"));
        filling.set("QUALIFICATION", reader.say(key + ".qualification"));
        filling.set("ARTICLE", reader.say(key + ".article"));
        filling.set("ELSEWHERE_PATH", reader.frame.path(reader.language, "report"));
    }
    /// `request`: what was answered, here or by the questions that led here.
    static void fill_conditions(Filling& filling, const std::string& type, const Request& request,
                                const std::vector<FieldFault>& faults, const web::Reader& reader) {
        for (const web::Condition& one : web::conditions_of(type)) {
            Filling& condition = filling.add("CONDITION");
            const std::string key = "condition." + std::string{one.name};
            web::fill_around(condition, one.name, key, faults, reader);
            const std::string_view said = given(request, one.name);
            if (said == "oui") condition.show("OUI_CHECKED");
            if (said == "non") condition.show("NON_CHECKED");
        }
    }

    const Doors& doors_;
    const Frame& frame_;
    web::ComplaintAccess access_;
};

} // namespace

site::Forget forget_complaint(const Doors& doors) {
    return [&doors](const Request& request, Response&) {
        const platform::session::Visit visit = doors.frame.visits().of(request);
        if (!visit.fresh) doors.complaint_drafts.leave(visit.id);
    };
}

std::vector<Route> complaint_entry_routes(const Doors& doors) {
    const ComplaintEntry pages{doors};
    web::RouteList list{doors.frame};
    constexpr std::string_view kWritten = "complaint_written";
    list.add(Method::Get, "complaint", [pages](const Request& r) { return pages.start(r); }, "");
    list.add(
        Method::Post, "complaint", [pages](const Request& r) { return pages.answered(r); }, "",
        web::kFormLimits);
    list.add(
        Method::Get, "complaint_begin", [pages](const Request& r) { return pages.begin(r); },
        kWritten);
    list.add(
        Method::Get, "complaint_refused", [pages](const Request& r) { return pages.refused(r); },
        "");
    list.add(
        Method::Get, "complaint_resume", [pages](const Request& r) { return pages.ask_code(r); },
        "");
    list.add(
        Method::Post, "complaint_resume", [pages](const Request& r) { return pages.resume(r); },
        "complaint_resumed", web::kCodeLimits);
    list.add(
        Method::Get, "complaint_pause", [pages](const Request& r) { return pages.pause(r); },
        kWritten);
    return list.take();
}

} // namespace intake
