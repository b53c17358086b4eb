"""Times isoloss on a CUDA device beside the CPU of the same machine; see scripts/bench."""

import argparse
import datetime
import json
import subprocess
import sys
from typing import Any

import measure
import problem
from compare import Row, duration, show

NO_DEVICE = 3
RESAMPLES = (4_000, 100_000, 1_000_000)
# What a row counts, by the name of what was timed.
COUNTED = {
    "bootstrap refits": "resamples",
    "exponent screen": "pairs",
    "fit from the grid of starts": "starts",
    "whole process, bootstrap": "resamples",
}

Line = dict[str, Any]


def doctor() -> dict[str, Any]:
    """What `isoloss doctor` finds here, about CUDA."""
    command = [str(measure.ISOLOSS), "doctor", "--json", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["cuda"]


def whole_process(device: str, resamples: int) -> Line:
    arguments = ["--bootstrap", str(resamples), "--device", device]
    line = measure.whole_process(arguments)
    return {
        "name": "whole process, bootstrap",
        "device": device,
        "resamples": resamples,
        "seconds": line["seconds"],
    }


def timed(device: str) -> list[Line]:
    bench = measure.ISOLOSS.parent / "isoloss_bench"
    lines = measure.run_lines([bench, problem.DATA, "--device", device])
    return lines + [whole_process(device, resamples) for resamples in RESAMPLES]


def rows(on_cpu: list[Line], on_cuda: list[Line]) -> list[Row]:
    out = [["what", "cpu", "cuda", "cuda, each second", "ratio"]]
    for cpu, cuda in zip(on_cpu, on_cuda, strict=True):
        counted = COUNTED.get(cuda["name"])
        name, rate = cuda["name"], "-"
        if counted:
            name += f", {cuda[counted]:,} {counted}"
            rate = f"{cuda[counted] / cuda['seconds']:,.0f}"
        ratio = f"{cpu['seconds'] / cuda['seconds']:.3g}"
        out.append([name, duration(cpu["seconds"]), duration(cuda["seconds"]), rate, ratio])
    return out


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench --device cuda", description=__doc__)
    parser.add_argument("--markdown", action="store_true", help="tables for a README")
    args = parser.parse_args()
    found = doctor()
    if found["state"] != "ready":
        print(f"scripts/bench: {found['sentence']}; {found['hint']}", file=sys.stderr)
        return NO_DEVICE
    today = datetime.datetime.now(datetime.timezone.utc).date()
    about = [f"{found['sentence']}; driver for CUDA {found['driver']}, built with "
             f"{found['built_with']}; {today}", measure.machine(),
             "cpu: every thread; ratio: its time to that of cuda; medians of 3, whole processes "
             "once"]  # fmt: skip
    print(*about, "", sep="  \n" if args.markdown else "\n")
    show(rows(timed("cpu"), timed("cuda")), args.markdown)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except measure.ProgramFailed as error:
        sys.exit(f"scripts/bench: {error}")
