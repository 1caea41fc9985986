"""The real server on a data folder of its own, and a browser's habits without a browser."""
import html
import http.client
import http.cookies
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

MAILLON = os.environ["MAILLON"]
SANITIZED = bool(os.environ.get("MAILLON_SANITIZED"))
PATIENCE = 120 if SANITIZED else 40  # seconds until something is taken to have failed


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what, seconds: float = PATIENCE, every: float = 0.1):
    """The first true value of what(), asked again and again; the last one when time is over."""
    end = time.monotonic() + seconds
    while True:
        value = what()
        if value or time.monotonic() > end:
            return value
        time.sleep(every)


class Server:
    """`maillon serve` as a child. settings: names as in the TOML file, dots and all."""

    def __init__(self, folder: pathlib.Path, **settings):
        self.data = folder / "data"
        self.log = folder / "server.log"
        self.port = free_port()
        self.settings = {"http.requests_per_second": "0", **settings}
        self.process: subprocess.Popen | None = None

    def environment(self) -> dict[str, str]:
        named = {
            "MAILLON_" + key.upper().replace(".", "_"): str(value)
            for key, value in self.settings.items()
        }
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MAILLON")}
        return {**kept, **named}

    def start(self) -> "Server":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [MAILLON, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}"],
                stdout=log,
                stderr=log,
                env=self.environment(),
            )
        if not wait_for(self.answers):
            raise AssertionError("the server does not answer:\n" + self.log.read_text()[-4000:])
        return self

    def answers(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError("the server ended:\n" + self.log.read_text()[-4000:])
        try:
            return self.get("/readyz").status == 200
        except OSError:
            return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        if self.process is None or self.process.poll() is not None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def command(self, *arguments, check: bool = True) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [MAILLON, *map(str, arguments)],
            capture_output=True,
            text=True,
            env=self.environment(),
            timeout=300,
            check=False,
        )
        if check and done.returncode != 0:
            raise AssertionError(f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def admin(self, *arguments, check: bool = True) -> subprocess.CompletedProcess:
        return self.command("admin", *arguments, "--data", self.data, check=check)

    def sql(self, query: str) -> str:
        """As the owner of the tables; only for looking, and for tampering on purpose."""
        socket_folder = next(self.data.glob("postgres/**/.s.PGSQL.*")).parent
        done = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", socket_folder,
             "-U", "maillon", "-d", os.environ.get("MAILLON_TEST_DBNAME", "maillon"), "-c", query],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return done.stdout.strip()

    def request(self, method: str, path: str, body: bytes = b"", headers=None) -> "Answer":
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body or None, headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def get(self, path: str, headers=None) -> "Answer":
        return self.request("GET", path, headers=headers)

    def post_report(self, key: str, record: dict, once: str | None = None) -> "Answer":
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        if once:
            headers["Idempotency-Key"] = once
        return self.request("POST", "/api/v1/reports", json.dumps(record).encode(), headers)


class Answer:
    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name: str) -> str | None:
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        return found[0] if found else None

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)


class Browser:
    """Cookies, forms and redirects, no JavaScript."""

    def __init__(self, server: Server):
        self.server, self.cookies, self.page, self.path = server, {}, None, "/"

    def _send(self, method: str, path: str, body: bytes = b"", headers=None) -> Answer:
        headers = dict(headers or {})
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        answer = self.server.request(method, path, body, headers)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                for key, morsel in http.cookies.SimpleCookie(value).items():
                    if morsel.value and morsel["max-age"] != "0":
                        self.cookies[key] = morsel.value
                    else:
                        self.cookies.pop(key, None)
        if answer.status in (301, 302, 303, 307, 308):
            return self.open(answer.header("Location"))
        self.page, self.path = answer, path
        return answer

    def open(self, path: str) -> Answer:
        return self._send("GET", path)

    def token(self) -> str:
        found = re.search(r'name="jeton" value="([^"]+)"', self.page.text)
        if not found:
            raise AssertionError(f"no form token on {self.path}:\n{self.page.text[:3000]}")
        return html.unescape(found[1])

    def submit(self, path: str | None = None, token: str | None = None, **fields) -> Answer:
        pairs = [("jeton", self.token() if token is None else token)]
        for name, value in fields.items():
            pairs += [(name, v) for v in (value if isinstance(value, list) else [value])]
        return self._send(
            "POST", path or self.path, urllib.parse.urlencode(pairs).encode(),
            {"Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip

    def upload(self, path: str, files: list[tuple[str, bytes]], **fields) -> Answer:
        boundary = uuid.uuid4().hex
        parts = []
        for name, value in {"jeton": self.token(), **fields}.items():
            parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
                         f"{value}\r\n".encode())
        for file_name, content in files:
            head = (f'--{boundary}\r\nContent-Disposition: form-data; name="fichiers"; '
                    f'filename="{file_name}"\r\nContent-Type: application/octet-stream\r\n\r\n')
            parts.append(head.encode() + content + b"\r\n")
        parts.append(f"--{boundary}--\r\n".encode())
        return self._send("POST", path, b"".join(parts),
                          {"Content-Type": f"multipart/form-data; boundary={boundary}"})

    def report(self, narrative: str = "On m'a demandé de payer pour un colis.", nature="arnaque",
               category="phishing", links: str = "", contacts: str = "", email: str = "",
               files=()) -> tuple[str, str]:
        """A whole report, page by page; gives its reference and code."""
        self.open("/signaler")
        self.submit("/signaler")
        self.submit("/signaler/nature", nature=nature)
        self.submit("/signaler/categorie", categorie=category)
        self.submit("/signaler/recit", recit=narrative, quand="hier")
        if nature == "arnaque":
            self.submit("/signaler/argent", paye="oui", montant="120,50", moyen="transfer",
                        vers="FR76 3000 6000 0112 3456 7890 189")
        self.submit("/signaler/liens", liens=links)
        self.submit("/signaler/contacts", contacts=contacts, plateforme="sms")
        if files:
            self.upload("/signaler/fichiers", list(files), continuer="1")
        else:
            self.submit("/signaler/fichiers", continuer="1")
        self.submit("/signaler/coordonnees", contact="courriel" if email else "anonyme",
                    courriel=email)
        self.submit("/signaler/envoyer")
        return self.reference_and_code()

    def reference_and_code(self) -> tuple[str, str]:
        text = html.unescape(re.sub(r"<[^>]+>", " ", self.page.text))
        reference = re.search(r"S-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
        code = re.search(r"\b(?:[0-9A-HJKMNP-TV-Z]{4} ){3}[0-9A-HJKMNP-TV-Z]{4}\b", text)
        if not reference or not code:
            raise AssertionError(f"no reference and code on {self.path}:\n{self.page.text[:6000]}")
        return reference[0], code[0]

    def follow(self, reference: str, code: str) -> Answer:
        self.open("/suivi")
        return self.submit("/suivi/ouvrir", reference=reference, code=code)


class ServerTest(unittest.TestCase):
    """One server for the class."""

    settings: dict[str, str] = {}

    @classmethod
    def setUpClass(cls):
        cls.folder_ = tempfile.TemporaryDirectory(prefix="maillon-server-")
        cls.folder = pathlib.Path(cls.folder_.name)
        cls.folder.chmod(0o711)  # as root, PostgreSQL runs as another user and passes through
        cls.server = Server(cls.folder, **cls.settings)
        try:
            cls.server.start()
        except BaseException:
            cls.tearDownClass()
            raise

    @classmethod
    def tearDownClass(cls):
        try:
            cls.server.stop()
        finally:
            cls.folder_.cleanup()

    def api_key(self) -> str:
        return self.server.admin("api-key", "create", f"k{uuid.uuid4().hex[:8]}").stdout.strip()
