"""Rules on any text file: size, white space, words, names, paths."""
import os
import pathlib
import re

from tidy_rules.tree import Fault, Tree

LINES_MAX = {".cpp": 500, ".hpp": 250, ".py": 500, ".js": 500, ".css": 500, ".html": 500}
COLUMNS_MAX = 100
FILE_BYTES_MAX = 300_000
LEFT_OPEN = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|not part of this build yet")
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(work|home|root|mnt|tmp)/[\w.]")
REGISTRY_HOST = re.compile(r"registry\.npmjs\.org|deb\.debian\.org|pypi\.org|files\.pythonhosted")
NAMES_OF_NOTHING = re.compile(
    r"(^|_)(manager|helper|helpers|util|utils|data|info|misc|common)(_|\.|$)"
)
SNAKE_CASE = re.compile(r"^[a-z0-9]+(_[a-z0-9]+)*(\.[a-z0-9]+)+$")


def file_lengths(tree: Tree):
    """A file tells one story: .cpp and .py <= 500 lines, .hpp <= 250."""
    for path in tree.texts():
        limit = LINES_MAX.get(pathlib.PurePath(path).suffix)
        lines = tree.read(path).count("\n")
        if limit and lines > limit:
            yield path, limit, f"{lines} lines, {limit} at most: split it by concept"


def line_lengths(tree: Tree):
    """100 columns."""
    for path in tree.texts(suffixes=(".cpp", ".hpp", ".py", ".cmake")):
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            if len(line) > COLUMNS_MAX:
                yield path, number, f"{len(line)} columns, {COLUMNS_MAX} at most"


def white_space(tree: Tree):
    """No tab, no trailing space, no carriage return; the last line ends."""
    for path in tree.texts():
        text = tree.read(path)
        if text and not text.endswith("\n"):
            yield path, text.count("\n") + 1, "the last line does not end with a newline"
        for number, line in enumerate(text.split("\n"), 1):
            if line != line.rstrip():
                yield path, number, "space at the end of the line"
            if "\t" in line and not path.endswith((".csv", ".txt")):
                yield path, number, "tab"


def left_open(tree: Tree):
    """Nothing is left for later in the text: an issue says what remains."""
    for path in tree.texts():
        if path.startswith(("tools/tidy_rules/", "tools/tests/")) or path.endswith(".md"):
            continue
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            if found := LEFT_OPEN.search(line):
                yield path, number, f"'{found[0]}': do it, or file an issue and drop the note"


def machine_paths(tree: Tree):
    """No path of the machine where it was written, no registry's host."""
    for path in tree.texts():
        if path.startswith("tools/tidy_rules/") or path.startswith("tools/tests/"):
            continue
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            if found := MACHINE_PATH.search(line):
                yield path, number, f"'{found[0]}…' exists on one machine only"
            if found := REGISTRY_HOST.search(line):
                yield path, number, f"'{found[0]}': name the package, not where it comes from"


def file_names(tree: Tree):
    """snake_case, and no name that says nothing (manager, helper, util, data, info…)."""
    for path in tree.texts(suffixes=(".cpp", ".hpp", ".py")):
        name = pathlib.PurePath(path).name
        if not SNAKE_CASE.match(name) and name != "__init__.py":
            yield path, 1, "file names are snake_case"
        for part in (*pathlib.PurePath(path).parts[:-1], name):
            if NAMES_OF_NOTHING.search(part):
                yield path, 1, f"'{part}' says nothing: name what it is"


def executable_bits(tree: Tree):
    """What starts with #! can be run, and nothing else is marked so."""
    for path in tree.paths:
        with (tree.root / path).open("rb") as file:
            script = file.read(2) == b"#!"
        executable = os.access(tree.root / path, os.X_OK)
        if script and not executable:
            yield path, 1, "starts with #! and cannot be run: chmod +x"
        if executable and not script:
            yield path, 1, "marked as a program and is none: chmod -x"


def file_sizes(tree: Tree):
    """Large files are generated or come from packages."""
    for path in tree.paths:
        size = (tree.root / path).stat().st_size
        if size > FILE_BYTES_MAX and not path.startswith("docs/pictures/"):
            yield path, 1, f"{size} bytes, {FILE_BYTES_MAX} at most"


def written_for_all(tree: Tree):
    """Empty files say nothing."""
    for path in tree.paths:
        if (tree.root / path).stat().st_size == 0:
            yield path, 1, "empty file"


RULES = (
    file_lengths, line_lengths, white_space, left_open, machine_paths, file_names, executable_bits,
    file_sizes, written_for_all,
)  # fmt: skip
__all__ = ["RULES", "Fault"]
