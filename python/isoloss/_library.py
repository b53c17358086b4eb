"""The shared library, and one call of it."""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union

import numpy as np
from numpy.typing import NDArray

Column = Union[NDArray[np.float64], "list[str | None]"]
Table = Mapping[str, Column]
Progress = Callable[[int, int], Any]

_FOLDER = Path(__file__).resolve().parent
_ABI_VERSION = 2
_WAIT_S = 0.05  # between looks at Ctrl-C


class _Column(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("numbers", ctypes.POINTER(ctypes.c_double)),
        ("texts", ctypes.POINTER(ctypes.c_char_p)),
    ]


class _Input(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("bytes", ctypes.c_char_p),
        ("num_bytes", ctypes.c_size_t),
        ("columns", ctypes.POINTER(_Column)),
        ("num_columns", ctypes.c_size_t),
        ("num_rows", ctypes.c_size_t),
    ]


_PROGRESS = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_int, ctypes.c_void_p)


def share_folder() -> Path:
    """Where the data sets and the published fits lie that came with the package."""
    return _FOLDER / "share" / "isoloss"


def program_path() -> Path:
    """The program `isoloss` that came with the package."""
    return _FOLDER / "bin" / "isoloss"


def _load() -> ctypes.CDLL:
    library = ctypes.CDLL(str(_FOLDER / "lib" / "libisoloss.so"))
    if library.isoloss_abi_version() != _ABI_VERSION:
        raise ImportError("libisoloss.so is of another version than the package")
    library.isoloss_version.restype = ctypes.c_char_p
    library.isoloss_free.argtypes = [ctypes.c_void_p]
    library.isoloss_free.restype = None
    library.isoloss_new_stopper.restype = ctypes.c_void_p
    for name in ("isoloss_stop", "isoloss_free_stopper"):
        getattr(library, name).argtypes = [ctypes.c_void_p]
        getattr(library, name).restype = None
    library.isoloss_set_data_folder.argtypes = [ctypes.c_char_p]
    library.isoloss_set_data_folder.restype = None
    for name in ("isoloss_output", "isoloss_error", "isoloss_file"):
        getattr(library, name).restype = ctypes.c_void_p
    library.isoloss_set_data_folder(os.fsencode(share_folder()))
    return library


_library = _load()
version: str = _library.isoloss_version().decode()


class _Stopper:
    """What ends one call."""

    running: set[_Stopper] = set()
    lock = threading.Lock()

    def __enter__(self) -> _Stopper:
        self.handle = _library.isoloss_new_stopper()
        if not self.handle:
            raise MemoryError
        with self.lock:
            self.running.add(self)
        return self

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.running.remove(self)
        _library.isoloss_free_stopper(self.handle)

    def stop(self) -> None:
        _library.isoloss_stop(self.handle)


def stop() -> None:
    """Ends every call that runs, in all threads; they raise Stopped."""
    with _Stopper.lock:
        for stopper in _Stopper.running:
            stopper.stop()


@dataclass(frozen=True)
class CallResult:
    """What one command gave."""

    exit_code: int
    output: str
    error: str
    files: dict[str, bytes]


def _column(name: str, values: Column, keep: list[Any]) -> _Column:
    out = _Column(name.encode())
    if isinstance(values, np.ndarray):
        keep.append(values)
        out.numbers = values.ctypes.data_as(ctypes.POINTER(ctypes.c_double))
    else:
        texts = (ctypes.c_char_p * max(1, len(values)))(
            *(None if text is None else text.encode() for text in values)
        )
        keep.append(texts)
        out.texts = ctypes.cast(texts, ctypes.POINTER(ctypes.c_char_p))
    return out


def _input(name: str, data: bytes | Table, keep: list[Any]) -> _Input:
    out = _Input(name.encode())
    if isinstance(data, bytes):
        out.bytes, out.num_bytes = data, len(data)
        return out
    columns = [_column(header, values, keep) for header, values in data.items()]
    array = (_Column * max(1, len(columns)))(*columns)
    keep.append(array)
    out.columns = ctypes.cast(array, ctypes.POINTER(_Column))
    out.num_columns = len(columns)
    out.num_rows = len(next(iter(data.values()), []))
    return out


def _bytes(get: Callable[..., int | None], *arguments: Any) -> bytes | None:
    size = ctypes.c_size_t()
    at = get(*arguments, ctypes.byref(size))
    return None if at is None else ctypes.string_at(at, size.value)


def _call(
    command: Sequence[str],
    inputs: Mapping[str, bytes | Table],
    outputs: Sequence[str],
    progress: Progress | None,
    stopper: _Stopper,
) -> CallResult:
    words = [b"isoloss", *(os.fsencode(word) for word in command)]
    keep: list[Any] = []
    named = [_input(name, data, keep) for name, data in inputs.items()]
    watch = _PROGRESS(lambda done, all_, _: progress(done, all_)) if progress else None
    result = ctypes.c_void_p()
    code = _library.isoloss_run_watched(
        len(words),
        (ctypes.c_char_p * len(words))(*words),
        (_Input * max(1, len(named)))(*named),
        ctypes.c_size_t(len(named)),
        watch or _PROGRESS(),
        None,
        ctypes.c_void_p(stopper.handle),
        ctypes.byref(result),
    )
    if not result:
        raise MemoryError
    try:
        files = {}
        for name in outputs:
            content = _bytes(_library.isoloss_file, result, name.encode())
            if content is not None:
                files[name] = content
        output = _bytes(_library.isoloss_output, result) or b""
        error = _bytes(_library.isoloss_error, result) or b""
        return CallResult(code, output.decode(), error.decode("utf-8", "replace"), files)
    finally:
        _library.isoloss_free(result)


def _watched_call(
    command: Sequence[str],
    inputs: Mapping[str, bytes | Table],
    outputs: Sequence[str],
    progress: Progress | None,
    stopper: _Stopper,
) -> CallResult:
    """The main thread only waits, so that Ctrl-C is heard: it stops the call and raises
    KeyboardInterrupt."""
    results: list[CallResult] = []
    failures: list[BaseException] = []
    done = threading.Event()

    def work() -> None:
        try:
            results.append(_call(command, inputs, outputs, progress, stopper))
        except BaseException as error:
            failures.append(error)
        finally:
            done.set()

    threading.Thread(target=work, name="isoloss", daemon=True).start()
    try:
        while not done.wait(_WAIT_S):
            pass
    except KeyboardInterrupt:
        stopper.stop()
        done.wait()
        raise
    if failures:
        raise failures[0]
    return results[0]


def run(
    command: Sequence[str],
    inputs: Mapping[str, bytes | Table] | None = None,
    outputs: Sequence[str] = (),
    progress: Progress | None = None,
) -> CallResult:
    """Runs one command line in this process.

    inputs: bytes or columns by the name that the command line has in place of a path.
    outputs: names memory:NAME whose bytes are wanted.

    No thread holds the GIL meanwhile. In the main thread Ctrl-C ends this call and no other.
    """
    with _Stopper() as stopper:
        if threading.current_thread() is not threading.main_thread():
            return _call(command, inputs or {}, outputs, progress, stopper)
        return _watched_call(command, inputs or {}, outputs, progress, stopper)
