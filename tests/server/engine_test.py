"""The groups are those of the declarations, whatever happened to the server meanwhile."""
import json
import pathlib
import random
import tempfile
import unittest

import reporters
from support import PATIENCE, SANITIZED, Browser, Server, ServerTest, wait_for

SIZE = 120 if SANITIZED else 400


def world(server: Server, folder: pathlib.Path) -> list[dict]:
    server.command("synth", "--records", SIZE, "--seed", 11, "--out", folder, "--quiet")
    return [json.loads(line) for line in (folder / "records.jsonl").read_text().splitlines()]


def new_server(stack: unittest.TestCase, name: str) -> Server:
    folder_ = tempfile.TemporaryDirectory(prefix=f"maillon-{name}-")
    stack.addCleanup(folder_.cleanup)
    folder = pathlib.Path(folder_.name)
    folder.chmod(0o711)
    server = Server(folder)
    stack.addCleanup(server.stop)
    return server.start()


def key_of(server: Server) -> str:
    return server.admin("api-key", "create", "tests").stdout.strip()


class Restarted(unittest.TestCase):
    def linked(self, server: Server) -> None:
        self.assertTrue(wait_for(lambda: reporters.linked_up(server), 2 * PATIENCE),
                        server.log.read_text()[-3000:])  # fmt: skip

    def test_groups_are_those_of_a_server_that_was_never_killed(self):
        killed, calm = new_server(self, "killed"), new_server(self, "calm")
        records = world(killed, killed.data.parent / "world")
        key, taken = key_of(killed), {}
        for begin in range(0, len(records), len(records) // 4 + 1):
            part = records[begin : begin + len(records) // 4 + 1]
            taken |= reporters.send_all(killed, key, part).references
            killed.kill()  # at once: the last acknowledgements are not linked yet
            killed.start()
        self.assertEqual(len(taken), len(records))

        shuffled = list(records)
        random.Random(5).shuffle(shuffled)
        in_order = reporters.send_all(calm, key_of(calm), shuffled, threads=1).references
        self.linked(killed)
        self.linked(calm)
        found = reporters.partition(killed, taken)
        self.assertGreater(len(found), SIZE // 40)
        self.assertEqual(found, reporters.partition(calm, in_order))
        for server in (killed, calm):
            rebuilt = server.command("engine", "rebuild", "--data", server.data)
            self.assertIn("were the same", rebuilt.stdout)
        self.assertEqual(found, reporters.partition(killed, taken))

        # And when the tables are not what they should be, that is told and put right.
        killed.sql("UPDATE group_member SET group_name = (SELECT min(name) FROM link_group)")
        self.assertEqual(len(reporters.partition(killed, taken)), 1)
        rebuilt = killed.command("engine", "rebuild", "--data", killed.data)
        self.assertIn("were others", rebuilt.stdout)
        self.assertEqual(found, reporters.partition(killed, taken))


class Groups(ServerTest):
    @staticmethod
    def told(number, narrative: str, **more) -> dict:
        return {"id": f"T-{number}", "kind": "complaint", "scam_type": "fake_shop",
                "narrative": f"Histoire {number}. {narrative}", **more}  # fmt: skip

    def send(self, *records: dict) -> dict[str, str]:
        taken = reporters.send_all(self.server, self.api_key(), list(records), threads=1)
        self.assertTrue(wait_for(lambda: reporters.linked_up(self.server)))
        self.taken = taken.by_sender
        return taken.references

    def groups(self, references: dict[str, str]) -> set[frozenset[str]]:
        return {group & set(references) for group in reporters.partition(self.server, references)
                if group & set(references)}  # fmt: skip

    def test_a_declarants_own_phone_joins_nobody(self):
        own = [{"type": "phone", "value": "06 39 98 55 01", "role": "victim"}]
        other = [{"type": "phone", "value": "06 39 98 55 02", "role": "suspect"}]
        sent = self.send(
            self.told("own-1", "Une boutique n'a rien livré.", identifiers=own),
            self.told("own-2", "Un faux loueur a pris l'acompte.", identifiers=own),
            self.told("his-1", "Une boutique n'a rien livré.", identifiers=other),
            self.told("his-2", "Un faux loueur a pris l'acompte.", identifiers=other),
        )
        self.assertEqual(self.groups(sent), {frozenset({"T-his-1", "T-his-2"})})

    def test_withdrawn_and_erased_declarations_leave_their_groups(self):
        mail = "Il écrivait de depart.rapide@example.org."
        sent = self.send(*(self.told(f"leave-{i}", mail) for i in range(4)))
        everybody = frozenset(sent)
        self.assertTrue(wait_for(lambda: self.groups(sent) == {everybody}), self.groups(sent))
        follower = Browser(self.server)
        follower.follow(sent["T-leave-0"], self.taken["T-leave-0"]["tracking_code"])
        follower.open("/suivi/retrait")
        follower.submit("/suivi/retrait", retirer="1")
        self.server.admin("erase", sent["T-leave-1"], "--reason", "demande de la personne")
        left = {everybody - {"T-leave-0", "T-leave-1"}}
        self.assertTrue(wait_for(lambda: self.groups(sent) == left), self.groups(sent))
        rebuilt = self.server.command("engine", "rebuild", "--data", self.server.data)
        self.assertIn("were the same", rebuilt.stdout)
        self.assertEqual(self.groups(sent), left)
        # The last but one goes: nobody stays in a group alone.
        self.server.admin("erase", sent["T-leave-2"], "--reason", "demande de la personne")
        self.assertTrue(wait_for(lambda: self.groups(sent) == set()), self.groups(sent))


if __name__ == "__main__":
    unittest.main()
