"""Acknowledgements of a running server, checked by us and by a reader that shares no code with us."""
import copy
import json
import pathlib
import subprocess
import sys
import unittest

import independent_verifier
from support import Browser, ServerTest

VERIFIER = pathlib.Path(independent_verifier.__file__)
FILES = [("note.txt", "Une note inventée.\n".encode()), ("vide.bin", b"\0")]


class Receipts(ServerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = cls.server.command("ledger", "key", "--data", cls.server.data).stdout.strip()
        account = cls.server.admin("api-key", "create", "receipts").stdout.strip()
        cls.receipts = []
        for number in range(9):  # trees of every shape up to nine
            record = {"id": f"R-{number}", "kind": "report", "narrative": f"Essai {number}."}
            cls.receipts.append(cls.server.post_report(account, record).json["receipt"])
        browser = Browser(cls.server)
        reference, code = browser.report("Récit inventé.", files=FILES)
        cls.follower = Browser(cls.server)
        cls.follower.follow(reference, code)
        cls.receipts.append(cls.follower.open("/suivi/accuse.json").json)

    def told(self, receipt: dict, *files) -> tuple[int, int]:
        """Exit codes of both."""
        path = self.folder / "receipt.json"
        path.write_text(json.dumps(receipt))
        evidence = [part for file in files for part in ("--evidence", file)]
        ours = self.server.command(
            "receipt", "verify", path, "--key", self.key, *evidence, check=False
        )
        theirs = subprocess.run(
            [sys.executable, "-B", VERIFIER, path, self.key, *files], capture_output=True, check=False
        )
        return ours.returncode, theirs.returncode

    def test_both_accept_what_is_real(self):
        for number, receipt in enumerate(self.receipts):
            with self.subTest(number):
                self.assertEqual(self.told(receipt), (0, 0))
        self.assertEqual(len({r["leaf_index"] for r in self.receipts}), len(self.receipts))

    def test_both_refuse_what_is_bent(self):
        real = self.receipts[-1]
        for field in ("statement", "salt", "inclusion_proof", "leaf_index"):
            with self.subTest(field):
                bent = copy.deepcopy(real)
                bent[field] = self.receipts[3][field]
                self.assertEqual(self.told(bent), (1, 1))
        for field in ("size", "root", "signature"):
            with self.subTest(field):
                bent = copy.deepcopy(real)
                bent["tree_head"][field] = self.receipts[3]["tree_head"][field]
                self.assertEqual(self.told(bent), (1, 1))

    def test_files_are_told_from_others(self):
        paths = []
        for name, content in FILES:
            paths.append(self.folder / name)
            paths[-1].write_bytes(content)
        self.assertEqual(self.told(self.receipts[-1], *paths), (0, 0))
        paths[0].write_bytes(FILES[0][1] + b" ")
        self.assertEqual(self.told(self.receipts[-1], *paths), (1, 1))

    def test_paper_holds_the_same_proof(self):
        paper = self.folder / "receipt.pdf"
        paper.write_bytes(self.follower.open("/suivi/accuse.pdf").body)
        self.server.command("receipt", "verify", paper, "--key", self.key)
        paper.write_bytes(b"%PDF-1.7\n")
        done = self.server.command("receipt", "verify", paper, check=False)
        self.assertEqual(done.returncode, 1)


if __name__ == "__main__":
    unittest.main()
