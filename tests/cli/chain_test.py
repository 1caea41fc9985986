#!/usr/bin/env python3
"""The chain as a whole: an invented world in, groups out, scored; and small worlds of one idea."""
import gzip
import json
import shutil
import subprocess
import unittest

import support
from support import complaint, partition, read_jsonl, run, scaled, suspect, write_jsonl

IBAN = "FR7617845003200556123984273"


def two_gangs() -> list[dict]:
    """Two gangs that share nothing but a marketplace, and one person alone."""
    records = []
    for n in range(6):
        records.append(complaint(
            f"a{n}", f"Sur leboncoin.fr, virement de {n + 3}00 € demandé sur {IBAN}.", day=n + 1,
            identifiers=[suspect("phone", "06 39 98 00 11")]))
        records.append(complaint(
            f"b{n}", "Annonce vue sur leboncoin.fr, payée en bitcoin.", day=n + 10,
            identifiers=[suspect("email", "loueur.serieux@boite-mail.net"),
                         suspect("handle", "loueur_paris75", platform="telegram")]))
    records.append(complaint("alone", "Vu sur leboncoin.fr, je n'ai rien reçu."))
    return records  # fmt: skip


class Chain(support.CommandTest):
    def test_gangs_apart_and_explained(self):
        out = self.link(write_jsonl(self.folder / "a.jsonl", two_gangs()))
        self.assertEqual(
            partition(out / "groups.csv"),
            {
                frozenset(f"a{n}" for n in range(6)),
                frozenset(f"b{n}" for n in range(6)),
                frozenset({"alone"}),
            },
        )
        links = read_jsonl(out / "links.jsonl")
        self.assertTrue(links)
        for link in links:
            self.assertEqual(link["a"][0], link["b"][0], "a link across gangs")
            self.assertTrue(0 < link["probability"] <= 1)
            self.assertTrue(link["evidence"])
            for evidence in link["evidence"]:
                self.assertLessEqual({"type", "value", "bits"}, evidence.keys())
                # A piece that only repeats another (a mail's domain) is discounted to nothing.
                self.assertGreaterEqual(evidence["bits"], 0)
            self.assertGreater(sum(e["bits"] for e in link["evidence"]), 5)

    def test_everything_lands(self):
        """Every record of the input is in groups.csv or in rejects.jsonl, never in neither."""
        lines = [
            complaint("ok", "Rien."),
            "{broken",
            "",
            "[]",
            complaint("ok", "Un identifiant repris."),
            complaint("bad-date", "Rien.", received_at="hier"),
            complaint("bad-type", "Rien.", identifiers=[suspect("plumage", "x")]),
            complaint("bad-kind", "Rien.", kind="rumour"),
            '{"kind":"complaint","narrative":"sans identifiant"}',
            complaint("ok-too", "Rien."),
        ]
        out = self.link(write_jsonl(self.folder / "a.jsonl", lines), code=3)
        kept = {row["id"] for row in support.read_csv(out / "groups.csv")}
        self.assertLessEqual({"ok", "ok-too"}, kept)
        rejects = read_jsonl(out / "rejects.jsonl")
        for reject in rejects:
            self.assertTrue(reject["file"].endswith("a.jsonl"))
            self.assertGreater(reject["line"], 0)
            self.assertRegex(reject["reason"], r"^[a-z_]+$")
            self.assertIn("detail", reject)
        where = {r["line"]: (r["reason"], r.get("field")) for r in rejects}
        self.assertEqual(where[2], ("invalid_json", None))
        for line, field in ((6, "received_at"), (7, "identifiers/0/type"), (8, "kind"), (9, "id")):
            self.assertEqual(where[line][1], field)

    def test_synthetic_world(self):
        world = self.folder / "world"
        count = scaled(20_000)
        ran = run("synth", "--records", count, "--seed", 3, "--out", world, "--quiet")
        self.assertEqual(ran.code, 0, ran.err)
        self.assertEqual(len(read_jsonl(world / "records.jsonl")), count)
        self.assertEqual(len(support.read_csv(world / "truth.csv")), count)
        out = self.link(world / "records.jsonl", "--no-report")
        ran = run("score", world / "truth.csv", out / "groups.csv", "--json")
        self.assertEqual(ran.code, 0, ran.err)
        figures = json.loads(ran.out)["all"]
        self.assertEqual(figures["records"], count)
        # Far below docs/BENCHMARKS.md: this only tells a working chain from a broken one.
        self.assertGreater(figures["b_cubed"]["f1"], 0.75)
        self.assertGreater(figures["pairwise"]["precision"], 0.5)

    def test_synth_is_repeatable(self):
        for name in ("one", "two"):
            run("synth", "--records", 500, "--seed", 9, "--out", self.folder / name, "--quiet")
        for file in ("records.jsonl", "truth.csv", "world.json"):
            one, two = (self.folder / name / file for name in ("one", "two"))
            self.assertEqual(one.read_bytes(), two.read_bytes(), file)
        run("synth", "--records", 500, "--seed", 10, "--out", self.folder / "other", "--quiet")
        other = (self.folder / "other/records.jsonl").read_bytes()
        self.assertNotEqual((self.folder / "one/records.jsonl").read_bytes(), other)

    def test_compressed_input_gives_the_same_groups(self):
        plain = write_jsonl(self.folder / "a.jsonl", two_gangs())
        gz = self.folder / "b.jsonl.gz"
        gz.write_bytes(gzip.compress(plain.read_bytes()))
        expected = partition(self.link(plain, out="plain") / "groups.csv")
        self.assertEqual(partition(self.link(gz, out="gz") / "groups.csv"), expected)
        if shutil.which("zstd"):
            zst = self.folder / "c.jsonl.zst"
            subprocess.run(["zstd", "-q", plain, "-o", zst], check=True)
            self.assertEqual(partition(self.link(zst, out="zst") / "groups.csv"), expected)

    def test_json_prints_the_summary(self):
        path = write_jsonl(self.folder / "a.jsonl", two_gangs())
        ran = run("link", path, "--out", self.folder / "out", "--json", "--quiet")
        printed, written = json.loads(ran.out), json.loads(
            (self.folder / "out/summary.json").read_text()
        )
        self.assertEqual((printed["in"], printed["linked"]), (13, 13))
        self.assertEqual(printed["groups"], written["groups"])

    def test_quiet_says_nothing(self):
        path = write_jsonl(self.folder / "a.jsonl", two_gangs())
        ran = run("link", path, "--out", self.folder / "out", "--quiet")
        self.assertEqual((ran.out, ran.err), ("", ""))

    def test_plain_lines_without_a_terminal(self):
        path = write_jsonl(self.folder / "a.jsonl", two_gangs())
        ran = run("link", path, "--out", self.folder / "out")
        self.assertNotIn("\r", ran.out + ran.err)
        self.assertNotIn("\x1b", ran.out + ran.err)

    def test_no_file(self):
        ran = run("link", self.folder / "absent.jsonl", "--out", self.folder / "out")
        self.assertIn(ran.code, (1, 3))
        self.assertIn("absent.jsonl", ran.err + (self.folder / "out/rejects.jsonl").read_text()
                      if (self.folder / "out/rejects.jsonl").exists() else ran.err)  # fmt: skip

    @unittest.skipUnless(hasattr(support.os, "geteuid"), "needs a Unix")
    def test_out_is_a_file(self):
        path = write_jsonl(self.folder / "a.jsonl", two_gangs())
        (self.folder / "out").write_text("here first")
        ran = run("link", path, "--out", self.folder / "out")
        self.assertEqual(ran.code, 1)
        self.assertIn("out", ran.err)
        self.assertEqual((self.folder / "out").read_text(), "here first")

    def test_disk_full(self):
        path = write_jsonl(self.folder / "a.jsonl", two_gangs())
        ran = run("extract", path, "--rejects", "/dev/full", "--quiet")
        self.assertIn(ran.code, (0, 1))  # nothing was rejected: nothing to write
        with open("/dev/full", "wb") as full:
            process = support.start("extract", path, "--quiet", out=full)
            code, _ = support.wait(process, support.SECONDS_MAX)
        self.assertEqual(code, 1)


if __name__ == "__main__":
    support.main()
