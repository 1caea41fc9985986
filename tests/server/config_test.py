"""Settings as an operator meets them: shown, written, wrong, overridden; starts that cannot be."""
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import unittest

from support import MAILLON, PATIENCE, Server, free_port, wait_for


class Settings(unittest.TestCase):
    def setUp(self):
        self.folder_ = tempfile.TemporaryDirectory(prefix="maillon-config-")
        self.addCleanup(self.folder_.cleanup)
        self.folder = pathlib.Path(self.folder_.name)
        self.folder.chmod(0o711)
        self.data = self.folder / "data"

    def run_(self, *arguments, **variables) -> subprocess.CompletedProcess:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MAILLON")}
        return subprocess.run([MAILLON, *map(str, arguments)], capture_output=True, text=True,
                              env={**kept, **variables}, timeout=300, check=False)  # fmt: skip

    def shown(self, *arguments, **variables) -> dict[str, tuple[str, str]]:
        done = self.run_("config", "--data", self.data, *arguments, **variables)
        self.assertEqual(done.returncode, 0, done.stderr)
        rows = re.findall(r"(?m)^(\S+) = (.*?)  # (.*)$", done.stdout)
        self.assertEqual(len(rows), len(done.stdout.splitlines()))
        return {name: (value, source) for name, value, source in rows}

    def written(self, text: str) -> pathlib.Path:
        place = self.folder / "mine.toml"
        place.write_text(text)
        return place

    def refused(self, text: str | None, *expected: str, **variables) -> str:
        place = ["--config", self.written(text)] if text is not None else []
        done = self.run_("config", "--data", self.data, *place, **variables)
        self.assertEqual(done.returncode, 1, done.stdout)
        for words in expected:
            self.assertIn(words, done.stderr)
        return done.stderr

    def test_every_key_is_shown_with_its_source(self):
        rows = self.shown()
        self.assertGreater(len(rows), 20)
        self.assertEqual({source for _, source in rows.values()}, {"default"})
        self.assertEqual(rows["listen"][0], '"127.0.0.1:8080"')
        self.assertFalse(self.data.exists(), "looking makes nothing")

    def test_the_commented_file_says_the_defaults(self):
        done = self.run_("config", "--file")
        self.assertEqual(done.returncode, 0, done.stderr)
        keys = [line for line in done.stdout.splitlines() if re.match(r"\w+ = ", line)]
        comments = [line for line in done.stdout.splitlines() if line.startswith("# ")]
        defaults = self.shown()
        self.assertEqual(len(keys), len(defaults))
        self.assertGreater(len(comments), len(keys) - 1)
        again = self.shown("--config", self.written(done.stdout))
        self.assertEqual({n: v for n, (v, _) in again.items()},
                         {n: v for n, (v, _) in defaults.items()})  # fmt: skip
        for name, (_, source) in again.items():
            self.assertRegex(source, r"mine\.toml:\d+$", name)

    def test_a_file_in_the_data_folder_is_found(self):
        self.data.mkdir()
        (self.data / "maillon.toml").write_text('service = "Ici"\n')
        self.assertEqual(self.shown()["service"][0], '"Ici"')
        elsewhere = self.written('service = "Ailleurs"\n')
        self.assertEqual(self.shown("--config", elsewhere)["service"][0], '"Ailleurs"')

    def test_what_is_wrong_is_told_with_its_line(self):
        rows = (
            ('a = 1\n\nlisen = "x:1"\n', "mine.toml:3", "listen"),
            ('listen = "nowhere"\n', "mine.toml:1", "port"),
            ('listen = "127.0.0.1:99999"\n', "mine.toml:1", "65535"),
            ('workers = "many"\n', "mine.toml:1"),
            ("workers = 0\n", "mine.toml:1", "256"),
            ("workers = 4.5\n", "mine.toml:1"),
            ("workers = -3\n", "mine.toml:1"),
            ("workers = 99999999999999999999999\n", "mine.toml:1"),
            ('[upload]\nbytes_max = "25 XB"\n', "mine.toml:2"),
            ('[upload]\nbytes_max = "1 kB"\n', "mine.toml:2"),
            ("[http]\ntrusted_proxies = 3\n", "mine.toml:2"),
            ('[http]\nheader_time_max = "soon"\n', "mine.toml:2"),
            ('production = "yes"\n', "mine.toml:1"),
            ('database = "mysql://x"\n', "mine.toml:1", "postgresql://"),
            ('public_url = "https://a.example/"\n', "mine.toml:1", "'/'"),
            ('public_url = "a.example"\n', "mine.toml:1", "https://"),
            ('[log]\nlevel = "loud"\n', "mine.toml:2", "debug"),
            ('[mail]\nsmtp = "http://x"\n', "mine.toml:2", "smtp"),
            ("listen = \n", "mine.toml:1"),
            ('listen = "x:1"\nlisten = "y:1"\n', "mine.toml:2"),
            ("[[http]]\n", "mine.toml:1"),
            ("\x00\x01", "mine.toml"),
            ("x" * 70_000, "mine.toml"),
        )
        for text, *expected in rows:
            with self.subTest(text=text[:40]):
                self.refused(text, *expected)

    def test_all_faults_are_told_at_once(self):
        told = self.refused('lisen = "x"\nworkers = 0\nproduction = 3\n')
        for line in (1, 2, 3):
            self.assertIn(f"mine.toml:{line}", told)

    def test_a_file_that_is_not_there(self):
        done = self.run_("config", "--data", self.data, "--config", self.folder / "none.toml")
        self.assertNotEqual(done.returncode, 0)
        done = self.run_("config", "--data", self.data, "--config", self.folder)
        self.assertNotEqual(done.returncode, 0)

    def test_the_environment_wins_over_the_file(self):
        place = self.written('workers = 3\nservice = "Fichier"\n[http]\nhosts = ["a.example"]\n')
        rows = self.shown("--config", place, MAILLON_WORKERS="5", MAILLON_HTTP_HOSTS="b.example,c",
                          MAILLON_PRODUCTION="true", MAILLON_UPLOAD_BYTES_MAX="3 MB")  # fmt: skip
        self.assertEqual(rows["workers"], ("5", "environment"))
        self.assertEqual(rows["http.hosts"], ('["b.example", "c"]', "environment"))
        self.assertEqual(rows["production"], ("true", "environment"))
        self.assertEqual(rows["upload.bytes_max"][1], "environment")
        self.assertEqual(rows["service"][0], '"Fichier"')

    def test_wrong_variables_are_refused(self):
        self.refused(None, "MAILLON_WORKERS", MAILLON_WORKERS="lots")
        told = self.refused(None, "MAILLON_WORKER", MAILLON_WORKER="5")
        self.assertIn("MAILLON_WORKERS", told, "the nearest name is offered")
        self.refused(None, "MAILLON_", MAILLON_="x")
        self.refused(None, "MAILLON_LISTEN", MAILLON_LISTEN="x")

    def test_secrets_are_not_shown(self):
        rows = self.shown(MAILLON_MAIL_PASSWORD="canari-secret",
                          MAILLON_DATABASE="postgresql://u:canari-secret@h/d")  # fmt: skip
        self.assertEqual(rows["mail.password"], ("(set)", "environment"))
        self.assertNotIn("canari-secret", str(rows))
        place = self.written('[mail]\npassword = ["canari-secret"]\n')
        done = self.run_("config", "--data", self.data, "--config", place)
        self.assertEqual(done.returncode, 1)
        self.assertNotIn("canari-secret", done.stderr)
        told = self.refused(None, MAILLON_DATABASE="mysql://u:canari-secret@h/d")
        self.assertNotIn("canari-secret", told)

    def test_the_server_refuses_what_config_refuses(self):
        for settings in ({"MAILLON_WORKERS": "0"}, {"MAILLON_NO_SUCH": "1"}):
            done = self.run_("serve", "--data", self.data, **settings)
            self.assertEqual(done.returncode, 1)
            self.assertIn("the settings are wrong", done.stderr)
        done = self.run_("serve", "--data", self.data, "--listen", "nowhere")
        self.assertEqual(done.returncode, 1)
        self.assertIn("--listen", done.stderr)
        self.assertFalse(self.data.exists(), "nothing was begun")

    def test_networks_and_keys_are_looked_at_before_the_start(self):
        for settings in ({"MAILLON_HTTP_TRUSTED_PROXIES": "300.1.1.1"},
                         {"MAILLON_HTTP_OPERATIONS_NETWORKS": "10.0.0.0/99"},
                         {"MAILLON_TLS_CERTIFICATE": "/nowhere/a.pem",
                          "MAILLON_TLS_KEY": "/nowhere/b.pem"},
                         {"MAILLON_TLS_CERTIFICATE": "/nowhere/a.pem"}):  # fmt: skip
            with self.subTest(**settings):
                done = self.run_("serve", "--data", self.data, "--listen",
                                 f"127.0.0.1:{free_port()}", **settings)  # fmt: skip
                self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
                self.assertNotIn("internal error", done.stderr)


class Starts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder_ = tempfile.TemporaryDirectory(prefix="maillon-starts-")
        cls.folder = pathlib.Path(cls.folder_.name)
        cls.folder.chmod(0o711)
        cls.server = Server(cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder_.cleanup()

    def test_one_life_of_a_folder(self):
        self.before_the_first_start()
        self.server.start()
        self.a_second_server_on_the_folder()
        self.a_port_that_is_taken()
        self.assertTrue(self.server.answers())
        self.assertEqual(self.server.stop(), 0)
        self.after()

    def before_the_first_start(self) -> None:
        told = self.server.command("migrate", "--check", "--data", self.server.data).stdout
        pending = re.findall(r"(?m)^would apply (\S+)$", told)
        self.assertEqual(pending, sorted(pending))
        self.assertGreater(len(pending), 5)
        self.assertEqual(
            told, self.server.command("migrate", "--check", "--data", self.server.data).stdout,
            "looking applied nothing",
        )  # fmt: skip

    def after(self) -> None:
        for arguments in (("--check",), ()):
            told = self.server.command("migrate", *arguments, "--data", self.server.data).stdout
            self.assertIn("nothing to do", told)
        self.server.start()
        self.assertTrue(self.server.answers())

    def a_second_server_on_the_folder(self) -> None:
        done = subprocess.run(
            [MAILLON, "serve", "--data", self.server.data, "--listen", f"127.0.0.1:{free_port()}"],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertNotIn("internal error", done.stderr)
        self.assertRegex(done.stderr, r"(?i)already|another|in use")

    def a_port_that_is_taken(self) -> None:
        other = self.folder / "other"
        done = subprocess.run(
            [MAILLON, "serve", "--data", other, "--listen", f"127.0.0.1:{self.server.port}"],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        self.assertEqual(done.returncode, 1)
        self.assertIn(str(self.server.port), done.stderr)
        left = wait_for(lambda: not self.processes_of(other), 20)
        self.assertTrue(left, "its PostgreSQL went with it")

    @staticmethod
    def processes_of(folder: pathlib.Path) -> list[str]:
        shown = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True,
                               check=True).stdout  # fmt: skip
        return [line for line in shown.splitlines() if str(folder) in line]

    def test_a_folder_that_cannot_be_written(self):
        file = self.folder / "a-file"
        file.write_text("")
        others = (pathlib.Path("/proc/nowhere"), pathlib.Path("/dev/null"))
        for place in (file, file / "below", *others):
            with self.subTest(place=str(place)):
                done = subprocess.run(
                    [MAILLON, "serve", "--data", place, "--listen", f"127.0.0.1:{free_port()}"],
                    capture_output=True, text=True, timeout=PATIENCE, check=False,
                )  # fmt: skip
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn(str(place), done.stderr)
                self.assertNotIn("terminate", done.stderr)
                self.assertNotIn("internal error", done.stderr)

    def test_an_address_that_is_not_ours(self):
        done = subprocess.run(
            [MAILLON, "serve", "--data", self.folder / "far", "--listen", "203.0.113.1:8080"],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        self.assertEqual(done.returncode, 1)
        self.assertIn("203.0.113.1", done.stderr)

    def test_signals_end_it_well(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            server = Server(self.folder / f"signal-{number}")
            server.data.parent.mkdir(mode=0o711)
            server.log = self.folder / f"signal-{number}.log"
            server.start()
            with socket.create_connection(("127.0.0.1", server.port)):
                server.process.send_signal(number)
                self.assertEqual(server.process.wait(PATIENCE), 0)
            self.assertIn('"stopped"', server.log.read_text())


if __name__ == "__main__":
    unittest.main()
