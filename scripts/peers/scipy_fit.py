"""The published procedure in SciPy (Hoffmann et al. 2022, Besiroglu et al. 2024), timed.

Minimises the summed Huber loss of log L_hat - log L from starts of the 4,500-point grid, with
L-BFGS-B and BFGS, each with numerical gradient of the objective as it was published, and with the
analytic gradient of a leaner one. Refits bootstrap resamples from one start, the published fit.
Needs NumPy and SciPy; prints one JSON object a line.
"""

import argparse
import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import problem
import scipy
from scipy.optimize import minimize

Array = np.ndarray


class Objective:
    """Sum of Huber(log L_hat - log L) in log-sum-exp form, all runs at once."""

    def __init__(self, runs: list[problem.Run]) -> None:
        self.log_N, self.log_D, self.log_L = np.array(runs).T.copy()
        self.N, self.D, self.L = np.exp(self.log_N), np.exp(self.log_D), np.exp(self.log_L)

    def value_and_gradient(self, theta: Array) -> tuple[float, Array]:
        log_E, log_A, log_B, alpha, beta = theta
        a = log_A - alpha * self.log_N
        b = log_B - beta * self.log_D
        top = np.maximum(np.maximum(a, b), log_E)
        exp_a, exp_b, exp_E = np.exp(a - top), np.exp(b - top), np.exp(log_E - top)
        total = exp_a + exp_b + exp_E
        residual = top + np.log(total) - self.log_L
        size = np.abs(residual)
        delta = problem.DELTA
        value = np.where(size <= delta, 0.5 * residual**2, delta * (size - 0.5 * delta)).sum()
        slope = np.clip(residual, -delta, delta) / total
        slope_a, slope_b = slope * exp_a, slope * exp_b
        gradient = [
            (slope * exp_E).sum(),
            slope_a.sum(),
            slope_b.sum(),
            -slope_a @ self.log_N,
            -slope_b @ self.log_D,
        ]
        return float(value), np.array(gradient)

    def value_as_published(self, theta: Array) -> float:
        """In the words of the published code: no shift, logarithms taken at every call."""
        log_E, log_A, log_B, alpha, beta = theta
        terms_N = np.exp(log_A - alpha * np.log(self.N))
        terms_D = np.exp(log_B - beta * np.log(self.D))
        residual = np.log(self.L) - np.log(terms_N + terms_D + np.exp(log_E))
        size = np.abs(residual)
        delta = problem.DELTA
        return float(np.sum(np.where(size <= delta, residual**2 / 2, delta * (size - delta / 2))))


def report(name: str, seconds: float, objectives: list[float], best: list[float]) -> None:
    excess = np.nan_to_num(np.array(objectives) / np.array(best) - 1, nan=np.inf)
    line = {
        "name": name,
        "starts": len(objectives),
        "seconds_per_start": seconds / len(objectives),
        "best_objective": float(np.nanmin(objectives)),
        "hit_1e-9": float(np.mean(excess <= 1e-9)),
        "hit_1e-4": float(np.mean(excess <= 1e-4)),
    }
    print(json.dumps(line), flush=True)


def timed(fits: list[Callable[[], Array]]) -> tuple[float, list[Array]]:
    """Seconds for all, and where each ends."""
    begin = time.perf_counter()
    ends = [fit() for fit in fits]
    return time.perf_counter() - begin, ends


def fit(method: str, analytic: bool, objective: Objective, start: tuple[float, ...]) -> Array:
    f = objective.value_and_gradient if analytic else objective.value_as_published
    return minimize(f, start, jac=analytic, method=method).x


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=problem.DATA)
    parser.add_argument("--starts", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1, help="which starts")
    parser.add_argument("--resamples", type=int, default=40)
    args = parser.parse_args()
    np.seterr(all="ignore")

    runs = problem.read_runs(args.data)
    starts = problem.sample_starts(args.starts, args.seed)
    objective = Objective(runs)

    for method in ("L-BFGS-B", "BFGS"):
        for analytic, gradient in ((False, "numerical"), (True, "analytic")):
            fits = [partial(fit, method, analytic, objective, start) for start in starts]
            seconds, ends = timed(fits)
            objectives = [objective.value_and_gradient(end)[0] for end in ends]
            name = f"SciPy {method}, {gradient} gradient"
            report(name, seconds, objectives, [problem.BEST] * len(starts))

    resamples = problem.read_resamples(args.resamples)
    drawn = [Objective([runs[i] for i in resample.rows]) for resample in resamples]
    for method in ("L-BFGS-B", "BFGS"):
        seconds, ends = timed([partial(fit, method, True, o, problem.PUBLISHED) for o in drawn])
        objectives = [o.value_and_gradient(end)[0] for o, end in zip(drawn, ends, strict=True)]
        name = f"SciPy {method}, analytic gradient, bootstrap refit"
        report(name, seconds, objectives, [resample.best for resample in resamples])
    print(json.dumps({"version": f"NumPy {np.__version__}, SciPy {scipy.__version__}"}))


if __name__ == "__main__":
    main()
