"""The problem that every program of the benchmark solves: runs, starting points, known optima."""

import csv
import itertools
import json
import math
import random
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "datasets" / "chinchilla_figure4.csv"
GOLDEN = ROOT / "tests" / "golden" / "chinchilla_figure4.json"

DELTA = 1e-3  # of the Huber loss
BEST = 0.001018274017800598  # the global optimum over the 240 runs

# Besiroglu et al. 2024: every start is one of these 4,500 (log E, log A, log B, alpha, beta).
GRID = list(
    itertools.product(
        [-1.0, -0.5, 0.0, 0.5, 1.0],
        [0.0, 5.0, 10.0, 15.0, 20.0, 25.0],
        [0.0, 5.0, 10.0, 15.0, 20.0, 25.0],
        [0.0, 0.5, 1.0, 1.5, 2.0],
        [0.0, 0.5, 1.0, 1.5, 2.0],
    )
)
# Their published fit: the start of each refit of their bootstrap.
PUBLISHED = (math.log(1.8172), math.log(477.8), math.log(2143.4), 0.34731, 0.36717)


class Run(NamedTuple):
    log_N: float  # parameters
    log_D: float  # tokens
    log_L: float  # nats per token


class Resample(NamedTuple):
    rows: list[int]  # of the 240 runs
    best: float  # objective at its global optimum


def read_runs(path: Path, drop: int = 5) -> list[Run]:
    """The runs in file order, without the `drop` highest losses."""
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    rows.sort(key=lambda row: float(row["loss"]))
    kept = {row["run"] for row in rows[: len(rows) - drop]}
    rows.sort(key=lambda row: row["run"])
    return [
        Run(*(math.log(float(row[name])) for name in ("params", "tokens", "loss")))
        for row in rows
        if row["run"] in kept
    ]


def sample_starts(count: int, seed: int) -> list[tuple[float, ...]]:
    """A start drawn from each of `count` stretches of the grid, so that all of it is met."""
    draw = random.Random(seed)
    edges = [i * len(GRID) // count for i in range(count + 1)]
    return [GRID[draw.randrange(low, high)] for low, high in itertools.pairwise(edges)]


def read_resamples(count: int) -> list[Resample]:
    """The first resamples of the golden file, whose optima are known."""
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    fixture = golden["bootstrap_fixture"]["resamples"][:count]
    return [Resample(row["rows"], float(row["objective"])) for row in fixture]


def write_problem(path: Path, runs: list[Run], starts: list[tuple[float, ...]]) -> None:
    """The same for peers that are not Python: sizes, best objective, then rows of numbers."""
    rows = [(DELTA, BEST), *runs, *starts]
    text = "\n".join(" ".join(repr(x) for x in row) for row in rows)
    path.write_text(f"{len(runs)} {len(starts)}\n{text}\n", encoding="utf-8")
