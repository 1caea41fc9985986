#!/usr/bin/env python3
"""Runs clang-tidy over the sources of a build folder, only where something changed.

A source that passed is remembered in BUILD/clang-tidy/ under the hash of everything its verdict
depends on: itself, the headers of ours that it includes (as ninja recorded them), .clang-tidy and
the tool's version. One that was not built yet is checked, not remembered: nobody knows its headers.
With --seconds the run ends in time and names the sources it did not reach. Those that failed last
time and those never checked come first, by chance otherwise, so that a machine too slow for all of
them does not leave the same ones out every time.
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import time

TOOL = "clang-tidy-19"
ROOT = pathlib.Path(__file__).resolve().parent.parent


def recorded_headers(build: pathlib.Path) -> dict[str, list[str]]:
    """Object file -> our own files it was made from."""
    listing = subprocess.run(
        ["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True, check=True
    ).stdout
    made_from: dict[str, list[str]] = {}
    current: list[str] = []
    for line in listing.splitlines():
        if line and not line.startswith(" "):
            current = made_from.setdefault(line.split(":")[0], [])
        elif line.strip():
            path = pathlib.Path(os.path.normpath(build / line.strip()))
            if path.is_relative_to(ROOT) and not path.is_relative_to(ROOT / "build"):
                current.append(str(path))
    return made_from


def wanted_sources(build: pathlib.Path) -> dict[str, str]:
    """Source -> object, for our own C++ (not generated code, not the header proofs)."""
    sources = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["file"])
        ours = path.is_relative_to(ROOT) and not path.is_relative_to(build)
        if ours and "third_party" not in path.parts:
            sources[str(path)] = re.search(r" -o (\S+)", entry["command"])[1]
    return sources


def fingerprint(source: str, headers: list[str], salt: bytes) -> str:
    digest = hashlib.sha256(salt)
    for path in sorted({source, *headers}):
        digest.update(path.encode() + b"\0")
        if os.path.exists(path):
            digest.update(pathlib.Path(path).read_bytes())
    return digest.hexdigest()


def check(build: pathlib.Path, source: str) -> tuple[str, bool, str]:
    run = subprocess.run(
        [TOOL, "--quiet", "-p", build, source], capture_output=True, text=True, cwd=ROOT
    )
    return source, run.returncode == 0, run.stdout or run.stderr


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--build", type=pathlib.Path, default=ROOT / "build/dev")
    arguments.add_argument("--seconds", type=int, default=0, help="0: no limit")
    arguments.add_argument("--jobs", type=int, default=os.cpu_count(), help="sources at a time")
    given = arguments.parse_args()
    build = given.build.resolve()
    memory = build / "clang-tidy"
    memory.mkdir(exist_ok=True)

    version = subprocess.run([TOOL, "--version"], capture_output=True, check=True).stdout
    salt = version + (ROOT / ".clang-tidy").read_bytes()
    headers = recorded_headers(build)
    todo = []
    wanted = wanted_sources(build)
    for source, made in wanted.items():
        mark = memory / hashlib.sha256(source.encode()).hexdigest()
        print_of_it = fingerprint(source, headers[made], salt) if made in headers else "not built"
        known = mark.read_text() if mark.exists() else ""
        if known != print_of_it or made not in headers:
            todo.append((known not in ("", "failed"), random.random(), source, mark, print_of_it))
    todo.sort()

    end = time.monotonic() + (given.seconds or 10**9)
    marks = {source: (mark, print_of_it) for _, _, source, mark, print_of_it in todo}
    left = set(marks)
    failed = passed = 0

    def one(source: str) -> tuple[str, bool, str] | None:
        return None if time.monotonic() > end else check(build, source)

    with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        for outcome in pool.map(one, marks):
            if outcome is None:
                continue
            source, clean, said = outcome
            left.remove(source)
            mark, print_of_it = marks[source]
            mark.write_text(print_of_it if clean else "failed")
            passed += clean
            failed += not clean
            if not clean:
                print(said, flush=True)
    for source in sorted(left):
        print(f"not reached in the time given: {os.path.relpath(source, ROOT)}")
    unchanged = len(wanted) - len(marks)
    print(
        f"clang-tidy: {passed} clean, {failed} with faults, {unchanged} unchanged since clean, "
        f"{len(left)} NOT CHECKED"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
