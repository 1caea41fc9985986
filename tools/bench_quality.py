#!/usr/bin/env python3
"""`script/bench quality [PART…]`: how right extraction and grouping are.

On the real data of MAILLON_SHARED_DATA (or ../shared/data) when it is there, and on invented
worlds. MAILLON_BENCH_WORLDS="100000:1,100000:2" chooses the worlds (records:seed). A PART is
vectors, extraction, collections, check, roles or worlds: those are measured, the others stay as they
were.
"""
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import bench_check
import bench_page
import shared_collections
from bench_page import BUILD, MAILLON, table

WORLDS = [
    tuple(map(int, world.split(":")))
    for world in os.environ.get(
        "MAILLON_BENCH_WORLDS", "100000:1,100000:2,100000:3,1000000:1"
    ).split(",")
]
ROLE_SEEDS = (11, 12)
SCORE_COLUMNS = [
    "records", "pair P", "pair R", "pair F1", "B³ P", "B³ R", "B³ F1", "false merges",
    "largest group", "largest impure",
]  # fmt: skip


def run(*command, **options) -> str:
    ran = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
    if ran.returncode not in (0, 3):  # 3: done, and some records were rejected
        sys.exit(f"failed with {ran.returncode}: {' '.join(map(str, command))}\n{ran.stderr}")
    return ran.stdout


def link_and_score(records, truth: pathlib.Path, out: pathlib.Path, *options) -> tuple[dict, dict]:
    """Figures of `maillon score` and the run's summary."""
    run(MAILLON, "link", records, "--out", out, "--quiet", "--no-report", *options)
    figures = json.loads(run(MAILLON, "score", truth, out / "groups.csv", "--json"))
    return figures, json.loads((out / "summary.json").read_text())


def score_row(name: str, figures: dict) -> list:
    pair, b_cubed = figures["pairwise"], figures["b_cubed"]
    return [
        name, figures["records"],
        *(float(pair[k]) for k in ("precision", "recall", "f1")),
        *(float(b_cubed[k]) for k in ("precision", "recall", "f1")),
        f"{100 * figures['false_merge_rate']:.3f} %",
        figures["largest_group"], figures["largest_impure_group"],
    ]  # fmt: skip


def vectors_section(data: pathlib.Path) -> str:
    """The unit tests that say which published "set" they read and how many "cases" of it."""
    listing = run("ctest", "--test-dir", BUILD, "-L", "vectors", "--show-only=json-v1")
    rows = sorted(
        [test["set"], int(test["cases"]), len(test.get("failures", []))]
        for described in json.loads(listing)["tests"]
        for test in unit_tests(pathlib.Path(described["command"][0]), data)
        if "cases" in test
    )
    if not rows:
        sys.exit("no test read a published vector: is the target vector_tests built?")
    text = "### Identifiers: published vectors\n\n"
    text += "The standards' and libraries' own vectors, read by the unit tests; wrong: checks of\n"
    text += "them that failed.\n\n"
    return text + table(["set", "cases", "wrong"], rows)


def unit_tests(program: pathlib.Path, data: pathlib.Path) -> list[dict]:
    """Each test that ran, with what it recorded of itself."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        ran = subprocess.run(
            [program, f"--gtest_output=json:{report}"],
            capture_output=True, env=os.environ | {"MAILLON_SHARED_DATA": str(data)},
        )  # fmt: skip
        if ran.returncode not in (0, 1):  # 1: some test failed
            sys.exit(f"failed with {ran.returncode}: {program}")
        suites = json.loads(report.read_text())["testsuites"]
    return [test for suite in suites for test in suite["testsuite"]]


def extraction_section(data: pathlib.Path) -> str:
    """Counts only: what was missed or invented in real messages stays in the tool's own output."""
    tool = bench_page.ROOT / "tools/measure_extraction.py"
    measured = json.loads(run(sys.executable, tool, MAILLON, data, "--json"))
    rows = [
        [what.replace("_", " "), each["expected"], float(each["precision"]), float(each["recall"])]
        for what, each in measured["french_sms"].items()
    ]
    text = "### Extraction from real messages\n\nFrench scam SMS, whose links and call-back numbers"
    text += " are known:\n\n"
    text += table(["what", "expected", "precision", "recall"], rows)
    text += "\nTexts in which next to nothing is to be found:\n\n"
    rows = [
        [name.replace("_", " "), each["texts"], each["kilobytes"], each["mentions"],
         ", ".join(f"{kind} {count}" for kind, count in each["by_type"].items()) or "none"]
        for name, each in measured.items() if name != "french_sms"
    ]  # fmt: skip
    return text + table(["texts", "number", "kB", "mentions", "by type"], rows)


def collections_section(data: pathlib.Path, folder: pathlib.Path) -> str:
    rows, notes = [], []
    for collection in shared_collections.ALL:
        inputs, truth, note = collection(data, folder)
        name = collection.__name__.replace("_", " ")
        figures, summary = link_and_score(inputs, truth, folder / f"out-{collection.__name__}")
        rows.append(score_row(name, figures["all"]))
        notes.append(
            f"- {name}: {note} In {summary['in']}, linked {summary['linked']}, "
            f"rejected {summary['rejected']}."
        )
    text = "### Grouping of real messages\n\n" + table(["set", *SCORE_COLUMNS], rows)
    return text + "\n" + "\n".join(notes) + "\n"


def baseline_rows(world: pathlib.Path, records: int) -> list[list]:
    """Other policies over the same identifiers: bench_link_baselines prints them as CSV."""
    program = BUILD / "bench_link_baselines"
    if not program.exists():
        return []
    files = (world / name for name in ("records.jsonl", "truth.csv", "world.json"))
    rows = []
    for row in csv.DictReader(io.StringIO(run(program, *files))):
        rates = [float(row[k]) for k in ("pair_p", "pair_r", "pair_f1", "b3_p", "b3_r", "b3_f1")]
        false_merges = f"{100 * float(row['false_merge']):.3f} %"
        rows.append([row["policy"], records, *rates, false_merges, int(row["largest"]), ""])
    return rows


def worlds_section(folder: pathlib.Path) -> str:
    text = "### Grouping of invented worlds\n\n"
    text += "`maillon synth`, then `maillon link` with and without the shipped priors, beside\n"
    text += "other policies over the same extracted identifiers. The oracle is told who is who.\n"
    for records, seed in WORLDS:
        world = folder / f"world-{records}-{seed}"
        run(MAILLON, "synth", "--records", records, "--seed", seed, "--out", world, "--quiet")
        rows, by_kind = [], []
        for name, options in (("maillon", ()), ("maillon --no-priors", ("--no-priors",))):
            figures, _ = link_and_score(
                world / "records.jsonl", world / "truth.csv", folder / "out", *options
            )
            rows.append(score_row(f"**{name}**", figures["all"]))
            if not options:
                by_kind = [score_row(k, f) for k, f in figures["by_kind"].items()]
        rows += baseline_rows(world, records)
        thousands = f"{records:,}".replace(",", " ")
        text += f"\n#### {thousands} declarations, seed {seed}\n\n"
        text += table(["policy", *SCORE_COLUMNS], rows)
        if (records, seed) == WORLDS[-1]:
            text += "\nBy kind of scam, with priors:\n\n" + table(["kind", *SCORE_COLUMNS], by_kind)
        for path in world.iterdir():
            path.unlink()
    return text


def roles_section() -> str:
    """The proposals of the complaint's page, "the scammer's or yours?"."""
    text = "### The scammer's, or yours?\n\nWhat a complaint proposes for each identifier of an "
    text += "invented world's 20 000 declarations,\nbefore the person answers; what nobody owns "
    text += "(platforms, helplines) is left out.\n\n"
    rows = []
    for seed in ROLE_SEEDS:
        tool = bench_page.ROOT / "tools/measure_roles.py"
        measured = json.loads(run(sys.executable, tool, MAILLON, "--seed", str(seed), "--json"))
        for way, of_way in measured.items():
            for role, whose in (("suspect", "the scammer's"), ("victim", "the declarant's")):
                one = of_way[role]
                rows.append([seed, way, whose, one["count"], one["precision"], one["recall"]])
    return text + table(["seed", "filled in", "whose", "number", "precision", "recall"], rows)


def main() -> int:
    data = bench_page.shared_data()
    with tempfile.TemporaryDirectory(dir=BUILD) as name:
        folder = pathlib.Path(name)
        parts = {"roles": roles_section, "worlds": lambda: worlds_section(folder)}
        if data is not None:
            parts = {
                "vectors": lambda: vectors_section(data),
                "extraction": lambda: extraction_section(data),
                "collections": lambda: collections_section(data, folder),
                "check": lambda: bench_check.section(bench_check.all_corpora(data))[0],
            } | parts
        wanted = sys.argv[1:] or list(parts)
        if unknown := [part for part in wanted if part not in parts]:
            sys.exit(f"no such part, or the shared data is not there: {' '.join(unknown)}")
        sections = [parts[part]() for part in wanted]
    if sys.argv[1:]:
        for section in sections:
            bench_page.replace_part("quality", section)
        return 0
    text = f"## Quality\n\n{bench_page.machine()}\n\n"
    if data is None:
        text += "The shared data was not there: only invented worlds were measured.\n\n"
    bench_page.replace_half("quality", text + "\n".join(sections))
    return 0


if __name__ == "__main__":
    sys.exit(main())
