"""Figures of a fit, ready for a paper: matplotlib draws them, the fit has every number."""

from __future__ import annotations

import itertools
import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ._answer import require_done
from ._chart import COLOURS, add_legend, draw, draw_on, figure_of
from ._errors import FitWarning
from ._latex import symbol
from ._library import run

if TYPE_CHECKING:
    from ._fit import Fit

_CHART = "memory:chart.json"
_BUDGETS = 25  # of the line of a frontier
_NARROW = 4.5  # inches; two panels of a narrower figure stand one above the other
_TALL = 1.1  # times its width, is such a figure's height
_LONG = 1e4  # values whose ticks stand in thousands where room is scarce


def _require(found: Any, what: str) -> None:
    if not found:
        raise ValueError(what)


def panels(figure: Any) -> tuple[Any, Any]:
    """Two axes: side by side where the figure is wide enough."""
    if figure.get_figwidth() >= _NARROW:
        left, right = figure.subplots(1, 2)
        return left, right
    figure.set_figheight(_TALL * figure.get_figwidth())
    upper, lower = figure.subplots(2, 1)
    return upper, lower


def _axis(title: str, log: bool) -> dict[str, Any]:
    return {"title": title, "log": log, "names": []}


def _trace(name: str, kind: str, x: Sequence[float], y: Sequence[float], **ends: Any) -> dict[str, Any]:
    """As the program describes one."""
    none: dict[str, Any] = {key: [] for key in ("lower", "upper", "x_lower", "x_upper")}
    return {**none, "name": name, "kind": kind, "x": x, "y": y, **ends}


def _of_answers(
    name: str, kind: str, rows: Sequence[Mapping[str, Any]], key: str, has_band: bool
) -> dict[str, Any]:
    """What is best over the budget, with intervals where all have one."""
    out = _trace(name, kind, [row["flops"] for row in rows], [row[key]["value"] for row in rows])
    ends = [row[key].get("interval") for row in rows]
    if has_band and rows and all(ends):
        out["lower"], out["upper"] = (list(side) for side in zip(*ends))
    return out


def _runs_of(fit: Fit) -> dict[str, list[float]]:
    """params, tokens and flops of the runs, as far as the fit holds them."""
    own = fit.rows.get("inputs", {})
    if "params" not in own or "tokens" not in own:
        return {"params": [], "tokens": [], "flops": []}
    cost = float(fit.json["runs"].get("flops_per_token_param", 6))
    flops = [cost * N * D for N, D in zip(own["params"], own["tokens"])]
    return {"params": own["params"], "tokens": own["tokens"], "flops": own.get("flops", flops)}


def _frontier_of(
    fit: Fit, asked: Sequence[float], runs: Sequence[float]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Answers along a line over the budgets and the runs, and those at the budgets."""
    low, high = min([*asked, *runs]), max([*asked, *runs])
    low = low if low < high else high / 10
    line = np.logspace(np.log10(low), np.log10(high), _BUDGETS).tolist()
    budgets = sorted({*line, *asked})
    rows = list(fit.optimum(compute=budgets)["answers"])
    rows = [{**row, "flops": budget} for row, budget in zip(rows, budgets)]
    return rows, [row for row in rows if row["flops"] in asked]


def frontier(fit: Fit, figure: Any, *, compute: Sequence[float] | None = None) -> None:
    """The compute-optimal model and its tokens over the budget, with intervals and the runs."""
    _require(compute is not None or fit.optima, "the fit has no compute-optimal models to draw")
    asked = [row["flops"] for row in fit.optima] if compute is None else [float(c) for c in compute]
    runs = _runs_of(fit)
    line, best = _frontier_of(fit, asked, runs["flops"])
    both = panels(figure)
    for axes, key, name in zip(
        both, ("params", "tokens"), ("model size N, parameters", "training tokens D")
    ):
        traces = [_of_answers("compute-optimal", "line", line, key, True),
                  _of_answers("best models", "points", best, key, False)]  # fmt: skip
        if runs["flops"]:
            traces.insert(0, _trace("runs", "points", runs["flops"], runs[key]))
        x, y = _axis("training compute C, FLOP", True), _axis(name, True)
        names = draw_on(axes, {"x": x, "y": y, "traces": traces})
    add_legend(figure, both[0], names)


def _residuals_of(fit: Fit, data: Any) -> tuple[str, Any, Any]:
    """What is drawn, the prediction and the residual: of the runs in the fit, or of those of data."""
    if data is None and fit.rows:
        is_log = fit.json["residual"] == "log"
        return "log L" if is_log else "L", fit.rows["fitted"], fit.rows["residual"]
    columns = fit._of_runs(data).columns
    return "log L", columns["predicted"], np.log(columns["predicted"] / columns["observed"])


def residuals(fit: Fit, figure: Any, *, data: Any = None) -> None:
    """What the fit predicts less what was observed, over the prediction and as a histogram."""
    what, predicted, error = _residuals_of(fit, data)
    first, second = panels(figure)
    ends = [min(predicted), max(predicted)]
    traces = [_trace("runs", "points", list(predicted), list(error)),
              _trace("no residual", "guide", ends, [0, 0])]  # fmt: skip
    x, y = _axis("predicted loss, nats per token", False), _axis(f"residual of {what}", False)
    draw_on(first, {"x": x, "y": y, "traces": traces})
    second.hist(error, bins="auto", color=COLOURS[0])
    draw_on(second, {"x": y, "y": _axis("runs", False), "traces": []})
    second.locator_params(axis="x", nbins=5)


def _in_thousands(value: float, _: int) -> str:
    return f"{value / 1e3:g}k" if value else "0"


def _corner(axes: Any, x: Any, y: Any | None, estimate: float) -> None:
    """Of a corner plot: a parameter over another, or its histogram."""
    if y is None:
        axes.hist(x, bins=40, color=COLOURS[0])
        axes.axvline(estimate, color=COLOURS[1])
        axes.tick_params(left=False, labelleft=False)
    else:
        axes.plot(x, y, ".", markersize=1, alpha=0.3, rasterized=True)


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
        for axis, k in ((axes.xaxis, j), (axes.yaxis, i)):
            if np.abs(values[:, k]).max() >= _LONG:
                axis.set_major_formatter(_in_thousands)
        if j <= i:
            _corner(axes, values[:, j], None if i == j else values[:, i], fit.params[names[i]])
        if j > 0:
            axes.tick_params(labelleft=False)
        if i == num - 1:
            axes.set_xlabel(symbol(names[j]))
            axes.tick_params(axis="x", rotation=90)
        if j == 0 and i > 0:
            axes.set_ylabel(symbol(names[i]))
    figure.align_labels()


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
    """The figure; written too where a path, or a list of them, is given."""
    def fill(figure: Any) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FitWarning)
            if kind in KINDS:
                KINDS[kind](fit, figure, **options)
            else:
                described(fit, figure, kind, **options)

    return figure_of(fill, width, path)
