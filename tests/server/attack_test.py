"""What a stranger tries on the running server: markup, SQL and header injection, other people's
declarations, forged forms, planted cookies, paths that lead out."""
import base64
import html
import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
from html.parser import HTMLParser

from support import Browser, ServerTest, wait_for
from wire import raw, status_of

TESTS = pathlib.Path(__file__).resolve().parent.parent
MARK = "x9z"  # an element, a function and an attribute that no page of ours has
MARKUP = (
    f"\"'><{MARK}><script>{MARK}(1)</script><img src=x onerror={MARK}(1)></textarea></title>"
    f"<svg/onload={MARK}(1)>{{{{REFERENCE}}}}[[path.home]]{{{{#OPEN}}}}&lt;{MARK}&gt;&amp;"
)
SQL = "'; DROP TABLE declaration; --\\' OR '1'='1 $1 $$ %s ;--"
SCRIPTED = f"javascript:{MARK}(1)//https://{MARK}.example/<{MARK}>"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"
)
PAIRS = {  # a step, its French and English address, and where its payload stands
    "/signaler/recit": "/en/report/story", "/signaler/argent": "/en/report/money",
    "/signaler/liens": "/en/report/links", "/signaler/contacts": "/en/report/contacts",
    "/signaler/fichiers": "/en/report/files", "/signaler/coordonnees": "/en/report/contact",
    "/signaler/nature": "/en/report/kind", "/signaler/categorie": "/en/report/category",
    "/signaler/relecture": "/en/report/review", "/signaler/envoyer": "/en/report/send",
    "/signaler": "/en/report", "/suivi": "/en/follow", "/suivi/ouvrir": "/en/follow/open",
    "/suivi/dossier": "/en/follow/file", "/suivi/message": "/en/follow/message",
    "/suivi/fichiers": "/en/follow/files", "/suivi/retrait": "/en/follow/withdraw",
    "/suivi/export": "/en/follow/export", "/fermer": "/en/close",
}  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of a page: elements, attributes, and the text between."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag == MARK or (tag == "script" and not dict(attributes).get("src", "").startswith("/a/")):
            self.faults.append(f"<{tag}>")
        for name, value in attributes:
            if name.startswith("on") or name == MARK or name == "style":
                self.faults.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action", "formaction") and value and MARK in value:
                self.faults.append(f"{tag} {name}={value}")
            self.words.append(value or "")

    def handle_data(self, data):
        self.words.append(data)

    def shows(self, text: str) -> bool:
        told = "\n".join(self.words)
        return "".join(text.split()) in "".join(told.split())


class Markup(ServerTest):
    settings = {"service": f"Le <{MARK}> & \"service\""}

    def seen(self, answer, *shown: str) -> None:
        page = Page(answer.text)
        self.assertEqual([], page.faults)
        for text in shown:
            self.assertTrue(page.shows(text), f"{text!r} is not shown:\n{answer.text[:4000]}")

    def walk(self, at, words: str) -> Browser:
        """A report whose every field holds `words`, each page looked at when it is shown again."""
        browser = Browser(self.server)
        browser.open(at("/signaler"))
        browser.submit(at("/signaler"))
        browser.submit(at("/signaler/nature"), nature="arnaque")
        self.seen(browser.submit(at("/signaler/categorie"), categorie=words))
        browser.submit(at("/signaler/categorie"), categorie="phishing")
        browser.submit(at("/signaler/recit"), recit=words, quand=words)
        self.seen(browser.open(at("/signaler/recit")), words)
        self.seen(browser.submit(at("/signaler/argent"), paye="oui", montant=words, vers=words,
                                 moyen=words), words)  # fmt: skip
        browser.submit(at("/signaler/argent"), paye="oui", montant="12", vers=words)
        self.seen(browser.submit(at("/signaler/liens"), liens=words))
        self.seen(browser.open(at("/signaler/liens")), words)
        browser.submit(at("/signaler/contacts"), contacts=words, plateforme=words)
        self.seen(browser.open(at("/signaler/contacts")), words)
        name = words.replace('"', "%22")
        self.seen(browser.upload(at("/signaler/fichiers"), [(name, PNG)], ajouter="1"))
        self.assertNotIn(f"<{MARK}", browser.page.text)
        self.seen(browser.submit(at("/signaler/coordonnees"), contact="professionnel",
                                 courriel=words, organisation=words, personne=words,
                                 agrement=words), words)  # fmt: skip
        browser.submit(at("/signaler/coordonnees"), contact="professionnel",
                       courriel="x9z@courriel.example", organisation=words, personne=words,
                       agrement=words)  # fmt: skip
        self.seen(browser.open(at("/signaler/relecture")), words)
        return browser

    def test_what_is_typed_is_text_on_every_page(self):
        for english in (False, True):
            at = PAIRS.get if english else str
            for words in (MARKUP, SCRIPTED):
                with self.subTest(english=english, words=words[:20]):
                    self.complete(at, words)

    def complete(self, at, words: str) -> None:
        browser = self.walk(at, words)
        self.seen(browser.submit(at("/signaler/envoyer")))
        reference, code = browser.reference_and_code()
        self.server.admin("ask", reference, words, "--reason", "essai")
        self.seen(browser.open(at("/suivi/dossier")), words)
        self.seen(browser.submit(at("/suivi/message"), texte=words), words)
        browser.open(at("/suivi/dossier"))
        self.seen(browser.upload(at("/suivi/fichiers"), [(words.replace('"', "%22"), PNG)]))
        self.seen(browser.open(at("/suivi/retrait")))
        exported = browser.open(at("/suivi/export"))
        self.assertEqual(exported.header("Content-Type"), "application/json")
        self.assertIn("attachment", exported.header("Content-Disposition"))
        self.assertEqual(exported.json["messages"][-1]["text"], words)
        for paper in ("/suivi/accuse.pdf", "/suivi/accuse.json"):
            paper = paper if at is str else {"/suivi/accuse.pdf": "/en/follow/acknowledgement.pdf",
                                             "/suivi/accuse.json":
                                             "/en/follow/acknowledgement.json"}[paper]  # fmt: skip
            self.assertEqual(browser.open(paper).status, 200)
        self.assertNotIn(b"/JavaScript", browser.open(
            "/suivi/accuse.pdf" if at is str else "/en/follow/acknowledgement.pdf").body)
        self.seen(Browser(self.server).follow(words, code), words)
        self.seen(Browser(self.server).follow(reference, words), reference)

    def test_errors_do_not_repeat_what_was_asked(self):
        asked = urllib.parse.quote(f"<{MARK}>\"'")
        for path in (f"/{asked}", f"/en/{asked}", f"/?q={asked}", f"/suivi?reference={asked}",
                     f"/a/{asked}", f"/signaler/fichiers/{asked}/vignette",
                     f"/api/v1/reports/{asked}", f"/api/{asked}"):  # fmt: skip
            answer = self.server.get(path, {"Referer": f"https://a.example/<{MARK}>",
                                            "User-Agent": f"<{MARK}>",
                                            "Accept-Language": f"<{MARK}>"})  # fmt: skip
            with self.subTest(path=path):
                self.assertNotIn(f"<{MARK}", answer.text)
                if answer.header("Content-Type").startswith("text/html"):
                    self.seen(answer)


class Database(ServerTest):
    def tables(self) -> str:
        return self.server.sql("SELECT string_agg(tablename, ' ' ORDER BY tablename) "
                               "FROM pg_tables WHERE schemaname = 'public'")  # fmt: skip

    def test_sql_is_text(self):
        before = self.tables()
        browser = Browser(self.server)
        reference, code = browser.report(SQL, links=f"https://a.example/{SQL}", contacts=SQL,
                                         files=[(SQL, PNG)])  # fmt: skip
        browser.follow(reference, code)
        self.assertIn(SQL, html.unescape(browser.submit("/suivi/message", texte=SQL).text))
        quoted = urllib.parse.quote(SQL, safe="")
        for reference_ in (SQL, reference + "' OR '1'='1", f"{reference}'--", "%", "S-____-____"):
            self.assertEqual(Browser(self.server).follow(reference_, code).status, 422)
            answer = self.server.get("/api/v1/reports/" + urllib.parse.quote(reference_, safe=""),
                                     {"Tracking-Code": code})  # fmt: skip
            self.assertIn(answer.status, (400, 404))
        for cookie in (f"suivi={quoted}", f"suivi={'A' * 43}", "suivi='--", f"visite={quoted}"):
            answer = self.server.get("/suivi/dossier", {"Cookie": cookie})
            self.assertEqual(answer.status, 303, cookie)
        key = self.api_key()
        for number, once in enumerate((SQL.replace(" ", ""), "'||pg_sleep(9)||'", "%00", "\\x00")):
            record = {"id": f"{SQL}{number}", "kind": "report", "narrative": SQL,
                      "identifiers": [{"type": "name", "value": SQL, "platform": SQL}]}  # fmt: skip
            self.assertEqual(self.server.post_report(key, record, once).status, 201)
        self.assertEqual(self.server.post_report(f"{key}' OR '1'='1", {}).status, 401)
        self.assertEqual(self.server.post_report("mk_%", {}).status, 401)
        for path in (f"/signaler/fichiers/{quoted}/vignette", "/signaler/fichiers/1;2/vignette",
                     f"/a/{quoted}", f"/suivi?q={quoted}"):  # fmt: skip
            self.assertIn(self.server.get(path).status, (200, 400, 404))
        self.assertEqual(before, self.tables())
        self.assertGreaterEqual(int(self.server.sql("SELECT count(*) FROM declaration")), 5)

    def test_whoever_has_the_door_reads_no_declaration(self):
        Browser(self.server).report("Un récit.")
        seen = self.server.sql("SET ROLE maillon_follower; SELECT count(*) FROM declaration")
        self.assertEqual(seen, "0", "without a mandate the follower sees no row")


class Paths(ServerTest):
    OUT = ("..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "%252e%252e%252f", "..%5c", "%5c..%5c",
           "..%c0%af", "%c0%ae%c0%ae/", "....//", "..;/", "%00../", ".%2e/", "..%u2215",
           "%uff0e%uff0e/", "..%ef%bc%8f", "./", "//", "%2f")  # fmt: skip

    def test_no_path_leads_out(self):
        known = re.search(r'"/a/([^"?#]+)"', self.server.get("/").text)[1]
        self.assertEqual(self.server.get(f"/a/{known}").status, 200)
        for before in ("/a/", "/signaler/fichiers/", "/api/v1/reports/", "/"):
            for out in self.OUT:
                for leads in ("etc/passwd", "keys/master", "maillon.toml", f"a/{known}"):
                    target = before + out * 4 + leads
                    status, _, body = raw(self.server.port, target=target)
                    with self.subTest(target=target):
                        # 401: a reference of strange letters, for which a code is asked
                        self.assertIn(status, (400, 401, 404))
                        self.assertNotIn(b"root:", body)

    def test_an_asset_is_named_exactly(self):
        known = re.search(r'"/a/([^"?#]+)"', self.server.get("/").text)[1]
        for other in (known + "%00", known + "%00.html", known + "%20", known.upper(),
                      "./" + known, known + "/", known + "%2f", "%61/" + known,
                      known + ";x", "x%2f.." + "%2f" + known):  # fmt: skip
            status, _, _ = raw(self.server.port, target="/a/" + other)
            self.assertIn(status, (308, 400, 404), other)

    def test_no_redirect_leads_to_another_site(self):
        for target in ("//mal.example/", "/\\mal.example/", "/%5cmal.example/", "///mal.example//",
                       "/en//mal.example/", "/en/?x=%0d%0aSet-Cookie:a=b", "/suivi/?//mal.example",
                       "/signaler/?%0aLocation:%20https://mal.example"):  # fmt: skip
            status, head, _ = raw(self.server.port, target=target)
            place = re.search(rb"(?im)^location: (\S*)\r?$", head)
            with self.subTest(target=target, status=status):
                self.assertNotRegex(head, rb"(?im)^(set-cookie: a=b|location: https?:)")
                if place:
                    self.assertRegex(place[1], rb"^/(?![/\\])")

    def test_header_values_hold_no_line_end(self):
        key = self.api_key()
        browser = Browser(self.server)
        reference, code = browser.report("Un récit.")
        browser.follow(reference, code)
        name = "a\r\nSet-Cookie: planted=1\r\n\r\n<b>.txt"
        for encoded in (name.replace("\r", "%0D").replace("\n", "%0A"), "a\tb\x01.txt"):
            browser.open("/suivi/dossier")
            page = browser.upload("/suivi/fichiers", [(encoded, b"texte")])
            self.assertNotIn("planted", browser.cookies)
            self.assertEqual(page.status, 200)
        for field in (b"Idempotency-Key: a\r\n b", b"Idempotency-Key: a\rX: b",
                      b"Idempotency-Key: a\nX-Planted: b", b"Idempotency-Key: a\0b"):  # fmt: skip
            head = (b"POST /api/v1/reports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + key.encode() + b"\r\nContent-Type: application/json\r\nContent-Length: 18"
                    + b"\r\n" + field + b"\r\n\r\n" + b'{"id":"a","x":"b"}')  # fmt: skip
            self.assertEqual(status_of(self.server.port, head), 400, field)
        for once in ("é" * 10, "a b", "x" * 201, ""):
            status = self.server.request(
                "POST", "/api/v1/reports", b'{"id":"a"}',
                {"Authorization": f"Bearer {key}", "Content-Type": "application/json",
                 "Idempotency-Key": once.encode("utf-8").decode("latin-1")}).status  # fmt: skip
            self.assertEqual(status, 400, once)


class Mails(ServerTest):
    @classmethod
    def setUpClass(cls):
        python = sys.executable
        if importlib.util.find_spec("aiosmtpd") is None:
            python = "/usr/bin/python3"  # whose packages script/bootstrap installs
        cls.sink_ = subprocess.Popen(
            [python, TESTS / "support" / "smtp_sink.py", cls.sink_folder()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        port = cls.sink_.stdout.readline().strip()
        cls.settings = {"mail.smtp": f"smtp://127.0.0.1:{port}",
                        "public_url": "https://signalement.example"}  # fmt: skip
        try:
            super().setUpClass()
        except BaseException:
            cls.sink_.kill()
            raise

    @classmethod
    def sink_folder(cls) -> pathlib.Path:
        cls.mails_ = tempfile.TemporaryDirectory(prefix="maillon-mails-")
        return pathlib.Path(cls.mails_.name)

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.sink_.stdin.close()
        cls.sink_.stdout.close()
        cls.sink_.wait(20)
        cls.mails_.cleanup()

    def mails(self) -> list[dict]:
        folder = pathlib.Path(self.mails_.name)
        return [json.loads(one.read_text()) for one in sorted(folder.glob("*.json"))]

    def test_an_address_is_one_address_and_links_are_ours(self):
        for address in ("a@b.example\r\nBcc: c@d.example", "a@b.example\nBcc: c@d.example",
                        "a@b.example, c@d.example", "<a@b.example>", "a@b.example>",
                        "a@b.example\r\nDATA", f"<{MARK}>@b.example", "a @b.example",
                        '"a\r\nb"@c.example', "a@b.example%0d%0ax", "@", "a@",
                        "a" * 400 + "@b.example"):  # fmt: skip
            browser = Browser(self.server)
            browser.open("/signaler")
            browser.submit("/signaler")
            browser.submit("/signaler/nature", nature="arnaque")
            page = browser.submit("/signaler/coordonnees", contact="courriel", courriel=address)
            self.assertEqual(page.status, 422, address)
        forged = {"Host": "mal.example", "X-Forwarded-Host": "mal.example",
                  "Forwarded": "host=mal.example"}  # fmt: skip

        class Forging(Browser):
            def _send(self, method, path, body=b"", headers=None):
                return super()._send(method, path, body, {**(headers or {}), **forged})

        reference, _ = Forging(self.server).report(MARKUP, email="personne@courriel.example")
        arrived = wait_for(self.mails)
        self.assertEqual(len(arrived), 1)
        self.server.admin("message", reference, MARKUP, "--reason", "essai")
        self.assertEqual(len(wait_for(lambda: len(self.mails()) > 1 and self.mails())), 2)
        for mail in self.mails():
            self.assertEqual(mail["to"], ["personne@courriel.example"])
            for part in (mail["text"], mail["html"]):
                self.assertIn("https://signalement.example/suivi", part)
                self.assertNotIn("mal.example", part)
                self.assertNotIn(MARK, part)
            self.assertEqual([], Page(re.sub(r' style="[^"]*"', "", mail["html"])).faults)
            self.assertNotIn(reference, mail["headers"]["Subject"])
            self.assertEqual([], mail["defects"])


if __name__ == "__main__":
    unittest.main()
