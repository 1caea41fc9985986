#!/usr/bin/env python3
"""What Maillon invents and what it reads obey the schema of the interchange format."""
import json
import pathlib
import unittest

import support
from support import complaint, read_jsonl, run, suspect, write_jsonl

try:
    import jsonschema
except ImportError:
    jsonschema = None

SCHEMA = pathlib.Path(__file__).parents[2] / "docs/interchange.schema.json"

# Each is refused by the schema and by the reader; the reader names the field.
WRONG = (
    ("received_at", {"received_at": "12/03/2026"}),
    ("kind", {"kind": "rumour"}),
    ("narrative", {"narrative": 5}),
    ("identifiers/0/type", {"identifiers": [suspect("plumage", "x")]}),
    ("identifiers/0/role", {"identifiers": [suspect("phone", "0639980011") | {"role": "king"}]}),
    ("messages/0/from", {"messages": [{"from": "ghost", "text": "x"}]}),
    ("messages", {"messages": "x"}),
)


@unittest.skipIf(jsonschema is None, "python3-jsonschema is not installed")
class Schema(support.CommandTest):
    def setUp(self):
        super().setUp()
        self.validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))

    def test_schema_is_one(self):
        jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA.read_text()))

    def test_invented_world_obeys(self):
        world = self.folder / "world"
        run("synth", "--records", 2000, "--seed", 4, "--out", world, "--quiet")
        for record in read_jsonl(world / "records.jsonl"):
            self.validator.validate(record)

    def test_schema_and_reader_refuse_the_same(self):
        good = complaint("good", "x", identifiers=[suspect("phone", "0639980011")])
        self.validator.validate(good)
        for field, change in WRONG:
            with self.subTest(field):
                bad = complaint("bad", "x") | change
                self.assertFalse(self.validator.is_valid(bad))
                path = write_jsonl(self.folder / "a.jsonl", [bad, good])
                out = self.link(path, code=3)
                self.assertEqual([r["field"] for r in read_jsonl(out / "rejects.jsonl")], [field])


if __name__ == "__main__":
    support.main()
