"""Bits as a choice beside scans of sizes and bits, and what Kumar et al. 2024 (arXiv:2411.04330)
say of their law: bits that are best whatever the budget, and tokens that hurt.

bits_test.py PROGRAM
"""

import math
import unittest

from program import answer

E, A, B, EXPONENT = 2.7648, 4.299e3, 1.806e4, 0.4965
GAMMAS = (2.6745, 2.2102, 0.9578)
OFFSETS = (0.3037, 1.4072, 2.4185)
C_T, GAMMA_D, GAMMA_N, GAMMA_POST = 0.0598, 0.5068, 0.3439, 0.5907


def kept(bits):
    return math.prod(1 - math.exp(-bits / gamma) for gamma in GAMMAS)


def loss(N, D, bits, post):
    """Weights that are served as they were trained are not quantised."""
    own = E + A / (N * kept(bits)) ** EXPONENT + B / D**EXPONENT
    return own + (post < bits) * C_T * D**GAMMA_D / N**GAMMA_N * math.exp(-post / GAMMA_POST)


def best(budget, choices, most=math.inf):
    """The least loss of all sizes and bits; a FLOP of P bits costs P / 16."""
    out = []
    for bits, post in choices:
        sizes = [1e6 * 1.003**step for step in range(6000)]
        if most < math.inf:
            sizes.append(most * 8 / post)
        for N in sizes:
            D = budget / (6 * N * bits / 16)
            if D >= 1 and N * post / 8 <= most:
                out.append((loss(N, D, bits, post), bits, post, N))
    return min(out)


def asked(*flags):
    return answer(*"optimum --published kumar2024".split(), *flags)["answers"]


PAIRS = [(bits, post) for bits in (16, 8, 4) for post in (16, 8, 4, 3) if post <= bits]


class BitsTest(unittest.TestCase):
    def test_the_best_bits_are_those_of_a_scan_over_sizes_and_bits(self):
        for budget in (1e18, 1e20, 1e22):
            for memory in (math.inf, 1e9):
                limit = [] if math.isinf(memory) else ["--memory", "1GB"]
                got = asked("--compute", f"{budget}", "--choose-bits", "16,8,4,3", *limit)[0]
                pairs = [*PAIRS, (3, 3)]
                apart = best(budget, pairs, memory)
                own = got["bits"]
                with self.subTest(budget=budget, memory=memory):
                    self.assertEqual((own["training"], own["post"]), apart[1:3])
                    self.assertAlmostEqual(got["loss"]["value"], apart[0], delta=1e-6)
                    self.assertLessEqual(got["loss"]["value"], apart[0] * (1 + 1e-12))
                    self.assertEqual(len(own["models"]), len(pairs))

    def test_the_best_training_bits_do_not_depend_on_the_budget(self):
        # N' = N kept(P) and D have N' D = K kept(P) / P: the P that makes most of it is best.
        bits = [2 + step / 4 for step in range(40)]
        apart = max(bits, key=lambda own: kept(own) / own)
        choices = ",".join(map(str, bits))
        for got in asked("--compute", "1e18,1e21,1e24", "--choose-bits", choices,
                         "--input", "post_bits=64"):
            with self.subTest(budget=got["asked"]):
                self.assertEqual(got["bits"]["training"], apart)

    def test_with_the_offsets_of_their_fit_seven_to_eight_bits_are_best(self):
        def share(bits):
            each = zip(GAMMAS, OFFSETS)
            return math.prod(1 - math.exp(offset - bits / gamma) for gamma, offset in each) / bits

        self.assertTrue(7 <= max((4 + step / 100 for step in range(900)), key=share) < 8)

    def test_tokens_hurt_where_the_slope_of_the_loss_turns(self):
        held = [f"--input={name}_bits=16" for name in ("weight", "act", "kv")]
        for got in asked("--compute", "1e18,1e21", "--choose-bits", "4", *held):
            N = got["params"]["value"]
            turn = EXPONENT * B * N**GAMMA_N * math.exp(4 / GAMMA_POST) / (GAMMA_D * C_T)
            apart = turn ** (1 / (GAMMA_D + EXPONENT))
            self.assertAlmostEqual(got["bits"]["tokens_that_hurt"]["value"] / apart, 1, places=9)
            at = loss(N, apart, 16, 4)
            self.assertLess(at, loss(N, apart * 1.1, 16, 4))
            self.assertLess(at, loss(N, apart / 1.1, 16, 4))

    def test_bits_that_are_free_lose_no_more_than_bits_that_are_held(self):
        free = asked("--loss", "3.1", "--choose-bits", "16,8,4")[0]["cost"]["value"]
        for bits in ("16", "8", "4"):
            held = asked("--loss", "3.1", "--choose-bits", bits)[0]["cost"]["value"]
            self.assertLessEqual(free, held)

    def test_served_models_pay_by_their_bits(self):
        got = asked("--loss", "3.1", "--choose-bits", "16,8,4", "--inference-tokens", "1e12")[0]
        own = min(got["bits"]["models"], key=lambda model: model["cost"]["value"] or math.inf)
        N, D, post = own["params"]["value"], own["tokens"]["value"], own["post"]
        self.assertEqual((own["training"], post), (got["bits"]["training"], got["bits"]["post"]))
        cost = 6 * N * D * own["training"] / 16 + 2 * N * 1e12 * post / 16
        self.assertAlmostEqual(got["cost"]["value"] / cost, 1, places=9)
        self.assertAlmostEqual(loss(N, D, own["training"], post), 3.1, places=9)


if __name__ == "__main__":
    unittest.main()
