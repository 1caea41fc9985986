#!/usr/bin/env python3
"""Ctrl-C: exit code 130, nothing half-written, an earlier result untouched."""
import signal
import subprocess
import time

import support
from support import complaint, partition, scaled, suspect, write_jsonl


class Interrupt(support.CommandTest):
    def setUp(self):
        super().setUp()
        text = "Le vendeur demande un virement puis ne répond plus. " * 12
        self.records = write_jsonl(
            self.folder / "many.jsonl",
            (complaint(f"r{n}", f"{text}{n}",
                       identifiers=[suspect("phone", f"+3363998{n % 10000:04}")])
             for n in range(scaled(400_000))),
        )  # fmt: skip

    def interrupted(self, signal_number: int, out) -> tuple[int, str]:
        process = support.start("link", self.records, "--out", out, err=subprocess.PIPE)
        time.sleep(0.4)  # in the middle of reading; ending early would fail the test below
        self.assertIsNone(process.poll(), "the run ended before it could be interrupted")
        process.send_signal(signal_number)
        said = process.stderr.read().decode()
        process.stderr.close()
        code, _ = support.wait(process, 20)
        return code, said

    def test_new_folder_stays_clean(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                out = self.folder / f"out{number}"
                code, said = self.interrupted(number, out)
                self.assertEqual(code, 130, said)
                left = [p.name for p in out.iterdir()] if out.exists() else []
                self.assertEqual(left, [])

    def test_earlier_result_stays(self):
        small = write_jsonl(self.folder / "a.jsonl", [complaint("A", "x"), complaint("B", "y")])
        out = self.link(small)
        before = {p.name: p.read_bytes() for p in out.iterdir()}
        code, said = self.interrupted(signal.SIGINT, out)
        self.assertEqual(code, 130, said)
        self.assertEqual({p.name: p.read_bytes() for p in out.iterdir()}, before)
        self.assertEqual(partition(out / "groups.csv"), {frozenset("A"), frozenset("B")})


if __name__ == "__main__":
    support.main()
