"""Draws a chart, as the program describes it, with matplotlib.

The program runs this file by itself for `isoloss figure`, so it needs nothing of the package.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

# Inches: what the styles of the conferences set a column or a page to.
WIDTHS = {"neurips": 5.5, "icml": 3.25, "icml_page": 6.75}
# Okabe & Ito 2008: told apart without red, green or blue.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS = ("o", "D", "s", "^", "P", "*", "X")
DASHES = (":", "--", "-.", (0, (8, 2)))
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
_MANY = 1000  # points that are drawn small and as pixels
_FEW = 12
_LIGHTEST = 0.8  # of viridis, that shows on white
_MOST_INSIDE = 5  # lines of a legend that hide no data


def inches(width: str | float) -> float:
    """A name of WIDTHS, or inches. ValueError for what is neither."""
    if width in WIDTHS:
        return WIDTHS[str(width)]
    try:
        return float(width)
    except ValueError:
        names = ", ".join(WIDTHS)
        raise ValueError(f"no width {width}; there are {names}, or inches") from None


def style(width: str | float) -> Any:
    """A context of matplotlib in which a figure is as wide as the conference's column."""
    mpl: Any = import_module("matplotlib")
    colours = mpl.cycler(color=COLOURS)
    size = (inches(width), inches(width) * 0.62)
    return mpl.rc_context({**_STYLE, "figure.figsize": size, "axes.prop_cycle": colours})


def _plain(text: str) -> str:
    return text.replace("$", r"\$")  # which would begin a formula


def _numbers(values: list[float | None]) -> list[float]:
    return [float("nan") if value is None else value for value in values]


def _bars(values: list[float], lower: list[float], upper: list[float]) -> Any:
    if not lower:
        return None
    ends = [v - low for v, low in zip(values, lower)], [high - v for v, high in zip(values, upper)]
    return [[max(0.0, end) for end in side] for side in ends]


def _points(axes: Any, trace: dict[str, Any], x: Any, y: Any, colour: Any, marker: str) -> None:
    num = len(x)
    look = {"markersize": 1.2, "alpha": 0.35, "rasterized": True} if num >= _MANY else {"alpha": 0.85}
    is_lone = num < _FEW and trace.get("with") is None
    look.setdefault("markersize", 5.0 if is_lone else 2.5)
    axes.errorbar(
        x, y, _bars(y, trace["lower"], trace["upper"]), _bars(x, trace["x_lower"], trace["x_upper"]),
        fmt=marker + ("-" if trace.get("joined") else ""), color=colour, linewidth=0.6, elinewidth=0.6, markeredgewidth=0, label=trace["label"], **look,
    )  # fmt: skip


def _contour(axes: Any, trace: dict[str, Any], x: Any, y: Any) -> None:
    z = [_numbers(row) for row in trace["z"]]
    lines = axes.contour(x, y, z, levels=14, colors="0.6", linewidths=0.4, zorder=0)
    for label in axes.clabel(lines, fontsize=5, inline=False):  # inline cuts long pieces out
        label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.3})


def _colours(num: int) -> Sequence[Any]:
    """As many; from dark to light where there are more than names for colours, as of budgets."""
    if num <= len(COLOURS):
        return COLOURS
    scale: Any = import_module("matplotlib").colormaps["viridis"]
    return [scale(_LIGHTEST * place / (num - 1)) for place in range(num)]


def _trace(axes: Any, trace: dict[str, Any], place: int, guide: int, colour: Any) -> None:
    x, y = _numbers(trace["x"]), _numbers(trace["y"])
    if trace["kind"] == "contour":
        _contour(axes, trace, x, y)
    elif trace["kind"] == "points":
        _points(axes, trace, x, y, colour, MARKERS[place % len(MARKERS)])
    else:
        dash = DASHES[guide % len(DASHES)] if trace["kind"] == "guide" else "-"
        axes.plot(x, y, linestyle=dash, color=colour, label=trace["label"])
        if trace["lower"]:
            low, high = _numbers(trace["lower"]), _numbers(trace["upper"])
            axes.fill_between(x, low, high, color=colour, alpha=0.2, linewidth=0)


def _axis(axes: Any, which: str, described: dict[str, Any]) -> None:
    axes.set(**{f"{which}label": _plain(described["title"])})
    if described["log"]:
        axes.set(**{f"{which}scale": "log"})
    if described["names"]:
        ticks = range(1, len(described["names"]) + 1)
        axes.set(**{f"{which}ticks": ticks, f"{which}ticklabels": map(_plain, described["names"])})


def draw(chart: dict[str, Any], figure: Any) -> None:
    """Draws what `isoloss figure KIND -o FILE.json` writes."""
    axes = figure.subplots()
    places: list[int] = []
    guide = 0
    colours = _colours(sum(trace.get("with") is None for trace in chart["traces"]))
    for trace in chart["traces"]:
        shared = trace.get("with")
        places.append(len(set(places)) if shared is None else places[shared])
        trace["label"] = _plain(trace["name"]) if shared is None else "_"
        _trace(axes, trace, places[-1], guide, colours[places[-1]])
        guide += trace["kind"] == "guide"
    for which in "xy":
        _axis(axes, which, chart[which])
    labelled = len(axes.get_legend_handles_labels()[1])
    if labelled > _MOST_INSIDE:
        figure.legend(loc="outside upper center", ncols=3, frameon=False)
    elif labelled > 1:
        axes.legend()


def metadata(format: str) -> dict[str, None]:
    """Without a date, so that the same chart gives the same file."""
    return {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(format, {})


def figure_of(
    fill: Callable[[Any], None], width: str | float, path: Any = None, format: str | None = None
) -> Any:
    """A figure that `fill` draws into; written too where a path, or a file, is given."""
    try:
        Figure: Any = import_module("matplotlib.figure").Figure
    except ImportError:
        raise ImportError("figures need matplotlib: pip install matplotlib") from None
    with style(width):
        figure = Figure()
        fill(figure)
        if path is not None:
            ending = format or str(path)[-3:]
            figure.savefig(path, format=format, dpi=300, metadata=metadata(ending))
    return figure


def main(width: str, format: str) -> int:
    """From standard input to standard output. Exit codes: host/report/figure.cpp."""
    chart = json.load(sys.stdin)
    out = io.BytesIO()
    try:
        inches(width)
    except ValueError as error:
        sys.stderr.write(str(error))
        return 2
    try:
        figure_of(lambda figure: draw(chart, figure), width, out, format)
    except ImportError:
        return 3
    sys.stdout.buffer.write(out.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
