"""The workflows keep to the published schema, and their shell steps run.

The schema is the one that check-jsonschema brings. Of gpu.yml each step that is a shell script is
run as a runner would, in order, with the CPU in the device's place; what only a runner has (actions
of others, a container) is left out.

workflows_test.py BUILD     a build with the target isoloss_kit
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

try:
    import check_jsonschema  # noqa: F401
    from ruamel.yaml import YAML
except ImportError:
    print("test skipped: check-jsonschema is not in build/venv; scripts/setup test installs it")
    sys.exit(0)

SOURCE = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((SOURCE / ".github/workflows").glob("*.yml"))
BUILD = ""
# Values of expressions in a run by hand.
EXPRESSIONS = {"inputs.published": "", "inputs.runner || 'gpu'": "gpu"}
# Shell steps that are this very test run, or take longer than all of it.
NOT_HERE = {"scripts/test", "scripts/test --tsan"}
# Steps that change the machine.
INSTALLS = re.compile(r"\bapt-get |\bpip install|\bvenv ")


def jobs_of(path: Path) -> dict:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))["jobs"]


def evaluated(text: str) -> str:
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda match: EXPRESSIONS[match[1]], str(text))


class WorkflowsTest(unittest.TestCase):
    def test_they_keep_to_the_schema(self):
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema",
                   "vendor.github-workflows", *WORKFLOWS]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_mistake_is_seen_by_the_schema(self):
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            text = (SOURCE / ".github/workflows/ci.yml").read_text(encoding="utf-8")
            file.write(text.replace("timeout-minutes", "timeout-minuets"))
            file.flush()
            command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema",
                       "vendor.github-workflows", file.name]  # fmt: skip
            self.assertNotEqual(subprocess.run(command, capture_output=True, check=False).returncode,
                                0)  # fmt: skip

    def test_every_command_of_theirs_is_a_script_of_ours_or_is_run_here(self):
        for path in WORKFLOWS:
            for job in jobs_of(path).values():
                for step in job.get("steps", []):
                    run = step.get("run", "")
                    self.assertNotIn("${{", run, "expressions go into env: no injection")
                    for script in re.findall(r"\bscripts/[\w/]+", run):
                        self.assertTrue(os.access(SOURCE / script, os.X_OK), script)
                    if path.name != "gpu.yml":
                        self.assertIn(run, NOT_HERE | {""})

    def test_the_steps_for_gpu_runners_run(self):
        jobs = jobs_of(SOURCE / ".github/workflows/gpu.yml")
        self.assertEqual(list(jobs), ["kit", "gpu"])
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            # Where the developer's own .kit stays what it is.
            checkout = place / "checkout"
            checkout.mkdir()
            for name in ("scripts", "CMakePresets.json"):
                (checkout / name).symlink_to(SOURCE / name)
            self.run_steps(jobs["kit"], checkout, place)
            shutil.move(checkout / "isoloss-kit.tar.gz", place / "isoloss-kit.tar.gz")
            self.run_steps(jobs["gpu"], checkout, place)
            summary = (place / "summary").read_text(encoding="utf-8")
            self.assertIn("## Published fits, --device cpu", summary)
            self.assertIn("| smoke | 100,000 resamples | ok |", summary)
            self.assertIn("## The device beside the CPU", summary)
            self.assertTrue((place / "earlier/results.jsonl").exists())
            self.assertTrue((place / "results/verify.xml").exists())

    def run_steps(self, job: dict, folder: Path, place: Path) -> None:
        env = os.environ | {name: evaluated(text) for name, text in job.get("env", {}).items()}
        env |= {"GITHUB_STEP_SUMMARY": str(place / "summary"), "GITHUB_ENV": str(place / "env"),
                "RUNNER_TEMP": str(place), "ISOLOSS_KIT_DEVICE": "cpu", "ISOLOSS_KIT_BUILD": BUILD,
                "ISOLOSS_KIT_OUTPUT": str(folder / ".kit")}  # fmt: skip
        for step in job["steps"]:
            if "run" not in step or INSTALLS.search(step["run"]):
                continue
            done = subprocess.run(["bash", "-eo", "pipefail", "-c", step["run"]], cwd=folder, env=env,
                                  capture_output=True, text=True, check=False)  # fmt: skip
            self.assertEqual(done.returncode, 0, f"{step['run']}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    BUILD = sys.argv.pop()
    unittest.main()
