"""Saved, destroyed, brought back elsewhere; keys apart; what was erased stays so in old backups."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import postgres
import reporters
from journey_test import PNG
from support import Browser, Server, wait_for

STORY = "Le mot cormoran est dans ce récit."
NOTE = "Le mot pingouin est dans ce fichier.".encode()
MESSAGE = "Le mot bernache est dans ce message."
EMAIL = "anne.macareux@courrier.example"
PLANTED = ["cormoran", "pingouin", "bernache", "macareux", "goelandeau", "note-de-nom-secret"]
# What people gave and what was promised to them. Jobs, sessions and groups come and go.
KEPT = ["public.declaration", "public.act", "public.message", "public.evidence_file",
        "public.outbox", "public.api_key", "public.author_identifier",
        "public.declarant_identifier", "public.group_member", "keys.data_key", "keys.outbox_key",
        "ledger.entry", "ledger.node"]  # fmt: skip


def counts(server: Server) -> dict[str, int]:
    return {table: int(server.sql(f"SELECT count(*) FROM {table}")) for table in KEPT}


def root_of(server: Server) -> str:
    """What `ledger verify` says when it holds: size and root."""
    return server.command("ledger", "verify", "--quiet", "--data", server.data).stdout


class Backup(unittest.TestCase):
    def setUp(self):
        folder_ = tempfile.TemporaryDirectory(prefix="maillon-backup-")
        self.addCleanup(folder_.cleanup)
        self.folder = pathlib.Path(folder_.name)
        self.folder.chmod(0o711)
        self.server = self.serve(self.folder / "first")

    def serve(self, folder: pathlib.Path) -> Server:
        folder.mkdir(mode=0o711, exist_ok=True)
        server = Server(folder)
        self.addCleanup(server.stop)
        return server.start()

    def fill(self) -> None:
        server = self.server
        self.story = Browser(server).report(
            STORY, email=EMAIL, files=[("capture.png", PNG), ("note-de-nom-secret.txt", NOTE)]
        )
        self.other = Browser(server).report("Un autre récit.", files=[("b.txt", b"Un autre.")])
        server.admin("ask", self.story[0], MESSAGE, "--reason", "triage")
        follower = Browser(server)
        follower.follow(*self.story)
        follower.submit("/suivi/message", texte=MESSAGE)
        self.receipt = follower.open("/suivi/accuse.json").json
        key = server.admin("api-key", "create", "tests").stdout.strip()
        records = [{"id": f"B-{i}", "kind": "complaint",
                    "narrative": f"Récit {i} : le goelandeau.rapide@example.org m'a écrit."}
                   for i in range(8)]  # fmt: skip
        self.taken = reporters.send_all(server, key, records)
        quiet = "SELECT count(*) FROM job WHERE every_seconds IS NULL AND kind <> 'mail.send'"
        self.assertTrue(wait_for(
            lambda: reporters.linked_up(server) and server.sql(quiet) == "0"), server.sql(quiet))

    def save(self, name: str) -> tuple[pathlib.Path, pathlib.Path]:
        content, keys = self.folder / name / "content", self.folder / name / "keys"
        self.server.command(
            "backup", "--data", self.server.data, "--to", content, "--keys", keys
        )
        return content, keys

    def restore(self, name: str, content, keys, check: bool = True):
        server = Server(self.folder / name)
        return server.command(
            "restore", "--data", server.data, "--from", content, "--keys", keys, check=check
        )

    def test_what_is_destroyed_comes_back_elsewhere(self):
        self.fill()
        before, exported = counts(self.server), self.export(self.server, self.story)
        content, keys = self.save("saved")
        root = root_of(self.server)
        self.assertEqual(self.server.stop(), 0)
        shutil.rmtree(self.server.data)

        said = self.restore("second", content, keys).stdout
        self.assertIn(root.split()[-1], said)
        second = self.serve(self.folder / "second")
        self.assertEqual(counts(second), before)
        self.assertEqual(root_of(second).split()[-1], root.split()[-1])

        self.assertEqual(self.export(second, self.story), exported)
        page = Browser(second).follow(*self.story)
        self.assertIn("note-de-nom-secret.txt", page.text)
        self.assertIn("bernache", page.text)
        follower = Browser(second)
        follower.follow(*self.story)
        receipt = self.folder / "receipt.json"
        for one in (self.receipt, follower.open("/suivi/accuse.json").json):
            receipt.write_text(json.dumps(one))
            (self.folder / "note.txt").write_bytes(NOTE)
            key = second.command("ledger", "key", "--data", second.data).stdout.strip()
            second.command("receipt", "verify", receipt, "--key", key,
                           "--evidence", self.folder / "note.txt")  # fmt: skip
        # The ledger grows on from where it stood.
        Browser(second).report("Après la restauration.")
        self.assertIn("holds", root_of(second))

    def export(self, server: Server, declaration: tuple[str, str]) -> dict:
        follower = Browser(server)
        follower.follow(*declaration)
        exported = follower.open("/suivi/export")
        self.assertEqual(exported.status, 200, exported.text)
        return exported.json

    def test_content_and_keys_are_of_no_use_alone(self):
        self.fill()
        content, keys = self.save("saved")
        stored = b"".join(path.read_bytes() for path in content.rglob("*") if path.is_file())
        stored += self.unpacked(content / "database.dump")
        self.assertIn(self.story[0].encode(), stored, "a reference is no secret: it is read")
        for word in PLANTED:
            self.assertNotIn(word.encode(), stored, word)
        for secret in (keys / "ring").iterdir():
            self.assertNotIn(secret.read_bytes(), stored)
        for path in (content, keys, *content.rglob("*.dump"), *keys.rglob("*")):
            self.assertEqual(path.stat().st_mode & 0o077 & ~0o044 * path.name.endswith(".json"), 0,
                             path)  # fmt: skip

        empty = self.folder / "empty"
        empty.mkdir()
        done = self.restore("without", content, empty, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertFalse((self.folder / "without/data").exists(), "nothing was touched")
        half = self.folder / "half"
        shutil.copytree(keys, half)
        shutil.rmtree(half / "ring")
        self.assertEqual(self.restore("halved", content, half, check=False).returncode, 1)

        stranger = self.serve(self.folder / "stranger")
        elsewhere = self.folder / "elsewhere"
        stranger.command("backup", "--data", stranger.data, "--to", elsewhere / "content",
                         "--keys", elsewhere / "keys")  # fmt: skip
        done = self.restore("mixed", content, elsewhere / "keys", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("another service", done.stdout + done.stderr)

    def unpacked(self, dump: pathlib.Path) -> bytes:
        """A dump is compressed: as a script, with the escaped bytes of its columns beside it."""
        text = subprocess.run([postgres.programs() / "pg_restore", "-f", "-", dump],
                              capture_output=True, check=True).stdout
        plain = [bytes.fromhex(word[3:].decode()) for word in text.split()
                 if word.startswith(b"\\\\x") and len(word) % 2]  # fmt: skip
        return text + b"".join(plain)

    def test_erased_later_is_erased_in_the_older_backup(self):
        self.fill()
        content, old_keys = self.save("before")
        self.server.admin("erase", self.story[0], "--reason", "demande de la personne")
        _, keys = self.save("after")
        shutil.rmtree(old_keys)  # only the last keys are kept
        self.server.stop()

        self.restore("second", content, keys)
        second = self.serve(self.folder / "second")
        # The old content still has its row, and nothing opens it.
        row = f"FROM declaration WHERE reference = '{self.story[0]}'"
        self.assertEqual(second.sql(f"SELECT status <> 'erased' AND statement IS NOT NULL {row}"),
                         "t")  # fmt: skip
        self.assertEqual(second.sql(
            f"SELECT count(*) FROM keys.data_key WHERE id = (SELECT key_id {row})"), "0")
        follower = Browser(second)
        page = follower.follow(*self.story)
        self.assertLess(page.status, 500, page.text[:500])
        for path in ("/suivi/dossier", "/suivi/export", "/suivi/accuse.json"):
            answer = follower.open(path)
            self.assertLess(answer.status, 500, f"{path}: {answer.text[:500]}")
            for word in PLANTED:
                self.assertNotIn(word, answer.text)
        self.assertEqual(second.admin("read", self.story[0], "--reason", "x",
                                      check=False).returncode, 1)  # fmt: skip

        self.assertIn("Un autre récit.", self.export(second, self.other)["record"]["narrative"])
        answer = self.taken.by_sender["B-3"]
        one = self.export(second, (answer["reference"], answer["tracking_code"]))
        self.assertIn("goelandeau", one["record"]["narrative"])
        self.assertTrue(wait_for(lambda: reporters.linked_up(second)))
        self.assertIn("same", second.command("engine", "rebuild", "--data", second.data).stdout)
        self.assertIn("holds", root_of(second))

    def test_a_backup_that_was_not_finished_is_refused(self):
        content, keys = self.save("saved")
        (content / "manifest.json").unlink()
        done = self.restore("second", content, keys, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("not finished", done.stdout + done.stderr)

    def test_rows_that_are_missing_are_told(self):
        content, keys = self.save("saved")
        manifest = json.loads((content / "manifest.json").read_text())
        manifest["rows"]["public.declaration"] += 1
        (content / "manifest.json").write_text(json.dumps(manifest))
        done = self.restore("second", content, keys, check=False)
        self.assertEqual(done.returncode, 1)
        said = done.stdout + done.stderr
        self.assertIn("public.declaration: 1 rows were saved, 0 are here", said)


if __name__ == "__main__":
    unittest.main()
