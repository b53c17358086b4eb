"""Questions that need no fit of the caller's, or make one on their way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._answer import Answer, ask, require_done
from ._data import read_bytes, source_of
from ._errors import InputError
from ._flags import in_keywords, table
from ._flags import keywords as flags_by_keyword
from ._flags import words
from ._library import Table, run, share_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Unpack

    from ._options import (
        BacktestOptions,
        CompareLawsOptions,
        CompareOptimaOptions,
        CountOptions,
        CoverageOptions,
        EnvelopeOptions,
        FitOptions,
        ForecastOptions,
        InfluenceOptions,
        InspectOptions,
        IsoflopOptions,
        OptimumOptions,
        RaceOptions,
        VerifyOptions,
    )

# Parts are made in the order of the runs, so that some take longer: slots then end together.
_PARTS_A_SLOT = 2


def _of_law(command: str, data: Any, options: Mapping[str, Any]) -> Answer:
    path, inputs = ("", {}) if data is None else source_of(data)
    return ask(
        command, [path] if path else [], options, inputs, of_memory=bool(inputs), stacklevel=4
    )


def optimum(data: Any = None, **question: Unpack[OptimumOptions]) -> Answer:
    """The best model by a published recipe, published="hoffmann2022", or by a law fitted to data.

    question: the flags of `isoloss optimum`: compute=[1e24], inference_tokens=1e13, ...

    >>> import isoloss
    >>> best = isoloss.optimum(published="hoffmann2022", compute=[1e24])["answers"][0]
    >>> f"{best['params']['value']:.3g}, {best['tokens']['value']:.3g}"
    '5.19e+10, 3.21e+12'
    """
    return _of_law("optimum", data, question)


def forecast(data: Any = None, **question: Unpack[ForecastOptions]) -> Answer:
    """What to train in the years ahead; the flags of `isoloss forecast`, such as published=,
    compute=, growth="4x/year", years=5."""
    return _of_law("forecast", data, question)


def compare_optima(data: Any = None, **question: Unpack[CompareOptimaOptions]) -> Answer:
    """What the literature's recipes would train; the flags of `isoloss compare-optima`."""
    return _of_law("compare-optima", data, question)


def _merge_of(
    client: Any, command: str, path: str, inputs: Mapping[str, bytes | Table], options: Mapping[str, Any]
) -> tuple[list[str], dict[str, Any], dict[str, bytes | Table]]:
    """What joins the parts that the workers make: shards, keywords of merge, inputs."""
    from ._cluster import num_slots, parts, shards

    held = dict(inputs) if inputs else {path: read_bytes(path)}
    line = [command, path, *words(command, {"threads": 1, **options})]
    made = shards(client, line, held, parts(_PARTS_A_SLOT * num_slots(client)))
    running = {key: options.get(key) for key in ("device", "threads")}
    return [*made], running, {**held, **made}


def _of_runs(
    command: str, data: Any, options: Mapping[str, Any], client: Any = None
) -> Answer:
    path, inputs = source_of(data)
    of_memory, named = bool(inputs), [path]
    if client is not None:
        named, options, inputs = _merge_of(client, command, path, inputs, options)
        command = "merge"
    return ask(command, named, options, inputs, of_memory=of_memory, stacklevel=4)


def fit_groups(data: Any, law: str = "chinchilla", **options: Unpack[FitOptions]) -> Answer:
    """A fit a group of by="system", side by side; with share=["alpha", "beta"] one fit in which every
    other parameter is a group's own. The other keywords are those of isoloss.fit.

    >>> import isoloss
    >>> runs = isoloss.dataset("overtraining_open_lm")
    >>> made = isoloss.fit_groups(runs, by="dataset", share=["alpha", "beta"], bootstrap=0)
    >>> [group["group"] for group in made["groups"]]
    ['c4_original', 'rpj', 'rw_original']
    """
    return _of_runs("fit", data, {"law": law, **options})


def inspect(data: Any, **question: Unpack[InspectOptions]) -> Answer:
    """What runs hold and what they can tell of a law, before a fit; the flags of `isoloss inspect`:
    law="coupled", where=, ...

    >>> import isoloss
    >>> isoloss.inspect(isoloss.dataset("chinchilla_figure4"))["verdict"]["name"]
    'identifiable'
    """
    return _of_runs("inspect", data, question)


def influence(data: Any, **question: Unpack[InfluenceOptions]) -> Answer:
    """How far the answer moves without each row, size, run or file; the flags of `isoloss
    influence`: each=["row", "size"], compute=[1e24], bootstrap=999, ..."""
    return _of_runs("influence", data, question)


def compare_laws(
    data: Any, *, client: Any = None, **question: Unpack[CompareLawsOptions]
) -> Answer:
    """Laws ranked by what they predict of runs that were held out; the flags of `isoloss
    compare-laws`: laws="chinchilla,coupled", holdout="beyond-compute:1/10", compute=[1e24], ..."""
    return _of_runs("compare-laws", data, question, client)


def backtest(
    data: Any, *, client: Any = None, **question: Unpack[BacktestOptions]
) -> Answer:
    """What would have been forecast of the largest runs; the flags of `isoloss backtest`: law=,
    stop="1/10", along="compute", ..."""
    return _of_runs("backtest", data, question, client)


def isoflop(
    data: Any, *, client: Any = None, **question: Unpack[IsoflopOptions]
) -> Answer:
    """Approach 2 with intervals and its own bias; the flags of `isoloss isoflop`: size=, curve=,
    tolerance=, compute=[1e24], ..."""
    return _of_runs("isoflop", data, question, client)


def coverage(
    data: Any, *, client: Any = None, **question: Unpack[CoverageOptions]
) -> Answer:
    """How often intervals hold the truth on simulated runs of this design; the flags of `isoloss
    coverage`: noise="gauss:sd=0.01", sets=200, bootstrap=999, published_truth=, ..."""
    return _of_runs("coverage", data, question, client)


def envelope(data: Any, **question: Unpack[EnvelopeOptions]) -> Answer:
    """Approach 1, the least loss over training curves; the flags of `isoloss envelope`: width=,
    compute=[1e24], ..."""
    return _of_runs("envelope", data, question)


def race(data: Any, **options: Unpack[RaceOptions]) -> Answer:
    """Which of some training curves stays ahead; the flags of `isoloss race`."""
    path, inputs = source_of(data, "memory:curves")
    return ask("race", [path], options, inputs, of_memory=bool(inputs))


def count(**options: Unpack[CountOptions]) -> Answer:
    """What N and C are by each convention; the flags of `isoloss count`: layers=, d_model=, ..."""
    return ask("count", [], options)


def verify(*names: str, **options: Unpack[VerifyOptions]) -> Answer:
    """Makes published fits again and says whether they hold; is_sound says so in one word."""
    return ask("verify", list(names), options)


def doctor() -> Answer:
    """The lanes, threads and GPUs that are found here."""
    return ask("doctor", [], {})


def _first_words(text: str) -> list[str]:
    """Of the rows of a table below its line of headers; what is indented more goes on a row."""
    return [line.split()[0] for line in text.splitlines()[1:] if line and line[0] != " "]


def _text(*words: str) -> str:
    return require_done(run(words)).output


def keywords(function: str) -> dict[str, str]:
    """What the keywords of a function mean.

    >>> import isoloss
    >>> isoloss.keywords("fit")["huber_delta"]
    "Huber's delta, in the unit of the residual"
    """
    command = function.replace("_", "-")
    if command not in table():
        raise InputError(f"{function} is no command; {', '.join(table())} are")
    return {
        keyword: in_keywords(flag["description"])
        for keyword, flag in flags_by_keyword(command).items()
    }


def laws() -> list[str]:
    """The names of the laws.

    >>> import isoloss
    >>> "chinchilla" in isoloss.laws()
    True
    """
    return _first_words(_text("laws"))


def law(name: str) -> str:
    """What a law is: its formula, source, inputs and parameters."""
    return _text("laws", name)


def datasets() -> list[str]:
    """The names of the tables of runs that come along."""
    return _first_words(_text("datasets"))


def dataset(name: str) -> Path:
    """The CSV file of such a table; isoloss.fit takes it, and so does pandas.read_csv."""
    _text("datasets", name)  # raises for a name that is none
    return share_folder() / "datasets" / f"{name}.csv"


def published() -> list[str]:
    """The names of the literature's recipes, for published= and recipes=."""
    rows = _text("optimum", "--list").splitlines()[1:]
    return [row.split()[0] for row in rows if row.startswith("  ") and row[2] != " "]
