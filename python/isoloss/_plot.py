"""Figures of a fit, ready for a paper: matplotlib draws them, the fit has every number."""

from __future__ import annotations

import itertools
import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ._answer import require_done
from ._chart import COLOURS, draw, figure_of
from ._errors import FitWarning
from ._library import run

if TYPE_CHECKING:
    from ._fit import Fit

_CHART = "memory:chart.json"


def _require(found: Any, what: str) -> None:
    if not found:
        raise ValueError(what)


def _optima(
    fit: Fit, compute: Sequence[float] | None
) -> tuple[list[float], list[dict[str, Any]]]:
    """Budgets and the compute-optimal model at each; by default those of the fit."""
    if compute is not None:
        budgets = [float(c) for c in compute]
        return budgets, list(fit.optimum(compute=budgets)["answers"])
    _require(fit.optima, "the fit has no compute-optimal models to draw")
    return [float(row["flops"]) for row in fit.optima], fit.optima


def _band(axes: Any, x: Sequence[float], rows: Sequence[Mapping[str, Any]], key: str, colour: str) -> None:
    axes.plot(x, [row[key]["value"] for row in rows], color=colour)
    ends = [row[key].get("interval") for row in rows]
    if all(ends):
        low, high = zip(*ends)
        axes.fill_between(x, low, high, color=colour, alpha=0.2, linewidth=0)


def frontier(fit: Fit, figure: Any, *, compute: Sequence[float] | None = None) -> None:
    """The compute-optimal model and its tokens over the budget, with intervals."""
    if compute is None:
        ends, _ = _optima(fit, None)
        compute = np.logspace(np.log10(min(ends)) - 1, np.log10(max(ends)), 25).tolist()
    budgets, rows = _optima(fit, compute)
    for axes, key, name in zip(
        figure.subplots(1, 2), ("params", "tokens"), ("N, parameters", "D, tokens")
    ):
        _band(axes, budgets, rows, key, COLOURS[0])
        axes.set(xscale="log", yscale="log", xlabel="C, FLOP", ylabel=f"optimal {name}")


def residuals(fit: Fit, figure: Any, *, data: Any = None) -> None:
    """What the fit predicts less what was observed, over the prediction and as quantiles."""
    columns = fit._of_runs(data).columns
    error = np.log(columns["predicted"] / columns["observed"])
    left, right = figure.subplots(1, 2)
    left.axhline(0, color="0.6", linewidth=0.6)
    left.plot(columns["predicted"], error, ".", markersize=3, alpha=0.7)
    left.set(xlabel="predicted loss", ylabel="log predicted - log observed")
    right.hist(error, bins="auto", color=COLOURS[0])
    right.set(xlabel="log predicted - log observed", ylabel="runs")


def draws(fit: Fit, figure: Any) -> None:
    """The refits of the bootstrap: every parameter, and every pair."""
    values, names = fit.draws, list(fit.params)
    _require(len(values), "the fit has no draws; give it a bootstrap")
    num = len(names)
    figure.set_figheight(figure.get_figwidth() * 0.9)
    grid = figure.subplots(num, num, squeeze=False, sharex="col")
    for i, j in itertools.product(range(num), repeat=2):
        axes = grid[i][j]
        axes.set_visible(j <= i)
        axes.locator_params(nbins=3)
        if i == j:
            axes.hist(values[:, i], bins=40, color=COLOURS[0])
            axes.axvline(fit.params[names[i]], color=COLOURS[1])
        elif j < i:
            axes.plot(values[:, j], values[:, i], ".", markersize=1, alpha=0.3, rasterized=True)
        if j > 0 or i == 0:
            axes.tick_params(labelleft=False)
        if i == num - 1:
            axes.set_xlabel(names[j])
            axes.tick_params(axis="x", rotation=45)
        if j == 0 and i > 0:
            axes.set_ylabel(names[i])


def described(
    fit: Fit, figure: Any, kind: str, *, compute: Sequence[float] | None = None
) -> None:
    """A chart of the fit's page, as the program describes it."""
    flags, files = fit._source()
    if compute is not None:
        flags.append("--compute=" + ",".join(str(float(budget)) for budget in compute))
    result = require_done(run(["figure", kind, *flags, f"--output={_CHART}"], files, [_CHART]))
    draw(json.loads(result.files[_CHART]), figure)


# Those that are no chart of a page.
KINDS: dict[str, Callable[..., None]] = {
    "frontier": frontier,
    "residuals": residuals,
    "draws": draws,
}


def plot(fit: Fit, kind: str, width: str | float, path: Any, **options: Any) -> Any:
    """The figure; written too where a path is given."""
    def fill(figure: Any) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FitWarning)
            if kind in KINDS:
                KINDS[kind](fit, figure, **options)
            else:
                described(fit, figure, kind, **options)

    return figure_of(fill, width, path)
