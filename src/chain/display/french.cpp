#include "chain/display/wording.hpp"

namespace chain {

extern const Wording kFrench;

const Wording kFrench{
    .kinds = {"téléphone", "adresse e-mail", "IBAN", "carte bancaire", "adresse web", "domaine",
              "adresse IP", "portefeuille de cryptomonnaie", "compte en ligne", "coupon prépayé",
              "numéro de colis", "numéro de commande", "nom", "texte réutilisé"},
    .strengths = {"faible", "moyen", "fort", "très fort"},
    .tiers = {"lien certain", "lien probable", "proposition"},
    .quote_open = "« ",
    .quote_close = " »",

    .decimal = ",",
    .weight = "{strength} ({bits} bits) : {odds}",
    .short_weight = "{strength}, {bits} bits",
    .odds_about = "environ {number} fois plus vraisemblable si les mêmes personnes agissent",
    .odds_thousand = "environ {number} mille fois plus vraisemblable si les mêmes personnes "
                     "agissent",
    .odds_million = "environ {number} millions de fois plus vraisemblable si les mêmes personnes "
                    "agissent",
    .odds_beyond = "plus d’un milliard de fois plus vraisemblable si les mêmes personnes agissent",

    .same_record = "{a} est un seul et même dossier.",
    .together = "{a} et {b} sont ensemble, dans le groupe {group} ({records} dossiers).",
    .path_of_one = "Un seul pas mène de l’un à l’autre :",
    .path_of_many = "La chaîne de l’un à l’autre compte {steps} maillons :",
    .step = "{number}. {a} – {b} : {tier}, sûr à {percent} %",
    .step_through = "{number}. {a} – {b} : à travers d’autres dossiers où figure le même",
    .evidence = "même {kind}, {value} : indice {weight}",
    .received_apart = "reçues à {days} jours d’écart : {a}, {b}",
    .received_next_day = "reçues à un jour d’écart : {a}, {b}",
    .received_one_day = "reçues le même jour : {a}",
    .quote_in = "dans {record} ({field}) : {quote}",
    .no_quote = "Les fichiers d’origine ont été déplacés ou modifiés : leurs mots ne peuvent pas "
                "être cités ici.",
    .if_wrong_title = "Si un seul indice était faux :",
    .if_wrong = "sans « {kind} {value} », plus rien ne les lie : à vérifier en premier.",
    .if_wrong_none =
        "ils resteraient ensemble : quel que soit l’indice retiré, d’autres les lient.",
    .if_wrong_unknown = "non essayé : le groupe est trop grand pour les essayer tous ici.",

    .apart = "{a} et {b} ne sont pas ensemble : {a} est dans le groupe {group_a} (dossiers : "
             "{records_a}), {b} dans le groupe {group_b} (dossiers : {records_b}).",
    .shared_title = "Ce qu’ils ont en commun :",
    .shared_nothing = "rien : aucun identifiant ni texte réutilisé ne figure dans les deux.",
    .shared = "{kind} {value} : {reason}",
    .reason_victims = "ne compte pas, car dans {record} c’est celui de la victime.",
    .reason_third = "ne compte pas, car dans {record} c’est celui d’un tiers (une banque, une "
                    "plateforme, un service public…).",
    .reason_hub = "ne lie pas, car les {records} dossiers où il figure n’ont rien d’autre en "
                  "commun : sans lui, ils formeraient environ {groups} groupes séparés. Une "
                  "plateforme, une banque ou un prospectus ressemble à cela.",
    .reason_listed = "ne lie pas, car il est sur la liste des numéros publics, places de marché, "
                     "messageries et autres services connus ({records} dossiers).",
    .reason_shared = "ne suffit pas à lui seul : environ {groups} groupes que rien d’autre ne lie "
                     "s’en servent ({records} dossiers). Ce peut être une mule ou un outil que "
                     "plusieurs bandes partagent ; il ne fait donc qu’une proposition.",
    .reason_too_weak = "compte, mais ne suffit pas à lui seul : indice {weight}.",
    .reason_single = "ne figure comme identifiant d’un suspect que dans un seul dossier.",
    .proposed = "Un analyste peut encore en juger : {a} et {b} relient leurs deux groupes à titre "
                "de proposition (sûr à {percent} %). Une proposition ne réunit jamais d’elle-même.",
    .missing_title = "Ce qui manque :",
    .missing_nothing_usable = "{record} ne contient ni identifiant de suspect ni texte réutilisé : "
                              "rien ne peut le lier à un autre.",
    .missing_one_more = "un indice de plus, indépendant de ceux-ci, dans les deux dossiers ou dans "
                        "des dossiers déjà liés à chacun.",
    .missing_same_as = "un identifiant de suspect (téléphone, IBAN, e-mail, compte…) ou un texte "
                       "réutilisé qui figure dans les deux, ou dans des dossiers déjà liés à "
                       "chacun.",

    .no_run = "il n’y a pas de résultats dans {folder}. Lancez d’abord « maillon link … --out "
              "{folder} ».",
    .damaged_run = "les résultats dans {folder} sont abîmés ou viennent d’une autre version. "
                   "Relancez « maillon link … --out {folder} ».",
    .unknown =
        "aucun dossier ne porte l’identifiant {record}. S’il a été rejeté, rejects.jsonl dit "
        "pourquoi.",
    .near = "Vouliez-vous dire {records} ?",
    .list_or = " ou ",
};

} // namespace chain
