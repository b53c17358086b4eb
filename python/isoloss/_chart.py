"""Draws a chart, as the program describes it, with matplotlib.

The program runs this file by itself for `isoloss figure`, so it needs nothing of the package.
"""

from __future__ import annotations

import io
import json
import math
import re
import sys
import textwrap
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

# Inches: what the styles of the conferences set a column or a page to.
WIDTHS = {"neurips": 5.5, "icml": 3.25, "icml_page": 6.75}
# Okabe & Ito 2008: told apart without red, green or blue.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS = ("o", "s", "^", "P", "v", "X", "<")
DASHES = (":", "--", "-.", (0, (8, 2)))
# Traces that look the same in every figure, by name; the estimate is hollow, for what lies behind it.
_FIXED: dict[str, dict[str, Any]] = {
    "best models": {"marker": "*", "markersize": 6.5},
    "estimate": {"marker": "D", "markersize": 6.0, "markeredgewidth": 1.0, "fillstyle": "none"},
}
_LONE_GUIDE = {"color": "0.4", "linestyle": "--"}
GREEK = "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu rho sigma tau phi omega".split()
_STYLE = {
    **dict.fromkeys(("font.size", "axes.titlesize", "axes.labelsize"), 8),
    **dict.fromkeys(("legend.fontsize", "xtick.labelsize", "ytick.labelsize"), 7),
    "axes.linewidth": 0.6,
    "lines.linewidth": 1.0,
    "pdf.fonttype": 42,  # fonts embedded whole, as the conferences ask
    "ps.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "isoloss",  # the same file each time
    "figure.constrained_layout.use": True,
}
_DATELESS = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}  # metadata of the same file each time
_MANY = 1000  # points that are drawn small and as pixels
_FEW = 12
_LIGHTEST = 0.8  # of viridis, that shows on white
_CHARS_AN_INCH = 19  # of the title of an axis
_ROOM_OF_LEGEND = 0.98  # of the figure's width
_FEWEST_TICKS = 3  # of an axis
_POWER = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)e\+?(-?\d+)\b")
_QUANTITY = re.compile(rf"\b(?:({'|'.join(GREEK)})(?:_([A-Za-z0-9]+))?|([A-Z]))\b")
_PHRASES = {"N_exponent, of N_opt ~ C^N_exponent": r"exponent $a$ of $N_\mathrm{opt} \propto C^{\,a}$"}


def inches(width: str | float) -> float:
    """A name of WIDTHS, or inches. ValueError for what is neither."""
    if width in WIDTHS:
        return WIDTHS[str(width)]
    try:
        return float(width)
    except ValueError:
        raise ValueError(f"no width {width}; there are {', '.join(WIDTHS)}, or inches") from None


def style(width: str | float) -> Any:
    """A context of matplotlib in which a figure is as wide as the conference's column."""
    mpl: Any = import_module("matplotlib")
    size = (inches(width), inches(width) * 0.62)
    own = {"figure.figsize": size, "axes.prop_cycle": mpl.cycler(color=COLOURS)}
    return mpl.rc_context({**_STYLE, **own})


def _plain(text: str) -> str:
    return text.replace("$", r"\$")  # which would begin a formula


def _power_text(mantissa: str, exponent: str) -> str:
    head = "" if float(mantissa) == 1 else rf"{mantissa}\times"
    return f"${head}10^{{{int(exponent)}}}$"


def _name(text: str) -> str:
    """A name for a legend: 1.4e18 becomes a power of ten; the rest may be the user's and stays."""
    return _POWER.sub(lambda found: _power_text(found[1], found[2]), _plain(text))


def _symbol(found: re.Match[str]) -> str:
    greek, index, letter = found.groups()
    return f"${letter}$" if letter else rf"$\{greek}{f'_{{{index}}}' if index else ''}$"


def _title(text: str, room: float) -> str:
    """A title of an axis in lines that so many inches hold, symbols as in a formula."""
    if text in _PHRASES:
        return _PHRASES[text]
    lines = textwrap.wrap(text, max(1, int(room * _CHARS_AN_INCH)), break_long_words=False)
    return "\n".join(_QUANTITY.sub(_symbol, _plain(line)) for line in lines)


def _numbers(values: list[float | None]) -> list[float]:
    return [float("nan") if value is None else value for value in values]


def _bars(values: list[float], lower: list[float], upper: list[float]) -> Any:
    if not lower:
        return None
    ends = [v - low for v, low in zip(values, lower)], [high - v for v, high in zip(values, upper)]
    return [[max(0.0, end) for end in side] for side in ends]


def _points(axes: Any, trace: dict[str, Any], marker: str, colour: Any) -> None:
    x, y = _numbers(trace["x"]), _numbers(trace["y"])
    look: dict[str, Any] = {"markersize": 2.5, "alpha": 0.85, "markeredgewidth": 0}
    if len(x) >= _MANY:
        look.update(markersize=1.2, alpha=0.35, rasterized=True)
    elif len(x) < _FEW and trace.get("with") is None:
        look.update(markersize=5.0, markeredgewidth=0.4, markeredgecolor="white")
    if trace["name"] in _FIXED:
        look.update({"markeredgecolor": "black", **_FIXED[trace["name"]], "alpha": 1, "zorder": 3})
    axes.errorbar(
        x, y, _bars(y, trace["lower"], trace["upper"]), _bars(x, trace["x_lower"], trace["x_upper"]),
        linestyle="-" if trace.get("joined") else "none", color=colour, linewidth=0.6, elinewidth=0.6,
        label=trace["label"], **{"marker": marker, **look},
    )  # fmt: skip


def _contour(axes: Any, trace: dict[str, Any]) -> None:
    x, y = _numbers(trace["x"]), _numbers(trace["y"])
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


def _looks(traces: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Colour, marker and dashes of each trace; what goes with another looks like it."""
    guides = [i for i, trace in enumerate(traces) if trace["kind"] == "guide"]
    lone = guides[0] if len(guides) == 1 else None
    out: list[dict[str, Any]] = []
    plain = [i for i, trace in enumerate(traces)
             if trace.get("with") is None and trace["name"] not in _FIXED and i != lone]  # fmt: skip
    colours = _colours(len(plain))
    for i, trace in enumerate(traces):
        if trace.get("with") is not None:
            is_of_line = traces[trace["with"]]["kind"] == "line"  # as the runs of a budget are
            out.append({**out[trace["with"]], **({"marker": MARKERS[0]} if is_of_line else {})})
        elif i == lone:
            out.append(_LONE_GUIDE)
        elif trace["name"] in _FIXED:
            out.append({"color": "black", "marker": "*", "linestyle": "-"})
        else:
            place = plain.index(i)
            dash = DASHES[guides.index(i) % len(DASHES)] if i in guides else "-"
            marker = MARKERS[place % len(MARKERS)]
            out.append({"color": colours[place], "marker": marker, "linestyle": dash})
    return out


def _trace(axes: Any, trace: dict[str, Any], look: dict[str, Any]) -> None:
    if trace["kind"] == "contour":
        _contour(axes, trace)
    elif trace["kind"] == "points":
        _points(axes, trace, look["marker"], look["color"])
    else:
        x, line = _numbers(trace["x"]), {key: look[key] for key in ("color", "linestyle")}
        axes.plot(x, _numbers(trace["y"]), label=trace["label"], **line)
        if trace["lower"]:
            low, high = _numbers(trace["lower"]), _numbers(trace["upper"])
            axes.fill_between(x, low, high, color=look["color"], alpha=0.2, linewidth=0)


def _tick_text(value: float, _: int | None = None) -> str:
    if 1e-3 <= abs(value) < 1e4:
        return f"{value:g}"
    return _power_text(*f"{value:.6g}".split("e")) if "e" in f"{value:.6g}" else f"{value:g}"


def _ticks_within(multiples: Sequence[int], low: float, high: float) -> int:
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return sum(low <= own * 10.0**power <= high for own in multiples for power in powers)


def log_ticks(axis: Any) -> None:
    """Few ticks that can be read, where an axis spans less than two decades."""
    low, high = sorted(axis.get_view_interval())
    if high >= 100 * low:
        return
    ticker: Any = import_module("matplotlib.ticker")
    axis.set_major_locator(ticker.MaxNLocator(4, steps=[1, 2, 5, 10]))
    for multiples in ((1,), (1, 3), (1, 2, 5)):
        if _ticks_within(multiples, low, high) >= _FEWEST_TICKS:
            axis.set_major_locator(ticker.LogLocator(subs=multiples))
            break
    axis.set_major_formatter(ticker.FuncFormatter(_tick_text))
    axis.set_minor_formatter(ticker.NullFormatter())


def _axis(axes: Any, which: str, described: dict[str, Any]) -> None:
    place, size = axes.get_position(), axes.figure.get_size_inches()
    room = place.width * size[0] if which == "x" else place.height * size[1]
    axes.set(**{f"{which}label": _title(described["title"], room)})
    if described["log"]:
        axes.set(**{f"{which}scale": "log"})
        log_ticks(getattr(axes, f"{which}axis"))
    if described["names"]:
        ticks = range(1, len(described["names"]) + 1)
        axes.set(**{f"{which}ticks": ticks, f"{which}ticklabels": map(_plain, described["names"])})


def _handles(axes: Any, names: Sequence[str]) -> tuple[list[Any], list[str]]:
    """Of a legend, in the order of the names; of points the marker without its bars."""
    handles, labels = axes.get_legend_handles_labels()
    order = sorted(range(len(labels)), key=lambda i: names.index(labels[i]))
    bare = [getattr(handle, "lines", (handle,))[0] for handle in handles]
    return [bare[i] for i in order], [labels[i] for i in order]


def add_legend(figure: Any, axes: Any, names: Sequence[str]) -> None:
    """Above the axes, where it hides nothing, in as few rows as fit; the figure grows by them."""
    handles, labels = _handles(axes, names)
    if len(labels) < 2:
        return
    for rows in range(1, len(labels) + 1):
        legend = figure.legend(
            handles, labels, loc="outside upper center", ncols=math.ceil(len(labels) / rows),
            frameon=False, columnspacing=1.2, handlelength=1.8,
        )  # fmt: skip
        box = legend.get_window_extent()
        if box.width <= _ROOM_OF_LEGEND * figure.bbox.width or rows == len(labels):
            break
        legend.remove()
    for line in legend.get_lines():
        line.set(alpha=1, markersize=max(2.5, line.get_markersize()))
    figure.set_figheight(figure.get_figheight() + box.height / figure.dpi)


def draw_on(axes: Any, chart: dict[str, Any]) -> list[str]:
    """Draws a chart's traces and axes; the names of its legend."""
    traces = [
        {**trace, "label": _name(trace["name"]) if trace.get("with") is None else "_"}
        for trace in chart["traces"]
    ]
    for trace, look in zip(traces, _looks(traces)):
        _trace(axes, trace, look)
    for which in "xy":
        _axis(axes, which, chart[which])
    return [trace["label"] for trace in traces]


def draw(chart: dict[str, Any], figure: Any) -> None:
    """Draws what `isoloss figure KIND -o FILE.json` writes."""
    axes = figure.subplots()
    add_legend(figure, axes, draw_on(axes, chart))


def figure_of(
    fill: Callable[[Any], None], width: str | float, path: Any = None, format: str | None = None
) -> Any:
    """A figure that `fill` draws into; written too where a path, a file or a list of them is given."""
    try:
        Figure: Any = import_module("matplotlib.figure").Figure
    except ImportError:
        advice = "pip install matplotlib, or in a clone pip install '.[figures]'"
        raise ImportError(f"figures need matplotlib: {advice}") from None
    with style(width):
        figure = Figure()
        fill(figure)
        for one in path if isinstance(path, list) else [] if path is None else [path]:
            ending = format or str(one)[-3:]
            figure.savefig(one, format=format, dpi=300, metadata=_DATELESS.get(ending))
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
