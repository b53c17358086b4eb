"""Figures and tables for papers."""

import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import isoloss
from isoloss import _chart, _latex, _plot

pytestmark = pytest.mark.filterwarnings("ignore")


def test_latex(fitted):
    text = fitted.to_latex()
    assert text.count("\\\\") == 1 + len(fitted.params)
    assert "$\\alpha$ & $" in text and "95\\,\\% interval" in text
    assert f"{fitted.params.alpha:.4g}" in text
    assert _latex.number(5.76e23) == "$5.760 \\times 10^{23}$"
    assert _latex.number(float("nan")) == "--"
    assert _latex.symbol("R_D") == "$R_{D}$" and _latex.symbol("E") == "$E$"


def test_predict_keeps_names_of_runs(runs, fitted):
    columns = fitted.predict(runs).columns
    assert list(columns["run"]) == runs["run"]
    assert columns["observed"].tolist() == runs["loss"].tolist()


def test_kinds_and_widths(fitted, tmp_path):
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    for kind in [*_plot.KINDS, "isoflop", "isoloss", "exponents"]:
        path = tmp_path / f"{kind}.pdf"
        figure = fitted.plot(kind, width="icml", path=path)
        assert figure.get_figwidth() == 3.25
        content = path.read_bytes()
        assert b"/FontFile2" in content and b"/Type3" not in content  # fonts are embedded
        fitted.plot(kind, width="icml", path=path)
        assert path.read_bytes() == content
    assert fitted.plot("draws", width=4).get_figwidth() == 4
    with pytest.raises(ValueError, match='no figure "pie"; it has loss, sizes'):
        fitted.plot("pie")
    with pytest.raises(ValueError, match="no width a4"):
        fitted.plot(width="a4")


def test_lines_are_the_fit(fitted):
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    axes = fitted.plot("isoflop", compute=[1e24]).axes[0]
    answer = fitted.optimum(compute=[1e24])["answers"][0]
    curve, best = axes.lines[-2:]
    size, loss = curve.get_xdata(), curve.get_ydata()
    expected = fitted.predict(params=size, tokens=1e24 / (6 * size)).loss
    assert np.allclose(loss, expected, rtol=1e-4)
    assert np.isclose(best.get_xdata()[-1], answer["params"]["value"], rtol=1e-4)
    assert best.get_ydata()[-1] <= loss.min() * (1 + 1e-5)
    frontier = fitted.plot("frontier", compute=[1e22, 1e24]).axes[0].lines[0]
    assert frontier.get_ydata()[1] == answer["params"]["value"]
    residuals = fitted.plot("residuals").axes[0].lines[1].get_ydata()
    assert len(residuals) == fitted.json["runs"]["num_runs"] and abs(np.median(residuals)) < 0.01


def test_answers(fitted, tmp_path):
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    answer = fitted.optimum(compute=[1e22, 1e24])
    titles = [chart["title"] for chart in answer.charts()]
    assert "On how many tokens" in titles and titles[-1] == "Loss over sizes at equal compute"
    line = answer.plot("on how many", width="icml", path=tmp_path / "tokens.svg").axes[0].lines[0]
    expected = [row["tokens"]["value"] for row in answer["answers"]]
    assert np.allclose(line.get_ydata(), expected, rtol=1e-4)
    assert (tmp_path / "tokens.svg").exists()
    assert pickle.loads(pickle.dumps(answer)).charts() == answer.charts()
    with pytest.raises(ValueError, match="no chart 'pie'; there are 'How large a model"):
        answer.plot("pie")
    with pytest.raises(ValueError, match="there are none"):
        isoloss.doctor().plot()
    served = isoloss.optimum(published="besiroglu2024", quality_of=13e9, inference_tokens=[1e12, 1e13])
    assert served.plot("On how many tokens a").axes[0].get_ylabel() == "tokens per parameter, D / N"


@pytest.mark.parametrize(
    "kind, more",
    [("points", {"lower": [1], "upper": [3], "x_lower": [0.5], "x_upper": [2]}), ("guide", {}),
     ("points", {"joined": True}),
     ("line", {"lower": [1], "upper": [3]})],
)  # fmt: skip
def test_described_traces(kind, more):
    matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    trace = {"name": "$x", "kind": kind, "x": [1], "y": [2], "lower": [], "upper": [],
             "x_lower": [], "x_upper": [], "labels": [], "z": [], **more}  # fmt: skip
    axis = {"title": "a $ b", "log": False, "names": []}
    figure = matplotlib.figure.Figure()
    same = {**trace, "name": "other", "with": 0, "y": [None]}
    _chart.draw({"x": axis, "y": {**axis, "log": True}, "traces": [trace, same, trace]}, figure)
    axes = figure.axes[0]
    assert axes.get_yscale() == "log" and axes.get_xlabel() == r"a \$ b"
    colours = [line.get_color() for line in axes.lines]
    assert colours[0] == colours[1] != colours[2]
    assert len(axes.get_legend().get_texts()) == 2


def test_script(fitted, tmp_path):
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    script = Path(__file__).parents[2] / "scripts" / "figure"
    fitted.save(tmp_path / "own.fit")
    environment = {**os.environ, "ISOLOSS_VENV": sys.prefix, "PYTHONWARNINGS": "ignore"}
    words = [script, "isoflop", "--fit", "own.fit", "-o", "own.pdf"]
    subprocess.run(words, check=True, cwd=tmp_path, env=environment)
    assert (tmp_path / "own.pdf").read_bytes().startswith(b"%PDF")


def test_program(fitted, runs_path, tmp_path):
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    fitted.save(tmp_path / "own.fit")
    for kind, more in (("frontier", []), ("residuals", ["--runs", str(runs_path)])):
        out = tmp_path / f"{kind}.svg"
        words = ["-m", "isoloss.figure", kind, "--fit", str(tmp_path / "own.fit"), "-o", str(out)]
        subprocess.run([sys.executable, "-W", "ignore", *words, *more], check=True)
        assert re.search(r"<svg[^>]*width=", out.read_text())
    again = isoloss.load(tmp_path / "own.fit")
    with pytest.raises(TypeError, match="give data="):
        again.plot("residuals")


def test_no_two_lines_have_one_colour():
    assert _chart._colours(7) == _chart.COLOURS
    assert len(set(_chart._colours(12))) == 12
