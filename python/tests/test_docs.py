"""What docs/python.md and the docstrings show is what happens."""

import doctest
import importlib
import pkgutil
import warnings
from pathlib import Path

import isoloss

PAGE = Path(__file__).resolve().parents[2] / "docs" / "python.md"


def test_page():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = doctest.testfile(str(PAGE), module_relative=False, verbose=False)
    assert result.attempted > 10
    assert result.failed == 0


def test_docstrings():
    attempted = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for info in pkgutil.iter_modules(isoloss.__path__):
            if info.name == "sklearn":
                continue  # it may not be installed
            result = doctest.testmod(importlib.import_module(f"isoloss.{info.name}"))
            assert result.failed == 0, info.name
            attempted += result.attempted
    assert attempted >= 10
