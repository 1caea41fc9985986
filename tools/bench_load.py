"""Load for `script/bench server`: wrk, pgbench and nginx, and what their output says."""
import json
import os
import pathlib
import re
import subprocess
import sys

SCRIPT = """
-- Invented declarations, each with an Idempotency-Key of its own; made by tools/bench_load.py.
local bodies = {}
for line in io.lines("%(records)s") do bodies[#bodies + 1] = line end
local made, name = 0, "%(name)s"
local next_thread = 0
function setup(thread) thread:set("number", next_thread) next_thread = next_thread + 1 end
function request()
    made = made + 1
    local id = name .. "-" .. number .. "-" .. made
    local body = '{"id":"' .. id .. '",' .. bodies[made %% #bodies + 1]
    return wrk.format("POST", "/api/v1/reports", {
        ["Authorization"] = "Bearer %(key)s", ["Content-Type"] = "application/json",
        ["Idempotency-Key"] = id, ["Host"] = "127.0.0.1"}, body)
end
"""


class Load:
    """What wrk measured. Times in milliseconds."""

    UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}

    def __init__(self, said: str):
        self.per_second = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
        self.p50, self.p99 = (self.time(said, part) for part in ("50", "99"))
        refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
        broken = re.search(r"Socket errors: (.*)", said)
        self.faults = f"{refused[1]} refused" if refused else broken[1] if broken else ""

    def time(self, said: str, part: str) -> float:
        found = re.search(rf"^\s+{part}%\s+([\d.]+)(us|ms|s|m)$", said, re.MULTILINE)
        return float(found[1]) * self.UNITS[found[2]]


def command(url: str, connections: int, seconds: float, script: pathlib.Path | None) -> list:
    extra = ["-s", script] if script else []
    return ["wrk", "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "--timeout", "20s",
            "--latency", *extra, url]  # fmt: skip


def wrk(url: str, connections: int, seconds: float, script: pathlib.Path | None = None) -> Load:
    ran = subprocess.run(command(url, connections, seconds, script), capture_output=True, text=True)
    if ran.returncode != 0:
        sys.exit(f"wrk failed: {ran.stdout}{ran.stderr}")
    return Load(ran.stdout)


def posting(folder: pathlib.Path, records: list[str], key: str, name: str) -> pathlib.Path:
    """The script by which wrk reports; `records` are lines of the interchange format."""
    lines, script = folder / "bodies", folder / f"{name}.lua"
    bodies = []
    for line in records:
        record = json.loads(line)
        del record["id"]
        bodies.append(json.dumps(record, ensure_ascii=False)[1:])
    lines.write_text("\n".join(bodies) + "\n")
    script.write_text(SCRIPT % {"records": lines, "name": name, "key": key})
    return script


class Nginx:
    """Serves one file from memory, as plainly as nginx can."""

    def __init__(self, folder: pathlib.Path, port: int, content: bytes):
        root = folder / "nginx"
        root.mkdir(mode=0o755)
        (root / "page.html").write_bytes(content)
        config = root / "nginx.conf"
        config.write_text(f"""
            {"user root;" if os.geteuid() == 0 else ""}
            worker_processes auto; daemon off; pid {root}/pid; error_log {root}/error.log;
            events {{ worker_connections 1024; }}
            http {{
                access_log off; sendfile on; keepalive_requests 10000000;
                types {{ text/html html; }}
                client_body_temp_path {root}; proxy_temp_path {root}; fastcgi_temp_path {root};
                uwsgi_temp_path {root}; scgi_temp_path {root};
                server {{ listen 127.0.0.1:{port}; root {root}; }}
            }}""")
        self.process = subprocess.Popen(
            ["/usr/sbin/nginx", "-c", config, "-p", root], stderr=subprocess.DEVNULL
        )
        self.url = f"http://127.0.0.1:{port}/page.html"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def inserts_per_second(sockets: pathlib.Path, folder: pathlib.Path, clients: int,
                       seconds: float, row_bytes: int) -> float:
    """Durable inserts of one row each, by pgbench in the same PostgreSQL."""
    script = folder / "insert.sql"
    # Bytes that do not compress, as sealed ones are.
    script.write_text(
        "INSERT INTO bench_row (body) SELECT string_agg(sha256(random()::text::bytea), '')"
        f" FROM generate_series(1, {row_bytes // 32});\n"
    )
    address = ["-h", sockets, "-U", "maillon", "maillon"]
    psql = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *address, "-c"]
    table = "CREATE TABLE bench_row (id bigserial PRIMARY KEY, body bytea)"
    subprocess.run([*psql, table], check=True)
    try:
        ran = subprocess.run(
            ["pgbench", "-n", "-f", script, "-c", str(clients), "-j", "1", "-T",
             f"{seconds:.0f}", "-M", "prepared", *address],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    finally:
        subprocess.run([*psql, "DROP TABLE bench_row"], check=True)
    return float(re.search(r"tps = ([\d.]+)", ran.stdout)[1])


def resident_mib(pids: list[int]) -> float:
    """Proportional: pages that several processes share count once."""
    kib = 0
    for pid in pids:
        try:
            rollup = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        kib += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])
    return kib / 1024


def family(pid: int) -> list[int]:
    """A process and its children."""
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
    return [pid, *map(int, children.read_text().split())] if children.exists() else [pid]
