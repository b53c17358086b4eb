"""Tables of whatever kind -> columns of doubles and texts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from ._errors import InputError
from ._library import Column, Table

RUNS = "memory:runs"


def _is_missing(value: Any) -> bool:
    return value is None or value != value or type(value).__name__ in ("NAType", "NaTType")


def _text(value: Any) -> str | None:
    if _is_missing(value):
        return None
    # As a CSV would have it: 8, not 8.0.
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value)


def _number(value: Any) -> float:
    return float("nan") if _is_missing(value) else float(value)


def _values(name: str, column: Any) -> Any:
    """A one-dimensional NumPy array of any type."""
    if hasattr(column, "to_numpy") and not hasattr(column, "num_chunks"):
        array = np.asarray(column.to_numpy())
    elif hasattr(column, "to_pylist"):  # pyarrow
        array = np.asarray(column.to_pylist(), dtype=None if column.null_count == 0 else object)
    elif isinstance(column, np.ma.MaskedArray):
        array = np.asarray(column.astype(object).tolist(), dtype=object)
    else:
        array = np.asarray(column)
    if array.ndim != 1:
        raise ValueError(f"column {name} has {array.ndim} dimensions; it needs one")
    return array


def _column(name: str, column: Any) -> Column:
    array = _values(name, column)
    if array.dtype.kind in "biuf":
        return np.ascontiguousarray(array, dtype=np.float64)
    values = array.tolist()
    if all(_is_missing(v) or isinstance(v, (int, float, np.number)) for v in values):
        return np.array([_number(v) for v in values], dtype=np.float64)
    return [_text(v) for v in values]


def _named_columns(data: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(data, Mapping):
        yield from data.items()
    elif isinstance(data, np.ndarray) and data.dtype.names:
        for name in data.dtype.names:
            yield name, data[name]
    elif hasattr(data, "column_names"):  # pyarrow
        for i, name in enumerate(data.column_names):
            yield name, data.column(i)
    elif hasattr(data, "columns") and hasattr(data, "iloc"):  # pandas, names that appear twice too
        for i, name in enumerate(data.columns):
            yield name, data.iloc[:, i]
    elif hasattr(data, "columns") and hasattr(data, "__getitem__"):  # polars and its like
        for name in data.columns:
            yield name, data[name]
    else:
        raise TypeError(
            f"data is a {type(data).__name__}; it may be a DataFrame of pandas or polars, a table "
            "of pyarrow, a dict of arrays, a structured array of NumPy, or a path"
        )


def table_of(data: Any) -> Table:
    """Columns by name, each an array of float64, shape (rows,), or a list of texts."""
    if hasattr(data, "collect") and not hasattr(data, "iloc"):  # a lazy frame
        data = data.collect()
    out: dict[str, Column] = {}
    for name, column in _named_columns(data):
        if str(name) in out:
            raise ValueError(f"column {name} appears twice; rename or remove one")
        out[str(name)] = _column(str(name), column)
    lengths = {name: len(values) for name, values in out.items()}
    if not out or max(lengths.values()) == 0:
        raise ValueError("data has no rows; it needs one a run")
    if len(set(lengths.values())) > 1:
        raise ValueError(f"columns differ in length: {lengths}")
    return out


def source_of(data: Any, name: str = RUNS) -> tuple[str, dict[str, bytes | Table]]:
    """What the command line names, and the inputs behind it."""
    if isinstance(data, (str, os.PathLike)):
        return os.fspath(data), {}
    return name, {name: table_of(data)}


def read_bytes(path: str) -> bytes:
    """What a file holds. InputError if it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
