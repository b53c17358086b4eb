"""What the benchmark demands of isoloss. A gate without a figure fails."""

import statistics
from typing import NamedTuple

from measure import Figures, mean, median

GLOBAL_FIT = "isoloss global fit"
REFIT = "isoloss bootstrap refit"
SCREEN = "isoloss screen"
PROCESS = "isoloss, whole process"
VECTORISED = "our vectorised objective"
PUBLISHED = "SciPy L-BFGS-B, numerical gradient"
GRID_SIZE = 4500
SCREENED_PAIRS = 4096 * 4096


class Gate(NamedTuple):
    text: str
    measured: float | None
    bound: float
    at_most: bool = False

    @property
    def passes(self) -> bool:
        if self.measured is None:
            return False
        return self.measured <= self.bound if self.at_most else self.measured >= self.bound


def ratios(figures: Figures, peer: str) -> list[float]:
    """Time of a peer's start to that of one global fit of ours, a repetition each.

    A refit of a resample stands against a refit of ours, which is global too.
    """
    ours = figures.get(REFIT if "bootstrap" in peer else GLOBAL_FIT, {}).get("seconds_per_fit", [])
    theirs = figures.get(peer, {}).get("seconds_per_start", [])
    return [t / o for t, o in zip(theirs, ours, strict=False)]


def all_gates(figures: Figures) -> list[Gate]:
    def ratio(peer: str) -> float | None:
        values = ratios(figures, peer)
        return statistics.median(values) if values else None

    def scaled(value: float | None, factor: float) -> float | None:
        return None if value is None else value * factor

    refit_time = median(figures, REFIT, "seconds_per_fit")
    screen_time = median(figures, SCREEN, "seconds")
    pairs = median(figures, SCREEN, "pairs")
    screened = None if screen_time is None or not pairs else screen_time / pairs * SCREENED_PAIRS
    return [
        Gate("x one start of SciPy BFGS, analytic gradient", ratio("SciPy BFGS, analytic gradient"),
             250),
        Gate("x one start of the published SciPy procedure", ratio(PUBLISHED), 700),
        Gate("x its 4,500 starts (extrapolated)", scaled(ratio(PUBLISHED), GRID_SIZE), 1e6),
        Gate("x one start of Ceres with HuberLoss", ratio("Ceres Solver, HuberLoss"), 350),
        Gate("x one start of NLopt L-BFGS", ratio("NLopt LD_LBFGS"), 25),
        Gate("x one start of liblbfgs", ratio("liblbfgs"), 25),
        Gate("x one start of liblbfgs given our objective", ratio(f"liblbfgs, {VECTORISED}"), 5),
        Gate("objective reached", median(figures, GLOBAL_FIT, "best_objective"),
             0.001018274017801, at_most=True),
        Gate("share of resamples at their optimum (1e-9)", mean(figures, REFIT, "hit_1e-9"), 1),
        Gate("bootstrap refits a second, one thread",
             None if refit_time is None else 1 / refit_time, 35_000),
        Gate("ms to screen 16.8 million exponent pairs", scaled(screened, 1e3), 50, at_most=True),
        Gate("s for a fit with 4,000 resamples, whole process",
             median(figures, PROCESS, "seconds"), 0.5, at_most=True),
        Gate("MB of memory at its peak", median(figures, PROCESS, "peak_MB"), 200, at_most=True),
    ]  # fmt: skip
