"""The kit of scripts/device_kit, rehearsed: the CPU stands in for the device.

kit_test.py BUILD     a build with the target isoloss_kit
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from xml.etree import ElementTree

SOURCE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "scripts/kit/runner"))

import machine  # noqa: E402
import ratios  # noqa: E402
import record  # noqa: E402
import sanitize  # noqa: E402
import smoke  # noqa: E402
import verify  # noqa: E402

BUILD = ""

# Stands before the program: spoils what the device's side of one case says, each its own way.
SABOTEUR = r"""#!/usr/bin/env bash
program=$(dirname "$0")/isoloss.real
[[ " $* " == *"/1.npy "* ]] || exec "$program" "$@"
case " $* " in
  *" --law kaplan "*) "$program" "$@" | sed '0,/"value": 0.00/s//"value": 0.01/' ;;
  *" --law coupled "*) kill -SEGV $$ ;;
  *" --law farseer "*)
    "$program" "$@"
    file=$(grep -o '[^ ]*/1.npy' <<<"$*")
    printf '\x01' | dd of="$file" bs=1 seek=200 conv=notrunc status=none ;;
  *" --law broken_2 "*) sleep 300 ;;
  *" --objective absolute "*) echo no report at all ;;
  *) exec "$program" "$@" ;;
esac
"""


def packed_kit(folder: Path) -> Path:
    """Packs the build and moves the kit to where nothing but the kit is."""
    subprocess.run([SOURCE / "scripts/device_kit", "--build", BUILD, "--output", folder / "packed"],
                   check=True, capture_output=True)  # fmt: skip
    return (folder / "packed").rename(folder / "a kit")


def run_kit(kit: Path, *words: str) -> "tuple[int, dict]":
    """Exit code, and the findings by name; of two of one name, by step and name."""
    out = kit.parent / "results"
    shutil.rmtree(out, ignore_errors=True)
    done = subprocess.run(["bash", kit / "run.sh", "--device", "cpu", "--out", out, *words],
                          cwd="/", stdout=subprocess.DEVNULL, check=False)  # fmt: skip
    lines = (out / "results.jsonl").read_text().splitlines()
    findings = [json.loads(line) for line in lines]
    by_name: dict = {}
    for finding in findings:
        if finding["kind"] == "finding":
            taken = finding["name"] in by_name
            by_name[finding["step"] + ": " + finding["name"] if taken else finding["name"]] = finding
    return done.returncode, by_name


class KitTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.kit = packed_kit(Path(cls.folder.name))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_smoke_passes_from_another_folder(self):
        code, findings = run_kit(self.kit, "smoke", "sanitize")
        self.assertEqual({n: f["state"] for n, f in findings.items()
                          if f["counts"] and f["state"] != "ok"}, {})  # fmt: skip
        self.assertEqual(code, 0)
        self.assertIn("100,000 resamples", findings)
        self.assertIn("All tests passed", findings["device tests"]["detail"])
        self.assertEqual(findings["memcheck of a tape"]["state"], "not run")
        suite = ElementTree.parse(self.kit.parent / "results/junit.xml").getroot()
        self.assertEqual(len(suite), len(findings))

    def test_each_planted_mistake_is_found(self):
        spoilt = self.kit.parent / "spoilt"
        shutil.copytree(self.kit, spoilt, symlinks=True)
        (spoilt / "bin/isoloss").rename(spoilt / "bin/isoloss.real")
        (spoilt / "bin/isoloss").write_text(SABOTEUR)
        (spoilt / "bin/isoloss").chmod(0o755)
        tests = spoilt / "bin/isoloss_device_tests"
        tests.write_text("#!/bin/sh\necho 'warning: test skipped: no device'\n"
                         "echo 'test cases: 9 | assertions: - none -'\n")  # fmt: skip
        code, findings = run_kit(spoilt, "--limit", "20", "smoke")
        self.assertEqual(code, 1)
        states = {name: finding["state"] for name, finding in findings.items()}
        self.assertEqual(states["kaplan"], "wrong")
        self.assertIn("the reports differ in 1 lines", findings["kaplan"]["detail"])
        self.assertEqual(states["coupled, cpu"], "wrong")
        self.assertEqual(states["farseer"], "wrong")
        self.assertIn("bytes of the draws differ", findings["farseer"]["detail"])
        self.assertEqual(states["broken_2, cpu"], "timed out")
        self.assertEqual(states["absolute residuals"], "wrong")
        self.assertEqual(findings["absolute residuals"]["detail"], "no draws")
        self.assertEqual(states["device tests"], "wrong")
        self.assertEqual(states["4,000 resamples"], "ok")

    def test_without_time_nothing_is_called_right(self):
        code, findings = run_kit(self.kit, "--budget", "0.5", "smoke")
        self.assertEqual(code, 1)
        self.assertTrue(all(f["state"] != "ok" for n, f in findings.items() if n != "doctor"))

    def test_programs_that_do_nothing_are_found(self):
        idle = self.kit.parent / "idle"
        shutil.copytree(self.kit, idle, symlinks=True)
        for program in ("isoloss", "engine_bench"):
            (idle / "bin" / program).write_text("#!/bin/sh\nexit 0\n")
        (idle / "bin/isoloss_device_tests").unlink()
        code, findings = run_kit(idle, "smoke", "verify", "speed")
        self.assertEqual(code, 1)
        wrong = [n for n, f in findings.items() if f["state"] == "wrong"]
        self.assertIn("engine, search, cpu", wrong)
        for step in ("smoke", "verify"):
            states = {f["state"] for f in findings.values() if f["step"] == step}
            self.assertIn("wrong", states, step)

    def test_a_run_that_is_ended_ends_all_it_started_and_reports(self):
        slow = self.kit.parent / "slow"
        shutil.copytree(self.kit, slow, symlinks=True)
        (slow / "bin/isoloss").write_text("#!/bin/sh\necho $$ >\"$(dirname \"$0\")/pid\"\nsleep 77\n")
        out = self.kit.parent / "ended"
        own = subprocess.Popen(["bash", slow / "run.sh", "--device", "cpu", "--out", out, "smoke",
                                "verify"], stdout=subprocess.DEVNULL)  # fmt: skip
        pid = slow / "bin/pid"
        for _ in range(200):
            if pid.exists() and pid.read_text().strip():
                break
            time.sleep(0.05)
        own.terminate()
        self.assertEqual(own.wait(timeout=20), 1)
        self.assertFalse(Path(f"/proc/{pid.read_text().strip()}").exists())
        text = (out / "summary.md").read_text()
        self.assertIn("| verify | the whole step | **not run** |", text)
        ElementTree.parse(out / "junit.xml")

    def test_folders_that_are_not_its_own_are_left_alone(self):
        mine = self.kit.parent / "mine"
        mine.mkdir()
        (mine / "log.txt").write_text("mine")
        done = subprocess.run(["bash", self.kit / "run.sh", "--out", mine], capture_output=True,
                              check=False)  # fmt: skip
        self.assertEqual(done.returncode, 2)
        pack = subprocess.run([SOURCE / "scripts/device_kit", "--build", BUILD, "--output", mine],
                              capture_output=True, check=False)  # fmt: skip
        self.assertEqual(pack.returncode, 2)
        self.assertEqual((mine / "log.txt").read_text(), "mine")

    def test_words_that_make_no_sense_are_refused(self):
        for words in (["smok"], ["--device", "auto"], ["--budget", "nan"], ["--budget", "0"]):
            done = subprocess.run(["bash", self.kit / "run.sh", *words], capture_output=True,
                                  check=False)  # fmt: skip
            self.assertEqual(done.returncode, 2, words)


class RecordTest(unittest.TestCase):
    def ends_with(self, state: str, counts: bool = True) -> int:
        with tempfile.TemporaryDirectory() as folder:
            own = record.Record(Path(folder), 60)
            own.begin("smoke")
            own.add("another", record.OK)
            own.add("a \x01 | name", state, 1.5, "why\nnot", counts)
            code = own.end()
            ElementTree.parse(Path(folder) / "junit.xml")
            return code

    def test_a_run_of_nothing_is_not_right(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(record.Record(Path(folder), 60).end(), 1)

    def test_only_what_is_right_ends_with_zero(self):
        self.assertEqual(self.ends_with(record.OK), 0)
        for state in (record.WRONG, record.TIMED_OUT, record.NOT_RUN):
            self.assertEqual(self.ends_with(state), 1)
            self.assertEqual(self.ends_with(state, counts=False), 0)

    def test_a_command_that_is_ended_takes_its_children_along(self):
        with tempfile.TemporaryDirectory() as folder:
            own = record.Record(Path(folder), 60)
            done = own.command("nap", ["bash", "-c", "sleep 77 & echo $!; wait"], 1.2,
                               dict(os.environ))  # fmt: skip
            self.assertTrue(done.timed_out)
            self.assertFalse(Path(f"/proc/{done.output.strip()}/cmdline").exists()
                             and b"77" in Path(f"/proc/{done.output.strip()}/cmdline").read_bytes())  # fmt: skip


class ReadingTest(unittest.TestCase):
    def test_a_tool_that_looked_at_nothing_is_not_clean(self):
        self.assertTrue(sanitize.found("memcheck", "========= COMPUTE-SANITIZER\n"))
        self.assertTrue(sanitize.found("memcheck", "========= ERROR SUMMARY: 3 errors\n"))
        self.assertFalse(sanitize.found("memcheck", "========= ERROR SUMMARY: 0 errors\n"))
        self.assertTrue(sanitize.found(
            "racecheck", "========= RACECHECK SUMMARY: 1 hazard displayed (1 error, 0 warnings)"))

    def test_a_kit_knows_the_devices_that_it_has_code_for(self):
        kit = machine.Kit(Path("/"), "cuda", "", {"architectures": "80-real;90-real;90-virtual"})
        for own, expected in {"7.5": False, "8.0": True, "8.6": True, "9.0": True, "10.0": True}.items():
            self.assertEqual(kit.has_code_for({"compute_capability": own}), expected, own)

    def test_cublas_off_the_linkers_path_is_found_for_every_command(self):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder) / "nvidia/cu13/lib"
            place.mkdir(parents=True)
            (place / "libcublas.so.13").write_text("")
            doctor = Path(folder) / "bin/isoloss"
            doctor.parent.mkdir()
            doctor.write_text(f"""#!/bin/sh
case "$LD_LIBRARY_PATH" in
  {place}*) echo '{{"cuda": {{"state": "ready"}}}}' ;;
  *) echo '{{"cuda": {{"state": "no_cublas"}}}}' ;;
esac
""")
            doctor.chmod(0o755)
            sys.path.append(folder)
            kit = machine.Kit(Path(folder), "cuda", "", {"toolkit": "13.0"})
            kit.find_cublas()
            sys.path.remove(folder)
            for _ in range(3):
                self.assertTrue(kit.environment()["LD_LIBRARY_PATH"].startswith(str(place)))

    def test_a_report_of_another_device_is_none(self):
        self.assertFalse(smoke.without_backend('{"backend": "cpu", "x": 1}', "cuda:1"))
        self.assertTrue(smoke.without_backend('{"backend": "cuda", "x": 1}', "cuda:1"))

    def test_fits_made_elsewhere_or_not_at_all_are_not_verified(self):
        kit = machine.Kit(Path("/"), "cuda", "", {})
        fit = {"name": "own", "backend": "cuda"}
        self.assertEqual(verify.what_is_wrong({"num_agree": 1, "fits": [fit]}, kit), "")
        cpu = {"num_agree": 1, "fits": [{**fit, "backend": "cpu"}]}
        self.assertIn("not searched on cuda", verify.what_is_wrong(cpu, kit))
        skipped = {"name": "two", "skipped": "no data"}
        none = {"num_agree": 0, "fits": [skipped]}
        self.assertEqual(verify.what_is_wrong(none, kit), "no fit was made")
        kit.published = "fits"
        some = {"num_agree": 1, "fits": [fit, skipped]}
        self.assertIn("two was skipped", verify.what_is_wrong(some, kit))

    def test_initcheck_counts_our_kernels_alone(self):
        report = (
            "========= Uninitialized __global__ memory read of size 8 bytes\n"
            "=========     at void isoloss::minimise_kernel<isoloss::TapeCode<5>>(int)+0x10\n"
            "========= Uninitialized __global__ memory read of size 4 bytes\n"
            "=========     at isoloss::detail::own(double)+0x10\n"
            "=========     Device Frame: void isoloss::polish_kernel<int>(int)+0x20\n"
            "========= Uninitialized __global__ memory read of size 4 bytes\n"
            "=========     at void cub::DeviceReduceByKey<isoloss::Ranked>(int)+0x10\n"
            "========= ERROR SUMMARY: 3 errors\n"
        )
        self.assertEqual(sanitize.found("initcheck", report), "2 reads by our kernels")

    def test_ratios_are_of_jobs_that_both_had(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "results.jsonl"
            job = {"kind": "timing", "name": "search", "number": 4000, "counted": "resamples"}
            lines = [job | {"device": "cpu", "seconds": 3.0}, job | {"device": "cuda", "seconds": 0.5},
                     job | {"device": "cuda", "seconds": 1.0, "number": 9}]  # fmt: skip
            path.write_text("".join(json.dumps(line) + "\n" for line in lines))
            found = ratios.ratios(path)
        self.assertEqual(found, {"search, 4,000 resamples": (3.0, 0.5, 6.0)})
        self.assertIn("| 6 | 3 | +100 % |",
                      ratios.table(found, {"search, 4,000 resamples": (3, 1, 3.0)}))  # fmt: skip


if __name__ == "__main__":
    BUILD = sys.argv.pop()
    unittest.main()
