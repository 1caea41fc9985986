#!/usr/bin/env python3
"""Manual, completions and docs/commands.md name the commands and options that --help names: all of
them, and no other."""
import pathlib
import re
import shutil
import subprocess
import unittest

import support
from support import run

ROOT = pathlib.Path(__file__).parents[2]
COMMANDS = ("extract", "link", "explain", "synth", "score")
OPTION = re.compile(r"(?<![\w-])--([a-z]+(?:-[a-z]+)*)\b")


def options_of(command: str) -> set[str]:
    """The options that the help of a command lists (its examples use no other)."""
    listed = re.findall(r"^\s+(?:-h,)?--([a-z-]+)", run(command, "--help").out, re.MULTILINE)
    return set(listed)


def manual_sections() -> dict[str, set[str]]:
    text = (ROOT / "docs/man/maillon.1").read_text()
    text = re.sub(r"\\f[BIR]", "", text).replace("\\-", "-")
    parts = re.split(r"^\.S[SH] (.*)$", text, flags=re.MULTILINE)
    return {
        title.removeprefix("maillon "): set(OPTION.findall(body))
        for title, body in zip(parts[1::2], parts[2::2])
    }


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
        self.options = {command: options_of(command) for command in COMMANDS}

    def test_help_lists_options(self):
        self.assertIn("out", self.options["link"])
        self.assertIn("lang", self.options["explain"])

    def test_manual(self):
        sections = manual_sections()
        for command, options in self.options.items():
            with self.subTest(command):
                self.assertEqual(sections[command] | {"help"}, options | {"help"})
        self.assertLessEqual({"help", "version"}, sections["OPTIONS"])

    def test_bash(self):
        self.assertEqual(
            completed_by_bash(["maillon", "''"]), {*COMMANDS, "--help", "--version"}
        )
        for command, options in self.options.items():
            with self.subTest(command):
                offered = completed_by_bash(["maillon", command, "--"])
                self.assertEqual(offered, {f"--{option}" for option in options})
        self.assertEqual(completed_by_bash(["maillon", "explain", "--lang", "''"]), {"en", "fr"})

    def test_fish(self):
        offered: dict[str, set[str]] = {command: {"help"} for command in COMMANDS}
        for line in (ROOT / "share/completions/maillon.fish").read_text().splitlines():
            option = re.search(r" -l ([a-z-]+)", line)
            seen = re.search(r'"__fish_seen_subcommand_from ([a-z ]+)"', line)
            if option and seen:
                for command in seen[1].split():
                    offered[command].add(option[1])
        self.assertEqual(offered, self.options)

    def test_zsh(self):
        text = (ROOT / "share/completions/_maillon").read_text()
        reading = set(OPTION.findall(text[text.index("reading=(") : text.index(")\n_arguments")]))
        for command, options in self.options.items():
            with self.subTest(command):
                line = re.search(rf"^    {command}\) _arguments (.*) ;;$", text, re.MULTILINE)[1]
                offered = set(OPTION.findall(line))
                if "$reading" in line:
                    offered |= reading
                self.assertEqual(offered, options)

    def test_commands_page(self):
        named = set(OPTION.findall((ROOT / "docs/commands.md").read_text()))
        known = set().union(*self.options.values()) | {"help", "version"}
        self.assertLessEqual(named, known)
        self.assertLessEqual(self.options["link"], named | {"help"})
        self.assertLessEqual(self.options["explain"], named | {"help"})

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
