"""Answers that a cluster of Dask makes: shards on its workers, joined here."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from ._answer import require_done
from ._library import Table, run

Inputs = Mapping[str, "bytes | Table"]

_SHARD = "memory:shard"
_SHARES_A_SLOT = 4  # of what is left: shards shrink, so that slots end together
_LAST_SHARES_A_SLOT = 64  # of all: fewer resamples cost less than the fit's own search
_FEWEST = 4096  # resamples in a shard, for the same reason
_MOST = 1 << 18  # of some 16 MB, so that a result is small beside what a worker has
_EMBEDDED_BYTES = 1 << 16  # inputs that travel with every task; larger ones are sent ahead


class Piece(NamedTuple):
    """What one task makes."""

    flag: str
    size: int  # in what progress counts


def make_shard(words: Sequence[str], inputs: Inputs | bytes) -> bytes:
    """What a worker does."""
    held = pickle.loads(inputs) if isinstance(inputs, bytes) else inputs
    return require_done(run([*words, f"--shard={_SHARD}"], held, [_SHARD])).files[_SHARD]


def num_slots(client: Any) -> int:
    """Tasks that the workers do at once."""
    return max(1, int(sum(client.nthreads().values())))


def ranges(num: int, slots: int) -> Iterator[tuple[int, int]]:
    """(first, number) of each shard of a bootstrap."""
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


def resamples(num: int, slots: int) -> Iterator[Piece]:
    """The pieces of a bootstrap."""
    for first, size in ranges(num, slots):
        yield Piece(f"--resamples={first}:{size}", size)


def parts(num: int) -> Iterator[Piece]:
    """The pieces of any other answer."""
    for k in range(1, num + 1):
        yield Piece(f"--part={k}/{num}", 1)


def shards(
    client: Any,
    words: Sequence[str],
    inputs: Inputs,
    pieces: Iterable[Piece],
    progress: Callable[[int], object] | None = None,
) -> dict[str, bytes]:
    """All shards of an answer, as inputs of `isoloss merge` by name.

    client: a dask.distributed.Client. What a worker was doing when it died goes to another. The
        scheduler knows of two shards a slot at once; a result is taken once, then forgotten.
    words: of the command line behind `isoloss`.
    pieces: of the whole answer.
    progress: called with the sizes of the pieces that are there.
    """
    left = enumerate(pieces)
    sent = _sent(client, inputs)
    piece_of: dict[Any, tuple[int, Piece]] = {}
    out: dict[str, bytes] = {}
    done = 0
    running: Any = import_module("distributed").as_completed()

    def submit_next() -> None:
        for place, piece in left:  # one of them
            task = make_shard, [*words, piece.flag], sent
            future = client.submit(*task, pure=False, retries=2)
            piece_of[future] = place, piece
            running.add(future)
            return

    try:
        for _ in range(2 * num_slots(client)):
            submit_next()
        for future in running:
            place, piece = piece_of[future]
            out[f"memory:shard{place}"] = future.result()
            del piece_of[future]
            future.release()
            done += piece.size
            if progress is not None:
                progress(done)
            submit_next()
        return out
    finally:
        client.cancel(list(piece_of))
