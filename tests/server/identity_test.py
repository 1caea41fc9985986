"""Logging in: the demonstration's screen, where it leads back to, and how it ends."""
import html
import re
import unittest
import urllib.parse

from support import Browser, ServerTest

LOGIN = "/connexion"
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


if __name__ == "__main__":
    unittest.main()
