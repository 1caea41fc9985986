// The words that say whose an identifier is, in classes. Cues (cues.cpp) are sequences of classes.
// Words are written folded (lower case, no accent, œ as oe, ° as o); an apostrophe or a hyphen
// separates words. A word belongs to one class. Misspellings are members like any other.
#pragma once

#include "engine/record/identifier_type.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace engine::extract::roles {

using TypeMask = std::uint16_t;

[[nodiscard]] constexpr TypeMask of_type(record::IdentifierType type) {
    return static_cast<TypeMask>(1U << static_cast<unsigned>(type));
}

constexpr TypeMask kPhone = of_type(record::IdentifierType::Phone);
constexpr TypeMask kEmail = of_type(record::IdentifierType::Email);
constexpr TypeMask kIban = of_type(record::IdentifierType::Iban);
constexpr TypeMask kCard = of_type(record::IdentifierType::Card);
constexpr TypeMask kUrl = of_type(record::IdentifierType::Url);
constexpr TypeMask kDomain = of_type(record::IdentifierType::Domain);
constexpr TypeMask kIp = of_type(record::IdentifierType::Ip);
constexpr TypeMask kWallet = of_type(record::IdentifierType::Wallet);
constexpr TypeMask kHandle = of_type(record::IdentifierType::Handle);
constexpr TypeMask kVoucher = of_type(record::IdentifierType::Voucher);
constexpr TypeMask kParcel = of_type(record::IdentifierType::Parcel);
constexpr TypeMask kOrder = of_type(record::IdentifierType::Order);
constexpr TypeMask kName = of_type(record::IdentifierType::Name);
constexpr TypeMask kAnyType = 0xFFFF;
constexpr TypeMask kWeb = kUrl | kDomain;
constexpr TypeMask kReach = kPhone | kEmail | kHandle | kWeb | kName; // ways to reach somebody

/// How a word counts when distances are measured and when a cue is matched over it.
enum class Weightless : std::uint8_t {
    No,       // one word of distance
    Distance, // no distance: prepositions and nouns that name the identifier
    Skipped,  // no distance, and a cue may step over it
};

struct WordClass {
    std::string_view name;
    std::string_view words;
    TypeMask types = kAnyType; // the identifiers that a cue with this word can speak of
    Weightless weightless = Weightless::No;
};

constexpr WordClass kWordClasses[] = {
    {"?", ""}, // any word that is in no class
    {"filler",
     "petit petite grand grande beau belle ex checking savings business debit credit rattache "
     "habituel unique de d l le la les lo the un une ce cet cette cest s of nouveau nouvel "
     "nouvelle new propre "
     "pro professionnel professionnelle direct principal "
     "second seconde autre other old ancien actuel bancaire bancaires courant complet "
     "own fixed very suivant suivants suivante following same meme quel electronique "
     "livret epargne visible only seul ici here",
     kAnyType, Weightless::Skipped},
    {"own", "perso personnel personnelle personnels personal prive", kAnyType, Weightless::Skipped},
    {"real", "vrai vraie veritable real actual officiel legit genuine", kAnyType,
     Weightless::Skipped},
    {"my", "mon ma mes my mn notre nos our"},
    {"your", "ton ta tes votre vos your ur vot tn"},
    {"their", "son sa ses leur leurs his their sn its"},
    {"her", "her"},
    {"i", "je j jai i im ive g"},
    {"he", "il elle ils elles on he she they celui celle quelqu someone somebody"},
    {"me", "moi me m mwa us nous"},
    {"mine", "mien mienne miens miennes mine"},
    {"theirs", "sien sienne siens siennes theirs hers"},
    {"not", "pas not isnt"},
    {"cause", "cause"},
    {"coming", "venant provenant emanant coming vient venait"},
    {"him", "lui him them"},
    {"you", "vous te t toi you u"},
    {"who", "qui que who which that dont"},
    {"a", "a", kAnyType, Weightless::Distance},
    {"has", "ont avait avaient has had have ai avons aurait ayant", kAnyType, Weightless::Distance},
    {"be", "c est etait sont etaient suis sera serait is was are were am be etant been ete etais",
     kAnyType, Weightless::Distance},
    {"at", "au aux sur at to ac via o under chez in dans", kAnyType, Weightless::Distance},
    {"with", "avec with using en", kAnyType, Weightless::Distance},
    {"by", "par by", kAnyType, Weightless::Distance},
    {"towards", "vers into towards onto", kAnyType, Weightless::Distance},
    {"from", "du des depuis from ", kAnyType, Weightless::Distance},
    {"against", "contre against pour for"},
    {"numero",
     "nimero numreo numeo numro nuemro numero numeros num nums nro nr no n numer number numbers "
     "nbr numerau nume "
     "numerot identifiant id",
     kPhone | kOrder | kParcel | kCard | kIban | kVoucher | kHandle, Weightless::Distance},
    {"tel",
     "standard accueil secretariat tel telephone telephones telefone telephonne telephon tels "
     "telephonique portable portables "
     "mobile fixe gsm cell phone cellphone telf 06 07 ligne",
     kPhone | kHandle, Weightless::Distance},
    {"messaging",
     "whatsapp wathsapp whatsap watsapp wattsapp whattsapp watsap wsp signal viber "
     "messenger imo wechat",
     kPhone | kHandle | kUrl | kDomain, Weightless::Skipped},
    {"account", "compte comptes account accounts acct cpte cmpte conte",
     kIban | kCard | kHandle | kEmail | kWallet, Weightless::Distance},
    {"iban", "iban ibans rib ribs bic ibane", kIban, Weightless::Distance},
    {"card", "carte cartes cb card cards visa mastercard bleue", kCard, Weightless::Distance},
    {"mail",
     "mail mails mel email emails courriel courriels e boite messagerie gmail "
     "hotmail outlook imeil maille",
     kEmail, Weightless::Distance},
    {"address", "adresse adresses address adress addresse adres addr",
     kEmail | kWallet | kWeb | kIp, Weightless::Distance},
    {"profile",
     "profil profile profils page insta instagram snap snapchat snape telegram tiktok facebook fb "
     "pseudo pseudonyme username user ig skype discord linkedin tg twitter",
     kHandle | kUrl, Weightless::Distance},
    {"site",
     "site sites lien liens link links website url web internet boutique shop "
     "plateforme platform appli application app",
     kWeb, Weightless::Distance},
    {"wallet", "wallet wallets portefeuille bitcoin bitcoins btc crypto usdt eth ethereum trc20",
     kWallet, Weightless::Distance},
    {"contact", "coordonnees contact contacts details infos", kReach, Weightless::Distance},
    {"advert", "annonce annonces ad advert listing offre announce", kWeb},
    {"parcel", "colis suivi tracking package livraison expedition paquet delivery parcel", kParcel},
    {"order", "commande order facture invoice billet", kOrder, Weightless::Distance},
    {"casefile",
     "plainte dossier pv verbal procedure signalement courante reclamation complaint "
     "ticket sinistre declaration case claim parquet",
     kOrder, Weightless::Distance},
    {"refno", "reference ref references recepisse", kOrder, Weightless::Distance},
    {"voucher", "coupon coupons pcs transcash neosurf recharge recharges paysafecard giftcard",
     kVoucher},
    {"finance", "financier financiere investissement investissements trading patrimoine forex"},
    {"advisor", "conseiller conseillere conseillers banquier banquiere advisor adviser"},
    {"bank", "union banque banques bank bque bnk agence caisse guichet"},
    {"support", "service services support assistance serveur client clients hotline customer "
                "helpdesk"},
    {"fraud_desk", "fraude fraudes fraud antifraude"},
    {"authority",
     "police policier policiers gendarmerie gendarme gendarmes commissariat brigade pharos "
     "signalconso cybermalveillance cybermalveillances tracfin 33700 perceval percevale thesee "
     "dgccrf tribunal procureur avocat avocate huissier prefecture mairie 17 ftc ic3 fbi sheriff "
     "attorney lawyer cnil acpr amf assurance assureur mediateur arcep opposition "
     "gendarmery consumerfinance interpol europol"},
    {"conso", "conso"},
    {"escroqueries", "escroqueries escroquerie"},
    {"info", "info"},
    {"family",
     "fournisseur medecin operateur mutuelle syndic employeur mari femme soeur frere fils fille "
     "mere pere maman papa ami amie amis copain copine voisin "
     "voisine collegue collegues cousin cousine epoux epouse conjoint conjointe compagnon compagne "
     "parents tante oncle neveu niece mamie papi gendre proche patron patronne "
     "husband wife sister brother mother father mom dad friend daughter neighbor neighbour "
     "colleague boss nephew grandmother grandson comptable"},
    {"crook",
     "denomme denommee nomme nommee surnomme prenomme escroc escrocs arnaqueur arnaqueurs "
     "arnaqueuse voleur voleurs vendeur vendeuse vendeurs "
     "acheteur acheteuse acquereur suspect suspects individu individus inconnu inconnue mec type "
     "gars brouteur hacker pirate pirates scammer scammers seller buyer fraudster thief "
     "thieves interlocuteur interlocutrice correspondant proprietaire bailleur demarcheur "
     "beneficiaire recruteur recruteuse courtier broker trader malfaiteur malfrat "
     "escrot arnacker arnaceur crook stranger landlord recruiter faussaire annonceur livreur "
     "expediteur prestataire artisan marabout voyant reparateur payee recipient beneficiary "
     "arnaque arnaques scam"},
    {"victim", "interesse interessee victime victimes plaignant plaignante plaignants declarant "
               "declarante requerant "
               "requerante victim complainant claimant"},
    {"pretend",
     "faux fausse pretendu pretendue pretendument disant fake passer passait passant "
     "passe pretendant pretendait pretendent imitant pretending pretended impersonating posing "
     "pretends imite part supposed supposedly alleged presentant"},
    {"usurp", "usurpe usurpee usurpes usurpant usurpation usurper usurpait spoofing spoofe spoof "
              "spoofed spoofer spoofant cloned"},
    {"show", "affichait affiche affichant affichee display displayed displaying displays showed "
             "showing caller"},
    {"gave", "donne donnee donner donnait donnes communique communiquer fourni fournit laisse "
             "transmis transmet transmise file refile dicte gave given provided give giving "
             "confie"},
    {"send_you", "envoyez virez versez transferez payez reglez deposez remboursez expediez"},
    {"sent", "envoye envoyer envoyee envoi envoie envoies sent send sending "
             "envoyait expedie"},
    {"asked", "demande demandait demander reclame exige asked requested dit told ordonne invite "
              "propose"},
    {"call_you", "appelez rappelez appellez rapelez rappellez contactez joignez composez "
                 "telephonez recontactez apelez ecrivez textez"},
    {"call_tu", "joindra appellera rappellera contactera contacterons appellerons appelle rappelle "
                "contacte ecris apelle rapelle call text reach "
                "textes joins appell recontacte"},
    {"call_past",
     "joint jointe appele appelee appeles appelait rappele rappelee contactee contactes "
     "called phoned texted contacted messaged emailed apele rapele "
     "recontactee harcele ecrit ecrivait contactait calling texting appelaient "
     "appellait demarche demarchee"},
    {"call_inf", "laisser trouver appeler rappeler contacter joindre ecrire recontacter apeler "
                 "rapeler repondre "
                 "retrouver"},
    {"reachable", "joignable joignables reachable reached"},
    {"received", "recoit recoivent recevait recus recues menaces recu recois recevais recevoir "
                 "received receive got appels appel coup sms texto "
                 "message messages textos notification"},
    {"say", "disait repondu said says telling wrote replied disent "
            "ecrivant precise indique"},
    {"pay",
     "virement virements vire virer versement verse verser transfert transfere "
     "transferer transfer transferred wire wired paid pay payment payer paye "
     "regle regler reglement mandat depose deposer credite crediter vir remboursement paiement "
     "paiements"},
    {"debit",
     "debite debites debitee debiter preleve prelevee prelever prelevement prelevements "
     "debited charged withdrawn piratee vole volee volees utilise "
     "utilisee vide vider stolen hacked compromised retrait retraits",
     kIban | kCard},
    {"order_of", "profit ordre"},
    {"click", "cliquez clique cliquer clik click clicked clicking clic clicker klik cliquant "
              "rendez connectez visit telecharger telechargez connecter"},
    {"live", "domicilie domiciliee demeurant soussigne soussignee nee residing"},
    {"hello", "bonjour cher chere dear hello bjr salut hi madame monsieur mme"},
    {"back", "dos verso"},
    {"signin", "connexion login connection signin logged", kEmail | kHandle | kPhone},
    {"instead", "lieu instead"},
    {"code", "code codes otp"},
    {"closing", "agreer distinguees cordialement cdt cordialment salutations respectueusement "
                "sincerement regards sincerely "
                "faithfully remerciements amicalement bav cdlt remerciant"},
    {"never", "jamais never"},
    {"answer",
     "sonne occupe decroche raccroche repond repondait injoignable attribue disparu bloque bloquee "
     "answers answered blocked disconnected desactive supprime"},
    {"belong", "appartient appartenant appartenait belongs belonging belonged titulaire"},
    {"ask_you", "repondez"},
    {"form", "prenom naissance nationalite profession firstname lastname surname birth"},
    {"and", "et ou and or puis ainsi ni"},
    {"then", "mais alors donc but then so ensuite"},
};

constexpr std::size_t kWordClassCount = std::size(kWordClasses);
static_assert(kWordClassCount <= 128, "ClassSet has 128 places");

/// The index of a class by name; the count of classes when there is none.
[[nodiscard]] constexpr std::uint8_t word_class(std::string_view name) {
    for (std::size_t i = 0; i < kWordClassCount; ++i) {
        if (kWordClasses[i].name == name) return static_cast<std::uint8_t>(i);
    }
    return static_cast<std::uint8_t>(kWordClassCount);
}

} // namespace engine::extract::roles
