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

    def quick(self, program, *flags):
        command = [SOURCE / "scripts" / self.script, "--quick", "--program", program, *flags]
        return subprocess.run(command, capture_output=True, text=True)

    def quick_text(self, build, *flags):
        run = self.quick(f"{build}/isoloss", *flags)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def test_a_program_that_fails_ends_it(self):
        self.assertNotEqual(self.quick("/no/such/program").returncode, 0)
