#!/usr/bin/env python3
"""Manual, completions, docs/commands.md and docs/operations name the commands, options and settings
that the program itself names: all of them, and no other."""
import functools
import itertools
import pathlib
import re
import shutil
import subprocess
import tomllib
import unittest

import support
from support import run

ROOT = pathlib.Path(__file__).parents[2]
OPTION = re.compile(r"(?<![\w-])--([a-z]+(?:-[a-z]+)*)\b")
# Names of events and jobs that look like settings.
EVENTS = {"mail.send", "mail.refused", "mail.not_now", "mail.unreadable"}
SEEN = re.compile(r"__fish_seen_subcommand_from ([a-z -]+)")


def subcommands_of(help_text: str) -> list[str]:
    """The names below "Subcommands:" of a help."""
    listed = re.search(r"^Subcommands:\n((?:  .*\n)+)", help_text, re.MULTILINE)
    return re.findall(r"^  ([a-z-]+)", listed[1], re.MULTILINE) if listed else []


@functools.cache
def command_tree() -> dict[str, list[str]]:
    """Every command and group of commands ("", "link", "admin load") with what it holds."""
    tree, waiting = {}, [""]
    while waiting:
        name = waiting.pop()
        tree[name] = subcommands_of(run(*name.split(), "--help").out)
        waiting += [f"{name} {one}".strip() for one in tree[name]]
    return tree


def commands() -> list[str]:
    return sorted(name for name, below in command_tree().items() if not below)


def options_of(command: str) -> set[str]:
    """The options that the help of a command lists (its examples use no other)."""
    text = run(*command.split(), "--help").out
    return set(re.findall(r"^\s+(?:-h,)?--([a-z-]+)", text, re.MULTILINE))


def manual_sections() -> dict[str, set[str]]:
    """A title may name several commands that take the same: "maillon admin close, erase"."""
    text = (ROOT / "docs/man/maillon.1").read_text()
    text = re.sub(r"\\f[BIR]", "", text).replace("\\-", "-")
    parts = re.split(r"^\.S[SH] (.*)$", text, flags=re.MULTILINE)
    sections = {}
    for title, body in zip(parts[1::2], parts[2::2]):
        first, *others = title.removeprefix("maillon ").split(", ")
        group = first.rpartition(" ")[0]
        for name in (first, *(f"{group} {other}".strip() for other in others)):
            sections[name] = set(OPTION.findall(body))
    return sections


def completed_by_bash(words: list[str]) -> set[str]:
    script = (
        f"source '{ROOT}/share/completions/maillon.bash'; "
        f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _maillon; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


class Documents(support.CommandTest):
    def setUp(self):
        super().setUp()
        self.options = {command: options_of(command) for command in commands()}

    def test_help_lists_options(self):
        self.assertIn("out", self.options["link"])
        self.assertIn("lang", self.options["explain"])
        self.assertIn("reason", self.options["admin erase"])

    def test_manual(self):
        sections = manual_sections()
        for command, options in self.options.items():
            with self.subTest(command):
                self.assertEqual(sections[command] | {"help"}, options | {"help"})
        self.assertLessEqual({"help", "version"}, sections["OPTIONS"])

    def test_bash(self):
        for group, below in command_tree().items():
            if below:
                more = {"--help", "--version"} if group == "" else {"--help"}
                with self.subTest(group):
                    offered = completed_by_bash(["maillon", *group.split(), "''"])
                    self.assertEqual(offered, {*below, *more})
        for command, options in self.options.items():
            with self.subTest(command):
                offered = completed_by_bash(["maillon", *command.split(), "--"])
                self.assertEqual(offered, {f"--{option}" for option in options})
        self.assertEqual(completed_by_bash(["maillon", "explain", "--lang", "''"]), {"en", "fr"})

    def test_fish(self):
        offered: dict[str, set[str]] = {command: {"help"} for command in self.options}
        groups: dict[str, set[str]] = {}
        for line in (ROOT / "share/completions/maillon.fish").read_text().splitlines():
            option = re.search(r" -l ([a-z-]+)", line)
            seen = [words.split() for words in SEEN.findall(line) if "not __fish" not in line]
            for words in itertools.product(*seen) if seen else ():
                if option:
                    offered[" ".join(words)].add(option[1])
            if line.startswith("set -l "):
                _, _, name, *below = line.split()
                groups[name] = set(below)
        self.assertEqual(offered, self.options)
        for group, below in command_tree().items():
            if below:
                name = (group or "commands").replace(" ", "_").replace("-", "_")
                with self.subTest(group):
                    self.assertEqual(groups[name], set(below))

    def test_zsh(self):
        text = (ROOT / "share/completions/_maillon").read_text()
        shared = {
            name: set(OPTION.findall(body))
            for name, body in re.findall(r"^(\w+)=\(\n(.*?)^\)", text, re.MULTILINE | re.DOTALL)
        }
        for command, options in self.options.items():
            with self.subTest(command):
                found = re.search(
                    rf"^    ['|a-z -]*'{command}'[^)]*\) _arguments (.*) ;;$", text, re.MULTILINE
                )
                offered = set(OPTION.findall(found[1]))
                for name in re.findall(r"\$(\w+)", found[1]):
                    offered |= shared[name]
                self.assertEqual(offered, options)
        for group, below in command_tree().items():
            if below and group:
                with self.subTest(group):
                    self.assertIn(f"    '{group}' '{' '.join(below)}'\n", text)

    def test_commands_page(self):
        named = set(OPTION.findall((ROOT / "docs/commands.md").read_text()))
        known = set().union(*self.options.values()) | {"help", "version"}
        self.assertLessEqual(named, known)
        for command in commands():
            with self.subTest(command):
                self.assertIn(f"`maillon {command}", (ROOT / "docs/commands.md").read_text())
        for command, options in self.options.items():
            if command not in ("extract", "synth", "score"):  # their --help is the reference
                with self.subTest(command):
                    self.assertLessEqual(options, named | {"help"})

    def test_settings_page(self):
        """Every setting with its default, in the order of `maillon config --file`."""
        known = {}
        for name, value in tomllib.loads(run("config", "--file").out).items():
            below = value.items() if isinstance(value, dict) else [("", value)]
            known.update({f"{name}.{key}".rstrip("."): default for key, default in below})
        self.assertIn("upload.bytes_max", known)
        page = (ROOT / "docs/operations/settings.md").read_text()
        rows = re.findall(r"^\| `([a-z._]+)` \| `([^`]+)` \| .+ \|$", page, re.MULTILINE)
        told = {name: tomllib.loads(f"it = {default}")["it"] for name, default in rows}
        self.assertEqual(list(told.items()), list(known.items()))

    def test_settings_named_elsewhere_exist(self):
        """MAILLON_… and `section.key` of the operator's pages are settings."""
        shown = run("config").out
        names = set(re.findall(r"^([a-z._]+) = ", shown, re.MULTILINE))
        variables = {"MAILLON_" + name.upper().replace(".", "_") for name in names}
        sections = {name.partition(".")[0] for name in names if "." in name}
        for page in sorted((ROOT / "docs/operations").glob("*.md")):
            text = page.read_text()
            with self.subTest(page.name):
                self.assertLessEqual(set(re.findall(r"MAILLON_[A-Z_]+\b", text)), variables)
                dotted = set(re.findall(r"`([a-z]+\.[a-z_]+)`", text)) - EVENTS
                self.assertLessEqual({d for d in dotted if d.partition(".")[0] in sections}, names)

    @unittest.skipUnless(shutil.which("man"), "man is not installed")
    def test_manual_renders(self):
        ran = subprocess.run(
            ["man", "--warnings=w", "-l", ROOT / "docs/man/maillon.1"],
            capture_output=True, text=True,
            env={"MANWIDTH": "80", "PATH": support.os.environ["PATH"]},
        )  # fmt: skip
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        self.assertIn("EXIT STATUS", ran.stdout)


if __name__ == "__main__":
    support.main()
