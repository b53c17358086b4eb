"""The estimator is what scikit-learn expects, and its numbers are those of isoloss.fit."""

import numpy as np
import pytest

import isoloss

pytest.importorskip("sklearn", reason="scikit-learn is not installed")

from sklearn.base import clone  # noqa: E402
from sklearn.model_selection import cross_val_score  # noqa: E402
from sklearn.utils.estimator_checks import parametrize_with_checks  # noqa: E402

from isoloss.sklearn import ScalingLawRegressor  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")


class AwayFromZero(ScalingLawRegressor):
    """The checks draw columns that hold a zero, where no power law is a number."""

    def _table(self, X):
        return super()._table(X + 1)


EXCEPTIONS = {
    "check_sample_weight_equivalence_on_dense_data": "30 columns: a law has at most 16 parameters",
}


@parametrize_with_checks([AwayFromZero()], expected_failed_checks=lambda _: EXCEPTIONS)
def test_checks_of_scikit_learn(estimator, check):
    check(estimator)


def test_numbers_are_those_of_fit(runs):
    X, y = np.column_stack([runs["params"], runs["tokens"]]), runs["loss"]
    model = ScalingLawRegressor("chinchilla", options={"objective": "squared"}).fit(X, y)
    table = {"params": X[:, 0], "tokens": X[:, 1], "loss": y}
    expected = isoloss.fit(table, objective="squared", bootstrap=0, group="none")
    assert model.coef_ == dict(expected.params)
    assert model.columns_ == ["params", "tokens"]
    predicted = expected.predict(params=X[:, 0], tokens=X[:, 1]).loss
    assert model.predict(X).tobytes() == predicted.tobytes()
    assert model.score(X, y) > 0.95


def test_weights_are_those_of_fit(runs):
    X, y = np.column_stack([runs["params"], runs["tokens"]]), runs["loss"]
    weight = np.where(np.arange(len(y)) % 5 == 0, 0.0, 2.0)
    model = ScalingLawRegressor("chinchilla").fit(X, y, sample_weight=weight)
    kept = ScalingLawRegressor("chinchilla").fit(X[weight > 0], y[weight > 0])
    assert model.predict(X) == pytest.approx(kept.predict(X), rel=1e-6)


def test_names_of_a_frame_and_of_the_user(runs):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({k: runs[k] for k in ("tokens", "params")})
    by_frame = ScalingLawRegressor("chinchilla").fit(frame, runs["loss"])
    by_user = ScalingLawRegressor("chinchilla", columns=["tokens", "params"])
    by_user.fit(frame.to_numpy(), runs["loss"])
    assert by_frame.coef_ == by_user.coef_
    with pytest.raises(ValueError, match="columns= names 1"):
        clone(by_user).set_params(columns=["tokens"]).fit(frame.to_numpy(), runs["loss"])


def test_cross_validation(runs):
    X = np.column_stack([runs["params"], runs["tokens"]])
    scores = cross_val_score(ScalingLawRegressor("chinchilla"), X, runs["loss"], cv=4)
    assert len(scores) == 4 and np.isfinite(scores).all()
