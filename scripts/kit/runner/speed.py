"""Times: the engine by stage, whole processes, the device beside every core of the machine.

The device must give its figures; a CPU that takes too long for the comparison is no wrong answer.
"""

import json

from machine import Kit
from record import NOT_RUN, OK, WRONG, Record

FORMULA = "E + A/N^alpha + B/D^beta"
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
REHEARSAL = {"scale": "0.01", "whole": 1}  # the size of jobs, the number of whole processes


def run(kit: Kit, record: Record) -> None:
    stages(kit, record, STAGES)
    whole_processes(kit, record)
    stages(kit, record, LAST_STAGES)


def devices(kit: Kit) -> list:
    return [kit.device] if kit.is_rehearsal else [kit.device, "cpu"]


def stages(kit: Kit, record: Record, names: list) -> None:
    scale = REHEARSAL["scale"] if kit.is_rehearsal else "1"
    for stage in names:
        for device in devices(kit):
            name = f"engine, {stage}, {device}"
            words = [kit.program("engine_bench"), kit.data, "--device", device, "--only", stage,
                     "--scale", scale]  # fmt: skip
            counts = device == kit.device
            done = record.check(name, words, 100, kit.environment(), counts=counts, note=False)
            lines = record.timings(done.output)
            if done.passed():
                told = any(line.get("device") == device for line in lines)
                record.add(name, OK if told else WRONG, done.seconds,
                           "" if told else "no figure was printed", counts)  # fmt: skip


def whole_processes(kit: Kit, record: Record) -> None:
    for name, words, needed in WHOLE[: REHEARSAL["whole"] if kit.is_rehearsal else None]:
        for device in devices(kit):
            job = f"whole process, {name}"
            if record.left() < needed:
                record.add(f"{job}, {device}", NOT_RUN, detail="no time left", counts=False)
                continue
            command = kit.fit(*words, "--quiet", device=device)
            done = record.check(f"{job}, {device}", command, 60, kit.environment(),
                                counts=device == kit.device)  # fmt: skip
            if done.passed():
                line = {"name": job, "device": device, "counted": "resamples",
                        "number": int(words[-1]), "seconds": round(done.seconds, 4)}  # fmt: skip
                record.timings(json.dumps(line))
