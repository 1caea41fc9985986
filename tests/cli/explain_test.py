#!/usr/bin/env python3
"""`maillon explain`: why two records are together or are not, in words."""
import json

import support
from support import complaint, run, suspect, write_jsonl

PHONE = "+33639980011"


class Explain(support.CommandTest):
    def setUp(self):
        super().setUp()
        records = [
            complaint(f"a{n}", f"Il m'a appelée. Récit {n}.", day=n + 1,
                      identifiers=[suspect("phone", "06 39 98 00 11"),
                                   suspect("email", "vente.rapide@boite-mail.net")])
            for n in range(3)
        ]  # fmt: skip
        records.append(complaint("alone", "Rien de commun avec les autres."))
        self.out = self.link(write_jsonl(self.folder / "a.jsonl", records))

    def test_together_names_the_evidence(self):
        ran = run("explain", "--out", self.out, "a0", "a2")
        self.assertEqual(ran.code, 0, ran.err)
        self.assertIn("a0", ran.out)
        self.assertTrue(PHONE in ran.out or "vente.rapide@boite-mail.net" in ran.out, ran.out)

    def test_apart(self):
        ran = run("explain", "--out", self.out, "a0", "alone")
        self.assertEqual(ran.code, 0, ran.err)
        self.assertNotIn(PHONE, ran.out.split("alone")[0])
        answer = json.loads(run("explain", "--out", self.out, "a0", "alone", "--json").out)
        self.assertIs(answer["together"], False)

    def test_json_and_french(self):
        answer = json.loads(run("explain", "--out", self.out, "a0", "a1", "--json").out)
        self.assertIs(answer["together"], True)
        english = run("explain", "--out", self.out, "a0", "a1").out
        french = run("explain", "--out", self.out, "a0", "a1", "--lang", "fr").out
        self.assertNotEqual(english, french)

    def test_refusals(self):
        damaged = self.folder / "damaged"
        damaged.mkdir()
        for file in self.out.iterdir():
            (damaged / file.name).write_bytes(file.read_bytes()[:97])
        (self.folder / "empty").mkdir()
        for name, arguments in (
            ("unknown first", ("--out", self.out, "absent", "a1")),
            ("unknown second", ("--out", self.out, "a1", "absent")),
            ("no run", ("--out", self.folder / "empty", "a0", "a1")),
            ("no folder", ("--out", self.folder / "none", "a0", "a1")),
            ("damaged run", ("--out", damaged, "a0", "a1")),
        ):
            with self.subTest(name):
                ran = run("explain", *arguments)
                self.assertEqual((ran.code, ran.out), (1, ""))
                self.assertNotEqual(ran.err, "")

    def test_damage_anywhere_is_refused_or_harmless(self):
        """A byte changed in chain.bin never crashes it."""
        whole = (self.out / "chain.bin").read_bytes()
        damaged = self.folder / "damaged"
        damaged.mkdir()
        for at in range(0, len(whole), max(1, len(whole) // support.scaled(200))):
            (damaged / "chain.bin").write_bytes(
                whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :]
            )
            ran = run("explain", "--out", damaged, "a0", "a2", memory_mib=1024)
            self.assertIn(ran.code, (0, 1), f"byte {at}: {ran.err}")


if __name__ == "__main__":
    support.main()
