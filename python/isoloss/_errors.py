"""What goes wrong, by whose fault it is."""

from __future__ import annotations


class IsolossError(Exception):
    """The base of every error of this package."""


class InputError(IsolossError, ValueError):
    """Data or a keyword are wrong.

    row: the 0-based row of the data at fault, or None.
    """

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row


class DeviceError(IsolossError, RuntimeError):
    """The asked device is absent or failed."""


class OutputError(IsolossError, OSError):
    """A file cannot be written."""


class InternalError(IsolossError, RuntimeError):
    """An error of the library itself: please report it."""


class Stopped(IsolossError, RuntimeError):
    """Another thread called isoloss.stop()."""


class FitWarning(UserWarning):
    """A doubt about an answer; code is its stable name, "most_beyond_delta" say."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code
