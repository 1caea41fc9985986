"""Rules on how the files hold together: sources listed, decisions numbered, words explained."""
import pathlib
import re

from tidy_rules.tree import Tree

DECISION = re.compile(r"^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.md$")
DECISION_PARTS = ("## Context", "## Decision", "## Consequences", "## Revisit when")
GLOSSARY = "docs/GLOSSARY.md"
# Arrays of words of the interchange format and of linking: each word is explained in the glossary.
WORD_ARRAYS = re.compile(
    r"\bk(?:Kind|Speaker|IdentifierType|Role|Tier|Verdict)Names(?:\[\])?\s*(?:=\s*)?\{([^}]*)\}"
)


def sources_listed(tree: Tree):
    """A source that no CMakeLists.txt lists is dead."""
    for path in tree.texts("src/", "bench/", "fuzz/", "tests/", suffixes=(".cpp",)):
        if not listed(tree, pathlib.PurePosixPath(path)):
            yield path, 1, "listed in no CMakeLists.txt: dead or forgotten"


def listed(tree: Tree, path: pathlib.PurePosixPath) -> bool:
    for folder in path.parents:
        cmake = (folder / "CMakeLists.txt").as_posix()
        if cmake in tree.paths:
            relative = path.relative_to(folder).as_posix()
            if re.search(rf"(?<![\w/]){re.escape(relative)}(?![\w/])", tree.read(cmake)):
                return True
    return False


def headers_included(tree: Tree):
    """A header that nobody includes is dead."""
    included = set()
    for path in tree.texts(suffixes=(".cpp", ".hpp", ".py", ".cmake", ".txt")):
        included.update(re.findall(r'#\s*include "([^"]+)"', tree.read(path)))
    for path in tree.texts("src/", suffixes=(".hpp",)):
        if path.removeprefix("src/") not in included:
            yield path, 1, "nobody includes it"


def assets_used(tree: Tree):
    """A template, style, script or tool that nothing names is dead."""
    readers = [
        tree.read(p)
        for p in tree.texts(suffixes=(".cpp", ".hpp", ".txt", ".cmake", ".py", ".html", ".md", ""))
    ]
    for path in tree.texts("src/", "web/", "tools/", suffixes=(".html", ".css", ".js", ".py")):
        name = pathlib.PurePath(path).name
        if name == "__init__.py" or path.startswith(("tools/tidy_rules/", "tools/tests/")):
            continue
        imported = f"import {name.removesuffix('.py')}\n"
        others = [text for text in readers if text is not tree.read(path)]
        if not any(name in text or imported in text for text in others):
            yield path, 1, "nothing names it"


def decisions_numbered(tree: Tree):
    """ADRs: numbered without gap or double, four parts, linked in their index."""
    index = tree.read("docs/adr/README.md") if "docs/adr/README.md" in tree.paths else ""
    seen: dict[str, str] = {}
    for path in tree.texts("docs/adr/", suffixes=(".md",)):
        name = pathlib.PurePath(path).name
        if name == "README.md":
            continue
        number = DECISION.match(name)
        if not number:
            yield path, 1, "named NNNN-words-of-the-title.md"
            continue
        if number[1] in seen:
            yield path, 1, f"number {number[1]} is taken by {seen[number[1]]}"
        seen[number[1]] = name
        if f"]({name})" not in index:
            yield path, 1, "not linked in docs/adr/README.md"
        for part in DECISION_PARTS:
            if part not in tree.read(path):
                yield path, 1, f"has no '{part}'"
    for position, number in enumerate(sorted(seen), 1):
        if int(number) != position:
            yield f"docs/adr/{seen[number]}", 1, f"number {position:04} is missing before it"
            break


def links_lead_somewhere(tree: Tree):
    """A link of a document to a file of the project leads to a file."""
    for path in tree.texts(suffixes=(".md",)):
        folder = (tree.root / path).parent
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", line):
                if "://" not in target and not (folder / target).exists():
                    yield path, number, f"leads nowhere: {target}"


def decisions_cited_exist(tree: Tree):
    """A decision cited in a text by its number exists."""
    known = {pathlib.PurePath(p).name[:4] for p in tree.texts("docs/adr/", suffixes=(".md",))}
    for path in tree.texts():
        if path.startswith(("tools/tests/",)):
            continue
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            for cited in re.findall(r"\bADR (\d{4})\b|docs/adr/(\d{4})", line):
                if (cited[0] or cited[1]) not in known:
                    yield path, number, f"there is no ADR {cited[0] or cited[1]}"


def glossary_rows(text: str) -> list[tuple[int, list[str]]]:
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("| ") and not line.startswith(("| Word", "|---", "| ---")):
            rows.append((number, [cell.strip() for cell in line.strip("|").split("|")]))
    return rows


def glossary_complete(tree: Tree):
    """Each word of the format and of linking is in the glossary, with its official French term
    and the source of that term; no row is half empty or double."""
    if GLOSSARY not in tree.paths:
        return
    words = set()
    for number, cells in glossary_rows(tree.read(GLOSSARY)):
        if len(cells) != 4 or not all(cells):
            yield GLOSSARY, number, "a row has a word, its meaning, the French term, its source"
        word = cells[0].strip("`* ")
        if word in words:
            yield GLOSSARY, number, f"'{word}' is explained twice"
        words.add(word)
    for path in tree.texts("src/", suffixes=(".hpp",)):
        for array in WORD_ARRAYS.finditer(tree.read(path)):
            for word in re.findall(r'"([^"]+)"', array[1]):
                if word not in words:
                    yield path, 1, f"'{word}' is not explained in {GLOSSARY}"


RULES = (
    sources_listed, headers_included, assets_used, decisions_numbered, links_lead_somewhere,
    decisions_cited_exist, glossary_complete,
)  # fmt: skip
