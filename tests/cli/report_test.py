#!/usr/bin/env python3
"""report.html: one self-contained page that a browser opens without network and without fault."""
import html.parser
import shutil
import subprocess
import unittest

import support
from support import run, scaled


class Resources(html.parser.HTMLParser):
    """What a page would fetch, and the ids and headings it has."""

    def __init__(self):
        super().__init__()
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.open_tags: list[str] = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag in ("script", "img", "iframe", "source", "video", "audio", "embed", "object"):
            self.fetched += [v for k, v in attributes if k in ("src", "data", "srcset") and v]
        if tag == "link" and given.get("href"):
            self.fetched.append(given["href"])
        if "id" in given:
            self.ids.append(given["id"])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))


class Report(support.CommandTest):
    @classmethod
    def setUpClass(cls):
        cls.world = support.tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.world.cleanup)
        root = support.pathlib.Path(cls.world.name)
        run("synth", "--records", scaled(4000), "--seed", 2, "--out", root / "world", "--quiet")
        ran = run("link", root / "world/records.jsonl", "--out", root / "out", "--quiet")
        if ran.code != 0:
            raise AssertionError(ran.err)
        cls.page = root / "out/report.html"

    def test_fetches_nothing(self):
        resources = Resources()
        resources.feed(self.page.read_text())
        outside = [r for r in resources.fetched if not r.startswith("data:")]
        self.assertEqual(outside, [])
        self.assertIn("Content-Security-Policy", self.page.read_text())
        self.assertNotIn("@import", self.page.read_text())

    def test_structure(self):
        resources = Resources()
        resources.feed(self.page.read_text())
        self.assertEqual(len(resources.ids), len(set(resources.ids)), "an id twice")
        self.assertEqual(resources.headings[0], 1)
        self.assertEqual(resources.headings.count(1), 1)
        for before, after in zip(resources.headings, resources.headings[1:]):
            self.assertLessEqual(after - before, 1, "a heading level is skipped")

    @unittest.skipUnless(shutil.which("chromium"), "chromium is not installed")
    def test_browser_shows_it(self):
        profile = self.folder / "profile"
        ran = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             f"--user-data-dir={profile}", "--enable-logging=stderr", "--no-first-run",
             "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=3000", "--dump-dom",
             self.page.as_uri()],
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        complaints = [line for line in ran.stderr.splitlines() if ":CONSOLE" in line]
        self.assertEqual(complaints, [])
        self.assertIn("</table>", ran.stdout)


if __name__ == "__main__":
    support.main()
