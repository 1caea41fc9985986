"""Planted words go in through every door, and things go wrong. They are looked for in the log, in
PostgreSQL's log, in the metrics, and in the bytes of the data folder."""
import email.message
import json
import re
import subprocess
import unittest
import urllib.parse

from support import Browser, ServerTest, wait_for

# Each is met nowhere else. What is sealed must not lie in clear in the data folder either.
SEALED = {
    "story": "canariZabulonRecit", "when": "canariZabulonHier", "paid to": "canariZabulonVers",
    "address": "canari.zabulon@courriel.example", "organisation": "canariZabulonSociete",
    "person": "canariZabulonPersonne", "agreement": "canariZabulonAgrement",
    "link": "canari-zabulon-lien.example", "handle": "canari_zabulon_pseudo",
    "file name": "canariZabulonFichier", "file content": "canariZabulonContenu",
    "mail in a file": "canariZabulonCourrielJoint", "message": "canariZabulonMessage",
    "question of the service": "canariZabulonQuestion", "telephone": "0639981234",
    "telephone as typed": "06 39 98 12 34", "IBAN": "FR7630006000011234567890189",
    "IBAN as typed": "FR76 3000 6000 0112 3456 7890 189",
    "record of the interface": "canariZabulonInterface", "sender's id": "canariZabulonIdentite",
    "persona": "canariZabulonPersona", "payment": "canariZabulonPaiement",
    "draft never sent": "canariZabulonBrouillon",
    "given name": "canariZabulonPrenom", "family name": "canariZabulonNom",
}  # fmt: skip
# Never kept at all, but said by a client.
PASSING = {
    "path": "canariZabulonChemin", "query": "canariZabulonRequete",
    "referer": "canariZabulonReferent", "user agent": "canariZabulonAgent",
    "header": "canariZabulonEntete", "cookie": "canariZabulonTemoin",
    "wrong field": "canariZabulonChamp", "wrong key": "mk_canariZabulonClef",
    "wrong code": "canariZabulonCode", "idempotency key": "canariZabulonUneFois",
    "asset": "canariZabulonImage", "broken JSON": "canariZabulonCasse",
    "method": "CANARIZABULONMETHODE", "host": "canari-zabulon-hote.example",
}  # fmt: skip
CONTENT = SEALED["file content"].encode() * 50
PNG = b"\x89PNG\r\n\x1a\n" + b"canariZabulonImageJointe" * 40
REASON = "canariZabulonRaison"  # of an officer: kept in clear in the audit, and never logged


def mail() -> bytes:
    letter = email.message.EmailMessage()
    letter["From"] = "canari_zabulon_pseudo@courriel.example"
    letter["Subject"] = "canariZabulonObjet"
    letter.set_content(f"{SEALED['mail in a file']} : payez sur https://{SEALED['link']}/")
    return bytes(letter)


class Privacy(ServerTest):
    settings = {"log.level": "debug", "public_url": "https://signalement.example"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reference, cls.code = cls.report()
        cls.secrets = {"code of " + cls.reference: cls.code}
        cls.follow()
        cls.interface()
        cls.leave_a_draft()
        cls.log_in()
        cls.pass_by()
        cls.break_things()
        quiet = "SELECT count(*) = 0 FROM job WHERE kind LIKE 'vault.%' OR kind LIKE 'intake.texts'"
        wait_for(lambda: cls.server.sql(quiet) == "t")
        cls.server.sql("CHECKPOINT")
        cls.metrics = cls.server.get("/metrics").text

    @classmethod
    def report(cls) -> tuple[str, str]:
        browser = Browser(cls.server)
        browser.open("/signaler?" + urllib.parse.urlencode({"q": PASSING["query"]}))
        browser.submit("/signaler")
        browser.submit("/signaler/nature", nature="arnaque")
        browser.submit("/signaler/categorie", categorie="phishing")
        told = " ".join((SEALED["story"], SEALED["IBAN as typed"], SEALED["telephone as typed"],
                         "https://" + SEALED["link"], SEALED["address"]))  # fmt: skip
        browser.submit("/signaler/recit", recit=told, quand=SEALED["when"])
        browser.submit("/signaler/argent", paye="oui", montant="120,50", moyen="transfer",
                       vers=SEALED["paid to"] + " " + SEALED["IBAN"])  # fmt: skip
        browser.submit("/signaler/liens", liens=f"https://{SEALED['link']}/payer")
        browser.submit("/signaler/contacts", plateforme="sms",
                       contacts=f"{SEALED['handle']}\n{SEALED['telephone']}")  # fmt: skip
        browser.upload("/signaler/fichiers", [
            (SEALED["file name"] + ".txt", CONTENT), (SEALED["file name"] + ".eml", mail()),
            (SEALED["file name"] + ".png", PNG)], continuer="1")  # fmt: skip
        browser.submit("/signaler/coordonnees", contact="professionnel",
                       courriel=SEALED["address"], organisation=SEALED["organisation"],
                       personne=SEALED["person"], agrement=SEALED["agreement"])  # fmt: skip
        browser.submit("/signaler/envoyer")
        return browser.reference_and_code()

    @classmethod
    def follow(cls) -> None:
        for act, *more in (("read",), ("ask", SEALED["question of the service"])):
            cls.server.admin(act, cls.reference, *more, "--reason", REASON)
        browser = Browser(cls.server)
        browser.follow(cls.reference, cls.code)
        cls.secrets["session"] = browser.cookies["suivi"]
        cls.secrets["visit"] = browser.cookies["visite"]
        browser.submit("/suivi/message", texte=SEALED["message"])
        for path in ("/suivi/export", "/suivi/accuse.pdf", "/suivi/accuse.json", "/signaler/fait"):
            assert browser.open(path).status == 200, path

    @classmethod
    def interface(cls) -> None:
        cls.key = cls.server.admin("api-key", "create", "un-compte").stdout.strip()
        cls.secrets["key"] = cls.key
        record = {
            "id": SEALED["sender's id"], "kind": "complaint",
            "narrative": SEALED["record of the interface"] + " " + SEALED["IBAN as typed"],
            "personas": [{"name": SEALED["persona"], "handle": SEALED["handle"]}],
            "payments": [{"to": SEALED["payment"], "amount": "12"}],
        }  # fmt: skip
        done = cls.server.post_report(cls.key, record, PASSING["idempotency key"])
        assert done.status == 201, done.text
        cls.secrets["code of the interface"] = done.json["tracking_code"]
        path = f"/api/v1/reports/{done.json['reference']}"
        assert cls.server.get(path, {"Tracking-Code": done.json["tracking_code"]}).status == 200

    @classmethod
    def leave_a_draft(cls) -> None:
        browser = Browser(cls.server)
        browser.open("/signaler")
        browser.submit("/signaler")
        browser.submit("/signaler/nature", nature="arnaque")
        browser.submit("/signaler/recit", recit=SEALED["draft never sent"])

    @classmethod
    def log_in(cls) -> None:
        browser = Browser(cls.server)
        browser.open("/connexion/demonstration")
        browser.submit("/connexion/demonstration", personne="autre", prenom=SEALED["given name"],
                       nom=SEALED["family name"], naissance="29/02/2000")  # fmt: skip
        cls.secrets["login"] = browser.cookies["identite"]
        assert SEALED["given name"] in browser.open("/connexion").text

    @classmethod
    def pass_by(cls) -> None:
        said = {"Referer": f"https://a.example/?q={PASSING['referer']}",
                "User-Agent": PASSING["user agent"], "X-Canari": PASSING["header"],
                "Cookie": f"suivi={PASSING['cookie']}; visite={PASSING['cookie']}; a=b",
                "X-Forwarded-For": PASSING["header"]}  # fmt: skip
        get, request = cls.server.get, cls.server.request
        for path in ("/", f"/{PASSING['path']}", f"/en/{PASSING['path']}/{PASSING['path']}/",
                     f"/a/{PASSING['asset']}.css", f"/suivi?reference={PASSING['query']}",
                     f"/signaler/fichiers/{PASSING['path']}/vignette", "/suivi/dossier",
                     f"/api/v1/reports/{PASSING['path']}", f"/%ff{PASSING['path']}",
                     f"/..%2f{PASSING['path']}"):  # fmt: skip
            for method in ("GET", "HEAD", "POST", "PUT", PASSING["method"]):
                request(method, path, headers={**said, "Tracking-Code": PASSING["wrong code"]})
        get("/", {"Host": PASSING["host"]})
        get("/metrics", {"Via": PASSING["header"]})

    @classmethod
    def break_things(cls) -> None:
        request = cls.server.request
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        keyed = {"Authorization": f"Bearer {cls.key}", "Content-Type": "application/json"}
        request("POST", "/signaler/recit", f"recit={PASSING['wrong field']}&x=%".encode(), form)
        request("POST", "/signaler/fichiers", PASSING["wrong field"].encode(),
                {"Content-Type": f"multipart/form-data; boundary={PASSING['wrong field']}"})
        for body in ('{"id":"x","narrative":"' + PASSING["broken JSON"],
                     json.dumps({"id": "x", "kind": PASSING["broken JSON"]}),
                     json.dumps({"id": "x", "received_at": PASSING["broken JSON"]}),
                     json.dumps({"id": "a\n" + PASSING["broken JSON"]})):  # fmt: skip
            assert request("POST", "/api/v1/reports", body.encode(), keyed).status == 422
        cls.server.post_report(PASSING["wrong key"], {"id": "x"})
        cls.server.post_report(cls.key, {"id": "other"}, PASSING["idempotency key"])
        Browser(cls.server).follow(cls.reference, PASSING["wrong code"])
        Browser(cls.server).follow(PASSING["wrong field"], PASSING["wrong code"])
        cls.refuse_writes()

    @classmethod
    def refuse_writes(cls) -> None:
        """The database refuses what a report writes, by a constraint that this test adds."""
        record = {"id": SEALED["sender's id"], "narrative": SEALED["record of the interface"]}
        cls.server.sql("ALTER TABLE declaration ADD CONSTRAINT refused CHECK (id < 0) NOT VALID")
        refused = cls.server.post_report(cls.key, record, PASSING["idempotency key"] + "2")
        assert refused.status in (500, 503), refused.status
        assert "canari" not in refused.text.lower()
        cls.server.sql("ALTER TABLE declaration DROP CONSTRAINT refused")
        browser = Browser(cls.server)
        browser.follow(cls.reference, cls.code)
        cls.server.sql("ALTER TABLE message ADD CONSTRAINT refused CHECK (id < 0) NOT VALID")
        assert browser.submit("/suivi/message", texte=SEALED["message"]).status in (500, 503)
        cls.server.sql("ALTER TABLE message DROP CONSTRAINT refused")
        cls.server.sql("ALTER TABLE draft RENAME TO draft_away")
        browser = Browser(cls.server)
        browser.open("/signaler")
        assert browser.submit("/signaler").status in (500, 503)
        cls.server.sql("ALTER TABLE draft_away RENAME TO draft")

    # What is found

    def planted(self, sealed_only: bool = False) -> dict[str, str]:
        words = dict(SEALED) | self.secrets
        for name, code in self.secrets.items():
            words[name + ", together"] = code.replace(" ", "")
        return words if sealed_only else words | PASSING | {"reason": REASON}

    def found_in(self, text: bytes, words: dict[str, str]) -> list[str]:
        lower = text.lower()
        return [name for name, word in words.items() if word.lower().encode() in lower]

    def test_the_planting_worked(self):
        """Or nothing found would say nothing: all of it is in what the person reads."""
        browser = Browser(self.server)
        browser.follow(self.reference, self.code)
        told = browser.open("/suivi/export").body
        for name in ("story", "address", "organisation", "file name", "message"):
            self.assertIn(name, self.found_in(told, SEALED))
        self.assertGreater(int(self.server.sql("SELECT count(*) FROM author_identifier")), 2)

    def test_the_log_names_nobody(self):
        log = self.server.log.read_bytes()
        self.assertIn(b"http_request", log)
        self.assertIn(b"database_refused", log)
        self.assertEqual([], self.found_in(log, self.planted()))
        self.assertNotIn(self.reference.encode(), log)
        for line in log.splitlines():
            if line.startswith(b"{"):
                json.loads(line)

    def test_the_database_logs_nobody(self):
        logs = [p for p in (self.server.data / "postgres").rglob("*log*") if p.is_file()]
        seen = 0
        for place in logs:
            if "pg_wal" in place.parts or "base" in place.parts or "pg_xact" in place.parts:
                continue
            text = place.read_bytes()
            seen += len(text)
            self.assertEqual([], self.found_in(text, self.planted()), place)
        self.assertGreater(seen, 0, f"PostgreSQL logs somewhere: {logs[:5]}")

    def test_the_metrics_name_nobody(self):
        self.assertIn("maillon_http_requests_total", self.metrics)
        self.assertEqual([], self.found_in(self.metrics.encode(), self.planted()))
        labels = set(re.findall(r'="([^"]*)"', self.metrics))
        self.assertLess(len(labels), 200, "labels are words of the program")

    def test_the_data_folder_holds_nothing_in_clear(self):
        words = self.planted(sealed_only=True)
        looked, found = 0, {}
        for place in sorted(self.server.data.rglob("*")):
            if not place.is_file() or place.is_symlink():
                continue
            text = place.read_bytes()
            looked += len(text)
            for name in self.found_in(text, words):
                found.setdefault(name, []).append(str(place.relative_to(self.server.data)))
        self.assertGreater(looked, 20_000_000, "the write-ahead log is among them")
        self.assertEqual({}, found)

    def test_processes_show_no_secret(self):
        """Command lines and environments are readable by whoever is on the machine."""
        shown = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, check=True).stdout
        self.assertEqual([], self.found_in(shown, self.secrets))

    def test_keys_are_closed_to_others(self):
        for place in (self.server.data / "keys", *(self.server.data / "keys").rglob("*")):
            self.assertEqual(place.stat().st_mode & 0o077, 0, place)
        for place in (self.server.data / "evidence").rglob("*"):
            closed = any(p.stat().st_mode & 0o077 == 0 for p in (place, *place.parents)
                         if self.server.data in p.parents or p == self.server.data)  # fmt: skip
            self.assertTrue(closed, place)

    def test_after_withdrawal_the_keys_are_gone_from_the_tables(self):
        browser = Browser(self.server)
        reference, _ = browser.report("canariZabulonRetire")
        browser.open("/suivi/retrait")
        browser.submit("/suivi/retrait", retirer="1")
        left = self.server.sql(
            f"SELECT d.statement IS NULL AND k.wrapped IS NULL FROM declaration d "
            f"LEFT JOIN keys.data_key k ON k.id = d.key_id WHERE d.reference = '{reference}'"
        )
        self.assertEqual(left, "t")


if __name__ == "__main__":
    unittest.main()
