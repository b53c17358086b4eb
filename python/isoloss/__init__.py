"""Fits neural scaling laws to training runs: the global optimum, its intervals and the
compute-optimal model.

    import isoloss
    fit = isoloss.fit(frame, compute=[1e24])
    print(fit.summary())
    fit.params.alpha, fit.conf_int()["alpha"]
    fit.predict(params=7e9, tokens=2e12)
"""

from ._answer import Answer
from ._errors import (
    DeviceError,
    FitWarning,
    InputError,
    InternalError,
    IsolossError,
    OutputError,
    Stopped,
)
from ._fit import Fit
from ._fitting import fit, load
from ._library import stop, version as __version__
from ._questions import (
    backtest,
    compare_laws,
    compare_optima,
    count,
    coverage,
    dataset,
    datasets,
    doctor,
    envelope,
    fit_groups,
    forecast,
    influence,
    inspect,
    isoflop,
    keywords,
    law,
    laws,
    optimum,
    published,
    race,
    verify,
)
from ._values import Params, Prediction

for _kind in (IsolossError, InputError, DeviceError, OutputError, InternalError, Stopped, FitWarning):
    _kind.__module__ = "isoloss"  # the name that users meet in tracebacks

__all__ = [
    "Answer",
    "DeviceError",
    "Fit",
    "FitWarning",
    "InputError",
    "InternalError",
    "IsolossError",
    "OutputError",
    "Params",
    "Prediction",
    "Stopped",
    "__version__",
    "backtest",
    "compare_laws",
    "compare_optima",
    "count",
    "coverage",
    "dataset",
    "datasets",
    "doctor",
    "envelope",
    "fit",
    "fit_groups",
    "forecast",
    "influence",
    "inspect",
    "isoflop",
    "keywords",
    "law",
    "laws",
    "load",
    "optimum",
    "published",
    "race",
    "stop",
    "verify",
]
