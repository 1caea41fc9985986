#!/usr/bin/env python3
"""Adds up what the steps of script/test ran.

count_tests.py COUNTS LOG [--failed]   appends the numbers found in LOG's closing lines to COUNTS;
                                       a failed step whose log shows no failing test counts as one
count_tests.py COUNTS --total          prints "N passed, N failed, N skipped"
"""
import pathlib
import re
import sys

CTEST_CLOSING = re.compile(r"^\d+% tests passed, (\d+) tests failed out of (\d+)$", re.MULTILINE)
CTEST_SKIPPED = re.compile(r"^\s*\d+ - .* \((Skipped|Disabled)\)$", re.MULTILINE)


def numbers(log: str) -> tuple[int, int, int]:
    """Passed, failed, skipped. ctest counts a skipped test among those that passed."""
    passed = failed = 0
    for closing in CTEST_CLOSING.finditer(log):
        failed += int(closing[1])
        passed += int(closing[2]) - int(closing[1])
    skipped = len(CTEST_SKIPPED.findall(log))
    return passed - skipped, failed, skipped


def main() -> int:
    counts = pathlib.Path(sys.argv[1])
    if sys.argv[2] == "--total":
        rows = [map(int, line.split()) for line in counts.read_text().splitlines()]
        passed, failed, skipped = (sum(column) for column in zip(*rows))
        print(f"{passed} passed, {failed} failed, {skipped} skipped")
        return 1 if failed or not passed else 0
    passed, failed, skipped = numbers(pathlib.Path(sys.argv[2]).read_text(errors="replace"))
    if "--failed" in sys.argv and failed == 0:
        failed = 1
    with counts.open("a") as out:
        out.write(f"{passed} {failed} {skipped}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
