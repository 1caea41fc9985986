"""Writes STEM.hpp and STEM.cpp from .sql files; see EmbedQueries.cmake.

embed_queries.py FOLDER MODULE STEM NAMESPACE FILE.sql...
"""
import pathlib
import re
import sys


def constant(stem: str) -> str:
    return "k" + "".join(word.capitalize() for word in stem.split("_"))


def literal(text: str) -> str:
    """As a raw string."""
    return 'R"sql(' + text + ')sql"'


def main() -> None:
    folder, module, stem, namespace, *files = sys.argv[1:]
    paths = [pathlib.Path(file) for file in files]
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    header = [
        "// Made from .sql files by cmake/embed_queries.py.",
        "#pragma once",
        '#include "platform/db/query.hpp"',
        "#include <span>",
        f"namespace {namespace}::sql {{",
    ]
    source = [
        "// Made from .sql files by cmake/embed_queries.py.",
        f'#include "{module}/{stem}.hpp"',
        f"namespace {namespace}::sql {{",
    ]
    prefix = module.replace("/", "_")
    for path in paths:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", path.stem):
            sys.exit(f"{path}: a query's name is [a-z][a-z0-9_]*")
        text = path.read_text()
        if not text.startswith("--"):
            sys.exit(f"{path}: opens with comments: what it returns, its parameters")
        name = constant(path.stem)
        header.append(f"extern const platform::db::Query {name};")
        source.append(
            f'const platform::db::Query {name}{{"{prefix}_{path.stem}", {literal(text)}}};'
        )
    names = ", ".join(constant(path.stem) for path in paths)
    header += ["extern const std::span<const platform::db::Query> kAll;", "}"]
    source += [
        f"namespace {{ const platform::db::Query kEach[] = {{{names}}}; }}",
        "const std::span<const platform::db::Query> kAll{kEach};",
        "}",
    ]
    (out / f"{stem}.hpp").write_text("\n".join(header) + "\n")
    (out / f"{stem}.cpp").write_text("\n".join(source) + "\n")


if __name__ == "__main__":
    main()
