"""The resamples of isoloss's bootstrap, drawn again in NumPy: fits/random.h, word for word."""

import numpy as np


def philox(counter: list, key: int) -> list:
    """Ten rounds of Philox4x32 (Salmon et al. 2011) on four arrays of 32-bit words."""
    low = np.uint64(0xFFFFFFFF)
    words = [np.asarray(word, dtype=np.uint64) for word in counter]
    key0, key1 = key & 0xFFFFFFFF, key >> 32
    for _ in range(10):
        product0 = np.uint64(0xD2511F53) * words[0]
        product1 = np.uint64(0xCD9E8D57) * words[2]
        words = [(product1 >> np.uint64(32)) ^ words[1] ^ np.uint64(key0), product1 & low,
                 (product0 >> np.uint64(32)) ^ words[3] ^ np.uint64(key1), product0 & low]  # fmt: skip
        key0, key1 = (key0 + 0x9E3779B9) & 0xFFFFFFFF, (key1 + 0xBB67AE85) & 0xFFFFFFFF
    return words


def counts(seed: int, first: int, num: int, num_units: int) -> np.ndarray:
    """How often each of num_units rows is drawn in resamples first, first + 1, ...

    Returns num x num_units.
    """
    num_blocks = (num_units + 3) // 4
    resample = np.arange(first, first + num, dtype=np.uint64)[:, None]
    block = np.arange(num_blocks, dtype=np.uint64)[None, :]
    shape = (num, num_blocks)
    words = philox([np.broadcast_to(block, shape),
                    np.broadcast_to(resample & np.uint64(0xFFFFFFFF), shape),
                    np.broadcast_to(resample >> np.uint64(32), shape), np.zeros(shape)],
                   seed)  # fmt: skip
    drawn = np.stack(words, axis=-1).reshape(num, -1)[:, :num_units]
    drawn = (drawn * np.uint64(num_units)) >> np.uint64(32)
    flat = drawn + np.arange(num, dtype=np.uint64)[:, None] * np.uint64(num_units)
    return np.bincount(flat.ravel().astype(np.int64), minlength=num * num_units).reshape(
        num, num_units)  # fmt: skip
