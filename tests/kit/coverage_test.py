"""The table of docs/intervals.md: a short run of it is of the same form as the page.

coverage_test.py BUILD     a build with isoloss
"""

import sys
import unittest

from page_script import PageScript

BUILD = ""


def rows(text):
    """The cells of the lines of its table, between the marks if it is a page."""
    own = text.split("<!-- scripts/coverage writes from here -->")[-1].split("<!-- to here -->")[0]
    lines = own.splitlines()
    return [line.split(" | ") for line in lines if line.startswith("| ")]


class CoverageTest(PageScript, unittest.TestCase):
    script = "coverage"
    page = "docs/intervals.md"

    def test_a_short_run_has_the_designs_of_the_page(self):
        text = self.quick_text(BUILD)
        own, page = rows(text), rows(self.page_text())
        self.assertEqual([row[0] for row in own], [row[0] for row in page])
        self.assertEqual(own[0], page[0])
        least = {row[0].removeprefix("| "): float(row[1].split("-")[0]) for row in own[2:]}
        by_run = least["30 curves of 20 checkpoints (AR 0.9), by run"]
        self.assertGreater(by_run, least["the same curves, rows as independent"] + 20)

    def test_profiles_have_the_designs_of_the_page(self):
        mark = "<!-- scripts/coverage --profiles writes from here -->"
        page = self.page_text().split(mark)[1]
        own = rows(self.quick_text(BUILD, "--profiles"))
        self.assertEqual([row[0] for row in own], [row[0] for row in rows(page)])
        shares = [cell for row in own[2:] for cell in row[1:3]]
        self.assertNotIn("-", shares)


if __name__ == "__main__":
    BUILD = sys.argv.pop()
    unittest.main()
