"""Whether the device gives the CPU's answers, to the last byte."""

import json
import tempfile
from pathlib import Path

from machine import Kit, has
from record import OK, WRONG, Record

FORMULA = "E + A/N^alpha + B/D^beta"
# Fits whose report and draws must be the CPU's. 1 is the exit code of a fit that is not sound.
CASES = {
    "4,000 resamples": ["--bootstrap", "4000"],
    "a formula": ["--law", FORMULA, "--bootstrap", "300"],
    "a power law": ["--law", "kaplan_tokens", "--bootstrap", "300"],
    "kaplan": ["--law", "kaplan", "--bootstrap", "100"],
    "coupled": ["--law", "coupled", "--bootstrap", "60"],
    "farseer": ["--law", "farseer", "--bootstrap", "8"],
    "broken_2": ["--law", "broken_2", "--column", "x=tokens", "--bootstrap", "8"],
    "absolute residuals": ["--objective", "absolute", "--bootstrap", "200"],
    "every start of the grid": ["--starts", "grid", "--bootstrap", "0"],
    "100,000 resamples": ["--bootstrap", "100000"],
}
LIMIT = 60


def run(kit: Kit, record: Record) -> None:
    env = kit.environment()
    tell_machine(kit, record, env)
    if not first_fit(kit, record, env):
        return
    for name, words in CASES.items():
        check_same(kit, record, env, name, words)
    device_tests(kit, record, env)


def tell_machine(kit: Kit, record: Record, env: dict) -> None:
    if has("nvidia-smi"):
        fields = "name,driver_version,memory.total,clocks.sm,clocks.max.sm,power.limit"
        smi = record.check("nvidia-smi", ["nvidia-smi", f"--query-gpu={fields}", "--format=csv"],
                           20, env, counts=False)  # fmt: skip
        record.append("summary.txt", smi.output)
    doctor = record.check("doctor", [kit.program("isoloss"), "doctor", "--json", "-"], 30, env)
    if record.passed(doctor):
        record.say(json.loads(doctor.output)["cuda"]["sentence"])


def first_fit(kit: Kit, record: Record, env: dict) -> bool:
    """With launches in step, so that an error names its kernel."""
    words = kit.fit("--bootstrap", "64")
    fit = record.check("first fit, launches in step", words, LIMIT,
                       env | {"CUDA_LAUNCH_BLOCKING": "1"})  # fmt: skip
    if record.passed(fit):
        return True
    record.append("summary.txt", fit.errors[:2000] + "\n")
    if has("compute-sanitizer") and not kit.is_rehearsal:
        memcheck = ["compute-sanitizer", "--tool", "memcheck", *kit.fit("--bootstrap", "8")]
        done = record.check("memcheck of it", memcheck, LIMIT, env)
        record.append("summary.txt", done.output[:4000] + "\n")
    return False


def without_backend(report: str) -> str:
    """The report but for the name of what searched; empty if it is none."""
    try:
        out = json.loads(report)
        out.pop("backend")
        return json.dumps(out, indent=1)
    except (ValueError, KeyError):
        return ""


def check_same(kit: Kit, record: Record, env: dict, name: str, words: list) -> None:
    with tempfile.TemporaryDirectory() as folder:
        reports, draws, seconds = [], [], 0.0
        for place, device in enumerate(("cpu", kit.device)):
            path = Path(folder) / f"{place}.npy"
            asked = [] if words[-2:] == ["--bootstrap", "0"] else ["--draws", str(path)]
            command = kit.fit(*words, *asked, "--quiet", device=device)
            done = record.check(f"{name}, {device}", command, LIMIT, env, accept=(0, 1), note=False)
            if not record.passed(done, (0, 1)):
                return
            reports.append(without_backend(done.output))
            draws.append(path.read_bytes() if path.exists() else b"")
            seconds = done.seconds
    different = "no draws" if asked and not all(draws) else difference(reports, draws)
    record.add(name, WRONG if different else OK, seconds, different)


def difference(reports: list, draws: list) -> str:
    """What differs between the CPU's answer and the device's, empty if nothing does."""
    if not all(reports):
        return "no report"
    if reports[0] != reports[1]:
        pairs = zip(reports[0].splitlines(), reports[1].splitlines())
        lines = [f"cpu {a.strip()} device {b.strip()}" for a, b in pairs if a != b]
        return f"the reports differ in {len(lines)} lines: " + "; ".join(lines[:5])
    if draws[0] != draws[1]:
        num = sum(a != b for a, b in zip(draws[0], draws[1]))
        return f"the reports are the same, {num} bytes of the draws differ"
    return ""


def device_tests(kit: Kit, record: Record, env: dict) -> None:
    """The device is named, so a test that does not find it fails instead of being skipped."""
    words = [kit.program("isoloss_device_tests")]
    done = record.check("device tests", words, 180, env | {"ISOLOSS_TEST_DEVICE": kit.device},
                        note=False)  # fmt: skip
    if not record.passed(done):
        return
    skipped = "test skipped" in done.output + done.errors or "assertions" not in done.output
    last = done.output.strip().splitlines()[-1]
    record.add("device tests", WRONG if skipped else OK, done.seconds, last)
