"""What the tests share: the runs, and the program that came with the wheel."""

import json
import subprocess

import numpy as np
import pytest

import isoloss
from isoloss._library import program_path


@pytest.fixture(scope="session")
def runs_path():
    return isoloss.dataset("chinchilla_figure4")


@pytest.fixture(scope="session")
def runs(runs_path):
    """The columns of figure 4 as a dict of arrays; run is a text."""
    lines = [line for line in runs_path.read_text().splitlines() if not line.startswith("#")]
    columns = dict(zip(lines[0].split(","), zip(*(line.split(",") for line in lines[1:]))))
    return {k: list(v) if k == "run" else np.array(v, float) for k, v in columns.items()}


@pytest.fixture(scope="session")
def program():
    """Runs the program: its exit code, standard output and errors."""

    def run(*words):
        done = subprocess.run(
            [program_path(), *map(str, words)], capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture(scope="session")
def program_json(program):
    def run(*words):
        return json.loads(program(*words, "--json", "-")[1])

    return run


@pytest.fixture(scope="session")
def fitted(runs_path):
    with pytest.warns(isoloss.FitWarning):
        return isoloss.fit(runs_path, bootstrap=100)
