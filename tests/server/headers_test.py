"""Every address, by every method, with and without a session: the headers that protect."""
import http.cookies
import json
import re
import unittest

from support import Browser, ServerTest

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types aa"
)
FIXED = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
}
CLOSED_FEATURES = ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW")
# What says nothing of anyone, and may be kept by a browser; all else is never stored.
KEPT = {"/robots.txt", "/api/openapi.json"}


def filled(pattern: str) -> str:
    return re.sub(r"\{[^}]+\}", "1", pattern)


class Headers(ServerTest):
    settings = {"http.trusted_proxies": "127.0.0.1"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        done = cls.server.command("routes", "--json", "--data", cls.server.data)
        cls.routes = json.loads(done.stdout)
        home = cls.server.get("/").text
        cls.assets = sorted(set(re.findall(r'"(/a/[^"?#]+)"', home)))
        cls.browser = Browser(cls.server)
        cls.reference, cls.code = cls.browser.report("Un récit.")
        cls.browser.follow(cls.reference, cls.code)

    def check(self, method: str, path: str, answer) -> None:
        names = [name.lower() for name, _ in answer.headers]
        for name, value in FIXED.items():
            self.assertEqual([v for n, v in answer.headers if n.lower() == name], [value], name)
        features = answer.header("Permissions-Policy")
        for feature in CLOSED_FEATURES:
            self.assertIn(f"{feature}=()", features)
        for telling in ("server", "x-powered-by", "via"):
            self.assertNotIn(telling, names)
        self.assertNotIn("access-control-allow-origin", names)
        cache = answer.header("Cache-Control")
        if answer.status == 200 and (path.startswith("/a/") or path in KEPT):
            self.assertRegex(cache, r"^public, max-age=\d+")
            self.assertEqual([], [n for n in names if n == "set-cookie"])
        else:
            self.assertEqual(cache, "no-store")
        bodiless = answer.status in (204, 303, 308) and not answer.body
        if not bodiless and method != "HEAD" and answer.body:
            kind = answer.header("Content-Type")
            self.assertIsNotNone(kind)
            if kind.startswith("text/"):
                self.assertIn("charset=utf-8", kind)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                self.check_cookie(value)
        if method == "HEAD" or answer.status == 204:
            self.assertEqual(answer.body, b"")
        self.assertLess(answer.status, 502)
        self.assertNotEqual(answer.status, 500)

    def check_cookie(self, line: str) -> None:
        cookie = next(iter(http.cookies.SimpleCookie(line).values()))
        self.assertTrue(cookie["httponly"], line)
        self.assertIn(cookie["samesite"], ("Lax", "Strict"), line)
        self.assertEqual(cookie["path"], "/", line)
        self.assertEqual(cookie["domain"], "", line)

    def ask_all(self, headers: dict[str, str], methods=METHODS) -> int:
        asked = 0
        paths = sorted({filled(r["path"]) for r in self.routes}) + self.assets + ["/nulle-part"]
        for path in paths:
            for method in methods:
                with self.subTest(method=method, path=path):
                    answer = self.server.request(method, path, headers=headers)
                    self.check(method, path, answer)
                    asked += 1
        return asked

    def test_the_walk_is_a_walk(self):
        self.assertGreater(len(self.routes), 60)
        self.assertTrue(self.assets)
        for pages in ("/", "/signaler", "/suivi/dossier", "/api/v1/reports", "/metrics"):
            self.assertIn(pages, [r["path"] for r in self.routes])

    def test_every_route_without_session(self):
        self.assertGreater(self.ask_all({}), 500)

    def test_every_route_with_session(self):
        self.assertIn("suivi", self.browser.cookies)
        cookies = "; ".join(f"{k}={v}" for k, v in self.browser.cookies.items())
        self.ask_all({"Cookie": cookies}, ("GET", "HEAD", "PUT"))
        seen = self.server.get("/suivi/dossier", {"Cookie": cookies})
        self.assertEqual(seen.status, 200)
        self.assertIn(self.reference, seen.text)

    def test_get_and_head_say_the_same(self):
        for route in self.routes:
            if route["method"] != "GET" or route["path"] == "/metrics":
                continue
            path = filled(route["path"])
            with self.subTest(path=path):
                got, head = self.server.get(path), self.server.request("HEAD", path)
                self.assertEqual(got.status, head.status)
                self.assertEqual(got.header("Content-Type"), head.header("Content-Type"))

    def test_a_wrong_method_is_told_what_is_right(self):
        for path in {filled(r["path"]) for r in self.routes}:
            with self.subTest(path=path):
                answer = self.server.request("PUT", path)
                self.assertEqual(answer.status, 405)
                known = {r["method"] for r in self.routes if filled(r["path"]) == path}
                allowed = set(answer.header("Allow").split(", "))
                self.assertEqual(allowed - {"HEAD", "OPTIONS"}, known)
                options = self.server.request("OPTIONS", path)
                self.assertEqual(options.status, 204)
                self.assertEqual(set(options.header("Allow").split(", ")), allowed)

    def test_downloads_are_saved_and_not_shown(self):
        self.browser.follow(self.reference, self.code)
        for path, kind in (
            ("/suivi/accuse.json", "application/json"), ("/suivi/accuse.pdf", "application/pdf"),
            ("/suivi/export", "application/json"),
        ):  # fmt: skip
            answer = self.browser.open(path)
            with self.subTest(path=path):
                self.assertEqual(answer.status, 200)
                self.assertEqual(answer.header("Content-Type"), kind)
                self.assertRegex(answer.header("Content-Disposition"), r'^attachment; filename="')
                self.check("GET", path, answer)

    def test_operations_are_for_who_is_near(self):
        guarded = [r["path"] for r in self.routes if r["role"] == "operations"]
        self.assertIn("/metrics", guarded)
        elsewhere = (
            {"X-Forwarded-For": "203.0.113.9"},
            {"X-Forwarded-For": "127.0.0.1, 203.0.113.9"},
            {"X-Forwarded-For": "2001:db8::1"},
            {"X-Forwarded-For": "::ffff:203.0.113.9"},
            {"X-Forwarded-For": "10.0.0.1"},
        )
        for path in guarded:
            self.assertEqual(self.server.get(path).status, 200)
            for headers in elsewhere:
                for method in ("GET", "HEAD"):
                    with self.subTest(path=path, method=method, **headers):
                        answer = self.server.request(method, path, headers=headers)
                        self.assertEqual(answer.status, 403)
                        self.check(method, path, answer)
                        self.assertNotIn("maillon_", answer.text)

    def test_nobody_forges_nearness(self):
        for forged in ("127.0.0.1, 203.0.113.9", "::1,203.0.113.9", " , 203.0.113.9"):
            answer = self.server.get("/metrics", {"X-Forwarded-For": forged})
            self.assertEqual(answer.status, 403, forged)

    def test_behind_tls_cookies_are_bound_to_it(self):
        answer = self.server.get("/signaler", {"X-Forwarded-Proto": "https"})
        self.assertRegex(answer.header("Strict-Transport-Security"), r"max-age=\d{8}")
        line = answer.header("Set-Cookie")
        self.assertTrue(line.startswith("__Host-"), line)
        self.assertIn("; Secure", line)
        plain = self.server.get("/signaler")
        self.assertIsNone(plain.header("Strict-Transport-Security"))


class Directly(ServerTest):
    """No proxy is trusted: what a client says of itself is not believed."""

    def test_a_proxy_that_nobody_named_opens_nothing(self):
        for name in ("X-Forwarded-For", "Forwarded", "Via"):
            answer = self.server.get("/metrics", {name: "127.0.0.1"})
            self.assertEqual(answer.status, 403, name)
        self.assertEqual(self.server.get("/metrics").status, 200)
        answer = self.server.get("/signaler", {"X-Forwarded-Proto": "https"})
        self.assertFalse(answer.header("Set-Cookie").startswith("__Host-"))


if __name__ == "__main__":
    unittest.main()
