#include "intake/web/complaint_review.hpp"

#include "intake/web/shown.hpp"

#include <algorithm>

namespace intake::web {
namespace {

using site::Filling;

/// "250 € · Virement bancaire · 3 novembre"
std::string summed_up(const Answers& payment, const Reader& reader) {
    std::string out = shown_amount(answer(payment, "montant"), reader.language);
    const std::string means =
        label(reader.frame, reader.language, "means", answer(payment, "moyen"));
    for (const std::string_view more : {std::string_view{means}, answer(payment, "date")}) {
        if (!more.empty()) out.append(" · ").append(more);
    }
    return out;
}

Filling& add_part(Filling& filling, std::string_view page, const Reader& reader) {
    Filling& part = filling.add("PART");
    part.set("PART_LABEL", reader.say("step." + std::string{page} + ".heading"));
    part.set("PART_PATH", reader.frame.path(reader.language, "complaint_" + std::string{page}));
    return part;
}

Filling& add_fact(Filling& part, std::string_view said, std::string_view value) {
    Filling& fact = part.add("FACT");
    fact.set("LABEL", said);
    fact.set("VALUE", value);
    return fact;
}

void fill_payment_facts(Filling& part, const ComplaintDraft& draft, const Reader& reader) {
    if (draft.payments.empty()) {
        add_fact(part, reader.say("complaint.payments.legend"), reader.say("answer.non"));
    }
    for (const Answers& payment : draft.payments) {
        add_fact(part, reader.say("plainte.payment"), summed_up(payment, reader));
        fill_facts(part, destination_questions(answer(payment, "moyen")), payment, reader);
    }
}

std::string_view whose_before(const ComplaintDraft& draft, const Found& found) {
    const auto said = std::ranges::find_if(draft.choices, [&](const Choice& one) {
        return one.type == found.type && one.value == found.value;
    });
    if (said != draft.choices.end()) return said->whose;
    const bool own = found.value == draft.who.email || found.value == draft.who.telephone;
    return engine::record::name_of(own ? engine::record::Role::Victim : found.role);
}

} // namespace

void fill_payments(Filling& filling, const ComplaintDraft& draft, const Reader& reader) {
    const std::string_view paid = answer(draft.answers, "paye");
    Filling& list = filling.add(draft.payments.empty() ? "NO_PAYMENTS" : "PAYMENTS");
    if (paid == "oui") list.show("OUI_CHECKED");
    if (paid == "non") list.show("NON_CHECKED");
    for (std::size_t i = 0; i < draft.payments.size(); ++i) {
        Filling& one = list.add("PAYMENT");
        one.set("SUMMARY", summed_up(draft.payments[i], reader));
        one.set("PAYMENT_NUMBER", std::to_string(i));
        one.set("PAYMENT_PATH", reader.frame.path(reader.language, "complaint_payment") +
                                    "?numero=" + std::to_string(i));
    }
}

void fill_found(Filling& filling, const ComplaintDraft& draft, const std::vector<Found>& found,
                const Reader& reader) {
    Filling& list = filling.add(found.empty() ? "NOTHING_FOUND" : "FOUND");
    for (std::size_t i = 0; i < found.size(); ++i) {
        Filling& one = list.add("IDENTIFIER");
        one.set("INDEX", std::to_string(i));
        one.set("TYPE_LABEL", label(reader.frame, reader.language, "identifier", found[i].type));
        one.set("VALUE", found[i].value);
        const std::string_view whose = whose_before(draft, found[i]);
        if (whose == "suspect") one.show("SUSPECT_CHECKED");
        if (whose == "victim") one.show("VICTIM_CHECKED");
        if (whose == "third_party") one.show("NEITHER_CHECKED");
    }
}

void fill_complaint(Filling& filling, const ComplaintDraft& draft,
                    const std::vector<FileSeen>& files, const Reader& reader) {
    for (const std::string_view page : kComplaintPages) {
        if (page == "review") continue;
        Filling& part = add_part(filling, page, reader);
        fill_facts(part, questions_of(page, draft.type), draft.answers, reader);
        if (page == "payments") fill_payment_facts(part, draft, reader);
        if (page == "found") {
            for (const Choice& one : draft.choices) {
                add_fact(part, reader.say("whose." + one.whose), one.value);
            }
        }
        if (page == "files") {
            for (const FileSeen& file : files) {
                add_fact(part, reader.say("plainte.file"),
                         file.name + " (" + shown_size(file.bytes, reader.language) + ")");
            }
        }
        if (page == "you") {
            add_fact(part, reader.say("complaint.you.name"), draft.who.person);
            add_fact(part, reader.say("complaint.you.birthdate"),
                     shown_day(draft.who.birthdate, reader.language));
        }
        if (part.entries().size() == 2) part.show("NOTHING"); // its label and its path alone
    }
}

} // namespace intake::web
