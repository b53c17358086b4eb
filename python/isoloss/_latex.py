"""A fit as a table of LaTeX, with the rules of booktabs."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ._chart import GREEK

_SPECIAL = str.maketrans({c: "\\" + c for c in "&%$#_{}"})


def symbol(name: str) -> str:
    """$\\alpha$ of alpha, $E$ of E, $R_{D}$ of R_D."""
    head, _, index = name.partition("_")
    base = f"\\{head}" if head in GREEK else head
    if len(head) > 1 and head not in GREEK:
        base = f"\\mathrm{{{head.translate(_SPECIAL)}}}"
    return f"${base}_{{{index.translate(_SPECIAL)}}}$" if index else f"${base}$"


def number(value: float, digits: int = 4) -> str:
    """With so many significant digits; powers of ten beyond 1e5 and below 1e-3."""
    if not math.isfinite(value):
        return "--"
    text = f"{value:#.{digits}g}"
    mantissa, _, exponent = text.partition("e")
    if exponent:
        return f"${mantissa} \\times 10^{{{int(exponent)}}}$"
    return f"${text.rstrip('.')}$"


def table(
    params: Mapping[str, float], intervals: Mapping[str, tuple[float, float]], confidence: float
) -> str:
    rows = [
        f"{symbol(name)} & {number(value)} & "
        f"{number(intervals[name][0])} & {number(intervals[name][1])} \\\\"
        for name, value in params.items()
    ]
    head = f"Parameter & Estimate & \\multicolumn{{2}}{{c}}{{{confidence * 100:g}\\,\\% interval}} \\\\"
    return "\n".join(
        ["\\begin{tabular}{lrrr}", "\\toprule", head, "\\midrule", *rows, "\\bottomrule",
         "\\end{tabular}", ""]
    )  # fmt: skip
