// Each sign with a message that has it and one that looks alike and has it not. All are invented:
// their domains are not registered, their numbers are Arcep's for fiction.
#include "engine/risk/risk.hpp"

#include "engine/risk/structure/imitation.hpp"
#include "engine/risk/table/risk_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace engine::risk {
namespace {

Assessment assess(std::string_view text) {
    return Reading{text}.assess();
}

const Finding* find(const Assessment& assessment, std::string_view sign) {
    const auto found = std::ranges::find(assessment.findings, sign, &Finding::sign);
    return found == assessment.findings.end() ? nullptr : &*found;
}

struct SignCase {
    std::string_view sign;
    std::string_view with;
    std::string_view without;
};

const std::vector<SignCase> kSignCases{
    {"parcel",
     "Bonjour c’est le livreur, votre colis ne rentrait pas dans la boîte aux lettres, choisissez "
     "un créneau sur https://relais-exemple-98.net/4512",
     "Bonjour, votre colis est arrivé hier, je l’ai mis dans l’entrée."},
    {"parcel_waiting", "votre colis ne rentrait pas dans la boîte, je repasse ?",
     "Le colis est chez la voisine du deuxième."},
    {"fine",
     "Vous avez une amende impayée de 35 €. Réglez avant majoration sur "
     "https://dossier-exemple-71.com",
     "J’ai encore payé une amende de stationnement, quelle journée."},
    {"health",
     "Ameli : votre carte vitale arrive à expiration, remplissez le formulaire : "
     "https://exemple-droits-12.com",
     "Pense à prendre ta carte vitale pour le médecin."},
    {"training",
     "Vos droits CPF expirent bientôt, réclamez votre formation gratuite : "
     "https://exemple-7788.com",
     "Ma formation CPF commence lundi à 9 h, salle 12."},
    {"aid",
     "Des aides de l’État sont mises en place pour les panneaux solaires, testez votre "
     "éligibilité sur https://exemple-4477.com",
     "On a fait poser des panneaux solaires l’an dernier."},
    {"bank",
     "Un débit de 490 € est en attente. Si vous n’êtes pas à l’origine de cette opération, "
     "contactez le service opposition au 01 99 00 12 34",
     "J’ai fait le virement pour le loyer ce matin."},
    {"bank_tool",
     "Plus que 24h pour activer votre nouvelle Clé Digitale : https://exemple-5521.net",
     "J’ai perdu ma clé, tu peux me prêter la tienne ?"},
    {"family", "Coucou maman, mon téléphone est cassé, voici mon nouveau numéro",
     "Coucou maman, on arrive vers midi."},
    {"family_money", "J’ai changé de numéro. Peux-tu payer une facture pour moi aujourd’hui ?",
     "Peux-tu payer la facture de gaz ?"},
    {"prize",
     "Félicitations, vous avez été sélectionné ! Réclamez votre cadeau : https://exemple-918.top",
     "Félicitations pour votre mariage, on viendra avec plaisir."},
    {"inheritance",
     "Dear friend, I am the barrister of a deceased client who left 8.5 million dollars. I need "
     "your assistance as his next of kin. Keep it confidential.",
     "My barrister friend inherited a house from her aunt."},
    {"job",
     "Offre d’emploi : travail à domicile, 90 € par jour sans expérience, écrivez sur WhatsApp",
     "J’ai trouvé un emploi à la mairie, je commence en mars."},
    {"investment", "Investissez dans le bitcoin : rendement garanti de 12 % par mois, sans risque.",
     "La bourse a baissé hier, selon le journal."},
    {"romance",
     "Mon amour, je suis militaire en mission au loin et bloqué à l’aéroport, il me faut de "
     "l’argent pour le billet d’avion",
     "Mon amour, je rentre tard de la réunion."},
    {"sextortion",
     "J’ai piraté votre appareil et activé votre webcam. Je diffuse la vidéo de vous à tous vos "
     "contacts si vous ne payez pas 900 € en bitcoin.",
     "Ma webcam ne marche plus, on fait la réunion par téléphone."},
    {"refund",
     "Après vérification, vous avez droit à un remboursement de 509,90 €. Remplissez le "
     "formulaire : https://exemple-331.com",
     "Le magasin m’a fait un remboursement sans discuter."},
    {"overpayment",
     "Pour votre annonce je vous envoie un chèque de banque d’un montant supérieur, vous "
     "remettrez la différence à mon transporteur par mandat",
     "Pour l’annonce, je paie par chèque de banque à la remise des clés, si cela vous va."},
    {"off_platform",
     "L’appartement est libre, je suis actuellement à l’étranger, la caution avant la visite "
     "par virement",
     "L’appartement est libre, venez le visiter samedi."},
    {"subscription",
     "Votre abonnement : le dernier paiement a été refusé, mettez à jour vos informations : "
     "https://exemple-220.info",
     "J’ai résilié mon abonnement au journal."},
    {"account",
     "Votre compte a été suspendu. Confirmez vos informations pour le réactiver : "
     "https://exemple-777.com",
     "J’ai ouvert un compte à la médiathèque."},
    {"tech_support",
     "Alerte de sécurité : votre ordinateur est infecté, appelez immédiatement le support "
     "technique au 01 99 00 45 67",
     "Mon ordinateur est lent depuis la mise à jour."},
    {"invoice_call",
     "Your annual plan has been renewed for $389.99. To cancel the order call us on +33 1 99 00 "
     "11 22",
     "Thanks for the invoice, I will read it tonight."},
    {"premium", "Pour gagner, envoyez JEU au 71234, sms surtaxé, quiz de la semaine",
     "Je suis au 71234, c’est le code de la porte."},
    {"wallet", "Your wallet must be verified, click https://exemple-909.com",
     "I lost my wallet on the bus."},
    {"loan", "Prêt entre particuliers rapide, taux de 2 %, sans justificatif",
     "Je te rends le livre prêté en mars."},
    {"gambling", "Casino : 200 tours gratuits, réclamez votre bonus", "On a vu un film de casino."},
    {"false_police",
     "Convocation de la brigade de protection des mineurs : répondez par mail sous 48 heures, "
     "délai passé nous engagerons des poursuites pour infraction",
     "La brigade de gendarmerie organise une visite de ses locaux."},
    {"asks_codes", "Achète trois cartes Neosurf et envoie-moi les codes",
     "Offre-lui une carte cadeau de la librairie."},
    {"odd_payment", "Payez-moi par Western Union", "On va au cinéma place de l’Union ?"},
    {"asks_code_received", "Envoie-moi le code reçu par SMS, je me suis trompé de numéro",
     "Le code de la porte est sur le frigo."},
    {"secrecy", "Ne dites rien à personne, cela reste entre nous",
     "Dites bonjour à personne âgée."},
    {"claimed_elsewhere", "Netflix : voyez https://exemple-1212.com/n",
     "Netflix : voyez https://www.netflix.com/browse"},
    {"official_name_inside", "https://ameli.fr.exemple-3344.com/", "https://www.ameli.fr/assure"},
    {"brand_in_domain", "https://mes-impots-info.com/", "https://www.impots.gouv.fr/accueil"},
    {"look_alike", "https://www.chronopsot.com/", "https://www.chronopost.fr/"},
    {"mixed_letters", "Your P\u0430yP\u0430l aссount", "Привет, как дела?"},
    {"hidden_letters", "Con\u200Bfirm your ac\u200Bcount", "Un mot\u200B et un autre mot\u200B."},
    {"story_domain", "https://creneau-relivraison.info/", "https://boulangerie-durand.info/"},
    {"shortener", "https://bit.ly/3xYzExemple", "https://www.exemple-blog.fr/article"},
    {"free_page", "https://mon-colis.web.app/", "https://www.exemple-blog.fr/"},
    {"bare_address", "http://185.12.33.44/login", "http://192.168.1.1/"},
    {"user_in_link", "https://impots.gouv.fr@exemple-909.com/", "https://exemple.fr/a@b"},
    {"unusual_ending", "https://exemple-quelconque.top/", "https://exemple-quelconque.fr/"},
    {"free_mailbox", "De : Banque Populaire <conseiller.exemple@gmail.com>\nBonjour",
     "De : Banque Populaire <contact@banquepopulaire.fr>\nBonjour"},
    {"sender_elsewhere", "From: Netflix <info@exemple-facture-12.com>\nHello",
     "From: Netflix <info@netflix.com>\nHello"},
    {"call_unknown", "BOURSO : appelez vite le 01 99 00 33 44", "Rappelle-moi au 01 99 00 33 44"},
    {"iban_wrong", "IBAN FR76 3000 6000 0112 3456 7890 188",
     "IBAN FR76 3000 6000 0112 3456 7890 189"},
    {"iban_abroad", "Impôts gouv : virement sur LT12 1000 0111 0100 1000",
     "Impôts gouv : virement sur FR76 3000 6000 0112 3456 7890 189"},
    {"official_number", "Appelez le 3639", "La chambre 3639 est au fond"},
    {"official_domain", "https://www.impots.gouv.fr/", "https://exemple-blog.fr/"},
    {"account_country", "FR76 3000 6000 0112 3456 7890 189", "FR12 rue des Lilas"},
};

TEST(Sign, IsSeenInItsMessageAndNotInTheOneThatLooksAlike) {
    for (const SignCase& row : kSignCases) {
        SCOPED_TRACE(row.sign);
        EXPECT_NE(find(assess(row.with), row.sign), nullptr) << row.with;
        EXPECT_EQ(find(assess(row.without), row.sign), nullptr) << row.without;
        EXPECT_LT(assess(row.without).bits, kSomeBits) << row.without;
    }
}

TEST(Message, OfAScamHasSigns) {
    const std::vector<std::string_view> scams{
        "ASSURANCE MALADIE : votre nouvelle carte Vitale est disponible. Remplissez le formulaire "
        "pour rester couvert : https://cpam-exemple-contact.com",
        "ANTAI : Infraction constatée, réglez votre amende sous 48h : https://antai-exemple.info",
        "Coucou papa c’est mon nouveau numéro, l’autre téléphone est cassé. Écris-moi sur WhatsApp",
        "Votre abonnement Netflix est suspendu, mettez à jour votre paiement : "
        "https://netflix-exemple-paiement.com",
        "CREDIT AGRICOLE : un paiement suspect de 899 € est en cours. Si ce n’est pas vous, "
        "appelez le 01 99 00 98 76",
        "Hi mum, I dropped my phone, this is my new number. Can you message me on WhatsApp?",
        "Royal Mail: your parcel could not be delivered, an unpaid shipping fee of £1.99 is due: "
        "https://royalmail-exemple-fee.com",
        "Hello, I recorded you by your webcam on an adult site. Pay 1200 $ in bitcoin or I send "
        "the video to all your contacts.",
    };
    for (const std::string_view scam : scams) {
        EXPECT_EQ(assess(scam).level, Level::Many) << scam << " " << assess(scam).bits;
    }
}

// What people receive every day, from bodies and from each other.
TEST(Message, OfEveryDayHasNothing) {
    const std::vector<std::string_view> ordinary{
        "Chronopost : votre colis sera livré demain entre 9 h et 12 h. Suivi : "
        "https://www.chronopost.fr/tracking?n=XY1234",
        "Colissimo : votre colis vous attend au point relais jusqu’au 12/06. Plus d’informations "
        "sur https://www.laposte.fr/outils/suivre-vos-envois",
        "Doctolib : rappel de votre rendez-vous du 14/03 à 10h15 avec le Dr Exemple. Détails sur "
        "https://www.doctolib.fr/rdv",
        "Votre facture Orange du mois est disponible sur votre espace client orange.fr",
        "SNCF : votre train 6642 a 15 minutes de retard.",
        "Impôts : la déclaration de revenus est ouverte. Rendez-vous sur impots.gouv.fr",
        "Ameli : un nouveau message est disponible dans votre compte ameli sur www.ameli.fr",
        "Votre code de validation est 482913. Ne le communiquez à personne.",
        "Maman, tu peux venir me chercher à 17 h ? Mon bus est annulé.",
        "Salut, je te rappelle ce soir au 06 39 98 12 34, bises",
        "Bonjour, le vélo est-il toujours à vendre ? Je peux passer samedi et payer en espèces.",
        "Réunion du syndicat de copropriété le 3 juin à 18 h. Le compte rendu suivra par mail.",
        "Votre prélèvement EDF de 84,20 € aura lieu le 5. Détail sur edf.fr",
        "Pharmacie du Centre : votre commande est prête, nous sommes ouverts jusqu’à 19 h.",
        "J’ai reçu mon colis, merci beaucoup, il est parfait.",
        "On se retrouve au restaurant, j’ai réservé au nom de Martin.",
        "Crèche : merci d’apporter une tenue de rechange lundi.",
        "Your parcel will arrive tomorrow. Track it at https://www.royalmail.com/track",
        "See you at 8, I booked the table. Call me on 07700 900123 if you are late.",
        "Thanks for your order! Your receipt is attached. The shop is open until six.",
        "Can you pick up some milk? I will pay you back tonight.",
        "Voici mon RIB pour le loyer : FR76 3000 6000 0112 3456 7890 189. Merci !",
        "Info Escroqueries répond au 0 805 805 817, et le 33700 reçoit les SMS suspects.",
        "Pour faire opposition, composez le 0 892 705 705.",
        "Bonjour, votre rendez-vous au garage Martin est confirmé mardi à 9h. Pour "
        "annuler, appelez le 01 99 00 22 33.",
        "Mutuelle Exemple : un remboursement de 25,00 € est disponible. Détail dans "
        "votre espace adhérent sur mutuelle-exemple.fr",
        "BNP Paribas : votre relevé de compte est disponible sur votre espace client.",
        "Code 482 913 pour valider votre achat de 89,90 EUR chez EXEMPLE. Si vous n’êtes "
        "pas à l’origine de cette demande, appelez le 3639.",
        "Caisse d’Epargne : une connexion depuis un nouvel appareil a été détectée. Si "
        "ce n’est pas vous, contactez votre conseiller.",
        "La Poste : votre recommandé est arrivé au bureau de poste. Pensez à votre pièce "
        "d’identité.",
        "Leboncoin : vous avez un nouveau message au sujet de votre annonce vélo.",
        "Bonjour je suis intéressé par votre canapé, est-il toujours disponible ? Je "
        "peux venir le chercher demain.",
        "Maman appelle moi vite stp",
        "Netflix : merci, votre paiement a bien été reçu. Bon visionnage.",
        "Free : votre forfait a été renouvelé. Suivez votre conso sur mobile.free.fr",
        "Info SNCF Connect : e-billet Paris Lyon, voiture 8 place 45. "
        "https://www.sncf-connect.com/app/trips",
        "Doctolib : votre document est disponible. Connectez-vous sur "
        "https://www.doctolib.fr",
        "Crédit Agricole : votre conseiller vous propose un rendez-vous. Répondez OUI "
        "pour être rappelé.",
        "Hi Sam, can you send me the code of the front door? I forgot it.",
        "Your OTP is 553201. Do not share it with anyone. Bank of Exemple",
        "Reminder: your dentist appointment is on Monday at 10. Call 020 7946 0000 to "
        "change it.",
        "Your Amazon order has shipped. Track your package at "
        "https://www.amazon.co.uk/orders",
        "Happy birthday! I bought you a gift card for the bookshop, it is in the post.",
        "Your Netflix subscription has been renewed. Manage it in your account at "
        "netflix.com",
    };
    for (const std::string_view text : ordinary) {
        const Assessment answer = assess(text);
        std::string seen;
        for (const Finding& finding : answer.findings) seen += std::string{finding.sign} + " ";
        EXPECT_EQ(answer.level, Level::Nothing) << text << "\n" << answer.bits << " " << seen;
    }
}

TEST(Message, TellsWhoseNameIsUsed) {
    const Assessment answer = assess("https://mes-impots-info.com/");
    ASSERT_NE(find(answer, "brand_in_domain"), nullptr);
    EXPECT_EQ(find(answer, "brand_in_domain")->about, "Impôts");
}

TEST(Message, NamesItsStory) {
    EXPECT_EQ(assess("Vos droits CPF expirent, cliquez https://exemple-1.com").story, "training");
    EXPECT_EQ(assess("Bonjour").story, "");
}

TEST(Message, OfConfirmedDomainHasManySigns) {
    const Reading reading{"regarde https://boutique.exemple-vente.fr/x"};
    ASSERT_EQ(reading.domains(), std::vector<std::string>{"exemple-vente.fr"});
    EXPECT_EQ(reading.assess().level, Level::Nothing);
    const Assessment answer = reading.assess(std::vector<std::string>{"exemple-vente.fr"});
    EXPECT_EQ(answer.level, Level::Many);
    EXPECT_NE(find(answer, "domain_confirmed"), nullptr);
}

TEST(Message, AccountOfTheRightCountryIsNoSign) {
    EXPECT_EQ(assess("FR76 3000 6000 0112 3456 7890 189").level, Level::Nothing);
    EXPECT_EQ(find(assess("FR76 3000 6000 0112 3456 7890 189"), "account_country")->about, "FR");
}

TEST(Message, MarksDoNotHideWords) {
    EXPECT_NE(find(assess("FÉLICITATIONS, VOUS AVEZ ÉTÉ SÉLECTIONNÉ ! RÉCLAMEZ VOTRE CADEAU ICI : "
                          "https://exemple-1.com"),
                   "prize"),
              nullptr);
    EXPECT_NE(
        find(assess("\U0001D418ou have \U0001D430on, click here to claim your prize"), "prize"),
        nullptr);
}

TEST(Imitation, IsOneLetterAway) {
    using structure::one_letter_away;
    EXPECT_TRUE(one_letter_away("chronoposte", "chronopost"));
    EXPECT_TRUE(one_letter_away("chronopst", "chronopost"));
    EXPECT_TRUE(one_letter_away("chronopots", "chronopost"));
    EXPECT_TRUE(one_letter_away("chromopost", "chronopost"));
    EXPECT_FALSE(one_letter_away("chronopost", "chronopost"));
    EXPECT_FALSE(one_letter_away("chropost", "chronopost"));
    EXPECT_FALSE(one_letter_away("chronopsto", "chronopost") &&
                 one_letter_away("hcronopsto", "chronopost"));
}

TEST(Imitation, LeavesOtherNamesAlone) {
    using structure::imitated;
    for (const std::string_view host :
         {"amazonie-voyages.fr", "orange-vif.fr", "cafe-de-la-gare.fr", "paypal.de", "upside.fr",
          "ledgerwood.org", "impotence.example", "vitalement.fr", "cicatrice.fr", "edfa.org",
          "uberti.it", "boulangerie-durand.fr", "mairie-exemple.fr"}) {
        EXPECT_FALSE(imitated(host, {}).has_value()) << host;
    }
}

TEST(Imitation, IsStoryDomain) {
    using structure::is_story_domain;
    EXPECT_TRUE(is_story_domain("support-colis-info.com"));
    EXPECT_TRUE(is_story_domain("webformulaire.online"));
    EXPECT_FALSE(is_story_domain("colis.fr"));
    EXPECT_FALSE(is_story_domain("mon-compte.fr"));
    EXPECT_FALSE(is_story_domain("livraison-fleurs-durand.fr"));
}

void expect_whole(std::string_view text) {
    const Assessment answer = assess(text);
    const std::size_t read = std::min(text.size(), kTextBytesMax);
    for (const Finding& finding : answer.findings) {
        for (const Span quote : finding.quotes) {
            ASSERT_LT(quote.start, quote.end) << finding.sign;
            ASSERT_LE(quote.end, read) << finding.sign;
        }
    }
    ASSERT_GE(answer.bits, 0);
}

TEST(Hostile, TextIsAnsweredAndQuotesStandInside) {
    const std::string one_megabyte(1 << 20, 'a');
    expect_whole(one_megabyte);
    EXPECT_TRUE(assess(one_megabyte).cut);
    expect_whole("");
    expect_whole(std::string(1000, '\0'));
    expect_whole("\xFF\xFE\xC3\xE2\x82\xF0\x9F colis \xC3");
    std::string control;
    for (int i = 1; i < 32; ++i) control += static_cast<char>(i);
    expect_whole(control + "votre colis" + control);
    std::string clicks;
    while (clicks.size() < kTextBytesMax) clicks += "click here cliquez ici urgent 0 ";
    expect_whole(clicks);
    std::string links;
    for (int i = 0; i < 3000; ++i) links += "https://ameli-" + std::to_string(i) + ".top/ ";
    expect_whole(links);
    expect_whole(std::string(100'000, '-') + std::string(100'000, '.'));
    for (const std::string_view piece :
         {"netflix ", "a@b.fr ", "De : netflix a@b.fr\n", "01 99 00 12 34 ", "call 01 99 00 12 34 ",
          "FR7630006000011234567890189 ", "FR7630006000011234567890188 iban ", "urgent. ",
          "https://ameli.fr.x.top/ ", "colis ", "votre .. colis ", "xn--", "12 ", "3639 le "}) {
        std::string repeated;
        while (repeated.size() < kTextBytesMax) repeated += piece;
        expect_whole(repeated);
    }
}

TEST(Hostile, CutsAtACharacter) {
    std::string text(kTextBytesMax - 1, ' ');
    text += "é votre colis";
    expect_whole(text);
}

// Pieces of messages, bytes of every kind and cut words in any order.
TEST(Property, QuotesStandInsideTheText) {
    std::mt19937 random{20261130};
    const auto below = [&](std::size_t limit) { return random() % limit; };
    for (int round = 0; round < 400; ++round) {
        std::string text;
        const std::size_t pieces = 1 + below(12);
        for (std::size_t i = 0; i < pieces; ++i) {
            const std::string_view from = kSignCases[below(kSignCases.size())].with;
            const std::size_t begin = below(from.size());
            text += from.substr(begin, 1 + below(from.size() - begin));
            if (below(3) == 0) text += static_cast<char>(below(256));
        }
        expect_whole(text);
        const Assessment one = assess(text);
        const Assessment again = assess(text);
        ASSERT_EQ(one.bits, again.bits);
        ASSERT_EQ(one.findings.size(), again.findings.size());
    }
}

TEST(Tables, HaveEveryWordOnceInOrder) {
    EXPECT_TRUE(std::ranges::is_sorted(table::kWords, {}, &table::Word::text));
    EXPECT_TRUE(std::ranges::is_sorted(table::kDomainWords, {}, &table::DomainWord::text));
    EXPECT_TRUE(std::ranges::is_sorted(table::kEndings));
    EXPECT_EQ(all_signs().size(), table::kSigns.size() + table::kStructures.size());
    EXPECT_FALSE(all_stories().empty());
}

} // namespace
} // namespace engine::risk
