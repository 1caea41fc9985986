#!/usr/bin/env python3
"""--help teaches, --version speaks, wrong command lines exit with 2 and say what is wrong."""
import support
from support import run

COMMANDS = (
    "extract", "link", "explain", "synth", "score", "check", "serve", "config", "migrate", "routes",
    "backup", "restore", "ledger", "receipt", "admin", "engine", "orientation",
)  # fmt: skip

WRONG = (
    ("no command", ()),
    ("unknown command", ("conquer",)),
    ("unknown option", ("link", "a.jsonl", "--out", "o", "--faster")),
    ("link without --out", ("link", "a.jsonl")),
    ("link without files", ("link", "--out", "o")),
    ("synth without --records", ("synth", "--out", "o")),
    ("synth of no record", ("synth", "--records", "0", "--out", "o")),
    ("synth of half a record", ("synth", "--records", "0.5", "--out", "o")),
    ("explain of one record", ("explain", "--out", "o", "A")),
    ("explain in an unknown language", ("explain", "--out", "o", "A", "B", "--lang", "xx")),
    ("score of a missing file", ("score", "absent.csv", "absent.csv")),
    ("check in an unknown language", ("check", "--lang", "xx", "a.txt")),
    ("negative threads", ("link", "a.jsonl", "--out", "o", "--threads", "-1")),
    ("missing mapping", ("link", "a.csv", "--out", "o", "--mapping", "absent.toml")),
    ("orientation without what to do", ("orientation",)),
    ("orientation in an unknown language", ("orientation", "--explain", "--lang", "xx")),
    ("both a check and an explanation", ("orientation", "check", "--explain")),
    ("serve without --data", ("serve",)),
    ("settings that are not there", ("serve", "--data", "d", "--config", "absent.toml")),
    ("a group without its command", ("ledger",)),
    ("an unknown act", ("admin", "forget", "S-0000-0000", "--data", "d", "--reason", "r")),
    ("an act without a reason", ("admin", "erase", "S-0000-0000", "--data", "d")),
    ("a domain without a reason", ("admin", "domain", "confirm", "a.fr", "--data", "d")),
    ("a message without words", ("admin", "ask", "S-0000-0000", "--data", "d", "--reason", "r")),
    ("backup without a place for the keys", ("backup", "--data", "d", "--to", "t")),
    ("restore from nowhere", ("restore", "--data", "d", "--from", "absent", "--keys", "absent")),
    ("a receipt that is not there", ("receipt", "verify", "absent.json")),
)


class Help(support.CommandTest):
    def test_help_names_every_command_and_exit_code(self):
        ran = run("--help")
        self.assertEqual((ran.code, ran.err), (0, ""))
        for word in (*COMMANDS, "130", "docs/interchange.md"):
            self.assertIn(word, ran.out)

    def test_each_command_has_help(self):
        for command in COMMANDS:
            with self.subTest(command):
                ran = run(command, "--help")
                self.assertEqual((ran.code, ran.err), (0, ""))
                self.assertIn("--", ran.out)

    def test_version(self):
        ran = run("--version")
        self.assertEqual(ran.code, 0)
        self.assertRegex(ran.out, r"^maillon \d+\.\d+\.\d+\n$")

    def test_wrong_command_lines(self):
        for name, arguments in WRONG:
            with self.subTest(name):
                ran = run(*arguments)
                self.assertEqual(ran.code, 2, ran.err)
                self.assertNotEqual(ran.err.strip(), "")


if __name__ == "__main__":
    support.main()
