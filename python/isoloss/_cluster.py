"""A fit whose bootstrap a cluster of Dask makes: shards on its workers, joined here."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any

from ._answer import require_done
from ._library import Progress, Table, run

Inputs = Mapping[str, "bytes | Table"]

_SHARD = "memory:shard"
_SHARES_A_SLOT = 4  # of what is left: shards shrink, so that slots end together
_LAST_SHARES_A_SLOT = 64  # of all: fewer resamples cost less than the fit's own search
_FEWEST = 4096  # resamples in a shard, for the same reason
_MOST = 1 << 18  # of some 16 MB, so that a result is small beside what a worker has
_EMBEDDED_BYTES = 1 << 16  # inputs that travel with every task; larger ones are sent ahead


def make_shard(words: Sequence[str], inputs: Inputs | bytes, first: int, num: int) -> bytes:
    """What a worker does."""
    held = pickle.loads(inputs) if isinstance(inputs, bytes) else inputs
    line = ["fit", f"--resamples={first}:{num}", f"--shard={_SHARD}", "--quiet", *words]
    return require_done(run(line, held, [_SHARD])).files[_SHARD]


def ranges(num: int, slots: int) -> Iterator[tuple[int, int]]:
    """(first, number) of each shard."""
    fewest = max(_FEWEST, num // (_LAST_SHARES_A_SLOT * slots))
    first = 0
    while first < num:
        share = (num - first) // (_SHARES_A_SLOT * slots)
        size = min(num - first, _MOST, max(fewest, share))
        yield first, size
        first += size


def _sent(client: Any, inputs: Inputs) -> Any:
    """On every worker, so that no worker that dies takes the only copy along."""
    held = pickle.dumps(dict(inputs))
    return held if len(held) <= _EMBEDDED_BYTES else client.scatter(held, broadcast=True)


def shards(
    client: Any,
    words: Sequence[str],
    inputs: Inputs,
    num: int,
    progress: Progress | None = None,
) -> dict[str, bytes]:
    """All shards of a fit, as inputs of `isoloss merge` by name.

    client: a dask.distributed.Client. What a worker was doing when it died goes to another. The
        scheduler knows of two shards a slot at once; a result is taken once, then forgotten.
    words: of the command line behind `isoloss fit`.
    """
    slots = max(1, sum(client.nthreads().values()))
    left = ranges(num, slots)
    sent = _sent(client, inputs)
    size_of: dict[Any, tuple[int, int]] = {}
    out: dict[str, bytes] = {}
    done = 0
    running: Any = import_module("distributed").as_completed()

    def submit_next() -> None:
        for first, size in left:  # one of them
            task = make_shard, list(words), sent, first, size
            future = client.submit(*task, pure=False, retries=2)
            size_of[future] = first, size
            running.add(future)
            return

    try:
        for _ in range(2 * slots):
            submit_next()
        for future in running:
            first, size = size_of[future]
            out[f"memory:shard{first}"] = future.result()
            del size_of[future]
            future.release()
            done += size
            if progress is not None:
                progress(done, num)
            submit_next()
        return out
    finally:
        client.cancel(list(size_of))
