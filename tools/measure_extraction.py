#!/usr/bin/env python3
"""Precision and recall of `maillon extract` on real messages.

measure_extraction.py MAILLON DATA [--json]

MAILLON is the binary, DATA the folder that holds messages/ and complaints/ (their MANIFEST says
what each file is). Measured:
- French scam SMS with their known links and call-back numbers: what is found, missed, and invented;
- ordinary French and English texts, in which next to nothing is to be found.
Prints a table, or JSON for script/bench. Texts stay in a temporary folder.
"""
import argparse
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile

SMS = "messages/fr_smishing_shared.jsonl"
ORDINARY_FRENCH = "messages/fr_ordinary_parisstories_shared.jsonl"
SMS_ENGLISH = "messages/sms_en_shared.csv"
COMPLAINTS = "complaints/cfpb_loans_2023_shared.csv"
SHOWN_MAX = 12  # examples of each kind


def extract(maillon: str, records: list[dict]) -> list[dict]:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "records.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
        ran = subprocess.run([maillon, "extract", path, "--quiet"], capture_output=True, text=True)
    if ran.returncode not in (0, 3):
        sys.exit(ran.stderr)
    return [json.loads(line) for line in ran.stdout.splitlines()]


def report(name: str, text: str) -> dict:
    return {"id": name, "kind": "report", "narrative": text}


def host_of(url: str) -> str:
    host = re.sub(r"^[a-z]+://", "", url.strip().lower())
    return re.split(r"[/?#:]", host)[0].removeprefix("www.")


def digits_of(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    if digits.startswith("00"):
        digits = digits[2:]
    return "33" + digits[1:] if digits.startswith("0") else digits


def tail_of(url: str) -> str:
    """Path and query, without the slash that a normalised URL has after its host."""
    return re.sub(r"^([a-z]+://)?[^/?#]*", "", url.strip()).rstrip("/")


def sms_records(rows: list[dict]) -> list[dict]:
    """A message, or the messages of a thread; what the truth counts is in them."""
    speaker = {"scam": "suspect", "victim": "victim"}
    records = []
    for row in rows:
        thread = row.get("thread") or [["scam", row["text"]]]
        messages = [{"from": speaker.get(who, "other"), "text": text} for who, text in thread]
        records.append({"id": row["id"], "kind": "report", "messages": messages})
    return records


def measure_sms(maillon: str, data: pathlib.Path) -> dict:
    rows = [json.loads(line) for line in (data / SMS).read_text().splitlines() if line.strip()]
    found: dict[str, list[dict]] = {row["id"]: [] for row in rows}
    for mention in extract(maillon, sms_records(rows)):
        found[mention["record"]].append(mention)
    links = Counter()
    phones = Counter()
    for row in rows:
        mentions = found[row["id"]]
        links.take(
            row["id"],
            {(host_of(url), tail_of(url)) for url in row["urls"]},
            {(host_of(m["value"]), tail_of(m["value"])) for m in outermost_links(mentions)},
            counts_inventions=not row["masked"],  # a masked link has no truth
        )
        phones.take(
            row["id"],
            {digits_of(phone) for phone in row["phones"]},
            {digits_of(m["value"]) for m in mentions if m["type"] == "phone"},
        )
    return {"links": links.figures(), "call_back_numbers": phones.figures()}


def outermost_links(mentions: list[dict]) -> list[dict]:
    """URLs, and the domains that stand alone."""
    urls = [m for m in mentions if m["type"] == "url"]
    inside = [m for m in mentions if m["type"] in ("url", "email")]
    return urls + [
        m
        for m in mentions
        if m["type"] == "domain"
        and not any(
            o["field"] == m["field"] and o["start"] <= m["start"] and m["end"] <= o["end"]
            for o in inside
        )
    ]


class Counter:
    def __init__(self):
        self.right, self.missed, self.invented = 0, [], []

    def take(self, where: str, expected: set, found: set, counts_inventions: bool = True):
        self.right += len(expected & found)
        self.missed += [(where, value) for value in sorted(expected - found)]
        if counts_inventions:
            self.invented += [(where, value) for value in sorted(found - expected)]

    def figures(self) -> dict:
        expected = self.right + len(self.missed)
        told = self.right + len(self.invented)
        return {
            "expected": expected,
            "recall": self.right / expected if expected else 1.0,
            "precision": self.right / told if told else 1.0,
            "missed": self.missed[:SHOWN_MAX],
            "invented": self.invented[:SHOWN_MAX],
        }


def measure_ordinary(maillon: str, texts: list[str]) -> dict:
    mentions = extract(maillon, [report(f"t{n}", text) for n, text in enumerate(texts)])
    by_type: dict[str, int] = {}
    for mention in mentions:
        by_type[mention["type"]] = by_type.get(mention["type"], 0) + 1
    return {
        "texts": len(texts),
        "kilobytes": round(sum(len(text.encode()) for text in texts) / 1000),
        "mentions": len(mentions),
        "by_type": by_type,
        "examples": [(m["type"], m["written"]) for m in mentions[:SHOWN_MAX]],
    }


def csv_texts(path: pathlib.Path, column: str, keep=lambda row: True) -> list[str]:
    csv.field_size_limit(1 << 24)
    with path.open(newline="", encoding="utf-8", errors="replace") as file:
        return [row[column] for row in csv.DictReader(file) if keep(row) and row[column]]


def measure(maillon: str, data: pathlib.Path) -> dict:
    figures = {}
    if (data / SMS).exists():
        figures["french_sms"] = measure_sms(maillon, data)
    if (data / ORDINARY_FRENCH).exists():
        lines = (data / ORDINARY_FRENCH).read_text().splitlines()
        texts = [json.loads(line)["text"] for line in lines if line.strip()]
        figures["ordinary_french"] = measure_ordinary(maillon, texts)
    if (data / SMS_ENGLISH).exists():
        texts = csv_texts(data / SMS_ENGLISH, "text", lambda row: row["label"] == "ham")
        figures["ordinary_english_sms"] = measure_ordinary(maillon, texts)
    if (data / COMPLAINTS).exists():
        texts = csv_texts(data / COMPLAINTS, "Consumer complaint narrative")
        figures["complaints_with_masked_identifiers"] = measure_ordinary(maillon, texts)
    return figures


def print_table(figures: dict):
    for name, measured in figures.items():
        if name == "french_sms":
            for kind, counted in measured.items():
                print(
                    f"french SMS, {kind}: recall {counted['recall']:.3f} of {counted['expected']},"
                    f" precision {counted['precision']:.3f}"
                )
                print(f"    missed {counted['missed']}\n    invented {counted['invented']}")
        else:
            print(
                f"{name}: {measured['mentions']} mentions in {measured['texts']} texts"
                f" ({measured['kilobytes']} kB) {measured['by_type']}"
            )
            for kind, written in measured["examples"]:
                print(f"    {kind}: {written}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("maillon", help="the binary")
    parser.add_argument("data", type=pathlib.Path, help="the folder with the real messages")
    parser.add_argument("--json", action="store_true", help="figures for a program")
    given = parser.parse_args()
    figures = measure(given.maillon, given.data)
    if given.json:
        print(json.dumps(figures, indent=2, ensure_ascii=False))
    else:
        print_table(figures)


if __name__ == "__main__":
    main()
