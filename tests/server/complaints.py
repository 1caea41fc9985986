"""A person who makes a complaint, page by page, without JavaScript."""
import re
import urllib.parse

from support import Browser

INVENTED = "/connexion/demonstration"
STORY = "Il m’a écrit sur un site. Mon numéro est le 06 39 98 00 01. Le sien est le 06 39 98 00 12."
IBAN = "FR76 3000 6000 0112 3456 7890 189"

# What each kind asks, answered so that the law accepts it.
CONDITIONS = {
    "fake_buyer": ("pour_soi", "jamais_vu", "envoye_ou_frais"),
    "fake_seller": ("pour_soi", "jamais_vu", "jamais_recu"),
    "fake_rental": ("pour_soi", "jamais_vu", "argent_demande"),
    "fake_shop": ("pour_soi", "jamais_recu"),
    "hacked_account": ("pour_soi", "argent_en_votre_nom"),
    "romance": ("pour_soi", "jamais_vu", "argent_demande"),
    "romance_blackmail": ("pour_soi", "jamais_vu", "menace_chantage", "argent_demande"),
    "sextortion": ("pour_soi", "menace_chantage"),
    "ransomware": ("pour_soi", "rancon_demandee"),
}
DETAILS = {
    "fake_buyer": {"objet": "Un vélo"},
    "fake_seller": {"objet": "Un vélo", "annonce": "https://annonces.example/42"},
    "fake_rental": {"logement": "1 rue du Lac"},
    "fake_shop": {"boutique": "boutique.example", "objet": "Un manteau"},
    "hacked_account": {"compte_pirate": "Ma messagerie"},
    "romance": {"profil": "https://rencontre.example/marc", "pretextes": "Un billet d’avion"},
    "romance_blackmail": {"deja_publie": "non", "detient": "Des photos"},
    "sextortion": {"deja_publie": "nsp", "detient": "Une vidéo"},
    "ransomware": {"appareil": "Un ordinateur"},
}


class Complainant(Browser):
    """personne: a row of the invented people, or `autre` with names and a date of birth."""

    def log_in(self, back: str = "/mes-plaintes", **who):
        self.open(f"{INVENTED}?retour={urllib.parse.quote(back, safe='')}")
        return self.submit(INVENTED, retour=back, **(who or {"personne": "0"}))

    def eligible(self, kind: str, **changed):
        self.open(f"/plainte?type={kind}")
        answers = {name: "oui" for name in CONDITIONS[kind]} | {"auteur_connu": "non"} | changed
        return self.submit("/plainte", type=kind, **answers)

    def begin(self, kind: str, **who):
        """From the first page to the first question, through the login."""
        self.eligible(kind)
        if self.path.startswith("/connexion"):
            back = re.search(r"retour=([^\"&]+)", self.page.text + "&" + self.path)
            self.log_in(urllib.parse.unquote(back[1]), **who)
        return self.page

    def answer(self, kind: str, until: str = "relecture", files=()):
        """Every page up to `until`."""
        pages = (
            ("recit", {"recit": STORY, "debut": "début octobre"}),
            ("premier-contact", {"premier_contact": "whatsapp"}),
            ("details", DETAILS[kind]),
            ("auteur", {"auteur": "06 39 98 00 13\nmarc@example.org"}),
            ("paiements", {"paye": "oui"}),
            ("paiement", {"numero": "0", "date": "3 octobre", "montant": "250,50",
                          "moyen": "transfer"}),
            ("destination", {"numero": "0", "iban": IBAN, "titulaire": "M. Dubois"}),
            ("paiements", {}),
            ("pertes", {"somme_demandee": "300", "somme_perdue": "250,50"}),
            ("fichiers", {"continuer": "1"}),
            ("reperes", None),
            ("banque", {"banque": "oui"}),
            ("securite", {"etre_entendu": "non"}),
            ("vous", {"courriel": "moi@victime.example", "adresse": "1 rue des Lilas, Lille"}),
        )  # fmt: skip
        for name, fields in pages:
            if name == until:
                return self.page
            if name == "fichiers" and files:
                self.upload("/plainte/fichiers", list(files), type=kind, continuer="1")
                continue
            fields = self.whose() if fields is None else fields
            answered = self.submit(f"/plainte/{name}", type=kind, **fields)
            if answered.status != 200:
                raise AssertionError(f"{kind} {name}: {answered.status}\n{answered.text[:4000]}")
        return self.page

    def whose(self) -> dict[str, str]:
        """The page's own proposals."""
        text = self.page.text
        values = re.findall(r'name="(quoi-\d+)" value="([^"]*)"', text)
        chosen = re.findall(r'name="(qui-\d+)" value="(\w+)" checked', text)
        return dict(values) | dict(chosen)

    def complain(self, kind: str, files=(), **who) -> str:
        """A whole complaint; gives its reference."""
        self.begin(kind, **who)
        self.answer(kind, files=files)
        self.submit("/plainte/envoyer", type=kind)
        return self.reference()

    def reference(self) -> str:
        found = re.search(r"P-[0-9A-Z]{4}-[0-9A-Z]{4}", self.page.text)
        if not found:
            raise AssertionError(f"no reference on {self.path}:\n{self.page.text[:4000]}")
        return found[0]
