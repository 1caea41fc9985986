#!/usr/bin/env python3
"""The same declarations give the same groups: in any order, split over files, on any threads."""
import random

import support
from support import partition, run, scaled


class Order(support.CommandTest):
    def setUp(self):
        super().setUp()
        world = self.folder / "world"
        ran = run("synth", "--records", scaled(10_000), "--seed", 5, "--out", world, "--quiet")
        self.assertEqual(ran.code, 0, ran.err)
        self.records = world / "records.jsonl"
        self.expected = self.groups(self.records, "--threads", 1, out="expected")

    def groups(self, *arguments, out: str):
        return partition(self.link(*arguments, "--no-report", out=out) / "groups.csv")

    def test_threads(self):
        for threads in (2, 3, 8):
            with self.subTest(threads=threads):
                found = self.groups(self.records, "--threads", threads, out=f"t{threads}")
                self.assertEqual(found, self.expected)

    def test_names_of_groups_do_not_depend_on_threads(self):
        self.groups(self.records, "--threads", 4, out="four")
        for name in ("groups.csv", "links.jsonl"):
            one, four = (self.folder / out / name for out in ("expected", "four"))
            self.assertEqual(one.read_bytes(), four.read_bytes(), name)

    def test_shuffled(self):
        lines = self.records.read_text().splitlines(keepends=True)
        for seed in (1, 2):
            random.Random(seed).shuffle(lines)
            shuffled = self.folder / f"shuffled{seed}.jsonl"
            shuffled.write_text("".join(lines))
            found = self.groups(shuffled, "--threads", seed, out=f"s{seed}")
            self.assertEqual(found, self.expected)

    def test_split_over_files(self):
        lines = self.records.read_text().splitlines(keepends=True)
        folder = self.folder / "parts"
        folder.mkdir()
        for part in range(3):
            (folder / f"{part}.jsonl").write_text("".join(lines[part::3]))
        self.assertEqual(self.groups(folder, out="parts-out"), self.expected)

    def test_run_again_replaces(self):
        self.assertEqual(self.groups(self.records, out="expected"), self.expected)
        names = {path.name for path in (self.folder / "expected").iterdir()}
        for name in ("groups.csv", "links.jsonl", "rejects.jsonl", "summary.json"):
            self.assertIn(name, names)
        self.assertFalse([n for n in names if n.startswith(".") or "tmp" in n or "part" in n])


if __name__ == "__main__":
    support.main()
