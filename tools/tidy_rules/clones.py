"""The second copy of a piece of code moves to where both can use it; a third is a mistake."""
import re

from tidy_rules.cpp import cpp
from tidy_rules.tree import Tree

TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[A-Za-z_]\w*|\d[\w.]*|\S')
# Long enough that two loops which merely look alike do not match, since names count here.
TOKENS = 80
BORING = ("#include", "#pragma", "using ", "}")


def copied_code(tree: Tree):
    """No run of 80 tokens stands in two places."""
    first_seen: dict[tuple[str, ...], tuple[str, int, int]] = {}
    for path in cpp(tree, "src/", tests=False):
        tokens = tokens_of(tree.code(path).uncommented)
        position = 0
        while position + TOKENS <= len(tokens):
            window = tuple(word for word, _ in tokens[position : position + TOKENS])
            line = tokens[position][1]
            seen_path, seen_line, at = first_seen.setdefault(window, (path, line, position))
            if seen_path != path or position - at >= TOKENS:
                yield path, line, f"{TOKENS} tokens copied from {seen_path}:{seen_line}"
                position += TOKENS
            else:
                position += 1


def tokens_of(text: str) -> list[tuple[str, int]]:
    tokens = []
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped.startswith(BORING) and len(stripped) < 120 and "(" not in stripped:
            continue
        # Tables of numbers and words repeat themselves by nature.
        if re.fullmatch(r"[\s\d{},.x()A-Fa-f'-]*", re.sub(r'"[^"]*"', "", stripped)):
            continue
        tokens += [(word, number) for word in TOKEN.findall(line)]
    return tokens


RULES = (copied_code,)
