"""A person reports, gets a proof, comes back; the service answers; nothing of it is lost."""
import base64
import html
import json
import pathlib
import re
import unittest

from support import Browser, ServerTest, wait_for

PNG = base64.b64decode(  # one pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"
)


class Journey(ServerTest):
    def test_a_report_is_acknowledged_followed_and_proved(self):
        browser = Browser(self.server)
        reference, code = browser.report(
            "Un SMS m'a demandé 2,99 € pour un colis.",
            links="https://colis-suivi.example/payer",
            contacts="06 39 98 12 34",
            files=[("capture.png", PNG), ("note.txt", "Une note.".encode())],
        )
        follower = Browser(self.server)
        page = follower.follow(reference, code)
        self.assertEqual(page.status, 200, page.text[:2000])
        self.assertIn(reference, page.text)
        self.assertIn("capture.png", page.text)

        receipt = self.folder / "receipt.json"
        receipt.write_bytes(follower.open("/suivi/accuse.json").body)
        evidence = self.folder / "capture.png"
        evidence.write_bytes(PNG)
        key = self.server.command("ledger", "key", "--data", self.server.data).stdout.strip()
        checked = self.server.command(
            "receipt", "verify", receipt, "--key", key, "--evidence", evidence
        )
        self.assertIn(reference, checked.stdout)
        bent = json.loads(receipt.read_text())
        bent["statement"] = bent["statement"].replace("received", "recejved")
        other = self.folder / "bent.json"
        other.write_text(json.dumps(bent))
        self.assertEqual(self.server.command("receipt", "verify", other, check=False).returncode, 1)

        pdf = follower.open("/suivi/accuse.pdf")
        self.assertTrue(pdf.body.startswith(b"%PDF-1."), pdf.body[:200])
        paper = self.folder / "receipt.pdf"
        paper.write_bytes(pdf.body)
        self.assertIn(reference, self.server.command("receipt", "verify", paper).stdout)
        self.assertIn("attachment", pdf.header("Content-Disposition"))

    def test_messages_complements_and_status(self):
        reference, code = Browser(self.server).report(email="")
        self.server.admin("read", reference, "--reason", "triage")
        self.server.admin("ask", reference, "Quelle est l'adresse du site ?", "--reason", "triage")
        follower = Browser(self.server)
        page = follower.follow(reference, code)
        self.assertIn("Quelle est l'adresse du site ?", html.unescape(page.text))
        page = follower.submit("/suivi/message", texte="C'était https://faux-colis.example.")
        self.assertIn("faux-colis.example", page.text)
        follower.open("/suivi/dossier")
        page = follower.upload("/suivi/fichiers", [("mail.eml", b"From: a@b.example\n\nBonjour")])
        self.assertIn("mail.eml", page.text)
        exported = follower.open("/suivi/export").json
        self.assertEqual(exported["status"], "complement_asked")
        self.assertEqual([a["act"] for a in exported["acts"][:1]], ["received"])
        self.assertIn("completed", [a["act"] for a in exported["acts"]])
        self.server.admin("transfer", reference, "--reason", "compétence")
        self.assertIn("transmis", follower.open("/suivi/dossier").text.lower())

    def test_a_withdrawn_report_is_unreadable(self):
        reference, code = Browser(self.server).report("Texte à oublier.", files=[("a.png", PNG)])
        follower = Browser(self.server)
        follower.follow(reference, code)
        follower.open("/suivi/retrait")
        page = follower.submit("/suivi/retrait", retirer="1")
        self.assertEqual(page.status, 200, page.text[:500])
        self.assertNotIn("a.png", page.text)
        exported = follower.open("/suivi/export").json
        self.assertEqual(exported["status"], "withdrawn")
        self.assertIsNone(exported["record"])
        self.assertEqual(follower.open("/suivi/accuse.json").status, 200)
        done = self.server.admin("read", reference, "--reason", "x", check=False)
        self.assertEqual(done.returncode, 1)

    def test_an_erased_report_is_gone(self):
        reference, code = Browser(self.server).report("Texte à effacer.")
        self.server.admin("erase", reference, "--reason", "demande de la personne")
        page = Browser(self.server).follow(reference, code)
        self.assertEqual(page.status, 422)
        self.server.command("ledger", "verify", "--quiet", "--data", self.server.data)

    def test_what_was_typed_survives_an_error(self):
        browser = Browser(self.server)
        browser.open("/signaler")
        browser.submit("/signaler")
        browser.submit("/signaler/nature", nature="arnaque")
        browser.submit("/signaler/categorie", categorie="fake_shop")
        browser.submit("/signaler/recit", recit="Mon récit <b>entier</b>.", quand="")
        page = browser.submit("/signaler/argent", paye="oui", montant="beaucoup", vers="Mme X")
        self.assertEqual(page.status, 422)
        self.assertIn("beaucoup", page.text)
        self.assertIn("Mme X", page.text)
        self.assertIn("Mon récit &lt;b&gt;entier&lt;/b&gt;.", browser.open("/signaler/recit").text)

    def test_two_clicks_are_one_report(self):
        browser = Browser(self.server)
        reference, _ = browser.report("Une seule fois.")
        before = self.server.sql("SELECT count(*) FROM declaration")
        browser.open("/signaler")
        page = browser.submit("/signaler/envoyer")
        self.assertIn(reference, page.text)
        self.assertEqual(before, self.server.sql("SELECT count(*) FROM declaration"))

    def test_content_already_reported_is_recognised(self):
        link = "https://deja-vu.example/annonce"
        Browser(self.server).report(
            "Première fois.", nature="illicite", category="hate", links=link
        )
        browser = Browser(self.server)
        browser.open("/signaler")
        browser.submit("/signaler")
        browser.submit("/signaler/nature", nature="illicite")
        browser.submit("/signaler/categorie", categorie="hate")
        browser.submit("/signaler/recit", recit="Le même contenu.")
        browser.submit("/signaler/liens", liens=link)
        browser.submit("/signaler/contacts", contacts="")
        browser.submit("/signaler/fichiers", continuer="1")
        page = browser.submit("/signaler/coordonnees", contact="anonyme")
        self.assertRegex(page.text, r"(?s)déjà.*deja-vu\.example")

    def test_both_languages_have_every_page(self):
        for path in ("/", "/en", "/suivi", "/en/follow", "/mentions-legales", "/robots.txt"):
            answer = self.server.get(path)
            if answer.status != 200:
                other = [p for p in json.loads(self.routes()) if "en" in p["path"]]
                self.fail(f"{path}: {answer.status}; {other}")

    def routes(self) -> str:
        return self.server.command("routes", "--json", "--data", self.server.data).stdout


class Interface(ServerTest):
    RECORD = {"id": "A-1", "kind": "report", "scam_type": "phishing",
              "narrative": "SMS: payez sur https://impots-remboursement.example/"}  # fmt: skip

    def test_a_record_is_taken_once(self):
        key = self.api_key()
        first = self.server.post_report(key, self.RECORD, once="one")
        self.assertEqual(first.status, 201, first.text)
        again = self.server.post_report(key, self.RECORD, once="one")
        self.assertEqual(again.status, 201)
        for field in ("reference", "tracking_code"):
            self.assertEqual(first.json[field], again.json[field])
        other = self.server.post_report(key, {**self.RECORD, "id": "A-2"}, once="one")
        self.assertEqual(other.status, 409)
        status = self.server.get(
            f"/api/v1/reports/{first.json['reference']}",
            {"Tracking-Code": first.json["tracking_code"]},
        )
        self.assertEqual(status.json["status"], "received")
        wrong = self.server.get(
            f"/api/v1/reports/{first.json['reference']}", {"Tracking-Code": "0000000000000000"}
        )
        self.assertEqual(wrong.status, 404)
        receipt = self.folder / "api.json"
        receipt.write_text(json.dumps(first.json["receipt"]))
        self.server.command("receipt", "verify", receipt)

    def test_refusals_say_where(self):
        key = self.api_key()
        self.assertEqual(self.server.post_report("mk_no", self.RECORD).status, 401)
        bad = self.server.post_report(key, {**self.RECORD, "kind": "rumour"})
        self.assertEqual(bad.status, 422)
        self.assertEqual(bad.json["field"], "kind")
        self.assertEqual(bad.header("Content-Type"), "application/problem+json")
        self.server.admin("api-key", "create", "short-lived")
        self.server.admin("api-key", "revoke", "short-lived")

    def test_declarations_of_one_gang_are_grouped_in_seconds(self):
        key = self.api_key()
        references = []
        for number in range(3):
            record = {
                "id": f"G-{number}", "kind": "complaint", "scam_type": "fake_shop",
                "narrative": f"Histoire {number}. Il m'a écrit de vendeur.rapide77@example.org et "
                             "voulait un virement sur FR76 3000 6000 0112 3456 7890 189.",
            }  # fmt: skip
            references.append(self.server.post_report(key, record).json["reference"])
        named = ",".join(f"'{r}'" for r in references)
        query = ("SELECT count(DISTINCT group_name) || '/' || count(*) FROM group_member "
                 f"WHERE declaration IN ({named})")  # fmt: skip
        self.assertEqual(wait_for(lambda: self.server.sql(query) == "1/3" and "1/3"), "1/3",
                         self.server.sql("SELECT * FROM group_member"))  # fmt: skip
        acts = "SELECT count(*) FROM act WHERE kind = 'grouped'"
        self.assertTrue(wait_for(lambda: int(self.server.sql(acts)) >= 3), self.server.sql(acts))
        rebuilt = self.server.command("engine", "rebuild", "--data", self.server.data)
        self.assertIn("were the same", rebuilt.stdout)


if __name__ == "__main__":
    unittest.main()
