"""Everything on a PostgreSQL of the operator, as a role that is no superuser."""
import pathlib
import tempfile
import unittest

import journey_test
import reporters
from postgres import OwnPostgres
from support import Browser, Server, ServerTest, wait_for

ROLES = "maillon_door, maillon_follower, maillon_engine, maillon_operator"


class Database:
    """Started once for the module; made when the first test wants it."""

    folder: tempfile.TemporaryDirectory | None = None
    postgres: OwnPostgres | None = None


def setUpModule():
    Database.folder = tempfile.TemporaryDirectory(prefix="maillon-operator-")
    folder = pathlib.Path(Database.folder.name)
    folder.chmod(0o711)
    Database.postgres = OwnPostgres(folder).start()


def tearDownModule():
    try:
        Database.postgres.stop()
    finally:
        Database.folder.cleanup()


class OnOperatorsDatabase(ServerTest):
    @classmethod
    def setUpClass(cls):
        cls.database = cls.__name__.lower()
        cls.postgres = Database.postgres
        cls.postgres.sql(f"CREATE ROLE {cls.database} LOGIN CREATEROLE PASSWORD 'loutre'")
        cls.postgres.sql(f"CREATE DATABASE {cls.database} OWNER {cls.database}")
        cls.settings = {"database": cls.postgres.url(cls.database, cls.database, "loutre")}
        super().setUpClass()
        # What the tests of the journey ask the database.
        cls.server.sql = lambda query: cls.postgres.sql(query, cls.database)


class Journey(OnOperatorsDatabase):
    def test_a_report_is_acknowledged_followed_and_proved(self):
        journey_test.Journey.test_a_report_is_acknowledged_followed_and_proved(self)

    def test_messages_complements_and_status(self):
        journey_test.Journey.test_messages_complements_and_status(self)

    def test_a_withdrawn_report_is_unreadable(self):
        journey_test.Journey.test_a_withdrawn_report_is_unreadable(self)

    def test_an_erased_report_is_gone(self):
        journey_test.Journey.test_an_erased_report_is_gone(self)

    def test_declarations_of_one_gang_are_grouped_in_seconds(self):
        journey_test.Interface.test_declarations_of_one_gang_are_grouped_in_seconds(self)

    def test_no_private_database_is_there(self):
        self.assertFalse((self.server.data / "postgres").exists())
        self.assertNotIn("loutre", self.server.log.read_text())
        shown = self.server.command("config", "--data", self.server.data).stdout
        self.assertIn(" = ", shown)
        self.assertNotIn("loutre", shown)


class Broken(OnOperatorsDatabase):
    def test_it_comes_back_with_the_database(self):
        reference, code = Browser(self.server).report()
        self.postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                          f" WHERE datname = '{self.database}'")  # fmt: skip
        self.assertTrue(wait_for(lambda: self.server.get("/readyz").status == 200))
        self.assertIn(reference, Browser(self.server).follow(reference, code).text)

    def test_backup_and_restore_into_another_database(self):
        taken = reporters.send_all(self.server, self.api_key(), [
            {"id": f"O-{number}", "narrative": "Mot loutre."} for number in range(5)])
        self.assertTrue(wait_for(lambda: reporters.linked_up(self.server)))
        content, keys = self.folder / "content", self.folder / "keys"
        self.server.command("backup", "--data", self.server.data, "--to", content, "--keys", keys)
        self.postgres.sql("CREATE ROLE elsewhere LOGIN CREATEROLE")
        # A role of another name may speak as ours once their maker lets it.
        self.postgres.sql(f"GRANT {ROLES} TO elsewhere")
        self.postgres.sql("CREATE DATABASE elsewhere OWNER elsewhere")
        other = Server(self.folder / "other", database=self.postgres.url("elsewhere", "elsewhere"))
        restored = other.command(
            "restore", "--data", other.data, "--from", content, "--keys", keys
        )
        self.assertIn("Restored", restored.stdout)
        other.start()
        try:
            answer = taken.by_sender["O-2"]
            page = Browser(other).follow(answer["reference"], answer["tracking_code"])
            self.assertIn(answer["reference"], page.text)
            verified = other.command("ledger", "verify", "--quiet", "--data", other.data)
            self.assertIn("holds", verified.stdout)
        finally:
            other.stop()


class Refused(unittest.TestCase):
    """What the operator forgot is said, with what to do."""

    def refusal(self, name: str, login: str, owner: str | None = None) -> str:
        postgres = Database.postgres
        postgres.sql(f"CREATE ROLE {name} LOGIN {login}")
        postgres.sql(f"CREATE DATABASE {name}" + (f" OWNER {owner}" if owner else ""))
        with tempfile.TemporaryDirectory() as folder:
            server = Server(pathlib.Path(folder), database=postgres.url(name, name))
            done = server.command("serve", "--data", server.data, "--listen",
                                  f"127.0.0.1:{server.port}", check=False)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_a_role_that_may_not_grant_ours(self):
        said = self.refusal("modest", "NOCREATEROLE", "modest")
        self.assertIn("may not create or grant roles", said)
        self.assertIn("CREATE ROLE maillon_door NOLOGIN", said)
        self.assertIn("TO modest", said)

    def test_a_role_that_does_not_own_the_database(self):
        said = self.refusal("stranger", "CREATEROLE")
        self.assertIn("may not create tables", said)
        self.assertIn("ALTER DATABASE stranger OWNER TO stranger", said)

    def test_after_what_the_refusal_asks_for_it_starts(self):
        postgres = Database.postgres
        postgres.sql("CREATE ROLE willing LOGIN")
        postgres.sql("CREATE DATABASE willing OWNER willing")
        for role in ROLES.split(", "):
            if postgres.sql(f"SELECT count(*) FROM pg_roles WHERE rolname = '{role}'") == "0":
                postgres.sql(f"CREATE ROLE {role} NOLOGIN")
        postgres.sql(f"GRANT {ROLES} TO willing")
        with tempfile.TemporaryDirectory() as folder:
            server = Server(pathlib.Path(folder), database=postgres.url("willing", "willing"))
            try:
                self.assertEqual(server.start().get("/readyz").status, 200)
            finally:
                server.stop()

    def test_a_server_that_is_not_there(self):
        with tempfile.TemporaryDirectory() as folder:
            server = Server(pathlib.Path(folder), database="postgresql://nobody@127.0.0.1:1/none")
            done = server.command("serve", "--data", server.data, "--listen",
                                  f"127.0.0.1:{server.port}", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("connection to server", done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
