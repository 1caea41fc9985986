#include "engine/extract/scan/triggers.hpp"

#include "engine/extract/scan/words.hpp"

#include <bit>

namespace engine::extract::scan {
namespace {

struct TriggerWord {
    std::string_view first_bytes; // four, as written, in lower case
    std::string_view letters;     // beginning of the folded word; "nom." is the whole word
    Trigger trigger;
};

constexpr TriggerWord kTriggers[]{
    {"arob", "arobas", Trigger::SpokenAt},     {"aro ", "aro.", Trigger::SpokenAt},
    {"poin", "point.", Trigger::SpokenDot},    {"dot ", "dot.", Trigger::SpokenDot},
    {"zéro", "zero.", Trigger::SpokenNumber},  {"zero", "zero.", Trigger::SpokenNumber},
    {"tren", "trente", Trigger::SpokenNumber}, {"inst", "insta", Trigger::Platform},
    {"snap", "snap", Trigger::Platform},       {"tele", "telegram", Trigger::Platform},
    {"télé", "telegram", Trigger::Platform},   {"skyp", "skype", Trigger::Platform},
    {"disc", "discord", Trigger::Platform},    {"tikt", "tiktok", Trigger::Platform},
    {"face", "facebook", Trigger::Platform},   {"mess", "messenger", Trigger::Platform},
    {"what", "whatsapp", Trigger::Platform},   {"wats", "watsap", Trigger::Platform},
    {"sign", "signal.", Trigger::Platform},    {"twit", "twitter", Trigger::Platform},
    {"vibe", "viber", Trigger::Platform},      {"wech", "wechat", Trigger::Platform},
    {"vint", "vinted", Trigger::Platform},     {"lebo", "leboncoin", Trigger::Platform},
    {"payp", "paypal", Trigger::Platform},     {"tind", "tinder", Trigger::Platform},
    {"bado", "badoo", Trigger::Platform},      {"meet", "meetic", Trigger::Platform},
    {"sess", "session.", Trigger::Platform},   {"pseu", "pseudo", Trigger::Platform},
    {"user", "username.", Trigger::Platform},  {"nom ", "nom.", Trigger::Name},
    {"titu", "titulaire", Trigger::Name},      {"béné", "beneficiaire", Trigger::Name},
    {"bene", "benefici", Trigger::Name},       {"acco", "account.", Trigger::Name},
    {"name", "name.", Trigger::Name},          {"appe", "appeler.", Trigger::Name},
    {"sign", "signe.", Trigger::Name},         {"ordr", "ordre.", Trigger::Name},
    {"guic", "guichet", Trigger::Branch},      {"tran", "transcash", Trigger::Voucher},
    {"neos", "neosurf", Trigger::Voucher},     {"pays", "paysafe", Trigger::Voucher},
    {"pcs ", "pcs.", Trigger::Voucher},        {"pcs:", "pcs.", Trigger::Voucher},
    {"pcs,", "pcs.", Trigger::Voucher},        {"pcs)", "pcs.", Trigger::Voucher},
    {"cash", "cashlib", Trigger::Voucher},     {"flex", "flexepin", Trigger::Voucher},
    {"itun", "itunes", Trigger::Voucher},      {"goog", "google", Trigger::Voucher},
    {"stea", "steam", Trigger::Voucher},       {"appl", "apple", Trigger::Voucher},
    {"amaz", "amazon", Trigger::Voucher},      {"xbox", "xbox", Trigger::Voucher},
    {"play", "playstation", Trigger::Voucher}, {"tick", "ticketpremium", Trigger::Voucher},
    {"coli", "colis", Trigger::Parcel},        {"suiv", "suivi", Trigger::Parcel},
    {"trac", "track", Trigger::Parcel},        {"parc", "parcel", Trigger::Parcel},
    {"chro", "chronopost", Trigger::Parcel},   {"mond", "mondial", Trigger::Parcel},
    {"dhl ", "dhl.", Trigger::Parcel},         {"dhl:", "dhl.", Trigger::Parcel},
    {"ups ", "ups.", Trigger::Parcel},         {"ups:", "ups.", Trigger::Parcel},
    {"fede", "fedex", Trigger::Parcel},        {"dpd ", "dpd.", Trigger::Parcel},
    {"gls ", "gls.", Trigger::Parcel},         {"bord", "bordereau", Trigger::Parcel},
    {"expé", "expedition", Trigger::Parcel},   {"expe", "expedition", Trigger::Parcel},
    {"usps", "usps", Trigger::Parcel},         {"ship", "shipment", Trigger::Parcel},
    {"pack", "package", Trigger::Parcel},
};

constexpr std::uint32_t first_bytes_of(std::string_view bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        const std::size_t place = std::endian::native == std::endian::little ? i : 3 - i;
        value |= std::uint32_t{byte} << (8 * place);
    }
    return value | 0x20202020U;
}

constexpr std::array<std::uint32_t, std::size(kTriggers)> kFirstBytes = [] {
    std::array<std::uint32_t, std::size(kTriggers)> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = first_bytes_of(kTriggers[i].first_bytes.substr(0, 4));
    }
    return bytes;
}();

// Triggers by the hash of their first bytes: the first of each slot, and the next in the same.
constexpr std::uint8_t kNone = 255;
static_assert(std::size(kTriggers) < kNone);

constexpr std::array<std::uint8_t, kTriggerHashes> kSlots = [] {
    std::array<std::uint8_t, kTriggerHashes> slots{};
    slots.fill(kNone);
    for (std::size_t i = kFirstBytes.size(); i-- > 0;) {
        slots[trigger_hash(kFirstBytes[i])] = static_cast<std::uint8_t>(i);
    }
    return slots;
}();

constexpr std::array<std::uint8_t, std::size(kTriggers)> kNextInSlot = [] {
    std::array<std::uint8_t, std::size(kTriggers)> next{};
    std::array<std::uint8_t, kTriggerHashes> later{};
    later.fill(kNone);
    for (std::size_t i = kFirstBytes.size(); i-- > 0;) {
        std::uint8_t& slot = later[trigger_hash(kFirstBytes[i])];
        next[i] = slot;
        slot = static_cast<std::uint8_t>(i);
    }
    return next;
}();

} // namespace

constexpr std::array<std::uint64_t, kTriggerHashes / 64> kTriggerBits = [] {
    std::array<std::uint64_t, kTriggerHashes / 64> bits{};
    for (const std::uint32_t first_bytes : kFirstBytes) {
        const std::uint32_t hash = trigger_hash(first_bytes);
        bits[hash / 64] |= std::uint64_t{1} << (hash % 64);
    }
    return bits;
}();

Trigger trigger_at(std::string_view text, std::size_t at) {
    if (text.size() < at + 4) return Trigger::None;
    const std::uint32_t first_bytes = first_bytes_of(text.data() + at);
    for (std::size_t i = kSlots[trigger_hash(first_bytes)]; i != kNone; i = kNextInSlot[i]) {
        if (kFirstBytes[i] != first_bytes) continue;
        const FoldedWord word = word_at(text, at);
        const std::string_view letters = kTriggers[i].letters;
        const bool whole = letters.ends_with('.');
        if (whole ? word.letters() == letters.substr(0, letters.size() - 1)
                  : word.letters().starts_with(letters)) {
            return kTriggers[i].trigger;
        }
    }
    return Trigger::None;
}

} // namespace engine::extract::scan
