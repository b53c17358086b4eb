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
        "counted": "resamples",
        "number": resamples,
        "seconds": line["seconds"],
    }


def timed(device: str) -> list[Line]:
    bench = measure.ISOLOSS.parent / "engine_bench"
    lines = measure.run_lines([bench, problem.DATA, "--device", device])
    return lines + [whole_process(device, resamples) for resamples in RESAMPLES]


def rows(on_cpu: list[Line], on_cuda: list[Line]) -> list[Row]:
    """A job a row; those that were given to both, since the CPU gets fewer resamples of some."""
    out = [["what", "cpu", "cuda", "cuda, each second", "ratio"]]
    of_cpu = {(line["name"], line["number"]): line for line in on_cpu}
    for cuda in on_cuda:
        cpu = of_cpu.get((cuda["name"], cuda["number"]))
        name = f"{cuda['name']}, {cuda['number']:,} {cuda['counted']}"
        seconds = cpu["seconds"] if cpu else None
        ratio = f"{seconds / cuda['seconds']:.3g}" if seconds else "-"
        rate = f"{cuda['number'] / cuda['seconds']:,.0f}"
        out.append([name, duration(seconds), duration(cuda["seconds"]), rate, ratio])
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
             "cpu: every thread; ratio: its time to that of cuda; the fastest of 3, large jobs and "
             "whole processes once"]  # fmt: skip
    print(*about, "", sep="  \n" if args.markdown else "\n")
    show(rows(timed("cpu"), timed("cuda")), args.markdown)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except measure.ProgramFailed as error:
        sys.exit(f"scripts/bench: {error}")
