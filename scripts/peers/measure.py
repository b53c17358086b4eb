"""Runs the programs of the benchmark and collects the JSON lines that they print."""

import json
import os
import platform
import re
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import problem

BUILD = problem.ROOT / "build"
PROBLEM = BUILD / "peers" / "problem.txt"
ISOLOSS = BUILD / "bench" / "isoloss"
PEERS = Path(__file__).parent

# Every figure of every repetition: figures[program][key][repetition].
Figures = dict[str, dict[str, list[float]]]


class ProgramFailed(Exception):
    """A program of the benchmark ended with an error."""


def run_lines(command: list[Any]) -> list[dict[str, Any]]:
    """The JSON objects that a program prints. Peers run on one thread."""
    one_thread = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    words = [str(word) for word in command]
    done = subprocess.run(
        words, env=os.environ | one_thread, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise ProgramFailed(f"{' '.join(words)}\n{done.stderr}exit code {done.returncode}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def whole_process(arguments: Sequence[str] = ("--bootstrap", "4000")) -> dict[str, Any]:
    """Wall time and peak memory of the program as a user runs it, all threads."""
    words = ["fit", problem.DATA, "--drop-highest-loss", "5", *arguments]
    begin = time.perf_counter()
    child = subprocess.Popen([ISOLOSS, *words], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise ProgramFailed(f"{ISOLOSS} fit: exit code {child.returncode}")
    return {
        "name": "isoloss, whole process",
        "seconds": seconds,
        "peak_MB": usage.ru_maxrss * 1024 / 1e6,
    }


def run_all(starts: int, repetitions: int, peers_only: bool) -> tuple[Figures, list[str]]:
    """Every program once a repetition, in turn, so that a slow minute hits all of them.

    Each repetition has starts of its own: the shares that reach the optimum are of all of them.
    """
    runs = problem.read_runs(problem.DATA)
    scipy_fit = [BUILD / "venv" / "bin" / "python", PEERS / "scipy_fit.py", problem.DATA]
    figures: Figures = defaultdict(lambda: defaultdict(list))
    versions: list[str] = []
    for seed in range(1, repetitions + 1):
        problem.write_problem(PROBLEM, runs, problem.sample_starts(starts, seed))
        lines = [] if peers_only else run_lines([ISOLOSS.parent / "isoloss_bench", problem.DATA,
                                                 "--repeat", 1])  # fmt: skip
        lines += [] if peers_only else run_lines([ISOLOSS.parent / "vectorised_peers", PROBLEM])
        lines += run_lines([BUILD / "peers" / "peers", PROBLEM])
        lines += run_lines([*scipy_fit, "--starts", starts, "--seed", seed])
        lines += [] if peers_only else [whole_process()]
        for line in lines:
            if "version" in line and line["version"] not in versions:
                versions.append(line["version"])
            for key, value in line.items():
                if key not in ("name", "version"):
                    figures[line["name"]][key].append(value)
    return figures, versions


def median(figures: Figures, name: str, key: str) -> float | None:
    values = figures.get(name, {}).get(key, [])
    return statistics.median(values) if values else None


def mean(figures: Figures, name: str, key: str) -> float | None:
    values = figures.get(name, {}).get(key, [])
    return statistics.fmean(values) if values else None


def machine() -> str:
    """Processor, its cores and the widest vectors, and the kernel, in one line."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    fields = dict(re.findall(r"^([^\t:]+?)\s*: (.*)$", text, re.MULTILINE))
    flags = fields.get("flags", fields.get("Features", "")).split()
    simd = next((name for name in ("avx512f", "avx2", "asimd") if name in flags), "no wide vectors")
    model = fields.get("model name", platform.machine())
    number = f" (model {fields['model']})" if "model" in fields else ""
    return f"{model}{number}, {os.cpu_count()} cores, {simd}, Linux {platform.release()}"
