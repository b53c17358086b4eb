"""What docs/python.md shows is what happens."""

import doctest
import warnings
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "python.md"


def test_page():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = doctest.testfile(str(PAGE), module_relative=False, verbose=False)
    assert result.attempted > 10
    assert result.failed == 0
