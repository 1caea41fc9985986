// The victim's own words, and what else they name: their own numbers, the bank's, the platform's.
#include "synth/tell/telling.hpp"

#include "synth/draw/written.hpp"
#include "synth/plan/scam_type.hpp"

namespace synth {
namespace {

using engine::record::IdentifierType;
using engine::record::Kind;
using engine::record::Role;

void append(std::string& text, const std::string& sentence) {
    if (sentence.empty()) return;
    if (!text.empty()) text += text.size() % 5 == 0 ? "\n" : " ";
    text += sentence;
}

std::string quoted(std::string_view message) {
    return "« " + std::string{message} + " »";
}

} // namespace

std::string Teller::sentence(Scene& scene, std::string_view section, std::string_view value) const {
    const std::vector<std::string_view>& entries = phrases_.of(section);
    const std::string_view entry = entries[scene.random.index(entries.size())];
    const Choose choose = [&](std::size_t, std::size_t count) { return scene.random.index(count); };
    const std::string text =
        unfold(entry, choose, [&](std::string_view slot) { return has_slot(scene, slot); });
    return fill(in_register(text, scene.how, scene.random),
                [&](std::string_view slot, std::string& out) {
                    if (slot == "valeur") {
                        out += value;
                    } else {
                        append_slot(scene, slot, out);
                    }
                });
}

void Teller::add_narrative(Scene& scene, engine::record::Statement& statement) const {
    constexpr std::array<std::string_view, 5> kKinds{"complaint", "report", "call", "chat",
                                                     "station"};
    const std::string kind{kKinds[static_cast<std::size_t>(scene.kind)]};
    const std::string type{kScamTypes[scene.gang.type].name};
    std::string text = sentence(scene, "open " + kind);
    if (scene.plan.twin != kNobody) append(text, sentence(scene, "again"));
    if (scene.random.chance(world_.parameters.withdrawn))
        append(text, sentence(scene, "withdrawn"));
    // Reports paste the message; others may quote it too, and then attach nothing.
    if (!statement.messages.empty() &&
        (scene.kind == Kind::Report ? scene.random.chance(.8) : scene.random.chance(.15))) {
        append(text, quoted(statement.messages[0].text));
        if (scene.kind == Kind::Report) statement.messages.clear();
    }
    if (scene.kind != Kind::Report) append(text, sentence(scene, "story " + type));
    if (scene.kind != Kind::Report && scene.random.chance(.6)) {
        append(text, sentence(scene, "circumstance"));
    }
    if (scene.innocent) append(text, sentence(scene, "innocent"));
    add_payment(scene, statement);
    for (Told& told : scene.values) {
        if (!told.in_text || told.said) continue;
        const std::string section = "mention " + std::string{name_of(told.type)};
        const std::string value = written(told.type, told.canonical, scene.random);
        append(text, sentence(scene, section, value));
        told.said = true;
    }
    add_hubs(scene, text, statement);
    add_own(scene, text, statement);
    add_asides(scene, text);
    if (scene.random.chance(.4)) append(text, sentence(scene, "circumstance"));
    append(text, sentence(scene, "close " + kind));
    statement.narrative = std::move(text);
}

void Teller::add_payment(Scene& scene, engine::record::Statement& statement) const {
    if (scene.kind == Kind::Report || scene.random.chance(.5)) return;
    engine::record::Payment payment;
    if (scene.random.chance(.6)) {
        payment.at =
            *statement.received_at - 86'400 * static_cast<UnixSeconds>(scene.random.below(30));
    }
    payment.amount = std::to_string(scene.amount) + (scene.random.chance(.3) ? ".00" : "");
    payment.currency = "EUR";
    payment.means = "transfer";
    statement.payments.push_back(std::move(payment));
}

/// The victim's own line, address or account, as a field or in the text.
void Teller::add_own(Scene& scene, std::string& text, engine::record::Statement& statement) const {
    const Parameters& p = world_.parameters;
    if (!scene.innocent && !scene.random.chance(p.own_identifier)) return;
    const struct {
        IdentifierType type;
        const std::string& value;
    } own[]{{IdentifierType::Phone, scene.victim.phone},
            {IdentifierType::Email, scene.victim.mail},
            {IdentifierType::Iban, scene.victim.iban}};
    const auto& chosen = own[scene.innocent ? 2 : scene.random.index(5) % 3];
    if (scene.random.chance(.5)) {
        const Role role = scene.random.chance(p.own_misdeclared) ? Role::Suspect : Role::Victim;
        statement.identifiers.push_back(
            {chosen.type, declared(chosen.type, chosen.value, scene.random), role, {}});
    } else {
        append(text, sentence(scene, "own " + std::string{name_of(chosen.type)},
                              written(chosen.type, chosen.value, scene.random)));
        scene.owned.push_back({chosen.type, chosen.value, Role::Victim});
    }
}

/// What many gangs' victims name: platforms, collection accounts, spoofed lines, stolen identities.
void Teller::add_hubs(Scene& scene, std::string& text, engine::record::Statement& statement) const {
    const Parameters& p = world_.parameters;
    const Hubs& hubs = world_.hubs;
    const auto name = [&](IdentifierType type, const std::string& value, std::string_view section) {
        if (scene.random.chance(.5)) {
            statement.identifiers.push_back(
                {type, declared(type, value, scene.random), Role::Suspect, {}});
        } else {
            append(text, sentence(scene, section, written(type, value, scene.random)));
        }
    };
    if (scene.random.chance(p.platform)) {
        name(IdentifierType::Domain, hubs.platforms[scene.random.zipf(hubs.platforms.size())],
             "platform");
    }
    if (scene.random.chance(p.collection)) {
        name(IdentifierType::Iban,
             hubs.collection_ibans[scene.random.zipf(hubs.collection_ibans.size())],
             "mention iban");
    }
    if (scene.random.chance(p.spoofed)) {
        name(IdentifierType::Phone,
             hubs.spoofed_phones[scene.random.zipf(hubs.spoofed_phones.size())], "mention phone");
    }
    if (scene.gang.stolen_identity != kNobody && scene.random.chance(.3)) {
        const Person innocent = person_of(world_.seed, innocent_of(scene.gang), world_.lexicon);
        name(IdentifierType::Iban, innocent.iban, "identity");
    }
    if (kScamTypes[scene.gang.type].trade == Trade::Phishing && scene.random.chance(.12)) {
        const std::string& host = hubs.shorteners[scene.random.zipf(hubs.shorteners.size())];
        const std::string link =
            "https://" + host + "/" + std::to_string(scatter(scene.gang.seed, 4) % 999'983);
        append(text, sentence(scene, "mention domain", link));
    }
}

/// Numbers of the bank, the police and the post, vouchers, parcels, pages of advice, a leaflet.
void Teller::add_asides(Scene& scene, std::string& text) const {
    const ScamType& type = kScamTypes[scene.gang.type];
    const Hubs& hubs = world_.hubs;
    if (scene.random.chance(.08)) {
        const std::string& line = hubs.helplines[scene.random.zipf(hubs.helplines.size())];
        append(text,
               sentence(scene, "helpline", written(IdentifierType::Phone, line, scene.random)));
    }
    if (scene.random.chance(.05)) {
        append(text, sentence(scene, "public page",
                              hubs.public_pages[scene.random.zipf(hubs.public_pages.size())]));
    }
    if (scene.random.chance(type.parcel)) {
        append(text, sentence(scene, "parcel", parcel_number(scene.random.next())));
    }
    if (scene.random.chance(type.voucher)) {
        const Value voucher{scene.random.next(), 0, IdentifierType::Voucher, Trade::Person, false};
        append(text, sentence(scene, "voucher",
                              written(IdentifierType::Voucher, text_of(voucher, world_.lexicon),
                                      scene.random)));
    }
    if (scene.random.chance(world_.parameters.leaflet)) {
        const std::vector<std::string_view>& leaflets = phrases_.of("leaflet");
        append(text, std::string{leaflets[scene.random.zipf(leaflets.size())]});
    }
}

} // namespace synth
