"""A person makes a complaint: each kind, its refusals, drafts found again, sent once, one's own."""
import base64
import html
import json
import re
import unittest

from complaints import CONDITIONS, STORY, Complainant
from support import Browser, ServerTest, wait_for

PNG = base64.b64decode(  # one pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"
)
MINOR = {"personne": "4"}  # of the invented people, the one who is not of age


class ComplaintTest(ServerTest):
    number = 0

    def person(self, **fields) -> dict[str, str]:
        """A person whom no other test is."""
        ComplaintTest.number += 1
        names = {"personne": "autre", "prenom": "Ana", "naissance": "12/04/1991"}
        return {**names, "nom": f"Berg {chr(64 + self.number)}", **fields}

    def count(self, table: str) -> int:
        return int(self.server.sql(f"SELECT count(*) FROM {table}"))


class EachKind(ComplaintTest):
    def test_each_kind_is_sent_and_acknowledged(self):
        for kind in CONDITIONS:
            with self.subTest(kind):
                browser = Complainant(self.server)
                reference = browser.complain(kind, **self.person())
                self.assertEqual(browser.path, "/plainte/faite")
                self.assertIn(reference, browser.open("/mes-plaintes").text)
                record = browser.open(f"/mes-plaintes/dossier/{reference}")
                self.assertEqual(record.status, 200)

    def test_each_condition_refuses_and_opens_other_doors(self):
        for kind, conditions in CONDITIONS.items():
            wrong = [(name, "non") for name in conditions] + [("auteur_connu", "oui")]
            for name, answer in wrong:
                with self.subTest(f"{kind} {name}"):
                    browser = Complainant(self.server)
                    page = browser.eligible(kind, **{name: answer})
                    self.assertTrue(browser.path.startswith("/plainte/autres-portes"))
                    self.assertEqual(page.status, 200)
                    for door in ('href="/signaler"', "commissariat", "procureur"):
                        self.assertIn(door, page.text)

    def test_a_condition_left_open_is_asked_again(self):
        browser = Complainant(self.server)
        browser.open("/plainte?type=romance")
        page = browser.submit("/plainte", type="romance", pour_soi="oui")
        self.assertEqual(page.status, 422)
        self.assertEqual(len(re.findall(r'<li><a href="#', page.text)), 3)
        self.assertIn('id="pour_soi-oui" name="pour_soi" value="oui" checked', page.text)

    def test_the_questions_that_led_here_are_not_asked_twice(self):
        page = Browser(self.server).open("/plainte?type=romance&jamais_vu=oui&argent_demande=oui")
        self.assertIn('name="jamais_vu" value="oui" checked', page.text)

    def test_a_minor_is_shown_other_doors(self):
        browser = Complainant(self.server)
        page = browser.begin("sextortion", **MINOR)
        self.assertIn("motif=mineur", browser.path)
        for door in ("tel:3018", "tel:119", 'href="/signaler"'):
            self.assertIn(door, page.text)
        self.assertEqual(browser.open("/plainte/recit").status, 200)
        self.assertNotEqual(browser.path, "/plainte/recit", "no draft was begun")

    def test_what_the_law_wants_said_is_said(self):
        texts = {"/plainte": ("D8-2-2", "434-26", "7 500", "6 ans", "interprète"),
                 "/en/complaint": ("D8-2-2", "434-26", "€7,500", "6 years", "interpreter")}
        for path, wanted in texts.items():
            page = html.unescape(Browser(self.server).open(f"{path}?type=fake_shop").text)
            for text in wanted:
                self.assertIn(text, page.replace("\u202f", " ").replace("\u00a0", " "))

    def test_the_quick_exit_is_there_for_those_at_risk(self):
        for kind in CONDITIONS:
            page = Browser(self.server).open(f"/plainte?type={kind}")
            at_risk = kind in ("romance", "romance_blackmail", "sextortion")
            self.assertEqual("data-leave" in page.text, at_risk, kind)


class Drafts(ComplaintTest):
    def test_a_draft_is_found_by_login_and_never_doubled(self):
        who = self.person()
        first = Complainant(self.server)
        first.begin("romance", **who)
        first.submit("/plainte/recit", type="romance", recit=STORY, debut="hier")
        before = self.count("draft")
        for _ in range(2):
            other = Complainant(self.server)
            other.begin("romance", **who)
            self.assertEqual(other.path, "/plainte/premier-contact")
            self.assertIn(STORY, html.unescape(other.open("/plainte/recit").text))
        self.assertEqual(self.count("draft"), before)
        self.assertIn("/plainte/commencer?type=romance", other.open("/mes-plaintes").text)

    def test_a_draft_is_found_by_its_code_and_sent_only_signed_in(self):
        who = self.person()
        first = Complainant(self.server)
        first.begin("fake_shop", **who)
        first.submit("/plainte/recit", type="fake_shop", recit=STORY, debut="hier")
        page = first.open("/plainte/pause").text
        code = re.search(r'id="code">([^<]+)<', page)[1]
        other = Complainant(self.server)
        other.open("/plainte/reprendre")
        self.assertEqual(other.submit("/plainte/reprendre", code="0000 0000 0000 0000").status, 422)
        other.submit("/plainte/reprendre", code=code.lower())
        self.assertEqual(other.path, "/plainte/premier-contact")
        other.open("/plainte/recit")
        other.answer("fake_shop")
        self.assertEqual(other.path, "/plainte/relecture")
        before = self.count("declaration")
        other.submit("/plainte/envoyer", type="fake_shop")
        self.assertTrue(other.path.startswith("/connexion"), other.path)
        self.assertEqual(self.count("declaration"), before)
        other.log_in("/plainte/relecture", **who)
        other.submit("/plainte/envoyer", type="fake_shop")
        self.assertEqual(other.path, "/plainte/faite")

    def test_a_login_that_ends_in_the_middle_loses_nothing(self):
        who = self.person()
        browser = Complainant(self.server)
        browser.begin("ransomware", **who)
        token = browser.token()
        self.server.sql("DELETE FROM identity_session")
        page = browser.submit("/plainte/recit", token=token, type="ransomware",
                              recit="Tout est bloqué.", debut="hier")
        self.assertTrue(browser.path.startswith("/connexion"), browser.path)
        self.assertNotIn("Tout est bloqué", page.text)
        browser.open("/plainte/recit")
        self.assertTrue(browser.path.startswith("/connexion"), "nothing is shown")
        browser.log_in("/plainte/premier-contact", **who)
        self.assertEqual(browser.path, "/plainte/premier-contact")
        self.assertIn("Tout est bloqué.", browser.open("/plainte/recit").text)

    def test_a_script_saves_while_typing(self):
        browser = Complainant(self.server)
        browser.begin("romance", **self.person())
        token = browser.token()
        said = browser.submit("/plainte/recit", token=token, type="romance", recit="Début",
                              garder="1")
        self.assertEqual(said.json, {"said": "Enregistré."})
        self.assertIn("Début", browser.open("/plainte/recit").text)
        self.assertEqual(browser.open("/plainte/relecture").status, 200)
        self.assertEqual(browser.path, "/plainte/recit", "what was saved is not yet answered")

    def test_identifiers_are_spotted_while_typing(self):
        browser = Complainant(self.server)
        browser.begin("romance", **self.person())
        found = browser.submit("/plainte/reperer", recit=STORY).json["found"]
        self.assertEqual([(one["value"], one["whose"]) for one in found],
                         [("06 39 98 00 01", "À moi"), ("06 39 98 00 12", "À l’escroc")])
        self.assertEqual(browser.submit("/plainte/reperer", token="x", recit=STORY).status, 403)

    def test_what_was_typed_survives_an_error(self):
        browser = Complainant(self.server)
        browser.begin("romance", **self.person())
        page = browser.submit("/plainte/recit", type="romance", recit="Mon <b>récit</b>.", debut="")
        self.assertEqual(page.status, 422)
        self.assertIn("Mon &lt;b&gt;récit&lt;/b&gt;.", page.text)
        browser.submit("/plainte/paiement", type="romance", numero="0", date="hier",
                       montant="beaucoup", moyen="transfer")
        self.assertEqual(browser.page.status, 422)
        self.assertIn("beaucoup", browser.page.text)

    def test_payments_are_added_changed_and_taken_back(self):
        browser = Complainant(self.server)
        browser.begin("romance", **self.person())
        browser.answer("romance", until="pertes")
        browser.open("/plainte/paiements")
        browser.submit("/plainte/paiements", type="romance", ajouter="1")
        self.assertEqual(browser.path, "/plainte/paiement")
        browser.submit("/plainte/paiement", type="romance", numero="1", date="4 octobre",
                       montant="99", moyen="voucher")
        self.assertEqual(browser.path, "/plainte/destination?numero=1")
        page = browser.submit("/plainte/destination", type="romance", numero="1", codes="AB12")
        self.assertEqual(page.text.count('name="retirer"'), 2)
        page = browser.submit("/plainte/paiements", type="romance", retirer="0")
        self.assertEqual(page.text.count('name="retirer"'), 1)
        self.assertIn("99\u00a0€", html.unescape(page.text))

    def test_a_whole_card_number_is_not_taken(self):
        browser = Complainant(self.server)
        browser.begin("romance", **self.person())
        browser.answer("romance", until="paiement")
        browser.submit("/plainte/paiement", type="romance", numero="0", date="hier", montant="9",
                       moyen="card")
        page = browser.submit("/plainte/destination", type="romance", numero="0",
                              quatre_chiffres="4970101234567890")
        self.assertEqual(page.status, 422)


class Sending(ComplaintTest):
    def test_two_clicks_are_one_complaint(self):
        browser = Complainant(self.server)
        browser.begin("romance", **self.person())
        browser.answer("romance")
        token = browser.token()
        browser.submit("/plainte/envoyer", token=token, type="romance")
        reference = browser.reference()
        before = self.count("declaration")
        browser.submit("/plainte/envoyer", token=token, type="romance")
        self.assertEqual(browser.reference(), reference)
        self.assertEqual(self.count("declaration"), before)

    def test_the_declarants_numbers_are_kept_apart(self):
        before = (self.count("author_identifier"), self.count("declarant_identifier"))
        browser = Complainant(self.server)
        browser.begin("romance", **self.person())
        browser.answer("romance", until="reperes")
        mine = {name: "victim" for name in browser.whose() if name.startswith("qui-")}
        browser.submit("/plainte/reperes", type="romance", **{**browser.whose(), **mine})
        browser.submit("/plainte/banque", type="romance", banque="oui")
        browser.submit("/plainte/securite", type="romance", etre_entendu="non")
        browser.submit("/plainte/vous", type="romance", courriel="moi@victime.example",
                       adresse="1 rue des Lilas")
        browser.submit("/plainte/envoyer", type="romance")
        browser.reference()
        authors = self.count("author_identifier") - before[0]
        self.assertLessEqual(authors, 1, "the name of the account's holder alone")
        self.assertGreaterEqual(self.count("declarant_identifier") - before[1], 5)

    def test_evidence_proof_and_export(self):
        browser = Complainant(self.server)
        reference = browser.complain("romance", files=[("capture.png", PNG)], **self.person())
        key = self.server.command("ledger", "key", "--data", self.server.data).stdout.strip()
        proof = self.folder / "receipt.json"
        proof.write_bytes(browser.open("/mes-plaintes/accuse.json").body)
        checked = self.server.command("receipt", "verify", proof, "--key", key)
        self.assertIn(reference, checked.stdout)
        self.assertTrue(browser.open("/mes-plaintes/accuse.pdf").body.startswith(b"%PDF-"))
        told = browser.open("/mes-plaintes/export").json
        self.assertEqual((told["kind"], told["record"]["kind"]), ("complaint", "complaint"))
        self.assertEqual(told["answers"]["payments"][0]["montant"], "250.50")
        self.assertEqual([one["name"] for one in told["files"]], ["capture.png"])
        self.assertEqual(told["contact"]["given_name"], "Ana")

    def test_a_file_that_is_too_large_leaves_the_rest(self):
        browser = Complainant(self.server)
        browser.begin("romance", **self.person())
        browser.answer("romance", until="fichiers")
        page = browser.upload("/plainte/fichiers", [("gros.png", b"x" * 26_000_000)],
                              type="romance", continuer="1")
        self.assertEqual(page.status, 422)
        self.assertIn("gros.png", page.text)
        page = browser.upload("/plainte/fichiers", [("a.png", PNG)], type="romance", ajouter="1")
        self.assertIn("a.png", page.text)

    def test_what_was_acknowledged_survives_a_crash(self):
        browser = Complainant(self.server)
        who = self.person()
        reference = browser.complain("fake_rental", **who)
        begun = Complainant(self.server)
        begun.begin("fake_shop", **who)
        begun.submit("/plainte/recit", type="fake_shop", recit="À finir plus tard.", debut="hier")
        self.server.kill()
        self.server.start()
        again = Complainant(self.server)
        again.log_in("/mes-plaintes", **who)
        self.assertIn(reference, again.page.text)
        again.open("/plainte/commencer?type=fake_shop")
        self.assertIn("À finir plus tard.", again.open("/plainte/recit").text)
        self.server.command("ledger", "verify", "--quiet", "--data", self.server.data)


class OnesOwn(ComplaintTest):
    PAGES = ("/mes-plaintes/dossier", "/mes-plaintes/export", "/mes-plaintes/accuse.json",
             "/mes-plaintes/accuse.pdf", "/mes-plaintes/retrait", "/plainte/faite")

    def test_nobody_elses_complaint_opens(self):
        owner, other = Complainant(self.server), Complainant(self.server)
        reference = owner.complain("romance", **self.person())
        other.complain("romance", **self.person())
        self.assertEqual(other.open(f"/mes-plaintes/dossier/{reference}").status, 404)
        self.assertNotIn(reference, other.open("/mes-plaintes").text)
        other.cookies["suivi"] = owner.cookies["suivi"]  # stolen
        for path in self.PAGES:
            self.assertNotIn(reference, other.open(path).text, path)
        nobody = Complainant(self.server)
        nobody.cookies["suivi"] = owner.cookies["suivi"]
        for path in self.PAGES:
            self.assertNotIn(reference, nobody.open(path).text, path)
        nobody.open("/suivi")
        page = nobody.submit("/suivi/ouvrir", reference=reference, code="0" * 16)
        self.assertEqual(page.status, 422)

    def test_nobody_elses_draft_opens(self):
        owner, other = Complainant(self.server), Complainant(self.server)
        owner.begin("romance", **self.person())
        owner.submit("/plainte/recit", type="romance", recit="Mon secret.", debut="hier")
        other.begin("romance", **self.person())
        self.assertNotIn("Mon secret", other.open("/plainte/recit").text)
        same_browser = Complainant(self.server)
        same_browser.cookies["visite"] = owner.cookies["visite"]
        self.assertNotIn("Mon secret", same_browser.open("/plainte/recit").text)
        same_browser.log_in("/plainte/recit", **self.person())
        self.assertNotIn("Mon secret", same_browser.page.text)

    def test_logging_out_closes_the_complaint(self):
        browser = Complainant(self.server)
        reference = browser.complain("romance", **self.person())
        browser.open("/mes-plaintes")
        browser.submit("/deconnexion")
        for path in self.PAGES:
            self.assertNotIn(reference, browser.open(path).text, path)

    def test_completing_correcting_and_withdrawing(self):
        browser = Complainant(self.server)
        reference = browser.complain("romance", files=[("a.png", PNG)], **self.person())
        browser.open("/mes-plaintes/dossier")
        browser.submit("/mes-plaintes/message", texte="C’était le 4.", partie="paiements")
        self.assertIn("Correction d’un paiement", html.unescape(browser.page.text))
        self.server.admin("close", reference, "--reason", "fini")
        browser.submit("/mes-plaintes/message", texte="Un fait nouveau.")
        self.assertIn("Un fait nouveau.", browser.page.text, "six years, closed or not")
        browser.upload("/mes-plaintes/fichiers", [("b.png", PNG)])
        self.assertIn("b.png", browser.page.text)
        browser.open("/mes-plaintes/retrait")
        page = browser.submit("/mes-plaintes/retrait", retirer="1")
        self.assertEqual(page.status, 200)
        told = browser.open("/mes-plaintes/export").json
        self.assertEqual((told["status"], told["record"]), ("withdrawn", None))
        self.assertNotIn("answers", told)
        self.assertIn("Retirée", browser.open("/mes-plaintes").text)

    def test_a_question_is_asked_and_answered(self):
        browser = Complainant(self.server)
        reference = browser.complain("romance", **self.person())
        self.server.admin("ask", reference, "Quel site ?", "--reason", "triage")
        browser.open("/mes-plaintes/dossier")
        self.assertIn("Quel site ?", html.unescape(browser.page.text).replace("\u202f", " "))

    def test_complaints_and_reports_are_linked(self):
        shared = "https://meme-arnaque.example/profil"
        references = []
        for _ in range(2):
            browser = Complainant(self.server)
            browser.begin("romance", **self.person())
            browser.answer("romance")
            browser.submit("/plainte/envoyer", type="romance")
            references.append(browser.reference())
        report, _ = Browser(self.server).report("Il m’a écrit.", links=shared,
                                                contacts="06 39 98 00 12\n06 39 98 00 13")
        self.assertTrue(wait_for(lambda: self.count("group_member") >= 2), references + [report])
        told = json.dumps(references)
        self.assertTrue(any(line in told for line in self.server.sql(
            "SELECT declaration FROM group_member").splitlines()))


if __name__ == "__main__":
    unittest.main()
