"""The table of docs/backtest.md: a short run of its script is of the same form as the page.

backtests_test.py BUILD     a build with isoloss
"""

import subprocess
import sys
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
BUILD = ""


def rows(text):
    """Its table, between the markers if it is a page: the cells of each line."""
    own = text.split("<!-- scripts/backtests writes from here -->")[-1].split("<!-- to here -->")[0]
    lines = own.splitlines()
    return [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]


class BacktestsTest(unittest.TestCase):
    def test_a_short_run_is_the_beginning_of_the_page(self):
        run = subprocess.run(
            [SOURCE / "scripts/backtests", "--quick", "--program", f"{BUILD}/isoloss"],
            check=True, capture_output=True, text=True)  # fmt: skip
        own, page = rows(run.stdout), rows((SOURCE / "docs/backtest.md").read_text())
        self.assertEqual(len(own), 5)  # a head and three stops
        self.assertGreater(len(page), 2 + 3 * 10)
        for short, full in zip(own, page):
            self.assertEqual(short[:6], full[:6])  # resamples move the rest

    def test_a_program_that_fails_ends_it(self):
        run = subprocess.run(
            [SOURCE / "scripts/backtests", "--quick", "--program", "/no/such/program"],
            capture_output=True, text=True)  # fmt: skip
        self.assertNotEqual(run.returncode, 0)


if __name__ == "__main__":
    BUILD = sys.argv.pop()
    unittest.main()
