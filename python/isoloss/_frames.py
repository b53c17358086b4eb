"""Columns -> a frame: of pandas where it is installed, else a dict of arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def frame(columns: Mapping[str, Any], index: Sequence[str] | None = None) -> Any:
    """A pandas.DataFrame; without pandas the columns, with the index as one called "name"."""
    try:
        import pandas  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        named = {} if index is None else {"name": np.array(index)}
        return {**named, **{name: np.asarray(values) for name, values in columns.items()}}
    return pandas.DataFrame(dict(columns), index=None if index is None else list(index))


def _cells(name: str, value: Any) -> dict[str, Any]:
    """An estimate is three cells; whatever else is one."""
    if isinstance(value, Mapping) and "value" in value:
        low, high = value.get("interval") or (None, None)
        return {name: value["value"], f"{name}_low": low, f"{name}_high": high}
    if isinstance(value, Mapping):
        out: dict[str, Any] = {}
        for key, inner in value.items():
            out.update(_cells(f"{name}_{key}", inner))
        return out
    return {name: value}


def _column(values: list[Any]) -> Any:
    given = [v for v in values if v is not None]
    if given and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in given):
        return np.array([np.nan if v is None else v for v in values], dtype=np.float64)
    return values


def rows_frame(rows: Sequence[Mapping[str, Any]]) -> Any:
    """A row an object; an estimate x becomes x, x_low and x_high."""
    cells = []
    for row in rows:
        flat: dict[str, Any] = {}
        for key, value in row.items():
            flat.update(_cells(key, value))
        cells.append(flat)
    names = list(dict.fromkeys(name for flat in cells for name in flat))
    return frame({name: _column([flat.get(name) for flat in cells]) for name in names})
