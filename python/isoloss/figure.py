"""A figure of a saved fit:

    python -m isoloss.figure isoflop --fit FIT.json -o isoflop.pdf
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from ._chart import WIDTHS
from ._errors import InputError, IsolossError
from ._fitting import load
from ._plot import KINDS, plot

_OF_DRAWS = ("draws", "exponents", "best_model")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m isoloss.figure", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kind", help=f"{', '.join(KINDS)}, or one of isoloss help figure")
    parser.add_argument("--fit", required=True, help="what isoloss fit --json or Fit.save wrote")
    parser.add_argument("--draws", help="what --draws wrote beside it, .npy")
    parser.add_argument("--compute", help="C[,C...]: budgets of the figure, FLOP; else those of the fit")
    parser.add_argument("--runs", help="for residuals: a file of other runs, or of those of a fit that "
                        "had too many to keep")  # fmt: skip
    parser.add_argument("--width", default="neurips", help=f"{', '.join(WIDTHS)}, or inches")
    parser.add_argument("-o", "--output", required=True, action="append",
                        help="FILE.pdf, .svg or .png; may be given again")  # fmt: skip
    return parser


def _options(asked: argparse.Namespace) -> dict[str, Any]:
    """Those of the kind; InputError for flags that it has no use for."""
    out: dict[str, Any] = {}
    if asked.runs is not None:
        if asked.kind != "residuals":
            raise InputError("--runs is for the figure residuals")
        out["data"] = asked.runs
    if asked.compute is not None:
        if asked.kind in ("residuals", "draws"):
            raise InputError(f"the figure {asked.kind} takes no --compute")
        try:
            out["compute"] = [float(text) for text in asked.compute.split(",")]
        except ValueError:
            raise InputError(f"--compute {asked.compute}: numbers with commas between, 1e22,1e24") from None
    return out


def _draw(asked: argparse.Namespace) -> None:
    options, fit = _options(asked), load(asked.fit, asked.draws)
    if asked.kind == "residuals" and asked.runs is None and not fit.has_runs:
        raise InputError(f"{asked.fit} came without its runs: give --runs FILE")
    if asked.kind in _OF_DRAWS and not len(fit.draws):
        raise InputError(f"the figure {asked.kind} is of the draws of the bootstrap: give --draws FILE.npy")
    plot(fit, asked.kind, asked.width, asked.output, **options)


def main(words: Sequence[str] | None = None) -> int:
    """Exit code 2 for what cannot be drawn, with a line that says why."""
    try:
        _draw(_parser().parse_args(words))
    except (IsolossError, ImportError, OSError, ValueError) as error:
        print(f"isoloss: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
