"""Reads what `nvdisasm -c` and `ptxas -v` print: kernels, their loops and what they take."""

import re
from pathlib import Path
from typing import NamedTuple

_SECTION = re.compile(r"^\.text\.(\S+):")
_LABEL = re.compile(r"^(\.L_\w+):")
_INSTRUCTION = re.compile(r"/\*[0-9a-f]{4,}\*/\s+(?:@!?U?P\w+\s+)?([A-Z][\w.]*)(.*?);")
_TARGET = re.compile(r"`\((\.L_\w+)\)")
_KERNEL = re.compile(r"isoloss\d+([a-z_]+)_kernel")


class Loop(NamedTuple):
    """Instructions [first, last] of a kernel; the last one branches back to the first."""

    first: int
    last: int


class Kernel(NamedTuple):
    name: str  # "minimise", "objective, float"
    opcodes: list[str]
    targets: list[int | None]  # where a branch goes, as an index of an instruction

    def loops(self) -> list[Loop]:
        """Every branch back; one that goes to itself is the padding after the end."""
        return [
            Loop(to, at)
            for at, to in enumerate(self.targets)
            if to is not None and to < at and self.opcodes[at].startswith("BRA")
        ]

    def innermost_loops(self) -> list[Loop]:
        loops = self.loops()
        return [
            loop
            for loop in loops
            if not any(
                loop.first <= other.first and other.last <= loop.last
                for other in loops
                if other != loop
            )
        ]

    def body(self, loop: Loop) -> list[str]:
        return self.opcodes[loop.first : loop.last + 1]

    def num_branches_inside(self, loop: Loop) -> int:
        """Branches forward inside a loop: more than one path, all of which are counted."""
        targets = self.targets[loop.first : loop.last]
        return sum(to is not None for to in targets)


class Resources(NamedTuple):
    registers: int
    stack_bytes: int
    spill_bytes: int


def kernel_name(mangled: str) -> str | None:
    found = _KERNEL.search(mangled)
    if not found:
        return None
    return found[1] + (", float" if re.search(r"EfE+v", mangled) else "")


def _kernel(name: str, lines: list[str]) -> Kernel:
    labels: dict[str, int] = {}
    opcodes: list[str] = []
    named: list[str | None] = []
    for line in lines:
        if label := _LABEL.match(line):
            labels[label[1]] = len(opcodes)
        elif instruction := _INSTRUCTION.search(line):
            target = _TARGET.search(instruction[2])
            opcodes.append(instruction[1])
            is_jump = instruction[1].startswith("BRA")
            named.append(target[1] if target and is_jump else None)
    return Kernel(name, opcodes, [labels.get(label) if label else None for label in named])


def read_kernels(listing: Path) -> dict[str, Kernel]:
    out: dict[str, Kernel] = {}
    name: str | None = None
    lines: list[str] = []

    def close() -> None:
        if name is not None:
            out[name] = _kernel(name, lines)

    for line in listing.read_text(encoding="utf-8").splitlines():
        if section := _SECTION.match(line):
            close()
            name, lines = kernel_name(section[1]), []
        elif line.startswith("\t.section"):
            close()
            name = None
        else:
            lines.append(line)
    close()
    return out


def read_resources(log: Path) -> dict[str, Resources]:
    """What ptxas says of each kernel."""
    out: dict[str, Resources] = {}
    parts = log.read_text(encoding="utf-8").split("Compiling entry function '")[1:]
    for part in parts:
        name = kernel_name(part.split("'", 1)[0])
        registers = re.search(r"Used (\d+) registers", part)
        stack = re.search(r"(\d+) bytes stack frame", part)
        spills = re.findall(r"(\d+) bytes spill", part)
        if name and registers and stack:
            out[name] = Resources(int(registers[1]), int(stack[1]), sum(map(int, spills)))
    return out
