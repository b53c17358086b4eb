"""Limits of memory and time per token beside a search over sizes that counts bytes and FLOP.

latency_test.py PROGRAM
"""

import unittest

from program import answer, loss

H100 = {"bandwidth": 3.35e12, "peak": 989e12, "memory": 80e9}
CARD = {"bandwidth": 1008e9, "peak": 165.2e12, "memory": 24e9}


def fits(N, device, batch, bits, cache, seconds):
    weights = N * bits / 8
    filled = weights + batch * cache
    read = filled / device["bandwidth"]
    computed = 2 * N * batch / device["peak"]
    return filled <= device["memory"] and max(read, computed) <= seconds


def best(budget, holds):
    """The least loss of the sizes that fit, looked at one by one."""
    sizes = (1e8 * 1.0005**step for step in range(20_000))
    return min((loss(N, budget / 6 / N), N) for N in sizes if holds(N))


class LatencyTest(unittest.TestCase):
    cases = [
        ("h100", H100, 1, 16, 0, 0.02),
        ("h100", H100, 1, 16, 0, 0.5),
        ("h100", H100, 512, 8, 1e7, 0.02),
        ("h100", H100, 64, 16, 5e8, 0.05),
        ("rtx4090", CARD, 1, 4, 2e9, 0.02),
        ("rtx4090", CARD, 1000, 4, 0, 0.1),
    ]

    def test_the_best_model_is_that_of_a_search_over_all_that_fit(self):
        for name, device, batch, bits, cache, seconds in self.cases:
            for budget in (1e20, 1e23, 1e26):
                flags = f"--batch {batch} --bits {bits} --max-latency {1000 * seconds}ms/token"
                if cache:
                    flags += f" --cache {cache / 1e9}GB"
                got = answer(
                    *f"optimum --published besiroglu2024 --compute {budget}".split(),
                    *f"--served-on {name} {flags}".split(),
                )["answers"][0]
                apart, N = best(budget, lambda N: fits(N, device, batch, bits, cache, seconds))
                with self.subTest(name=name, flags=flags, budget=budget):
                    self.assertAlmostEqual(got["loss"]["value"], apart, delta=1e-5 * apart)
                    self.assertLessEqual(got["loss"]["value"], apart * (1 + 1e-12))
                    own = got["params"]["value"] * (1 - 1e-12)
                    self.assertTrue(fits(own, device, batch, bits, cache, seconds))


if __name__ == "__main__":
    unittest.main()
