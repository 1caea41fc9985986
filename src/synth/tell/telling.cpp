#include "synth/tell/telling.hpp"

#include "synth/draw/written.hpp"
#include "synth/plan/scam_type.hpp"
#include "synth/words/embedded.hpp"

#include <optional>

namespace synth {
namespace {

using engine::record::IdentifierType;
using engine::record::Kind;
using engine::record::Role;

std::optional<IdentifierType> type_of_slot(std::string_view slot) {
    if (slot == "tel") return IdentifierType::Phone;
    if (slot == "iban") return IdentifierType::Iban;
    if (slot == "mail") return IdentifierType::Email;
    if (slot == "site" || slot == "lien") return IdentifierType::Domain;
    if (slot == "pseudo") return IdentifierType::Handle;
    if (slot == "annonce") return IdentifierType::Url;
    if (slot == "wallet") return IdentifierType::Wallet;
    return std::nullopt;
}

Kind draw_kind(const ScamType& type, Random& random) {
    const double u = random.uniform();
    // Phishing is mostly reported, losses are mostly complained of.
    const bool phishing = type.name == "parcel_phishing";
    if (u < (phishing ? .55 : .08)) return Kind::Report;
    if (u < (phishing ? .62 : .16)) return Kind::Call;
    if (u < (phishing ? .66 : .24)) return Kind::Chat;
    if (u < (phishing ? .68 : .32)) return Kind::Station;
    return Kind::Complaint;
}

} // namespace

std::string record_id(std::size_t record) {
    constexpr std::size_t kWidth = 8;
    const std::string number = std::to_string(record + 1);
    return "M" + std::string(kWidth - std::min(kWidth, number.size()), '0') + number;
}

Told* Scene::find(std::string_view slot) {
    const std::optional<IdentifierType> type = type_of_slot(slot);
    for (Told& told : values) {
        if (type && told.type == *type && told.in_text) return &told;
    }
    return nullptr;
}

Telling Teller::tell(std::size_t record) const {
    Scene scene = scene_of(record);
    place_values(scene);
    engine::record::Statement statement;
    statement.id = record_id(record);
    statement.kind = scene.kind;
    constexpr UnixSeconds kFirstDay = 1'609'459'200; // 2021-01-01
    statement.received_at = kFirstDay + scene.plan.at;
    statement.lang = "fr";
    // The box that the victim ticked: mostly the right one.
    if (scene.random.chance(.8)) {
        const std::size_t ticked =
            scene.random.chance(.9) ? scene.gang.type : scene.random.index(kScamTypes.size());
        statement.scam_type = kScamTypes[ticked].name;
    }
    add_messages(scene, statement);
    add_narrative(scene, statement);
    add_fields(scene, statement);
    Telling out{.statement = std::move(statement), .owned = std::move(scene.owned)};
    for (Told& told : scene.values) {
        if (told.said) {
            out.owned.push_back({told.type, std::move(told.canonical), Role::Suspect});
        }
    }
    return out;
}

Scene Teller::scene_of(std::size_t record) const {
    const RecordPlan& plan = world_.records[record];
    const Gang& gang = world_.gangs[plan.gang];
    const ScamType& type = kScamTypes[gang.type];
    Random random{scatter(world_.seed ^ 0x74656C6CULL, record)};
    Scene scene{.plan = plan,
                .gang = gang,
                .kind = draw_kind(type, random),
                .how = draw_register(random),
                .victim = person_of(world_.seed, plan.victim, world_.lexicon),
                .persona_first = {},
                .persona_surname = {},
                .object = {},
                .bank = {},
                .amount = 0,
                .innocent = false,
                .values = {},
                .owned = {},
                .random = random};
    scene.innocent = gang.stolen_identity != kNobody && plan.victim == innocent_of(gang);
    if (scene.kind == Kind::Station) scene.how = Register::Formal;
    if (scene.kind == Kind::Call) scene.how = Register::Dictated;
    // An offender keeps a name for some months.
    const std::uint64_t name = scatter(gang.seed, 9 + (plan.at - gang.begins) / (120 * 86'400));
    scene.persona_first = pick(world_.lexicon.first_names, name);
    scene.persona_surname = pick(world_.lexicon.surnames, name >> 20);
    if (gang.stolen_identity != kNobody) {
        const Person innocent = person_of(world_.seed, innocent_of(gang), world_.lexicon);
        scene.persona_first = innocent.first_name;
        scene.persona_surname = innocent.surname;
    }
    scene.object = pick(world_.lexicon.objects, scatter(gang.seed, scene.random.below(6)));
    scene.bank = pick(world_.lexicon.banks, scene.random.next());
    scene.amount = std::max(10, static_cast<int>(scene.random.log_normal(type.amount_median, .7)));
    for (std::size_t i = 0; i < plan.count; ++i) {
        const Value& value = world_.values[plan.values[i]];
        Told told{value.type, text_of(value, world_.lexicon)};
        // The slip is the record's own: a repeated declaration makes it again.
        Random slip{scatter(world_.seed ^ 0x736C6970ULL, plan.victim * 8ULL + i)};
        if ((plan.slips >> i & 1) != 0) told.canonical = slipped(told.canonical, slip);
        scene.values.push_back(std::move(told));
    }
    return scene;
}

/// About half of the identifiers stand in the text only.
void Teller::place_values(Scene& scene) const {
    const bool fields = scene.kind == Kind::Complaint || scene.kind == Kind::Station;
    for (Told& told : scene.values) {
        const double u = scene.random.uniform();
        told.in_field = fields ? u < .62 : u < .2;
        told.in_text = !told.in_field || scene.random.chance(.35);
    }
}

void Teller::add_fields(Scene& scene, engine::record::Statement& statement) const {
    const bool persona = scene.random.chance(.35);
    for (const Told& told : scene.values) {
        if (!told.in_field) continue;
        const std::size_t colon = told.canonical.find(':');
        const bool account = told.type == IdentifierType::Handle;
        const std::string platform = account ? told.canonical.substr(0, colon) : std::string{};
        if (account && persona) {
            statement.personas.push_back({.pseudonym = {},
                                          .name = scene.persona_first + " " + scene.persona_surname,
                                          .platform = platform,
                                          .handle = told.canonical.substr(colon + 1),
                                          .age = {},
                                          .occupation = {},
                                          .city = {},
                                          .country = {}});
            continue;
        }
        if (told.type == IdentifierType::Iban && !statement.payments.empty() &&
            statement.payments[0].to.empty() && scene.random.chance(.3)) {
            statement.payments[0].to = told.canonical;
            continue;
        }
        statement.identifiers.push_back({told.type,
                                         declared(told.type, told.canonical, scene.random),
                                         Role::Suspect, platform});
    }
    if (persona && statement.personas.empty()) {
        engine::record::Persona person;
        person.name = scene.persona_first + " " + scene.persona_surname;
        if (scene.random.chance(.2)) person.city = pick(world_.lexicon.cities, scene.gang.seed);
        statement.personas.push_back(std::move(person));
    }
}

bool Teller::has_slot(Scene& scene, std::string_view slot) const {
    return !type_of_slot(slot) || scene.find(slot) != nullptr;
}

void Teller::append_slot(Scene& scene, std::string_view slot, std::string& out) const {
    if (Told* told = scene.find(slot); told != nullptr) {
        told->said = true;
        if (slot == "lien") {
            const std::uint64_t path = scatter(scene.gang.seed, scene.random.below(4));
            out += "https://" + told->canonical;
            if (path % 2 == 0) out += "/" + std::to_string(path % 99'991);
        } else {
            out += written(told->type, told->canonical, scene.random);
        }
        return;
    }
    if (slot == "prenom") out += scene.persona_first;
    if (slot == "nom") out += scene.persona_surname;
    if (slot == "victime") out += scene.victim.first_name;
    if (slot == "ville") out += scene.victim.city;
    if (slot == "banque") out += scene.bank;
    if (slot == "objet") out += scene.object;
    if (slot == "montant")
        out += std::to_string(scene.amount) + (scene.random.chance(.6) ? " €" : " euros");
    if (slot == "date") {
        out += std::to_string(1 + scene.random.below(28)) + "/" +
               std::to_string(1 + scene.random.below(12));
    }
    if (slot == "colis") out += parcel_number(scene.random.next());
    if (slot == "ref") out += std::to_string(100'000 + scene.random.below(900'000));
}

} // namespace synth
