"""The quick exit: what it ends, what it leaves, and that nobody is kept."""
import unittest

from support import Browser, ServerTest

ELSEWHERE = "https://ailleurs.example/"


class Leaving(ServerTest):
    settings = {"quick_exit.to": ELSEWHERE}

    def sessions(self) -> int:
        return int(self.server.sql("SELECT count(*) FROM follow_session"))

    def leave(self, browser: Browser, path: str, token: str):
        cookies = "; ".join(f"{k}={v}" for k, v in browser.cookies.items())
        return self.server.request(
            "POST", path, f"jeton={token}".encode(),
            {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies},
        )  # fmt: skip

    def check_gone(self, answer) -> None:
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.header("Refresh"), f"0; url={ELSEWHERE}")
        self.assertEqual(answer.header("Clear-Site-Data"), '"cache", "cookies", "storage"')
        self.assertEqual(answer.header("Cache-Control"), "no-store")
        self.assertNotIn("Maillon", answer.text)
        lines = [value for name, value in answer.headers if name.lower() == "set-cookie"]
        self.assertTrue(any(line.startswith("visite=;") for line in lines), lines)
        for line in lines:
            self.assertIn("Max-Age=0", line)

    def test_the_session_and_the_visit_end(self):
        for path, risk in (("/quitter", "/quitter"), ("/en/leave", "/en/leave")):
            browser = Browser(self.server)
            browser.report()
            before = self.sessions()
            browser.open(risk)
            token = browser.token()
            answer = self.leave(browser, path, token)
            self.check_gone(answer)
            self.assertEqual(self.sessions(), before - 1)
            self.assertIn(ELSEWHERE, answer.text)
            # The cookie that was kept aside opens nothing any more.
            self.assertIn('name="reference"', browser.open("/suivi/dossier").text)

    def test_without_the_token_the_browser_alone_forgets(self):
        browser = Browser(self.server)
        browser.report()
        before = self.sessions()
        self.check_gone(self.leave(browser, "/quitter", "x"))
        self.assertEqual(self.sessions(), before)

    def test_it_is_shown_where_someone_may_watch(self):
        browser = Browser(self.server)
        browser.open("/signaler")
        browser.submit("/signaler")
        browser.submit("/signaler/nature", nature="arnaque")
        for category, shown in (("phishing", False), ("sextortion", True)):
            browser.submit("/signaler/categorie", categorie=category)
            page = browser.open("/signaler/recit").text
            self.assertEqual('class="leave"' in page, shown, category)
        self.assertNotIn('class="leave"', browser.open("/").text)


if __name__ == "__main__":
    unittest.main()
