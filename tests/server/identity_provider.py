"""A real OpenID Connect provider as a child, and a browser that goes there and comes back."""
import html
import http.cookiejar
import json
import pathlib
import re
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from support import Answer, Browser, Server, free_port, wait_for

SCRIPT = pathlib.Path(__file__).resolve().parent.parent / "support" / "identity_provider.mjs"
CLIENT = "maillon-essai"
SECRET = "secret-d-essai"
LOGIN = "/connexion"


class Provider:
    def __init__(self, server: Server, folder: pathlib.Path):
        self.base = f"http://127.0.0.1:{server.port}"
        self.log = folder / "provider.log"
        self.port = free_port()
        self.process = None

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self) -> dict[str, str]:
        return {"identity.issuer": self.issuer, "identity.client_id": CLIENT,
                "identity.client_secret": SECRET}  # fmt: skip

    def start(self, algorithm: str = "ES256", signed: bool = True) -> None:
        self.stop()
        wanted = {
            "port": self.port,
            "algorithm": algorithm,
            "signed": signed,
            "client": {
                "client_id": CLIENT,
                "client_secret": SECRET,
                "redirect_uris": [self.base + "/connexion/retour"],
                "post_logout_redirect_uris": [self.base + "/deconnexion"],
            },
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(["node", SCRIPT, json.dumps(wanted)], stdout=log,
                                            stderr=log, cwd=SCRIPT.parent)  # fmt: skip
        if not wait_for(self.answers):
            raise AssertionError("the provider does not answer:\n" + self.log.read_text()[-4000:])

    def answers(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError("the provider ended:\n" + self.log.read_text()[-4000:])
        try:
            return self.logins() >= 0
        except OSError:
            return False

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def next(self, **what) -> None:
        """How the next person to log in behaves."""
        urllib.request.urlopen(self.issuer + "/next", json.dumps(what).encode()).close()

    def logins(self) -> int:
        with urllib.request.urlopen(self.issuer + "/next") as answer:
            return json.load(answer)["logins"]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Traveller(Browser):
    """Follows redirects to the provider and back; `visited` has every address."""

    def __init__(self, server: Server, provider: Provider):
        super().__init__(server)
        self.provider, self.visited = provider, []
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar, NoRedirect)
        self.stop_before = "nowhere"

    def open(self, path: str) -> Answer:
        self.visited.append(path)
        if path.startswith(self.stop_before):
            return None
        if path.startswith(self.provider.issuer):
            return self.abroad(path)
        return super().open(path.removeprefix(self.provider.base))

    def abroad(self, url: str, body: bytes | None = None) -> Answer:
        try:
            with self.opener.open(url, body) as answer:
                self.page = Answer(answer.status, answer.getheaders(), answer.read())
        except urllib.error.HTTPError as other:
            place = other.headers.get("Location")
            if place:
                return self.open(urllib.parse.urljoin(url, place))
            self.page = Answer(other.code, list(other.headers.items()), other.read())
        self.path = url
        return self.page

    def log_in(self, back: str = "/suivi", language: str = "") -> Answer:
        login = "/en/login" if language == "en" else LOGIN
        page = self.open(f"{login}?retour={urllib.parse.quote(back, safe='')}")
        link = re.search(r'href="([^"]*/(?:aller|go)(?:\?[^"]*)?)"', page.text)
        return self.open(html.unescape(link[1]))

    def call_of(self) -> dict[str, str]:
        """The parameters of the last way back."""
        back = [url for url in self.visited if "/connexion/retour?" in url][-1]
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(back).query))

    def confirm_logout(self) -> Answer:
        """The provider asks; its form says yes."""
        action = re.search(r'action="([^"]+)"', self.page.text)[1]
        token = re.search(r'name="xsrf" value="([^"]+)"', self.page.text)[1]
        return self.abroad(html.unescape(action), f"xsrf={token}&logout=yes".encode())
