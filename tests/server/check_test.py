"""Check before you pay: what is pasted is answered and kept nowhere; confirmed domains are told."""
import pathlib
import unittest

from support import Browser, ServerTest

BANK = (
    "BOURSO : un débit de 657,99 € est en attente. Si vous n’êtes pas à l’origine de cette "
    "opération, contactez le service opposition au 01 99 00 13 17"
)
PLANTED = "zqxplanted7731"  # stands in no page of ours


class CheckTest(ServerTest):
    def check(self, text: str, path: str = "/verifier"):
        browser = Browser(self.server)
        browser.open(path)
        return browser.submit(path, recu=text)

    def test_a_scam_is_told_in_both_languages(self):
        answer = self.check(BANK)
        self.assertEqual(answer.status, 200)
        self.assertIn("Beaucoup de signes d’arnaque", answer.text)
        self.assertIn("<mark>contactez le service opposition au 01 99 00 13 17</mark>", answer.text)
        self.assertIn("33700", answer.text)
        answer = self.check(BANK, "/en/check")
        self.assertIn("Many signs of a scam", answer.text)
        self.assertIn("The real bank", answer.text)

    def test_nothing_recognised_is_never_safe(self):
        for path, title, lead in (
            ("/verifier", "Rien de reconnu", "Cela ne veut pas dire que c’est sûr"),
            ("/en/check", "Nothing recognised", "This does not mean that it is safe"),
        ):
            answer = self.check("On se retrouve à midi devant la gare.", path)
            self.assertIn(title, answer.text)
            self.assertIn(lead, answer.text)
            self.assertNotIn("<mark>", answer.text)

    def test_single_identifiers_are_answered(self):
        for text, expected in (
            ("FR76 3000 6000 0112 3456 7890 188", "Un IBAN impossible"),
            ("FR76 3000 6000 0112 3456 7890 189", "Un compte tenu dans ce pays : France"),
            ("3639", "Un numéro officiel : La Banque Postale"),
            ("https://www.impots.gouv.fr/", "Un site connu"),
            ("https://mes-impots-info.com/", "Une adresse qui emprunte le nom de « Impôts »"),
            ("06 39 98 12 34", "Rien de reconnu"),
            ("camille@courriel.example", "Rien de reconnu"),
        ):
            page = self.check(text).text.replace("\u00a0", " ").replace("&quot;", '"')
            self.assertIn(expected, page, text)

    def test_nothing_pasted_is_kept(self):
        text = f"{BANK} https://{PLANTED}.top/{PLANTED} {PLANTED}@gmail.com 06 39 98 77 31"
        self.assertEqual(self.check(text).status, 200)
        self.assertEqual(self.check(PLANTED + "x" * 30_000).status, 422)
        self.server.sql("CHECKPOINT")
        self.assertEqual(self.holding(PLANTED), [])
        dumped = "\n".join(self.rows_of_every_table())
        self.assertNotIn(PLANTED, dumped)
        self.assertNotIn("39987731", dumped)

    def holding(self, word: str) -> list[str]:
        """Files of the data folder and the log that hold the word, in clear."""
        files = [p for p in pathlib.Path(self.folder).rglob("*") if p.is_file()]
        return [str(p) for p in files if word.encode() in p.read_bytes()]

    def rows_of_every_table(self) -> list[str]:
        tables = self.server.sql(
            "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name)"
            " FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
            " AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        ).splitlines()
        self.assertIn("public.domain_decision", tables)
        return [self.server.sql(f"SELECT row_to_json(t) FROM {table} AS t") for table in tables]

    def test_what_was_typed_survives_errors(self):
        answer = self.check("   ")
        self.assertEqual(answer.status, 422)
        self.assertIn("Collez le message", answer.text)
        answer = self.check("é" * 20_001)
        self.assertEqual(answer.status, 422)
        self.assertIn("é" * 20_001, answer.text)
        self.assertIn("Le texte est trop long", answer.text)
        self.assertEqual(self.check("a" * 20_000).status, 200)
        self.assertEqual(self.check("a" * 600_000).status, 413)

    def test_markup_stays_text(self):
        attack = "Urgent <script>alert(1)</script> \"'><img src=x onerror=alert(2)> ici {{X}}"
        for path in ("/verifier", "/en/check"):
            page = self.check(attack, path).text
            self.assertNotIn("<script>alert", page)
            self.assertNotIn("<img src=x", page)
            self.assertIn("&lt;script&gt;", page)

    def test_odd_bytes_are_answered(self):
        for text in ("\x01\x02 votre colis", "\u202e\u200b\ufeff", "𝗡𝗲𝘁𝗳𝗹𝗶𝘅 " * 500):
            self.assertIn(self.check(text).status, (200, 422))
        refused = self.server.request(
            "POST", "/verifier", b"recu=%FF%FE",
            {"Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        self.assertEqual(refused.status, 400)

    def test_a_browser_without_cookies_gets_its_answer(self):
        answer = self.server.request(
            "POST", "/verifier", b"recu=Achetez+trois+cartes+Neosurf+et+envoyez+les+codes",
            {"Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        self.assertEqual(answer.status, 200)
        self.assertIn("cartes cadeaux", answer.text)

    def test_a_confirmed_domain_is_told_until_it_is_withdrawn(self):
        text = "voici ma boutique : https://shop.exemple-vente-42.fr/x"
        self.assertIn("Rien de reconnu", self.check(text).text)
        done = self.server.admin(
            "domain", "confirm", "https://exemple-vente-42.fr/y", "--reason", "groupe 7"
        )
        self.assertEqual(done.stdout, "exemple-vente-42.fr\n")
        page = self.check(text).text
        self.assertIn("Beaucoup de signes", page)
        self.assertIn("confirmée comme frauduleuse", page)
        self.assertNotIn("groupe 7", page)
        listed = self.server.admin("domain", "list").stdout
        self.assertRegex(listed, r"^exemple-vente-42\.fr\t\S+\toperator:\S+\tgroupe 7\n$")
        self.server.admin("domain", "withdraw", "exemple-vente-42.fr", "--reason", "erreur")
        self.assertIn("Rien de reconnu", self.check(text).text)
        self.assertEqual(self.server.admin("domain", "list").stdout, "")
        decisions = self.server.sql("SELECT decision FROM domain_decision ORDER BY id")
        self.assertEqual(decisions.splitlines(), ["confirmed", "withdrawn"])

    def test_a_domain_of_others_is_not_confirmed(self):
        for written in ("impots.gouv.fr", "bit.ly", "gmail.com", "06 39 98 12 34"):
            done = self.server.admin("domain", "confirm", written, "--reason", "x", check=False)
            self.assertEqual(done.returncode, 1, written)

    def test_a_report_takes_the_message_over(self):
        browser = Browser(self.server)
        browser.open("/verifier")
        browser.submit("/verifier", recu=BANK)
        browser.submit("/signaler", recit=BANK)
        self.assertEqual(browser.path, "/signaler/nature")
        browser.submit("/signaler/nature", nature="arnaque")
        browser.submit("/signaler/categorie", categorie="phishing")
        self.assertIn("service opposition au 01 99 00 13 17", browser.page.text)
        # A report that was begun keeps its own story.
        browser.open("/verifier")
        browser.submit("/verifier", recu="autre texte. " + BANK)
        browser.submit("/signaler", recit="autre texte")
        browser.open("/signaler/recit")
        self.assertNotIn("autre texte", browser.page.text)
        self.assertIn("service opposition", browser.page.text)


if __name__ == "__main__":
    unittest.main()
