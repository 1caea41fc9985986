"""`maillon ledger verify` passes over an honest log, and over no other."""
import unittest

import reporters
from support import ServerTest, wait_for

RECORDS = [{"id": f"L-{number}", "narrative": f"Histoire {number}."} for number in range(21)]

# What the owner of the tables does behind our back, and what undoes it: bytes are turned by their
# lowest bit, so that doing it twice is undoing it.
TURN = "set_byte({0}, {1}, get_byte({0}, {1}) # 1)"


def turned(table: str, column: str, byte: int, where: str) -> str:
    return f"UPDATE ledger.{table} SET {column} = {TURN.format(column, byte)} WHERE {where}"


TURNED = [
    ("the first entry", turned("entry", "commitment", 0, "index = 0"), "level 1"),
    ("an entry in the middle", turned("entry", "commitment", 31, "index = 9"), "entries 8 to 9"),
    ("the last entry", turned("entry", "commitment", 7, "index = (SELECT max(index)"
                              " FROM ledger.entry)"), "frontier"),
    ("a node", turned("node", "hash", 3, "last_entry = 7 AND level = 3"), "level 3"),
    ("the frontier", turned("frontier", "peaks", 5, "true"), "frontier"),
    ("a head's root", turned("head", "root", 0, "number = 1"), "head 1"),
    ("a head's signature", turned("head", "signature", 63, "number = 1"), "head 1: its signature"),
]  # fmt: skip


class Ledger(ServerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        key = cls.server.admin("api-key", "create", "tests").stdout.strip()
        cls.taken = reporters.send_all(cls.server, key, RECORDS)
        # The job that publishes heads comes each minute: this one comes now.
        cls.server.sql("UPDATE job SET run_at = now() WHERE kind = 'ledger.head'")
        wait_for(lambda: cls.server.sql("SELECT count(*) FROM ledger.head") != "0")

    def verify(self):
        return self.server.command(
            "ledger", "verify", "--quiet", "--data", self.server.data, check=False
        )

    def behind_the_back(self, *statements: str) -> None:
        self.server.sql("; ".join(("SET session_replication_role = replica", *statements)))

    def test_an_honest_log_holds(self):
        done = self.verify()
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        size = self.server.sql("SELECT size FROM ledger.frontier")
        self.assertIn(f"{size} entries", done.stdout)
        self.assertGreaterEqual(int(size), len(RECORDS))

    def test_a_mistyped_folder_is_not_begun(self):
        absent = self.folder / "mistyped"
        for command in (("ledger", "verify"), ("ledger", "key"), ("engine", "rebuild"),
                        ("backup", "--to", self.folder / "to", "--keys", self.folder / "keys")):
            with self.subTest(command):  # fmt: skip
                done = self.server.command(*command, "--data", absent, check=False)
                self.assertEqual(done.returncode, 1)
                self.assertIn("is --data right?", done.stderr)
                self.assertFalse(absent.exists())

    def test_every_changed_byte_is_told_where_it_is(self):
        for what, change, told in TURNED:
            with self.subTest(what):
                self.behind_the_back(change)
                done = self.verify()
                self.behind_the_back(change)
                self.assertEqual(done.returncode, 1, done.stdout)
                self.assertIn(told, done.stdout)
                self.assertEqual(self.verify().returncode, 0, "undone, it holds again")

    def test_what_is_taken_away_is_missed(self):
        last = "(SELECT max(index) FROM ledger.entry)"
        for what, table, where, told in [
            ("the last entry", "entry", f"index = {last}", "by its frontier"),
            ("an entry in the middle", "entry", "index = 5", "entry 5: is missing"),
            ("a node", "node", "last_entry = 3 AND level = 2", "is missing"),
            ("a head", "head", "number = 1", "heads were published"),
        ]:
            with self.subTest(what):
                self.behind_the_back(
                    f"CREATE TABLE public.taken AS SELECT * FROM ledger.{table} WHERE {where}",
                    f"DELETE FROM ledger.{table} WHERE {where}",
                )
                done = self.verify()
                self.behind_the_back(
                    f"INSERT INTO ledger.{table} SELECT * FROM public.taken",
                    "DROP TABLE public.taken",
                )
                self.assertEqual(done.returncode, 1, done.stdout)
                self.assertIn(told, done.stdout)
                self.assertEqual(self.verify().returncode, 0, "put back, it holds again")

    def test_the_owner_is_refused_without_that_trick(self):
        for statement in (
            "UPDATE ledger.entry SET commitment = sha256('') WHERE index = 0",
            "DELETE FROM ledger.entry WHERE index = 0",
            "TRUNCATE ledger.node",
            "DELETE FROM ledger.head",
            "UPDATE ledger.frontier SET size = 1",
        ):
            with self.subTest(statement), self.assertRaisesRegex(AssertionError, "only grows"):
                self.server.sql(statement)


if __name__ == "__main__":
    unittest.main()
