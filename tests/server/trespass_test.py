"""Other people's declarations, forged forms, planted cookies, guessed codes."""
import base64
import json
import re
import unittest
import urllib.parse

from support import Browser, ServerTest, wait_for
from wire import status_of

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
READ = ("/suivi/dossier", "/suivi/retrait", "/suivi/export", "/suivi/accuse.json",
        "/suivi/accuse.pdf", "/signaler/fait")  # fmt: skip
WRITE = {"/suivi/message": {"texte": "Un message forgé."}, "/suivi/retrait": {"retirer": "1"},
         "/suivi/fichiers": {"texte": "x"}}  # fmt: skip

LEAVING = ("/quitter", "/en/leave")
ASKING = ("/verifier", "/en/check")  # writes nothing: a page kept open for days gets its answer too


def everything(server) -> str:
    """What a write would change."""
    return server.sql(
        "SELECT (SELECT count(*) FROM declaration) || '/' || (SELECT count(*) FROM act) || '/' || "
        "(SELECT count(*) FROM message) || '/' || (SELECT count(*) FROM follow_session) || '/' || "
        "(SELECT count(*) FROM draft) || '/' || "
        "(SELECT string_agg(status, ',' ORDER BY id) FROM declaration)"
    )


class Forged(ServerTest):
    """Forms that no page of this visit gave out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.browser = Browser(cls.server)
        cls.reference, cls.code = cls.browser.report("Un récit.")
        cls.browser.open("/signaler")
        cls.browser.submit("/signaler")
        cls.other = Browser(cls.server)
        cls.other.open("/signaler")
        done = cls.server.command("routes", "--json", "--data", cls.server.data)
        cls.posts = [r["path"] for r in json.loads(done.stdout)
                     if r["method"] == "POST" and not r["path"].startswith("/api/")]  # fmt: skip

    def post(self, path: str, token: str | None, headers=None):
        cookies = "; ".join(f"{k}={v}" for k, v in self.browser.cookies.items())
        fields = {"jeton": token} if token is not None else {}
        fields |= {"texte": "Forgé.", "nature": "illicite", "recit": "Forgé.", "retirer": "1",
                   "recommencer": "1", "reference": self.reference, "code": self.code}  # fmt: skip
        if path.endswith(("/fichiers", "/files")):
            boundary = "b0undary"
            body = "".join(f'--{boundary}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}'
                           "\r\n" for n, v in fields.items())  # fmt: skip
            body = f"{body}--{boundary}--\r\n".encode()
            kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        else:
            body, kind = urllib.parse.urlencode(fields).encode(), FORM
        return self.server.request("POST", path, body,
                                   {**kind, "Cookie": cookies, **(headers or {})})  # fmt: skip

    def test_a_form_without_our_token_does_nothing(self):
        self.assertGreater(len(self.posts), 25)
        ours = self.browser.open("/signaler") and self.browser.token()
        swapped = ours[:-4] + ("AAAA" if ours[-4:] != "AAAA" else "BBBB")
        before = everything(self.server)
        for path in self.posts:
            if path in LEAVING:  # who leaves is never refused: the browser forgets, and no more
                self.assertEqual(self.post(path, "").status, 200)
                continue
            if path in ASKING:
                self.assertEqual(self.post(path, "").status, 422)  # nothing was asked
                continue
            for name, token in {"none": None, "empty": "", "another visit's": self.other.token(),
                                "bent": swapped, "too long": ours * 2, "zeros": "A" * len(ours),
                                "its half": ours[: len(ours) // 2], "no base64": "%%%"}.items():
                with self.subTest(path=path, token=name):
                    self.assertEqual(self.post(path, token).status, 403)
        self.assertEqual(before, everything(self.server))

    def test_a_form_of_another_site_does_nothing(self):
        self.browser.open("/signaler")
        token = self.browser.token()
        before = everything(self.server)
        for path in self.posts:
            for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
                            {"Origin": "https://mal.example"}, {"Origin": "http://127.0.0.1:1"},
                            {"Sec-Fetch-Site": "same-origin", "Origin": "https://mal.example"},
                            {"Sec-Fetch-Site": "cross-site", "Origin": "null"}):  # fmt: skip
                with self.subTest(path=path, **headers):
                    self.assertEqual(self.post(path, token, headers).status, 403)
        self.assertEqual(before, everything(self.server))

    def test_the_same_form_with_its_token_does_something(self):
        """Or the two above would prove nothing."""
        self.browser.follow(self.reference, self.code)
        self.browser.open("/suivi/dossier")
        token = self.browser.token()
        before = everything(self.server)
        same = {"Sec-Fetch-Site": "same-origin", "Origin": f"http://127.0.0.1:{self.server.port}"}
        self.assertEqual(self.post("/suivi/message", token, same).status, 303)
        self.assertNotEqual(before, everything(self.server))

    def test_reading_changes_nothing(self):
        self.browser.follow(self.reference, self.code)
        before = everything(self.server)
        for path in {*self.posts, *READ}:
            for query in ("", "?retirer=1&texte=x&jeton=" + self.other.token()):
                self.browser.open(path + query)
        self.assertEqual(before, everything(self.server))


class OtherPeople(ServerTest):
    SECRET = "Le récit que seule B connaît."

    def setUp(self):
        self.a, self.b = Browser(self.server), Browser(self.server)
        self.a_reference, self.a_code = self.a.report("Le récit de A.", files=[("a.png", PNG)])
        self.b_reference, self.b_code = self.b.report(self.SECRET, files=[("b-b-b.png", PNG)])
        self.a.follow(self.a_reference, self.a_code)

    def of_b(self) -> str:
        one = f"(SELECT id FROM declaration WHERE reference = '{self.b_reference}')"
        return self.server.sql(
            f"SELECT (SELECT status FROM declaration WHERE id = {one}) || "
            f"(SELECT count(*) FROM act WHERE declaration_id = {one} AND kind <> 'grouped') "
            f"|| '/' || "
            f"(SELECT count(*) FROM message WHERE declaration_id = {one})"
        )

    def test_a_session_opens_one_declaration(self):
        number = self.server.sql(f"SELECT id FROM declaration WHERE reference = "
                                 f"'{self.b_reference}'")  # fmt: skip
        named = {"reference": self.b_reference, "id": number, "declaration": number,
                 "file": "1", "owner": f"declaration/{number}", "code": self.a_code}  # fmt: skip
        query = "?" + urllib.parse.urlencode(named)
        before = self.of_b()
        for path in READ:
            answer = self.a.open(path + query)
            with self.subTest(path=path):
                self.assertEqual(answer.status, 200)
                for of_b in (self.b_reference, self.SECRET, "b-b-b.png", self.b_code):
                    self.assertNotIn(of_b.encode(), answer.body)
        for path in ("/suivi/message", "/suivi/retrait"):
            self.a.open("/suivi/dossier")
            self.a.submit(path + query, **named, **WRITE[path])
        self.assertEqual(before, self.of_b())
        self.assertEqual(self.a.open("/suivi/export").json["status"], "withdrawn")
        follower = Browser(self.server)
        self.assertIn(self.b_reference, follower.follow(self.b_reference, self.b_code).text)

    def test_a_code_opens_one_declaration(self):
        for reference, code in ((self.b_reference, self.a_code), (self.a_reference, self.b_code)):
            self.assertEqual(Browser(self.server).follow(reference, code).status, 422)
            answer = self.server.get(f"/api/v1/reports/{reference}", {"Tracking-Code": code})
            self.assertEqual(answer.status, 404)
        unknown = self.server.get("/api/v1/reports/S-0000-0000", {"Tracking-Code": self.a_code})
        self.assertEqual(unknown.body, answer.body, "which of the two is wrong is never said")

    def test_without_a_session_nothing_opens(self):
        for cookies in ("", "suivi=", f"suivi={'A' * 43}", f"suivi={self.b_reference}",
                        f"suivi={self.b_code}", "suivi=../../x", "suivi=1"):  # fmt: skip
            for path in READ:
                answer = self.server.get(path, {"Cookie": cookies} if cookies else {})
                self.assertEqual(answer.status, 303, (cookies, path))
                self.assertEqual(answer.header("Location"), "/suivi")
        stranger = Browser(self.server)
        stranger.open("/suivi")
        before = self.of_b()
        for path, fields in WRITE.items():
            if path != "/suivi/fichiers":
                stranger.open("/suivi")
                stranger.submit(path, reference=self.b_reference, **fields)
        stranger.open("/suivi")
        stranger.upload("/suivi/fichiers", [("x.png", PNG)], reference=self.b_reference)
        self.assertEqual(before, self.of_b())

    def test_a_draft_is_of_its_visit(self):
        owner, other = Browser(self.server), Browser(self.server)
        for browser in (owner, other):
            browser.open("/signaler")
            browser.submit("/signaler")
            browser.submit("/signaler/nature", nature="arnaque")
            browser.open("/signaler/fichiers")
        page = owner.upload("/signaler/fichiers", [("brouillon.png", PNG)], ajouter="1")
        number = re.search(r'name="retirer" value="(\d+)"', page.text)[1]
        image = f"/signaler/fichiers/{number}/vignette"
        self.assertEqual(wait_for(lambda: owner.open(image).status == 200), True)
        self.assertEqual(owner.page.header("Content-Type"), "image/jpeg")
        for browser in (other, Browser(self.server), self.b):
            for near in range(max(1, int(number) - 5), int(number) + 5):
                self.assertEqual(browser.open(f"/signaler/fichiers/{near}/vignette").status, 404)
        for strange in ("0", "-1", "99999999999999999999", "1e3", "+1", "１", number + "%00"):
            path = f"/signaler/fichiers/{urllib.parse.quote(strange, safe='%')}/vignette"
            self.assertIn(owner.open(path).status, (400, 404), strange)
        other.open("/signaler/fichiers")
        other.upload("/signaler/fichiers", [], retirer=number)
        self.assertIn("brouillon.png", owner.open("/signaler/fichiers").text)
        owner.upload("/signaler/fichiers", [], retirer=number)
        self.assertNotIn("brouillon.png", owner.open("/signaler/fichiers").text)


class Sessions(ServerTest):
    settings = {"http.trusted_proxies": "127.0.0.1"}

    def test_a_planted_session_is_not_taken_over(self):
        reference, code = Browser(self.server).report("Un récit.")
        for planted in ("A" * 43, "attacker", "0"):
            victim = Browser(self.server)
            victim.cookies["suivi"] = planted
            victim.follow(reference, code)
            self.assertNotEqual(victim.cookies["suivi"], planted)
            answer = self.server.get("/suivi/dossier", {"Cookie": f"suivi={planted}"})
            self.assertEqual(answer.status, 303)

    def test_each_opening_makes_a_session_of_its_own(self):
        reference, code = Browser(self.server).report("Un récit.")
        one, two = Browser(self.server), Browser(self.server)
        one.follow(reference, code)
        first = one.cookies["suivi"]
        two.follow(reference, code)
        self.assertNotEqual(first, two.cookies["suivi"])
        self.assertGreaterEqual(len(first), 43, "256 bits")

    def test_a_closed_session_is_closed_for_whoever_kept_its_cookie(self):
        browser = Browser(self.server)
        reference, code = browser.report("Un récit.")
        browser.follow(reference, code)
        kept = browser.cookies["suivi"]
        self.assertEqual(self.server.get("/suivi/export", {"Cookie": f"suivi={kept}"}).status, 200)
        browser.open("/suivi/dossier")
        browser.submit("/fermer")
        self.assertNotIn("suivi", browser.cookies)
        for path in READ:
            self.assertEqual(self.server.get(path, {"Cookie": f"suivi={kept}"}).status, 303)

    def test_an_erased_declaration_closes_its_sessions(self):
        browser = Browser(self.server)
        reference, code = browser.report("Un récit.")
        browser.follow(reference, code)
        kept = {"Cookie": f"suivi={browser.cookies['suivi']}"}
        self.server.admin("erase", reference, "--reason", "demande")
        for path in READ:
            answer = self.server.get(path, kept)
            self.assertLess(answer.status, 500, path)
            self.assertNotIn("Un récit.", answer.text if "pdf" not in path else "")
        self.assertTrue(self.server.answers())

    def test_behind_tls_a_cookie_of_a_neighbour_site_is_not_ours(self):
        """A site beside ours can plant a cookie, but not one whose name begins with __Host-."""
        secure = {"X-Forwarded-Proto": "https"}
        planted = "A" * 22
        answer = self.server.get("/signaler", {**secure, "Cookie": f"visite={planted}"})
        self.assertRegex(answer.header("Set-Cookie"), r"^__Host-visite=(?!AAAA)")
        reference, code = Browser(self.server).report("Un récit.")
        browser = Browser(self.server)
        browser.follow(reference, code)
        kept = browser.cookies["suivi"]
        answer = self.server.get("/suivi/dossier", {**secure, "Cookie": f"suivi={kept}"})
        self.assertEqual(answer.status, 303)
        answer = self.server.get("/suivi/dossier", {**secure, "Cookie": f"__Host-suivi={kept}"})
        self.assertEqual(answer.status, 200)

    def test_of_two_cookies_neither_is_mixed_up(self):
        browser = Browser(self.server)
        reference, code = browser.report("Un récit.")
        browser.follow(reference, code)
        kept = browser.cookies["suivi"]
        for line in ("; ".join(f"a{n}=b" for n in range(2000)), "a" * 12_000,
                     "; ".join(["suivi=x"] * 200), "=; =; ;;;=", "suivi"):  # fmt: skip
            head = f"GET /suivi/dossier HTTP/1.1\r\nHost: x\r\nCookie: {line}\r\n\r\n"
            # 0: cut, when it is more than any head may be
            self.assertIn(status_of(self.server.port, head.encode()), (303, 431, 0), line[:40])
        self.assertEqual(
            self.server.get("/suivi/dossier", {"Cookie": f"a=b; suivi={kept}; c=d"}).status, 200
        )


class Guesses(ServerTest):
    def test_codes_cannot_be_guessed(self):
        reference, code = Browser(self.server).report("Un récit.")
        spared, its_code = Browser(self.server).report("Un autre récit.")
        wrong = "0000000000000000"
        for attempt in range(20):
            answer = self.server.get(f"/api/v1/reports/{reference}", {"Tracking-Code": wrong})
            self.assertEqual(answer.status, 404, attempt)
        for tried in (wrong, "1" * 16):
            answer = self.server.get(f"/api/v1/reports/{reference}", {"Tracking-Code": tried})
            self.assertEqual(answer.status, 429)
            self.assertGreater(int(answer.header("Retry-After")), 0)
        self.assertEqual(Browser(self.server).follow(reference, wrong).status, 422)
        self.assertEqual(Browser(self.server).follow(reference, code).status, 200,
                         "nobody is shut out by another's guesses")
        self.assertEqual(Browser(self.server).follow(spared, its_code).status, 200)

    def test_a_code_is_read_kindly_and_no_further(self):
        reference, code = Browser(self.server).report("Un récit.")
        for kind in (code, code.replace(" ", ""), code.lower(), code.replace(" ", "-")):
            self.assertEqual(Browser(self.server).follow(reference, kind).status, 200, kind)
        for near in (code[:-1], code + code, code[:-1] + ("0" if code[-1] != "0" else "1"), "",
                     "*" * 16, "é" * 16, " " * 4000):  # fmt: skip
            self.assertEqual(Browser(self.server).follow(reference, near).status, 422, near)


if __name__ == "__main__":
    unittest.main()
