"""The load table of docs/limits.md: a short run of it is of the same form as the page.

limits_test.py BUILD     a build with isoloss
"""

import sys
import unittest

from page_script import PageScript

BUILD = ""


def heads(text):
    lines = text.splitlines()
    return [line for line, below in zip(lines, lines[1:]) if below.startswith("| ---")]


class LimitsTest(PageScript, unittest.TestCase):
    script = "limits"
    page = "docs/limits.md"

    def test_a_short_run_has_the_tables_of_the_page(self):
        text = self.quick_text(BUILD)
        self.assertEqual(heads(text), heads(self.page_text()))
        self.assertIn("| 10,000 | 0.3 | 1 |", text)
        self.assertIn("| 4,000 | 2 |", text)


if __name__ == "__main__":
    BUILD = sys.argv.pop()
    unittest.main()
