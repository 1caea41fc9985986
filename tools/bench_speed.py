#!/usr/bin/env python3
"""`script/bench speed`: time and memory of the main job, and of extraction beside a bare scan.

MAILLON_BENCH_SIZES="10000,100000" measures other sizes than 10 thousand, 100 thousand, 1 million.
"""
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import bench_page
from bench_page import BUILD, MAILLON, table

SIZES = [int(n) for n in os.environ.get("MAILLON_BENCH_SIZES", "10000,100000,1000000").split(",")]
RUNS = 3  # the fastest of them counts: other work only ever adds time


def timed(*command) -> tuple[float, float]:
    """Seconds and peak MiB of one run."""
    begin = time.monotonic()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed with {process.returncode}: {' '.join(map(str, command))}")
    return time.monotonic() - begin, usage.ru_maxrss / 1024


def link_rows(folder: pathlib.Path) -> list[list]:
    rows = []
    for size in SIZES:
        world = folder / f"world{size}"
        timed(MAILLON, "synth", "--records", size, "--seed", 1, "--out", world, "--quiet")
        records = world / "records.jsonl"
        runs = []
        for _ in range(RUNS if size < 1_000_000 else 2):
            out = folder / "out"
            runs.append(timed(MAILLON, "link", records, "--out", out, "--quiet", "--no-report"))
        seconds, peak = min(runs)
        stages = json.loads((out / "summary.json").read_text())["seconds"]
        rows.append([size, records.stat().st_size, seconds, peak, stages])
        records.unlink()
    return rows


def growth(rows: list[list]) -> float:
    """Exponent n of time ~ records^n, by least squares over the sizes."""
    points = [(math.log(size), math.log(seconds)) for size, _, seconds, _, _ in rows]
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def link_section(rows: list[list]) -> str:
    shown = [
        [size, f"{read / 1e6:.0f}", f"{seconds:.2f}", f"{size / seconds:.0f}", f"{peak:.0f}",
         " ".join(f"{stage} {spent:.2f}" for stage, spent in stages.items() if stage != "total")]
        for size, read, seconds, peak, stages in rows
    ]  # fmt: skip
    text = "### From file to groups\n\n"
    text += "`maillon link` over invented declarations (seed 1), results written, without the\n"
    text += "report; the fastest of three runs (two at a million).\n\n"
    text += table(["records", "MB", "seconds", "records/s", "peak MiB", "seconds by stage"], shown)
    if len(rows) > 1:
        last = math.log(rows[-1][2] / rows[-2][2]) / math.log(rows[-1][0] / rows[-2][0])
        text += f"\nTime grows as n^{growth(rows):.2f} over all sizes, "
        text += f"n^{last:.2f} from the last but one to the last.\n"
    return text


def extraction_section() -> str:
    program = BUILD / "bench_extract"
    if not program.exists():
        return "### Extraction\n\nNot measured: this build has no bench_extract.\n"
    ran = subprocess.run([program], capture_output=True, text=True, check=True)
    # "what it is    64.6 MB/s   maillon is 1.0 times that"
    line = re.compile(r"(.+?)\s+([\d.]+) MB/s\s+maillon is ([\d.]+) times that")
    rows = [list(found.groups()) for found in map(line.fullmatch, ran.stdout.splitlines()) if found]
    if not rows:
        sys.exit("bench_extract said nothing that can be read")
    text = "### Extraction, one core, beside bare scans of the same text in the same run\n\n"
    return text + table(["what", "MB/s", "maillon is … times that"], rows)


def main() -> int:
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        rows = link_rows(pathlib.Path(folder))
    text = f"## Speed\n\n{bench_page.machine()}\n\n{link_section(rows)}\n{extraction_section()}"
    bench_page.replace_half("speed", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
