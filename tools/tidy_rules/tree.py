"""The files that the rules look at, and C++ with its comments and literals told apart."""
import dataclasses
import functools
import pathlib
import re
import subprocess

TEXT_SUFFIXES = {
    ".cpp", ".hpp", ".py", ".cmake", ".txt", ".md", ".json", ".toml", ".html", ".css", ".js",
    ".jsonl", ".csv", ".yml", ".sh", "",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Fault:
    rule: str
    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what} [{self.rule}]"


class Tree:
    """A project's own files: what git tracks or would; every file when it is no repository."""

    def __init__(self, root: pathlib.Path):
        self.root = root
        listing = subprocess.run(
            ["git", "-C", root, "ls-files", "-z", "-co", "--exclude-standard"], capture_output=True
        )
        if listing.returncode == 0:
            names = listing.stdout.decode().split("\0")
        else:
            names = [p.relative_to(root).as_posix() for p in root.rglob("*")]
        self.paths = sorted(n for n in set(names) if n and (root / n).is_file())

    def texts(self, *prefixes: str, suffixes: tuple[str, ...] = ()) -> list[str]:
        """Text files under the prefixes and with one of the suffixes; none given means any."""
        return [
            path
            for path in self.paths
            if pathlib.PurePath(path).suffix in (suffixes or TEXT_SUFFIXES)
            and (not prefixes or path.startswith(prefixes))
            and not path.startswith(("third_party/", "fuzz/corpus/"))
        ]

    @functools.cache
    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode(errors="replace")

    @functools.cache
    def code(self, path: str) -> "Code":
        return split_cpp(self.read(path))


@dataclasses.dataclass(frozen=True)
class Code:
    bare: str  # comments and the insides of literals blanked, line for line
    uncommented: str  # comments alone blanked
    literals: tuple[tuple[int, str], ...]  # line, inside of a string literal


PIECES = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      |(?P<raw>R"(?P<delimiter>[^(\s]*)\((?P<inside>.*?)\)(?P=delimiter)")
      |(?P<string>"(?:\\.|[^"\\\n])*")
      |(?P<char>(?<![0-9a-zA-Z_])'(?:\\.|[^'\\\n])+')""",
    re.DOTALL | re.VERBOSE,
)


def split_cpp(text: str) -> Code:
    literals = []

    def blank(match: re.Match) -> str:
        whole = match[0]
        if match["comment"]:
            return re.sub(r"[^\n]", " ", whole)
        if match["raw"]:
            literals.append((text.count("\n", 0, match.start()) + 1, match["inside"]))
            return '""' + "\n" * whole.count("\n")
        if match["string"]:
            # A file name in an #include is not a literal of the program.
            begin = text.rfind("\n", 0, match.start()) + 1
            if text[begin : match.start()].lstrip().startswith("#"):
                return whole
            literals.append((text.count("\n", 0, match.start()) + 1, whole[1:-1]))
            return '""'
        return "' '"

    uncommented = PIECES.sub(lambda m: blank(m) if m["comment"] else m[0], text)
    return Code(PIECES.sub(blank, text), uncommented, tuple(literals))
