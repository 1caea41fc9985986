#!/usr/bin/env python3
"""`maillon extract`: mentions out, one JSON line each, with spans that show what was written."""
import json

import support
from support import complaint, read_jsonl, run, write_jsonl

TEXT = (
    "Bonjour, il m'a appelée depuis le 06 39 98 12 34 puis m'a écrit de paul.vendeur@arnaque.fr. "
    "J'ai viré 300 € sur FR7617845003200556123984273 puis cliqué sur "
    "hxxps://www.colis-livraison[.]top/suivi?id=4. Ma carte : 4970 1012 3456 7893."
)


class Extract(support.CommandTest):
    def extract(self, *arguments, **options):
        ran = run("extract", *arguments, "--quiet", **options)
        self.assertIn(ran.code, (0, 3), ran.err)
        return ran, [json.loads(line) for line in ran.out.splitlines()]

    def test_canonical_values_and_spans(self):
        path = write_jsonl(self.folder / "a.jsonl", [complaint("A", TEXT)])
        _, mentions = self.extract(path)
        found = {(m["type"], m["value"]) for m in mentions}
        self.assertLessEqual(
            {
                ("phone", "+33639981234"),
                ("email", "paul.vendeur@arnaque.fr"),
                ("iban", "FR7617845003200556123984273"),
                ("domain", "colis-livraison.top"),
            },
            found,
        )
        utf8 = TEXT.encode()
        for mention in mentions:
            self.assertEqual(mention["record"], "A")
            self.assertEqual(mention["field"], "narrative")
            written = utf8[mention["start"] : mention["end"]].decode()
            if mention["type"] != "card":
                self.assertEqual(mention["written"], written)
            self.assertLessEqual(
                {"type", "value", "written", "start", "end", "role", "confidence", "rule"},
                mention.keys(),
            )

    def test_card_is_never_in_clear(self):
        path = write_jsonl(self.folder / "a.jsonl", [complaint("A", TEXT)])
        ran, mentions = self.extract(path)
        self.assertEqual([m["role"] for m in mentions if m["type"] == "card"], ["victim"])
        for digits in ("4970101234567893", "4970 1012 3456 7893", "01012345678"):
            self.assertNotIn(digits, ran.out)

    def test_card_pseudonym_depends_on_the_key(self):
        path = write_jsonl(self.folder / "a.jsonl", [complaint("A", TEXT)])
        values = []
        for number, key in enumerate((b"k" * 32, b"k" * 32, b"q" * 32)):
            key_file = self.folder / f"key{number}"
            key_file.write_bytes(key)
            _, mentions = self.extract(path, "--key", key_file)
            values.append([m["value"] for m in mentions if m["type"] == "card"])
        self.assertEqual(values[0], values[1])
        self.assertNotEqual(values[0], values[2])

    def test_key_of_the_wrong_size(self):
        path = write_jsonl(self.folder / "a.jsonl", [complaint("A", TEXT)])
        (self.folder / "key").write_bytes(b"short")
        ran = run("extract", path, "--key", self.folder / "key")
        self.assertIn(ran.code, (1, 2))
        self.assertIn("32", ran.err)

    def test_standard_input(self):
        line = json.dumps(complaint("A", TEXT)).encode()
        _, mentions = self.extract("-", stdin=line)
        self.assertIn("+33639981234", [m["value"] for m in mentions])

    def test_country(self):
        record = complaint("A", "Mon voisin a été appelé par le 0470 12 34 56 hier.")
        path = write_jsonl(self.folder / "a.jsonl", [record])
        _, mentions = self.extract(path, "--country", "BE")
        self.assertIn("+32470123456", [m["value"] for m in mentions])

    def test_rejects_go_where_asked(self):
        path = write_jsonl(self.folder / "a.jsonl", ["{not json", complaint("A", TEXT)])
        ran, mentions = self.extract(path, "--rejects", self.folder / "rejects.jsonl")
        self.assertEqual(ran.code, 3)
        self.assertTrue(mentions)
        rejects = read_jsonl(self.folder / "rejects.jsonl")
        self.assertEqual([(r["line"], r["reason"]) for r in rejects], [(1, "invalid_json")])

    def test_threads_do_not_change_the_output(self):
        records = [complaint(f"r{n}", f"{TEXT} Rappel {n} au 06 39 98 {n % 90 + 10} 11.")
                   for n in range(400)]  # fmt: skip
        path = write_jsonl(self.folder / "a.jsonl", records)
        key = self.folder / "key"
        key.write_bytes(b"k" * 32)
        one = run("extract", path, "--threads", 1, "--quiet", "--key", key).out
        four = run("extract", path, "--threads", 4, "--quiet", "--key", key).out
        self.assertEqual(one, four)
        self.assertGreater(len(one.splitlines()), 400)


if __name__ == "__main__":
    support.main()
