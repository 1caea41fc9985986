// The table of cues, and the matcher. README.md says how the weights were set and how to edit them.
//
// Weights are tenths of a bit: 60 says that, this cue touching, its owner is 2^6 times likelier.
// They are judgement, set on tests/golden/roles and rounded to 5; nothing here was learned from a
// corpus.
#include "engine/extract/roles/cues.hpp"

#include <algorithm>
#include <bit>
#include <optional>

namespace engine::extract::roles {
namespace {

using enum Owner;
constexpr Side kBefore = Side::Before;
constexpr Side kAfter = Side::After;
constexpr std::uint8_t kTouching = 0;
constexpr TypeMask kPaidTo = kIban | kWallet | kEmail | kPhone | kCard | kHandle | kWeb;

constexpr CueText kCues[] = {
    // Possessives with the noun that names the identifier.
    {"my numero|tel|messaging", kBefore, Mine, 60, "role.my_number"},
    {"my account|iban|wallet", kBefore, Mine, 60, "role.my_account"},
    {"my card", kBefore, Mine, 60, "role.my_card"},
    {"my mail|profile|wallet|messaging account", kBefore, Mine, 60, "role.my_account"},
    {"my mail|address", kBefore, Mine, 60, "role.my_address"},
    {"my profile|contact", kBefore, Mine, 60, "role.my_profile"},
    {"my site|advert", kBefore, Mine, 75, "role.my_site"},
    {"my order|refno|parcel", kBefore, Mine, 15, "role.my_order"},
    // Not of sites: "my shop.example account" is the shop's.
    {"my", kBefore, Mine, 50, "role.my", static_cast<TypeMask>(kAnyType & ~kWeb), kTouching},
    {"my messaging", kBefore, Mine, 55, "role.my", kAnyType, kTouching},
    {"your numero|tel|account|iban|card|mail|address|profile|contact|wallet", kBefore, Yours, 75,
     "role.your", static_cast<TypeMask>(kAnyType & ~kWeb & ~kParcel & ~kOrder)},
    {"your", kBefore, Yours, 60, "role.your",
     static_cast<TypeMask>(kAnyType & ~kWeb & ~kParcel & ~kOrder), kTouching},
    {"mine", kBefore, Mine, 60, "role.my", kAnyType, 2},
    {"theirs", kBefore, Theirs, 60, "role.their", kAnyType, 2},
    {"not|never my numero|tel|account|iban|card|mail|profile|address", kBefore, Suspect, 15,
     "role.not_mine"},
    {"their|her numero|tel|messaging|account|iban|card|mail|address|profile|contact|wallet",
     kBefore, Theirs, 55, "role.their"},
    {"their|her site|advert|parcel|order", kBefore, Theirs, 45, "role.their"},
    {"their|her", kBefore, Theirs, 45, "role.their", kAnyType, kTouching},
    {"their my", kBefore, Theirs, 5, "role.their"},

    // Whose number, said with a person.
    {"@noun crook", kBefore, Suspect, 60, "role.of_suspect"},
    {"@noun from crook", kBefore, Suspect, 60, "role.of_suspect"},
    {"crook @noun", kBefore, Suspect, 60, "role.of_suspect"},
    {"crook", kBefore, Suspect, 35, "role.suspect_named"},
    {"@noun my|from family", kBefore, ThirdParty, 65, "role.relative"},
    {"@noun from my family", kBefore, ThirdParty, 65, "role.relative"},
    {"@noun at|a my family", kBefore, ThirdParty, 55, "role.relative"},
    {"@noun family", kBefore, ThirdParty, 60, "role.relative"},
    {"my family", kBefore, ThirdParty, 45, "role.relative",
     static_cast<TypeMask>(kAnyType & ~kWeb & ~kWallet & ~kParcel)},
    {"my their", kBefore, ThirdParty, 45, "role.relative"}, // "my son" in English
    {"my their numero|tel|account|iban|card|mail|profile", kBefore, ThirdParty, 60,
     "role.relative"},
    {"my family numero|tel|account|iban|card|mail|profile", kBefore, ThirdParty, 60,
     "role.relative"},
    {"cause", kBefore, Suspect, 55, "role.of_suspect", kAnyType, 1},
    {"@noun victim", kBefore, Victim, 65, "role.of_victim"},
    {"@noun from victim", kBefore, Victim, 65, "role.of_victim"},
    {"victim numero|tel|account|iban|card|mail|profile", kBefore, Victim, 60, "role.of_victim"},
    {"victim", kBefore, Victim, 40, "role.of_victim"},

    // Banks, authorities, the desks one calls for help.
    {"my bank|advisor", kBefore, ThirdParty, 50, "role.bank", kReach | kOrder},
    {"numero|tel|mail|site bank|advisor", kBefore, ThirdParty, 55, "role.bank", kReach},
    {"numero|tel|mail|site from|my bank|advisor", kBefore, ThirdParty, 60, "role.bank", kReach},
    {"numero|tel|mail|site from my bank|advisor", kBefore, ThirdParty, 60, "role.bank", kReach},
    {"support fraud_desk", kBefore, ThirdParty, 30, "role.bank", kReach},
    {"support fraud_desk from|my bank", kBefore, ThirdParty, 55, "role.bank", kReach},
    {"support fraud_desk from my bank", kBefore, ThirdParty, 60, "role.bank", kReach},
    {"support support from|my bank", kBefore, ThirdParty, 55, "role.bank", kReach},
    {"support support from my bank", kBefore, ThirdParty, 60, "role.bank", kReach},
    {"numero support support from my bank", kBefore, ThirdParty, 60, "role.bank", kReach},
    {"bank", kBefore, ThirdParty, 25, "role.bank", kReach},
    {"authority", kBefore, ThirdParty, 60, "role.authority", kReach | kOrder},
    {"info escroqueries", kBefore, ThirdParty, 70, "role.authority", kReach},
    {"conso", kBefore, ThirdParty, 30, "role.authority", kReach},
    {"@noun authority", kBefore, ThirdParty, 60, "role.authority", kReach | kOrder},
    {"@noun from|at authority", kBefore, ThirdParty, 60, "role.authority", kReach | kOrder},
    {"casefile", kBefore, ThirdParty, 50, "role.case_number", kOrder},
    {"casefile numero|refno", kBefore, ThirdParty, 60, "role.case_number", kOrder},
    {"numero casefile", kBefore, ThirdParty, 60, "role.case_number", kOrder},

    // Somebody poses as one of those: then it is the suspect's.
    {"pretend * bank|advisor|authority|support|fraud_desk|family", kBefore, Suspect, 55,
     "role.pretended"},
    {"bank|advisor|authority|support|family pretend", kBefore, Suspect, 50, "role.pretended"},
    {"pretend my family|their|bank|advisor", kBefore, Suspect, 60, "role.pretended"},
    {"usurp * bank|advisor|authority|support|family", kBefore, Suspect, 20, "role.pretended"},
    // A number shown by spoofing is not the caller's.
    {"usurp numero|tel|mail|address", kBefore, ThirdParty, 60, "role.spoofed"},
    {"usurp numero|tel|mail|address from|my * bank|authority|advisor", kBefore, ThirdParty, 65,
     "role.spoofed"},
    {"numero|tel|mail|address usurp", kBefore, ThirdParty, 55, "role.spoofed"},
    {"usurp", kBefore, ThirdParty, 35, "role.spoofed", kReach, 3},
    {"show numero|tel from|my bank|advisor|authority", kBefore, ThirdParty, 65, "role.spoofed"},
    {"show numero|tel from my bank|advisor|authority", kBefore, ThirdParty, 65, "role.spoofed"},
    {"show * bank|advisor|authority", kBefore, ThirdParty, 55, "role.spoofed", kPhone},
    {"show * my bank|advisor|authority", kBefore, ThirdParty, 60, "role.spoofed", kPhone},
    {"show numero|tel bank|advisor|authority", kBefore, ThirdParty, 65, "role.spoofed"},

    {"their support", kBefore, Theirs, 45, "role.their", kReach},
    {"you * me call_inf", kBefore, Mine, 60, "role.reach_me", kReach},
    {"you * call_inf", kBefore, ThirdParty, 45, "role.you_may_reach", kPhone | kEmail, 6},
    {"real", kBefore, ThirdParty, 35, "role.real_one", kReach, 3},
    {"instead", kBefore, ThirdParty, 45, "role.real_one", kAnyType, 2},
    {"advisor finance", kBefore, Suspect, 45, "role.pretended"},
    {"real numero|tel|mail|site", kBefore, ThirdParty, 45, "role.real_one", kReach},
    {"real bank|advisor|authority|support", kBefore, ThirdParty, 50, "role.real_one", kReach},
    {"real numero|tel|mail|site from|my bank|advisor|authority", kBefore, ThirdParty, 65,
     "role.real_one", kReach},
    {"real numero|tel|mail|site from my bank|advisor", kBefore, ThirdParty, 65, "role.real_one",
     kReach},
    {"bank|advisor|authority * numero|tel", kBefore, ThirdParty, 55, "role.bank", kReach},
    {"call_inf|call_past|call_tu my family|bank|advisor", kBefore, ThirdParty, 65, "role.i_reached",
     kReach},
    {"call_inf|call_past authority|bank", kBefore, ThirdParty, 60, "role.i_reached", kReach},
    {"bank|family|authority * call_past|call_inf|call_tu at", kBefore, ThirdParty, 60,
     "role.they_reached", kReach},
    {"family * you|i * call_inf|call_past", kBefore, ThirdParty, 60, "role.relative", kReach},
    {"pretend * bank|advisor|authority|support * call_past", kBefore, Suspect, 55,
     "role.pretended"},

    // How to reach the one who speaks.
    {"reachable", kBefore, Subject, 50, "role.reach_me", kReach},
    {"he * reachable", kBefore, Theirs, 50, "role.reach_them", kReach},
    {"crook * reachable", kBefore, Suspect, 55, "role.reach_them", kReach},
    {"i * reachable", kBefore, Mine, 55, "role.reach_me", kReach},
    {"me call_inf", kBefore, Mine, 50, "role.reach_me", kReach},
    {"me call_inf from|with", kBefore, Theirs, 50, "role.called_me", kReach},
    {"call_tu * me at", kBefore, Mine, 60, "role.reach_me", kReach},
    {"me be", kBefore, Mine, 50, "role.my", kAnyType, kTouching},
    {"me with", kBefore, Mine, 50, "role.my", kReach, kTouching},
    {"him with|be", kBefore, Theirs, 40, "role.their", kReach, kTouching},
    {"i * say|sent|call_past from|with", kBefore, Mine, 50, "role.i_used",
     kPhone | kEmail | kHandle},
    {"i * belong", kBefore, Mine, 55, "role.belongs"},
    {"tel|numero|mail|account|card own", kBefore, Mine, 60, "role.my", kAnyType, kTouching},
    {"you call_tu|call_past|call_inf at", kBefore, Yours, 65, "role.your", kPhone},
    {"signin * at|a|from|towards", kBefore, Yours, 60, "role.your", kEmail | kPhone},
    {"numero|tel|mail who me|i", kBefore, Suspect, 40, "role.called_me"},
    {"call_you|call_tu me", kBefore, Mine, 55, "role.reach_me", kReach},
    {"contact|call_past me", kBefore, Mine, 45, "role.reach_me", kReach, 3},
    {"contact me at", kBefore, Mine, 60, "role.reach_me", kReach, 3},
    {"i call_tu", kBefore, Mine, 15, "role.i_called", kName},
    {"call_past|call_tu me at", kBefore, Mine, 55, "role.reach_me", kReach},
    {"i you call_tu|call_past from|with", kBefore, Mine, 60, "role.i_used", kReach},
    {"i me call_tu", kBefore, Mine, 40, "role.my_name", kReach},
    {"i be at", kBefore, Mine, 40, "role.reach_me", kPhone | kEmail | kHandle, kTouching},
    {"live", kBefore, Mine, 45, "role.my_particulars", kPhone | kEmail | kName},

    // Who gave what to whom.
    {"him has gave", kBefore, Mine, 55, "role.i_gave",
     kPhone | kEmail | kCard | kIban | kHandle | kName},
    {"i * him gave|sent", kBefore, Mine, 45, "role.i_gave", kPhone | kEmail | kCard},
    {"i gave|sent him|their|her", kBefore, Mine, 50, "role.i_gave", kPhone | kEmail | kCard},
    {"i has gave", kBefore, Mine, 50, "role.i_gave", kPhone | kEmail | kCard},
    {"me a|has gave", kBefore, Theirs, 50, "role.gave_me"},
    {"me gave", kBefore, Theirs, 50, "role.gave_me"},
    {"gave me", kBefore, Theirs, 50, "role.gave_me"},
    {"me a|has sent", kBefore, Theirs, 45, "role.gave_me"},
    {"sent me", kBefore, Theirs, 45, "role.gave_me"},
    {"he a|has gave", kBefore, Theirs, 40, "role.gave_me"},
    {"me a|has * asked", kBefore, Theirs, 20, "role.asked_me"},
    {"asked me at", kBefore, Theirs, 20, "role.asked_me"},

    // Calls and messages.
    {"me a|has call_past", kBefore, Theirs, 40, "role.called_me", kReach},
    {"me a|has call_past from|with", kBefore, Theirs, 50, "role.called_me", kReach},
    {"me call_tu|call_past from|with", kBefore, Theirs, 50, "role.called_me", kReach},
    {"call_past|call_tu me from|with", kBefore, Theirs, 50, "role.called_me", kReach},
    {"me a|has call_past at my", kBefore, Mine, 60, "role.called_on_mine", kReach},
    {"form", kBefore, Mine, 35, "role.my_particulars", kPhone | kEmail | kName},
    {"call_past|sent * from", kBefore, Theirs, 45, "role.received_from", kPhone | kEmail},
    {"by mail|tel|messaging|profile", kBefore, Mine, 1, "role.by_means"}, // tells nothing
    {"by", kBefore, Suspect, 30, "role.called_by", kPhone | kEmail, kTouching},
    {"code * sent at|a", kBefore, Yours, 75, "role.your", kPhone | kEmail},
    {"call_past by", kBefore, Suspect, 50, "role.called_by", kReach},
    {"coming", kBefore, Suspect, 50, "role.received_from", kReach | kIp, 1},
    {"call_past|call_tu|call_you * at your numero|tel", kBefore, Yours, 75, "role.your", kPhone},
    {"received from", kBefore, Suspect, 40, "role.received_from", kReach | kIp},
    {"received * from", kBefore, Suspect, 40, "role.received_from", kReach | kIp},
    {"received * at my", kBefore, Mine, 55, "role.received_on", kPhone | kEmail},
    {"call_you", kBefore, Asker, 55, "role.call_this", kReach},
    {"call_you * bank|advisor|support|fraud_desk|authority", kBefore, Suspect, 55, "role.call_this",
     kReach},
    {"call_tu", kBefore, Suspect, 30, "role.call_this", kReach, 2},
    {"him call_inf", kBefore, Suspect, 40, "role.call_this", kReach},
    {"call_inf", kBefore, Suspect, 35, "role.call_this", kReach, 4},
    {"i * call_past", kBefore, Suspect, 10, "role.i_called", kReach},
    {"ask_you", kBefore, Asker, 40, "role.call_this", kReach, 3},
    {"click", kBefore, Suspect, 60, "role.click", kWeb | kIp},
    {"hello", kBefore, Yours, 40, "role.greeted", kEmail | kName, kTouching},

    // Money.
    {"pay", kBefore, Suspect, 25, "role.paid_to", kPaidTo},
    {"pay at|a|towards|against", kBefore, Suspect, 55, "role.paid_to", kPaidTo},
    {"pay * at|a|towards", kBefore, Suspect, 50, "role.paid_to", kPaidTo},
    {"pay * at|a|towards account|iban|wallet|address", kBefore, Suspect, 60, "role.paid_to",
     kPaidTo},
    {"send_you", kBefore, Asker, 35, "role.paid_to", kPaidTo, 4},
    {"send_you at|a|towards", kBefore, Asker, 55, "role.paid_to", kPaidTo},
    {"send_you * at|a|towards", kBefore, Asker, 55, "role.paid_to", kPaidTo},
    {"sent at|a|towards|against", kBefore, Suspect, 50, "role.paid_to", kPaidTo},
    {"sent * at|a|towards", kBefore, Suspect, 45, "role.paid_to", kPaidTo},
    {"towards", kBefore, Suspect, 35, "role.paid_to", kPaidTo, 1},
    {"at|towards account|iban", kBefore, Suspect, 40, "role.paid_to", kIban, 1},
    {"a", kBefore, Suspect, 20, "role.paid_to", kIban | kWallet, kTouching},
    {"order_of", kBefore, Suspect, 50, "role.paid_to", kPaidTo},
    {"pay from|with|at|by my", kBefore, Mine, 60, "role.paid_from"},
    {"pay * from account", kBefore, Mine, 45, "role.paid_from", kIban},
    {"pay * from|with|at|by card", kBefore, Mine, 45, "role.paid_from", kCard},
    {"debit", kBefore, Mine, 35, "role.debited"},
    {"debit * account|card|iban", kBefore, Mine, 55, "role.debited"},
    {"account|card|iban debit", kBefore, Mine, 50, "role.debited"},
    {"parcel", kBefore, Suspect, 25, "role.parcel", kParcel | kWeb},

    // Mail headers pasted in (the line's label decides; voice.cpp).
    // After the identifier.
    {"be my numero|tel|account|iban|card|mail|address|profile", kAfter, Mine, 65, "role.is_mine",
     kAnyType, 1},
    {"my numero|tel|account|iban|card|mail|address|profile", kAfter, Mine, 50, "role.is_mine",
     kAnyType, 0},
    {"be me", kAfter, Mine, 45, "role.is_mine", kAnyType, 1},
    {"be a me", kAfter, Mine, 60, "role.is_mine", kAnyType, 1},
    {"be a|from|at crook", kAfter, Suspect, 60, "role.of_suspect", kAnyType, 1},
    {"mine", kAfter, Mine, 60, "role.is_mine", kAnyType, 1},
    {"theirs", kAfter, Theirs, 60, "role.is_theirs", kAnyType, 1},
    {"belong me", kAfter, Mine, 50, "role.belongs", kAnyType, 3},
    {"me belong", kAfter, Mine, 50, "role.belongs", kAnyType, 3},
    {"be their|her @noun", kAfter, Theirs, 55, "role.is_theirs", kAnyType, 1},
    {"@noun crook", kAfter, Suspect, 50, "role.of_suspect", kAnyType, 2},
    {"@noun from crook", kAfter, Suspect, 55, "role.of_suspect", kAnyType, 2},
    {"crook", kAfter, Suspect, 20, "role.suspect_named", kAnyType, 1},
    {"my family", kAfter, ThirdParty, 45, "role.relative",
     static_cast<TypeMask>(kAnyType & ~kWeb & ~kWallet & ~kParcel), 3},
    {"from|at|a|belong my family", kAfter, ThirdParty, 55, "role.relative", kAnyType, 3},
    {"@noun from|my family", kAfter, ThirdParty, 55, "role.relative", kAnyType, 2},
    {"@noun from my family", kAfter, ThirdParty, 60, "role.relative", kAnyType, 2},
    {"my bank|advisor", kAfter, ThirdParty, 40, "role.bank", kReach, 4},
    {"@noun from|my bank|advisor", kAfter, ThirdParty, 55, "role.bank", kReach, 3},
    {"@noun from my bank|advisor", kAfter, ThirdParty, 60, "role.bank", kReach, 3},
    {"be bank", kAfter, ThirdParty, 40, "role.bank", kReach, 3},
    {"be my bank", kAfter, ThirdParty, 50, "role.bank", kReach, 3},
    {"authority", kAfter, ThirdParty, 35, "role.authority", kReach, 2},
    {"info escroqueries", kAfter, ThirdParty, 55, "role.authority", kReach, 2},
    {"back * card", kAfter, ThirdParty, 65, "role.on_my_card", kPhone},
    {"real numero|tel", kAfter, ThirdParty, 45, "role.real_one", kReach, 2},
    {"victim", kAfter, Victim, 40, "role.of_victim", kAnyType, 3},
    {"pretend * bank|advisor|authority|support|fraud_desk|family", kAfter, Suspect, 55,
     "role.pretended", kAnyType, 4},
    {"usurp", kAfter, ThirdParty, 50, "role.spoofed", kReach, 3},
    {"me a|has call_past|sent|asked", kAfter, Suspect, 45, "role.called_me", kReach, 1},
    {"who me a|has", kAfter, Suspect, 40, "role.called_me", kReach, 1},
    {"answer", kAfter, Suspect, 35, "role.no_answer", kReach, 4},
    {"never", kAfter, Suspect, 20, "role.never_came", kParcel | kOrder, 6},
    {"debit", kAfter, Mine, 40, "role.debited", kIban | kCard, 3},
    {"belong", kAfter, Suspect, 10, "role.belongs", kAnyType, 3},
    {"at my @noun", kAfter, Suspect, 15, "role.called_me", kPhone, 4},
};

constexpr std::size_t kCueCount = std::size(kCues);
constexpr std::size_t kElementsMax = 6;
constexpr std::string_view kNouns =
    "numero|tel|account|iban|card|mail|address|profile|site|wallet|contact|messaging|parcel";

struct CompiledCue {
    std::array<ClassSet, kElementsMax> elements{};
    std::array<bool, kElementsMax> gap_before{}; // "*": up to kGapWords other words
    std::uint8_t length = 0;
    TypeMask types = kAnyType;
};

constexpr int kGapWords = 3;

constexpr ClassSet parse_classes(std::string_view names) {
    if (names == "@noun") names = kNouns;
    ClassSet set;
    while (!names.empty()) {
        const std::size_t bar = std::min(names.find('|'), names.size());
        const std::uint8_t index = word_class(names.substr(0, bar));
        if (index == kWordClassCount) throw "a cue names a class that is not in the vocabulary";
        set.add(index);
        names.remove_prefix(std::min(bar + 1, names.size()));
    }
    return set;
}

constexpr CompiledCue compile(std::string_view words) {
    CompiledCue cue;
    bool gap = false;
    while (!words.empty()) {
        const std::size_t space = std::min(words.find(' '), words.size());
        const std::string_view word = words.substr(0, space);
        if (word == "*") {
            gap = true;
        } else {
            cue.elements[cue.length] = parse_classes(word);
            cue.gap_before[cue.length++] = gap;
            gap = false;
        }
        words.remove_prefix(std::min(space + 1, words.size()));
    }
    return cue;
}

// What a match asks of each class, side by side.
struct ClassTraits {
    std::array<TypeMask, kWordClassCount> types{};
    std::array<bool, kWordClassCount> skipped{};
};

constexpr ClassTraits kTraits = [] {
    ClassTraits traits;
    for (std::size_t i = 0; i < kWordClassCount; ++i) {
        traits.types[i] = kWordClasses[i].types;
        traits.skipped[i] = kWordClasses[i].weightless == Weightless::Skipped;
    }
    return traits;
}();

/// Places of the cues in one set.
struct CueSet {
    static constexpr std::size_t kWords = (kCueCount + 63) / 64;
    std::array<std::uint64_t, kWords> bits{};

    constexpr void add(std::size_t cue) { bits[cue / 64] |= std::uint64_t{1} << (cue % 64); }
    constexpr CueSet& operator|=(const CueSet& other) {
        for (std::size_t i = 0; i < kWords; ++i) bits[i] |= other.bits[i];
        return *this;
    }
    constexpr CueSet& operator&=(const CueSet& other) {
        for (std::size_t i = 0; i < kWords; ++i) bits[i] &= other.bits[i];
        return *this;
    }
};

struct CueTable {
    std::array<CompiledCue, kCueCount> cues{};
    // Which cues a class may begin, may end, and may go on with as the second of three or more.
    std::array<std::array<CueSet, kWordClassCount>, 2> begun_by{}; // by side
    std::array<CueSet, kWordClassCount> ended_by{};
    std::array<CueSet, kWordClassCount> followed_by{};
    CueSet of_two; // or of one
    std::array<CueSet, record::kIdentifierTypes> of_type{};
};

constexpr CueTable build_cue_table() {
    CueTable table;
    for (std::size_t i = 0; i < kCueCount; ++i) {
        CompiledCue& cue = table.cues[i];
        cue = compile(kCues[i].words);
        cue.types = kCues[i].types;
        if (cue.length <= 2) table.of_two.add(i);
        for (std::size_t type = 0; type < table.of_type.size(); ++type) {
            if ((cue.types >> type & 1) != 0) table.of_type[type].add(i);
        }
        for (std::uint8_t c = 0; c < kWordClassCount; ++c) {
            const std::size_t side = static_cast<std::size_t>(kCues[i].side);
            if (cue.elements[0].has(c)) table.begun_by[side][c].add(i);
            if (cue.elements[cue.length - 1U].has(c)) table.ended_by[c].add(i);
            if (cue.length > 2 && cue.elements[1].has(c)) table.followed_by[c].add(i);
        }
    }
    return table;
}

constexpr CueTable kTable = build_cue_table();

/// The cues of a `wanted` type whose last word, and second of three, stand in the window.
CueSet possible_cues(const Words& words, TypeMask wanted) {
    CueSet possible;
    CueSet followed = kTable.of_two;
    for (std::size_t i = 0; i < words.count; ++i) {
        possible |= kTable.ended_by[words.at[i].word_class];
        followed |= kTable.followed_by[words.at[i].word_class];
    }
    CueSet of_type;
    for (unsigned rest = wanted; rest != 0; rest &= rest - 1) {
        of_type |= kTable.of_type[static_cast<std::size_t>(std::countr_zero(rest))];
    }
    possible &= followed;
    return possible &= of_type;
}

constexpr std::uint8_t kStopsCue = kSentence | kMention; // and a comma, where no "*" stands

// The last word of the cue that begins at `first`, and the types that all its words allow.
std::optional<FoundCue> match(const Words& words, std::size_t first, std::size_t index) {
    const CompiledCue& cue = kTable.cues[index];
    TypeMask types = cue.types & kTraits.types[words.at[first].word_class];
    std::size_t place = first;
    for (std::size_t element = 1; element < cue.length; ++element) {
        int others = cue.gap_before[element] ? kGapWords : 0;
        bool found = false;
        while (!found && ++place < words.count) {
            const Word& word = words.at[place];
            if ((word.before & kStopsCue) != 0) return std::nullopt;
            if ((word.before & kComma) != 0 && !cue.gap_before[element]) return std::nullopt;
            found = cue.elements[element].has(word.word_class);
            if (found) {
                types &= kTraits.types[word.word_class];
            } else if (!kTraits.skipped[word.word_class] && --others < 0) {
                return std::nullopt;
            }
        }
        if (!found) return std::nullopt;
    }
    return FoundCue{&kCues[index], static_cast<std::uint8_t>(first),
                    static_cast<std::uint8_t>(place), types};
}

bool contains(const FoundCue& outer, const FoundCue& inner) {
    const bool within = outer.first <= inner.first && inner.last <= outer.last;
    const int outer_length = outer.last - outer.first;
    const int inner_length = inner.last - inner.first;
    return within && outer_length > inner_length;
}

void keep_longest(FoundCues& found) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < found.count; ++i) {
        bool inside = false;
        for (std::size_t j = 0; j < found.count && !inside; ++j) {
            inside = contains(found.at[j], found.at[i]);
        }
        // A cue already overwritten was itself inside a longer one, which also contains this.
        if (!inside) found.at[kept++] = found.at[i];
    }
    found.count = kept;
}

} // namespace

void find_cues(const Words& words, Side side, TypeMask wanted, FoundCues& out) {
    out.count = 0;
    const CueSet possible = possible_cues(words, wanted);
    const auto& begun_by = kTable.begun_by[static_cast<std::size_t>(side)];
    for (std::size_t first = 0; first < words.count; ++first) {
        const std::uint8_t c = words.at[first].word_class;
        if (c == 0) continue;
        for (std::size_t w = 0; w < CueSet::kWords; ++w) {
            for (std::uint64_t rest = begun_by[c].bits[w] & possible.bits[w]; rest != 0;
                 rest &= rest - 1) {
                const auto index = 64 * w + static_cast<std::size_t>(std::countr_zero(rest));
                const std::optional<FoundCue> found = match(words, first, index);
                if (!found || (found->types & wanted) == 0 || out.count == kFoundMax) continue;
                out.at[out.count++] = *found;
            }
        }
    }
    keep_longest(out);
}

} // namespace engine::extract::roles
