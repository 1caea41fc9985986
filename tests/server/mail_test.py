"""Mail to a real SMTP server: what is in it, and what happens when it is refused."""
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

from support import Browser, ServerTest, wait_for

SINK = pathlib.Path(__file__).resolve().parent.parent / "support/smtp_sink.py"
STORY = "Mon récit contient le mot cormoran."
FRENCH = {"start": "/signaler", "kind": "/signaler/nature", "category": "/signaler/categorie",
          "story": "/signaler/recit", "links": "/signaler/liens", "contacts": "/signaler/contacts",
          "files": "/signaler/fichiers", "contact": "/signaler/coordonnees",
          "send": "/signaler/envoyer"}  # fmt: skip
ENGLISH = {"start": "/en/report", "kind": "/en/report/kind", "category": "/en/report/category",
           "story": "/en/report/story", "links": "/en/report/links",
           "contacts": "/en/report/contacts", "files": "/en/report/files",
           "contact": "/en/report/contact", "send": "/en/report/send"}  # fmt: skip


class Mail(ServerTest):
    @classmethod
    def setUpClass(cls):
        cls.mails_ = tempfile.TemporaryDirectory(prefix="maillon-mails-")
        cls.mails = pathlib.Path(cls.mails_.name)
        cls.sink = subprocess.Popen(["/usr/bin/python3", "-B", SINK, cls.mails],
                                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        port = cls.sink.stdout.readline().strip()
        cls.settings = {"mail.smtp": f"smtp://127.0.0.1:{port}",
                        "mail.from": "Maillon <ne-pas-repondre@maillon.example>",
                        "public_url": "https://maillon.example"}
        super().setUpClass()

    @classmethod
    def tearDownClass(cls):
        try:
            super().tearDownClass()
        finally:
            cls.sink.stdin.close()
            cls.sink.stdout.close()
            cls.sink.wait(20)
            cls.mails_.cleanup()

    def report(self, email: str, paths: dict[str, str] = FRENCH) -> tuple[str, str]:
        browser = Browser(self.server)
        browser.open(paths["start"])
        browser.submit(paths["start"])
        browser.submit(paths["kind"], nature="illicite")
        browser.submit(paths["category"], categorie="hate")
        browser.submit(paths["story"], recit=STORY, quand="")
        browser.submit(paths["links"], liens="https://annonce-haineuse.example/page")
        browser.submit(paths["contacts"], contacts="")
        browser.submit(paths["files"], continuer="1")
        browser.submit(paths["contact"], contact="courriel", courriel=email)
        browser.submit(paths["send"])
        return browser.reference_and_code()

    def mails_to(self, email: str) -> list[dict]:
        """In the order in which they came."""
        read = [json.loads(path.read_text()) for path in
                sorted(self.mails.glob("*.json"), key=lambda path: int(path.stem))]  # fmt: skip
        return [mail for mail in read if mail["to"] == [email]]

    def wait_for_mails(self, email: str, number: int) -> list[dict]:
        wait_for(lambda: len(self.mails_to(email)) >= number)
        found = self.mails_to(email)
        self.assertEqual(len(found), number, self.server.log.read_text()[-2000:])
        return found

    def hurry(self) -> None:
        """What waits for its next attempt is due now."""
        self.server.sql("UPDATE job SET run_at = now() WHERE kind = 'mail.send'")

    def assert_says_nothing_of_anybody(self, subject: str, reference: str, code: str,
                                       email: str) -> None:
        for secret in (reference, reference[2:], *code.split(), *re.split("[@.]", email)[:2],
                       "cormoran", "hate"):  # fmt: skip
            self.assertNotIn(secret.lower(), subject.lower())

    def test_the_acknowledgement_in_both_languages(self):
        for email, paths, language, word, follow in [
            ("anne.durand@courrier.example", FRENCH, "fr", "signalement", "/suivi"),
            ("jane.miller@post.example", ENGLISH, "en", "report", "/en/follow"),
        ]:
            with self.subTest(language):
                reference, code = self.report(email, paths)
                (mail,) = self.wait_for_mails(email, 1)
                self.assertEqual(mail["type"], "multipart/alternative")
                self.assertEqual(mail["defects"], [])
                self.assertTrue(mail["ascii"])
                self.assertLessEqual(mail["longest_line"], 998)
                headers = mail["headers"]
                self.assertEqual(headers["Content-Language"], language)
                self.assertEqual(headers["Auto-Submitted"], "auto-generated")
                self.assertIn("ne-pas-repondre@maillon.example", headers["From"])
                self.assert_says_nothing_of_anybody(headers["Subject"], reference, code, email)
                for form in ("text", "html"):
                    self.assertIn(reference, mail[form])
                    self.assertIn(code, mail[form])
                    self.assertIn(f"https://maillon.example{follow}", mail[form])
                    self.assertIn(word, mail[form].lower())
                    self.assertNotIn("cormoran", mail[form])
                    self.assertNotIn("[[", mail[form])
                    self.assertNotIn("{{", mail[form])
                self.assertNotRegex(mail["html"], r"(?i)<(img|script|link)\b")

    def test_the_code_is_in_the_first_mail_only(self):
        email = "luc.moreau@courrier.example"
        reference, code = self.report(email)
        self.wait_for_mails(email, 1)
        told = "Le mot pingouin ne sort pas d'ici."
        self.server.admin("message", reference, told, "--reason", "triage")
        self.server.admin("ask", reference, told, "--reason", "triage")
        self.server.admin("transfer", reference, "--reason", "compétence")
        self.server.admin("close", reference, "--reason", "fin")
        later = self.wait_for_mails(email, 5)[1:]
        for mail in later:
            self.assert_says_nothing_of_anybody(mail["headers"]["Subject"], reference, code, email)
            for form in ("text", "html"):
                self.assertIn(reference, mail[form])
                for part in (code, code.replace(" ", ""), "pingouin"):
                    self.assertNotIn(part, mail[form])

    def test_refused_for_a_moment_it_comes_later(self):
        email = "busy.martin@courrier.example"
        reference, code = self.report(email)
        self.assertTrue(wait_for(lambda: self.job_attempts() >= 1))
        self.assertEqual(self.mails_to(email), [])
        self.hurry()
        (mail,) = self.wait_for_mails(email, 1)
        self.assertIn(code, mail["text"])
        self.assertEqual(self.tasks(), "0")

    def test_refused_for_good_a_person_looks(self):
        before = self.server.sql("SELECT count(*) FROM outbox")
        self.report("refused.petit@courrier.example")
        self.assertTrue(wait_for(lambda: self.tasks() == "1"))
        self.assertIn("maillon_human_tasks 1", wait_for(
            lambda: "maillon_human_tasks 1\n" in self.metrics() and self.metrics()) or "")
        self.assertEqual(self.mails_to("refused.petit@courrier.example"), [])
        self.assertEqual(int(self.server.sql("SELECT count(*) FROM outbox")), int(before) + 1,
                         "what was not sent is kept, sealed")
        kept = self.server.sql("SELECT encode(sealed, 'escape') FROM outbox")
        self.assertNotIn("petit", kept)
        self.server.sql("DELETE FROM human_task")

    def job_attempts(self) -> int:
        return int(self.server.sql(
            "SELECT coalesce(max(attempts), 0) FROM job WHERE kind = 'mail.send'"
            " AND run_at > now() + interval '2 s'"))

    def tasks(self) -> str:
        return self.server.sql("SELECT count(*) FROM human_task WHERE kind = 'mail.send'")

    def metrics(self) -> str:
        return self.server.get("/metrics").text


if __name__ == "__main__":
    unittest.main()
