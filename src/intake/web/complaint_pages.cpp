#include "intake/web.hpp"
#include "intake/web/complaint_access.hpp"
#include "intake/web/complaint_form.hpp"
#include "intake/web/complaint_questions.hpp"
#include "intake/web/complaint_review.hpp"
#include "intake/web/draft_files.hpp"
#include "intake/web/route_list.hpp"
#include "intake/web/shown.hpp"
#include "intake/web/typed.hpp"

#include <nlohmann/json.hpp>

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
using web::Access;

/// The pages of a complaint, over the draft of whoever asks.
class ComplaintPages {
public:
    explicit ComplaintPages(const Doors& doors)
        : doors_{doors}, frame_{doors.frame}, access_{doors}, files_{doors} {}

    Response show(const Request& request, std::string_view page) const {
        return with_draft(request, page,
                          [&](const Access& access) { return shown(request, page, access, {}); });
    }

    /// A page of questions came back.
    Response take(const Request& request, std::string_view page) const {
        return written(request, page, [&](Access& access, std::vector<FieldFault>& faults) {
            faults = web::take_questions(request, web::questions_of(page, access.kept.draft.type),
                                         access.kept.draft.answers, reader(request));
            ComplaintDraft& draft = access.kept.draft;
            draft.who.email = answer(draft.answers, "courriel");
            draft.who.telephone = answer(draft.answers, "telephone");
            draft.who.address = answer(draft.answers, "adresse");
        });
    }

    Response take_found(const Request& request) const {
        return written(request, "found", [&](Access& access, std::vector<FieldFault>&) {
            access.kept.draft.choices = choices_of(request, found_in(access.kept.draft));
        });
    }

    /// Nothing is paid, or another page is asked for.
    Response take_payments(const Request& request) const {
        return written(request, "payments", [&](Access& access, std::vector<FieldFault>& faults) {
            ComplaintDraft& draft = access.kept.draft;
            const std::optional<std::int64_t> gone = web::number_of(request.field("retirer"));
            if (gone && static_cast<std::size_t>(*gone) < draft.payments.size()) {
                draft.payments.erase(draft.payments.begin() + *gone);
            }
            const std::string_view paid = request.field("paye");
            if (paid == "oui" || paid == "non") draft.answers["paye"] = paid;
            if (draft.payments.empty() && answer(draft.answers, "paye").empty()) {
                faults.push_back({"paye", "error.paye_missing"});
            }
        });
    }

    Response show_payment(const Request& request, std::string_view page) const {
        return with_draft(request, page, [&](const Access& access) {
            return payment_shown(request, page, access, {});
        });
    }

    /// When, how much and how; then where to, as its means has it.
    Response take_payment(const Request& request, std::string_view page) const {
        if (!frame_.is_ours(request)) return frame_.error(403, request);
        std::optional<Access> access = access_.of(request);
        if (!access) return lost(request, page);
        ComplaintDraft& draft = access->kept.draft;
        const std::size_t number = payment_number(request, draft);
        if (number == draft.payments.size()) draft.payments.emplace_back();
        Answers& payment = draft.payments[number];
        draft.answers["paye"] = "oui";
        const std::vector<FieldFault> faults = web::take_questions(
            request, payment_questions(page, payment), payment, reader(request));
        access->kept.draft = doors_.complaint_drafts.save(draft, doors_.now()).draft;
        if (!access->reads) return access_.ask_login(request, "complaint_payments");
        if (!faults.empty()) return payment_shown(request, page, *access, faults);
        if (page == "payment_to") return frame_.go(language(request), "complaint_payments");
        return platform::http::see_other(frame_.path(language(request), "complaint_payment_to") +
                                         "?numero=" + std::to_string(number));
    }

    Response take_files(const Request& request) const {
        return written(request, "files", [&](Access& access, std::vector<FieldFault>& faults) {
            faults = files_.take(access.kept.files_owner(), request);
        });
    }

    Response thumbnail(const Request& request) const {
        const std::optional<Access> access = access_.of(request);
        if (!access || !access->reads) return frame_.error(404, request);
        return files_.thumbnail(access->kept.files_owner(), request);
    }

    Response review(const Request& request) const {
        return with_draft(request, "review", [&](const Access& access) {
            const ComplaintDraft& draft = access.kept.draft;
            if (web::first_open_page(draft) != "review") return access_.go_on(request, draft);
            Filling filling = base(request, "review", draft);
            web::fill_complaint(filling, draft, files_.of(access.kept.files_owner()),
                                reader(request));
            site::Page page = web::page_named("complaint_review", "complaint_review");
            page.at_risk = is_at_risk(draft.type);
            return frame_.show(request, page, std::move(filling));
        });
    }

    Response submit(const Request& request) const {
        if (!frame_.is_ours(request)) return frame_.error(403, request);
        const std::optional<identity::Login> login = access_.login(request);
        if (!login) return access_.ask_login(request, "complaint_review");
        const std::optional<Access> access = access_.of(request);
        if (!access) return second_click(request, *login);
        const ComplaintDraft& draft = access->kept.draft;
        if (web::first_open_page(draft) != "review") return access_.go_on(request, draft);
        const std::string_view tag = platform::page::tag_of(language(request));
        const NewReport report{.kind = DeclarationKind::Complaint,
                               .door = Door::Page,
                               .language = std::string{tag},
                               .statement = complaint_statement(draft, tag, web::tells_of),
                               .contact = draft.who,
                               .text = std::string{answer(draft.answers, "recit")},
                               .files_owner = access->kept.files_owner(),
                               .once = "complaint/" + std::to_string(access->kept.id),
                               .subject = login->subject,
                               .answers = answers_json(draft)};
        const Result<Submitted, SubmitRefusal> done = doors_.reports.submit(report, doors_.now());
        if (!done) return frame_.error(409, request);
        doors_.complaint_drafts.drop(draft);
        return acknowledged(request, done->id, *login);
    }

    /// What the engine finds in a text while it is typed: nothing is kept.
    Response spot(const Request& request) const {
        if (!frame_.is_ours(request)) return {.status = 403, .content_type = "application/json"};
        ComplaintDraft draft;
        draft.answers["recit"] = web::typed(request.field("recit"));
        nlohmann::json out{{"found", nlohmann::json::array()}};
        const web::Reader words = reader(request);
        for (const Found& one : found_in(draft)) {
            out["found"].push_back(
                {{"label", words.say("identifier." + one.type)},
                 {"value", one.value},
                 {"whose", words.say("whose." + std::string{engine::record::name_of(one.role)})}});
        }
        return {.content_type = "application/json",
                .body = out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
    }

private:
    static Language language(const Request& request) { return Frame::language_of(request.path); }
    [[nodiscard]] web::Reader reader(const Request& request) const {
        return {frame_, language(request)};
    }
    static std::string key_of(std::string_view page) { return "complaint_" + std::string{page}; }

    /// `show` gets a draft that whoever asks may read; else the way leads to the login.
    template <class Show>
    Response with_draft(const Request& request, std::string_view page, const Show& show) const {
        const std::optional<Access> access = access_.of(request);
        if (access && access->reads) return show(*access);
        return lost(request, page);
    }
    /// No draft here: sign in, or look at what there is.
    [[nodiscard]] Response lost(const Request& request, std::string_view page) const {
        if (access_.login(request)) return frame_.go(language(request), "my_complaints");
        return access_.ask_login(request, key_of(page));
    }
    /// Takes a form into the draft and saves it whatever is wrong; then shows what is wrong, or
    /// goes on. A script asks for the saving alone, and gets a sentence.
    template <class Take>
    Response written(const Request& request, std::string_view page, const Take& take) const {
        if (!frame_.is_ours(request)) return frame_.error(403, request);
        std::optional<Access> access = access_.of(request);
        if (!access) return lost(request, page);
        const bool was_complete = web::first_open_page(access->kept.draft) == "review";
        std::vector<FieldFault> faults;
        take(*access, faults);
        ComplaintDraft& draft = access->kept.draft;
        const bool keeps = !request.field("garder").empty();
        if (!keeps && faults.empty() && std::ranges::find(draft.seen, page) == draft.seen.end()) {
            draft.seen.emplace_back(page);
        }
        draft = doors_.complaint_drafts.save(std::move(draft), doors_.now()).draft;
        if (keeps) return kept(request);
        const std::string_view next = next_page(request, page, draft, was_complete);
        if (!access->reads)
            return access_.ask_login(request, faults.empty() ? key_of(next) : key_of(page));
        if (!faults.empty()) return shown(request, page, *access, faults);
        return frame_.go(language(request), key_of(next));
    }
    [[nodiscard]] Response kept(const Request& request) const {
        const nlohmann::json said{{"said", reader(request).say("plainte.kept")}};
        return {.content_type = "application/json", .body = said.dump()};
    }
    static std::string_view next_page(const Request& request, std::string_view page,
                                      const ComplaintDraft& draft, bool was_complete) {
        if (page == "files" && request.field("continuer").empty()) return page;
        if (page == "payments") {
            if (!request.field("retirer").empty()) return page;
            const bool more = !request.field("ajouter").empty();
            if (more || (draft.payments.empty() && answer(draft.answers, "paye") == "oui")) {
                return "payment";
            }
        }
        if (was_complete && web::first_open_page(draft) == "review") return "review";
        return web::page_after(page);
    }

    [[nodiscard]] Filling base(const Request& request, std::string_view page,
                               const ComplaintDraft& draft) const {
        const web::Reader words = reader(request);
        Filling filling;
        const std::string_view before = web::page_before(page);
        filling.set("BACK", before.empty() ? frame_.path(language(request), "complaint") +
                                                 "?type=" + draft.type
                                           : frame_.path(language(request), key_of(before)));
        filling.set("ACTION", frame_.path(language(request), key_of(page)));
        filling.set("TYPE", draft.type);
        filling.set("TYPE_LABEL", words.say("complaint_type." + draft.type + ".label"));
        const auto* const here = std::ranges::find(web::kComplaintPages, page);
        filling.set("NUMBER", std::to_string(here - std::begin(web::kComplaintPages) + 1));
        filling.set("COUNT", std::to_string(std::size(web::kComplaintPages)));
        return filling;
    }
    void fill_heading(Filling& filling, const std::string& page, const ComplaintDraft& draft,
                      const web::Reader& words) const {
        filling.set("HEADING", words.say("step." + page + ".heading"));
        for (const std::string& key :
             {"prompt." + page + "." + draft.type, "step." + page + ".lead"}) {
            if (!words.knows(key)) continue;
            filling.add("HAS_LEAD").set("LEAD", words.say(key));
            break;
        }
        const std::string section = page == "bank" ? "BANK" : page == "safety" ? "SAFETY" : "";
        if (!section.empty()) filling.show(section);
        if (page == "story") filling.show("STORY");
        if (page == "you") {
            Filling& identity = filling.add("IDENTITY");
            identity.set("NAME_SHOWN", draft.who.person);
            identity.set("BIRTHDATE", web::shown_day(draft.who.birthdate, words.language));
        }
    }
    [[nodiscard]] Response shown(const Request& request, std::string_view page,
                                 const Access& access,
                                 const std::vector<FieldFault>& faults) const {
        const ComplaintDraft& draft = access.kept.draft;
        Filling filling = base(request, page, draft);
        std::string name = "complaint_step";
        if (page == "payments" || page == "found" || page == "files") name = key_of(page);
        site::Page shown_page{.template_name = name + ".html",
                              .path = {},
                              .title = "step." + std::string{page} + ".heading",
                              .at_risk = is_at_risk(draft.type),
                              .faults = faults};
        const std::string path_key = key_of(page);
        shown_page.path = path_key;
        if (name == "complaint_step") {
            fill_heading(filling, std::string{page}, draft, reader(request));
            web::fill_questions(filling, web::questions_of(page, draft.type), draft.answers, faults,
                                reader(request));
        }
        if (page == "payments") web::fill_payments(filling, draft, reader(request));
        if (page == "found") web::fill_found(filling, draft, found_in(draft), reader(request));
        if (page == "files") {
            web::fill_limits(filling, doors_.policy);
            web::fill_files(filling, files_.of(access.kept.files_owner()), frame_,
                            language(request), "complaint_files");
        }
        return frame_.show(request, shown_page, std::move(filling));
    }

    static std::span<const web::Question> payment_questions(std::string_view page,
                                                            const Answers& payment) {
        return page == "payment_to" ? web::destination_questions(answer(payment, "moyen"))
                                    : web::payment_questions();
    }
    /// Which payment the page is about: one that is there, or the next.
    static std::size_t payment_number(const Request& request, const ComplaintDraft& draft) {
        constexpr std::size_t kPaymentsMax = 50; // of one complaint
        const std::string_view typed = request.field("numero");
        const std::optional<std::int64_t> number = web::number_of(
            typed.empty() ? request.parameter("numero").value_or(std::string_view{}) : typed);
        const std::size_t next = std::min(draft.payments.size(), kPaymentsMax - 1);
        if (!number || static_cast<std::size_t>(*number) >= draft.payments.size()) return next;
        return static_cast<std::size_t>(*number);
    }
    [[nodiscard]] Response payment_shown(const Request& request, std::string_view page,
                                         const Access& access,
                                         const std::vector<FieldFault>& faults) const {
        const ComplaintDraft& draft = access.kept.draft;
        const std::size_t number = payment_number(request, draft);
        const Answers payment = number < draft.payments.size() ? draft.payments[number] : Answers{};
        Filling filling = base(request, "payments", draft);
        filling.set("BACK", frame_.path(language(request), "complaint_payments"));
        filling.set("ACTION", frame_.path(language(request), key_of(page)));
        filling.set("HEADING", reader(request).say("step." + std::string{page} + ".heading"));
        filling.add("PAYMENT").set("PAYMENT_NUMBER", std::to_string(number));
        web::fill_questions(filling, payment_questions(page, payment), payment, faults,
                            reader(request));
        const std::string path_key = key_of(page);
        return frame_.show(request,
                           {.template_name = "complaint_step.html",
                            .path = path_key,
                            .title = "step." + std::string{page} + ".heading",
                            .at_risk = is_at_risk(draft.type),
                            .rest = "?numero=" + std::to_string(number),
                            .faults = faults},
                           std::move(filling));
    }

    /// What the engine finds in the draft, without what the person said of it before.
    [[nodiscard]] std::vector<Found> found_in(const ComplaintDraft& draft) const {
        ComplaintDraft told = draft;
        told.choices.clear();
        told.who = {};
        told.answers.erase("courriel");
        told.answers.erase("telephone");
        return doors_.reports.find_all(complaint_statement(told, "fr", web::tells_of));
    }
    static std::vector<Choice> choices_of(const Request& request, const std::vector<Found>& found) {
        std::vector<Choice> out;
        for (std::size_t i = 0; i < found.size(); ++i) {
            const std::string number = std::to_string(i);
            const std::string_view whose = request.field("qui-" + number);
            const bool is_role = std::ranges::find(engine::record::kRoleNames, whose) !=
                                 engine::record::kRoleNames.end();
            // The list may have changed in another tab: what the page showed is what is meant.
            if (!is_role || request.field("quoi-" + number) != found[i].value) continue;
            out.push_back(
                {.type = found[i].type, .value = found[i].value, .whose = std::string{whose}});
        }
        return out;
    }

    /// The draft is gone: it was sent a moment ago, and its newest complaint is shown again.
    [[nodiscard]] Response second_click(const Request& request,
                                        const identity::Login& login) const {
        const std::vector<ComplaintSeen> sent = doors_.follow_up.complaints_of(login.subject);
        if (sent.empty()) return frame_.go(language(request), "complaint");
        return acknowledged(request, sent.front().id, login);
    }
    [[nodiscard]] Response acknowledged(const Request& request, DeclarationId id,
                                        const identity::Login& login) const {
        Response response = frame_.go(language(request), "complaint_done");
        response.cookies.push_back(
            web::session_cookie(doors_.follow_up.begin_session(id, doors_.now(), &login.subject)));
        return response;
    }

    const Doors& doors_;
    const Frame& frame_;
    web::ComplaintAccess access_;
    web::DraftFiles files_;
};

} // namespace

std::vector<Route> complaint_routes(const Doors& doors) {
    const ComplaintPages pages{doors};
    web::RouteList list{doors.frame};
    constexpr std::string_view kWritten = "complaint_written";
    for (const std::string_view page : web::kComplaintPages) {
        if (page == "review") continue;
        const std::string key = "complaint_" + std::string{page};
        list.add(
            Method::Get, key, [pages, page](const Request& r) { return pages.show(r, page); }, "");
        if (web::questions_of(page, "romance").empty()) continue;
        list.add(
            Method::Post, key, [pages, page](const Request& r) { return pages.take(r, page); },
            kWritten, web::kFormLimits);
    }
    list.add(
        Method::Post, "complaint_found", [pages](const Request& r) { return pages.take_found(r); },
        kWritten, web::kFormLimits);
    list.add(
        Method::Post, "complaint_payments",
        [pages](const Request& r) { return pages.take_payments(r); }, kWritten, web::kFormLimits);
    for (const std::string_view page : {"payment", "payment_to"}) {
        const std::string key = "complaint_" + std::string{page};
        list.add(
            Method::Get, key,
            [pages, page](const Request& r) { return pages.show_payment(r, page); }, "");
        list.add(
            Method::Post, key,
            [pages, page](const Request& r) { return pages.take_payment(r, page); }, kWritten,
            web::kFormLimits);
    }
    list.add_upload(
        "complaint_files", [pages](const Request& r) { return pages.take_files(r); }, kWritten,
        web::upload_limits(doors.policy), doors.vault.uploads());
    list.add(
        Method::Get, "complaint_files", [pages](const Request& r) { return pages.thumbnail(r); },
        "", {}, "/{file}/vignette");
    list.add(
        Method::Get, "complaint_review", [pages](const Request& r) { return pages.review(r); }, "");
    list.add(
        Method::Post, "complaint_submit", [pages](const Request& r) { return pages.submit(r); },
        kWritten, web::kFormLimits);
    list.add(
        Method::Post, "complaint_spot", [pages](const Request& r) { return pages.spot(r); }, "",
        web::kFormLimits);
    return list.take();
}

} // namespace intake
