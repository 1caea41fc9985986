// The words around a mention are matched against the cues; each cue speaks for one role with a
// weight that falls with its distance; the role with the best odds wins, and the odds are the
// confidence. Lists ("A, B et C") are judged once, from both their ends.
#include "engine/extract/roles/roles.hpp"

#include "engine/extract/roles/cues.hpp"
#include "engine/extract/roles/voice.hpp"
#include "engine/extract/roles/words.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace engine::extract {
namespace {

using namespace roles;
using record::FieldKind;
using record::IdentifierType;
using record::Mention;
using record::Role;
using record::Speaker;

constexpr std::size_t kLeftBytes = 100;
constexpr std::size_t kRightBytes = 50;
constexpr std::size_t kListGapBytes = 8;     // ", et ", "\n- ", " / "
constexpr std::size_t kSignatureBytes = 250; // a signature ends the text
constexpr int kEvidenceMax = 100;            // tenths of a bit

/// Tenths of a bit for each role, in the order of record::Role.
using Odds = std::array<int, 3>;

/// What is known of a list of mentions that share their words.
struct Evidence {
    Odds loudest{};
    Odds others{};
    std::array<std::string_view, 3> rule{};

    void add(Role role, int weight, std::string_view name) {
        const std::size_t r = static_cast<std::size_t>(role);
        if (weight > loudest[r]) {
            others[r] += loudest[r];
            loudest[r] = weight;
            rule[r] = name;
        } else {
            others[r] += weight;
        }
    }
    // Cues of one sentence repeat one another: the loudest counts whole, the rest for a half.
    [[nodiscard]] int total(std::size_t role) const {
        return std::min(kEvidenceMax, loudest[role] + others[role] / 2);
    }
};

// Before any word is read: how much likelier than the suspect's is each kind of owner?
Odds prior_in_story(IdentifierType type) {
    switch (type) {
    case IdentifierType::Phone: return {0, -17, -30};
    case IdentifierType::Email: return {0, -17, -32};
    case IdentifierType::Iban: return {0, -22, -45};
    case IdentifierType::Card: return {-12, 0, -40}; // a victim tells which card was charged
    case IdentifierType::Url: return {0, -45, -25};
    case IdentifierType::Domain: return {0, -45, -22};
    case IdentifierType::Ip: return {0, -25, -30};
    case IdentifierType::Wallet: return {0, -25, -45};
    case IdentifierType::Handle: return {0, -22, -38};
    case IdentifierType::Voucher: return {0, -25, -45};
    case IdentifierType::Parcel: return {0, -25, -25};
    case IdentifierType::Order: return {0, -25, -12};
    case IdentifierType::Name: return {0, -17, -25};
    }
    return {};
}

Odds prior_of(IdentifierType type, Speaker voice, bool quoted, bool narrative) {
    Odds odds = prior_in_story(type);
    const bool reaches = type == IdentifierType::Phone || type == IdentifierType::Email ||
                         type == IdentifierType::Name;
    if (voice == Speaker::Suspect) {
        odds[1] -= type == IdentifierType::Card ? 0 : 15;
        odds[2] -= 15;
    } else if (voice == Speaker::Victim && (quoted || !narrative) && reaches) {
        odds[1] = 8; // in a message to the suspect, one gives one's own number
    } else if (voice == Speaker::Other && !narrative) {
        odds[2] += 15;
    }
    return odds;
}

constexpr int kMentionCost = 10; // what stands before another identifier speaks of that one

int word_cost(Word word) {
    constexpr std::uint8_t both = word_class("and");
    constexpr std::uint8_t then = word_class("then");
    if (word.word_class == both) return 2;
    if (word.word_class == then) return 3;
    return kWordClasses[word.word_class].weightless == Weightless::No ? 1 : 0;
}

int barrier_cost(std::uint8_t barrier) {
    int cost = 0;
    if ((barrier & kComma) != 0) cost += 2;
    if ((barrier & kLine) != 0 && (barrier & kColon) == 0) cost += 3;
    if ((barrier & kMention) != 0) cost += kMentionCost;
    return cost;
}

int weaken(int weight, int distance) {
    constexpr std::array<int, 15> kPercent{100, 94, 86, 78, 70, 62, 54, 47,
                                           40,  34, 28, 23, 18, 14, 10};
    const std::size_t place = static_cast<std::size_t>(distance);
    return weight * kPercent[std::min(place, kPercent.size() - 1)] / 100;
}

/// Judges one list of mentions at a time.
class Judge {
public:
    Judge(std::string_view text, const record::Field& field, Speaker speaker,
          std::span<Mention> mentions)
        : text_{text}, narrative_{field.kind == FieldKind::Narrative}, mentions_{mentions},
          tracker_{text, speaker, narrative_} {}

    /// mentions[first..last], whose last byte is at `end` - 1.
    void judge(std::size_t first, std::size_t last, std::size_t end);

private:
    void hear_setting(Evidence& evidence) const;
    void hear_signature(std::size_t end, Evidence& evidence) const;
    void hear_before(Evidence& evidence) const;
    void hear_after(Evidence& evidence) const;
    int hear(const FoundCue& found, int distance, int percent, Evidence& evidence) const;
    [[nodiscard]] bool doubted(const FoundCue& found) const;
    [[nodiscard]] bool coordinated() const;
    [[nodiscard]] std::size_t sentence_start() const;
    [[nodiscard]] Speaker voice_at(std::size_t word) const;
    [[nodiscard]] std::optional<Role> last_named(std::size_t from, std::size_t word) const;
    [[nodiscard]] Role role_of(Owner owner, Speaker voice, std::size_t word) const;
    void decide(Mention& mention, const Evidence& evidence) const;

    std::string_view text_;
    bool narrative_;
    std::span<Mention> mentions_;
    VoiceTracker tracker_;
    Setting setting_;
    TypeMask types_ = 0;
    bool followed_ = false; // another mention ends the words after
    Words before_;
    Words after_;
};

// The first word of the sentence in which the mention stands; count when it opens one.
std::size_t Judge::sentence_start() const {
    if ((before_.after & kSentence) != 0) return before_.count;
    for (std::size_t i = before_.count; i-- > 0;) {
        if ((before_.at[i].before & kSentence) != 0) return i;
    }
    return 0;
}

// "il m'a écrit : mon numéro est…": after the colon, he speaks.
Speaker Judge::voice_at(std::size_t word) const {
    if (!narrative_ || setting_.quoted) return setting_.voice;
    for (std::size_t i = word + 1; i-- > 1;) {
        const std::uint8_t before = before_.at[i].before;
        if ((before & kSentence) != 0) break;
        if ((before & kColon) == 0) continue;
        return announced_speaker(before_, i).value_or(setting_.voice);
    }
    return setting_.voice;
}

// Who is "il", whose is "son": the person or body last named before `word`, back to `from`.
std::optional<Role> Judge::last_named(std::size_t from, std::size_t word) const {
    constexpr ClassSet kOthers = class_set("family", "bank", "advisor", "authority");
    constexpr std::uint8_t crook = word_class("crook");
    constexpr std::uint8_t victim = word_class("victim");
    constexpr std::uint8_t pretend = word_class("pretend");
    constexpr std::uint8_t my = word_class("my");
    constexpr std::uint8_t their = word_class("their");
    for (std::size_t i = word; i-- > from;) {
        const std::uint8_t c = before_.at[i].word_class;
        if (c == crook) return Role::Suspect;
        if (c == victim) return Role::Victim;
        if (c == their && i > 0 && before_.at[i - 1].word_class == my) { // "my son"
            return Role::ThirdParty;
        }
        if (!kOthers.has(c)) continue;
        for (std::size_t j = i < 4 ? 0 : i - 4; j < i; ++j) {
            if (before_.at[j].word_class == pretend) return Role::Suspect;
        }
        return Role::ThirdParty;
    }
    return std::nullopt;
}

Role Judge::role_of(Owner owner, Speaker voice, std::size_t word) const {
    const bool suspect_speaks = voice == Speaker::Suspect;
    switch (owner) {
    case Owner::Suspect: return Role::Suspect;
    case Owner::Victim: return Role::Victim;
    case Owner::ThirdParty: return suspect_speaks ? Role::Suspect : Role::ThirdParty;
    case Owner::Theirs:
        return suspect_speaks ? Role::Suspect : last_named(0, word).value_or(Role::Suspect);
    case Owner::Subject:
        if (suspect_speaks) return Role::Suspect;
        return last_named(sentence_start(), word).value_or(Role::Victim);
    case Owner::Asker:
        return voice == Speaker::Victim && !narrative_ ? Role::Victim : Role::Suspect;
    case Owner::Mine:
        if (suspect_speaks) return Role::Suspect;
        // An officer's "joignable au" is about the one who complains.
        return voice == Speaker::Victim || narrative_ ? Role::Victim : Role::ThirdParty;
    case Owner::Yours:
        // In a story "votre numéro" is what the suspect said, told without quotes.
        if (suspect_speaks || narrative_) return Role::Victim;
        return Role::Suspect;
    }
    return Role::Suspect;
}

// "mon « conseiller »": the victim's quotes say that he was none.
bool Judge::doubted(const FoundCue& found) const {
    for (std::size_t i = found.first; i <= found.last; ++i) {
        const bool closed = i + 1 < before_.count && (before_.at[i + 1].before & kMention) == 0;
        if (i > 0 && (before_.at[i].before & kQuoteOpen) != 0 && closed) return !setting_.quoted;
    }
    return false;
}

int Judge::hear(const FoundCue& found, int distance, int percent, Evidence& evidence) const {
    const CueText& cue = *found.cue;
    if (cue.reach != kAnywhere && distance > cue.reach) return 0;
    const bool stands_before = cue.side == Side::Before;
    const std::size_t word = stands_before ? found.first : before_.count;
    const Speaker voice = voice_at(stands_before || word == 0 ? word : word - 1);
    const int weight = weaken(cue.weight, distance) * percent / 100;
    Role role = role_of(cue.owner, voice, word);
    if (role == Role::ThirdParty && stands_before && doubted(found)) role = Role::Suspect;
    evidence.add(role, weight, cue.rule);
    return weight;
}

// "au 06… ou par mail à x@y": the words before the first identifier hold for the second.
bool Judge::coordinated() const {
    constexpr std::uint8_t both = word_class("and");
    constexpr std::uint8_t from = word_class("from");
    for (std::size_t i = before_.count; i-- > 0;) {
        const Word& word = before_.at[i];
        const bool joined = word.word_class == both || (word.before & kComma) != 0;
        if ((word.before & kMention) != 0) return joined;
        if (word_cost(word) != 0 || word.word_class == from) return false;
    }
    return false;
}

void Judge::hear_before(Evidence& evidence) const {
    FoundCues found;
    find_cues(before_, Side::Before, types_, found);
    const std::size_t start = sentence_start();
    // Nearest first: a strong cue that stands nearer takes half of the weight of one further off.
    std::sort(found.at.begin(), found.at.begin() + static_cast<std::ptrdiff_t>(found.count),
              [](const FoundCue& a, const FoundCue& b) { return a.last > b.last; });
    int distance = barrier_cost(before_.after);
    std::size_t next = before_.count; // words from here on are counted in `distance`
    std::size_t strong_from = before_.count;
    bool relieved = !coordinated();
    for (std::size_t i = 0; i < found.count && found.at[i].last >= start; ++i) {
        const FoundCue& cue = found.at[i];
        while (next > cue.last + 1U) {
            --next;
            distance += word_cost(before_.at[next]) + barrier_cost(before_.at[next].before);
            if (!relieved && (before_.at[next].before & kMention) != 0) {
                distance -= kMentionCost;
                relieved = true;
            }
        }
        if (cue.first < start) continue;
        const bool shadowed = cue.last < strong_from && strong_from < before_.count;
        const int weight = hear(cue, distance, shadowed ? 50 : 100, evidence);
        constexpr int kStrong = 30;
        if (weight >= kStrong) strong_from = std::min<std::size_t>(strong_from, cue.first);
    }
}

void Judge::hear_after(Evidence& evidence) const {
    // These may follow an identifier and speak of it even when another comes at once; a noun that
    // touches the next identifier ("…06 39, mon numéro 07…") is that one's label.
    constexpr ClassSet kPredicates = class_set("be", "me", "who", "belong", "pretend", "usurp",
                                               "answer", "never", "debit", "from", "at", "a");
    FoundCues found;
    find_cues(after_, Side::After, types_, found);
    for (std::size_t i = 0; i < found.count; ++i) {
        const FoundCue& cue = found.at[i];
        bool touches_next = followed_;
        for (std::size_t w = cue.last + 1U; w < after_.count && touches_next; ++w) {
            touches_next = word_cost(after_.at[w]) == 0;
        }
        if (touches_next && !kPredicates.has(after_.at[cue.first].word_class)) continue;
        int distance = barrier_cost(after_.at[0].before);
        for (std::size_t w = 0; w < cue.first; ++w) {
            distance += word_cost(after_.at[w]) + barrier_cost(after_.at[w + 1].before);
        }
        hear(cue, distance, 100, evidence);
    }
}

void Judge::hear_setting(Evidence& evidence) const {
    constexpr int kHeaderWeight = 100;
    constexpr int kSectionWeight = 45;
    if (setting_.line_owner) {
        const bool from = *setting_.line_owner == Owner::Suspect;
        evidence.add(from ? Role::Suspect : Role::Victim, kHeaderWeight,
                     from ? "role.mail_from" : "role.mail_to");
    }
    if (setting_.section_owner) {
        const Role role = role_of(*setting_.section_owner, setting_.voice, before_.count);
        evidence.add(role, kSectionWeight, "role.heading");
    }
}

// "Cordialement, Jean 06…" at the end is the one who speaks.
void Judge::hear_signature(std::size_t end, Evidence& evidence) const {
    constexpr int kSignatureWeight = 50;
    constexpr std::uint8_t closing = word_class("closing");
    const bool at_end = text_.size() - end < kSignatureBytes;
    if (!at_end && !setting_.quoted) return;
    for (std::size_t i = 0; i < before_.count; ++i) {
        if (before_.at[i].word_class != closing) continue;
        evidence.add(role_of(Owner::Mine, setting_.voice, i), kSignatureWeight, "role.signature");
        return;
    }
}

void Judge::decide(Mention& mention, const Evidence& evidence) const {
    Odds odds = prior_of(mention.type, setting_.voice, setting_.quoted, narrative_);
    for (std::size_t r = 0; r < odds.size(); ++r) odds[r] += evidence.total(r);
    const std::size_t best =
        static_cast<std::size_t>(std::max_element(odds.begin(), odds.end()) - odds.begin());

    // Percent = 100 / (1 + sum of 2^(odds - best)); 2^-x by whole bits and a straight line between.
    int others = 0; // thousandths
    for (std::size_t r = 0; r < odds.size(); ++r) {
        if (r == best) continue;
        const int behind = odds[best] - odds[r];
        others += (1000 - 50 * (behind % 10)) >> std::min(behind / 10, 20);
    }
    const int percent = 100'000 / (1000 + others);
    mention.role = static_cast<Role>(best);
    mention.confidence = static_cast<std::uint8_t>(percent * mention.confidence / 100);
    if (!evidence.rule[best].empty()) mention.rule = evidence.rule[best];
    if (mention.rule.empty()) mention.rule = "role.default";
}

void Judge::judge(std::size_t first, std::size_t last, std::size_t end) {
    const Mention& front = mentions_[first];
    const std::size_t from = front.start - std::min<std::size_t>(front.start, kLeftBytes);
    std::size_t to = std::min(text_.size(), end + kRightBytes);
    if (last + 1 < mentions_.size()) {
        to = std::min(to, std::max<std::size_t>(mentions_[last + 1].start, end));
    }
    std::size_t nearby = first;
    while (nearby > 0 && mentions_[nearby - 1].end > from) --nearby;

    setting_ = tracker_.at(front.start);
    types_ = 0;
    for (std::size_t i = first; i <= last; ++i) types_ |= of_type(mentions_[i].type);
    read_words(text_, from, front.start, mentions_.subspan(nearby, first - nearby), before_);
    read_words(text_, end, to, {}, after_);
    followed_ = last + 1 < mentions_.size() && to == mentions_[last + 1].start;
    for (std::size_t i = 0; i < after_.count; ++i) {
        if ((after_.at[i].before & kSentence) == 0) continue;
        after_.count = i;
        followed_ = false;
    }

    Evidence evidence;
    hear_setting(evidence);
    hear_signature(end, evidence);
    hear_before(evidence);
    hear_after(evidence);
    const Mention* around = nullptr;
    for (std::size_t i = first; i <= last; ++i) {
        Mention& mention = mentions_[i];
        if (around != nullptr && mention.start < around->end) { // the domain of an address
            mention.role = around->role;
            mention.confidence = std::min(mention.confidence, around->confidence);
            mention.rule = around->rule;
            continue;
        }
        decide(mention, evidence);
        around = &mention;
    }
}

// Nothing but signs of a list, or "et", "ou", between two mentions.
bool list_goes_on(std::string_view gap) {
    if (gap.size() > kListGapBytes || gap.find("\n\n") != std::string_view::npos) return false;
    constexpr std::string_view kSigns = " \t\r\n,;/-*()|&+\xE2\x80\xA2\x93\x94";
    while (!gap.empty() && kSigns.find(gap.front()) != std::string_view::npos) gap.remove_prefix(1);
    while (!gap.empty() && kSigns.find(gap.back()) != std::string_view::npos) gap.remove_suffix(1);
    return gap.empty() || gap == "et" || gap == "ou" || gap == "and" || gap == "or";
}

} // namespace

void assign_roles(std::string_view text, record::Field field, Speaker speaker, const ExtractPolicy&,
                  std::span<Mention> mentions) {
    const bool spoken = field.kind == FieldKind::Narrative || field.kind == FieldKind::Message;
    if (!spoken) return; // a declared field says itself whose it is
    Judge judge{text, field, speaker, mentions};
    std::size_t first = 0;
    while (first < mentions.size()) {
        std::size_t last = first;
        std::size_t end = mentions[first].end;
        while (last + 1 < mentions.size()) {
            const Mention& next = mentions[last + 1];
            const bool nested = next.start < end;
            if (!nested && !list_goes_on(text.substr(end, next.start - end))) break;
            end = std::max<std::size_t>(end, next.end);
            ++last;
        }
        judge.judge(first, last, end);
        first = last + 1;
    }
}

} // namespace engine::extract
