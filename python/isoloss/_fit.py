"""A fit: the law's parameters, their intervals, and every question that is asked of them."""

from __future__ import annotations

import html
import io
import json
import os
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from ._answer import Answer, ask, require_done, warn
from ._data import RUNS, source_of
from ._errors import FitWarning, InputError
from ._flags import words
from ._frames import frame
from ._library import Progress, Table, run
from ._values import Array, Params, Prediction, number

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._options import CompareOptimaOptions, FitOptions, ForecastOptions, OptimumOptions

_JSON, _DRAWS = "memory:fit.json", "memory:draws.npy"


class Fit:
    """What isoloss.fit gives. Every number is the program's, to the bit."""

    def __init__(self, text: bytes, draws: bytes | None, summary: str) -> None:
        self._text, self._draws, self._summary = text, draws, summary
        self.json: dict[str, Any] = json.loads(text)
        self.warnings: list[FitWarning] = []

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

    def conf_int(self) -> dict[str, tuple[float, float]]:
        """(low, high) of each parameter, at the confidence that the fit was asked for."""
        out = {}
        for name, param in self.json["params"].items():
            low, high = param.get("interval") or (None, None)
            out[name] = (number(low), number(high))
        return out

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

    # As text, and to files.

    def summary(self) -> str:
        """The report that the program prints."""
        return self._summary

    def to_json(self) -> str:
        """What --json writes, to the byte."""
        return self._text.decode()

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
        flags, inputs = [f"--fit={_JSON}"], {_JSON: self._text}
        if self._draws is not None and not self.json["bootstrap"].get("withheld"):
            flags.append(f"--draws={_DRAWS}")
            inputs[_DRAWS] = self._draws
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

    def _is_of_memory(self) -> bool:
        return str(self.json["runs"]["path"]) == RUNS

    def _ask(self, command: str, options: Mapping[str, Any]) -> Answer:
        flags, files = self._source()
        return ask(command, [], options, files, flags, self._is_of_memory(), stacklevel=4)

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


def _csv_columns(text: str) -> dict[str, Array]:
    lines = text.strip().split("\n")
    rows = [[number(cell or None) for cell in line.split(",")] for line in lines[1:]]
    return dict(zip(lines[0].split(","), np.array(rows).T))


def load(path: str | os.PathLike[str], draws: str | os.PathLike[str] | None = None) -> Fit:
    """A fit that Fit.save wrote, or what the program wrote with --json, and --draws FILE.npy."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as file:
            names = file.namelist()
            kept = file.read("draws.npy") if "draws.npy" in names else None
            return Fit(file.read("fit.json"), kept, file.read("summary.txt").decode())
    try:
        with open(path, "rb") as file:
            text = file.read()
        own = json.loads(text)
    except (OSError, ValueError) as error:
        raise InputError(f"{os.fspath(path)}: {error}") from None
    if not isinstance(own, dict) or own.get("schema") != "isoloss/fit":
        raise InputError(f"{os.fspath(path)} is no fit; save one with Fit.save or --json")
    if draws is None:
        return Fit(text, None, "")
    with open(draws, "rb") as file:
        return Fit(text, file.read(), "")


def fit(
    data: Any,
    law: str = "chinchilla",
    *,
    progress: Progress | None = None,
    **options: Unpack[FitOptions],
) -> Fit:
    """Fits a law to runs: the global optimum, with intervals from a bootstrap.

    data: a DataFrame of pandas or polars, a table of pyarrow, a dict of arrays, a structured array
        of NumPy, or a path; a row a run, with columns such as params, tokens (or flops) and loss in
        nats per token. column= and unit= say what else a table holds.
    law: a name of isoloss.laws(), a formula such as "E + A/N^alpha", or @FILE.
    progress: called with (refits done, refits in all).
    options: the flags of `isoloss fit` with underscores: objective="huber", huber_delta=1e-3,
        bootstrap=4000, confidence=0.95, seed=1, compute=[1e24], where="loss < 4",
        fix={"alpha": 0.34}, bound={"beta": (0.1, None)}, start=..., column={"loss": "val_loss"},
        unit={"loss": "bpb:4.5"}, device="auto", threads=0, ...

    Raises InputError (a ValueError) for data or keywords that are wrong, with .row where a row is.
    Doubts are Python warnings of class FitWarning, and Fit.warnings.
    """
    path, inputs = source_of(data, RUNS)
    draws = [] if options.get("bootstrap") == 0 else [f"--draws={_DRAWS}"]
    line = ["fit", path, *words("fit", {"law": law, **options}), f"--json={_JSON}", *draws]
    result = require_done(run(line, inputs, [_JSON, _DRAWS], progress))
    out = Fit(result.files[_JSON], result.files.get(_DRAWS), result.output)
    found = list(out.json.get("warnings", []))
    if not out.converged:
        found.insert(0, {"name": out.status, "text": f"the fit is {out.status}; see summary()"})
    out.warnings = warn(found, bool(inputs), 2)
    return out
