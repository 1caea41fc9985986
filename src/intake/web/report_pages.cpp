#include "intake/web.hpp"
#include "intake/web/draft_files.hpp"
#include "intake/web/report_steps.hpp"
#include "intake/web/route_list.hpp"
#include "intake/web/shown.hpp"
#include "intake/web/vocabulary.hpp"

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

/// The pages of the report, over one visit's draft.
class ReportPages {
public:
    explicit ReportPages(const Doors& doors) : doors_{doors}, frame_{doors.frame}, files_{doors} {}

    Response start(const Request& request) const {
        Filling filling;
        if (draft_of(request)) {
            Filling& resume = filling.add("RESUME");
            resume.set("RESUME_PATH", frame_.path(language(request), "report_review"));
        }
        return frame_.show(request, web::page_named("report", "report_start"), std::move(filling));
    }

    Response begin(const Request& request) const {
        // The first form of a visit: no cookie means a browser that takes none, or an old page.
        if (!frame_.is_ours(request)) return start_again(request);
        const std::string visit = frame_.visits().of(request).id;
        if (!request.field("recommencer").empty()) doors_.drafts.drop(visit);
        if (!doors_.drafts.find(visit, doors_.now())) {
            ReportDraft draft;
            draft.narrative = web::told_before(request);
            static_cast<void>(doors_.drafts.save(visit, draft, doors_.now()));
        }
        return frame_.go(language(request), "report_kind");
    }

    Response show_step(const Request& request, const web::Step& step) const {
        const std::optional<Drafts::Kept> kept = draft_of(request);
        if (!kept) return frame_.go(language(request), "report");
        if (step.key != "report_kind" && kept->draft.nature.empty()) {
            return frame_.go(language(request), "report_kind");
        }
        return show_step(request, step, kept->draft, {});
    }

    Response take_step(const Request& request, const web::Step& step) const {
        if (!frame_.is_ours(request)) return start_again(request);
        const std::string visit = frame_.visits().of(request).id;
        std::optional<Drafts::Kept> kept = doors_.drafts.find(visit, doors_.now());
        ReportDraft draft = kept ? kept->draft : ReportDraft{};
        const std::vector<FieldFault> faults = step.take(request, draft);
        static_cast<void>(doors_.drafts.save(visit, draft, doors_.now()));
        if (!faults.empty()) return show_step(request, step, draft, faults);
        const bool was_complete = kept && web::first_missing(kept->draft) == "report_review";
        const bool is_complete = web::first_missing(draft) == "report_review";
        return frame_.go(language(request), was_complete && is_complete
                                                ? "report_review"
                                                : web::after(step.key, draft));
    }

    Response show_files(const Request& request, const std::vector<FieldFault>& faults = {}) const {
        const std::optional<Drafts::Kept> kept = draft_of(request);
        if (!kept) return frame_.go(language(request), "report");
        Filling filling;
        filling.set("BACK",
                    frame_.path(language(request), web::before("report_files", kept->draft)));
        web::fill_limits(filling, doors_.policy);
        web::fill_files(filling, files_.of(kept->files_owner()), frame_, language(request));
        site::Page shown = web::page_named("report_files", "report_files");
        shown.at_risk = web::is_at_risk(kept->draft.category);
        shown.faults = faults;
        return frame_.show(request, shown, std::move(filling));
    }

    Response take_files(const Request& request) const {
        if (!frame_.is_ours(request)) return start_again(request);
        const std::optional<Drafts::Kept> kept = draft_of(request);
        if (!kept) return frame_.go(language(request), "report");
        const std::vector<FieldFault> faults = files_.take(kept->files_owner(), request);
        if (!faults.empty()) return show_files(request, faults);
        if (request.field("continuer").empty()) return frame_.go(language(request), "report_files");
        return frame_.go(language(request), web::first_missing(kept->draft) == "report_review"
                                                ? "report_review"
                                                : web::after("report_files", kept->draft));
    }

    Response review(const Request& request) const {
        const std::optional<Drafts::Kept> kept = draft_of(request);
        if (!kept) return frame_.go(language(request), "report");
        const std::string_view missing = web::first_missing(kept->draft);
        if (missing != "report_review") return frame_.go(language(request), missing);
        Filling filling;
        web::fill_review(filling, kept->draft, files_.of(kept->files_owner()), frame_,
                         language(request));
        web::fill_recognised(filling,
                             doors_.reports.recognise(statement_of(
                                 kept->draft, platform::page::tag_of(language(request)))),
                             frame_, language(request));
        site::Page shown = web::page_named("report_review", "report_review");
        shown.at_risk = web::is_at_risk(kept->draft.category);
        return frame_.show(request, shown, std::move(filling));
    }

    Response submit(const Request& request) const {
        if (!frame_.is_ours(request)) return start_again(request);
        const std::string visit = frame_.visits().of(request).id;
        const std::optional<Drafts::Kept> kept = draft_of(request);
        if (!kept) return frame_.go(language(request), "report_done"); // a second click
        const std::string_view missing = web::first_missing(kept->draft);
        if (missing != "report_review") return frame_.go(language(request), missing);
        const std::string_view tag = platform::page::tag_of(language(request));
        const ReportDraft& draft = kept->draft;
        const bool scam = draft.nature == name_of(Nature::Scam);
        NewReport report{.nature = scam ? Nature::Scam : Nature::Illicit,
                         .door = Door::Page,
                         .language = std::string{tag},
                         .statement = statement_of(draft, tag),
                         .contact = draft.who,
                         .text = draft.narrative,
                         .files_owner = kept->files_owner(),
                         .api_key = {},
                         .once = "page/" + visit + "/" + std::to_string(kept->id),
                         .once_body = {}};
        if (draft.contact == "anonymous") report.contact = {.minor = draft.who.minor};
        if (draft.contact == "email") {
            report.contact = {.email = draft.who.email, .minor = draft.who.minor};
        }
        const Result<Submitted, SubmitRefusal> done = doors_.reports.submit(report, doors_.now());
        if (!done) return frame_.error(409, request);
        doors_.drafts.drop(visit);
        Response response = frame_.go(language(request), "report_done");
        response.cookies.push_back(
            web::session_cookie(doors_.follow_up.begin_session(done->id, doors_.now())));
        return response;
    }

    /// A thumbnail of one's own draft.
    Response thumbnail(const Request& request) const {
        const std::optional<Drafts::Kept> kept = draft_of(request);
        if (!kept) return frame_.error(404, request);
        return files_.thumbnail(kept->files_owner(), request);
    }

private:
    static Language language(const Request& request) { return Frame::language_of(request.path); }
    [[nodiscard]] std::optional<Drafts::Kept> draft_of(const Request& request) const {
        const platform::session::Visit visit = frame_.visits().of(request);
        if (visit.fresh) return std::nullopt;
        return doors_.drafts.find(visit.id, doors_.now());
    }
    /// The page was not one of this visit: an old tab, a browser without cookies, another site.
    [[nodiscard]] Response start_again(const Request& request) const {
        return frame_.error(403, request);
    }
    [[nodiscard]] Response show_step(const Request& request, const web::Step& step,
                                     const ReportDraft& draft,
                                     const std::vector<FieldFault>& faults) const {
        Filling filling;
        filling.set("BACK", frame_.path(language(request), web::before(step.key, draft)));
        step.fill(filling, draft, frame_, language(request));
        site::Page shown = web::page_named(step.key, step.key);
        shown.at_risk = web::is_at_risk(draft.category);
        shown.faults = faults;
        return frame_.show(request, shown, std::move(filling));
    }
    const Doors& doors_;
    const Frame& frame_;
    web::DraftFiles files_;
};

} // namespace

std::vector<Route> report_routes(const Doors& doors) {
    const ReportPages pages{doors};
    web::RouteList list{doors.frame};
    constexpr std::string_view kWritten = "report_written";
    list.add(Method::Get, "report", [pages](const Request& r) { return pages.start(r); }, "");
    list.add(
        Method::Post, "report", [pages](const Request& r) { return pages.begin(r); }, kWritten,
        web::kFormLimits);
    for (const web::Step& step : web::steps()) {
        list.add(
            Method::Get, step.key,
            [pages, &step](const Request& r) { return pages.show_step(r, step); }, "");
        list.add(
            Method::Post, step.key,
            [pages, &step](const Request& r) { return pages.take_step(r, step); }, kWritten,
            web::kFormLimits);
    }
    list.add(
        Method::Get, "report_files", [pages](const Request& r) { return pages.show_files(r); }, "");
    list.add_upload(
        "report_files", [pages](const Request& r) { return pages.take_files(r); }, kWritten,
        web::upload_limits(doors.policy), doors.vault.uploads());
    list.add(
        Method::Get, "report_files", [pages](const Request& r) { return pages.thumbnail(r); }, "",
        {}, "/{file}/vignette");
    list.add(
        Method::Get, "report_review", [pages](const Request& r) { return pages.review(r); }, "");
    list.add(
        Method::Post, "report_submit", [pages](const Request& r) { return pages.submit(r); },
        kWritten, web::kFormLimits);
    return list.take();
}

} // namespace intake
