"""What a Fit is, and that calls end when asked and don't meet."""

import json
import os
import runpy
import signal
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest

import isoloss
from isoloss._flags import OWN, keyword_of, keywords, table


def test_numbers_are_those_of_the_json(fitted):
    own = fitted.json
    assert fitted.converged and fitted.status == "converged"
    assert fitted.params.alpha == fitted.params["alpha"] == own["params"]["alpha"]["value"]
    assert fitted.bse.beta == own["params"]["beta"]["standard_error"]
    assert list(fitted.conf_int()["E"]) == own["params"]["E"]["interval"]
    assert fitted.objective == own["objective"]["value"]
    assert fitted.draws.shape == (100, 5)
    assert fitted.exponents["N_exponent"]["value"] == own["exponents"]["N_exponent"]["value"]
    assert len(fitted.optima) == len(own["optima"])
    assert "alpha" in fitted._repr_html_() and "chinchilla" in repr(fitted)
    with pytest.raises(AttributeError):
        fitted.params.gamma


def test_save_and_load(fitted, tmp_path):
    fitted.save(tmp_path / "own.fit")
    again = isoloss.load(tmp_path / "own.fit")
    assert again.to_json() == fitted.to_json() and again.summary() == fitted.summary()
    assert again.draws.tobytes() == fitted.draws.tobytes()
    (tmp_path / "fit.json").write_text(fitted.to_json())
    assert isoloss.load(tmp_path / "fit.json").params == fitted.params
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(isoloss.InputError, match="is no fit"):
        isoloss.load(tmp_path / "other.json")


@pytest.mark.filterwarnings("ignore::isoloss.FitWarning")
def test_frames(fitted):
    frame = fitted.to_frame()
    assert list(frame["value"]) == list(fitted.params.values())
    assert len(fitted.draws_frame()["alpha"]) == 100
    answer = fitted.optimum(compute=[1e24, 1e25])
    assert list(answer.to_frame()["params"]) == [row["params"]["value"] for row in answer["answers"]]
    assert answer.to_json().startswith("{") and json.loads(answer.to_json()) == answer


def test_every_flag_is_a_keyword():
    for command, own in table().items():
        flags = {f["name"] for f in own["flags"] if f["name"].startswith("--")}
        assert {keyword_of(f) for f in flags - OWN} == set(keywords(command)), command
    assert {"huber_delta", "where", "fix", "bound", "compute"} <= set(keywords("fit"))


def test_progress_is_called(runs):
    seen = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        isoloss.fit(runs, bootstrap=200, progress=lambda done, num: seen.append((done, num)))
    assert seen and all(num == 200 and 0 <= done <= 200 for done, num in seen)


def test_threads_give_the_same(runs):
    out = [None] * 4

    def work(i):
        out[i] = isoloss.fit(runs, bootstrap=40).to_json()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert out == [isoloss.fit(runs, bootstrap=40).to_json()] * 4


CTRL_C = """
import isoloss, sys
def progress(done, num):
    if done: print("going", flush=True)
try:
    isoloss.fit(sys.argv[1], bootstrap=5000000, progress=progress)
except KeyboardInterrupt:
    print("interrupted", isoloss.count(layers=2, d_model=64, heads=2, vocab=100, seq=64) is not None)
"""


def test_ctrl_c_ends_a_fit_and_the_next_call_runs(runs_path):
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", CTRL_C, runs_path], stdout=subprocess.PIPE, text=True
    )
    assert "going" in child.stdout.readline()
    os.kill(child.pid, signal.SIGINT)
    rest, _ = child.communicate(timeout=120)
    assert rest.splitlines()[-1] == "interrupted True"
    assert child.returncode == 0


CTRL_C_BESIDE = """
import isoloss, sys, threading
def beside():
    isoloss.fit(sys.argv[1], bootstrap=100000, progress=progress)
    print("whole", flush=True)
def progress(done, num):
    if done and not begun.is_set():
        begun.set()
def show(done, num):
    if done: print("going", flush=True)
begun = threading.Event()
other = threading.Thread(target=beside)
other.start()
begun.wait()
try:
    isoloss.fit(sys.argv[1], bootstrap=5000000, progress=show)
except KeyboardInterrupt:
    other.join()
"""


def test_ctrl_c_ends_no_call_of_another_thread(runs_path):
    command = [sys.executable, "-W", "ignore", "-c", CTRL_C_BESIDE, runs_path]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert "going" in child.stdout.readline()
    os.kill(child.pid, signal.SIGINT)
    rest, _ = child.communicate(timeout=120)
    assert rest.splitlines()[-1] == "whole"
    assert child.returncode == 0


def test_the_program_of_the_wheel_finds_its_data():
    done = subprocess.run(
        [sys.executable, "-c", "from isoloss._program import main; main()", "datasets"],
        capture_output=True, text=True, check=True, cwd="/",
    )  # fmt: skip
    assert "chinchilla_figure4" in done.stdout


def test_typed_keywords_are_the_flags():
    folder = Path(__file__).resolve().parents[1]
    maker = runpy.run_path(str(folder / "make_options.py"))
    written = (folder / "isoloss" / "_options.py").read_text()
    assert maker["text_of"](table()) == written
    assert maker["OWN"] == OWN


def test_report_is_a_page(runs, fitted, tmp_path):
    isoloss.fit(runs, bootstrap=20, report=tmp_path / "fit.html")
    fitted.optimum(compute=[1e24], report=tmp_path / "optimum.html")
    for name in ("fit", "optimum"):
        page = (tmp_path / f"{name}.html").read_text()
        assert page.startswith("<!DOCTYPE html>") and "plotly" in page


def test_intervals_by_other_methods(runs_path):
    got = isoloss.fit(runs_path, objective="squared", bootstrap=1000, intervals=["bca", "sandwich"])
    for method in ("bca", "sandwich"):
        low, high = got.conf_int(method)["alpha"]
        assert low < got.params.alpha < high
        assert got.conf_int(method)["alpha"] != got.conf_int()["alpha"]
        assert set(got.intervals(method)) > set(got.params)
    calibrated = isoloss.fit(runs_path, objective="squared", bootstrap=200, calibrate=100)
    assert set(calibrated.intervals("calibrated")) == set(calibrated.intervals("percentile"))
    with pytest.raises(ValueError, match=r"no intervals by basic: ask it for intervals=\['basic'\]"):
        got.conf_int("basic")
