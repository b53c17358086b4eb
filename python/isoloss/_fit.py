"""A fit: the law's parameters, their intervals, and every question that is asked of them."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ._answer import Answer, ask, require_done, warn
from ._data import RUNS, read_bytes, source_of
from ._errors import FitWarning, InputError
from ._flags import words
from ._frames import frame
from ._latex import table
from ._library import Table, run
from ._plot import plot
from ._values import Array, Params, Prediction, number

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._options import CompareOptimaOptions, ForecastOptions, OptimumOptions

JSON, DRAWS = "memory:fit.json", "memory:draws.npy"
OWN_NAME = "your runs"  # of a fit that came from no file


class Fit:
    """What isoloss.fit gives. Every number is the program's, to the bit."""

    def __init__(self, text: bytes, draws: bytes | None, summary: str, name: str = OWN_NAME) -> None:
        self._text, self._draws, self._summary = text, draws, summary
        self._name = name  # "the fit of ..." in reports
        self._told: set[tuple[str, str]] = set()  # warnings that were given, by name and text
        self.json: dict[str, Any] = json.loads(text)
        self.warnings: list[FitWarning] = []
        self._runs: tuple[Any, dict[str, Any]] | None = None  # and how they were read

    # What was fitted.

    @property
    def law(self) -> str:
        return str(self.json["law"])

    @property
    def formula(self) -> str:
        return str(self.json["formula"])

    @property
    def status(self) -> str:
        """converged, unconfirmed, not_converged, at_bound or not_identifiable."""
        return str(self.json["status"])

    @property
    def converged(self) -> bool:
        return self.status == "converged"

    @property
    def objective(self) -> float:
        """The sum over the runs that the fit makes least."""
        return number(self.json["objective"]["value"])

    @property
    def search(self) -> dict[str, Any]:
        """How the global optimum was sought: starts, and how many agree."""
        return dict(self.json["search"])

    # Estimates.

    @property
    def params(self) -> Params:
        """The law's parameters; losses in nats per token."""
        return Params({name: number(p["value"]) for name, p in self.json["params"].items()})

    @property
    def bse(self) -> Params:
        """Standard errors of the bootstrap; NaN without one."""
        return Params(
            {name: number(p.get("standard_error")) for name, p in self.json["params"].items()}
        )

    def conf_int(self, method: str = "percentile") -> dict[str, tuple[float, float]]:
        """(low, high) of each parameter, at the confidence that the fit was asked for.

        method: one of those that the fit was asked for, isoloss.fit(..., intervals=["bca"]).
        """
        found = self.intervals(method)
        params = self.json["params"]
        if method == "percentile":
            found = {name: param.get("interval") for name, param in params.items()}
        elif not found:
            advice = f"ask it for intervals=[{method!r}], and see its summary"
            raise ValueError(f"the fit has no intervals by {method}: {advice}")
        out = {}
        for name in params:
            low, high = found.get(name) or (None, None)
            out[name] = (number(low), number(high))
        return out

    def intervals(self, method: str) -> dict[str, Any]:
        """[low, high] of each quantity, parameters and optima, by a method that was asked for."""
        rows = self.json.get("intervals") or []
        return {row["quantity"]: row["interval"] for row in rows if row["method"] == method}

    @property
    def exponents(self) -> dict[str, Any]:
        """N_exponent and D_exponent of the compute-optimal model; empty where the law has none."""
        return dict(self.json.get("exponents") or {})

    @property
    def optima(self) -> list[dict[str, Any]]:
        """The compute-optimal model at each budget that was asked, in FLOP, parameters, tokens."""
        return list(self.json.get("optima") or [])

    @property
    def draws(self) -> Array:
        """Refits of the bootstrap, shape (resamples, parameters), in the order of params."""
        return self._all_draws()[:, : len(self.params)]

    def _all_draws(self) -> Array:
        if self._draws is None:
            return np.empty((0, len(self.params) + 2))
        return np.asarray(np.load(io.BytesIO(self._draws)), dtype=np.float64)

    def draws_frame(self) -> Any:
        """A row a resample: the parameters, objective, converged."""
        names = [*self.params, "objective", "converged"]
        return frame(dict(zip(names, self._all_draws().T)))

    def to_frame(self) -> Any:
        """A row a parameter: value, standard_error, low, high."""
        ends = self.conf_int().values()
        return frame(
            {
                "value": list(self.params.values()),
                "standard_error": list(self.bse.values()),
                "low": [low for low, _ in ends],
                "high": [high for _, high in ends],
            },
            list(self.params),
        )

    @property
    def rows(self) -> dict[str, Any]:
        """The runs that were fitted, a list a column; empty of a fit that has too many to keep."""
        return dict(self.json.get("rows") or {})

    @property
    def has_runs(self) -> bool:
        """Whether residuals can be had without data."""
        return bool(self.rows) or self._runs is not None

    # As text, and to files.

    def summary(self) -> str:
        """The report that the program prints."""
        return self._summary

    def to_json(self) -> str:
        """What --json writes, to the byte."""
        return self._text.decode()

    def to_latex(self) -> str:
        """A table of LaTeX, a row a parameter; it needs the package booktabs."""
        confidence = float(self.json["bootstrap"].get("confidence", 0.95))
        return table(self.params, self.conf_int(), confidence)

    def plot(
        self,
        kind: str = "isoflop",
        *,
        width: str | float = "neurips",
        path: str | os.PathLike[str] | None = None,
        **options: Any,
    ) -> Any:
        """A figure of matplotlib.

        kind: a chart of the fit's page: "loss", "sizes", "tokens", "isoflop", "isoloss", "fitted",
            "residuals-N", "exponents", "starts", "profile-alpha" and more, with compute=[...] for
            other budgets; or "frontier", also with compute=; "residuals", with data= for other runs;
            "draws".
        width: "neurips", "icml", "icml_page", or inches.
        path: where it is written too: .pdf with embedded fonts, .svg or .png.
        """
        return plot(self, kind, width, path, **options)

    def save(self, path: str | os.PathLike[str]) -> None:
        """One file, for isoloss.load: a zip of fit.json, draws.npy and summary.txt."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("fit.json", self._text)
            file.writestr("summary.txt", self._summary)
            if self._draws is not None:
                file.writestr("draws.npy", self._draws)

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value:.5g}" for name, value in self.params.items())
        return f"<isoloss.Fit {self.law}: {values}; {self.status}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{html.escape(name)}</th><td>{self.params[name]:.5g}</td>"
            f"<td>{self.bse[name]:.3g}</td><td>{low:.5g} .. {high:.5g}</td></tr>"
            for name, (low, high) in self.conf_int().items()
        )
        return (
            f"<table><caption>{html.escape(self.formula)}: {self.status}</caption><tr><th></th>"
            f"<th>value</th><th>error</th><th>interval</th></tr>{rows}</table>"
        )

    # Questions.

    def _source(self) -> tuple[list[str], dict[str, bytes | Table]]:
        flags, inputs = [f"--fit={self._name}"], {self._name: self._text}
        if self._draws is not None and not self.json["bootstrap"].get("withheld"):
            flags.append(f"--draws={DRAWS}")
            inputs[DRAWS] = self._draws
        return flags, dict(inputs)

    def predict(self, data: Any = None, **inputs: Any) -> Prediction:
        """The loss of new runs, with intervals from the draws.

        data: a table with a column an input of the law, or a path.
        inputs: instead, numbers or arrays by column: params=[7e9, 70e9], tokens=1e12; arrays of one
        length and single values go together. Keywords of reading, unit say, go with data.
        """
        flags, files = self._source()
        options = {}
        if data is None:
            if not inputs:
                raise TypeError("predict() needs data, or values such as params= and tokens=")
            values = (np.atleast_1d(np.asarray(v, float)) for v in inputs.values())
            arrays = np.broadcast_arrays(*values)
            data = dict(zip(inputs, arrays))
        else:
            options = inputs
        path, tables = source_of(data)
        line = ["predict", path, *words("predict", options), *flags, "--csv=-"]
        result = require_done(run(line, {**files, **tables}))
        said = result.error.splitlines()
        found = [line[9:] for line in said if line.startswith("warning: ")]
        warn([{"text": text, "name": "prediction"} for text in found], bool(tables), 2)
        return Prediction(_csv_columns(result.output))

    def _of_runs(self, data: Any = None) -> Prediction:
        """Of the runs that were fitted, or of those of data."""
        if data is not None:
            return self.predict(data)
        if self._runs is None:
            raise InputError("the fit came without its runs: give data=, the file of runs")
        return self.predict(self._runs[0], **self._runs[1])

    def _is_of_memory(self) -> bool:
        return str(self.json["runs"]["path"]) == RUNS

    def _ask(self, command: str, options: Mapping[str, Any]) -> Answer:
        flags, files = self._source()
        of_memory = self._is_of_memory()
        return ask(command, [], options, files, flags, of_memory, stacklevel=4, told=self._told)

    def optimum(self, **question: Unpack[OptimumOptions]) -> Answer:
        """The best model: of compute=, params=, tokens=, loss=, overhead=, or served to
        inference_tokens= and more; the keywords are the flags of `isoloss optimum`."""
        return self._ask("optimum", question)

    def forecast(self, **question: Unpack[ForecastOptions]) -> Answer:
        """What to train in the years ahead; the keywords are the flags of `isoloss forecast`."""
        return self._ask("forecast", question)

    def compare_optima(self, **question: Unpack[CompareOptimaOptions]) -> Answer:
        """Beside the literature; the keywords are the flags of `isoloss compare-optima`."""
        return self._ask("compare-optima", question)


def _cells(texts: Sequence[str]) -> Any:
    """Numbers; names of runs stay texts."""
    try:
        return np.array([number(text or None) for text in texts])
    except ValueError:
        return np.array(texts, dtype=object)


def _csv_columns(text: str) -> dict[str, Any]:
    rows = list(csv.reader(io.StringIO(text)))
    return {name: _cells(cells) for name, cells in zip(rows[0], zip(*rows[1:]))}
