#!/usr/bin/env python3
"""The closing line of script/test counts what ctest said, skipped tests apart."""
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

import count_tests  # noqa: E402

CASES = (
    ("nothing ran", "ninja: no work to do.\n", (0, 0, 0)),
    ("all passed", "100% tests passed, 0 tests failed out of 12\n", (12, 0, 0)),
    ("some failed", "50% tests passed, 6 tests failed out of 12\n", (6, 6, 0)),
    ("two runs", "100% tests passed, 0 tests failed out of 2\n" * 2, (4, 0, 0)),
    ("skipped", "100% tests passed, 0 tests failed out of 2\n\t  7 - cli/x (Skipped)\n", (1, 0, 1)),
)


class Count(unittest.TestCase):
    def test_closing_lines(self):
        for name, log, expected in CASES:
            with self.subTest(name):
                self.assertEqual(count_tests.numbers(log), expected)


if __name__ == "__main__":
    unittest.main()
