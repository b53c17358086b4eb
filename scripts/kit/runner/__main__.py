"""Runs steps of the kit on the machine that it was brought to, in the order given.

smoke, sanitize and verify are checks: each part of them that does not come out right, or is not
run, makes the exit code 1. speed, profile and peers measure: a program of ours that fails makes it
1, a tool or a package that lacks does not. What happened lands in the folder of results:
summary.txt and summary.md for people, results.jsonl, junit.xml, log.txt and what single steps add.
"""

import argparse
import math
import os
import re
import signal
import sys
import traceback
from pathlib import Path

import peers
import profiling
import sanitize
import smoke
import speed
import verify
from machine import Kit
from record import FILES, NOT_RUN, WRONG, Record

STEPS = {
    "smoke": (smoke.run, "answers of the device equal the CPU's, draws too; the device tests"),
    "sanitize": (sanitize.run, "compute-sanitizer: wrong accesses, races, barriers, first reads"),
    "verify": (verify.run, "published fits made again on the device"),
    "speed": (speed.run, "the engine by stage and whole processes, beside the machine's own cores"),
    "profile": (profiling.run, "Nsight Compute: what limits the kernels"),
    "peers": (peers.run, "the same refits by PyTorch, JAX and optimistix in batches"),
}
USAGE = 2


def positive(text: str) -> float:
    value = float(text)
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text} is no number of seconds")
    return value


def device(text: str) -> str:
    if not re.fullmatch(r"cpu|cuda(:\d+(,\d+)*)?", text):
        raise argparse.ArgumentTypeError(f"{text} is not a device: use cuda, cuda:0 or cpu")
    return text


def arguments() -> argparse.Namespace:
    listed = "\n".join(f"  {name:10}{text}" for name, (_, text) in STEPS.items())
    parser = argparse.ArgumentParser(
        prog="run.sh",
        description=__doc__,
        epilog=f"steps:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("steps", nargs="*", metavar="STEP", help="smoke unless said otherwise")
    add("--device", type=device, default=os.environ.get("ISOLOSS_KIT_DEVICE") or "cuda",
        help="cuda, cuda:1; cpu stands in for it in a rehearsal (or ISOLOSS_KIT_DEVICE)")  # fmt: skip
    add("--budget", type=positive, default=os.environ.get("BUDGET") or "600", metavar="SECONDS",
        help="for all steps together; 600 (or the variable BUDGET)")  # fmt: skip
    add("--limit", type=positive, default=None, metavar="SECONDS",
        help="for a single command, where its own limit is longer")  # fmt: skip
    add("--out", type=Path, default=os.environ.get("OUT") or "kit-results", metavar="DIR",
        help="folder of results; kit-results where you stand (or the variable OUT)")  # fmt: skip
    add("--published", default="", metavar="DIR",
        help="folder of published fits to verify, instead of the kit's")  # fmt: skip
    add("--has-cublas", action="store_true",
        help="only tell by the exit code whether cuBLAS is found")  # fmt: skip
    args = parser.parse_args()
    args.steps = args.steps or ["smoke"]
    for step in args.steps:
        if step not in STEPS:
            parser.error(f"no step {step}: they are {', '.join(STEPS)}")
    return args


def checked_folder(out: Path) -> Path:
    """A folder that is new, empty or of an earlier run: nobody else's files are removed."""
    out = out.resolve()
    if out.is_dir() and any(out.iterdir()) and not (out / "results.jsonl").exists():
        strangers = [path.name for path in out.iterdir() if path.name in FILES]
        if strangers:
            raise OSError(f"{out} holds {strangers[0]}, which is not of a run of the kit")
    return out


def run_steps(kit: Kit, record: Record, steps: list) -> None:
    """Each step, whatever becomes of the others."""
    left = list(steps)
    try:
        kit.find_cublas()
        while left:
            record.begin(left[0])
            try:
                STEPS[left[0]][0](kit, record)
            except Exception:  # a mistake of the runner's must not lose the report
                lines = traceback.format_exc()
                record.append("log.txt", lines)
                record.add("the step itself", WRONG, detail=lines.splitlines()[-1])
            left.pop(0)
    except (KeyboardInterrupt, SystemExit):
        record.add("interrupted", WRONG)
        for step in left:
            record.step = step
            record.add("the whole step" if step != left[0] else "its rest", NOT_RUN,
                       detail="interrupted")  # fmt: skip


def main() -> int:
    args = arguments()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    try:
        kit = Kit.beside(Path(__file__), args.device, args.published)
        if args.has_cublas:
            kit.find_cublas()
            return 1 if kit.doctor()["state"] == "no_cublas" else 0
        record = Record(checked_folder(args.out), args.budget, args.limit or math.inf, kit.title)
        record.append("results.jsonl", "")
    except (OSError, ValueError, KeyError) as error:
        print(f"run.sh: {error}", file=sys.stderr)
        return USAGE
    record.say(f"kit {kit.about}")
    run_steps(kit, record, args.steps)
    return record.end()


if __name__ == "__main__":
    sys.exit(main())
