"""What the tests of scripts share that write tables into pages of docs/."""

import subprocess
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]


class PageScript:
    """A script and its page, beside unittest.TestCase."""

    script = ""
    page = ""

    def page_text(self):
        return (SOURCE / self.page).read_text()

    def quick(self, program):
        command = [SOURCE / "scripts" / self.script, "--quick", "--program", program]
        return subprocess.run(command, capture_output=True, text=True)

    def quick_text(self, build):
        run = self.quick(f"{build}/isoloss")
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def test_a_program_that_fails_ends_it(self):
        self.assertNotEqual(self.quick("/no/such/program").returncode, 0)
