#!/usr/bin/env python3
"""A second reader of acknowledgements, written from docs/receipt.md alone: the standard library of
Python, and the command openssl for the signature. It shares nothing with the program it checks.

    independent_verifier.py receipt.json [ed25519:KEY] [evidence files…]

Prints what does not hold, one line each, and exits with 1; or "holds".
"""
import base64
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

# What stands before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410).
KEY_HEAD = bytes.fromhex("302a300506032b6570032100")
PROOF_MAX = 64  # hashes: a tree of 2**64 leaves
HEX = re.compile(r"[0-9a-f]{64}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes | None:
    """The root to which a proof leads (RFC 9162, 2.1.3.2); nothing when it has the wrong length."""
    if not 0 <= index < size:
        return None
    first, last, root = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return None
        if first & 1 or first == last:
            root = sha256(b"\x01", beside, root)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            root = sha256(b"\x01", root, beside)
        first, last = first >> 1, last >> 1
    return root if last == 0 else None


def is_signed(key: bytes, text: bytes, signature: bytes) -> bool:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "key.der").write_bytes(KEY_HEAD + key)
        (folder / "text").write_bytes(text)
        (folder / "signature").write_bytes(signature)
        done = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER",
             "-inkey", folder / "key.der", "-rawin", "-in", folder / "text",
             "-sigfile", folder / "signature"],
            capture_output=True, check=False,
        )  # fmt: skip
    return done.returncode == 0


def key_bytes(text: str) -> bytes:
    name, _, key = text.strip().partition(":")
    if name != "ed25519":
        raise ValueError("the key does not begin with ed25519:")
    return base64.b64decode(key, validate=True)


def digest(text: str) -> bytes:
    if not HEX.fullmatch(text):
        raise ValueError(f"{text!r} is no digest")
    return bytes.fromhex(text)


def faults_of(receipt: dict, published: str | None = None) -> list[str]:
    faults = []
    if receipt["maillon_receipt"] != 1:
        return ["another version"]
    key = key_bytes(receipt["public_key"])
    if published is not None and key_bytes(published) != key:
        faults.append("signed with another key")
        key = key_bytes(published)
    head = receipt["tree_head"]
    root, statement = digest(head["root"]), receipt["statement"].encode()
    proof = [digest(one) for one in receipt["inclusion_proof"]]
    if not TIME.fullmatch(head["time"]) or len(proof) > PROOF_MAX:
        return faults + ["not in the documented form"]
    signed = "\n".join([
        "maillon tree head v1", hashlib.sha256(key).hexdigest(), str(head["size"]),
        base64.b64encode(root).decode(), head["time"], "",
    ])  # fmt: skip
    if not is_signed(key, signed.encode(), base64.b64decode(head["signature"], validate=True)):
        faults.append("the signature does not hold")
    entry = sha256(b"maillon commitment v1\n", digest(receipt["salt"]), statement)
    leaf = sha256(b"\x00", entry)
    if root_of(leaf, receipt["leaf_index"], head["size"], proof) != root:
        faults.append("the statement did not enter the ledger at this place")
    facts = json.loads(statement)
    if set(facts) != {"act", "at", "files", "record", "reference", "text"}:
        faults.append("the statement has other fields")
    return faults


def main(arguments: list[str]) -> int:
    receipt = json.loads(pathlib.Path(arguments[0]).read_bytes())
    key = next((one for one in arguments[1:] if one.startswith("ed25519:")), None)
    try:
        faults = faults_of(receipt, key)
        files = json.loads(receipt["statement"])["files"]
    except (KeyError, TypeError, ValueError) as wrong:
        faults, files = [f"not in the documented form: {wrong}"], []
    for name in arguments[1:]:
        if name != key and hashlib.sha256(pathlib.Path(name).read_bytes()).hexdigest() not in files:
            faults.append(f"{name} is not among its files")
    print("\n".join(faults) or "holds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
