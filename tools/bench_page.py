"""docs/BENCHMARKS.md: the page, its generated parts, the machine and the date of each run."""
import datetime
import os
import pathlib
import platform
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/BENCHMARKS.md"
BUILD = ROOT / "build/release"
MAILLON = BUILD / "maillon"

HEAD = """# Benchmarks

Every figure below was written by `script/bench quality`, `speed` or `server`, from the run whose
machine and date stand last above it. Nothing is typed by hand; what a figure means is said beside
it.
"""


def shared_data() -> pathlib.Path | None:
    """The folder of real data, when it is there: MAILLON_SHARED_DATA, or beside the checkout."""
    given = os.environ.get("MAILLON_SHARED_DATA")
    folder = pathlib.Path(given) if given else ROOT.parent / "shared/data"
    return folder if (folder / "MANIFEST.md").exists() else None


def machine() -> str:
    """One line: processor, cores, memory, system, compiler, revision, date."""
    processor = next(
        (
            line.split(":", 1)[1].strip()
            for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    compiler = first_line("g++", "--version")
    revision = first_line("git", "-C", ROOT, "rev-parse", "--short", "HEAD")
    changed = "+" if first_line("git", "-C", ROOT, "status", "--porcelain", "-uno") else ""
    today = datetime.date.today().isoformat()
    return (
        f"{processor}, {os.cpu_count()} cores, {memory:.0f} GiB; {debian()}; {compiler}; "
        f"revision {revision}{changed}; {today}."
    )


def debian() -> str:
    version = pathlib.Path("/etc/debian_version")
    return f"Debian {version.read_text().strip()}" if version.exists() else platform.system()


def first_line(*command) -> str:
    ran = subprocess.run(command, capture_output=True, text=True)
    return ran.stdout.splitlines()[0] if ran.stdout else ""


def table(header: list[str], rows: list[list]) -> str:
    """A Markdown table; numbers are aligned right."""
    if not rows:
        return "(no rows)\n"
    numeric = [
        all(isinstance(row[i], (int, float)) or str(row[i])[:1].isdigit() for row in rows)
        for i in range(len(header))
    ]
    rule = "|".join("---:" if right else "---" for right in numeric)
    lines = [f"| {' | '.join(header)} |", f"|{rule}|"]
    lines += [f"| {' | '.join(map(shown, row))} |" for row in rows]
    return "\n".join(lines) + "\n"


def shown(value) -> str:
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, int):
        return f"{value:,}".replace(",", " ")
    return str(value)


def written_halves() -> dict[str, str]:
    halves = {half: "" for half in ("quality", "speed", "server")}
    if PAGE.exists():
        page = PAGE.read_text()
        for half in halves:
            begin, end = marks(half)
            if begin in page and end in page:
                halves[half] = page.split(begin, 1)[1].split(end, 1)[0].strip()
    return halves


def replace_part(half: str, text: str) -> None:
    """Writes one part of a half ("### Title" and below) and leaves the others as they were."""
    title, _, rest = text.strip().partition("\n")
    begin, *parts = re.split(r"^(?=### )", written_halves()[half], flags=re.MULTILINE)
    places = [i for i, part in enumerate(parts) if part.startswith(title + "\n")]
    if len(places) != 1:
        sys.exit(f"{PAGE.name} has no part to replace: {title}")
    parts[places[0]] = f"{title}\n\n{machine()}\n{rest}\n\n"
    replace_half(half, begin + "".join(parts))


def replace_half(name: str, text: str) -> None:
    """Writes one generated half and leaves the other as it was."""
    halves = written_halves() | {name: text.strip()}
    parts = [HEAD]
    for half, content in halves.items():
        if content:
            begin, end = marks(half)
            parts.append(f"{begin}\n{content}\n{end}\n")
    PAGE.write_text("\n".join(parts))
    print(f"wrote {PAGE.relative_to(ROOT)} ({name})")


def marks(half: str) -> tuple[str, str]:
    return f"<!-- {half}: begin -->", f"<!-- {half}: end -->"
