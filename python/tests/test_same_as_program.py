"""Every kind of call gives what the command line gives, to the bit."""

import json
import warnings

import numpy as np
import pytest

import isoloss

FITS = [
    ({}, []),
    ({"objective": "squared"}, ["--objective", "squared"]),
    ({"objective": "absolute"}, ["--objective", "absolute"]),
    ({"huber_delta": 0.01}, ["--huber-delta", "0.01"]),
    ({"seed": 7, "confidence": 0.9}, ["--seed", "7", "--confidence", "0.9"]),
    ({"fix": {"alpha": 0.34}}, ["--fix", "alpha=0.34"]),
    ({"bound": {"beta": (0.1, None)}}, ["--bound", "beta=0.1:"]),
    ({"start": {"alpha": 0.3, "beta": 0.4}}, ["--start", "alpha=0.3", "--start", "beta=0.4"]),
    ({"where": "loss < 3"}, ["--where", "loss < 3"]),
    ({"drop_highest_loss": 5}, ["--drop-highest-loss", "5"]),
    ({"compute": [5.76e23, 1e25]}, ["--compute", "5.76e23,1e25"]),
    ({"law": "E + A/params^alpha"}, ["--law", "E + A/params^alpha"]),
    ({"residual": "linear"}, ["--residual", "linear"]),
    ({"starts": 50}, ["--starts", "50"]),
    ({"group": "none"}, ["--group", "none"]),
]


@pytest.fixture(autouse=True)
def quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", isoloss.FitWarning)
        yield


@pytest.mark.parametrize("keywords, flags", FITS, ids=lambda x: " ".join(x) if isinstance(x, list) else "")
def test_fit(runs_path, program, tmp_path, keywords, flags):
    fit = isoloss.fit(runs_path, bootstrap=60, **keywords)
    json_path, draws_path = tmp_path / "fit.json", tmp_path / "draws.npy"
    _, text, _ = program(
        "fit", runs_path, "--bootstrap", 60, *flags, "--json", json_path, "--draws", draws_path
    )
    assert fit.to_json() == json_path.read_text()
    assert fit.summary() == text
    assert fit.draws.tobytes() == np.load(draws_path)[:, : len(fit.params)].tobytes()


def test_questions_of_a_fit(fitted, program_json, tmp_path):
    (tmp_path / "fit.json").write_text(fitted.to_json())
    np.save(tmp_path / "draws.npy", fitted._all_draws())
    of = ["--fit", tmp_path / "fit.json", "--draws", tmp_path / "draws.npy"]
    cases = [
        (fitted.optimum(compute=[1e24, 1e25]), ["optimum", "--compute", "1e24,1e25"]),
        (
            fitted.optimum(quality_of="7e9", inference_tokens=1e13),
            ["optimum", "--quality-of", "7e9", "--inference-tokens", "1e13"],
        ),
        (
            fitted.optimum(
                compute=1e24,
                unique_tokens=1e11,
                synthetic_cost="2*7B",
                synthetic_worth="0.5:0.2..0.9",
            ),
            "optimum --compute 1e24 --unique-tokens 1e11 --synthetic-cost 2*7B "
            "--synthetic-worth 0.5:0.2..0.9".split(),
        ),
        (fitted.compare_optima(compute=1e24), ["compare-optima", "--compute", "1e24"]),
        (
            fitted.forecast(compute="1e25", growth="4x/year", years=3),
            ["forecast", "--compute", "1e25", "--growth", "4x/year", "--years", "3"],
        ),
    ]
    for answer, (command, *flags) in cases:
        expected = program_json(command, *of, *flags)
        assert {**answer, "of": ""} == {**expected, "of": ""}  # of: the file of the fit


def test_questions_of_the_literature(program_json):
    answer = isoloss.optimum(published="hoffmann2022", compute=[1e24])
    assert answer == program_json("optimum", "--published", "hoffmann2022", "--compute", "1e24")
    shape = {"layers": 12, "d_model": 768, "heads": 12, "vocab": 50257, "seq": 1024}
    flags = [f"--{k.replace('_', '-')}={v}" for k, v in shape.items()]
    assert isoloss.count(**shape) == program_json("count", *flags)


def test_samples_a_query(program_json, tmp_path):
    accuracy = "exp(-2*(loss-1.75))"
    answer = isoloss.optimum(
        published="besiroglu2024",
        accuracy=accuracy,
        target_accuracy="60%",
        sample_exponent=0.1,
        samples_per_query=[1, 4],
        inference_tokens=[0, 1e12],
    )
    flags = ["--accuracy", accuracy, "--target-accuracy", "60%", "--sample-exponent", "0.1"]
    flags += ["--samples-per-query", "1,4", "--inference-tokens", "0,1e12"]
    assert answer == program_json("optimum", "--published", "besiroglu2024", *flags)
    assert answer["question"] == "thinking"
    assert [own["samples"] for own in answer["answers"][0]["models"]] == [1, 4]
    losses = np.linspace(1.8, 3.5, 30)
    task = isoloss.fit(
        {"loss": losses, "accuracy": 0.25 + 0.7 / (1 + np.exp(3 * (losses - 2.5)))},
        law="accuracy_sigmoid",
        bootstrap=0,
    )
    (tmp_path / "task.json").write_text(task.to_json())
    of_fit = isoloss.optimum(
        published="besiroglu2024",
        accuracy=tmp_path / "task.json",
        quality_of=13e9,
        sample_exponent=0.1,
        samples_per_query="sweep",
        inference_tokens=1e12,
    )
    assert of_fit["accuracy"]["formula"].startswith("accuracy(L)")
    assert 0.25 < of_fit["target"]["value"] < 0.95


def test_questions_of_runs(program_json):
    figure4 = isoloss.dataset("chinchilla_figure4")
    assert isoloss.compare_laws(
        figure4, laws="chinchilla,kaplan", holdout="top-compute:20%", bootstrap=20
    ) == program_json(
        "compare-laws", figure4, "--laws", "chinchilla,kaplan", "--holdout", "top-compute:20%",
        "--bootstrap", "20",
    )  # fmt: skip
    assert isoloss.backtest(figure4, stop="1/10", bootstrap=20) == program_json(
        "backtest", figure4, "--stop", "1/10", "--bootstrap", "20"
    )
    assert isoloss.inspect(figure4, law="coupled") == program_json(
        "inspect", figure4, "--law", "coupled"
    )
    assert isoloss.influence(figure4, each=["size"], bootstrap=20) == program_json(
        "influence", figure4, "--each", "size", "--bootstrap", "20"
    )
    points = isoloss.dataset("cs336_isoflop")
    assert isoloss.isoflop(points, curve="cubic", bootstrap=20) == program_json(
        "isoflop", points, "--curve", "cubic", "--bootstrap", "20"
    )
    simulated = {"noise": "gauss:sd=0.01", "sets": 10, "bootstrap": 20}
    assert isoloss.coverage(points, **simulated) == program_json(
        "coverage", points, "--noise", "gauss:sd=0.01", "--sets", "10", "--bootstrap", "20"
    )


def test_fits_by_group(program_json):
    path = isoloss.dataset("overtraining_open_lm")
    options = {"by": "dataset", "share": ["alpha", "beta"], "bootstrap": 20}
    made = isoloss.fit_groups(path, **options)
    flags = ["--by", "dataset", "--share", "alpha,beta", "--bootstrap", "20"]
    assert made == program_json("fit", path, *flags)
    assert made.tables() == ["groups", "compute_ratios"]
    with pytest.raises(TypeError, match="fit_groups"):
        isoloss.fit(path, **options)


def test_envelope(program_json):
    path = isoloss.dataset("llama_curves")
    answer = isoloss.envelope(path, bootstrap=20, where="family == 'llama2'")
    flags = ["--bootstrap", "20", "--where", "family == 'llama2'"]
    assert answer == program_json("envelope", path, *flags)
    assert not answer.is_sound


def test_race(program_json):
    path = isoloss.dataset("llama_curves")
    answer = isoloss.race(path, bootstrap=20, by="time", where="family == 'llama2'")
    flags = ["--bootstrap", "20", "--by", "time", "--where", "family == 'llama2'"]
    assert answer == program_json("race", path, *flags)
    assert answer.is_sound


def test_predict(fitted, program, tmp_path):
    (tmp_path / "fit.json").write_text(fitted.to_json())
    np.save(tmp_path / "draws.npy", fitted._all_draws())
    prediction = fitted.predict(params=[7e9, 70e9], tokens=1e12)
    _, text, _ = program(
        "predict", "--fit", tmp_path / "fit.json", "--draws", tmp_path / "draws.npy",
        "--params", "7e9,70e9", "--tokens", "1e12", "--csv", "-",
    )  # fmt: skip
    rows = np.array([line.split(",") for line in text.splitlines()[1:]], float)
    assert np.asarray(prediction).tobytes() == np.ascontiguousarray(rows[:, 2]).tobytes()
    assert prediction.low.tolist() == rows[:, 3].tolist()
    assert prediction.high.tolist() == rows[:, 4].tolist()


def test_lists(program):
    assert all(name in program("laws")[1] for name in isoloss.laws())
    assert "chinchilla" in isoloss.laws()
    assert "chinchilla_figure4" in isoloss.datasets()
    assert "hoffmann2022" in isoloss.published()
    assert isoloss.law("chinchilla") == program("laws", "chinchilla")[1]
    assert isoloss.__version__ in program("--version")[1]
    assert json.loads(program("--help-json")[1])["commands"].keys() >= {"fit", "race"}
