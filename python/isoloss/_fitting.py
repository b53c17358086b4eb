"""How a Fit is made: from runs, or from what was saved."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ._answer import require_done, warn
from ._data import RUNS, read_bytes, source_of
from ._errors import InputError
from ._fit import DRAWS, JSON, Fit
from ._flags import keywords, number_of_resamples, words
from ._library import Progress, Table, run

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._options import FitOptions


def load(path: str | os.PathLike[str], draws: str | os.PathLike[str] | None = None) -> Fit:
    """A fit that Fit.save wrote, or what the program wrote with --json, and --draws FILE.npy."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as file:
            names = file.namelist()
            kept = file.read("draws.npy") if "draws.npy" in names else None
            return Fit(file.read("fit.json"), kept, file.read("summary.txt").decode(), os.fspath(path))
    try:
        with open(path, "rb") as file:
            text = file.read()
        own = json.loads(text)
    except (OSError, ValueError) as error:
        raise InputError(f"{os.fspath(path)}: {error}") from None
    if not isinstance(own, dict) or own.get("schema") != "isoloss/fit":
        raise InputError(f"{os.fspath(path)} is no fit; save one with Fit.save or --json")
    if draws is None:
        return Fit(text, None, "", os.fspath(path))
    with open(draws, "rb") as file:
        return Fit(text, file.read(), "", os.fspath(path))


def _merge_of(
    client: Any,
    path: str,
    inputs: Mapping[str, bytes | Table],
    law: str,
    options: Mapping[str, Any],
    num: int,
    progress: Progress | None,
) -> tuple[list[str], dict[str, bytes | Table]]:
    """The command line that joins what the client's workers make, and its inputs."""
    from ._cluster import num_slots, resamples, shards

    held = dict(inputs) if inputs else {path: read_bytes(path)}
    asked = ["fit", path, "--quiet", *words("fit", {"law": law, "threads": 1, **options})]
    tell = None if progress is None else lambda done: progress(done, num)
    made = shards(client, asked, held, resamples(num, num_slots(client)), tell)
    running = {key: options.get(key) for key in ("device", "threads")}
    return ["merge", *made, *words("merge", running)], {**held, **made}


def fit(
    data: Any,
    law: str = "chinchilla",
    *,
    progress: Progress | None = None,
    client: Any = None,
    **options: Unpack[FitOptions],
) -> Fit:
    """Fits a law to runs: the global optimum, with intervals from a bootstrap.

    data: a DataFrame of pandas or polars, a table of pyarrow, a dict of arrays, a structured array
        of NumPy, or a path; a row a run, with columns such as params, tokens (or flops) and loss in
        nats per token. column= and unit= say what else a table holds.
    law: a name of isoloss.laws(), a formula such as "E + A/N^alpha", or @FILE.
    progress: called with (refits done, refits in all).
    client: a dask.distributed.Client, whose workers make the bootstrap, with one thread a task unless
        threads= says more. The fit is the same to the bit. Files that keywords name are read on the
        workers, but for data.
    options: the flags of `isoloss fit` with underscores: objective="huber", huber_delta=1e-3,
        bootstrap=4000, confidence=0.95, seed=1, compute=[1e24], where="loss < 4",
        fix={"alpha": 0.34}, bound={"beta": (0.1, None)}, start=..., column={"loss": "val_loss"},
        unit={"loss": "bpb:4.5"}, device="auto", threads=0, ...

    Raises InputError (a ValueError) for data or keywords that are wrong, with .row where a row is.
    Doubts are Python warnings of class FitWarning, and Fit.warnings.

    >>> import isoloss
    >>> runs = isoloss.dataset("cs336_isoflop")
    >>> made = isoloss.fit(runs, bootstrap=50)
    >>> f"{made.params.alpha:.2f}, {made.params.beta:.2f}, {made.draws.shape}"
    '0.34, 0.36, (50, 5)'
    """
    if "by" in options or "share" in options:
        raise TypeError("fit() makes one fit; isoloss.fit_groups(data, by=...) makes one a group")
    path, inputs = source_of(data, RUNS)
    asked = [path, *words("fit", {"law": law, **options})]
    num = number_of_resamples(options.get("bootstrap"))
    outputs = [f"--json={JSON}", *([f"--draws={DRAWS}"] if num else [])]
    if client is None or num == 0:
        line = ["fit", *asked, *outputs]
        held = inputs
    else:
        line, held = _merge_of(client, path, inputs, law, options, num, progress)
        line += outputs
    result = require_done(run(line, held, [JSON, DRAWS], progress))
    out = Fit(result.files[JSON], result.files.get(DRAWS), result.output)
    found = list(out.json.get("warnings", []))
    if not out.converged:
        found.insert(0, {"name": out.status, "text": f"the fit is {out.status}; see summary()"})
    out.warnings = warn(found, bool(inputs), 2, out._told)
    reading = keywords("predict")
    out._runs = data, {key: value for key, value in options.items() if key in reading}
    return out
