"""What a question gives: the program's JSON as a dict, and its report."""

from __future__ import annotations

import html
import json
import os
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from ._chart import draw, figure_of
from ._errors import (
    DeviceError,
    FitWarning,
    InternalError,
    IsolossError,
    OutputError,
    Stopped,
)
from ._flags import in_keywords, in_rows, input_error, words
from ._frames import rows_frame
from ._library import CallResult, Table, run

_JSON = "memory:json"
_PAGE = "memory:page.html"
_CHARTS = re.compile(rb'<script type="application/json" id="charts">(.*?)</script>', re.DOTALL)
_FAILURES: dict[int, type[IsolossError]] = {
    3: DeviceError,
    4: OutputError,
    70: InternalError,
    130: Stopped,
}


def require_done(result: CallResult) -> CallResult:
    """Raises what the exit code says; 0 and 1, finished but unsound, are no errors."""
    if result.exit_code == 2:
        raise input_error(result.error)
    if result.exit_code in (0, 1):
        return result
    kind = _FAILURES.get(result.exit_code, InternalError)
    raise kind(in_keywords(result.error.strip().removeprefix("isoloss: ")))


def warn(
    found: Sequence[Mapping[str, Any]],
    of_memory: bool,
    stacklevel: int,
    told: set[tuple[str, str]] | None = None,
) -> list[FitWarning]:
    """The warnings of an answer, each given to Python's warnings too; lines of a table in memory are
    rows.

    told: name and text of those that are given no more; others join them.
    """
    texts = (in_keywords(one["text"]) for one in found)
    out = [
        FitWarning(in_rows(text) if of_memory else text, one["name"])
        for text, one in zip(texts, found)
    ]
    told = set() if told is None else told
    for warning in out:
        own = warning.code, str(warning)
        if own not in told:
            told.add(own)
            warnings.warn(warning, stacklevel=stacklevel + 1)
    return out


class Answer(dict[str, Any]):
    """The JSON of docs/json.md as a dict, with the report beside it.

    warnings: a list of FitWarning.
    is_sound: False where the fit behind it is unsound, no answer exists or a check failed.
    """

    def __init__(self, text: str, summary: str, is_sound: bool) -> None:
        super().__init__(json.loads(text))
        self._text = text
        self._summary = summary
        self.is_sound = is_sound
        self.warnings: list[FitWarning] = []
        self._page: Callable[[], bytes] | None = None

    def charts(self) -> list[dict[str, Any]]:
        """The charts of the answer's page as data, for which it is asked again: titles, axes and
        traces, numbers with six digits."""
        if self._page is None:
            return []
        found = _CHARTS.search(self._page())
        return list(json.loads(found.group(1))) if found else []

    def plot(
        self,
        chart: str = "",
        *,
        width: str | float = "neurips",
        path: str | os.PathLike[str] | None = None,
    ) -> Any:
        """A chart of the answer's page as a figure of matplotlib.

        chart: what its title begins with; the first one without.
        width, path: as of Fit.plot.
        """
        charts = self.charts()
        for one in charts:
            if one["title"].lower().startswith(chart.lower()):
                return figure_of(lambda figure: draw(one, figure), width, path)
        titles = ", ".join(repr(one["title"]) for one in charts)
        raise ValueError(f"no chart {chart!r}; there are {titles or 'none'}")

    def to_json(self) -> str:
        """What --json writes, to the byte."""
        return self._text

    def summary(self) -> str:
        """The report that the program prints, beside its JSON where it prints none."""
        return self._summary

    def tables(self) -> list[str]:
        """The keys that to_frame can take."""
        return [
            key
            for key, value in self.items()
            if key != "warnings" and isinstance(value, list) and value and isinstance(value[0], dict)
        ]

    def to_frame(self, key: str | None = None) -> Any:
        """A row an answer, as a pandas.DataFrame where pandas is installed, else a dict of arrays.

        key: which list of the JSON, of tables(); by default the first. An estimate x has the columns
        x, x_low and x_high.
        """
        if key is None:
            if not self.tables():
                raise KeyError("the answer has no table")
            key = self.tables()[0]
        return rows_frame(self[key])

    def __repr__(self) -> str:
        return self._summary or super().__repr__()

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(repr(self))}</pre>"


def _page_of(asked: Sequence[str], inputs: Mapping[str, bytes | Table] | None) -> bytes:
    own = [word for word in asked if not word.startswith(("--report=", "--plotly="))]
    line = [*own, f"--report={_PAGE}", "--plotly=cdn"]
    return require_done(run(line, inputs, [_PAGE])).files[_PAGE]


def ask(
    command: str,
    positional: Sequence[str],
    options: Mapping[str, Any],
    inputs: Mapping[str, bytes | Table] | None = None,
    extra: Sequence[str] = (),
    of_memory: bool = False,
    stacklevel: int = 3,
    told: set[tuple[str, str]] | None = None,
) -> Answer:
    """Runs a command that writes JSON."""
    asked = [command, *positional, *words(command, options), *extra]
    result = require_done(run([*asked, f"--json={_JSON}"], inputs, [_JSON]))
    answer = Answer(result.files[_JSON].decode(), result.output, result.exit_code == 0)
    answer._page = partial(_page_of, asked, inputs)
    answer.warnings = warn(answer.get("warnings", []), of_memory, stacklevel, told)
    return answer
