"""Runs steps of the kit on the machine that it was brought to.

Checks (smoke, sanitize, verify) come before measurements (speed, profile, peers). What happened
lands in the folder of results: summary.txt and summary.md for people, results.jsonl, junit.xml,
log.txt and what single steps add. The exit code is 0 if every check that was asked for ran and
found nothing wrong, else 1.
"""

import argparse
import math
import os
import sys
from pathlib import Path

import peers
import profiling
import sanitize
import smoke
import speed
import verify
from machine import Kit
from record import Record

STEPS = {
    "smoke": (smoke.run, "answers of the device equal the CPU's, draws too; the device tests"),
    "sanitize": (sanitize.run, "compute-sanitizer: wrong accesses, races, barriers, first reads"),
    "verify": (verify.run, "published fits made again on the device"),
    "speed": (speed.run, "the engine by stage and whole processes, beside the machine's own cores"),
    "profile": (profiling.run, "Nsight Compute: what limits the kernels"),
    "peers": (peers.run, "the same refits by PyTorch, JAX and optimistix in batches"),
}


def arguments() -> argparse.Namespace:
    listed = "\n".join(f"  {name:10}{text}" for name, (_, text) in STEPS.items())
    parser = argparse.ArgumentParser(
        prog="run.sh",
        description=__doc__,
        epilog=f"steps:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("steps", nargs="*", metavar="STEP", help="smoke unless said otherwise")
    parser.add_argument("--device", default=os.environ.get("ISOLOSS_KIT_DEVICE", "cuda"),
                        help="cuda, cuda:1; cpu stands in for it in a rehearsal (or the variable "
                             "ISOLOSS_KIT_DEVICE)")  # fmt: skip
    parser.add_argument("--budget", type=float, default=float(os.environ.get("BUDGET", 600)),
                        metavar="SECONDS", help="for all steps; 600 (or the variable BUDGET)")  # fmt: skip
    parser.add_argument("--limit", type=float, default=math.inf, metavar="SECONDS",
                        help="for a single command, where its own limit is longer")  # fmt: skip
    parser.add_argument("--out", type=Path, default=os.environ.get("OUT"), metavar="DIR",
                        help="folder of results; kit-results (or the variable OUT)")  # fmt: skip
    parser.add_argument("--published", default="", metavar="DIR",
                        help="folder of published fits to verify, instead of the kit's")  # fmt: skip
    parser.add_argument("--has-cublas", action="store_true",
                        help="only tell by the exit code whether cuBLAS is found")  # fmt: skip
    args = parser.parse_args()
    args.steps = args.steps or ["smoke"]
    for step in args.steps:
        if step not in STEPS:
            parser.error(f"no step {step}: they are {', '.join(STEPS)}")
    return args


def main() -> int:
    args = arguments()
    kit = Kit.beside(Path(__file__), args.device, args.published)
    if args.has_cublas:
        return 0 if kit.has_cublas() else 1
    record = Record(Path(args.out or "kit-results").resolve(), args.budget, args.limit)
    record.say(f"kit {kit.about}")
    for step in args.steps:
        record.begin(step)
        STEPS[step][0](kit, record)
    return record.end()


if __name__ == "__main__":
    sys.exit(main())
