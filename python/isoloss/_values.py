"""Values by name, and predictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._frames import frame

Array = NDArray[np.float64]


class Params(Mapping[str, float]):
    """Values by name: params["alpha"] or params.alpha."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __getattr__(self, name: str) -> float:
        try:
            return self.__dict__["_values"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return "\n".join(f"{name:<8} {value:.5g}" for name, value in self._values.items())


def number(value: Any) -> float:
    return float("nan") if value is None else float(value)


class Prediction:
    """What a fit predicts: loss, and where it has draws low and high, each of shape (rows,)."""

    def __init__(self, columns: dict[str, Array]) -> None:
        self.columns = columns
        self.loss = columns["predicted"]
        self.low = columns.get("lower")
        self.high = columns.get("upper")

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return np.array(self.loss, dtype=dtype)

    def __len__(self) -> int:
        return len(self.loss)

    def __getitem__(self, row: Any) -> Any:
        return self.loss[row]

    def to_frame(self) -> Any:
        """The inputs, predicted, lower and upper."""
        return frame(self.columns)

    def __repr__(self) -> str:
        return repr(self.to_frame())
