#!/usr/bin/env python3
"""The worked example of docs/receipt.md holds, each value of it; what is bent does not. Ours and the
independent verifier say the same."""
import base64
import copy
import hashlib
import json
import pathlib
import re
import sys

import support
from support import run

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests/server"))
import independent_verifier  # noqa: E402

PAGE = (ROOT / "docs/receipt.md").read_text()
EXAMPLE = json.loads(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1])
NOTE = "Une note inventée.\n".encode()
OTHER_KEY = "ed25519:" + base64.b64encode(bytes(31) + b"\x01").decode()


def flipped(text: str, place: int = 0) -> str:
    return text[:place] + ("1" if text[place] != "1" else "2") + text[place + 1 :]


def bent(name: str) -> dict:
    receipt = copy.deepcopy(EXAMPLE)
    head = receipt["tree_head"]
    match name:
        case "statement": receipt["statement"] = receipt["statement"].replace("S-", "S_")
        case "statement with a space": receipt["statement"] += " "
        case "salt": receipt["salt"] = flipped(receipt["salt"])
        case "index": receipt["leaf_index"] -= 1
        case "index outside": receipt["leaf_index"] = head["size"]
        case "proof": receipt["inclusion_proof"][1] = flipped(receipt["inclusion_proof"][1])
        case "shorter proof": receipt["inclusion_proof"].pop()
        case "longer proof": receipt["inclusion_proof"].append("00" * 32)
        case "size": head["size"] += 1
        case "root": head["root"] = flipped(head["root"])
        case "time": head["time"] = flipped(head["time"], 3)
        case "signature": head["signature"] = flipped(head["signature"])
        case "key": receipt["public_key"] = OTHER_KEY
        case "version": receipt["maillon_receipt"] = 2
    assert receipt != EXAMPLE, name
    return receipt


BENT = (
    "statement", "statement with a space", "salt", "index", "index outside", "proof",
    "shorter proof", "longer proof", "size", "root", "time", "signature", "key", "version",
)  # fmt: skip


class Receipt(support.CommandTest):
    def verify(self, receipt: dict, *arguments):
        file = pathlib.Path(self.folder) / "receipt.json"
        file.write_text(json.dumps(receipt))
        return run("receipt", "verify", file, *arguments)

    def test_example_holds(self):
        note = pathlib.Path(self.folder) / "note.txt"
        note.write_bytes(NOTE)
        ran = self.verify(EXAMPLE, "--key", EXAMPLE["public_key"], "--evidence", note)
        self.assertEqual((ran.code, ran.err), (0, ""), ran.out)
        self.assertIn("It holds.", ran.out)
        self.assertEqual(independent_verifier.faults_of(EXAMPLE, EXAMPLE["public_key"]), [])
        facts = json.loads(EXAMPLE["statement"])
        narrative = re.search(r"The narrative was\n`([^`]+)`", PAGE)[1]
        self.assertEqual(facts["text"], hashlib.sha256(narrative.encode()).hexdigest())
        note.write_bytes(NOTE + b"!")
        self.assertEqual(self.verify(EXAMPLE, "--evidence", note).code, 1)

    def test_values_of_the_page(self):
        sha256 = independent_verifier.sha256
        entry = sha256(
            b"maillon commitment v1\n", bytes.fromhex(EXAMPLE["salt"]), EXAMPLE["statement"].encode()
        )
        steps = [entry, sha256(b"\x00", entry)]
        for beside in EXAMPLE["inclusion_proof"]:
            steps.append(sha256(b"\x01", bytes.fromhex(beside), steps[-1]))
        told = re.findall(r"^\| .* \| `([0-9a-f]{64})` \|$", PAGE, re.MULTILINE)
        self.assertEqual(told, [step.hex() for step in steps])
        self.assertEqual(told[-1], EXAMPLE["tree_head"]["root"])
        signed = re.search(r"The signed text:\n\n```\n(.*?)```", PAGE, re.DOTALL)[1]
        key = independent_verifier.key_bytes(EXAMPLE["public_key"])
        signature = base64.b64decode(EXAMPLE["tree_head"]["signature"])
        self.assertTrue(independent_verifier.is_signed(key, signed.encode(), signature))

    def test_what_is_bent_does_not_hold(self):
        for name in BENT:
            with self.subTest(name):
                receipt = bent(name)
                ran = self.verify(receipt, "--key", EXAMPLE["public_key"])
                self.assertEqual(ran.code, 1, ran.out)
                self.assertNotEqual(
                    independent_verifier.faults_of(receipt, EXAMPLE["public_key"]), []
                )

    def test_published_key_counts(self):
        self.assertEqual(self.verify(EXAMPLE, "--key", OTHER_KEY).code, 1)
        self.assertNotEqual(independent_verifier.faults_of(EXAMPLE, OTHER_KEY), [])


if __name__ == "__main__":
    support.main()
