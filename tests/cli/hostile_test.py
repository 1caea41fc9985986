#!/usr/bin/env python3
"""Hostile input ends in bounded time and memory, and nothing of it disappears.

Each case says how much address space and time it may use; the figures are generous over what the
release binary needs, and far below what an unbounded reader would take.
"""
import gzip
import json
import zlib

import support
from support import MIB, complaint, partition, read_jsonl, run, scaled, suspect, write_jsonl

MEMORY_MIB = 1536


class Hostile(support.CommandTest):
    def test_ten_megabyte_line(self):
        """A 10 MB narrative is a record like any other; 40 MB is past the limit and rejected."""
        lines = (
            complaint("big", "Je n'ai plus rien reçu depuis. " * (10 * MIB // 31)),
            complaint("too-big", "x" * (40 * MIB)),
            complaint("after", "Une ligne ordinaire."),
        )
        path = write_jsonl(self.folder / "a.jsonl", lines)
        out = self.link(path, code=3, memory_mib=MEMORY_MIB, seconds=60)
        ids = {row["id"] for row in support.read_csv(out / "groups.csv")}
        self.assertEqual(ids, {"big", "after"})

    def test_line_without_end(self):
        path = self.folder / "a.jsonl"
        path.write_bytes(b'{"id":"A","narrative":"' + b"a" * scaled(200 * MIB))
        out = self.link(path, code=3, memory_mib=MEMORY_MIB, seconds=60)
        self.assertEqual(len(read_jsonl(out / "rejects.jsonl")), 1)

    def test_invalid_utf8(self):
        good = json.dumps(complaint("good", "bien")).encode()
        bad = [
            b'{"id":"A","narrative":"\xff\xfe"}',
            b'{"id":"B\xc3","narrative":"x"}',
            b'{"id":"C","narrative":"\xed\xa0\x80"}',
            b"\x80\x80\x80",
            b"\x00" * 64,
        ]
        path = self.folder / "a.jsonl"
        path.write_bytes(b"\n".join([*bad, good, b""]))
        out = self.link(path, code=3, memory_mib=MEMORY_MIB)
        self.assertEqual(partition(out / "groups.csv"), {frozenset({"good"})})
        (out / "rejects.jsonl").read_text(encoding="utf-8")  # what is written is valid again

    def test_deep_json(self):
        lines = [
            '{"id":"A","narrative":' + "[" * 100_000 + "]" * 100_000 + "}",
            '{"id":"B","narrative":' + '{"a":' * 100_000 + "1" + "}" * 100_000 + "}",
            "[" * 1_000_000,
            complaint("good", "bien"),
        ]
        out = self.link(write_jsonl(self.folder / "a.jsonl", lines), code=3, memory_mib=MEMORY_MIB)
        ids = {row["id"] for row in support.read_csv(out / "groups.csv")}
        self.assertIn("good", ids)

    def test_gzip_bomb(self):
        """A gigabyte of zeros in a megabyte: one endless line, rejected as it streams by."""
        bomb = self.folder / "bomb.jsonl.gz"
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        with bomb.open("wb") as file:
            for _ in range(scaled(1024)):
                file.write(packer.compress(bytes(MIB)))
            file.write(packer.flush())
        out = self.link(bomb, code=3, memory_mib=MEMORY_MIB, seconds=90)
        self.assertEqual(support.read_csv(out / "groups.csv"), [])

    def test_gzip_cut_short(self):
        whole = gzip.compress(
            "".join(json.dumps(complaint(f"r{n}", "x" * 50)) + "\n" for n in range(5000)).encode()
        )
        path = self.folder / "cut.jsonl.gz"
        path.write_bytes(whole[: len(whole) * 2 // 3])
        out = self.link(path, code=3, memory_mib=MEMORY_MIB)
        self.assertGreater(len(support.read_csv(out / "groups.csv")), 100)

    def test_one_message_many_times(self):
        """A leaflet copied word for word by everybody is not a gang."""
        text = ("Votre colis est en attente. Réglez 1,95 EUR de frais de douane pour le recevoir "
                "avant demain soir, sinon il sera renvoyé à son expéditeur.")  # fmt: skip
        count = scaled(200_000)
        path = write_jsonl(
            self.folder / "a.jsonl",
            (complaint(f"r{n}", "", messages=[{"from": "suspect", "text": text}])
             for n in range(count)),
        )  # fmt: skip
        out = self.link(path, memory_mib=MEMORY_MIB, seconds=120)
        self.assertEqual(len(support.read_csv(out / "groups.csv")), count)

    def test_one_phone_in_every_record(self):
        count = scaled(200_000)
        path = write_jsonl(
            self.folder / "a.jsonl",
            (complaint(f"r{n}", f"Récit numéro {n}.",
                       identifiers=[suspect("phone", "06 39 98 00 11")]) for n in range(count)),
        )  # fmt: skip
        out = self.link(path, memory_mib=MEMORY_MIB, seconds=120)
        self.assertEqual(len(support.read_csv(out / "groups.csv")), count)

    def test_a_thousand_identifiers_in_each_record(self):
        def record(n: int) -> dict:
            phones = [f"06 39 98 {p // 100:02} {p % 100:02}" for p in range(n % 7, 1000)]
            return complaint(f"r{n}", " ".join(phones))

        path = write_jsonl(self.folder / "a.jsonl", map(record, range(scaled(2000))))
        self.link(path, memory_mib=MEMORY_MIB, seconds=120)

    def test_extractor_traps(self):
        """Texts made to send a scanner back and forth: time stays in proportion."""
        size = scaled(2 * MIB)
        traps = {
            "digits": "0" * size,
            "dotted": "06." * (size // 3),
            "at": "a@" * (size // 2),
            "at-words": "a [at] " * (size // 7),
            "schemes": "http://" * (size // 7),
            "dots": "a." * (size // 2),
            "iban": "FR76 " * (size // 5),
            "base58": "1" + "A" * size,
            "bech32": "bc1" + "q" * size,
            "plus": "+" * size,
            "zero-width": "\u200b" * (size // 3),
            "escapes": "\\" * size,
            "combining": "e\u0301" * (size // 3),
        }
        for name, text in traps.items():
            with self.subTest(name):
                path = write_jsonl(self.folder / f"{name}.jsonl", [complaint(name, text)])
                ran = run("extract", path, "--quiet", memory_mib=MEMORY_MIB, seconds=30)
                self.assertEqual(ran.code, 0, ran.err)

    def test_names_of_values_are_escaped(self):
        """Ids and values made of quotes, commas, newlines and tags stay themselves everywhere."""
        ids = ['a,"b"', "a\nb", "<script>alert(1)</script>", "=1+1", "é\u202e", "'; --"]
        records = [complaint(name, "<img src=x onerror=alert(1)>",
                             identifiers=[suspect("handle", "<b>x</b>\"'", platform="<i>")])
                   for name in ids]  # fmt: skip
        path = write_jsonl(self.folder / "a.jsonl", records)
        ran = run("link", path, "--out", self.folder / "out", "--quiet")
        self.assertIn(ran.code, (0, 3), ran.err)
        kept = {row["id"] for row in support.read_csv(self.folder / "out/groups.csv")}
        rejected = {ids[r["line"] - 1] for r in read_jsonl(self.folder / "out/rejects.jsonl")}
        self.assertEqual(kept | rejected, set(ids))
        self.assertFalse(kept & rejected)
        page = (self.folder / "out/report.html").read_text()
        self.assertNotIn("<script>alert(1)", page)
        self.assertNotIn("<img src=x", page)

    def test_odd_files(self):
        folder = self.folder / "odd"
        folder.mkdir()
        (folder / "empty.jsonl").write_bytes(b"")
        (folder / "newlines.jsonl").write_bytes(b"\n\n\r\n")
        (folder / "bom.jsonl").write_bytes(
            b"\xef\xbb\xbf" + json.dumps(complaint("bom", "x")).encode()
        )
        (folder / "not.gz.jsonl.gz").write_bytes(b"plain text")
        (folder / "mail.eml").write_bytes(b"\xff\x00garbage\n\n" * 1000)
        (folder / "box.mbox").write_bytes(b"From \n" * 10_000)
        (folder / "table.csv").write_bytes(b'a,b\n"unclosed\n')
        (folder / "loop").symlink_to(folder)
        ran = run("link", folder, "--out", self.folder / "out", "--quiet", memory_mib=MEMORY_MIB)
        self.assertIn(ran.code, (0, 3), ran.err)
        kept = {row["id"] for row in support.read_csv(self.folder / "out/groups.csv")}
        self.assertIn("bom", kept)


if __name__ == "__main__":
    support.main()
