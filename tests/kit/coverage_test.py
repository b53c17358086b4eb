"""The table of docs/intervals.md: a short run of it is of the same form as the page.

coverage_test.py BUILD     a build with isoloss
"""

import subprocess
import sys
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
BUILD = ""


def rows(text):
    """The first cells of the lines of its table, below the marker if it is a page."""
    lines = text.split("<!-- scripts/coverage writes from here -->")[-1].splitlines()
    return [line.split(" | ") for line in lines if line.startswith("| ")]


class CoverageTest(unittest.TestCase):
    def test_a_short_run_has_the_designs_of_the_page(self):
        run = subprocess.run(
            [SOURCE / "scripts/coverage", "--quick", "--program", f"{BUILD}/isoloss"],
            check=True, capture_output=True, text=True)  # fmt: skip
        own, page = rows(run.stdout), rows((SOURCE / "docs/intervals.md").read_text())
        self.assertEqual([row[0] for row in own], [row[0] for row in page])
        self.assertEqual(own[0], page[0])
        by_run, by_row = [[float(x) for x in row[1].split()] for row in (own[-3], own[-1])]
        self.assertGreater(sum(by_run), sum(by_row) + 80)  # of four quantities, in percent

    def test_a_program_that_fails_ends_it(self):
        run = subprocess.run(
            [SOURCE / "scripts/coverage", "--quick", "--program", "/no/such/program"],
            capture_output=True, text=True)  # fmt: skip
        self.assertNotEqual(run.returncode, 0)


if __name__ == "__main__":
    BUILD = sys.argv.pop()
    unittest.main()
