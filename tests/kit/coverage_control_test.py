"""The control of docs/intervals.md: SciPy's usual recipe fails where isoloss holds.

coverage_control_test.py BUILD     a build with isoloss
"""

import subprocess
import sys
import unittest

from page_script import SOURCE

BUILD = ""
# Environments that scripts/setup makes, one of which has SciPy.
PYTHONS = [sys.executable, SOURCE / "build" / "python_venv" / "bin" / "python"]


def run_quickly(program):
    """In the first Python that has SciPy; None where none has."""
    for python in PYTHONS:
        command = [python, "-B", SOURCE / "scripts" / "coverage_control", "--quick"]
        try:
            run = subprocess.run([*command, "--program", program], capture_output=True, text=True)
        except FileNotFoundError:
            continue
        if run.returncode != 77:
            return run
    return None


def rows(text):
    lines = [line.strip("| \n").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {line[0]: line[1:] for line in lines[2:]}


class ControlTest(unittest.TestCase):
    def test_the_usual_recipe_fails_and_calls_it_a_success(self):
        run = run_quickly(f"{BUILD}/isoloss")
        if run is None:
            self.skipTest("test skipped: there is no SciPy")
        self.assertEqual(run.returncode, 0, run.stderr)
        got = rows(run.stdout)
        self.assertEqual(len(got), 4)
        shares = {name: sum(map(float, row[0].split())) for name, row in got.items()}
        self.assertLess(shares["SciPy: mean"], 200)  # of four quantities, in percent
        self.assertGreater(shares["isoloss"], shares["SciPy: mean"] + 100)
        self.assertGreater(shares["SciPy: a million times the mean"], shares["SciPy: mean"] + 100)
        self.assertEqual(got["SciPy: mean"][2], "100%")

    def test_a_program_that_fails_ends_it(self):
        run = run_quickly("/no/such/program")
        if run is None:
            self.skipTest("test skipped: there is no SciPy")
        self.assertNotEqual(run.returncode, 0)


if __name__ == "__main__":
    BUILD = sys.argv.pop()
    unittest.main()
