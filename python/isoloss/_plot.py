"""Figures of a fit, ready for a paper: matplotlib draws them, the fit has every number."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from ._errors import FitWarning

if TYPE_CHECKING:
    from ._fit import Fit

# Inches: what the styles of the conferences set a column or a page to.
WIDTHS = {"neurips": 5.5, "icml": 3.25, "icml_page": 6.75}
# Okabe & Ito 2008: told apart without red, green or blue.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
_STYLE = {
    "font.size": 8,
    "axes.titlesize": 8,
    "axes.labelsize": 8,
    "legend.fontsize": 7,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "axes.linewidth": 0.6,
    "lines.linewidth": 1.0,
    "pdf.fonttype": 42,  # fonts embedded whole, as the conferences ask
    "ps.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "isoloss",  # the same file each time
    "figure.constrained_layout.use": True,
}
_POINTS = 121  # of a curve
_DECADES = 1.5  # of an isoFLOP curve, on both sides of its optimum


def style(width: str | float) -> Any:
    """A context of matplotlib in which a figure is as wide as the conference's column."""
    mpl: Any = import_module("matplotlib")
    inches = WIDTHS[width] if isinstance(width, str) else float(width)
    colours = mpl.cycler(color=COLOURS)
    size = (inches, inches * 0.62)
    return mpl.rc_context({**_STYLE, "figure.figsize": size, "axes.prop_cycle": colours})


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


def isoflop(fit: Fit, figure: Any, *, compute: Sequence[float] | None = None) -> None:
    """The loss at equal compute over the size of the model, and the optimum of each budget."""
    axes = figure.subplots()
    factor = fit.json["runs"]["flops_per_token_param"]
    for budget, row, colour in zip(*_optima(fit, compute), itertools.cycle(COLOURS)):
        best = row["params"]["value"]
        size = best * np.logspace(-_DECADES, _DECADES, _POINTS)
        loss = fit.predict(params=size, tokens=budget / (factor * size)).loss
        axes.plot(size, loss, color=colour, label=f"{budget:.3g} FLOP")
        axes.plot(best, row["loss"]["value"], "o", color=colour, markersize=3)
    axes.set(xscale="log", xlabel="N, parameters", ylabel="loss, nats per token")
    axes.legend()


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


KINDS: dict[str, Callable[..., None]] = {
    "isoflop": isoflop,
    "frontier": frontier,
    "residuals": residuals,
    "draws": draws,
}


def plot(fit: Fit, kind: str, width: str | float, path: Any, **options: Any) -> Any:
    """The figure; written too where a path is given."""
    if kind not in KINDS:
        raise ValueError(f"no figure {kind}; there are {', '.join(KINDS)}")
    if isinstance(width, str) and width not in WIDTHS:
        raise ValueError(f"no width {width}; there are {', '.join(WIDTHS)}, or inches")
    try:
        Figure: Any = import_module("matplotlib.figure").Figure
    except ImportError:
        raise ImportError("figures need matplotlib: pip install matplotlib") from None
    with style(width), warnings.catch_warnings():
        warnings.simplefilter("ignore", FitWarning)
        figure = Figure()
        KINDS[kind](fit, figure, **options)
        if path is not None:
            figure.savefig(path, dpi=300, metadata=_without_date(path))
    return figure


def _without_date(path: Any) -> dict[str, None]:
    """So that the same fit gives the same file."""
    return {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(str(path)[-3:], {})
