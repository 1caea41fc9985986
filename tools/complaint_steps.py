#!/usr/bin/env python3
"""How many screens and needed answers a complaint takes, from the home page to its acknowledgement.

complaint_steps.py MAILLON [--json]

Starts a server of its own and walks each kind with one payment. A screen is a page that is shown,
the login counted as one; an answer is a field that must be filled in: not marked as optional.
Prints the table of docs/complaint_steps.md.
"""
import argparse
import json
import os
import pathlib
import re
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "server"))


def is_needed(page: str, name: str) -> bool:
    """Whether the page asks for this field and does not mark it as optional."""
    found = re.search(
        rf'(?:<label for="{name}">|<fieldset id="{name}"[^>]*>\s*<legend>)(.*?)</(?:label|legend)>',
        page, re.DOTALL,
    )  # fmt: skip
    return found is not None and "optional" not in found[1]


def counting(complainant):
    """The same person, who counts."""

    class Counting(complainant):
        screens = answers = 0

        def submit(self, path=None, token=None, **fields):
            self.screens += 1
            self.answers += sum(is_needed(self.page.text, name) for name in fields)
            return super().submit(path, token, **fields)

    return Counting


def walk(server, kind: str) -> dict:
    from complaints import Complainant

    browser = counting(Complainant)(server)
    browser.open("/")
    browser.screens += 1
    browser.begin(kind)
    browser.answer(kind)
    browser.submit("/plainte/envoyer", type=kind)
    browser.reference()
    browser.screens += 1  # the acknowledgement
    return {"kind": kind, "screens": browser.screens, "answers": browser.answers}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("maillon")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    os.environ["MAILLON"] = str(pathlib.Path(given.maillon).resolve())
    from complaints import CONDITIONS
    from support import Server

    with tempfile.TemporaryDirectory(prefix="maillon-steps-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o711)  # as root, PostgreSQL runs as another user and passes through
        server = Server(folder).start()
        try:
            rows = [walk(server, kind) for kind in CONDITIONS]
        finally:
            server.stop()
    if given.json:
        print(json.dumps(rows))
        return
    print("| Kind | Screens | Answers |\n|---|---|---|")
    for row in rows:
        print(f"| {row['kind']} | {row['screens']} | {row['answers']} |")


if __name__ == "__main__":
    main()
