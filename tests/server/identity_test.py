"""Logging in, by a real OpenID Connect provider and by the screen of the demonstration: faults,
attacks, where it leads back to, and how it ends."""
import html
import re
import socketserver
import threading
import time
import unittest
import urllib.parse

from identity_provider import CLIENT, LOGIN, SECRET, Provider, Traveller
from support import Browser, ServerTest

INVENTED = "/connexion/demonstration"


def choose(browser: Browser, back: str = "/suivi", **fields):
    """Through the screen of invented people."""
    browser.open(f"{INVENTED}?retour={urllib.parse.quote(back, safe='')}")
    return browser.submit(INVENTED, retour=back, **fields)


def is_known(browser: Browser, name: str) -> bool:
    return name in html.unescape(browser.open(LOGIN).text)


class Demonstration(ServerTest):
    def setUp(self):
        self.browser = Browser(self.server)

    def test_in_and_out(self):
        page = self.browser.open(f"{LOGIN}?retour=%2Fsuivi")
        self.assertEqual(page.status, 200)
        link = re.search(r'href="(/connexion/demonstration[^"]*)"', page.text)
        screen = self.browser.open(html.unescape(link[1]))
        self.assertIn("invent", screen.text)
        self.browser.submit(INVENTED, retour="/suivi", personne="0")
        self.assertEqual(self.browser.path, "/suivi")
        self.assertTrue(is_known(self.browser, "Camille Rose Lenoir"))
        self.browser.submit("/deconnexion")
        self.assertEqual(self.browser.path, "/deconnexion")
        self.assertNotIn("identite", self.browser.cookies)
        self.assertFalse(is_known(self.browser, "Lenoir"))

    def test_in_english(self):
        self.browser.open("/en/login")
        self.browser.open("/en/login/demonstration?retour=%2Fen%2Ffollow")
        self.browser.submit("/en/login/demonstration", retour="/en/follow", personne="2")
        self.assertEqual(self.browser.path, "/en/follow")
        self.assertIn("Jeanne Marie Odile Picot", self.browser.open("/en/login").text)
        self.browser.submit("/en/logout")
        self.assertEqual(self.browser.path, "/en/logout")

    def test_a_typed_person(self):
        choose(self.browser, personne="autre", prenom="Zoé", nom="D’Aubigné <b>",
               naissance="29/02/2000")  # fmt: skip
        self.assertTrue(is_known(self.browser, "Zoé D’Aubigné <b>"))

    def test_what_was_typed_survives(self):
        rows = (
            {"personne": "autre", "prenom": "Ana", "nom": "", "naissance": "01/01/1990"},
            {"personne": "autre", "prenom": "Ana", "nom": "Berg", "naissance": "31/02/1990"},
            {"personne": "autre", "prenom": "Ana", "nom": "Berg", "naissance": "01/01/2990"},
            {"personne": "autre", "prenom": "Ana", "nom": "x" * 500, "naissance": "01/01/1990"},
            {"personne": "99", "prenom": "Ana"},
            {"prenom": "Ana"},
        )
        for fields in rows:
            with self.subTest(**fields):
                page = choose(self.browser, **fields)
                self.assertEqual(page.status, 422)
                self.assertIn('value="Ana"', page.text)
                self.assertIn('name="retour" value="/suivi"', page.text)
                self.assertNotIn("identite", self.browser.cookies)

    def test_no_open_redirect(self):
        for back in ("https://autre.example/", "//autre.example", "/\\autre.example",
                     "/\t/autre.example", "javascript:alert(1)", "autre.example", ""):  # fmt: skip
            with self.subTest(back=back):
                self.browser = Browser(self.server)
                choose(self.browser, back, personne="0")
                self.assertEqual(self.browser.path, "/")
                page = self.browser.open(f"{LOGIN}?retour={urllib.parse.quote(back, safe='')}")
                self.assertIn('href="/">', page.text)
                self.assertNotIn("autre.example", page.text)

    def test_a_form_of_elsewhere_is_refused(self):
        self.browser.open(INVENTED)
        page = self.browser.submit(INVENTED, token="x" * 86, personne="0")
        self.assertEqual(page.status, 403)
        choose(self.browser, personne="0")
        self.browser.open(LOGIN)
        self.assertEqual(self.browser.submit("/deconnexion", token="").status, 403)
        self.assertTrue(is_known(self.browser, "Lenoir"))

    def test_a_session_is_new_at_each_login(self):
        planted = "A" * 43
        self.browser.cookies["identite"] = planted
        choose(self.browser, personne="0")
        first = self.browser.cookies["identite"]
        self.assertNotEqual(first, planted)
        choose(self.browser, personne="1")
        second = self.browser.cookies["identite"]
        self.assertNotEqual(second, first)
        old = Browser(self.server)
        for token in (planted, first, "", "x", "é" * 43, second[:-1] + "!"):
            old.cookies["identite"] = urllib.parse.quote(token)
            self.assertFalse(is_known(old, "vous êtes connecté"), token)
        self.assertTrue(is_known(self.browser, "Mehdi Baptiste Carlier"))

    def test_the_database_does_not_say_who(self):
        choose(self.browser, personne="3")
        token = self.browser.cookies["identite"]
        rows = self.server.sql(
            "SELECT encode(token_digest, 'escape'), encode(sealed, 'escape') FROM identity_session"
        )
        for told in ("Tiago", "Moreira", "1985", token, "demonstration"):
            self.assertNotIn(told, rows)
        self.assertNotIn("Tiago", self.server.log.read_text())

    def test_time_ends_it(self):
        choose(self.browser, personne="0")
        self.server.sql("UPDATE identity_session SET expires_at = now() + interval '1 minute',"
                        " ends_at = now() + interval '2 minutes'")
        self.assertTrue(is_known(self.browser, "Lenoir"))
        left = self.server.sql("SELECT max(expires_at) <= max(ends_at) FROM identity_session")
        self.assertEqual(left, "t", "a use does not move the end")
        self.server.sql("UPDATE identity_session SET expires_at = now() - interval '1 second'")
        self.assertFalse(is_known(self.browser, "Lenoir"))


class AtAProvider(ServerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server.stop()
        cls.provider = Provider(cls.server, cls.folder)
        cls.addClassCleanup(cls.provider.stop)
        cls.server.settings.update(cls.provider.settings())
        cls.provider.start()
        cls.server.start()

    def setUp(self):
        self.browser = Traveller(self.server, self.provider)

    def failed(self, browser: Browser, reason: str) -> None:
        self.assertIn("/connexion/echec", browser.path)
        self.assertIn(f"motif={reason}", browser.path)
        self.assertEqual(browser.page.status, 200)
        self.assertIn("Nous n’avons pas pu vérifier votre identité", browser.page.text)
        self.assertIn('href="/connexion', browser.page.text)
        self.assertNotIn("identite", browser.cookies)

    def test_in_and_out(self):
        self.browser.log_in("/suivi")
        self.assertEqual(self.browser.path, "/suivi")
        self.assertTrue(is_known(self.browser, "Ada Lucie BEAUVOIR"))
        before = self.provider.logins()
        page = self.browser.submit("/deconnexion")
        self.assertIn(self.provider.issuer, html.unescape(page.text))
        self.assertNotIn("identite", self.browser.cookies)
        self.browser.open(page.header("Refresh").removeprefix("0; url="))
        self.browser.confirm_logout()
        self.assertTrue(self.browser.path.startswith("/deconnexion?state=fr."))
        self.assertFalse(is_known(self.browser, "BEAUVOIR"))
        self.browser.log_in("/suivi")
        self.assertEqual(self.provider.logins(), before + 1, "the provider asked who it is again")

    def test_english_comes_back_in_english(self):
        self.browser.log_in("/en/follow", "en")
        self.assertEqual(self.browser.path, "/en/follow")
        self.browser.open("/en/login")
        page = self.browser.submit("/en/logout")
        self.browser.open(page.header("Refresh").removeprefix("0; url="))
        self.browser.confirm_logout()
        self.assertEqual(self.browser.path, "/en/logout")

    def test_what_is_asked_of_the_provider(self):
        self.browser.log_in()
        asked = next(u for u in self.browser.visited if u.startswith(self.provider.issuer))
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(asked).query))
        self.assertEqual(query["response_type"], "code")
        self.assertEqual(query["client_id"], CLIENT)
        self.assertEqual(query["code_challenge_method"], "S256")
        self.assertEqual(query["acr_values"], "eidas1")
        self.assertEqual(query["redirect_uri"], self.provider.base + "/connexion/retour")
        self.assertEqual(
            query["scope"],
            "openid given_name family_name preferred_username birthdate gender birthplace "
            "birthcountry email",
        )
        for secret in ("state", "nonce", "code_challenge"):
            self.assertRegex(query[secret], r"^[\w-]{43}$")
        again = Traveller(self.server, self.provider)
        again.log_in()
        other = next(u for u in again.visited if u.startswith(self.provider.issuer))
        for secret in ("state", "nonce", "code_challenge"):
            self.assertNotIn(query[secret], other)

    def test_algorithms_and_kinds_of_user_info(self):
        for algorithm in ("RS256", "ES256"):
            for signed in (False, True):
                with self.subTest(algorithm=algorithm, signed=signed):
                    self.provider.start(algorithm, signed)
                    self.server.stop()
                    self.server.start()
                    browser = Traveller(self.server, self.provider)
                    browser.log_in()
                    self.assertEqual(browser.path, "/suivi")

    def test_new_keys_of_the_provider(self):
        self.server.stop()
        self.server.start()
        self.browser.log_in()
        self.provider.start()
        after = Traveller(self.server, self.provider)
        after.log_in()
        self.assertEqual(after.path, "/suivi", "an unknown key has the keys fetched again")

    def test_somebody_who_cancels(self):
        self.provider.next(refuse=True)
        self.browser.log_in()
        self.failed(self.browser, "refused")

    def test_less_assurance_than_asked_for(self):
        self.provider.next(level="0")
        self.browser.log_in()
        self.failed(self.browser, "unverified")

    def test_a_way_back_is_good_once(self):
        self.browser.log_in()
        back = next(u for u in self.browser.visited if "/connexion/retour?" in u)
        kept = self.browser.cookies.pop("identite")
        self.browser.open(back)
        self.failed(self.browser, "expired")
        self.browser.cookies["identite"] = kept
        self.assertTrue(is_known(self.browser, "BEAUVOIR"))

    def underway(self) -> Traveller:
        """Somebody whose way back is not yet taken."""
        browser = Traveller(self.server, self.provider)
        browser.stop_before = self.provider.base
        browser.log_in()
        browser.stop_before = "nowhere"
        return browser

    def test_a_way_back_is_of_its_browser(self):
        attacker, victim = self.underway(), Traveller(self.server, self.provider)
        victim.open(attacker.visited[-1])
        self.failed(victim, "expired")
        victim = self.underway()
        victim.open(attacker.visited[-1])
        self.failed(victim, "expired")

    def test_a_code_of_somebody_else(self):
        attacker, victim = self.underway(), self.underway()
        mixed = {**victim.call_of(), "code": attacker.call_of()["code"]}
        victim.open("/connexion/retour?" + urllib.parse.urlencode(mixed))
        self.failed(victim, "expired")

    def test_an_answer_of_another_provider(self):
        for issuer in ("https://autre.example", "", None):
            with self.subTest(issuer=issuer):
                browser = self.underway()
                call = {**browser.call_of(), "iss": issuer}
                call = {name: value for name, value in call.items() if value is not None}
                browser.open("/connexion/retour?" + urllib.parse.urlencode(call))
                self.failed(browser, "unverified")

    def test_ways_back_that_are_none(self):
        for query in ("", "?state=", "?code=x", "?state=x&code=y", f"?state={'A' * 43}&code=y",
                      "?error=access_denied", f"?state={'%C3%A9' * 43}", f"?code={'c' * 3000}"):
            with self.subTest(query=query[:40]):
                browser = Traveller(self.server, self.provider)
                browser.cookies["connexion"] = "B" * 43
                browser.open("/connexion/retour" + query)
                self.failed(browser, "expired")
        browser = self.underway()
        state = browser.call_of()["state"]
        browser.open(f"/connexion/retour?state={state}&error=server_error")
        self.failed(browser, "unavailable")

    def test_no_open_redirect(self):
        for back in ("https://autre.example/", "//autre.example", "/\\autre.example"):
            with self.subTest(back=back):
                browser = Traveller(self.server, self.provider)
                browser.log_in(back)
                self.assertEqual(browser.path, "/")

    def test_two_tabs(self):
        self.browser.stop_before = self.provider.issuer
        self.browser.log_in("/suivi")
        first = self.browser.visited[-1]
        self.browser.stop_before = "nowhere"
        self.browser.log_in("/signaler")
        self.assertEqual(self.browser.path, "/signaler")
        self.browser.open(first)
        self.assertEqual(self.browser.path, "/suivi")

    def test_nothing_of_it_is_kept_in_clear(self):
        self.browser.log_in()
        self.underway()
        rows = ""
        for table in ("identity_session", "identity_request"):
            rows += self.server.sql(f"SELECT encode(sealed, 'escape') FROM {table}")
        told = rows + self.server.log.read_text()
        code = self.browser.call_of()["code"]
        for secret in ("BEAUVOIR", "ada-1988", "1988-03-14", SECRET, code):
            self.assertNotIn(secret, told)

    def test_a_provider_that_is_away(self):
        self.provider.stop()
        self.server.stop()
        self.server.start()
        try:
            self.browser.log_in()
            self.failed(self.browser, "unavailable")
            self.assertEqual(self.server.get("/suivi").status, 200)
        finally:
            self.provider.start()
            time.sleep(6)  # what just failed is not asked again for five seconds
        self.browser.log_in()
        self.assertEqual(self.browser.path, "/suivi")


class Endless(socketserver.StreamRequestHandler):
    """An answer that does not end."""

    def handle(self):
        self.rfile.readline()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        try:
            while True:
                self.wfile.write(b" " * 65536)
        except OSError:
            return


class Silent(socketserver.StreamRequestHandler):
    """No answer at all, until the client goes."""

    def handle(self):
        while self.rfile.readline():
            pass


class AtSomethingElse(ServerTest):
    """What answers at the provider's address is none."""

    def test_nobody_waits_long(self):
        for handler in (Endless, Silent):
            with self.subTest(handler.__name__), socketserver.ThreadingTCPServer(
                ("127.0.0.1", 0), handler
            ) as other:
                other.daemon_threads = True
                threading.Thread(target=other.serve_forever, daemon=True).start()
                self.server.stop()
                self.server.settings.update({
                    "identity.issuer": f"http://127.0.0.1:{other.server_address[1]}",
                    "identity.client_id": CLIENT, "identity.client_secret": SECRET,
                })  # fmt: skip
                self.server.start()
                browser = Browser(self.server)
                begun = time.monotonic()
                browser.open("/connexion/aller?retour=%2Fsuivi")
                self.assertLess(time.monotonic() - begun, 15)
                self.assertIn("motif=unavailable", browser.path)
                other.shutdown()


class Production(ServerTest):
    settings = {"production": "true"}

    def test_nobody_invented_logs_in(self):
        self.assertEqual(self.server.get(INVENTED).status, 404)
        page = self.server.get(LOGIN)
        self.assertEqual(page.status, 200)
        self.assertNotIn("demonstration", page.text)

    def test_it_does_not_start_with_the_screen_of_invented_people(self):
        place = self.folder / "wrong.toml"
        place.write_text("production = true\n[identity]\ndemonstration = true\n")
        done = self.server.command("serve", "--data", self.folder / "other", "--config", place,
                                   check=False)  # fmt: skip
        self.assertEqual(done.returncode, 1)
        self.assertIn("wrong.toml:3", done.stderr)
        self.assertIn("production", done.stderr)

    def test_a_provider_is_whole(self):
        rows = (
            ('issuer = "https://identite.example"\n', "client_id"),
            ('issuer = "https://identite.example"\nclient_id = "x"\n', "client_secret"),
            ('issuer = "http://127.0.0.1:9"\nclient_id = "x"\nclient_secret = "x"\n', "https:"),
            ('issuer = "http://identite.example"\n', "https://"),
            ('issuer = "https://identite.example/"\n', "'/'"),
        )
        for text, reason in rows:
            with self.subTest(text=text):
                place = self.folder / "half.toml"
                place.write_text("production = true\n[identity]\n" + text)
                done = self.server.command("config", "--data", self.folder / "other",
                                           "--config", place, check=False)  # fmt: skip
                self.assertEqual(done.returncode, 1)
                self.assertIn("half.toml:3", done.stderr)
                self.assertIn(reason, done.stderr)


if __name__ == "__main__":
    unittest.main()
