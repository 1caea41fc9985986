#!/usr/bin/env python3
"""Each rule of tools/tidy catches a seeded fault, and leaves a clean tree alone."""
import os
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

from tidy_rules import run  # noqa: E402

HEADER = "// What it is for.\n#pragma once\n\nint answer();\n"
CLEAN = {
    "src/base/CMakeLists.txt": "add_module(SOURCES answer.cpp)\n",
    "src/base/answer.hpp": HEADER,
    "src/base/answer.cpp": '#include "base/answer.hpp"\n\nint answer() { return 42; }\n',
    "src/engine/link/CMakeLists.txt": "add_module(DEPS base SOURCES join.cpp)\n",
    "src/engine/link/join.cpp": '#include "base/answer.hpp"\n\nint join() { return answer(); }\n',
    "docs/adr/README.md": "# Decisions\n- [One](0001-one.md)\n",
    "docs/adr/0001-one.md": "# One\n## Context\n## Decision\n## Consequences\n## Revisit when\n",
    "docs/GLOSSARY.md": "| Word | Meaning | French | Source |\n|---|---|---|---|\n"
    "| phone | number | téléphone | usage |\n",
}
ADR = CLEAN["docs/adr/0001-one.md"]
LONG_FUNCTION = "int f(int a,\n      int b) {\n" + "    a += b;\n" * 70 + "    return a;\n}\n"
COPIED = "\n".join(f"    total += weight_{n} * share(first_{n}, second_{n});" for n in range(8))

# rule, files that replace or join the clean tree's
SEEDED = (
    ("file_lengths", {"src/base/answer.cpp": "int a;\n" * 501}),
    ("file_lengths", {"src/base/answer.hpp": HEADER + "int a();\n" * 250}),
    ("line_lengths", {"src/base/answer.cpp": "int a; //" + "x" * 100 + "\n"}),
    ("white_space", {"README.md": "words \n"}),
    ("white_space", {"README.md": "words"}),
    ("white_space", {"README.md": "a\tb\n"}),
    ("white_space", {"README.md": "a\r\n"}),
    ("left_open", {"src/base/answer.cpp": "// TODO: later\n"}),
    ("left_open", {"script/x": "#!/bin/sh\n# XXX\n"}),
    ("machine_paths", {"README.md": "see /home/someone/maillon\n"}),
    ("machine_paths", {"package.json": '"https://registry.npmjs.org/x"\n'}),
    ("file_names", {"src/base/CamelCase.cpp": "int a;\n"}),
    ("file_names", {"src/base/string_utils.cpp": "int a;\n"}),
    ("file_names", {"src/helpers/answer.cpp": "int a;\n"}),
    ("executable_bits", {"script/run": "#!/bin/sh\n"}),
    ("file_sizes", {"docs/table.md": "x" * 99 + "\n" + ("y" * 99 + "\n") * 3100}),
    ("written_for_all", {"docs/empty.md": ""}),
    ("function_lengths", {"src/base/answer.cpp": LONG_FUNCTION}),
    ("function_lengths", {"src/base/answer.hpp": HEADER + "struct S {\n    int f() {\n"
                          + "        f();\n" * 70 + "    }\n};\n"}),
    ("banned_tokens", {"src/base/answer.cpp": "std::map<std::string, std::string> all;\n"}),
    ("banned_tokens", {"src/base/answer.cpp": 'auto name = found.value_or("");\n'}),
    ("banned_tokens", {"src/base/answer.cpp": "try {\n} catch (...) {\n}\n"}),
    ("banned_tokens", {"src/base/answer.cpp": "#define TWICE(x) ((x) * 2)\n"}),
    ("banned_tokens", {"src/base/answer.cpp": "using namespace std;\n"}),
    ("banned_tokens", {"src/base/answer.cpp": "co_await later();\n"}),
    ("banned_tokens", {"src/base/answer.cpp": "int n = std::atoi(text);\n"}),
    ("banned_tokens", {"src/base/answer.cpp": "std::cout << 1;\n"}),
    ("banned_tokens", {"src/base/answer.cpp": "std::shared_ptr<int> p;\n"}),
    ("banned_tokens", {"src/base/answer.cpp": "std::this_thread::sleep_for(one_second);\n"}),
    ("banned_tokens", {"src/base/answer.cpp": "simdjson::dom::parser p;\n"}),
    ("banned_tokens", {"src/base/answer.cpp": "CLI::App a;\n"}),
    ("banned_tokens", {"src/base/answer.cpp": 'int a = std::getenv("A") != nullptr;\n'}),
    ("banned_tokens", {"src/engine/link/join.cpp": "auto t = std::chrono::system_clock::now();\n"}),
    ("banned_tokens", {"src/engine/link/join.cpp": 'std::ifstream in{"a"};\n'}),
    ("banned_tokens", {"src/engine/link/join.cpp": 'spdlog::info("a");\n'}),
    ("html_in_cpp", {"src/base/answer.cpp": 'page += "<li>" + title;\n'}),
    ("html_in_cpp", {"src/base/answer.cpp": 'page += R"(a\n</div> b)";\n'}),
    ("sql_in_cpp", {"src/base/answer.cpp": 'ask("SELECT 1");\n'}),
    ("catch_inside", {"src/base/answer.cpp": "try {\n} catch (const E& e) {\n    f(e);\n}\n"}),
    ("include_guards", {"src/base/answer.hpp": "// What for.\nint answer();\n"}),
    ("names_that_say_nothing", {"src/base/answer.cpp": "class CaseManager {};\n"}),
    ("public_headers_explained", {"src/base/answer.hpp": "#pragma once\nint answer();\n"}),
    ("sources_listed", {"src/base/forgotten.cpp": "int a;\n"}),
    ("headers_included", {"src/base/forgotten.hpp": HEADER}),
    ("assets_used", {"src/base/forgotten.html": "<p>\n"}),
    ("assets_used", {"tools/forgotten_tool.py": "x = 1\n"}),
    ("decisions_numbered", {"docs/adr/0001-again.md": ADR}),
    ("decisions_numbered", {"docs/adr/0003-gap.md": ADR}),
    ("decisions_numbered", {"docs/adr/notes.md": ADR}),
    ("decisions_numbered", {"docs/adr/0001-one.md": "# One\n## Context\n"}),
    ("links_lead_somewhere", {"README.md": "[here](docs/nowhere.md)\n"}),
    ("decisions_cited_exist", {"src/base/answer.cpp": "int a; // see ADR 0099\n"}),
    ("glossary_complete", {"docs/GLOSSARY.md": "| phone | number | téléphone |  |\n"}),
    ("glossary_complete", {"src/base/answer.hpp": HEADER
                           + 'constexpr const char* kTierNames[] = {"unexplained"};\n'}),
    ("copied_code", {"src/base/answer.cpp": f"int a() {{\n{COPIED}\n}}\n",
                     "src/engine/link/join.cpp": f"int b() {{\n{COPIED}\n}}\n"}),
    ("exceptions", {"tools/tidy_exceptions.toml":
                    '[file_lengths]\n"src/base/answer.cpp" = "no longer so very long"\n'}),
    ("exceptions", {"tools/tidy_exceptions.toml":
                    '[no_such_rule]\n"src/base/answer.cpp" = "a good long reason"\n'}),
)  # fmt: skip

# What looks like a fault and is none.
INNOCENT = (
    {"src/base/answer.cpp": '// "<li>" in a comment, std::cout too\nint a;\n'},
    {"src/base/answer.cpp": 'const char* a = "std::cout << // TO DO";\n'},
    {"src/base/answer_test.cpp": 'const char* page = "<li>";\n',
     "src/base/CMakeLists.txt": "add_module(SOURCES answer.cpp TESTS answer_test.cpp)\n"},
    {"src/base/answer.cpp": "namespace a {\n" + "".join(f"int b{n};\n" for n in range(90)) + "}\n"},
    {"src/base/answer.cpp": "const int kMany = 1'000'000; // a digit separator is no literal\n"},
    {"src/base/answer.cpp": "try {\n} catch (const E& e) {\n    f(e);\n}\n",
     "tools/tidy_exceptions.toml":
         '[catch_inside]\n"src/base/answer.cpp" = "the edge of the program"\n'},
)  # fmt: skip


def rules_broken(files: dict[str, str]) -> set[str]:
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in (CLEAN | files).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, newline="")
        return {fault.rule for fault in run.faults(root)}


class Tidy(unittest.TestCase):
    def test_clean_tree(self):
        self.assertEqual(rules_broken({}), set())

    def test_seeded_faults(self):
        for rule, files in SEEDED:
            with self.subTest(rule=rule, files=list(files)):
                self.assertIn(rule, rules_broken(files))

    def test_innocent(self):
        for files in INNOCENT:
            with self.subTest(files=files):
                self.assertEqual(rules_broken(files), set())

    def test_every_rule_is_seeded(self):
        seeded = {rule for rule, _ in SEEDED}
        self.assertEqual({r.__name__ for r in run.RULES} - seeded, set())

    def test_bit_of_a_text(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "words.md"
            path.write_text("words\n")
            os.chmod(path, 0o755)
            broken = {fault.rule for fault in run.faults(pathlib.Path(folder))}
            self.assertIn("executable_bits", broken)


if __name__ == "__main__":
    unittest.main()
