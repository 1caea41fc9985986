#!/usr/bin/env python3
"""Holds the direction of the modules: who may include whom.

check_modules.py SRC

A module is a folder under SRC whose CMakeLists.txt calls add_module(DEPS ...). It may include its
own headers, the public headers (those directly in the folder) of the modules in its DEPS, and
third-party headers in <>. Its tests (*_test.cpp, test_*.hpp) may also include the modules of its
TEST_DEPS, which may know it in turn. Other cycles are refused. The platform knows no scam, the
engine performs nothing: both are held to the modules they may name, whatever their DEPS say.
"""
import graphlib
import pathlib
import re
import sys

ADD_MODULE = re.compile(r"\badd_module\s*\((.*?)\)", re.DOTALL)
KEYWORDS = {
    "DEPS", "LIBS", "PRIVATE_LIBS", "SOURCES", "TESTS", "TEST_LIBS", "TEST_DEPS", "THREADS",
    "VECTORS", "APART",
}  # fmt: skip
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')

# Which modules the DEPS of a part of the tree may name at all.
LAYERS = {
    "base": (),
    "platform/": ("base", "platform/"),
    "engine/": ("base", "engine/"),
    "interchange": ("base", "engine/record"),
}


def declared_dependencies(cmake: str, list_name: str = "DEPS") -> set[str] | None:
    """The DEPS of the file's add_module call, or another list; None when it has no call."""
    call = ADD_MODULE.search(re.sub(r"#.*", "", cmake))
    if not call:
        return None
    dependencies, keyword = set(), None
    for word in call[1].split():
        if word in KEYWORDS:
            keyword = word
        elif keyword == list_name:
            dependencies.add(word)
    return dependencies


def layer_faults(module: str, dependencies: set[str]) -> list[str]:
    for layer, allowed in LAYERS.items():
        if module == layer or (layer.endswith("/") and module.startswith(layer)):
            return [
                f"src/{module}/CMakeLists.txt: {module} must not depend on {other} "
                f"(it may name: {', '.join(allowed) or 'no module'})"
                for other in sorted(dependencies)
                if not any(other == a or (a.endswith("/") and other.startswith(a)) for a in allowed)
            ]
    return []


def include_fault(line: str, module: str, modules: dict[str, set[str]]) -> str | None:
    include = INCLUDE.match(line)
    if not include:
        return None
    quoted, path = include[1] == '"', include[2]
    there = owner(path, modules)
    if not quoted:
        return f"our own header in <>: write \"{path}\"" if there else None
    if there is None:
        return f"write the include from the root of src/, in a declared module: \"{path}\""
    if there == module:
        return None
    if there not in modules[module]:
        return f"{module} does not declare {there} in its DEPS: \"{path}\""
    if "/" in path[len(there) + 1 :]:
        return f"\"{path}\" is private to {there}: only headers directly in its folder are public"
    return None


def owner(path: str, modules: dict[str, set[str]]) -> str | None:
    return max((m for m in modules if path.startswith(m + "/")), key=len, default=None)


def cycle_fault(modules: dict[str, set[str]]) -> list[str]:
    try:
        graphlib.TopologicalSorter(modules).prepare()
    except graphlib.CycleError as error:
        return ["modules depend on each other in a circle: " + " -> ".join(error.args[1])]
    return []


def faults(src: pathlib.Path) -> list[str]:
    modules: dict[str, set[str]] = {}
    tests: dict[str, set[str]] = {}
    for cmake in sorted(src.rglob("CMakeLists.txt")):
        dependencies = declared_dependencies(cmake.read_text())
        if dependencies is not None:
            name = cmake.parent.relative_to(src).as_posix()
            modules[name] = dependencies
            tests[name] = dependencies | declared_dependencies(cmake.read_text(), "TEST_DEPS")
    found = cycle_fault(modules)
    for module, dependencies in modules.items():
        found += layer_faults(module, dependencies)
        found += [
            f"src/{module}/CMakeLists.txt: there is no module {other}"
            for other in sorted(tests[module] - modules.keys())
        ]
    for source in sorted(p for p in src.rglob("*") if p.suffix in (".cpp", ".hpp")):
        relative = source.relative_to(src).as_posix()
        module = owner(relative, modules)
        if module is None:
            found.append(f"src/{relative}: no module owns this file")
            continue
        is_test = relative.endswith("_test.cpp") or "/test_" in relative
        allowed = tests if is_test else modules
        for number, line in enumerate(source.read_text(errors="replace").splitlines(), 1):
            if fault := include_fault(line, module, allowed):
                found.append(f"src/{relative}:{number}: {fault}")
    return found


def main() -> int:
    found = faults(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "src"))
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
