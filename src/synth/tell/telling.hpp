// From the plan of a record to the declaration that somebody made of it.
#pragma once

#include "engine/record/statement.hpp"
#include "synth/draw/people.hpp"
#include "synth/plan/world.hpp"
#include "synth/words/grammar.hpp"
#include "synth/words/register.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace synth {

/// A family of scripts: messages in the order they are sent.
using Family = std::vector<std::string_view>;

/// One identifier of the record while it is being told.
struct Told {
    engine::record::IdentifierType type = engine::record::IdentifierType::Phone;
    std::string canonical; // as this record has it, slip included
    bool in_field = false;
    bool in_text = false;
    bool said = false; // it already stands in a text
};

/// An identifier that stands in a record's texts, and whose it is.
struct Owned {
    engine::record::IdentifierType type = engine::record::IdentifierType::Phone;
    std::string canonical;
    engine::record::Role role = engine::record::Role::Suspect;
};
struct Telling {
    engine::record::Statement statement;
    std::vector<Owned> owned;
};

/// What the two writers of texts share about one record.
struct Scene {
    const RecordPlan& plan;
    const Gang& gang;
    engine::record::Kind kind = engine::record::Kind::Complaint;
    Register how = Register::Correct;
    Person victim;
    std::string persona_first;
    std::string persona_surname;
    std::string object;
    std::string bank;
    int amount = 0;        // euros
    bool innocent = false; // the person whose name the gang has stolen complains
    std::vector<Told> values;
    std::vector<Owned> owned; // by the victim, in the text
    Random random;

    /// The identifier of that slot which may stand in the text; nothing when there is none.
    [[nodiscard]] Told* find(std::string_view slot);
};

class Teller {
public:
    explicit Teller(const World& world);

    /// The declaration of the n-th record. Depends on nothing but the world and n.
    [[nodiscard]] Telling tell(std::size_t record) const;

    /// Families that this world's seed chose, by type: the others are held out.
    [[nodiscard]] const std::vector<std::vector<Family>>& families() const { return families_; }

private:
    [[nodiscard]] Scene scene_of(std::size_t record) const;
    void place_values(Scene& scene) const;
    void add_messages(Scene& scene, engine::record::Statement& statement) const;
    [[nodiscard]] std::string script(Scene& scene, std::string_view message,
                                     std::size_t place) const;
    void add_narrative(Scene& scene, engine::record::Statement& statement) const;
    void add_payment(Scene& scene, engine::record::Statement& statement) const;
    void add_own(Scene& scene, std::string& text, engine::record::Statement& statement) const;
    void add_hubs(Scene& scene, std::string& text, engine::record::Statement& statement) const;
    void add_asides(Scene& scene, std::string& text) const;
    void add_fields(Scene& scene, engine::record::Statement& statement) const;
    /// A sentence of that section in the victim's register, {valeur} being `value`.
    [[nodiscard]] std::string sentence(Scene& scene, std::string_view section,
                                       std::string_view value = {}) const;
    [[nodiscard]] bool has_slot(Scene& scene, std::string_view slot) const;
    void append_slot(Scene& scene, std::string_view slot, std::string& out) const;

    const World& world_;
    Phrases phrases_;
    std::vector<std::vector<Family>> families_; // by type
};

/// "2024-0000042": what an intake desk would give.
[[nodiscard]] std::string record_id(std::size_t record);

} // namespace synth
