#!/usr/bin/env python3
"""The schema and the program agree: what one takes the other takes, line by line.

schema_test.py LINES_PROGRAM        prints "ok" or a reason for each line of its standard input
"""
import json
import pathlib
import re
import subprocess
import sys
import unittest

import jsonschema

ROOT = pathlib.Path(__file__).parents[2]
HERE = pathlib.Path(__file__).parent
SCHEMA = json.loads((ROOT / "docs/interchange.schema.json").read_text())


def lines(name: str) -> list[str]:
    return (HERE / name).read_text().splitlines()


def example_of_document() -> str:
    return re.search(r"```json\n(.*?)\n```", (ROOT / "docs/interchange.md").read_text(), re.S)[1]


def verdicts(written: list[str]) -> list[str]:
    result = subprocess.run(
        [PROGRAM], input="\n".join(written) + "\n", capture_output=True, text=True, check=True
    )
    return result.stdout.splitlines()


class SchemaTest(unittest.TestCase):
    def setUp(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
        self.validator = jsonschema.Draft202012Validator(SCHEMA)

    def test_good_lines_are_taken_by_both(self):
        good = [*lines("good.jsonl"), example_of_document()]
        for line, verdict in zip(good, verdicts(good), strict=True):
            with self.subTest(line=line):
                errors = self.validator.iter_errors(json.loads(line))
                self.assertEqual([error.message for error in errors], [])
                self.assertEqual(verdict, "ok")

    def test_refused_lines_are_refused_by_both(self):
        refused = lines("refused.jsonl")
        for line, verdict in zip(refused, verdicts(refused), strict=True):
            with self.subTest(line=line):
                self.assertFalse(self.validator.is_valid(json.loads(line)))
                self.assertNotEqual(verdict, "ok")

    def test_every_key_of_the_document_is_in_the_schema(self):
        table = (ROOT / "docs/interchange.md").read_text().split("## Limits")[0]
        fields = re.findall(r"^\| `(\w+)` \|", table, re.M)
        self.assertEqual(fields, list(SCHEMA["properties"]))


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
