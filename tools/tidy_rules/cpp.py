"""Rules on C++: length of functions, bans by folder, languages kept apart, catch at the edges."""
import re

from tidy_rules.tree import Tree

FUNCTION_LINES_MAX = 70
CONTROL = re.compile(
    r"^\s*(?:\}\s*)?(if|else|for|while|switch|do|try|catch|namespace|struct|class|enum|union"
    r"|extern|return)\b"
)
HTML = re.compile(r"<[a-z/][a-z0-9]*[\s>/]")
SQL = re.compile(r"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s")

EDGES = ("src/app/", "src/platform/")
JSON_EDGES = ("src/interchange/", "src/chain/")

# (folders, folders left out, pattern over the code without comments and literals, what to do)
BANS = (
    (("src/",), (), r"\bmap<std::string,\s*std::string>", "map of strings: give it a type"),
    (("src/",), (), r"\.value_or\(\"\"", "silent fallback: say what happens when it is missing"),
    (("src/",), (), r"\bcatch\s*\([^)]*\)\s*\{\s*\}", "empty catch"),
    (("src/", "bench/", "fuzz/"), (), r"^\s*#\s*define\b(?! HWY_)", "macro (Highway's apart)"),
    (("src/", "bench/", "fuzz/"), (), r"\busing namespace std;", "using namespace std"),
    (("src/",), (), r"\bco_(await|return|yield)\b", "coroutines: miscompiled by g++ 12"),
    (("src/",), (), r"\bstd::(s?rand|strtok|gets|ato[ilf])\b", "unsafe or unchecked C function"),
    (("src/",), EDGES, r"\b(std::)?getenv\(", "the environment is not an argument"),
    (("src/",), EDGES, r"\bstd::(cout|cerr|clog)\b|(?<![\w:])printf\(",
     "only app and platform speak to the terminal"),
    (("src/engine/",), (), r"_clock::now\b|\bstd::time\(|\brandom_device\b",
     "the engine has no clock and no chance"),
    (("src/engine/",), (), r"\bstd::[io]?fstream\b|\bfopen\b|\bstd::filesystem\b",
     "the engine performs nothing: no files"),
    (("src/engine/",), (), r"\b(spdlog|std::print|fmt::print)\b", "the engine does not log"),
    (("src/",), JSON_EDGES, r"\bsimdjson::", "JSON stays at the edges"),
    (("src/",), ("src/app/",), r"\bCLI::", "the command line stays in app"),
    (("src/",), (), r"\bstd::shared_ptr\b", "shared ownership: use values or unique_ptr"),
    (("src/",), (), r"\bsleep(_for|_until)?\(", "no sleeping"),
)  # fmt: skip
TEST = re.compile(r"_test\.cpp$|/test_")


def cpp(tree: Tree, *prefixes: str, tests: bool = True) -> list[str]:
    paths = tree.texts(*prefixes, suffixes=(".cpp", ".hpp"))
    return [p for p in paths if tests or not TEST.search(p)]


def function_lengths(tree: Tree):
    """A function fits the eye: 70 lines."""
    for path in cpp(tree):
        lines = tree.code(path).bare.split("\n")
        for first, last in function_bodies(lines):
            if last - first + 1 > FUNCTION_LINES_MAX:
                length = last - first + 1
                yield path, first + 1, f"function of {length} lines, {FUNCTION_LINES_MAX} at most"


def function_bodies(lines: list[str]):
    """(first, last) line of each function definition, counted from 0, as clang-format lays it out:
    the closing brace stands under the first character of the definition."""
    for number, line in enumerate(lines):
        if not line.rstrip().endswith("{"):
            continue
        start = number
        # The head of a definition may be spread over lines that are indented further.
        while start > 0 and not starts_definition(lines, start):
            start -= 1
        head = " ".join(lines[start : number + 1])
        indent = len(lines[start]) - len(lines[start].lstrip())
        if indent > 8 or "(" not in head or CONTROL.match(head) or re.search(r"\[.*\]\s*\(", head):
            continue
        closing = " " * indent + "}"
        for last in range(number + 1, len(lines)):
            if lines[last].startswith(closing):
                yield start, last
                break


def starts_definition(lines: list[str], number: int) -> bool:
    before = lines[number - 1].rstrip()
    return before == "" or before.endswith((";", "}", "{", ":")) or before.lstrip().startswith("#")


def banned_tokens(tree: Tree):
    """Words that a folder does without."""
    for folders, left_out, pattern, what in BANS:
        expression = re.compile(pattern, re.MULTILINE)
        for path in cpp(tree, *folders, tests=False):
            if path.startswith(left_out):
                continue
            bare = tree.code(path).bare
            for found in expression.finditer(bare):
                begin = found.start() + len(found[0]) - len(found[0].lstrip())
                yield path, bare.count("\n", 0, begin) + 1, what


def html_in_cpp(tree: Tree):
    """HTML is written in .html files."""
    for path in cpp(tree, "src/", tests=False):
        for line, inside in tree.code(path).literals:
            if HTML.search(inside):
                yield path, line, "HTML in a C++ literal: use a template"


def sql_in_cpp(tree: Tree):
    """SQL is written in .sql files."""
    for path in cpp(tree, "src/"):
        for line, inside in tree.code(path).literals:
            if SQL.match(inside):
                yield path, line, "SQL in a C++ literal: use a .sql file"


def catch_inside(tree: Tree):
    """Exceptions are caught at the edges, listed in tools/tidy_exceptions.toml."""
    for path in cpp(tree, "src/", tests=False):
        bare = tree.code(path).bare
        for found in re.finditer(r"\bcatch\s*\(", bare):
            line = bare.count("\n", 0, found.start()) + 1
            yield path, line, "catch away from the edges: return a Result, or list the edge"


def include_guards(tree: Tree):
    """Headers open with #pragma once."""
    for path in cpp(tree):
        if path.endswith(".hpp") and "#pragma once" not in tree.read(path):
            yield path, 1, "no #pragma once"


def names_that_say_nothing(tree: Tree):
    """No type called Manager, Helper, Util, Data, Info."""
    expression = re.compile(
        r"\b(?:class|struct)\s+(\w*(?:Manager|Helper|Util|Utils|Data|Info))\b(?!\s*;)"
    )
    for path in cpp(tree):
        bare = tree.code(path).bare
        for found in expression.finditer(bare):
            yield path, bare.count("\n", 0, found.start()) + 1, f"'{found[1]}' says nothing"


def public_headers_explained(tree: Tree):
    """A public header opens with a comment that says what it is for."""
    for path in cpp(tree, "src/"):
        if path.endswith(".hpp") and not tree.read(path).startswith("//"):
            yield path, 1, "a header opens with what it is for"


RULES = (
    function_lengths, banned_tokens, html_in_cpp, sql_in_cpp, catch_inside, include_guards,
    names_that_say_nothing, public_headers_explained,
)  # fmt: skip
