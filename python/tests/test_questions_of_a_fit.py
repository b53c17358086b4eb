"""What the questions of a fit say of it."""

import warnings

import pytest

import isoloss


def warnings_of(ask):
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always", isoloss.FitWarning)
        out = ask()
    return out, {(own.message.code, str(own.message)) for own in found}


def test_a_doubt_is_told_once(runs_path):
    fit, told = warnings_of(lambda: isoloss.fit(runs_path, bootstrap=20))
    assert told == {(own.code, str(own)) for own in fit.warnings} and told
    first, new = warnings_of(lambda: fit.optimum(compute=[1e26]))
    assert new and not new & told
    second, none = warnings_of(lambda: fit.optimum(compute=[1e26]))
    assert not none and list(map(str, second.warnings)) == list(map(str, first.warnings))
    other, again = warnings_of(lambda: isoloss.fit(runs_path, bootstrap=20))
    assert again == told


@pytest.mark.filterwarnings("ignore::isoloss.FitWarning")
def test_a_report_names_the_fit(fitted, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fitted.save("own.fit")
    assert "the fit of your runs\n" in fitted.optimum(compute=[1e24]).summary()
    assert "the fit of own.fit\n" in isoloss.load("own.fit").optimum(compute=[1e24]).summary()


@pytest.mark.filterwarnings("ignore::isoloss.FitWarning")
def test_charts_of_an_answer_that_was_reported(fitted, tmp_path):
    answer = fitted.optimum(compute=[1e24], report=tmp_path / "a.html", plotly="cdn")
    assert answer.charts()
