"""Tables of every kind are the same runs; what is wrong with one is said by row and keyword."""

import json
import warnings

import numpy as np
import pytest

import isoloss

NAMES = ("params", "tokens", "loss")


def numbers(fit):
    """All that a fit says but for where its runs came from."""
    out = json.loads(fit.to_json())
    del out["runs"]["path"], out["rows"]["line"], out["warnings"]
    return out


def fit(data, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", isoloss.FitWarning)
        return isoloss.fit(data, bootstrap=30, **options)


def structured(runs):
    kinds = [(k, object if k == "run" else float) for k in runs]
    out = np.empty(len(runs["loss"]), kinds)
    for name, values in runs.items():
        out[name] = values
    return out


def frames(runs):
    yield "dict", runs
    yield "lists", {k: list(v) for k, v in runs.items()}
    yield "structured", structured(runs)
    for library, make in (("pandas", "DataFrame"), ("polars", "DataFrame"), ("pyarrow", "table")):
        try:
            module = __import__(library)
        except ImportError:
            continue
        yield library, getattr(module, make)(runs)


def test_every_kind_of_table_is_the_file(runs_path, runs):
    expected = fit(runs_path)
    for kind, data in frames(runs):
        made = fit(data)
        assert numbers(made) == numbers(expected), kind
        assert made.draws.tobytes() == expected.draws.tobytes(), kind


def test_a_wrong_value_names_its_row(runs):
    loss = runs["loss"].copy()
    loss[7] = -1
    with pytest.raises(isoloss.InputError, match="row 7: .*loss .* must be > 0") as error:
        fit({**runs, "loss": loss})
    assert error.value.row == 7
    assert isinstance(error.value, ValueError)
    assert "memory:" not in str(error.value)
    loss[7] = np.nan
    with pytest.raises(isoloss.InputError, match="row 7.*") as error:
        fit({**runs, "loss": loss})
    assert "drop_missing" in str(error.value) and "--" not in str(error.value)
    assert len(fit({**runs, "loss": loss}, drop_missing=True).draws) == 30


def test_warnings_name_rows_and_keywords(runs):
    with pytest.warns(isoloss.FitWarning) as found:
        made = isoloss.fit({k: runs[k] for k in NAMES}, bootstrap=0)
    assert any(str(w).startswith("row 1: loss 4.66523 is an outlier") for w in made.warnings)
    assert {w.message.code for w in found} == {w.code for w in made.warnings}
    assert "most_beyond_delta" in {w.code for w in made.warnings}
    assert not any("--" in str(w) for w in made.warnings)
    assert made.draws.shape == (0, 5)


def test_what_is_no_table_is_an_error(runs):
    with pytest.raises(TypeError, match="data is a int"):
        fit(3)
    with pytest.raises(ValueError, match="differ in length"):
        fit({"params": [1e8, 1e9], "loss": [3.0]})
    with pytest.raises(ValueError, match="no rows"):
        fit({"params": [], "tokens": [], "loss": []})
    with pytest.raises(isoloss.InputError, match="cannot be read"):
        fit("no_such_file.csv")


def test_keywords(runs):
    with pytest.raises(TypeError, match="no keyword huber_delt; did you mean huber_delta"):
        fit(runs, huber_delt=1)
    with pytest.raises(TypeError, match="True or False"):
        fit(runs, drop_missing="yes")
    with pytest.raises(isoloss.InputError, match="huber_delta must be positive"):
        fit(runs, huber_delta=-1)
    with pytest.raises(isoloss.InputError):
        fit(runs, law="no_such_law")
    with pytest.raises(isoloss.DeviceError):
        fit(runs, device="cuda:99")
