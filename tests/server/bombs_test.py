"""Too much, too slow, too deep, or not HTTP at all: the server stays up and answers others."""
import io
import json
import os
import pathlib
import re
import socket
import struct
import time
import unittest
import zipfile
import zlib

from support import SANITIZED, Browser, ServerTest, wait_for
from wire import exchange, status_of, statuses

MEMORY_MOST = (4 << 30) if SANITIZED else (600 << 20)  # of the server and its workers, resident
MEGA = 1_000_000


def resident(process: int) -> int:
    """Bytes of a process and its descendants, PostgreSQL's shared parts left out."""
    total = 0
    for place in os.listdir("/proc"):
        if not place.isdigit():
            continue
        try:
            status = pathlib.Path(f"/proc/{place}/status").read_text()
        except OSError:
            continue  # it has ended meanwhile
        parent = int(re.search(r"PPid:\s+(\d+)", status)[1])
        if int(place) != process and (parent != process or "Name:\tmaillon" not in status):
            continue
        anonymous = re.search(r"RssAnon:\s+(\d+)", status)
        total += int(anonymous[1]) * 1024 if anonymous else 0
    return total


class Steady(ServerTest):
    """After each test the server is the same process, answers, and is no larger than it may be."""

    def setUp(self):
        self.pid = self.server.process.pid
        self.most = 0

    def tearDown(self):
        self.watch()
        self.assertIsNone(self.server.process.poll(), self.server.log.read_text()[-2000:])
        self.assertEqual(self.server.get("/readyz").status, 200)
        self.assertLess(self.most, MEMORY_MOST)

    def watch(self) -> bool:
        self.most = max(self.most, resident(self.pid))
        return False

    def draft(self) -> Browser:
        browser = Browser(self.server)
        browser.open("/signaler")
        browser.submit("/signaler")
        browser.submit("/signaler/nature", nature="arnaque")
        browser.open("/signaler/fichiers")
        return browser


def png(width: int, height: int, lines: int = 4) -> bytes:
    """A picture that says it is so large, with some lines of it."""
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (struct.pack(">I", len(content)) + kind + content
                + struct.pack(">I", zlib.crc32(kind + content)))  # fmt: skip
    rows = zlib.compress(b"\0" * min(lines * (width * 3 + 1), 60 * MEGA), 9)
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size)
            + chunk(b"IDAT", rows) + chunk(b"IEND", b""))  # fmt: skip


def pdf_bomb() -> bytes:
    """A page whose stream unpacks a thousandfold, twice over."""
    stream = zlib.compress(zlib.compress(b"(a) Tj " * (12 * MEGA), 9), 9)
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
             b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
             b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(stream) + stream
             + b"\nendstream"]  # fmt: skip
    out = b"%PDF-1.7\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (out + b"xref\n0 5\n0000000000 65535 f \n" + table
            + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out))  # fmt: skip


def zip_bomb() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", b"\0" * (100 * MEGA))
        archive.writestr("word/document.xml", b"\0" * (50 * MEGA))
    return inner.getvalue()


def mail_bomb() -> bytes:
    """Parts within parts, and an attached file that unpacks into millions of letters."""
    inner = b"Content-Type: text/plain\r\n\r\nfond\r\n"
    for depth in range(400):
        b = b"b%d" % depth
        inner = (b'Content-Type: multipart/mixed; boundary="' + b + b'"\r\n\r\n--' + b + b"\r\n"
                 + inner + b"\r\n--" + b + b"--\r\n")  # fmt: skip
    return b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n" + inner


class Uploads(Steady):
    settings = {"upload.bytes_max": "2 MB", "upload.files_max": "5"}

    def test_a_file_too_large_is_dropped_alone(self):
        browser = self.draft()
        page = browser.upload("/signaler/fichiers",
                              [("avant.txt", b"avant"), ("enorme.bin", b"x" * 3 * MEGA),
                               ("apres.txt", "après".encode())], ajouter="1")  # fmt: skip
        self.assertEqual(page.status, 422)
        self.assertIn("enorme.bin", page.text, "the fault names the file")
        listed = re.findall(r'class="file-name">([^<]+)', browser.open("/signaler/fichiers").text)
        self.assertEqual([name.strip() for name in listed], ["avant.txt", "apres.txt"])

    def test_more_files_than_are_taken(self):
        browser = self.draft()
        many = [(f"f{n}.txt", f"texte {n}".encode()) for n in range(30)]
        self.assertEqual(browser.upload("/signaler/fichiers", many, ajouter="1").status, 422)
        listed = browser.open("/signaler/fichiers").text.count('class="file-name"')
        self.assertEqual(listed, 5)

    def test_every_field_says_when_it_is_too_long(self):
        browser = self.draft()
        rows = (("recit", "recit", 20_001), ("recit", "quand", 201), ("argent", "vers", 201),
                ("argent", "montant", 5000), ("liens", "liens", 3000),
                ("contacts", "contacts", 3000), ("coordonnees", "organisation", 201),
                ("coordonnees", "personne", 201), ("coordonnees", "agrement", 201),
                ("coordonnees", "courriel", 5000))  # fmt: skip
        for step, field, length in rows:
            fields = {"recit": "x", "contact": "professionnel", "paye": "oui"}
            page = browser.submit(f"/signaler/{step}", **fields | {field: "é" * length})
            with self.subTest(field=field):
                self.assertEqual(page.status, 422)
                self.assertIn(f'id="{field}-erreur"', page.text)
        for field in ("liens", "contacts"):
            page = browser.submit(f"/signaler/{field}", **{field: "a\n" * 51})
            self.assertEqual(page.status, 422)

    def test_a_file_too_large_without_a_name(self):
        browser = self.draft()
        page = browser.upload("/signaler/fichiers", [("", b"x" * 3 * MEGA)], ajouter="1")
        self.assertEqual(page.status, 422)
        reference, code = Browser(self.server).report("Un récit.")
        browser.follow(reference, code)
        page = browser.upload("/suivi/fichiers", [("", b"x" * 3 * MEGA)])
        self.assertEqual(page.status, 422)
        browser.open("/suivi/dossier")
        page = browser.upload("/suivi/fichiers", [(f"{n}", b"x") for n in range(9)])
        self.assertEqual(page.status, 422)
        browser.open("/suivi/dossier")
        self.assertEqual(browser.submit("/suivi/message", texte="é" * 30_000).status, 422)

    def test_a_thousand_parts(self):
        browser = self.draft()
        token = browser.token()
        for count, kind in ((1000, 'name="f{n}"'), (1000, 'name="fichiers"; filename="f{n}"'),
                            (100_000, 'name="a"')):  # fmt: skip
            body = "".join(f"--b\r\nContent-Disposition: form-data; {kind.format(n=n)}\r\n\r\nx\r\n"
                           for n in range(count)) + "--b--\r\n"  # fmt: skip
            cookies = "; ".join(f"{k}={v}" for k, v in browser.cookies.items())
            body = (f'--b\r\nContent-Disposition: form-data; name="jeton"\r\n\r\n{token}\r\n'
                    + body).encode()  # fmt: skip
            try:
                answer = self.server.request(
                    "POST", "/signaler/fichiers", body,
                    {"Content-Type": "multipart/form-data; boundary=b", "Cookie": cookies})
            except OSError:
                continue  # cut while it was still sending
            self.assertIn(answer.status, (400, 413, 422), kind)

    def test_bodies_that_say_one_length_and_are_another(self):
        browser = self.draft()
        cookies = "; ".join(f"{k}={v}" for k, v in browser.cookies.items())
        head = ("POST /signaler/fichiers HTTP/1.1\r\nHost: x\r\nCookie: " + cookies
                + "\r\nContent-Type: multipart/form-data; boundary=b\r\n")  # fmt: skip
        for length in ("99999999999", "18446744073709551615", "9" * 40):
            got = status_of(self.server.port, f"{head}Content-Length: {length}\r\n\r\n".encode())
            self.assertIn(got, (400, 413), length)
        for boundary in ("", "b" * 5000, "\x7f"):
            raw = head.replace("boundary=b", "boundary=" + boundary)
            raw += "Content-Length: 5\r\n\r\nabcde"
            self.assertIn(status_of(self.server.port, raw.encode()), (400, 415))

    def test_decompression_bombs(self):
        bombs = {"large.png": png(30_000, 30_000), "wide.png": png(2**31 - 1, 2, 0),
                 "zero.png": png(0, 0, 0), "tall.png": png(8000, 8000, 2000),
                 "bombe.pdf": pdf_bomb(), "bombe.docx": zip_bomb(), "bombe.eml": mail_bomb(),
                 "bombe.gif": b"GIF89a\xff\xff\xff\xff\xf0\0\0" + b"\0" * 99,
                 "bombe.webp": b"RIFF\xff\xff\xff\x7fWEBPVP8X\n" + b"\0" * 7 + b"\xff" * 6,
                 "bombe.jpg": b"\xff\xd8\xff\xc0\0\x11\x08" + b"\xff" * 4 + b"\3\1\x11\0\2\x11\1"}
        names = list(bombs)
        for some in (names[:5], names[5:]):
            browser = self.draft()
            small = [(name, bombs[name]) for name in some if len(bombs[name]) < 2 * MEGA]
            self.assertGreater(len(small), 3)
            browser.upload("/signaler/fichiers", small, ajouter="1")
            for name, _ in small:
                self.assertIn(name, browser.page.text)
        waiting = "SELECT count(*) FROM job WHERE kind = 'vault.examine'"
        self.server.sql(waiting)
        wait_for(lambda: self.watch() or self.server.sql(waiting) == "0", 60)
        self.assertEqual(self.server.sql(waiting), "0", "each was examined, or given up")
        Browser(self.server).report("La vie continue.")

    def test_a_file_is_what_it_holds_and_never_shown(self):
        """A page, a script, a picture that is both: saved as bytes, never given as such."""
        browser = self.draft()
        html = b"<!doctype html><script>alert(1)</script>"
        files = [("image.png", html), ("gifar.gif", b"GIF89a/*" + html + b"*/=1;"),
                 ("page.html", html), ("dessin.svg", b"<svg onload=alert(1) />"),
                 ("poly.pdf", b"%PDF-1.4\n" + html + b"\nPK\3\4")]  # fmt: skip
        page = browser.upload("/signaler/fichiers", files, ajouter="1")
        for number in re.findall(r'name="retirer" value="(\d+)"', page.text):
            answer = browser.open(f"/signaler/fichiers/{number}/vignette")
            self.assertIn(answer.status, (200, 404))
            self.assertEqual(answer.header("X-Content-Type-Options"), "nosniff")
            if answer.status == 200:
                self.assertEqual(answer.header("Content-Type"), "image/jpeg")
                self.assertTrue(answer.body.startswith(b"\xff\xd8\xff"))
                self.assertNotIn(b"<script", answer.body)


class Interface(Steady):
    def post(self, body: bytes, key: str, once: str | None = None) -> int:
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        if once is not None:
            headers["Idempotency-Key"] = once
        return self.server.request("POST", "/api/v1/reports", body, headers).status

    def test_json_bombs(self):
        key = self.api_key()
        deep = b'{"id":"a","x":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
        rows = {
            "deep lists": (deep, 422),
            "deep objects": (b'{"id":"a","x":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001, 422),
            "not closed": (b"[" * 500_000, 422),
            "a number of a mebibyte": (b'{"id":"a","x":' + b"9" * (1 << 19) + b"}", 422),
            "an exponent": (b'{"id":"a","payments":[{"amount":1e999999999}]}', 422),
            "the same key twice": (b'{"id":"a","id":"b"}', 422),
            "a thousand unknown keys": (b'{"id":"a"' + b',"k":1' * 1000 + b"}", 201),
            "too many messages": (b'{"id":"a","messages":[' + b"{}," * 10_000 + b"{}]}", 422),
            "as many as can be": (b'{"id":"a","messages":[' + b"{}," * 9_999 + b"{}]}", 201),
            "not UTF-8": (b'{"id":"a","narrative":"\xff\xfe"}', 422),
            "half a surrogate": (b'{"id":"a","narrative":"\\ud800"}', None),
            "a null letter": (b'{"id":"a","narrative":"a\\u0000b"}', 201),
            "empty": (b"", 422), "a list": (b"[]", 422), "null": (b"null", 422),
            "two records": (b'{"id":"a"}{"id":"b"}', 422),
            "a byte order mark": (b"\xef\xbb\xbf" + b'{"id":"a"}', None),
            "more than is taken": (b'{"id":"a","narrative":"' + b"x" * (1 << 20) + b'"}', 413),
            "controls": (json.dumps({"id": "a", "narrative": "\x01" * 100_000}).encode(), 201),
        }  # fmt: skip
        for name, (body, expected) in rows.items():
            with self.subTest(name=name):
                got = self.post(body, key)
                if expected is None:
                    self.assertIn(got, (201, 422))
                else:
                    self.assertEqual(got, expected)

    def test_what_was_taken_is_read_by_every_later_start(self):
        """Records at the edges of the format; the engine reads each again at every start."""
        key = self.api_key()
        edges = ("9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z", "0000-01-01T00:00:00+23:59",
                 "9999-12-31T23:59:59Z", "0000-01-01", "2024-02-29",
                 "2016-12-31T23:59:60Z")  # fmt: skip
        taken = 0
        for number, at in enumerate(edges):
            for record in ({"messages": [{"at": at}]}, {"payments": [{"at": at}]},
                           {"received_at": at}):  # fmt: skip
                body = json.dumps({"id": f"{number}", **record}).encode()
                got = self.post(body, key)
                self.assertIn(got, (201, 422), at)
                taken += got == 201
        for amount in ("1e308", "-0.0", "5e-324", "9223372036854775807", "0.1"):
            body = f'{{"id":"n","payments":[{{"amount":{amount}}}],"personas":[{{"age":150}}]}}'
            self.assertEqual(self.post(body.encode(), key), 201)
        self.assertGreater(taken, 5)
        self.assertTrue(wait_for(self.engine_is_level))
        self.server.stop()
        self.server.start()
        self.pid = self.server.process.pid
        self.assertTrue(wait_for(self.engine_is_level))
        self.assertTrue(self.server.answers())

    def engine_is_level(self) -> bool:
        self.assertIsNone(self.server.process.poll(), self.server.log.read_text()[-2000:])
        return self.server.get("/readyz").status == 200

    def test_a_full_declaration_says_so_and_stays_readable(self):
        key = self.api_key()
        body = b'{"id":"full","messages":[' + b"{}," * 9_999 + b"{}]}"
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        made = self.server.request("POST", "/api/v1/reports", body, headers).json
        browser = Browser(self.server)
        self.assertEqual(browser.follow(made["reference"], made["tracking_code"]).status, 200)
        page = browser.submit("/suivi/message", texte="Un message de trop.")
        self.assertEqual(page.status, 422, page.text[:1000])
        self.assertIn("Un message de trop.", page.text)
        self.assertEqual(browser.open("/suivi/export").status, 200)
        self.assertTrue(wait_for(self.engine_is_level))

    def test_idempotency_keys_are_short(self):
        key = self.api_key()
        for once, expected in (("a" * 200, 201), ("a" * 201, 400), ("a" * 10_000, 400)):
            self.assertEqual(self.post(b'{"id":"a"}', key, once), expected)


class Wire(Steady):
    settings = {"http.header_time_max": "2 s", "http.idle_time_max": "3 s"}

    def test_requests_that_parsers_disagree_on(self):
        post = b"POST /signaler HTTP/1.1\r\nHost: x\r\n"
        hidden = b"0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
        chunked = b"Transfer-Encoding: chunked\r\n"
        old = b"POST / HTTP/1.0\r\nHost: x\r\n"
        rows = {
            "length and chunks": post + b"Content-Length: 4\r\n" + chunked + b"\r\n" + hidden,
            "chunks and length": post + chunked + b"Content-Length: 4\r\n\r\n" + hidden,
            "two lengths": post + b"Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + hidden,
            "the same length twice": post + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
            "a list of lengths": post + b"Content-Length: 3, 3\r\n\r\nabc",
            "a sign": post + b"Content-Length: +3\r\n\r\nabc",
            "a negative length": post + b"Content-Length: -1\r\n\r\n",
            "hexadecimal": post + b"Content-Length: 0x3\r\n\r\nabc",
            "a blank within": post + b"Content-Length: 1 0\r\n\r\nabc",
            "another coding": post + b"Transfer-Encoding: gzip\r\n\r\n" + hidden,
            "a word like chunked": post + b"Transfer-Encoding: xchunked\r\n\r\n" + hidden,
            "coded twice": post + b"Transfer-Encoding: chunked, identity\r\n\r\n" + hidden,
            "two codings": post + chunked + chunked + b"\r\n" + hidden,
            "a vertical tab": post + b"Transfer-Encoding:\x0bchunked\r\n\r\n" + hidden,
            "a folded line": post + b"Transfer-Encoding:\r\n chunked\r\n\r\n" + hidden,
            "a blank before the colon": post + b"Transfer-Encoding : chunked\r\n\r\n" + hidden,
            "chunks in HTTP/1.0": old + chunked + b"\r\n" + hidden,
            "a body of a GET": b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 44\r\n\r\n" + hidden,
            "two hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "no host": b"GET / HTTP/1.1\r\n\r\n",
            "a host with a path": b"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
            "a host with a user": b"GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
            "line feeds alone": b"GET / HTTP/1.1\nHost: x\n\n",
            "a return alone": b"GET / HTTP/1.1\r\nHost: x\r\nA: b\rC: d\r\n\r\n",
            "a null byte": b"GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n",
            "letters beyond ASCII": b"GET /\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n",
            "an absolute target": b"GET http://mal.example/ HTTP/1.1\r\nHost: x\r\n\r\n",
            "no version": b"GET /\r\n\r\n",
            "HTTP/2 in clear": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "not HTTP": b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + b"\0" * 64 + b"\r\n\r\n",
        }  # fmt: skip
        for name, request in rows.items():
            with self.subTest(name=name):
                answer = exchange(self.server.port, request)
                got = statuses(answer)
                # The library writes the head of its own refusals twice; neither is of a page.
                self.assertTrue(all(400 <= status <= 505 for status in got), got)
                self.assertNotIn(b"maillon_http", answer)

    def test_good_neighbours_of_the_above_are_answered(self):
        """Or a server that refuses all would pass."""
        fine = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        self.assertEqual(statuses(exchange(self.server.port, fine * 3)), [200, 200, 200])
        chunked = (b"POST /fermer HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                   b"Content-Type: application/x-www-form-urlencoded\r\n\r\n3\r\na=b\r\n0\r\n\r\n")
        self.assertEqual(statuses(exchange(self.server.port, chunked + fine)), [403, 200])

    def test_chunks_that_lie(self):
        head = (b"POST /fermer HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: "
                b"application/x-www-form-urlencoded\r\n\r\n")  # fmt: skip
        for chunk in (b"FFFFFFFFFFFFFFFFF\r\nx", b"-1\r\nx", b"0x3\r\nabc\r\n0\r\n\r\n",
                      b"\r\n\r\n",
                      b"3;" + b"a" * 70_000 + b"\r\nabc\r\n0\r\n\r\n", b"3\nabc\n0\n\n",
                      b"3\r\nabcXX0\r\n\r\n", b"ffffffff\r\n" + b"x" * 200_000):  # fmt: skip
            got = statuses(exchange(self.server.port, head + chunk, 20))
            # 500 is the library's, for the line of a chunk beyond its memory.
            self.assertTrue(all(400 <= s <= 500 for s in got), (chunk[:20], got))

    def test_ten_megabytes_of_head(self):
        for head in (b"A: " + b"b" * (10 * MEGA), b"A: b\r\n" * (2 * MEGA), b"a" * (10 * MEGA)):
            got = status_of(self.server.port, b"GET / HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n")
            self.assertIn(got, (0, 400, 413, 431))
        long = b"GET /" + b"a" * (10 * MEGA) + b" HTTP/1.1\r\nHost: x\r\n\r\n"
        self.assertIn(status_of(self.server.port, long), (0, 414, 431))

    def test_a_body_beyond_the_limit(self):
        for path in (b"/signaler/recit", b"/suivi/ouvrir", b"/api/v1/reports", b"/fermer"):
            head = (b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nContent-Type: application/"
                    b"x-www-form-urlencoded\r\nContent-Length: 2000000000\r\n\r\n")  # fmt: skip
            self.assertEqual(status_of(self.server.port, head + b"a=" + b"b" * 100_000), 413, path)

    def test_the_slow_are_cut_and_others_served(self):
        slow = []
        for number in range(150):
            client = socket.create_connection(("127.0.0.1", self.server.port), 30)
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-%d: " % number)
            slow.append(client)
        answered = [self.server.get("/").status for _ in range(10)]
        self.assertEqual(answered, [200] * 10)
        end = time.monotonic() + 60
        open_ones = slow
        while open_ones and time.monotonic() < end:
            time.sleep(0.5)
            open_ones = [client for client in open_ones if not self.is_cut(client)]
        for client in slow:
            client.close()
        self.assertEqual(len(open_ones), 0, "heads that never end are cut")

    @staticmethod
    def is_cut(client: socket.socket) -> bool:
        """Sends one more letter, as they do, and looks whether the server is still there."""
        try:
            client.sendall(b"a")
            client.setblocking(False)
            return client.recv(4096) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True
        finally:
            client.settimeout(30)


class Hosts(ServerTest):
    settings = {"http.hosts": "signalement.example,127.0.0.1"}

    def test_another_name_is_not_ours(self):
        for host, expected in (("signalement.example", 200), ("SIGNALEMENT.example:443", 200),
                               ("mal.example", 421), ("signalement.example.mal.example", 421),
                               ("signalement.example@mal.example", 400), ("", 400)):  # fmt: skip
            head = f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
            self.assertEqual(status_of(self.server.port, head), expected, host)

    def test_no_page_repeats_the_host(self):
        for path in ("/", "/suivi", "/en/report", "/nulle-part", "/signaler/"):
            answer = exchange(self.server.port, f"GET {path} HTTP/1.1\r\nHost: mal.example\r\n"
                              "X-Forwarded-Host: mal.example\r\n\r\n".encode())  # fmt: skip
            self.assertNotIn(b"mal.example", answer)


if __name__ == "__main__":
    unittest.main()
