"""Peers refit the resamples of isoloss: their weights give isoloss's objective at its own draws.

resamples_test.py BUILD     a build with isoloss
"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

try:
    import numpy as np
except ImportError:
    print("test skipped: no NumPy")
    sys.exit(0)

SOURCE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "scripts/peers"))

import batched_peers  # noqa: E402

BUILD = ""
# Relative, of a sum over 240 runs: the draws' 17 digits of A and B go back to logs of terms that
# cancel to residuals of a thousandth.
ROUNDING = 1e-9


class ResamplesTest(unittest.TestCase):
    def test_the_objective_of_a_draw_is_isolosss(self):
        data = SOURCE / "datasets/chinchilla_figure4.csv"
        with tempfile.TemporaryDirectory() as folder:
            draws = Path(folder) / "draws.npy"
            subprocess.run([f"{BUILD}/isoloss", "fit", data, "--drop-highest-loss", "5",
                            "--bootstrap", "50", "--draws", draws, "--quiet"],
                           check=True, capture_output=True)  # fmt: skip
            problem = batched_peers.Problem(data, draws)
            params = np.load(draws)[:, :5]
        log_N, log_D = (values.mean() for values in batched_peers.read_runs(data)[:2])
        E, A, B, alpha, beta = params.T
        theta = np.stack([np.log(E), np.log(A) - alpha * log_N, np.log(B) - beta * log_D, alpha,
                          beta], axis=1)  # fmt: skip
        weights = problem.weights(0, 50)
        self.assertEqual(weights.sum(), 50 * 240)
        ratio = problem.objective(theta, weights) / problem.expected
        self.assertLess(np.abs(ratio - 1).max(), ROUNDING)


if __name__ == "__main__":
    BUILD = sys.argv.pop()
    unittest.main()
