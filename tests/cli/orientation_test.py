#!/usr/bin/env python3
"""`maillon orientation`: every path of the questions, and the rules for whoever checks the law."""
import html.parser
import json
import re
import tomllib

import support
from support import run

RULES = support.pathlib.Path(__file__).resolve().parents[2] / "src/orientation/rules"
# The complaint's forms, and what else people meet (docs of the domain).
RESULTS = {
    "fake_buyer", "fake_seller", "fake_rental", "fake_shop", "hacked_account", "hacked_contact",
    "romance", "romance_blackmail", "sextortion", "blackmail", "ransomware", "phishing",
    "card_fraud", "account_debit", "fake_adviser", "tech_support", "investment", "crypto",
    "identity_theft", "harassment", "violence", "minor_images", "grooming", "child_danger",
    "child_content", "content", "dispute_shop", "dispute_person", "unsure",
}  # fmt: skip
TYPES = {"fake_buyer", "fake_seller", "fake_rental", "fake_shop", "hacked_account", "romance",
         "romance_blackmail", "sextortion", "ransomware"}  # fmt: skip
SCREENS_MAX = 10  # from home to what to do


def rules() -> dict[str, dict]:
    found = {}
    for file in RULES.glob("*.toml"):
        for slot in tomllib.loads(file.read_text()).get("slot", []):
            found |= {rule["id"]: rule | {"slot": slot["name"]} for rule in slot["rules"]}
    return found


class Page(html.parser.HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.ids, self.links = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "tr" and "id" in given:
            self.ids.add(given["id"])
        self.links += [given[name] for name in ("href", "src") if name in given]


class Orientation(support.CommandTest):
    def test_every_path_ends_well(self):
        ran = run("orientation", "check", "--json")
        self.assertEqual((ran.code, ran.err), (0, ""))
        found = json.loads(ran.out)
        self.assertEqual(
            set(found), {"paths", "results", "useless_questions", "unexplained", "dead_ends"}
        )
        self.assertGreater(found["paths"], 1000)
        self.assertEqual(found["results"], len(RESULTS))
        for wrong in ("useless_questions", "unexplained", "dead_ends"):
            self.assertEqual(found[wrong], 0, wrong)

    def test_the_table_has_each_result_in_few_screens(self):
        ran = run("orientation", "check", "--table")
        self.assertEqual(ran.code, 0, ran.err)
        rows = {line.split()[0]: line.split() for line in ran.out.splitlines()[1:]}
        self.assertEqual(set(rows), RESULTS)
        for name, row in rows.items():
            self.assertLessEqual(int(row[3].split("-")[1]), SCREENS_MAX, name)
        for kind in TYPES:
            self.assertNotEqual(rows[kind][-1], "closed", kind)

    def test_each_type_of_complaint_has_its_door(self):
        targets = {rule.get("target") for rule in rules().values() if rule["value"] == "open"}
        self.assertEqual(targets - {None}, TYPES)

    def test_every_rule_is_explained_with_its_source(self):
        written = rules()
        for language in ("fr", "en"):
            ran = run("orientation", "--explain", "--lang", language)
            self.assertEqual((ran.code, ran.err), (0, ""))
            self.assertEqual(set(re.findall(r"^(\w+): ", ran.out, re.M)), set(written))
            self.assertEqual(ran.out.count("Source: "), len(written))
            page = self.folder / f"{language}.html"
            ran = run("orientation", "--explain", "--lang", language, "--html", page)
            self.assertEqual((ran.code, ran.out), (0, ""))
            shown = Page(page.read_text())
            self.assertEqual(shown.ids, set(written))
            for link in shown.links:  # one file, which asks for nothing
                self.assertTrue(link.startswith("data:text/css;base64,"), link[:60])

    def test_a_page_that_cannot_be_written(self):
        ran = run("orientation", "--explain", "--html", self.folder / "absent" / "rules.html")
        self.assertEqual(ran.code, 1)
        self.assertIn("cannot be written", ran.err)


if __name__ == "__main__":
    support.main()
