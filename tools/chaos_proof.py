"""What must hold after chaos: every promise is kept, by our own arithmetic and not the server's."""
import hashlib
import json
import pathlib
import random
import tempfile

import reporters
from support import Browser, Server

AT_ONCE = 2000  # references in one question: a command line has room for them
EXPORTED = 200  # declarations read back whole, of all
SIGNED = 100  # receipts whose signature the program checks, of all


def checks(server: Server, by_api: reporters.Acknowledged, by_page: reporters.Acknowledged):
    """Name, how many were looked at, how many of them are wrong."""
    for door, acknowledged in (("api", by_api), ("page", by_page)):
        references = list(acknowledged.references.values())
        yield f"acknowledged by {door}, each there once", len(references), misplaced(
            server, references)  # fmt: skip
        stored = int(server.sql(f"SELECT count(*) FROM declaration WHERE door = '{door}'"))
        yield f"stored by {door}, each acknowledged", stored, abs(stored - len(references))
    sample = random.sample(sorted(by_api.by_sender), min(EXPORTED, len(by_api)))
    yield "read back with the sender's id", len(sample), sum(
        sender_of(server, by_api.by_sender[sender]) != sender for sender in sample)  # fmt: skip
    verified = server.command("ledger", "verify", "--quiet", "--data", server.data, check=False)
    entries = int(server.sql("SELECT size FROM ledger.frontier"))
    yield "entries of the ledger, verified", entries, verified.returncode
    yield "acts, each an entry of the ledger", *acts_without_entry(server)
    receipts = [answer["receipt"] for answer in by_api.by_sender.values()]
    yield "receipts that fit the ledger", len(receipts), misfits(receipts, entries_of(server))
    signed = random.sample(receipts, min(SIGNED, len(receipts)))
    yield "receipts whose signature holds", len(signed), unsigned(server, signed)


def misplaced(server: Server, references: list[str]) -> int:
    """Acknowledged and not there, or not once."""
    there = 0
    for begin in range(0, len(references), AT_ONCE):
        named = ",".join(f"'{one}'" for one in references[begin : begin + AT_ONCE])
        there += int(server.sql(f"SELECT count(*) FROM declaration WHERE reference IN ({named})"))
    return abs(len(references) - there) + len(references) - len(set(references))


def sender_of(server: Server, answer: dict) -> str:
    follower = Browser(server)
    follower.follow(answer["reference"], answer["tracking_code"])
    exported = follower.open("/suivi/export")
    return exported.json["contact"]["sender_id"] if exported.status == 200 else ""


def acts_without_entry(server: Server) -> tuple[int, int]:
    acts, without = server.sql(
        "SELECT count(*), count(*) FILTER (WHERE e.index IS NULL) FROM act a"
        " LEFT JOIN ledger.entry e ON e.commitment = a.commitment"
    ).split("|")
    return int(acts), int(without)


def entries_of(server: Server) -> list[bytes]:
    rows = server.sql("SELECT encode(commitment, 'hex') FROM ledger.entry ORDER BY index")
    return [bytes.fromhex(row) for row in rows.splitlines()]


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def roots_of(entries: list[bytes]) -> list[bytes]:
    """The root of each size (RFC 9162 §2.1.1), from the peaks of the right edge."""
    roots, peaks = [hashlib.sha256(b"").digest()], []
    for index, entry in enumerate(entries):
        hash_ = hashlib.sha256(b"\0" + entry).digest()
        while index & 1:
            hash_ = node(peaks.pop(), hash_)
            index >>= 1
        peaks.append(hash_)
        root = peaks[-1]
        for peak in reversed(peaks[:-1]):
            root = node(peak, root)
        roots.append(root)
    return roots


def misfits(receipts: list[dict], entries: list[bytes]) -> int:
    """Receipts that are not of this log: another entry, or the root of another past."""
    roots = roots_of(entries)
    return sum(not fits(receipt, entries, roots) for receipt in receipts)


def fits(receipt: dict, entries: list[bytes], roots: list[bytes]) -> bool:
    salted = b"maillon commitment v1\n" + bytes.fromhex(receipt["salt"])
    entry = hashlib.sha256(salted + receipt["statement"].encode()).digest()
    index, head = receipt["leaf_index"], receipt["tree_head"]
    return (
        index < len(entries)
        and entries[index] == entry
        and head["size"] < len(roots)
        and roots[head["size"]].hex() == head["root"]
    )


def unsigned(server: Server, receipts: list[dict]) -> int:
    key = server.command("ledger", "key", "--data", server.data).stdout.strip()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "receipt.json"
        for receipt in receipts:
            file.write_text(json.dumps(receipt))
            done = server.command("receipt", "verify", file, "--key", key, check=False)
            wrong += done.returncode != 0
    return wrong
