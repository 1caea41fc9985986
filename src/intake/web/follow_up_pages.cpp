#include "intake/tracking_code.hpp"
#include "intake/web.hpp"
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

constexpr std::int64_t kMessageMost = 10'000;              // characters, as people are told
constexpr std::size_t kMessageBytesMax = 4 * kMessageMost; // in UTF-8, any script

/// The last question of the service was followed by something from the declarant.
bool is_answered(const Following& seen) {
    const auto asked = std::find_if(seen.messages.rbegin(), seen.messages.rend(),
                                    [](const MessageSeen& one) { return one.asks; });
    if (asked == seen.messages.rend()) return false;
    const bool by_message = std::any_of(seen.messages.rbegin(), asked,
                                        [](const MessageSeen& one) { return !one.from_service; });
    return by_message || std::ranges::any_of(seen.acts, [&](const ActSeen& act) {
               return act.kind == ActKind::Completed && act.at > asked->at; // a file
           });
}

/// The two spaces: reports are opened by a reference and a code, complaints by who signed in. Keys
/// of their paths; each page's template has the name of its path.
struct Space {
    DeclarationKind kind = DeclarationKind::Report;
    std::string_view entrance;
    std::string_view done;
    std::string_view file;
    std::string_view message;
    std::string_view files;
    std::string_view withdraw;
    std::string_view export_json;
    std::string_view receipt_json;
    std::string_view receipt_pdf;
};
constexpr Space kReports{
    DeclarationKind::Report, "followup",       "report_done",       "followup_file",
    "followup_message",      "followup_files", "followup_withdraw", "followup_export",
    "receipt_json",          "receipt_pdf"};
constexpr Space kComplaints{
    DeclarationKind::Complaint, "my_complaints", "complaint_done",     "complaint_file",
    "complaint_message",        "complaint_add", "complaint_withdraw", "complaint_export",
    "complaint_json",           "complaint_pdf"};

class FollowUpPages {
public:
    FollowUpPages(const Doors& doors, const Space& space)
        : doors_{doors}, frame_{doors.frame}, space_{space} {}

    /// Where a reference and a code are typed.
    Response ask(const Request& request, const std::vector<site::FieldFault>& faults = {}) const {
        if (faults.empty() && session(request)) return go(request, space_.file);
        Filling filling;
        filling.set("REFERENCE", request.field("reference"));
        site::Page shown = web::page_named("followup", "followup_open");
        shown.faults = faults;
        return frame_.show(request, shown, std::move(filling));
    }

    Response open(const Request& request) const {
        if (!frame_.is_ours(request)) return frame_.error(403, request);
        const Result<DeclarationId, OpenRefusal> opened =
            doors_.follow_up.open(request.field("reference"), request.field("code"), doors_.now());
        if (!opened) {
            return ask(request, {{"reference", opened.error() == OpenRefusal::TooMany
                                                   ? "error.too_many_tries"
                                                   : "error.code_wrong"}});
        }
        Response response = go(request, space_.file);
        response.cookies.push_back(
            web::session_cookie(doors_.follow_up.begin_session(*opened, doors_.now())));
        return response;
    }

    /// The page that ends a declaration. The code of a report is shown here, while the session
    /// lasts; a complaint has none.
    Response done(const Request& request) const {
        const std::optional<DeclarationId> id = session(request);
        if (!id) return go(request, space_.entrance);
        const Following seen = doors_.follow_up.read(*id);
        Filling filling;
        filling.set("REFERENCE", seen.reference);
        if (seen.kind == DeclarationKind::Report) {
            filling.set("CODE", code_in_groups(tracking_code_of(doors_.keys, seen.reference)));
        }
        filling.set("RECEIVED_AT", web::shown_time(seen.acts.front().at, language(request)));
        fill_papers(filling, request);
        if (seen.mailed) filling.show("MAILED");
        return frame_.show(request, page_of(space_.done), std::move(filling));
    }

    Response file(const Request& request, const std::vector<site::FieldFault>& faults = {}) const {
        const std::optional<DeclarationId> id = session(request);
        if (!id) return go(request, space_.entrance);
        Filling filling = filled(request, doors_.follow_up.read(*id));
        if (!faults.empty()) filling.set("DRAFT", request.field("texte"));
        if (faults.empty() && request.parameter("fait")) filling.show("UPDATED");
        site::Page shown = page_of(space_.file);
        shown.faults = faults;
        return frame_.show(request, shown, std::move(filling));
    }

    Response message(const Request& request) const {
        if (!frame_.is_ours(request)) return frame_.error(403, request);
        const std::optional<DeclarationId> id = session(request);
        if (!id) return go(request, space_.entrance);
        const std::string text = message_of(request);
        if (lines_of(request.field("texte")).empty()) {
            return file(request, {{"texte", "error.texte_missing"}});
        }
        if (text.size() > kMessageBytesMax)
            return file(request, {{"texte", "error.texte_too_long", kMessageMost}});
        const bool made = doors_.follow_up.answer(*id, text, doors_.now());
        if (!made && doors_.follow_up.read(*id).is_open()) {
            return file(request, {{"texte", "error.texte_full"}});
        }
        return updated(request, made);
    }

    Response files(const Request& request) const {
        if (!frame_.is_ours(request)) return frame_.error(403, request);
        const std::optional<DeclarationId> id = session(request);
        if (!id) return go(request, space_.entrance);
        const auto too_large = std::ranges::find_if(
            request.uploads, [](const platform::http::Upload& one) { return one.too_large; });
        if (too_large != request.uploads.end()) {
            return file(request, {{"fichiers", "error.fichiers_too_large",
                                   web::megabytes(doors_.policy), web::called(*too_large)}});
        }
        if (request.uploads.empty()) {
            return file(request, {{"fichiers", "error.fichiers_missing"}});
        }
        const Following seen = doors_.follow_up.read(*id);
        if (request.too_many_uploads ||
            seen.files.size() + request.uploads.size() > doors_.policy.files_max) {
            return file(request,
                        {{"fichiers", "error.fichiers_too_many", doors_.policy.files_max}});
        }
        return updated(request, doors_.follow_up.add_files(*id, request.uploads, doors_.now()));
    }

    Response ask_withdrawal(const Request& request) const {
        const std::optional<DeclarationId> id = session(request);
        if (!id) return go(request, space_.entrance);
        const Following seen = doors_.follow_up.read(*id);
        Filling filling;
        filling.set("REFERENCE", seen.reference);
        filling.set("BACK", frame_.path(language(request), space_.file));
        return frame_.show(request, page_of(space_.withdraw), std::move(filling));
    }

    Response withdraw(const Request& request) const {
        if (!frame_.is_ours(request)) return frame_.error(403, request);
        const std::optional<DeclarationId> id = session(request);
        if (!id) return go(request, space_.entrance);
        return updated(request, doors_.follow_up.withdraw(*id, doors_.now()));
    }

    Response export_file(const Request& request) const {
        const std::optional<DeclarationId> id = session(request);
        if (!id) return go(request, space_.entrance);
        return platform::http::download("application/json", doors_.follow_up.export_json(*id),
                                        "declaration.json");
    }

    Response receipt_json(const Request& request) const {
        return with_receipt(request, [](const Receipt& receipt) {
            return platform::http::download("application/json", to_json(receipt), "receipt.json");
        });
    }

    Response receipt_pdf(const Request& request) const {
        return with_receipt(request, [&](const Receipt& receipt) {
            const Language spoken = language(request);
            const auto say = [&](std::string_view key) { return this->say(spoken, key); };
            return platform::http::download(
                "application/pdf",
                platform::pdf::render(paper_of(receipt, paper_words(receipt, spoken), say)),
                "receipt.pdf");
        });
    }

    Response close(const Request& request) const {
        if (!frame_.is_ours(request)) return frame_.error(403, request);
        Response response = frame_.go(language(request), "home");
        forget_follow_up(doors_)(request, response);
        return response;
    }

private:
    static Language language(const Request& request) { return Frame::language_of(request.path); }
    [[nodiscard]] Response go(const Request& request, std::string_view page) const {
        return frame_.go(language(request), page);
    }
    /// Of this space alone; a complaint's serves the person who is signed in.
    [[nodiscard]] std::optional<DeclarationId> session(const Request& request) const {
        const std::optional<std::string_view> token = request.cookie(web::kSessionCookie);
        if (!token) return std::nullopt;
        std::optional<identity::Login> login;
        if (space_.kind == DeclarationKind::Complaint) login = doors_.logins.of(request);
        const std::optional<Followed> followed =
            doors_.follow_up.session(*token, doors_.now(), login ? &login->subject : nullptr);
        if (!followed || followed->kind != space_.kind) return std::nullopt;
        return followed->id;
    }
    [[nodiscard]] static site::Page page_of(std::string_view name) {
        return web::page_named(name, name, true);
    }
    /// The words of a complaint where it has its own: plainte.status.read.label.
    [[nodiscard]] std::string say(Language spoken, std::string_view key,
                                  std::initializer_list<platform::page::Argument> with = {}) const {
        const std::string own = "plainte." + std::string{key};
        const bool has_own = space_.kind == DeclarationKind::Complaint && frame_.pages().knows(own);
        return frame_.pages().say(spoken, has_own ? std::string_view{own} : key, with);
    }
    /// What was typed; a correction says first what it puts right.
    [[nodiscard]] std::string message_of(const Request& request) const {
        const std::string text{request.field("texte")};
        const std::string_view part = request.field("partie");
        const std::string key = "plainte.corrected." + std::string{part};
        if (part.empty() || !frame_.pages().knows(key)) return text;
        return say(language(request), key) + "\n" + text;
    }
    template <class Show> Response with_receipt(const Request& request, const Show& show) const {
        const std::optional<DeclarationId> id = session(request);
        if (!id) return go(request, space_.entrance);
        const std::optional<Receipt> receipt = doors_.follow_up.receipt(*id, doors_.now());
        return receipt ? show(*receipt) : frame_.error(404, request);
    }
    [[nodiscard]] ReceiptPaper paper_words(const Receipt& receipt, Language spoken) const {
        const Result<StatementFacts, std::string> facts = read_facts(receipt.statement);
        const std::optional<UnixSeconds> at =
            facts ? parse_rfc3339(facts->at) : std::optional<UnixSeconds>{};
        const std::string url = doors_.policy.public_url + frame_.path(spoken, space_.entrance);
        return {.language = std::string{platform::page::tag_of(spoken)},
                .service = doors_.policy.service,
                .follow_url = url,
                .received_at = at ? web::shown_time(*at, spoken) : std::string{},
                .footer = say_of(spoken, "receipt.footer", facts),
                .follow = say(spoken, "receipt.follow", {{"address", url}}),
                .qr_alternative = say_of(spoken, "receipt.qr_alternative", facts)};
    }
    /// Words that name the reference.
    [[nodiscard]] std::string say_of(Language spoken, std::string_view key,
                                     const Result<StatementFacts, std::string>& facts) const {
        return say(spoken, key, {{"reference", facts ? std::string_view{facts->reference} : ""}});
    }
    void fill_papers(Filling& filling, const Request& request) const {
        filling.set("PDF_PATH", frame_.path(language(request), space_.receipt_pdf));
        filling.set("JSON_PATH", frame_.path(language(request), space_.receipt_json));
    }
    /// A change was made, or the declaration took no more: the page says which.
    [[nodiscard]] Response updated(const Request& request, bool made) const {
        if (!made) return go(request, space_.file);
        return platform::http::see_other(frame_.path(language(request), space_.file) + "?fait=1");
    }
    [[nodiscard]] Filling filled(const Request& request, const Following& seen) const {
        const Language spoken = language(request);
        const auto say = [&](const std::string& key) { return this->say(spoken, key); };
        Filling filling;
        filling.set("REFERENCE", seen.reference);
        const bool answered = is_answered(seen);
        const bool thanked = answered && seen.status == Status::ComplementAsked;
        const std::string status =
            "status." + (thanked ? std::string{"answered"} : std::string{name_of(seen.status)});
        filling.set("STATUS_LABEL", say(status + ".label"));
        filling.set("STATUS_EXPLAINED", say(status + ".explained"));
        filling.set("NEXT_STEP", say(status + ".next"));
        filling.set("DELAY", say(status + ".delay"));
        for (const ActSeen& act : seen.acts) {
            Filling& one = filling.add("ACT");
            one.set("WHEN", web::shown_time(act.at, spoken));
            one.set("LABEL", say("act." + std::string{name_of(act.kind)}));
        }
        Filling& messages = filling.add(seen.messages.empty() ? "NO_MESSAGES" : "MESSAGES");
        for (const MessageSeen& message : seen.messages) {
            Filling& one = messages.add("MESSAGE");
            one.set("WHEN", web::shown_time(message.at, spoken));
            one.set("FROM_LABEL",
                    say(message.from_service ? "followup.from.service" : "followup.from.you"));
            one.set("TEXT", message.text);
            if (message.asks && !answered) one.show("ASKS");
        }
        web::fill_files(filling, seen.files, frame_, spoken);
        web::fill_limits(filling, doors_.policy);
        fill_papers(filling, request);
        if (seen.is_open()) filling.show("OPEN");
        if (seen.status == Status::Withdrawn) filling.show("WITHDRAWN");
        if (seen.status == Status::Closed) filling.show("CLOSED");
        return filling;
    }

    const Doors& doors_;
    const Frame& frame_;
    const Space& space_;
};

/// What both spaces have.
void add_space(web::RouteList& list, const Doors& doors, const Space& space) {
    const FollowUpPages pages{doors, space};
    constexpr std::string_view kRead = "followup_read";
    constexpr std::string_view kCompleted = "followup_completed";
    constexpr std::string_view kReceipt = "followup_receipt";
    list.add(Method::Get, space.done, [pages](const Request& r) { return pages.done(r); }, kRead);
    list.add(Method::Get, space.file, [pages](const Request& r) { return pages.file(r); }, kRead);
    list.add(
        Method::Post, space.message, [pages](const Request& r) { return pages.message(r); },
        kCompleted, web::kFormLimits);
    list.add_upload(
        space.files, [pages](const Request& r) { return pages.files(r); }, kCompleted,
        web::upload_limits(doors.policy), doors.vault.uploads());
    list.add(
        Method::Get, space.withdraw, [pages](const Request& r) { return pages.ask_withdrawal(r); },
        kRead);
    list.add(
        Method::Post, space.withdraw, [pages](const Request& r) { return pages.withdraw(r); },
        "followup_withdrawn", web::kFormLimits);
    list.add(
        Method::Get, space.export_json, [pages](const Request& r) { return pages.export_file(r); },
        "followup_export");
    list.add(
        Method::Get, space.receipt_json,
        [pages](const Request& r) { return pages.receipt_json(r); }, kReceipt);
    list.add(Method::Get, space.receipt_pdf,
             [pages](const Request& r) { return pages.receipt_pdf(r); }, kReceipt, {.weight = 5});
}

} // namespace

site::Forget forget_follow_up(const Doors& doors) {
    return [&doors](const Request& request, Response& response) {
        response.cookies.push_back(
            {.name = std::string{web::kSessionCookie}, .value = "", .seconds_max = 0});
        if (const auto token = request.cookie(web::kSessionCookie)) {
            doors.follow_up.end_session(*token);
        }
    };
}

std::vector<Route> follow_up_routes(const Doors& doors) {
    const FollowUpPages pages{doors, kReports};
    web::RouteList list{doors.frame};
    list.add(Method::Get, "followup", [pages](const Request& r) { return pages.ask(r); }, "");
    list.add(
        Method::Post, "followup_open", [pages](const Request& r) { return pages.open(r); },
        "followup_opened", web::kCodeLimits);
    add_space(list, doors, kReports);
    add_space(list, doors, kComplaints);
    list.add(
        Method::Post, "close_session", [pages](const Request& r) { return pages.close(r); }, "",
        web::kFormLimits);
    return list.take();
}

} // namespace intake
