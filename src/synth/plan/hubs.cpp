#include "synth/plan/world.hpp"

namespace synth {
namespace {

// Public facts: anyone's list can know these.
constexpr std::array<std::string_view, 20> kKnownPlatforms{
    "leboncoin.fr", "vinted.fr",    "facebook.com", "wa.me",         "instagram.com",
    "paypal.com",   "laposte.fr",   "amazon.fr",    "whatsapp.com",  "t.me",
    "airbnb.fr",    "ebay.fr",      "booking.com",  "chronopost.fr", "mondialrelay.fr",
    "seloger.com",  "snapchat.com", "abritel.fr",   "cdiscount.com", "google.com"};

// Invented, and known to nobody's list.
constexpr std::array<std::string_view, 20> kUnknownPlatforms{"brocantou-entre-voisins.fr",
                                                             "trocalia-annonces.fr",
                                                             "zoupvide.fr",
                                                             "monptitmarche-local.fr",
                                                             "causette-rencontres.fr",
                                                             "logipart-annonces.fr",
                                                             "velopuce-occasion.fr",
                                                             "jardimarche-direct.fr",
                                                             "tchatelys.fr",
                                                             "colibrik-envoi.fr",
                                                             "paylibra-portefeuille.fr",
                                                             "vendanou.fr",
                                                             "rubanville-petites-annonces.fr",
                                                             "kazalou.fr",
                                                             "matcholie.fr",
                                                             "relaisbulle.fr",
                                                             "boutikoo-hebergement.fr",
                                                             "formulo-sondage.fr",
                                                             "piecauto-bourse.fr",
                                                             "animadopt-annonces.fr"};

constexpr std::array<std::string_view, 6> kKnownShorteners{"bit.ly",  "tinyurl.com", "t.ly",
                                                           "cutt.ly", "is.gd",       "rebrand.ly"};
constexpr std::array<std::string_view, 6> kUnknownShorteners{"li-court.fr",    "zapt-lien.fr",
                                                             "ptilink-go.com", "raccourx.net",
                                                             "uzel-lien.com",  "kort-go.net"};

// Published numbers: Info Escroqueries, card opposition, France Victimes' 116 006 has a short form.
constexpr std::array<std::string_view, 3> kKnownHelplines{"+33805805817", "+33892705705",
                                                          "+33970818283"};
constexpr std::array<std::string_view, 6> kKnownPages{"cybermalveillance.gouv.fr",
                                                      "service-public.fr",
                                                      "internet-signalement.gouv.fr",
                                                      "signal-spam.fr",
                                                      "33700.fr",
                                                      "impots.gouv.fr"};

// Institutions whose accounts collect payments for others (bank codes of the Banque de France).
constexpr std::array<std::string_view, 4> kCollectors{"16798", "21933", "17328", "16958"};

} // namespace

Hubs draw_hubs(std::uint64_t seed, const Parameters&) {
    Hubs hubs;
    for (std::size_t i = 0; i < kKnownPlatforms.size(); ++i) {
        hubs.platforms.emplace_back(kKnownPlatforms[i]);
        hubs.platforms.emplace_back(kUnknownPlatforms[i]);
    }
    for (std::size_t i = 0; i < kKnownShorteners.size(); ++i) {
        hubs.shorteners.emplace_back(kKnownShorteners[i]);
        hubs.shorteners.emplace_back(kUnknownShorteners[i]);
    }
    // Half of the collection accounts are at institutions that a list can know.
    constexpr std::size_t kCollectionAccounts = 300;
    for (std::uint64_t i = 0; i < kCollectionAccounts; ++i) {
        const std::uint64_t number = scatter(seed ^ 0x707370ULL, i);
        hubs.collection_ibans.push_back(i % 2 == 0 ? french_iban_at(kCollectors[i / 2 % 4], number)
                                                   : french_iban(number));
    }
    // Numbers that banks show and offenders spoof: invented, in the ranges kept for fiction.
    constexpr std::size_t kSpoofedPhones = 400;
    for (std::uint64_t i = 0; i < kSpoofedPhones; ++i) {
        hubs.spoofed_phones.push_back(fictitious_landline(scatter(seed ^ 0x73706FULL, i)));
    }
    for (const std::string_view phone : kKnownHelplines) hubs.helplines.emplace_back(phone);
    constexpr std::size_t kAgencies = 40;
    for (std::uint64_t i = 0; i < kAgencies; ++i) {
        hubs.helplines.push_back(fictitious_landline(scatter(seed ^ 0x6167ULL, i)));
    }
    for (const std::string_view page : kKnownPages) hubs.public_pages.emplace_back(page);
    return hubs;
}

} // namespace synth
