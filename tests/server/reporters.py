"""Clients that report through the API, try again until they are acknowledged, and remember."""
import http.client
import json
import pathlib
import threading
import time
import uuid

from support import Server

GIVE_UP_SECONDS = 120  # a server that answers nobody for so long has failed


class Acknowledged:
    """What the service has promised: a line of `log` is written once it has answered 201."""

    def __init__(self, log: pathlib.Path | None = None):
        self.lock = threading.Lock()
        self.by_sender: dict[str, dict] = {}
        self.log = log

    def add(self, sender: str, answer: dict) -> None:
        with self.lock:
            self.by_sender[sender] = answer
            if self.log:
                with self.log.open("a") as out:
                    out.write(json.dumps({"sender": sender, **answer}) + "\n")

    def __len__(self) -> int:
        return len(self.by_sender)

    @property
    def references(self) -> dict[str, str]:
        """Reference by sender's id."""
        return {sender: answer["reference"] for sender, answer in self.by_sender.items()}


class Reporter(threading.Thread):
    """Sends records one after the other over one connection, each until it is acknowledged."""

    def __init__(self, server: Server, key: str, records, acknowledged: Acknowledged):
        super().__init__(daemon=True)
        self.server, self.key, self.records = server, key, records
        self.acknowledged = acknowledged
        self.connection: http.client.HTTPConnection | None = None
        self.answers: dict[str, int] = {}  # by status, or the name of what broke
        self.failure: str | None = None
        self.stopping = threading.Event()

    def run(self) -> None:
        try:
            for record in self.records:
                if self.stopping.is_set():
                    break
                self.report(record)
        except Exception as failure:  # told by the one who joins
            self.failure = repr(failure)
        finally:
            self.close()

    def report(self, record: dict) -> None:
        once, end = uuid.uuid4().hex, time.monotonic() + GIVE_UP_SECONDS
        body = json.dumps(record).encode()
        while time.monotonic() < end:
            status, answer = self.send(once, body)
            self.answers[status] = self.answers.get(status, 0) + 1
            if status == "201":
                self.acknowledged.add(record["id"], json.loads(answer))
                return
            if status in ("400", "401", "409", "422"):
                raise AssertionError(f"{status}: {answer[:400]!r}")
            time.sleep(0.05)
        raise AssertionError(f"{record['id']} was not acknowledged in {GIVE_UP_SECONDS} s")

    def send(self, once: str, body: bytes) -> tuple[str, bytes]:
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(
                    "127.0.0.1", self.server.port, timeout=30
                )
            self.connection.request(
                "POST", "/api/v1/reports", body,
                {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json",
                 "Idempotency-Key": once},
            )  # fmt: skip
            answer = self.connection.getresponse()
            return str(answer.status), answer.read()
        except (OSError, http.client.HTTPException) as broken:
            self.close()
            return type(broken).__name__, b""

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def start(server: Server, key: str, streams, acknowledged: Acknowledged) -> list[Reporter]:
    reporters = [Reporter(server, key, records, acknowledged) for records in streams]
    for reporter in reporters:
        reporter.start()
    return reporters


def finish(reporters: list[Reporter], stop: bool = False) -> None:
    for reporter in reporters:
        if stop:
            reporter.stopping.set()
    for reporter in reporters:
        reporter.join()
    failures = [reporter.failure for reporter in reporters if reporter.failure]
    if failures:
        raise AssertionError("; ".join(failures))


def send_all(server: Server, key: str, records: list[dict], threads: int = 4) -> Acknowledged:
    acknowledged = Acknowledged()
    finish(start(server, key, [records[i::threads] for i in range(threads)], acknowledged))
    return acknowledged


def linked_up(server: Server) -> bool:
    """Whether the groups take in the last change of the declarations."""
    return server.sql(
        "SELECT (SELECT change_number FROM linking_state) >="
        " (SELECT coalesce(max(number), 0) FROM declaration_change)"
    ) == "t"  # fmt: skip


def partition(server: Server, references: dict[str, str]) -> set[frozenset[str]]:
    """The groups of two or more, by the senders' ids."""
    senders = {reference: sender for sender, reference in references.items()}
    groups: dict[str, set[str]] = {}
    rows = server.sql(
        "SELECT group_name, declaration FROM group_member WHERE group_name IS NOT NULL"
    )
    for row in rows.splitlines():
        name, reference = row.split("|")
        groups.setdefault(name, set()).add(senders.get(reference, reference))
    return {frozenset(members) for members in groups.values()}
