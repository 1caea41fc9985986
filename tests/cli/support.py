"""Drives the built binary from outside, as a user would: MAILLON names it.

Limits are on the process: address space and time. Under a sanitizer (MAILLON_SANITIZED) the address
space cannot be limited and everything is slower, so sizes shrink by `scaled`.
"""
import csv
import dataclasses
import json
import os
import pathlib
import resource
import signal
import subprocess
import tempfile
import time
import unittest

BINARY = os.environ.get("MAILLON", "build/release/maillon")
SANITIZED = bool(os.environ.get("MAILLON_SANITIZED"))
MIB = 1 << 20
SECONDS_MAX = 120


def scaled(count: int) -> int:
    """A size for the release binary; a twentieth of it under a sanitizer."""
    return count // 20 if SANITIZED else count


@dataclasses.dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str
    seconds: float
    peak_mib: float


def start(*arguments, stdin=subprocess.DEVNULL, out=None, err=None, memory_mib: int = 0):
    def limit():
        if memory_mib and not SANITIZED:
            resource.setrlimit(resource.RLIMIT_AS, (memory_mib * MIB, memory_mib * MIB))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    return subprocess.Popen(
        [BINARY, *map(str, arguments)], stdin=stdin, stdout=out, stderr=err, preexec_fn=limit
    )


def run(*arguments, stdin: bytes = b"", memory_mib: int = 0, seconds: float = SECONDS_MAX) -> Ran:
    """Runs to the end; more than `seconds` fails. Peak memory is the process's own."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, (
        tempfile.TemporaryFile()
    ) as given:
        given.write(stdin)
        given.seek(0)
        begin = time.monotonic()
        process = start(*arguments, stdin=given, out=out, err=err, memory_mib=memory_mib)
        code, usage = wait(process, seconds)
        spent = time.monotonic() - begin
        out.seek(0)
        err.seek(0)
        return Ran(
            code,
            out.read().decode(errors="replace"),
            err.read().decode(errors="replace"),
            spent,
            usage.ru_maxrss / 1024,
        )


def wait(process: subprocess.Popen, seconds: float):
    end = time.monotonic() + seconds
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage
        if time.monotonic() > end:
            process.send_signal(signal.SIGKILL)
            os.wait4(process.pid, 0)
            raise AssertionError(f"still running after {seconds} s: {process.args}")
        time.sleep(0.005)


def read_csv(path: pathlib.Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def read_jsonl(path: pathlib.Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def partition(groups_csv: pathlib.Path) -> set[frozenset[str]]:
    """The groups as sets of record ids, whatever the groups are called."""
    groups: dict[str, set[str]] = {}
    for row in read_csv(groups_csv):
        groups.setdefault(row["group_id"], set()).add(row["id"])
    return {frozenset(members) for members in groups.values()}


def complaint(name: str, narrative: str, day: int = 1, **fields) -> dict:
    return {
        "id": name,
        "kind": "complaint",
        "received_at": f"2026-03-{day:02}T10:00:00Z",
        "lang": "fr",
        "narrative": narrative,
    } | fields


def suspect(kind: str, value: str, **fields) -> dict:
    return {"type": kind, "value": value, "role": "suspect"} | fields


def write_jsonl(path: pathlib.Path, records) -> pathlib.Path:
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(record if isinstance(record, str) else json.dumps(record))
            file.write("\n")
    return path


class CommandTest(unittest.TestCase):
    """A test with a folder of its own, `self.folder`."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def link(self, *inputs, out: str = "out", code: int = 0, **limits) -> pathlib.Path:
        """Links and gives the output folder, after checking the promises of every run."""
        folder = self.folder / out
        ran = run("link", *inputs, "--out", folder, "--quiet", **limits)
        self.assertEqual(ran.code, code, ran.err)
        summary = json.loads((folder / "summary.json").read_text())
        groups = read_csv(folder / "groups.csv")
        rejects = read_jsonl(folder / "rejects.jsonl")
        self.assertEqual(summary["in"], summary["linked"] + summary["rejected"])
        self.assertEqual(summary["linked"], len(groups))
        self.assertEqual(summary["rejected"], len(rejects))
        self.assertEqual(len({row["id"] for row in groups}), len(groups), "an id twice")
        return folder


def main():
    unittest.main(verbosity=1)
