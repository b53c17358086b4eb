"""The table of docs/backtest.md: a short run of its script is of the same form as the page.

backtests_test.py BUILD     a build with isoloss
"""

import sys
import unittest

from page_script import PageScript

BUILD = ""


def rows(text):
    """Its table, between the markers if it is a page: the cells of each line."""
    own = text.split("<!-- scripts/backtests writes from here -->")[-1].split("<!-- to here -->")[0]
    lines = own.splitlines()
    return [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]


class BacktestsTest(PageScript, unittest.TestCase):
    script = "backtests"
    page = "docs/backtest.md"

    def test_a_short_run_is_the_beginning_of_the_page(self):
        text = self.quick_text(BUILD)
        own, page = rows(text), rows(self.page_text())
        self.assertEqual(len(own), 5)  # a head and three stops
        self.assertGreater(len(page), 2 + 3 * 10)
        for short, full in zip(own, page):
            self.assertEqual(short[:6], full[:6])  # resamples move the rest


if __name__ == "__main__":
    BUILD = sys.argv.pop()
    unittest.main()
