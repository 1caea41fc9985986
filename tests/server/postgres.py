"""A PostgreSQL as an operator runs one: its own folder, a superuser, TCP on the loopback."""
import os
import pathlib
import pwd
import shutil
import subprocess

from support import PATIENCE, free_port, wait_for


def programs() -> pathlib.Path:
    """The newest version that is installed."""
    return max(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))


class OwnPostgres:
    """PostgreSQL refuses to run as root: then it runs as user postgres."""

    def __init__(self, folder: pathlib.Path, *settings: str):
        self.folder, self.port = folder / "operators", free_port()
        self.settings = settings
        self.user = "postgres" if os.geteuid() == 0 else None
        self.folder.mkdir()
        if self.user:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
        self.process: subprocess.Popen | None = None

    def start(self) -> "OwnPostgres":
        cluster = self.folder / "cluster"
        if not cluster.exists():
            subprocess.run(
                [programs() / "initdb", "-D", cluster, "-U", "admin", "--auth=trust",
                 "--locale=C.UTF-8", "--encoding=UTF8"],
                user=self.user, check=True, capture_output=True, cwd=self.folder,
            )  # fmt: skip
        words = [programs() / "postgres", "-D", cluster, "-p", str(self.port)]
        for setting in ("listen_addresses=127.0.0.1", "unix_socket_directories=", *self.settings):
            words += ["-c", setting]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                words, user=self.user, cwd=self.folder, stdout=log, stderr=log
            )
        ready = [programs() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        if not wait_for(lambda: subprocess.run(ready, check=False).returncode == 0):
            raise AssertionError((self.folder / "log").read_text()[-2000:])
        return self

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()  # waits for the clients: they are gone by now
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, role: str, database: str, password: str = "") -> str:
        secret = f":{password}" if password else ""
        return f"postgresql://{role}{secret}@127.0.0.1:{self.port}/{database}"

    def sql(self, query: str, database: str = "postgres") -> str:
        done = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
             self.url("admin", database), "-c", query],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return done.stdout.strip()
