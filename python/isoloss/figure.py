"""A figure of a saved fit:

    python -m isoloss.figure isoflop --fit FIT.json -o isoflop.pdf
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from ._chart import WIDTHS
from ._fitting import load
from ._plot import KINDS, plot


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m isoloss.figure", description=__doc__)
    parser.add_argument("kind", help=f"{', '.join(KINDS)}, or one of isoloss help figure")
    parser.add_argument("--fit", required=True, help="what isoloss fit --json or Fit.save wrote")
    parser.add_argument("--draws", help="what --draws wrote beside it, .npy")
    parser.add_argument("--runs", help="for residuals: the file of runs")
    parser.add_argument("--width", default="neurips", help=f"{', '.join(WIDTHS)}, or inches")
    parser.add_argument("-o", "--output", required=True, help="FILE.pdf, .svg or .png")
    asked = parser.parse_args(words)
    options = {"data": asked.runs} if asked.kind == "residuals" else {}
    plot(load(asked.fit, asked.draws), asked.kind, asked.width, asked.output, **options)


if __name__ == "__main__":
    main()
