"""The same refits by batched PyTorch, JAX and optimistix, and the ceilings of the card."""

import json
import sys
import tempfile
from pathlib import Path

from machine import Kit
from record import OK, WRONG, Record

RESAMPLES = 98_304
OF_REHEARSAL = 4_096
PEERS = ["torch", "optimistix", "jax"]


def run(kit: Kit, record: Record) -> None:
    """Each peer is held to the objective that isoloss reached on the same resample."""
    device = kit.device.split(",")[0]  # the first of several
    num = OF_REHEARSAL if kit.is_rehearsal else RESAMPLES
    with tempfile.TemporaryDirectory() as folder:
        draws = Path(folder) / "draws.npy"
        fit = kit.fit("--bootstrap", str(num), "--draws", str(draws), "--quiet")
        if not record.check("isoloss's own refits", fit, 60, kit.environment()).passed():
            return
        for peer in PEERS if kit.is_rehearsal else [*PEERS, "ceilings"]:
            words = [sys.executable, "-B", kit.peer("batched_peers.py"), peer, kit.data, draws,
                     "--device", device]  # fmt: skip
            # JAX would take most of the card's memory at once.
            env = kit.environment(XLA_PYTHON_CLIENT_PREALLOCATE="false")
            done = record.check(f"peer {peer}", words, 100, env, counts=False, note=False)
            if not done.passed():
                continue
            lines = record.timings(done.output)
            text = json.dumps(lines[0]) if lines else "nothing was printed"
            seconds = lines[0].get("seconds", 0) if lines else 0
            record.add(f"peer {peer}", OK if lines else WRONG, seconds, text, counts=False)
