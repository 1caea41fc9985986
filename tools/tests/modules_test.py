#!/usr/bin/env python3
"""tools/check_modules.py lets legal includes pass and catches each kind of illegal one."""
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

import check_modules  # noqa: E402

LEGAL = {
    "base/CMakeLists.txt": "add_module(SOURCES time.cpp)",
    "base/time.hpp": "",
    "base/time.cpp": '#include "base/time.hpp"\n#include <vector>',
    "platform/terminal/CMakeLists.txt": "add_module(DEPS base SOURCES bar.cpp TESTS bar_test.cpp"
    " TEST_DEPS platform/bench)",
    "platform/terminal/bar.cpp": '#include "base/time.hpp"',
    "engine/record/CMakeLists.txt": "add_module(DEPS base)",
    "engine/record/statement.hpp": '#include "base/time.hpp"',
    "engine/link/CMakeLists.txt": "add_module(\n  DEPS base engine/record # a, b\n SOURCES a.cpp)",
    "engine/link/inside/step.hpp": "",
    "engine/link/join.cpp": '#include "engine/record/statement.hpp"\n'
    '#include "engine/link/inside/step.hpp"',
    "platform/bench/CMakeLists.txt": "add_module(DEPS platform/terminal)",
    "platform/bench/stand.hpp": "",
    "platform/terminal/bar_test.cpp": '#include "platform/bench/stand.hpp"',
    "app/CMakeLists.txt": "add_module(\n  DEPS base engine/link platform/terminal)",
    "app/a.cpp": '#include <fmt/format.h>\n#include "base/time.hpp"',
}

# what must be said, files that replace or join the legal tree's
ILLEGAL = (
    ("does not declare engine/record", {"app/a.cpp": '#include "engine/record/statement.hpp"'}),
    ("is private to engine/link", {"app/a.cpp": '#include "engine/link/inside/step.hpp"'}),
    ("from the root of src/", {"app/a.cpp": '#include "a.hpp"'}),
    ("from the root of src/", {"app/a.cpp": '#include "../base/time.hpp"'}),
    ("own header in <>", {"app/a.cpp": "#include <base/time.hpp>"}),
    ("no module owns this file", {"stray/a.cpp": ""}),
    ("there is no module engine/lost", {"app/CMakeLists.txt": "add_module(DEPS engine/lost)"}),
    ("does not declare platform/bench",
     {"platform/terminal/bar.cpp": '#include "platform/bench/stand.hpp"'}),
    ("in a circle", {"engine/record/CMakeLists.txt": "add_module(DEPS engine/link)"}),
    ("engine/link must not depend on app", {"engine/link/CMakeLists.txt": "add_module(DEPS app)"}),
    ("engine/link must not depend on platform/terminal",
     {"engine/link/CMakeLists.txt": "add_module(DEPS base engine/record platform/terminal)"}),
    ("platform/terminal must not depend on engine/record",
     {"platform/terminal/CMakeLists.txt": "add_module(DEPS base engine/record)"}),
    ("base must not depend on platform/terminal",
     {"base/CMakeLists.txt": "add_module(DEPS platform/terminal)"}),
)  # fmt: skip


def said(files: dict[str, str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        for path, text in (LEGAL | files).items():
            (pathlib.Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (pathlib.Path(folder) / path).write_text(text)
        return "\n".join(check_modules.faults(pathlib.Path(folder)))


class Modules(unittest.TestCase):
    def test_legal_tree(self):
        self.assertEqual(said({}), "")

    def test_illegal_includes(self):
        for words, files in ILLEGAL:
            with self.subTest(words=words):
                self.assertIn(words, said(files))


if __name__ == "__main__":
    unittest.main()
