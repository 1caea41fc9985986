// Draws the world: offenders one after the other until there are records enough, each with the
// identifiers that its victims met, in the order of time.
#include "synth/plan/rotation.hpp"
#include "synth/plan/scam_type.hpp"

#include <algorithm>

namespace synth {
namespace {

using engine::record::IdentifierType;

constexpr std::uint32_t kDay = 86'400;

std::uint8_t draw_type(Random& random) {
    double total = 0;
    for (const ScamType& type : kScamTypes) total += type.share;
    double rest = random.uniform() * total;
    for (std::size_t i = 0; i < kScamTypes.size(); ++i) {
        rest -= kScamTypes[i].share;
        if (rest < 0) return static_cast<std::uint8_t>(i);
    }
    return 0;
}

std::uint32_t draw_size(const Parameters& parameters, Random& random) {
    if (random.chance(parameters.singles)) return 1;
    return static_cast<std::uint32_t>(
        std::min<double>(parameters.size_max, random.pareto(2, parameters.tail)));
}

/// Public scripts are few and Zipf's law makes some of them very common.
std::uint64_t draw_wording(World& world, const Gang& gang, Random& random, bool& copied) {
    constexpr std::size_t kKitsOfAType = 5;
    const Parameters& p = world.parameters;
    copied = true;
    if (random.chance(p.copied_wording)) {
        return scatter(world.seed ^ 0x6B6974ULL, gang.type * 100ULL + random.zipf(kKitsOfAType));
    }
    if (!world.gangs.empty() && random.chance(p.copycat)) {
        const Gang& model = world.gangs[random.index(world.gangs.size())];
        if (model.type == gang.type) return model.wording;
    }
    copied = false;
    return random.next();
}

/// Big gangs last longer, but not in proportion.
std::uint32_t draw_duration(std::uint32_t size, Random& random) {
    if (size == 1) return 0;
    const double median = 12 * exponential(.45 * natural_log(static_cast<double>(size)));
    return static_cast<std::uint32_t>(std::min(random.log_normal(median, .6), 1'500.0) * kDay);
}

Gang draw_gang(World& world, std::uint64_t records_left, Random& random) {
    constexpr std::size_t kStolenIdentities = 40;
    Gang gang;
    gang.seed = random.next();
    gang.type = draw_type(random);
    gang.size = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(draw_size(world.parameters, random), records_left));
    gang.lasts = draw_duration(gang.size, random);
    // Complaints grow from year to year: the later of two draws, half of the time.
    const std::uint32_t room = world.parameters.days * kDay - gang.lasts;
    const double first = random.uniform();
    const double second = random.uniform();
    gang.begins =
        static_cast<std::uint32_t>((random.chance(.5) ? std::max(first, second) : first) * room);
    gang.wording = draw_wording(world, gang, random, gang.copied);
    if (random.chance(world.parameters.stolen_identity)) {
        const std::size_t pool = kStolenIdentities + world.parameters.size_max / 20;
        gang.stolen_identity = static_cast<std::uint32_t>(random.zipf(pool));
    }
    return gang;
}

void add_value(World& world, RecordPlan& record, ValueIndex value, Random& random) {
    if (record.count == record.values.size()) return;
    if (random.chance(world.parameters.slip)) {
        record.slips = static_cast<std::uint8_t>(record.slips | 1U << record.count);
    }
    record.values[record.count++] = value;
}

RecordPlan draw_record(World& world, std::uint32_t number, std::uint32_t at, Rotation& rotation,
                       Random& random) {
    const ScamType& type = kScamTypes[world.gangs[number].type];
    RecordPlan record;
    record.gang = number;
    record.at = at;
    const struct {
        IdentifierType type;
        double presence;
    } kinds[]{{IdentifierType::Phone, type.phone},   {IdentifierType::Iban, type.iban},
              {IdentifierType::Email, type.mail},    {IdentifierType::Domain, type.domain},
              {IdentifierType::Handle, type.handle}, {IdentifierType::Url, type.ad},
              {IdentifierType::Wallet, type.wallet}};
    for (const auto& kind : kinds) {
        if (random.chance(kind.presence)) {
            add_value(world, record, rotation.draw(kind.type, at), random);
        }
    }
    return record;
}

/// Victims come in bursts: a third of the declarations falls in a tenth of the time.
std::vector<std::uint32_t> draw_times(const Gang& gang, Random& random) {
    std::vector<std::uint32_t> times(gang.size);
    const double burst = random.uniform() * .9;
    for (std::uint32_t& at : times) {
        const double place = random.chance(.33) ? burst + .1 * random.uniform() : random.uniform();
        at = gang.begins + static_cast<std::uint32_t>(place * gang.lasts);
    }
    std::sort(times.begin(), times.end());
    return times;
}

/// Who complains: mostly somebody new, sometimes a victim of another gang, sometimes the same
/// person once more about the same facts.
void draw_victims(World& world, Random& random) {
    std::uint32_t victims = 0;
    for (std::size_t i = 0; i < world.records.size(); ++i) {
        RecordPlan& record = world.records[i];
        const Gang& gang = world.gangs[record.gang];
        if (gang.stolen_identity != kNobody && random.chance(world.parameters.innocent)) {
            record.victim = innocent_of(gang);
        } else if (i > 0 && random.chance(world.parameters.victim_again)) {
            record.victim = world.records[random.index(i)].victim;
        } else {
            record.victim = victims++;
        }
    }
}

void draw_repeats(World& world, Random& random) {
    constexpr std::uint32_t kWeeks = 60 * kDay;
    std::vector<std::uint32_t> last_of_gang(world.gangs.size(), kNobody);
    for (std::uint32_t i = 0; i < world.records.size(); ++i) {
        RecordPlan& record = world.records[i];
        const std::uint32_t earlier = last_of_gang[record.gang];
        const bool recent = earlier != kNobody && record.at - world.records[earlier].at < kWeeks;
        if (recent && random.chance(world.parameters.repeated)) {
            const RecordPlan& first = world.records[earlier];
            record.victim = first.victim;
            record.twin = earlier;
            record.values = first.values;
            record.count = first.count;
            record.slips = first.slips;
        } else {
            last_of_gang[record.gang] = i;
        }
    }
}

} // namespace

Parameters draw_parameters(std::uint64_t records, Random& random) {
    Parameters p;
    const auto move = [&random](double& number) { number *= 1 + (random.uniform() - .5) * 2 / 7; };
    p.singles = .60 + .05 * random.uniform();
    for (double* number : {&p.phone_days_median,
                           &p.phone_uses,
                           &p.iban_uses_after_third,
                           &p.mail_uses,
                           &p.mail_days_median,
                           &p.domain_uses,
                           &p.shop_domain_days_median,
                           &p.phishing_domain_days_median,
                           &p.handle_uses,
                           &p.handle_days_median,
                           &p.ad_uses,
                           &p.wallet_uses,
                           &p.lasting_account,
                           &p.copied_wording,
                           &p.copycat,
                           &p.stolen_identity,
                           &p.platform,
                           &p.collection,
                           &p.spoofed,
                           &p.own_identifier,
                           &p.leaflet}) {
        move(*number);
    }
    // The toy model's biggest gang may hold a fifteenth of 300,000 declarations: keep that share.
    constexpr std::uint64_t kSmallestCap = 20;
    p.size_max = static_cast<std::uint32_t>(
        std::clamp<std::uint64_t>(records / 15, kSmallestCap, p.size_max));
    return p;
}

World draw_world(std::uint64_t records, std::uint64_t seed) {
    Random random{scatter(seed)};
    World world;
    world.seed = scatter(seed ^ 0x6D61696C6C6F6EULL);
    world.parameters = draw_parameters(records, random);
    world.lexicon = read_lexicon();
    world.hubs = draw_hubs(world.seed, world.parameters);
    world.records.reserve(records);
    Accounts accounts;
    std::uint64_t lines_rented = 0;
    while (world.records.size() < records) {
        const Gang gang = draw_gang(world, records - world.records.size(), random);
        const std::uint32_t number = static_cast<std::uint32_t>(world.gangs.size());
        world.gangs.push_back(gang);
        Rotation rotation{world, accounts, number, lines_rented, Random{scatter(gang.seed, 1)}};
        for (const std::uint32_t at : draw_times(gang, random)) {
            world.records.push_back(draw_record(world, number, at, rotation, random));
        }
    }
    std::stable_sort(
        world.records.begin(), world.records.end(),
        [](const RecordPlan& left, const RecordPlan& right) { return left.at < right.at; });
    draw_victims(world, random);
    draw_repeats(world, random);
    return world;
}

} // namespace synth
