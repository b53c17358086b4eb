"""Times: the engine by stage, whole processes, the device beside every core of the machine.

The device must give its figures; a CPU that takes too long for the comparison is no wrong answer.
"""

import json

from machine import FORMULA, Kit
from record import NOT_RUN, OK, WRONG, Record

# What is timed as a whole process, and the time that must be left for it.
WHOLE = [
    ("4,000 resamples", ["--bootstrap", "4000"], 0),
    ("100,000 resamples", ["--bootstrap", "100000"], 0),
    ("1,000,000 resamples", ["--bootstrap", "1000000"], 30),
    ("a formula, 100,000 resamples", ["--law", FORMULA, "--bootstrap", "100000"], 60),
    ("10,000,000 resamples", ["--bootstrap", "10000000"], 120),
]
STAGES = ["search", "basins", "bootstrap", "screen", "grid"]
LAST_STAGES = ["tapes"]  # the slowest
# How a device runs a tape in them: as kernels that the driver compiles, and interpreted.
TEXTS = ("always", "never")
REHEARSAL = {"scale": "0.01", "whole": 1}  # the size of jobs, the number of whole processes


def run(kit: Kit, record: Record) -> None:
    """All figures of the device first: what the CPU takes must not cost any of them."""
    for device in [kit.device] if kit.is_rehearsal else [kit.device, "cpu"]:
        stages(kit, record, device, STAGES)
        whole_processes(kit, record, device)
        for texts in TEXTS if device != "cpu" else ("",):
            stages(kit, record, device, LAST_STAGES, texts)


def stages(kit: Kit, record: Record, device: str, names: list, texts: str = "") -> None:
    scale = REHEARSAL["scale"] if kit.is_rehearsal else "1"
    counts = device == kit.device
    for stage in names:
        name = f"engine, {stage}, {device}" + (f", texts {texts}" if texts else "")
        words = [kit.program("engine_bench"), kit.data, "--device", device, "--only", stage,
                 "--scale", scale]  # fmt: skip
        done = record.check(name, words, 100, kit.environment(ISOLOSS_CUDA_TEXTS=texts),
                            counts=counts, note=False)  # fmt: skip
        lines = record.timings(done.output)
        if done.passed():
            told = any(line.get("device") == device for line in lines)
            record.add(name, OK if told else WRONG, done.seconds,
                       "" if told else "no figure was printed", counts)  # fmt: skip


def whole_processes(kit: Kit, record: Record, device: str) -> None:
    for name, words, needed in WHOLE[: REHEARSAL["whole"] if kit.is_rehearsal else None]:
        job = f"whole process, {name}"
        if record.left() < needed:
            record.add(f"{job}, {device}", NOT_RUN, detail="no time left", counts=False)
            continue
        done = record.check(f"{job}, {device}", kit.fit(*words, "--quiet", device=device), 60,
                            kit.environment(), counts=device == kit.device)  # fmt: skip
        if done.passed():
            line = {"name": job, "device": device, "counted": "resamples",
                    "number": int(words[-1]), "seconds": round(done.seconds, 4)}  # fmt: skip
            record.timings(json.dumps(line))
