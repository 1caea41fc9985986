"""Stopped, killed, its database killed under it: nothing that was acknowledged is lost."""
import os
import pathlib
import signal
import tempfile
import unittest

import reporters
from postgres import OwnPostgres
from support import Browser, Server, ServerTest, wait_for

THREADS = 4


def stream(thread: int):
    """Records without end, no two with one id."""
    number = 0
    while True:
        number += 1
        yield {"id": f"R-{thread}-{number}", "narrative": f"Histoire {number} du fil {thread}."}


class Restarts(ServerTest):
    def setUp(self):
        self.acknowledged = reporters.Acknowledged()
        self.before = int(self.server.sql("SELECT count(*) FROM declaration"))
        self.running = reporters.start(self.server, self.api_key(),
                                       [stream(thread) for thread in range(THREADS)],
                                       self.acknowledged)  # fmt: skip

    def wait_for_more(self, number: int = 20) -> None:
        wanted = len(self.acknowledged) + number
        self.assertTrue(wait_for(lambda: len(self.acknowledged) >= wanted),
                        [(r.answers, r.failure) for r in self.running])  # fmt: skip

    def statuses(self) -> set[str]:
        return {status for reporter in self.running for status in reporter.answers}

    def check_that_all_is_there(self) -> None:
        """Each acknowledged reference once, and nothing that nobody was told of."""
        reporters.finish(self.running, stop=True)
        references = set(self.acknowledged.references.values())
        self.assertEqual(len(references), len(self.acknowledged))
        stored = set(self.server.sql("SELECT reference FROM declaration").splitlines())
        self.assertEqual(references - stored, set())
        self.assertEqual(len(stored) - self.before, len(references))
        self.server.command("ledger", "verify", "--quiet", "--data", self.server.data)

    def test_stopped_under_load(self):
        for _ in range(2):
            self.wait_for_more()
            self.assertEqual(self.server.stop(), 0)
            self.server.start()
        self.wait_for_more()
        self.check_that_all_is_there()

    def test_killed_under_load(self):
        for _ in range(3):
            self.wait_for_more()
            self.server.kill()
            self.server.start()
        self.wait_for_more()
        self.check_that_all_is_there()

    def test_its_database_is_killed_under_load(self):
        cluster = self.server.data / "postgres/cluster/postmaster.pid"
        for _ in range(3):
            self.wait_for_more()
            os.kill(int(cluster.read_text().split()[0]), signal.SIGKILL)
        self.wait_for_more()
        self.assertEqual(self.server.get("/suivi").status, 200)
        self.assertIsNone(self.server.process.poll(), "the same process serves on")
        self.check_that_all_is_there()
        self.assertLessEqual(self.statuses(), {"201", "503"})

    def test_one_process_of_the_database_dies(self):
        """PostgreSQL then ends all its connections and recovers."""
        self.wait_for_more()
        backend = self.server.sql(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() LIMIT 1"
        )
        os.kill(int(backend), signal.SIGKILL)
        self.wait_for_more()
        self.check_that_all_is_there()
        self.assertLessEqual(self.statuses(), {"201", "503"})


class WithoutDatabase(unittest.TestCase):
    def test_pages_say_so_and_come_back(self):
        with tempfile.TemporaryDirectory(prefix="maillon-without-") as name:
            folder = pathlib.Path(name)
            folder.chmod(0o711)
            postgres = OwnPostgres(folder).start()
            self.addCleanup(postgres.stop)
            postgres.sql("CREATE ROLE site LOGIN CREATEROLE")
            postgres.sql("CREATE DATABASE site OWNER site")
            server = Server(folder, database=postgres.url("site", "site"))
            self.addCleanup(server.stop)
            reference, code = Browser(server.start()).report()
            key = server.admin("api-key", "create", "tests").stdout.strip()

            postgres.process.kill()
            postgres.process.wait()
            follower = Browser(server)
            follower.open("/suivi")
            page = follower.submit("/suivi/ouvrir", reference=reference, code=code)
            self.assertEqual(page.status, 503, page.text[:300])
            self.assertIn('lang="fr"', page.text)
            self.assertIn("<h1", page.text)
            answer = server.post_report(key, {"id": "W-1", "narrative": "Un récit."}, once="w-1")
            self.assertEqual(answer.status, 503)
            self.assertEqual(answer.header("Content-Type"), "application/problem+json")
            self.assertEqual(server.get("/readyz").status, 503)
            self.assertEqual(server.get("/healthz").status, 200)
            for path in ("/", "/en", "/mentions-legales"):  # what to do needs no database
                self.assertEqual(server.get(path).status, 200)

            postgres.start()
            self.assertTrue(wait_for(lambda: server.get("/readyz").status == 200))
            self.assertIn(reference, Browser(server).follow(reference, code).text)
            again = server.post_report(key, {"id": "W-1", "narrative": "Un récit."}, once="w-1")
            self.assertEqual(again.status, 201)
            self.assertEqual(postgres.sql("SELECT count(*) FROM declaration", "site"), "2")
            self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
