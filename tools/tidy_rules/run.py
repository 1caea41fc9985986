"""Runs the rules over a tree and takes the listed exceptions away."""
import pathlib
import tomllib

from tidy_rules import clones, cpp, project, text
from tidy_rules.tree import Fault, Tree

RULES = (*text.RULES, *cpp.RULES, *project.RULES, *clones.RULES)
EXCEPTIONS = "tools/tidy_exceptions.toml"


def faults(root: pathlib.Path) -> list[Fault]:
    tree = Tree(root)
    found = [
        Fault(rule.__name__, path, line, what) for rule in RULES for path, line, what in rule(tree)
    ]
    return without_exceptions(found, root)


def without_exceptions(found: list[Fault], root: pathlib.Path) -> list[Fault]:
    """Drops the faults of listed files; a listed file without fault becomes one."""
    listing = root / EXCEPTIONS
    exceptions = tomllib.loads(listing.read_text()) if listing.exists() else {}
    faulty = {(fault.rule, fault.path) for fault in found}
    names = {rule.__name__ for rule in RULES}
    kept = [f for f in found if f.path not in exceptions.get(f.rule, {})]
    for rule, paths in exceptions.items():
        if rule not in names:
            kept.append(Fault("exceptions", EXCEPTIONS, 1, f"there is no rule {rule}"))
            continue
        for path, reason in paths.items():
            if (rule, path) not in faulty:
                what = f"{rule} no longer needs an exception for {path}"
                kept.append(Fault("exceptions", EXCEPTIONS, 1, what))
            if len(reason.split()) < 3:
                what = f"{rule}: say why {path} is an exception"
                kept.append(Fault("exceptions", EXCEPTIONS, 1, what))
    return kept


def main(arguments: list[str]) -> int:
    if "--rules" in arguments:
        for rule in RULES:
            print(f"{rule.__name__}: {' '.join((rule.__doc__ or '').split())}")
        return 0
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).parents[2]
    found = faults(root.resolve())
    for fault in sorted(found, key=lambda f: (f.path, f.line, f.rule)):
        print(fault)
    return 1 if found else 0
