"""What limits the kernels, by Nsight Compute: the FP64 pipe, occupancy, stalls, time by kernel."""

import tempfile
from pathlib import Path

from machine import Kit, tool
from record import NOT_RUN, OK, WRONG, Record

SECTIONS = ["SpeedOfLight", "LaunchStats", "Occupancy", "WarpStateStats", "SchedulerStats",
            "ComputeWorkloadAnalysis", "MemoryWorkloadAnalysis", "InstructionStats",
            "SourceCounters"]  # fmt: skip
SOURCE_BYTES = 12_000_000
MEMORY = "2G"
KERNELS = ["minimise_kernel", "polish_kernel", "cells_kernel", "tables_kernel", "resample_kernel"]
ASKED = ("FP64", "Achieved Occupancy", "Registers Per", "Duration", "No Eligible", "Stall")


def run(kit: Kit, record: Record) -> None:
    ncu = tool("ncu")
    if kit.is_rehearsal or not ncu:
        reason = "the CPU stands in" if kit.is_rehearsal else "ncu is not on PATH"
        record.add("ncu", NOT_RUN, detail=reason, counts=False)
        return
    with tempfile.TemporaryDirectory() as folder:
        for kernel in KERNELS:
            profile(kit, record, ncu, Path(folder), kernel, kernel, 11, ["--only", "search"])
        profile(kit, record, ncu, Path(folder), "minimise of a tape", "minimise_kernel", 2,
                ["--only", "tapes", "--scale", "0.25"])  # fmt: skip
    time_by_kernel(kit, record, ncu)
    tell_essentials(record)


def profile(kit: Kit, record: Record, ncu: str, folder: Path, name: str, kernel: str, skip: int,
            stage: list) -> None:  # fmt: skip
    """One launch of a kernel, after `skip` others of it."""
    report = folder / f"{name.replace(' ', '_')}.ncu-rep"
    sections = [word for section in SECTIONS for word in ("--section", section)]
    words = [ncu, "--kill", "yes", "--check-exit-code", "no", "--clock-control", "none", *sections,
             "-k", f"regex:{kernel}", "--launch-skip", skip, "--launch-count", "1", "-o", report, "-f",
             kit.program("engine_bench"), kit.data, "--device", kit.device, *stage]  # fmt: skip
    env = kit.environment(ISOLOSS_CUDA_MEMORY=MEMORY)
    done = record.check(f"ncu {name}", words, 60, env, counts=False, note=False)
    if not report.exists():
        record.add(f"ncu {name}", WRONG, done.seconds, "no report was written", counts=False)
        return
    record.add(f"ncu {name}", OK, done.seconds, counts=False)
    page = [ncu, "--import", report, "--page"]
    details = record.command("details", [*page, "details", "--print-details", "all"], 20, env)
    record.append("ncu.txt", f"== {name}\n{details.output}\n")
    if name == "minimise_kernel":
        source = record.command("source", [*page, "source", "--csv"], 20, env)
        record.append("ncu_source.csv", source.output[:SOURCE_BYTES])


def time_by_kernel(kit: Kit, record: Record, ncu: str) -> None:
    """Where the time of a request goes: every kernel, in order."""
    words = [ncu, "--kill", "yes", "--check-exit-code", "no", "--clock-control", "none", "--metrics",
             "gpu__time_duration.sum", "--csv", "--launch-skip", "130", "--launch-count", "40",
             kit.program("engine_bench"), kit.data, "--device", kit.device, "--only",
             "search"]  # fmt: skip
    env = kit.environment(ISOLOSS_CUDA_MEMORY=MEMORY)
    done = record.check("time by kernel", words, 60, env, counts=False)
    lines = [line[:400] for line in done.output.splitlines() if line.startswith('"')]
    record.append("ncu.txt", "== time by kernel\n" + "\n".join(lines) + "\n")


def tell_essentials(record: Record) -> None:
    path = record.out / "ncu.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    wanted = [line for line in lines if line.startswith("==") or any(w in line for w in ASKED)]
    record.append("summary.txt", "\n".join(wanted[:80]) + "\n")
