// The offender's own words: a family of scripts, said in the wording of the gang.
#include "synth/tell/telling.hpp"

#include "synth/plan/scam_type.hpp"
#include "synth/words/embedded.hpp"

#include <algorithm>

namespace synth {
namespace {

using engine::record::Kind;
using engine::record::Speaker;

/// Two thirds of the families of each type, at least two, by seed: the rest is held out.
std::vector<std::vector<Family>> choose_families(const std::vector<Section>& sections,
                                                 std::uint64_t seed) {
    std::vector<std::vector<Family>> families(kScamTypes.size());
    for (std::size_t type = 0; type < kScamTypes.size(); ++type) {
        struct Drawn {
            std::uint64_t order;
            const Section* section;
        };
        std::vector<Drawn> drawn;
        for (std::size_t i = 0; i < sections.size(); ++i) {
            if (sections[i].title.substr(0, sections[i].title.find(' ')) == kScamTypes[type].name) {
                drawn.push_back({scatter(seed, i), &sections[i]});
            }
        }
        std::sort(drawn.begin(), drawn.end(),
                  [](const Drawn& left, const Drawn& right) { return left.order < right.order; });
        const std::size_t kept = std::max<std::size_t>(2, (drawn.size() * 2 + 2) / 3);
        for (std::size_t i = 0; i < std::min(kept, drawn.size()); ++i) {
            families[type].push_back(drawn[i].section->entries);
        }
    }
    return families;
}

} // namespace

Teller::Teller(const World& world)
    : world_{world}, phrases_{narratives_text()},
      families_{choose_families(sections_of(scripts_text()), world.seed)} {}

std::string Teller::script(Scene& scene, std::string_view message, std::size_t place) const {
    constexpr std::uint64_t kDriftDays = 400; // a turn of phrase lasts that long
    constexpr double kChanged = .06;          // and is changed for one victim now and then
    const std::uint64_t wording = scene.gang.wording;
    const std::uint64_t day = scene.plan.at / 86'400;
    const Choose choose = [&](std::size_t choice, std::size_t count) {
        const std::uint64_t key = scatter(wording, place * 1'000 + choice);
        if (scene.random.chance(kChanged)) return scene.random.index(count);
        return static_cast<std::size_t>(scatter(key, (day + key % kDriftDays) / kDriftDays) %
                                        count);
    };
    const std::string text =
        unfold(message, choose, [&](std::string_view slot) { return has_slot(scene, slot); });
    const Register how = scatter(wording, 77) % 4 == 0 ? Register::NoAccents : Register::Correct;
    return fill(in_register(text, how, scene.random),
                [&](std::string_view slot, std::string& out) { append_slot(scene, slot, out); });
}

void Teller::add_messages(Scene& scene, engine::record::Statement& statement) const {
    const bool kept = scene.kind == Kind::Chat || scene.kind == Kind::Report ||
                      scene.random.chance(kScamTypes[scene.gang.type].message);
    if (!kept) return;
    const std::vector<Family>& families = families_[scene.gang.type];
    const Family& family = families[scatter(scene.gang.wording, 5) % families.size()];
    const std::size_t first = scene.random.chance(.15) ? scene.random.index(family.size()) : 0;
    const std::size_t count = 1 + scene.random.index(family.size() - first);
    UnixSeconds at =
        *statement.received_at - 86'400 * static_cast<UnixSeconds>(1 + scene.random.below(20));
    for (std::size_t i = first; i < first + count; ++i) {
        statement.messages.push_back({Speaker::Suspect, at, script(scene, family[i], i)});
        at += 60 + static_cast<UnixSeconds>(scene.random.below(40'000));
        if (scene.kind == Kind::Chat || scene.random.chance(.2)) {
            statement.messages.push_back({Speaker::Victim, at, sentence(scene, "reply")});
            at += 60 + static_cast<UnixSeconds>(scene.random.below(9'000));
        }
    }
}

} // namespace synth
