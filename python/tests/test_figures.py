"""Figures and tables for papers."""

import json
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
    curve = next(line for line in axes.lines if len(line.get_xdata()) > 20)
    best = next(line for line in axes.lines if line.get_marker() == "*")
    assert best.get_color() == "black"
    size, loss = curve.get_xdata(), curve.get_ydata()
    expected = fitted.predict(params=size, tokens=1e24 / (6 * size)).loss
    assert np.allclose(loss, expected, rtol=1e-4)
    assert np.isclose(best.get_xdata()[-1], answer["params"]["value"], rtol=1e-4)
    assert best.get_ydata()[-1] <= loss.min() * (1 + 1e-5)
    points = fitted.plot("frontier", compute=[1e22, 1e24]).axes[0].lines
    best = next(line for line in points if line.get_marker() == "*")
    assert best.get_ydata()[1] == answer["params"]["value"]
    runs = next(line for line in points if line.get_marker() == "o")
    assert runs.get_ydata().tolist() == fitted.rows["inputs"]["params"]


def test_residuals(fitted, runs_path, tmp_path):
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    (tmp_path / "fit.json").write_text(fitted.to_json())
    kept = isoloss.load(tmp_path / "fit.json")
    assert kept.has_runs
    residuals = kept.plot("residuals").axes[0].lines[0].get_ydata()
    assert len(residuals) == fitted.json["runs"]["num_runs"] and abs(np.median(residuals)) < 0.01
    again = fitted.plot("residuals", data=runs_path).axes[0].lines[0].get_ydata()
    assert np.allclose(np.array(residuals, float), np.array(again, float))
    (tmp_path / "bare.json").write_text(json.dumps({**fitted.json, "rows": None}))
    bare = isoloss.load(tmp_path / "bare.json")
    assert not bare.has_runs and bare.plot("frontier")
    with pytest.raises(isoloss.InputError, match="give data="):
        bare.plot("residuals")
    with pytest.raises(isoloss.InputError, match="give data="):
        bare._of_runs()


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
    assert served.plot("On how many tokens a").axes[0].get_ylabel() == "tokens per parameter, $D$ / $N$"


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
    assert [text.get_text() for text in figure.legends[0].get_texts()] == [r"\$x"] * 2


def described(**more):
    return {"name": "x", "kind": "points", "x": [1], "y": [2], "lower": [], "upper": [], "x_lower": [],
            "x_upper": [], "labels": [], "z": [], **more}  # fmt: skip


def axis(title, log=False):
    return {"title": title, "log": log, "names": []}


def figure_of(chart, width="icml"):
    return _chart.figure_of(lambda figure: _chart.draw(chart, figure), width)


def test_what_has_one_look_everywhere():
    for more in range(9):
        others = [described(name=str(i), kind="line") for i in range(more)]
        fixed = [described(name="best models"), described(name="estimate"), described(kind="guide")]
        looks = _chart._looks([*others, *fixed])
        assert [look["color"] for look in looks[more:]] == ["black", "black", "0.4"]
        assert len({look["color"] for look in looks[:more]}) == more


def test_titles_and_names():
    assert _chart._title("alpha, exponent of the model size", 9) == r"$\alpha$, exponent of the model size"
    assert _chart._title("beta_2 of N", 9) == r"$\beta_{2}$ of $N$"
    assert _chart._title("alphabet, model size", 0.5) == "alphabet,\nmodel\nsize"
    assert "N_exponent" not in _chart._title("N_exponent, of N_opt ~ C^N_exponent", 9)
    assert _chart._name("1.4e18 FLOP") == r"$1.4\times10^{18}$ FLOP"
    assert _chart._name("1e-3 of alpha, v1e3") == "$10^{-3}$ of alpha, v1e3"


@pytest.mark.parametrize("ends", [(1e22, 1.4e22), (1e22, 5e22), (3e21, 2e22), (2e21, 9e22), (15, 40)])
def test_few_ticks_on_a_short_log_axis(ends):
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    trace = described(kind="line", x=list(ends), y=list(ends))
    own = axis("C", log=True)
    axes = figure_of({"x": own, "y": own, "traces": [trace]}).axes[0]
    low, high = axes.get_xlim()
    shown = [tick for tick in axes.get_xticks() if low <= tick <= high]
    assert 2 <= len(shown) <= 5
    assert all("e+" not in axes.xaxis.get_major_formatter()(tick) for tick in shown)
    assert not any(label.get_text() for label in axes.get_xticklabels(minor=True))


def test_legend_is_outside_and_in_order():
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    traces = [described(name=f"budget number {i}", kind="line" if i % 2 else "points") for i in range(7)]
    figure = figure_of({"x": axis("a"), "y": axis("b"), "traces": traces})
    figure.draw_without_rendering()
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [own["name"] for own in traces]
    box = legend.get_window_extent()
    assert box.y0 >= figure.axes[0].get_window_extent().y1 and 0 <= box.x0 and box.x1 <= figure.bbox.x1


def test_labels_of_draws_are_aligned(fitted):
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    figure = fitted.plot("draws", width="icml")
    figure.draw_without_rendering()
    labels = [axes.xaxis.label for axes in figure.axes if axes.get_xlabel()]
    assert [label.get_text() for label in labels][-2:] == [r"$\alpha$", r"$\beta$"]
    assert np.ptp([label.get_position()[1] for label in labels]) < 1e-6


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


def figure_program(*words):
    command = [sys.executable, "-W", "ignore", "-m", "isoloss.figure", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_program_writes_several_files(fitted, tmp_path):
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    fitted.save(tmp_path / "own.fit")
    outputs = [tmp_path / "a.pdf", tmp_path / "a.png"]
    words = ["-o", outputs[0], "-o", outputs[1], "--compute", "1e22,1e24"]
    assert figure_program("frontier", "--fit", tmp_path / "own.fit", *words) == (0, "")
    assert outputs[0].read_bytes().startswith(b"%PDF") and outputs[1].read_bytes().startswith(b"\x89PNG")


def test_program_says_in_a_line_what_is_wrong(fitted, tmp_path):
    bare, out = tmp_path / "bare.json", ["-o", tmp_path / "a.pdf"]
    bare.write_text(json.dumps({**fitted.json, "rows": None}))
    for words, said in (
        (["residuals"], f"{bare} came without its runs: give --runs FILE"),
        (["draws"], "the figure draws is of the draws of the bootstrap: give --draws FILE.npy"),
        (["frontier", "--runs", "a.csv"], "--runs is for the figure residuals"),
        (["draws", "--compute", "1e22"], "the figure draws takes no --compute"),
        (["frontier", "--compute", "x"], "--compute x: numbers with commas between, 1e22,1e24"),
    ):
        assert figure_program(*words, "--fit", bare, *out) == (2, f"isoloss: {said}\n")


def test_no_two_lines_have_one_colour():
    assert _chart._colours(7) == _chart.COLOURS
    assert len(set(_chart._colours(12))) == 12
