"""The load table of docs/limits.md: a short run of it is of the same form as the page.

limits_test.py BUILD     a build with isoloss
"""

import subprocess
import sys
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
BUILD = ""


def heads(text):
    lines = text.splitlines()
    return [line for line, below in zip(lines, lines[1:]) if below.startswith("| ---")]


class LimitsTest(unittest.TestCase):
    def test_a_short_run_has_the_tables_of_the_page(self):
        run = subprocess.run([SOURCE / "scripts/limits", "--quick", "--program", f"{BUILD}/isoloss"],
                             check=True, capture_output=True, text=True)  # fmt: skip
        self.assertEqual(heads(run.stdout), heads((SOURCE / "docs/limits.md").read_text()))
        self.assertIn("| 10,000 | 0.3 | 1 |", run.stdout)
        self.assertIn("| 4,000 | 2 |", run.stdout)

    def test_a_program_that_fails_ends_it(self):
        run = subprocess.run([SOURCE / "scripts/limits", "--quick", "--program", "/no/such/program"],
                             capture_output=True, text=True)  # fmt: skip
        self.assertNotEqual(run.returncode, 0)


if __name__ == "__main__":
    BUILD = sys.argv.pop()
    unittest.main()
