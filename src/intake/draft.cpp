#include "intake/draft.hpp"

#include "base/check.hpp"
#include "intake/store/draft_rows.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace intake {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

/// The fields of a draft by name, for writing and reading alike.
template <class Draft, class Visit> void each_field(Draft& draft, Visit visit) {
    visit("nature", draft.nature);
    visit("category", draft.category);
    visit("narrative", draft.narrative);
    visit("when", draft.when);
    visit("paid", draft.paid);
    visit("amount", draft.amount);
    visit("means", draft.means);
    visit("paid_to", draft.paid_to);
    visit("links", draft.links);
    visit("contacts", draft.contacts);
    visit("platform", draft.platform);
    visit("contact", draft.contact);
    visit("email", draft.who.email);
    visit("organisation", draft.who.organisation);
    visit("person", draft.who.person);
    visit("agreement", draft.who.agreement);
    visit("minor", draft.who.minor);
}

} // namespace

std::string to_json(const ReportDraft& draft) {
    nlohmann::json out;
    each_field(draft, [&](const char* name, const std::string& value) { out[name] = value; });
    return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<ReportDraft> draft_from_json(std::string_view json) {
    const nlohmann::json read = nlohmann::json::parse(json, nullptr, false);
    if (!read.is_object()) return std::nullopt;
    ReportDraft draft;
    each_field(draft, [&](const char* name, std::string& value) {
        const auto found = read.find(name);
        if (found != read.end() && found->is_string()) value = found->get<std::string>();
    });
    return draft;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trimmed(text.substr(0, end));
        if (!line.empty()) lines.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

engine::record::Statement statement_of(const ReportDraft& draft, std::string_view language) {
    using namespace engine::record;
    Statement out;
    out.kind = Kind::Report;
    out.lang = language;
    out.scam_type = draft.category;
    out.narrative = draft.narrative;
    if (!draft.when.empty()) out.narrative += "\n\n(" + draft.when + ")";
    for (const std::string& link : lines_of(draft.links)) {
        out.identifiers.push_back(
            {.type = IdentifierType::Url, .value = link, .role = Role::Suspect, .platform = {}});
    }
    // What the person copied of the author: read like the author's own words, so that each
    // telephone, account and address in it is the author's.
    for (const std::string& contact : lines_of(draft.contacts)) {
        out.messages.push_back({.from = Speaker::Suspect, .at = {}, .text = contact});
        const bool is_name = contact.find_first_of("@/:0123456789") == std::string::npos;
        if (is_name) {
            Persona persona;
            persona.pseudonym = contact;
            persona.platform = draft.platform;
            out.personas.push_back(std::move(persona));
        }
    }
    if (draft.paid == "yes") {
        out.payments.push_back({.at = {},
                                .amount = draft.amount,
                                .currency = draft.amount.empty() ? "" : "EUR",
                                .means = draft.means,
                                .to = draft.paid_to});
    }
    return out;
}

Drafts::Drafts(platform::db::Pool& door, const platform::crypto::KeyRing& keys)
    : door_{door}, keys_{keys} {}

std::string Drafts::digest_of(std::string_view visit) const {
    return store::digest_for(keys_, "draft", visit);
}

std::optional<Drafts::Kept> Drafts::find(std::string_view visit, UnixSeconds now) {
    const platform::db::Lease lease = door_.take();
    const auto row = store::find_draft(*lease, keys_, digest_of(visit), now);
    if (!row) return std::nullopt;
    const auto draft = draft_from_json(row->json);
    check(draft.has_value(), "a draft that we sealed parses");
    return Kept{.id = row->id, .draft = *draft};
}

std::int64_t Drafts::save(std::string_view visit, const ReportDraft& draft, UnixSeconds now) {
    const platform::db::Lease lease = door_.take();
    platform::db::Transaction transaction{*lease};
    const std::int64_t id =
        store::save_draft(transaction, keys_, digest_of(visit), to_json(draft), now);
    transaction.commit();
    return id;
}

void Drafts::drop(std::string_view visit) {
    const platform::db::Lease lease = door_.take();
    platform::db::Transaction transaction{*lease};
    store::drop_draft(transaction, digest_of(visit));
    transaction.commit();
}

} // namespace intake
