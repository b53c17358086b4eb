"""Whether the device gives the CPU's answers, to the last byte."""

import json
import tempfile
from pathlib import Path

from machine import FORMULA, Kit, tool
from record import OK, WRONG, Record

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
ACCEPTED = (0, 1)
LIMIT = 60


def run(kit: Kit, record: Record) -> None:
    tell_machine(kit, record)
    if not first_fit(kit, record):
        return
    for name, words in CASES.items():
        check_same(kit, record, name, words)
    device_tests(kit, record)


def tell_machine(kit: Kit, record: Record) -> None:
    smi = tool("nvidia-smi")
    if smi:
        fields = "name,driver_version,memory.total,clocks.sm,clocks.max.sm,power.limit"
        done = record.check("nvidia-smi", [smi, f"--query-gpu={fields}", "--format=csv"], 20,
                            kit.environment(), counts=False)  # fmt: skip
        record.append("summary.txt", done.output)
    cuda = kit.doctor()
    record.about += f", {cuda['sentence']}, driver for CUDA {cuda.get('driver')}"
    right = kit.is_rehearsal or cuda["state"] == "ready"
    wrong = "" if right else f"{cuda['sentence']}; {cuda.get('hint')}"
    for device in [] if kit.is_rehearsal else cuda.get("devices", []):
        if not kit.has_code_for(device):
            need = device["compute_capability"].replace(".", "")
            wrong = (f"no code for {device['name']}: build the kit with "
                     f"scripts/device_kit --architectures {need}")  # fmt: skip
    record.add("doctor", WRONG if wrong else OK, detail=wrong or cuda["sentence"])


def first_fit(kit: Kit, record: Record) -> bool:
    """With launches in step, so that an error names its kernel."""
    fit = record.check("first fit, launches in step", kit.fit("--bootstrap", "64"), LIMIT,
                       kit.environment(CUDA_LAUNCH_BLOCKING="1"))  # fmt: skip
    if fit.passed():
        return True
    record.append("summary.txt", fit.errors[:2000] + "\n")
    sanitizer = tool("compute-sanitizer")
    if sanitizer and not kit.is_rehearsal:
        memcheck = [sanitizer, "--tool", "memcheck", *kit.fit("--bootstrap", "8")]
        done = record.check("memcheck of it", memcheck, LIMIT, kit.environment())
        record.append("summary.txt", done.output[:4000] + "\n")
    return False


def without_backend(report: str, device: str) -> str:
    """The report but for the name of what searched, which must be the device's; else empty."""
    try:
        out = json.loads(report)
        if out.pop("backend") == device.split(":")[0]:
            return json.dumps(out, indent=1)
    except (ValueError, KeyError, AttributeError):
        pass
    return ""


def check_same(kit: Kit, record: Record, name: str, words: list) -> None:
    with tempfile.TemporaryDirectory() as folder:
        texts, draws, seconds = [], [], 0.0
        for place, device in enumerate(("cpu", kit.device)):
            path = Path(folder) / f"{place}.npy"
            asked = [] if words[-2:] == ["--bootstrap", "0"] else ["--draws", str(path)]
            command = kit.fit(*words, *asked, "--quiet", device=device)
            done = record.check(f"{name}, {device}", command, LIMIT, kit.environment(), ACCEPTED,
                                note=False)  # fmt: skip
            if not done.passed(ACCEPTED):
                return
            texts.append(without_backend(done.output, device))
            draws.append(path.read_bytes() if path.exists() else b"")
            seconds = done.seconds
    different = "no draws" if asked and not all(draws) else difference(texts, draws)
    record.add(name, WRONG if different else OK, seconds, different)


def difference(texts: list, draws: list) -> str:
    """What differs between the CPU's answer and the device's, empty if nothing does."""
    if not all(texts):
        return "no report, or another device's"
    if texts[0] != texts[1]:
        pairs = zip(texts[0].splitlines(), texts[1].splitlines())
        lines = [f"cpu {a.strip()} device {b.strip()}" for a, b in pairs if a != b]
        return f"the reports differ in {len(lines)} lines: " + "; ".join(lines[:5])
    if draws[0] != draws[1]:
        num = sum(a != b for a, b in zip(draws[0], draws[1])) + abs(len(draws[0]) - len(draws[1]))
        return f"the reports are the same, {num} bytes of the draws differ"
    return ""


def device_tests(kit: Kit, record: Record) -> None:
    """The device is named, so a test that does not find it fails instead of being skipped."""
    env = kit.environment(ISOLOSS_TEST_DEVICE=kit.device)
    done = record.check("device tests", [kit.program("isoloss_device_tests")], 180, env, note=False)
    if done.passed():
        last = (done.output.strip().splitlines() or ["nothing was printed"])[-1]
        skipped = "test skipped" in done.output + done.errors
        right = last.startswith("All tests passed") and not skipped
        record.add("device tests", OK if right else WRONG, done.seconds, last)
