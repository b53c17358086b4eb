"""A scaling law as an estimator of scikit-learn, for pipelines and cross-validation.

    from isoloss.sklearn import ScalingLawRegressor
    model = ScalingLawRegressor("chinchilla").fit(frame[["params", "tokens"]], frame["loss"])
    model.predict([[7e9, 2e12]])
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin  # type: ignore[import-untyped,unused-ignore]
from sklearn.utils.validation import (  # type: ignore[import-untyped,unused-ignore]
    _check_sample_weight,
    check_is_fitted,
    validate_data,
)

from ._errors import FitWarning
from ._fitting import fit
from ._library import Table

_WEIGHTS = "own_weights"
_MOST_ADDED = 3  # columns: a law has at most 16 parameters


class ScalingLawRegressor(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Fits a law to X and y; every number is that of isoloss.fit.

    law: a name of isoloss.laws(), or a formula whose names are those of columns. None is a constant
        and a power of each column, added up to three columns (of two it is the law of Chinchilla),
        multiplied beyond.
    columns: what the columns of X are. None: for a named law params and tokens, the names of a
        DataFrame where it has them, else x0, x1, ...
    options: keywords of isoloss.fit: {"huber_delta": 0.01, "bootstrap": 1000}. No bootstrap by
        default.

    Attributes of a fitted one: fit_ (the isoloss.Fit), coef_ (its parameters by name), columns_.
    """

    def __init__(
        self,
        law: str | None = None,
        *,
        columns: Sequence[str] | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        self.law = law
        self.columns = columns
        self.options = options

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.positive_only = True
        tags.target_tags.positive_only = True
        tags.regressor_tags.poor_score = True  # of columns that no power law is behind
        return tags

    def _names(self, num: int) -> list[str]:
        if self.columns is not None:
            if len(self.columns) != num:
                raise ValueError(f"X has {num} columns, and columns= names {len(self.columns)}")
            return list(self.columns)
        own = [str(name) for name in getattr(self, "feature_names_in_", [])]
        if own:
            return own
        if self.law is not None and num == 2:
            return ["params", "tokens"]
        return [f"x{k}" for k in range(num)]

    def _law(self) -> str:
        if self.law is not None:
            return self.law
        powers = [f"{name}^alpha{k}" for k, name in enumerate(self.columns_)]
        if len(powers) > _MOST_ADDED:
            return f"E + A/({'*'.join(powers)})"
        return " + ".join(["E", *(f"A{k}/{power}" for k, power in enumerate(powers))])

    def _table(self, X: Any) -> Table:
        return dict(zip(self.columns_, np.ascontiguousarray(X.T)))

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> ScalingLawRegressor:
        """X: shape (runs, columns), y: the losses, shape (runs,); both above 0."""
        X, y = validate_data(self, X, y, dtype=np.float64, y_numeric=True, ensure_min_samples=2)
        if (X < 0).any():
            raise ValueError(f"Negative values in data passed to {type(self).__name__}")
        self.columns_ = self._names(X.shape[1])
        table = {**self._table(X), "loss": np.ascontiguousarray(y, dtype=np.float64)}
        options = {"bootstrap": 0, "group": "none", **(self.options or {})}
        if sample_weight is not None:
            weight = _check_sample_weight(sample_weight, X, dtype=np.float64)
            table = {name: values[weight > 0] for name, values in table.items()}
            table[_WEIGHTS] = weight[weight > 0]
            options["weights"] = _WEIGHTS
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FitWarning)  # they are in fit_.warnings
            self.fit_ = fit(table, law=self._law(), **options)
        self.coef_ = dict(self.fit_.params)
        return self

    def predict(self, X: Any) -> Any:
        """The losses of new runs, shape (runs,)."""
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, reset=False)
        return np.asarray(self.fit_.predict(self._table(X)).loss, dtype=np.float64)
