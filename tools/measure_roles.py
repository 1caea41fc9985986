#!/usr/bin/env python3
"""How often "the scammer's or yours?" is proposed rightly, on the synthetic world.

measure_roles.py MAILLON [--records N] [--seed S] [--json]

Draws a world (`maillon synth`) and asks `maillon extract` for the identifiers of what each victim
tells, in two ways of filling in the complaint: the scammer's messages in the field made for them,
or everything pasted into the story. The role that comes first for a value is the one that the page
proposes; roles.csv of the world is the truth. What the world gives to nobody (platforms, helplines)
is not counted.
"""
import argparse
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
from collections import Counter

ROLES = ("suspect", "victim")


def run(*command) -> str:
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode not in (0, 3):
        sys.exit(ran.stderr)
    return ran.stdout


def in_two_fields(record: dict) -> dict:
    """The story in one field, the scammer's messages in another."""
    theirs = [m for m in record.get("messages", []) if m["from"] == "suspect"]
    return {"id": record["id"], "kind": "complaint", "lang": "fr",
            "narrative": record.get("narrative", ""), "messages": theirs}


def all_pasted(record: dict) -> dict:
    """Both sides' messages after the story, nobody saying who wrote what."""
    texts = [record.get("narrative", "")] + [m["text"] for m in record.get("messages", [])]
    return {"id": record["id"], "kind": "complaint", "lang": "fr", "narrative": "\n".join(texts)}


WAYS = {"messages in their field": in_two_fields, "all pasted into the story": all_pasted}


def proposed(maillon: str, records: list[dict], folder: pathlib.Path) -> dict[tuple, str]:
    """(record, type, value) → the role of its first mention."""
    path = folder / "told.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    out: dict[tuple, str] = {}
    for line in run(maillon, "extract", path, "--quiet").splitlines():
        mention = json.loads(line)
        out.setdefault((mention["record"], mention["type"], mention["value"]), mention["role"])
    return out


def figures(truth: dict[tuple, str], roles: dict[tuple, str]) -> dict:
    both = Counter((truth[key], roles[key]) for key in truth if key in roles)
    out: dict = {"found": sum(both.values())}
    for role in ROLES:
        right = both[role, role]
        said = sum(count for (_, by), count in both.items() if by == role)
        are = sum(count for (of, _), count in both.items() if of == role)
        out[role] = {"count": are, "precision": right / max(said, 1), "recall": right / max(are, 1)}
    return out


def measure(maillon: str, records: int, seed: int) -> dict:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        drawn = ("--records", str(records), "--seed", str(seed), "--out", name, "--quiet")
        run(maillon, "synth", *drawn)
        told = [json.loads(line) for line in (folder / "records.jsonl").open()]
        with (folder / "roles.csv").open() as rows:
            truth = {(r["id"], r["type"], r["value"]): r["role"] for r in csv.DictReader(rows)}
        return {name: figures(truth, proposed(maillon, [way(one) for one in told], folder))
                for name, way in WAYS.items()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("maillon")
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    measured = measure(given.maillon, given.records, given.seed)
    if given.json:
        print(json.dumps(measured))
        return
    for way, of_way in measured.items():
        print(f"{way}: {of_way['found']} identifiers")
        for role in ROLES:
            one = of_way[role]
            print(f"  {role}: {one['count']}, precision {one['precision']:.3f}, "
                  f"recall {one['recall']:.3f}")


if __name__ == "__main__":
    main()
