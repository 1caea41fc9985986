#include "platform/pdf/document.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace platform::pdf {
namespace {

Document receipt() {
    Table files{{"Fichier", "Taille", "SHA-256"}, {}};
    files.rows.push_back({"capture-ecran.png", "412 ko",
                          "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"});
    files.rows.push_back({"message.eml", "18 ko",
                          "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"});
    return {
        "Récépissé du signalement MLN-2026-000123",
        "fr",
        "Plateforme nationale de signalement",
        "Ce récépissé prouve que votre signalement est arrivé et n’a pas été modifié depuis.",
        {Heading{1, "Récépissé de signalement"},
         Paragraph{"Votre signalement a été enregistré. Gardez ce document : il prouve la date et "
                   "le contenu de ce que vous avez transmis, et permet d’en suivre le traitement."},
         Facts{{{"Référence", "MLN-2026-000123", true},
                {"Reçu le", "24 novembre 2026 à 16 h 12 (heure de Paris)"},
                {"Nature", "Escroquerie : faux conseiller bancaire"},
                {"Empreinte du texte (SHA-256)",
                 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", true}}},
         Heading{2, "Suivre votre signalement"},
         Paragraph{"Scannez ce code ou ouvrez la page « Suivre » et saisissez la référence et "
                   "votre code de suivi."},
         QrCode{"https://signalement.example/suivi?reference=MLN-2026-000123",
                "Code QR menant à la page de suivi du signalement MLN-2026-000123"},
         Note{"Le code de suivi ne figure pas sur ce document. Ne le communiquez à personne, pas "
              "même à quelqu’un qui dit appeler de votre banque ou de la police."},
         Heading{2, "Fichiers transmis"}, files, Heading{2, "Preuve d’enregistrement"},
         Paragraph{"L’acte est inscrit au registre sous le numéro 123 ; la racine de l’arbre "
                   "ci-dessous est signée."},
         Paragraph{"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328", true}}};
}

TEST(Sample, IsWritten) {
    Document d = receipt();
    std::ofstream{"/tmp/w/sample.pdf", std::ios::binary} << render(d);
    Document l = receipt();
    Table big{{"N°", "Libellé", "Montant"}, {}};
    for (int i = 0; i < 300; ++i)
        big.rows.push_back(
            {std::to_string(i),
             "Ligne " + std::to_string(i) +
                 " : virement effectué vers un compte inconnu, à la demande d’un faux conseiller",
             std::to_string(i * 13) + " €"});
    l.blocks.push_back(big);
    std::string longp;
    for (int i = 0; i < 900; ++i) longp += "mot" + std::to_string(i) + " ";
    l.blocks.push_back(Paragraph{longp});
    l.blocks.push_back(Note{longp});
    l.blocks.push_back(Table{{"A", "B"}, {{longp + longp, "court"}}});
    std::ofstream{"/tmp/w/long.pdf", std::ios::binary} << render(l);
}

} // namespace
} // namespace platform::pdf
