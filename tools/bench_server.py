#!/usr/bin/env python3
"""`script/bench server`: reports and pages a second, memory, and how soon a report is linked.

MAILLON_BENCH_SECONDS=3 and MAILLON_BENCH_DECLARATIONS=2000 make it small, for trying.
"""
import csv
import json
import math
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time

import bench_load
import bench_page
from bench_page import MAILLON, ROOT, table

os.environ.setdefault("MAILLON", str(MAILLON))
sys.path.insert(0, str(ROOT / "tests/server"))

from support import Server, free_port, wait_for  # noqa: E402

SECONDS = float(os.environ.get("MAILLON_BENCH_SECONDS", "20"))
DECLARATIONS = int(os.environ.get("MAILLON_BENCH_DECLARATIONS", "100000"))
CONNECTIONS = 16
SUBMISSIONS = 30
LINKED_MAX_SECONDS = 60
TARGET_PER_SECOND, TARGET_LINKED = 300, 5


class Bench:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.server = Server(folder, **{"http.connections_per_client_max": "1000",
                                        "log.level": "warning"})  # fmt: skip

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    @property
    def sockets(self) -> pathlib.Path:
        return next(self.server.data.glob("postgres/**/.s.PGSQL.*")).parent

    def key(self) -> str:
        return self.server.admin("api-key", "create", f"bench{time.time_ns()}").stdout.strip()

    def memory(self) -> tuple[float, float]:
        """MiB of the server and of PostgreSQL, at this moment."""
        postmaster = int((self.server.data / "postgres/cluster/postmaster.pid")
                         .read_text().split()[0])  # fmt: skip
        return (bench_load.resident_mib([self.server.process.pid]),
                bench_load.resident_mib(bench_load.family(postmaster)))  # fmt: skip

    def world(self, size: int) -> pathlib.Path:
        world = self.folder / f"world{size}"
        self.server.command("synth", "--records", size, "--seed", 3, "--out", world, "--quiet")
        return world

    def count(self) -> int:
        return int(self.server.sql("SELECT count(*) FROM declaration"))


def wait_until_linked(server: Server, seconds: float = 1800) -> float:
    began = time.monotonic()
    query = ("SELECT (SELECT change_number FROM linking_state) >="
             " (SELECT coalesce(max(number), 0) FROM declaration_change)")  # fmt: skip
    if not wait_for(lambda: server.sql(query) == "t", seconds, 0.2):
        sys.exit("the declarations were not linked")
    return time.monotonic() - began


def reports_section(bench: Bench) -> tuple[str, float]:
    records = (bench.world(1000) / "records.jsonl").read_text().splitlines()
    rows, best = [], 0.0
    for connections in (1, CONNECTIONS, 4 * CONNECTIONS):
        inserts = bench_load.inserts_per_second(
            bench.sockets, bench.folder, min(connections, CONNECTIONS), SECONDS, 1024)  # fmt: skip
        script = bench_load.posting(bench.folder, records, bench.key(), f"c{connections}")
        before = bench.count()
        load = bench_load.wrk(bench.url, connections, SECONDS, script)
        stored = (bench.count() - before) / SECONDS
        best = max(best, stored)
        rows.append([connections, f"{stored:.0f}", f"{load.p50:.1f}", f"{load.p99:.1f}",
                     f"{inserts:.0f}", f"{stored / inserts:.3f}", load.faults or "none"])
        wait_until_linked(bench.server)
    text = "### Reports a second\n\n"
    text += "`POST /api/v1/reports` with invented declarations, each acknowledged once it is\n"
    text += "durable, linked in the background; wrk on the same two cores. Reference: durable\n"
    text += "inserts of one row of 1 kB by pgbench in the same PostgreSQL, as many connections,\n"
    text += f"at most {CONNECTIONS}.\n\n"
    text += table(["connections", "reports/s", "p50 ms", "p99 ms", "inserts/s", "ratio", "faults"],
                  rows)  # fmt: skip
    verdict = "reached" if best >= TARGET_PER_SECOND else "missed"
    return text + f"\nTarget {TARGET_PER_SECOND} a second: {verdict} ({best:.0f}).\n", best


def pages_section(bench: Bench) -> str:
    page = bench.server.get("/").body
    nginx = bench_load.Nginx(bench.folder, free_port(), page)
    records = (bench.folder / "world1000/records.jsonl").read_text().splitlines()
    script = bench_load.posting(bench.folder, records, bench.key(), "pages")
    try:
        rows, loads = [], {}
        for name, url in (("nginx, the same bytes", nginx.url), ("home page", bench.url + "/")):
            loads[name] = bench_load.wrk(url, CONNECTIONS, SECONDS)
        with subprocess.Popen(
            list(map(str, bench_load.command(bench.url, CONNECTIONS, SECONDS + 4, script))),
            stdout=subprocess.DEVNULL,
        ) as reports:
            time.sleep(2)
            name = "home page, while reports go in"
            loads[name] = bench_load.wrk(bench.url + "/", CONNECTIONS, SECONDS)
            reports.wait()
        reference = loads["nginx, the same bytes"]
        for name, load in loads.items():
            rows.append([name, f"{load.per_second:.0f}", f"{load.p50:.2f}", f"{load.p99:.2f}",
                         f"{load.per_second / reference.per_second:.3f}",
                         f"{load.p99 / reference.p99:.1f}", load.faults or "none"])  # fmt: skip
    finally:
        nginx.stop()
    wait_until_linked(bench.server)
    return (
        f"### Pages\n\nThe home page, {len(page)} bytes, made anew for each request, without rate\n"
        f"limit; {CONNECTIONS} connections. Reference: nginx, two workers, one file of these bytes."
        "\n\n"
        + table(["what", "requests/s", "p50 ms", "p99 ms", "ratio of requests/s", "ratio of p99",
                 "faults"], rows)
    )  # fmt: skip


class Asking:
    """One connection to the database that stays open: asking costs no new process."""

    def __init__(self, sockets: pathlib.Path):
        self.psql = subprocess.Popen(
            ["psql", "-X", "-q", "-A", "-t", "-h", sockets, "-U", "maillon", "maillon"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, query: str) -> str:
        self.psql.stdin.write(query + ";\n")
        self.psql.stdin.flush()
        return self.psql.stdout.readline().strip()

    def close(self) -> None:
        self.psql.stdin.close()
        self.psql.wait(20)


def witnesses(world: pathlib.Path) -> list[dict]:
    """Declarations of groups of ten or more, so that one more of them has company."""
    with (world / "truth.csv").open() as file:
        groups: dict[str, list[str]] = {}
        for row in csv.DictReader(file):
            groups.setdefault(row["group"], []).append(row["id"])
    ids = {members[0] for members in groups.values() if len(members) >= 10}
    chosen = set(random.Random(1).sample(sorted(ids), min(SUBMISSIONS, len(ids))))
    with (world / "records.jsonl").open() as file:
        return [record for record in map(json.loads, file) if record["id"] in chosen]


def seconds_to_group(bench: Bench, records: list[dict]) -> tuple[list[float], int]:
    """From sending a report to tables that take it in; and how many were put with others."""
    key, asking, times, together = bench.key(), Asking(bench.sockets), [], 0
    try:
        for number, record in enumerate(records):
            began = time.monotonic()
            answer = bench.server.post_report(key, {**record, "id": f"late-{number}"})
            reference = answer.json["reference"]
            change = asking.ask("SELECT max(number) FROM declaration_change WHERE declaration_id ="
                                f" (SELECT id FROM declaration WHERE reference = '{reference}')")
            linked = f"SELECT change_number >= {change} FROM linking_state"
            wait_for(lambda q=linked: asking.ask(q) == "t", LINKED_MAX_SECONDS, 0.02)
            times.append(time.monotonic() - began)
            together += int(asking.ask("SELECT count(group_name) FROM group_member"
                                       f" WHERE declaration = '{reference}'"))  # fmt: skip
            time.sleep(random.uniform(0, 1.5))  # at any moment of the engine's round
    finally:
        asking.close()
    return sorted(times), together


def linking_section(bench: Bench) -> str:
    server, world = bench.server, bench.world(DECLARATIONS)
    began = time.monotonic()
    loaded = server.admin("load", world / "records.jsonl", "--quiet")
    load_seconds = time.monotonic() - began
    taken = int(re.match(r"(\d+) taken", loaded.stdout)[1])
    behind = wait_until_linked(server)
    server.stop()
    began = time.monotonic()
    server.start()
    ready = time.monotonic() - began
    filled = wait_for(lambda: metric(server, "maillon_linking_declarations") >= taken, 1800, 0.2)
    filled_seconds = time.monotonic() - began
    if not filled:
        sys.exit("the engine's memory was not filled")
    times, together = seconds_to_group(bench, witnesses(world))
    own, postgres = bench.memory()
    p99 = times[math.ceil(len(times) * 0.99) - 1]
    rows = [
        ["`maillon admin load`, seconds", f"{load_seconds:.0f}"],
        ["loaded a second", f"{taken / load_seconds:.0f}"],
        ["then linked after, seconds", f"{behind:.1f}"],
        ["restart to the first page, seconds", f"{ready:.1f}"],
        ["restart to all groups in memory, seconds", f"{filled_seconds:.1f}"],
        ["from submission to group, p50 seconds", f"{statistics.median(times):.2f}"],
        ["from submission to group, p99 seconds", f"{p99:.2f}"],
        ["of those submitted, put with others", f"{together} of {len(times)}"],
        ["memory of the server, MiB", f"{own:.0f}"],
        ["memory of PostgreSQL, MiB", f"{postgres:.0f}"],
    ]
    verdict = "reached" if times[-1] < TARGET_LINKED else "missed"
    return (
        f"### With {taken:,} declarations\n\n".replace(",", " ")
        + "Loaded while the server runs and links; then one more declaration of a known gang at a\n"
        "time, until the tables of groups take it in.\n\n"
        + table(["what", "value"], rows)
        + f"\nTarget {TARGET_LINKED} seconds: {verdict}.\n"
    )


def metric(server: Server, name: str) -> float:
    found = re.search(rf"^{name} ([\d.e+]+)$", server.get("/metrics").text, re.MULTILINE)
    return float(found[1]) if found else -1


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="maillon-bench-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o711)
        bench = Bench(folder)
        bench.server.start()
        try:
            at_rest = bench.memory()
            reports, _ = reports_section(bench)
            after = bench.memory()
            parts = [reports, pages_section(bench), linking_section(bench)]
        finally:
            bench.server.stop()
    load = os.getloadavg()[0]
    memory = (
        f"Memory: {at_rest[0]:.0f} MiB for the server and {at_rest[1]:.0f} MiB for PostgreSQL at\n"
        f"rest, {after[0]:.0f} and {after[1]:.0f} MiB after the reports.\n"
    )
    text = f"## Server\n\n{bench_page.machine()}\n\n" + "\n".join([*parts[:2], memory, parts[2]])
    bench_page.replace_half("server", text)
    print(f"load of the machine at the end: {load:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
