#!/usr/bin/env python3
"""Reports go in while everything breaks; then nothing acknowledged is lost, and nothing is double.

chaos.py [SECONDS]      MAILLON names the binary

Clients report through the API and the pages and write every acknowledgement to a file. Meanwhile
the server is killed and stopped, its PostgreSQL and one of its processes are killed, the disk
fills and is emptied, the mail server hangs and refuses. At the end each acknowledged reference must
be there once, with what was sent; the ledger must hold, and each receipt must fit it
(tools/chaos_proof.py).
"""
import http.client
import itertools
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
os.environ.setdefault("MAILLON", str(ROOT / "build/release/maillon"))
sys.path.insert(0, str(ROOT / "tests/server"))
sys.dont_write_bytecode = True

import chaos_proof  # noqa: E402
import reporters  # noqa: E402
from support import Browser, Server, wait_for  # noqa: E402

API_THREADS = 4
PAGE_THREADS = 2
DISK_MIB = 640  # PostgreSQL with some minutes of reports
FULL_SECONDS = 3
RECORDS = 400
# What a visitor's browser meets while the server is away or is not what it should be.
BROKEN = (OSError, AssertionError, ValueError, http.client.HTTPException)


class Disk:
    """A small file system of its own for the data folder, which can be filled without harm."""

    def __init__(self, folder: pathlib.Path):
        self.folder, self.image = folder / "disk", folder / "image"
        self.folder.mkdir(mode=0o711)
        self.filler = self.folder / "filler"
        self.kind = self.mount()

    def mount(self) -> str:
        with self.image.open("wb") as image:
            image.truncate(DISK_MIB << 20)
        for kind, commands in {
            "ext4 on a loop device": [["mkfs.ext4", "-q", "-m", "0", self.image],
                                      ["mount", "-o", "loop", self.image, self.folder]],
            "tmpfs": [["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m,mode=711", "tmpfs",
                       self.folder]],
        }.items():  # fmt: skip
            if os.geteuid() == 0 and all(map(self.ran, commands)):
                self.folder.chmod(0o711)
                return kind
        return "none: this user cannot mount one, the disk is not filled"

    @staticmethod
    def ran(command) -> bool:
        try:
            return subprocess.run(command, capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            return False

    @property
    def can_fill(self) -> bool:
        return not self.kind.startswith("none")

    def fill(self) -> None:
        block = bytes(1 << 20)
        with self.filler.open("wb", buffering=0) as out:
            while block:
                try:
                    out.write(block)
                except OSError:  # full: the rest in smaller pieces
                    block = block[: len(block) // 2]

    def empty(self) -> None:
        self.filler.unlink(missing_ok=True)

    def close(self) -> None:
        if self.can_fill:
            subprocess.run(["umount", self.folder], check=False)


class Visitor(threading.Thread):
    """Reports page by page, with an address that the mail server takes, refuses or drops."""

    def __init__(self, number: int, server: Server, acknowledged: reporters.Acknowledged):
        super().__init__(daemon=True)
        self.number, self.server, self.acknowledged = number, server, acknowledged
        self.stopping = threading.Event()
        self.failure: str | None = None

    def run(self) -> None:
        for count in itertools.count():
            if self.stopping.is_set():
                return
            words = f"Visite {self.number}-{count}."
            try:
                self.acknowledged.add(words, self.report(words, count))
            except Exception as failure:  # told at the end
                self.failure = repr(failure)
                return

    def report(self, words: str, count: int) -> dict:
        name = ("ok", "busy", "refused", "drop", "late")[count % 5]
        while True:  # until the draft stands: nothing was acknowledged yet
            browser = Browser(self.server)
            try:
                for path, fields in {
                    "/signaler": {}, "/signaler/nature": {"nature": "arnaque"},
                    "/signaler/categorie": {"categorie": "phishing"},
                    "/signaler/recit": {"recit": words, "quand": "hier"},
                    "/signaler/argent": {"paye": "non"}, "/signaler/liens": {"liens": ""},
                    "/signaler/contacts": {"contacts": ""},
                    "/signaler/fichiers": {"continuer": "1"},
                    "/signaler/coordonnees": {
                        "contact": "courriel",
                        "courriel": f"{name}.{self.number}.{count}@courrier.example"},
                }.items():  # fmt: skip
                    if browser.path != path:
                        browser.open(path)
                    browser.submit(path, **fields)
                if browser.page.status == 200 and browser.path == "/signaler/relecture":
                    break
            except BROKEN:
                pass  # from the start again
            time.sleep(0.1)
        return self.send(browser)

    def send(self, browser: Browser) -> dict:
        """The same form again and again, as a person would, until the page with the code comes."""
        end = time.monotonic() + reporters.GIVE_UP_SECONDS
        while time.monotonic() < end:
            try:
                browser.submit("/signaler/envoyer", token=self.kept_token(browser))
                reference, code = browser.reference_and_code()
                return {"reference": reference, "tracking_code": code.replace(" ", "")}
            except BROKEN:
                time.sleep(0.1)
        raise AssertionError("a visitor was not acknowledged")

    @staticmethod
    def kept_token(browser: Browser) -> str:
        if not hasattr(browser, "kept"):
            browser.kept = browser.token()
        return browser.kept


class Chaos:
    """What breaks, one thing after the other; counts by what it was."""

    def __init__(self, server: Server, disk: Disk, sink: subprocess.Popen):
        self.server, self.disk, self.sink = server, disk, sink
        self.counts: dict[str, int] = {}
        self.longest_start = 0.0

    def run(self, seconds: float) -> None:
        acts = [self.kill_server, self.kill_database, self.fill_disk, self.kill_server,
                self.kill_backend, self.hang_mail, self.stop_server, self.kill_in_full_disk]
        end = time.monotonic() + seconds
        for act in itertools.cycle(acts):
            time.sleep(random.uniform(1.0, 3.0))
            if time.monotonic() > end:
                return
            act()
            if self.server.process.poll() is not None:
                self.count("server ended by itself")
                self.start()

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def start(self) -> None:
        began = time.monotonic()
        self.server.start()
        self.longest_start = max(self.longest_start, time.monotonic() - began)

    def kill_server(self) -> None:
        self.count("server killed")
        self.server.kill()
        self.start()

    def stop_server(self) -> None:
        self.count("server stopped")
        if self.server.stop() != 0:
            self.count("stopped, and did not end well")
        self.start()

    def kill_database(self) -> None:
        pid = self.server.data / "postgres/cluster/postmaster.pid"
        try:
            os.kill(int(pid.read_text().split()[0]), signal.SIGKILL)
            self.count("PostgreSQL killed")
        except (OSError, IndexError, ValueError):
            self.count("PostgreSQL was away already")

    def kill_backend(self) -> None:
        try:
            os.kill(int(self.server.sql(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1")), signal.SIGKILL)
            self.count("a process of PostgreSQL killed")
        except (OSError, AssertionError, StopIteration, ValueError):
            self.count("PostgreSQL was away already")

    def fill_disk(self) -> None:
        if self.disk.can_fill:
            self.count("disk filled")
            self.disk.fill()
            time.sleep(FULL_SECONDS)
            self.disk.empty()

    def kill_in_full_disk(self) -> None:
        if self.disk.can_fill:
            self.count("server killed with a full disk")
            self.disk.fill()
            time.sleep(1)
            self.server.kill()
            self.disk.empty()
            self.start()

    def hang_mail(self) -> None:
        self.count("mail server hung")
        self.sink.send_signal(signal.SIGSTOP)
        time.sleep(FULL_SECONDS)
        self.sink.send_signal(signal.SIGCONT)


def start_sink(folder: pathlib.Path) -> tuple[subprocess.Popen, str]:
    folder.mkdir()
    sink = subprocess.Popen(
        ["/usr/bin/python3", "-B", ROOT / "tests/support/smtp_sink.py", folder],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return sink, f"smtp://127.0.0.1:{sink.stdout.readline().strip()}"


def stream(records: list[dict], thread: int):
    """Invented declarations without end, each with an id of its own."""
    for number in itertools.count():
        yield {**records[(number * API_THREADS + thread) % len(records)],
               "id": f"C-{thread}-{number}"}  # fmt: skip


def run(folder: pathlib.Path, seconds: float) -> int:
    disk = Disk(folder)
    sink, smtp = start_sink(folder / "mails")
    server = Server(disk.folder, **{"mail.smtp": smtp})
    server.log = folder / "server.log"  # not on the disk that fills
    try:
        server.start()
        key = server.admin("api-key", "create", "chaos").stdout.strip()
        server.command("synth", "--records", RECORDS, "--out", folder / "world", "--quiet")
        lines = (folder / "world/records.jsonl").read_text().splitlines()
        records = [json.loads(line) for line in lines]
        by_api = reporters.Acknowledged(folder / "acknowledged.jsonl")
        by_page = reporters.Acknowledged(folder / "visits.jsonl")
        running = reporters.start(
            server, key, [stream(records, thread) for thread in range(API_THREADS)], by_api
        )
        visitors = [Visitor(number, server, by_page) for number in range(PAGE_THREADS)]
        for visitor in visitors:
            visitor.start()
        chaos = Chaos(server, disk, sink)
        chaos.run(seconds)
        wait_for(lambda: server.get("/readyz").status == 200)
        reporters.finish([*running, *visitors], stop=True)
        return judge(server, chaos, running, by_api, by_page)
    finally:
        disk.empty()
        server.stop()
        sink.send_signal(signal.SIGCONT)
        sink.stdin.close()
        sink.wait(20)
        disk.close()


def judge(server: Server, chaos: Chaos, running, by_api, by_page) -> int:
    answers: dict[str, int] = {}
    for reporter in running:
        for status, number in reporter.answers.items():
            answers[status] = answers.get(status, 0) + number
    for title, rows in {
        "what happened": {"data folder on": chaos.disk.kind, **chaos.counts,
                          "longest start, s": f"{chaos.longest_start:.1f}"},
        "what the API's clients saw": answers,
    }.items():  # fmt: skip
        print(f"\n{title}")
        for name, value in rows.items():
            print(f"  {name:<42} {value}")
    print("\nwhat must hold")
    faults = 0
    for name, value, wrong in chaos_proof.checks(server, by_api, by_page):
        faults += wrong > 0
        print(f"  {name:<42} {value:>8}   {'wrong: ' + str(wrong) if wrong else 'none wrong'}")
    print("\nnothing lost, nothing double" if not faults else f"\n{faults} checks failed")
    return 1 if faults else 0


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    folder = pathlib.Path(tempfile.mkdtemp(prefix="maillon-chaos-"))
    folder.chmod(0o711)
    failed = True
    try:
        failed = run(folder, seconds) != 0
    finally:
        if failed:
            print(f"kept for a look: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
