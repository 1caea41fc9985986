#include "intake/web/complaint_questions.hpp"

#include "intake/draft.hpp"

#include <algorithm>
#include <array>

namespace intake::web {
namespace {

constexpr auto kAuthor = Tells::Author;
constexpr auto kAddress = Tells::Address;
constexpr auto kOwn = Tells::Own;

constexpr std::array kStory{Question{"recit", Ask::Text, true}, Question{"debut", Ask::Line, true},
                            Question{"fin"}};
constexpr std::array kContact{Question{"premier_contact", Ask::Platform, true},
                              Question{"ou_exactement", Ask::Line, false, kOwn},
                              Question{"langue"}};
constexpr std::array kAuthorPage{Question{"auteur", Ask::Lines, false, kAuthor},
                                 Question{"auteur_nom"},
                                 Question{"auteur_adresses", Ask::Lines, false, kAddress}};
constexpr std::array kLosses{Question{"somme_demandee", Ask::Amount},
                             Question{"somme_perdue", Ask::Amount},
                             Question{"autre_perte", Ask::Text, false, kOwn}};
// Of a fake buyer the law wants to know the sum that was asked (service-public R14531).
constexpr std::array kLossesOfSeller{Question{"somme_demandee", Ask::Amount, true},
                                     Question{"somme_perdue", Ask::Amount},
                                     Question{"autre_perte", Ask::Text, false, kOwn}};
constexpr std::array kBank{Question{"banque", Ask::YesNo, true},
                           Question{"banque_reponse", Ask::Text, false, kOwn},
                           Question{"deja_signale", Ask::Line, false, kOwn}};
constexpr std::array kSafety{Question{"vulnerabilite", Ask::Text, false, kOwn},
                             Question{"represailles", Ask::Text, false, kOwn},
                             Question{"etre_entendu", Ask::YesNo, true}, Question{"interprete"}};
constexpr std::array kYou{Question{"courriel", Ask::Email, true},
                          Question{"telephone", Ask::Telephone},
                          Question{"adresse", Ask::Text, true}};

constexpr std::array kRomance{
    Question{"profil", Ask::Lines, false, kAddress},
    Question{"autre_appli", Ask::Line, false, kOwn}, Question{"metier_pays", Ask::Line},
    Question{"pretextes", Ask::Text, false, kOwn}, Question{"photos", Ask::YesNoUnknown}};
constexpr std::array kBlackmail{
    Question{"detient", Ask::Text, false, kOwn}, Question{"menaces_qui", Ask::Line, false, kOwn},
    Question{"echeance", Ask::Line}, Question{"deja_publie", Ask::YesNoUnknown, true},
    Question{"profil", Ask::Lines, false, kAddress}};
constexpr std::array kSale{Question{"annonce", Ask::Lines, false, kAddress},
                           Question{"objet", Ask::Line, true, kOwn},
                           Question{"livraison", Ask::Lines, false, kAddress},
                           Question{"documents_recus", Ask::Text, false, kOwn}};
constexpr std::array kRental{
    Question{"annonce", Ask::Lines, false, kAddress}, Question{"logement", Ask::Line, true, kOwn},
    Question{"sejour", Ask::Line}, Question{"papiers_envoyes", Ask::Text, false, kOwn}};
constexpr std::array kShop{
    Question{"boutique", Ask::Line, true, kAddress}, Question{"objet", Ask::Line, true, kOwn},
    Question{"commande", Ask::Line, false, kAuthor}, Question{"confirmation", Ask::YesNoUnknown},
    Question{"service_client", Ask::Lines, false, kAuthor}};
constexpr std::array kRansom{Question{"appareil", Ask::Line, true, kOwn},
                             Question{"extension", Ask::Line},
                             Question{"note_rancon", Ask::Text, false, kAuthor},
                             Question{"portefeuille_rancon", Ask::Lines, false, kAuthor},
                             Question{"sauvegarde", Ask::YesNoUnknown}};
constexpr std::array kAccount{Question{"compte_pirate", Ask::Line, true, kOwn},
                              Question{"connexion", Ask::Line, false, kAuthor},
                              Question{"contacts_sollicites", Ask::Text, false, kOwn},
                              Question{"messages_envoyes", Ask::Text, false, kAuthor}};

constexpr std::array kPayment{Question{"date", Ask::Line, true},
                              Question{"montant", Ask::Amount, true},
                              Question{"moyen", Ask::Means, true}};
constexpr std::array kTransfer{Question{"iban", Ask::Line, false, kAuthor}, Question{"bic"},
                               Question{"titulaire", Ask::Line, false, kAuthor},
                               Question{"libelle", Ask::Line, false, kOwn}};
constexpr std::array kCard{Question{"beneficiaire", Ask::Line, false, kAuthor},
                           Question{"quatre_chiffres"}};
constexpr std::array kVoucher{Question{"marque"}, Question{"codes", Ask::Lines, false, kAuthor}};
constexpr std::array kCrypto{Question{"monnaie"},
                             Question{"portefeuille", Ask::Line, false, kAuthor},
                             Question{"transaction", Ask::Line, false, kAuthor}};
constexpr std::array kOtherMeans{Question{"beneficiaire", Ask::Line, false, kAuthor},
                                 Question{"reference_paiement", Ask::Line, false, kAuthor}};

// A natural person, for themselves, against an unknown author: arrêté of 26 June 2020
// (INTC2014263A).
constexpr Condition kForOneself{"pour_soi"};
constexpr Condition kUnknownAuthor{"auteur_connu", "non"};
constexpr Condition kNeverMet{"jamais_vu"};
constexpr Condition kMoneyAsked{"argent_demande"};

constexpr std::array kFakeBuyer{kForOneself, kUnknownAuthor, kNeverMet,
                                Condition{"envoye_ou_frais"}};
constexpr std::array kFakeSeller{kForOneself, kUnknownAuthor, kNeverMet, Condition{"jamais_recu"}};
constexpr std::array kFakeRental{kForOneself, kUnknownAuthor, kNeverMet, kMoneyAsked};
constexpr std::array kFakeShop{kForOneself, kUnknownAuthor, Condition{"jamais_recu"}};
constexpr std::array kHacked{kForOneself, kUnknownAuthor, Condition{"argent_en_votre_nom"}};
constexpr std::array kPlainBlackmail{kForOneself, kUnknownAuthor, Condition{"menace_chantage"}};
constexpr std::array kRansomware{kForOneself, kUnknownAuthor, Condition{"rancon_demandee"}};
constexpr std::array kRomanceBlackmail{kForOneself, kUnknownAuthor, kNeverMet,
                                       Condition{"menace_chantage"}, kMoneyAsked};

std::span<const Question> details_of(std::string_view type) {
    if (type == "romance") return kRomance;
    if (type == "romance_blackmail" || type == "sextortion") return kBlackmail;
    if (type == "fake_rental") return kRental;
    if (type == "fake_shop") return kShop;
    if (type == "ransomware") return kRansom;
    if (type == "hacked_account") return kAccount;
    return kSale;
}

std::optional<Tells> told_by(std::span<const Question> questions, std::string_view name) {
    const auto found = std::ranges::find(questions, name, &Question::name);
    if (found == questions.end()) return std::nullopt;
    return found->tells;
}

bool is_answered(const ComplaintDraft& draft, std::string_view page) {
    if (std::ranges::find(draft.seen, page) == draft.seen.end()) return false;
    return std::ranges::none_of(questions_of(page, draft.type), [&](const Question& one) {
        return one.needed && lines_of(answer(draft.answers, one.name)).empty();
    });
}

} // namespace

std::span<const Question> questions_of(std::string_view page, std::string_view type) {
    if (page == "story") return kStory;
    if (page == "contact") return kContact;
    if (page == "details") return details_of(type);
    if (page == "author") return kAuthorPage;
    if (page == "losses" && type == "fake_buyer") return kLossesOfSeller;
    if (page == "losses") return kLosses;
    if (page == "bank") return kBank;
    if (page == "safety") return kSafety;
    if (page == "you") return kYou;
    return {};
}

std::span<const Question> payment_questions() {
    return kPayment;
}

std::span<const Question> destination_questions(std::string_view means) {
    if (means == "transfer") return kTransfer;
    if (means == "card") return kCard;
    if (means == "voucher" || means == "gift_card") return kVoucher;
    if (means == "crypto") return kCrypto;
    return kOtherMeans;
}

Tells tells_of(std::string_view question) {
    for (const std::string_view type : kComplaintTypes) {
        for (const std::string_view page : kComplaintPages) {
            if (const auto told = told_by(questions_of(page, type), question)) return *told;
        }
    }
    for (const std::string_view means : {"transfer", "card", "voucher", "crypto", "other"}) {
        if (const auto told = told_by(destination_questions(means), question)) return *told;
    }
    return Tells::Nothing;
}

std::span<const Condition> conditions_of(std::string_view type) {
    if (type == "fake_buyer") return kFakeBuyer;
    if (type == "fake_seller") return kFakeSeller;
    if (type == "fake_shop") return kFakeShop;
    if (type == "hacked_account") return kHacked;
    if (type == "sextortion") return kPlainBlackmail;
    if (type == "ransomware") return kRansomware;
    if (type == "romance_blackmail") return kRomanceBlackmail;
    return kFakeRental; // romance too: purely virtual, money asked
}

std::string_view page_after(std::string_view page) {
    const auto* const here = std::ranges::find(kComplaintPages, page);
    if (here == std::end(kComplaintPages) || here + 1 == std::end(kComplaintPages)) return "review";
    return *(here + 1);
}

std::string_view page_before(std::string_view page) {
    const auto* const here = std::ranges::find(kComplaintPages, page);
    if (here == std::begin(kComplaintPages) || here == std::end(kComplaintPages)) return {};
    return *(here - 1);
}

std::string_view first_open_page(const ComplaintDraft& draft) {
    for (const std::string_view page : kComplaintPages) {
        if (page != "review" && !is_answered(draft, page)) return page;
    }
    return "review";
}

} // namespace intake::web
