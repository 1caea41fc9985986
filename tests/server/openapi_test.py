"""The served description of the interface holds: schemathesis asks by it and against it.

Needs the network once, for a virtual environment under build/; without it the test is skipped with
exit code 77 and says so.
"""
import json
import pathlib
import re
import subprocess
import sys
import unittest

from support import PATIENCE, SANITIZED, ServerTest

PINNED = "schemathesis==4.32.5"
PLACE = pathlib.Path(__file__).resolve().parents[2] / "build" / "schemathesis"
SKIPPED = 77
EXAMPLES = 40 if SANITIZED else 150
CASES_LEAST = 300  # with a key; fewer means that the run asked nearly nothing


def installed() -> pathlib.Path | None:
    """The program, installed when it was not; nothing when it cannot be had."""
    program = PLACE / "bin" / "schemathesis"
    stamp = PLACE / "pinned"
    if program.exists() and stamp.exists() and stamp.read_text() == PINNED:
        return program
    steps = (
        [sys.executable, "-m", "venv", PLACE],
        [PLACE / "bin" / "pip", "install", "--quiet", PINNED],
    )
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, check=False, timeout=600)
        if done.returncode != 0:
            print(done.stderr[-2000:], file=sys.stderr)
            return None
    stamp.write_text(PINNED)
    return program


class Description(ServerTest):
    program: pathlib.Path

    def conform(self, *more: str) -> str:
        command = [
            self.program, "run", f"http://127.0.0.1:{self.server.port}/api/openapi.json",
            "--phases", "examples,coverage,fuzzing,stateful", "--max-examples", str(EXAMPLES),
            # TRACE with a body is refused as such before its path is looked at; headers_test.py
            # walks the methods.
            "--checks", "all", "--exclude-checks", "unsupported_method,positive_data_acceptance",
            "--seed", "1", "--continue-on-failure", "--generation-database", "none",
            "--output-sanitize", "false", "--no-color", *more,
        ]  # fmt: skip
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=self.folder,
            timeout=20 * PATIENCE,
        )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stdout[-12000:] + done.stderr[-2000:])
        self.assertTrue(self.server.answers())
        return done.stdout

    def cases_of(self, told: str) -> int:
        found = re.search(r"(\d+) generated", told)
        self.assertIsNotNone(found, told[-3000:])
        return int(found[1])

    def test_with_a_key_every_answer_is_described(self):
        told = self.conform("--header", f"Authorization: Bearer {self.api_key()}")
        self.assertGreater(self.cases_of(told), CASES_LEAST)
        kept = int(self.server.sql("SELECT count(*) FROM declaration"))
        self.assertGreater(kept, 20, "records were taken, not only refused")
        self.server.command("ledger", "verify", "--quiet", "--data", self.server.data)

    def test_without_a_key_every_answer_is_described(self):
        before = self.server.sql("SELECT count(*) FROM declaration")
        self.conform()
        self.assertEqual(before, self.server.sql("SELECT count(*) FROM declaration"))

    def test_the_document_is_the_one_of_the_interchange_format(self):
        served = self.server.get("/api/openapi.json").json
        schemas = served["components"]["schemas"]
        place = pathlib.Path(__file__).resolve().parents[2] / "docs" / "interchange.schema.json"
        format_ = json.loads(place.read_text())
        self.assertEqual(set(schemas["Record"]["properties"]), set(format_["properties"]))
        for name in ("message", "identifier", "persona", "payment", "attachment"):
            with self.subTest(name=name):
                self.assertEqual(set(schemas[name.capitalize()]["properties"]),
                                 set(format_["$defs"][name]["properties"]))  # fmt: skip


def main() -> int:
    program = installed()
    if program is None:
        print(f"SKIPPED: {PINNED} cannot be installed here: the interface was NOT held against "
              "its description", file=sys.stderr)  # fmt: skip
        return SKIPPED
    Description.program = program
    return 0 if unittest.main(exit=False).result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
