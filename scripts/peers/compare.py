"""Compares isoloss with its peers; see scripts/bench, which builds what this runs."""

import argparse
import json
import math
import statistics
import sys
from pathlib import Path

import gates
import measure
import problem

Row = list[str]


def duration(seconds: float | None) -> str:
    if seconds is None:
        return "-"
    for unit, scale in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds * 1e6:.3g} us"


def number(value: float) -> str:
    """Three digits, or all of them for an objective, where the last ones matter."""
    if value < 0.01:
        return f"{value:.14g}"
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"


def percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.0f} %"


def ratio(values: list[float], factor: float = 1) -> str:
    if not values:
        return "-"
    middle, low, high = (number(f(values) * factor) for f in (statistics.median, min, max))
    return f"{middle} ({low} .. {high})"


def sure(seconds: float, hits: float | None) -> str:
    """Expected time until one of many starts has met the optimum with probability 99.9 %."""
    if not hits:
        return "no hit"
    starts = 1.0 if hits == 1 else max(1.0, math.log(1e-3) / math.log(1 - hits))
    return duration(starts * seconds)


def peer_rows(figures: measure.Figures) -> list[Row]:
    rows = [["program", "a fit", "at optimum (1e-9)", "(1e-4)", "99.9 % sure", "ratio"]]
    for name, keys in figures.items():
        key = "seconds_per_fit" if "seconds_per_fit" in keys else "seconds_per_start"
        seconds = measure.median(figures, name, key)
        if seconds is None:
            continue
        hits = measure.mean(figures, name, "hit_1e-9")
        near = measure.mean(figures, name, "hit_1e-4")
        repeats = "bootstrap" not in name and hits is not None
        rows.append([
            name, duration(seconds), percent(hits), percent(near),
            sure(seconds, hits) if repeats else "-", ratio(gates.ratios(figures, name)),
        ])  # fmt: skip
        if name == gates.PUBLISHED:
            values = gates.ratios(figures, name)
            rows.append([
                "... its 4,500 starts (extrapolated)", duration(seconds * gates.GRID_SIZE),
                "-", "-", "-", ratio(values, gates.GRID_SIZE),
            ])  # fmt: skip
    return rows


def gate_rows(all_gates: list[gates.Gate]) -> list[Row]:
    rows = [["gate", "measured", "bound", ""]]
    for gate in all_gates:
        measured = "not measured" if gate.measured is None else number(gate.measured)
        bound = f"{'<=' if gate.at_most else '>='} {number(gate.bound)}"
        rows.append([gate.text, measured, bound, "pass" if gate.passes else "FAIL"])
    return rows


def show(rows: list[Row], markdown: bool) -> None:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for index, row in enumerate(rows):
        cells = [
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print(f"| {' | '.join(cells)} |" if markdown else "  ".join(cells).rstrip())
        if markdown and index == 0:
            print(f"| --- | {' | '.join('---:' for _ in row[1:])} |")
    print()


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="3 repetitions of 30 starts")
    parser.add_argument("--starts", type=int, help="of the grid's 4,500, a peer (90)")
    parser.add_argument("--repetitions", type=int, help="(5)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure")
    parser.add_argument("--markdown", action="store_true", help="the tables of docs/benchmark.md")
    parser.add_argument("--peers-only", action="store_true", help="without isoloss and gates")
    args = parser.parse_args()
    starts = args.starts or (30 if args.quick else 90)
    repetitions = args.repetitions or (3 if args.quick else 5)

    figures, versions = measure.run_all(starts, repetitions, args.peers_only)
    about = [
        measure.machine(),
        "; ".join(versions),
        f"{repetitions} interleaved repetitions of {starts} of the {gates.GRID_SIZE:,} starts, one "
        "thread; median times; shares over all repetitions",
        "ratio: time of one start to that of one global fit of isoloss, median (range)",
    ]
    print(*about, "", sep="  \n" if args.markdown else "\n")
    show(peer_rows(figures), args.markdown)
    all_gates = [] if args.peers_only else gates.all_gates(figures)
    if all_gates:
        show(gate_rows(all_gates), args.markdown)
    if args.json:
        record = {
            "about": about,
            "best_known_objective": problem.BEST,
            "figures": figures,
            "gates": [gate._asdict() | {"passes": gate.passes} for gate in all_gates],
        }
        args.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return 0 if all(gate.passes for gate in all_gates) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except measure.ProgramFailed as error:
        sys.exit(f"scripts/bench: {error}")
