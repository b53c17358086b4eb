"""Which unit an instruction goes to, and how many of them a multiprocessor starts a clock.

Sources: CUDA C++ Programming Guide, "Throughput of Native Arithmetic Instructions" (columns 8.9 and
9.0); NVIDIA H100 Tensor Core GPU Architecture white paper and NVIDIA Ada GPU Architecture white
paper (multiprocessors, units of each, clocks).
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

FP64, FP32, INTEGER, CONVERT = "FP64", "FP32", "integer", "convert 64"
MUFU, SHARED, GLOBAL, UNIFORM, CONTROL = "MUFU", "shared", "global", "uniform", "control"
CLASSES = [FP64, FP32, INTEGER, CONVERT, MUFU, SHARED, GLOBAL, UNIFORM, CONTROL]
ISSUE, MEMORY = "issue", "load/store"

_OPCODES = {
    FP64: "DADD DMUL DFMA DSETP DMNMX",
    FP32: "FADD FMUL FFMA FADD32I FMUL32I FFMA32I HFMA2 HADD2 HMUL2",
    MUFU: "MUFU",
    SHARED: "LDS STS ATOMS SHFL",
    # A generic load, LD, may go to either memory.
    GLOBAL: "LD ST LDG STG ATOM ATOMG RED LDC LDL STL",
    CONTROL: "BRA EXIT BSSY BSYNC CALL RET WARPSYNC BAR NOP VOTE BREAK BMOV YIELD NANOSLEEP",
}
_CLASS_OF = {opcode: name for name, all_of in _OPCODES.items() for opcode in all_of.split()}


class Device(NamedTuple):
    name: str
    architecture: int
    multiprocessors: int
    clock_ghz: float
    lanes: dict[str, int]  # threads a clock and multiprocessor


_COMMON = {INTEGER: 64, MUFU: 16, MEMORY: 32, ISSUE: 128, FP32: 128}
DEVICES = [
    Device("H100 SXM", 90, 132, 1.83, _COMMON | {FP64: 64, CONVERT: 16}),
    Device("RTX 4090", 89, 128, 2.52, _COMMON | {FP64: 2, CONVERT: 2}),
]


def class_of(opcode: str) -> str:
    base, *suffixes = opcode.split(".")
    if base in ("F2F", "I2F", "F2I") and ("F64" in suffixes or "S64" in suffixes):
        return CONVERT
    if base in _CLASS_OF:
        return _CLASS_OF[base]
    # The uniform datapath works once a warp. All else, FSEL and FSETP too, is of the integer units.
    is_uniform = base.startswith("U") or base in ("R2UR", "S2UR", "REDUX")
    return UNIFORM if is_uniform else INTEGER


def count(opcodes: Iterable[str]) -> Counter[str]:
    return Counter(class_of(opcode) for opcode in opcodes)


def clocks(counts: Counter[str], device: Device) -> dict[str, float]:
    """Clocks of one multiprocessor that each unit is busy with one thread's instructions."""
    asked = {name: counts[name] for name in (FP64, FP32, INTEGER, CONVERT, MUFU)}
    asked[MEMORY] = counts[SHARED] + counts[GLOBAL]
    asked[ISSUE] = counts.total()
    return {unit: number / device.lanes[unit] for unit, number in asked.items()}
