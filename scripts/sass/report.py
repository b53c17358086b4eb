"""The tables of scripts/sass_report."""

import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import listing
import rates

Row = list[str]

# What one turn of a kernel's inner loop does, and an instruction that stands in it so many times
# for each such thing: an unrolled loop does several.
_UNITS = {
    "minimise": ("candidate-run", "I2F.F64.U32", 1),
    "polish": ("candidate-run", "I2F.F64.U32", 1),
    "objective": ("candidate-run", "LDG.E.64", 4),
    "objective, float": ("candidate-run", "LDG.E.64", 4),
    "costs": ("candidate-run", "STG.E.64", 1),
    "cells": ("cell", "STG.E.64", 1),
    "pairs": ("pair", "STG.E.64", 1),
}


class Inner(NamedTuple):
    """The loop of a kernel that matters, for one unit of its work."""

    unit: str
    counts: Counter[str]
    share: int  # units that one turn of the loop does
    branches: int


def inner_loop(kernel: listing.Kernel) -> Inner | None:
    """The innermost loop with the most FP64 instructions, if it is one whose turn has a meaning."""
    if kernel.name not in _UNITS:
        return None
    unit, marker, each = _UNITS[kernel.name]
    candidates = [loop for loop in kernel.innermost_loops() if marker in kernel.body(loop)]
    if not candidates:
        return None
    best = max(candidates, key=lambda loop: rates.count(kernel.body(loop))[rates.FP64])
    body = kernel.body(best)
    share = max(1, body.count(marker) // each)
    return Inner(unit, rates.count(body), share, kernel.num_branches_inside(best))


def show(rows: list[Row]) -> None:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    rule = ["---"] + ["---:"] * (len(widths) - 1)
    for row in [rows[0], rule, *rows[1:]]:
        first, *others = zip(row, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        print(f"| {' | '.join(cells)} |")
    print()


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def full_name(source: str, kernel: str) -> str:
    if source == "batch":
        return kernel
    if text := re.fullmatch(r"text_formula_(\w+)", source):
        return f"{text[1]} as a formula: {kernel}"
    tape = re.fullmatch(r"tape_(\w+)", source)
    if not tape:
        return f"{source}: {kernel}"
    return f"tapes: {kernel}" if tape[1] == "starts" else f"tapes up to {tape[1]}: {kernel}"


def resource_rows(folder: Path, sources: list[str]) -> list[Row]:
    devices = rates.DEVICES
    rows = [["kernel", *(f"registers, sm_{d.architecture}" for d in devices), "stack", "spills"]]
    for source in sources:
        logs = [listing.read_resources(folder / f"{source}.{d.architecture}.ptxas") for d in devices]
        for name in logs[0]:
            taken = [log[name] for log in logs]
            rows.append([
                full_name(source, name), *(str(t.registers) for t in taken),
                str(max(t.stack_bytes for t in taken)), str(max(t.spill_bytes for t in taken)),
            ])  # fmt: skip
    return rows


def loops_of(folder: Path, sources: list[str], device: rates.Device) -> dict[str, Inner]:
    """Loops of kernels that do the same for each run: not of those that look instructions up."""
    out: dict[str, Inner] = {}
    for source in sources:
        if source.startswith("tape_"):
            continue
        kernels = listing.read_kernels(folder / f"{source}.{device.architecture}.sass")
        for name, kernel in kernels.items():
            if inner := inner_loop(kernel):
                out[full_name(source, name)] = inner
    return out


def count_rows(loops: dict[str, Inner]) -> list[Row]:
    rows = [["kernel, one of", *rates.CLASSES, "all", "branches"]]
    for name, inner in loops.items():
        values = [inner.counts[unit] / inner.share for unit in rates.CLASSES]
        rows.append([
            f"{name}, {inner.unit}", *map(number, values),
            number(inner.counts.total() / inner.share), number(inner.branches / inner.share),
        ])  # fmt: skip
    return rows


def bound_rows(loops: dict[str, Inner], device: rates.Device) -> list[Row]:
    rows = [["kernel, one of", "clocks", "limited by", "next", "bound, 10^9 a second"]]
    for name, inner in loops.items():
        clocks = {u: c / inner.share for u, c in rates.clocks(inner.counts, device).items()}
        (unit, most), (second, less) = sorted(clocks.items(), key=lambda item: -item[1])[:2]
        bound = device.multiprocessors * device.clock_ghz / most
        rows.append([
            f"{name}, {inner.unit}", f"{most:.2f}", unit, f"{second} {less:.2f}", f"{bound:.3g}",
        ])  # fmt: skip
    return rows


def main() -> int:
    folder, sources = Path(sys.argv[1]), sys.argv[2:]
    print("### Registers, stack and spills, from ptxas\n")
    show(resource_rows(folder, sources))
    for device in rates.DEVICES:
        loops = loops_of(folder, sources, device)
        print(f"### Instructions of a thread's inner loop, sm_{device.architecture}\n")
        show(count_rows(loops))
        print(
            f"### Prediction from these counts, not a measurement: {device.name} class, "
            f"{device.multiprocessors} multiprocessors at {device.clock_ghz} GHz\n"
        )
        show(bound_rows(loops, device))
    return 0


if __name__ == "__main__":
    sys.exit(main())
