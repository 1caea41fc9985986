#!/usr/bin/env python3
"""An SMTP server for tests, that writes what it takes to a folder.

smtp_sink.py FOLDER [--tls]

Listens on a free port of 127.0.0.1, says its number on standard output, and ends with its
standard input. Each message becomes FOLDER/<number>.json as Python's own library reads it
(headers, text, html, the longest line) beside FOLDER/<number>.eml, its bytes. What it does with a
message depends on the recipient's local part:

    busy…      451 the first time, then takes it
    refused…   550 to RCPT
    late…      550 after the content
    drop…      hangs up during the content, the first time; it is kept all the same
    anything   takes it

With --tls it offers STARTTLS with a certificate of its own, in FOLDER/certificate.pem, and takes
mail of the user `sender` with the password `secret` only.
"""
import asyncio
import email
import email.policy
import json
import pathlib
import ssl
import subprocess
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Sink:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.seen: set[str] = set()
        self.written = 0

    def first_time(self, address: str) -> bool:
        before = address in self.seen
        self.seen.add(address)
        return not before

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 no such mailbox here"
        if address.startswith("busy") and self.first_time(address):
            return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        if address.startswith("late"):
            return "550 not with this content"
        self.write(session, envelope)
        if address.startswith("drop") and self.first_time(address):
            server.transport.abort()
        return "250 OK"

    def write(self, session, envelope) -> None:
        content = envelope.original_content
        mail = email.message_from_bytes(content, policy=email.policy.default)
        text = mail.get_body(("plain",))
        html = mail.get_body(("html",))
        self.written += 1
        described = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "hello": session.host_name,
            "tls": session.ssl is not None,
            "headers": {name: str(value) for name, value in mail.items()},
            "type": mail.get_content_type(),
            "text": unix_lines(text.get_content()) if text else None,
            "html": unix_lines(html.get_content()) if html else None,
            "defects": [str(defect) for part in mail.walk() for defect in part.defects],
            "longest_line": max(len(line) for line in content.split(b"\r\n")),
            "lone_line_ends": content.replace(b"\r\n", b"").count(b"\n"),
            "ascii": content.isascii(),
        }
        (self.folder / f"{self.written}.eml").write_bytes(content)
        unfinished = self.folder / "unfinished"
        unfinished.write_text(json.dumps(described))
        unfinished.rename(self.folder / f"{self.written}.json")


def unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def authenticate(server, session, envelope, mechanism, credentials):
    good = (credentials.login, credentials.password) == (b"sender", b"secret")
    return AuthResult(success=good)


def tls_options(folder: pathlib.Path) -> dict:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return {"tls_context": context, "auth_required": True, "authenticator": authenticate}


async def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    options = tls_options(folder) if "--tls" in sys.argv else {}
    sink = Sink(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(sink, **options), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
