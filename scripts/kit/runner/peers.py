"""The same refits by batched PyTorch, JAX and optimistix, and the ceilings of the card."""

import json
import sys
import tempfile
from pathlib import Path

from machine import Kit
from record import OK, Record

RESAMPLES = 98_304
PEERS = ["torch", "optimistix", "jax", "ceilings"]


def run(kit: Kit, record: Record) -> None:
    """Each peer is held to the objective that isoloss reached on the same resample."""
    env = kit.environment()
    num = 4096 if kit.is_rehearsal else RESAMPLES
    with tempfile.TemporaryDirectory() as folder:
        draws = Path(folder) / "draws.npy"
        fit = kit.fit("--bootstrap", str(num), "--draws", str(draws), "--quiet")
        done = record.check("isoloss's own refits", fit, 60, env)
        if not record.passed(done):
            return
        for peer in PEERS:
            words = [sys.executable, "-B", kit.peer("batched_peers.py"), peer, kit.data, draws,
                     "--device", kit.device]  # fmt: skip
            done = record.check(f"peer {peer}", words, 100, env, counts=False, note=False)
            for line in record.timings(done.output):
                record.add(f"peer {peer}", OK, line.get("seconds", 0), json.dumps(line), False)
