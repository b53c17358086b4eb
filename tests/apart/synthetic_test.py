"""Generated tokens beside scans of sizes, corpora and passes with formulas of its own: the best plan,
and the worth from which on generating pays.

synthetic_test.py PROGRAM
"""

import math
import unittest

import program
from program import answer

# Muennighoff et al. 2023 (arXiv:2305.16264), the constants of their code.
E, A, B, ALPHA = 1.8691436784054858, 520.8249516599187, 1487.716093782861, 0.3526596
R_D, R_N = 15.387756, 5.309743


def worn(unique, seen, rate):
    """What `seen` of something is worth if `unique` of it differ."""
    return unique + unique * rate * (1 - math.exp(-(seen / unique - 1) / rate))


def repeated_loss(N, D, unique):
    U_D = min(D, unique)
    U_N = min(N, (A / B) ** (1 / ALPHA) * U_D)
    return E + A / worn(U_N, N, R_N) ** ALPHA + B / worn(U_D, D, R_D) ** ALPHA


class Task:
    """One budget; of a law that sees each token once passes are one."""

    def __init__(self, budget, stock, cost, repeats, most=math.inf):
        self.budget, self.stock, self.cost, self.repeats, self.most = budget, stock, cost, repeats, most

    def loss(self, worth, u, G, passes):
        tokens, value = u + G, u + worth * G
        left = self.budget - self.cost * G
        if left <= 0 or tokens <= 0 or passes < 1:
            return math.inf
        N = min(left / (6 * tokens * passes), self.most)
        if self.repeats:
            return repeated_loss(N, value * passes, value)
        return program.loss(N, value) if passes == 1 else math.inf

    def without(self):
        """Any number of real tokens, seen any number of times."""
        shares = [math.exp(-10 * step / 4000) for step in range(4001)]
        once = min((self.loss(0, share * self.stock, 0, 1), share * self.stock) for share in shares)
        if not self.repeats:
            return once[0]
        return min([once[0]] + [self.loss(0, self.stock, 0, math.exp(9 * step / 4000)) for step in range(4001)])

    def best(self, worth, places=60):
        """(loss, real, generated, passes) of all that generate."""
        most = math.log(self.budget / (self.cost + 6))
        out = []
        for u in (0, self.stock / 2, self.stock):
            least = math.log(self.stock) - 8
            x = [least + (most - least) * step / places for step in range(places)]
            y = [8 * step / places for step in range(places)] if self.repeats else [0]
            found = min((self.loss(worth, u, math.exp(a), math.exp(b)), a, b) for a in x for b in y)
            width = [(most - least) / places, 8 / places]
            if self.most < math.inf:  # the largest model, on the passes that the budget leaves for it
                for a in (least + (most - least) * step / 20000 for step in range(20000)):
                    G = math.exp(a)
                    passes = (self.budget - self.cost * G) / (6 * (u + G) * self.most)
                    b = math.log(passes) if passes > 1 and self.repeats else 0
                    found = min(found, (self.loss(worth, u, G, math.exp(b)), a, b))
            for _ in range(60):
                for a, b in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)):
                    if b and not self.repeats:
                        continue
                    p, q = found[1] + a * width[0], max(found[2] + b * width[1], 0)
                    found = min(found, (self.loss(worth, u, math.exp(p), math.exp(q)), p, q))
                width = [0.7 * own for own in width]
            out.append((found[0], u, math.exp(found[1]), math.exp(found[2])))
        return min(out)

    def break_even(self):
        """By bisection: the least worth with which anything that generates loses less."""
        target, low, high = self.without(), 1e-3, 1e3
        for _ in range(40):
            middle = math.sqrt(low * high)
            if self.best(middle, 40)[0] < target:
                high = middle
            else:
                low = middle
        return high

    def asked(self, worth):
        recipe = "muennighoff2023" if self.repeats else "besiroglu2024"
        limit = [] if math.isinf(self.most) else ["--max-params", f"{self.most}"]
        return answer("optimum", "--published", recipe, "--compute", f"{self.budget}",
                      "--unique-tokens", f"{self.stock}", "--synthetic-cost", f"{self.cost}",
                      "--synthetic-worth", f"{worth}", *limit)["answers"][0]


ONCE = [Task(1e22, 100e9, 2 * 7e9, False), Task(1e23, 100e9, 2 * 70e9, False), Task(1e21, 500e9, 1e9, False),
        Task(1e24, 30e9, 2 * 400e9, False), Task(1e23, 100e9, 2e9, False, 20e9)]
AGAIN = [Task(1e22, 25e9, 2 * 7e9, True), Task(1e23, 25e9, 2 * 70e9, True), Task(1e21, 100e9, 1e9, True),
         Task(1e24, 25e9, 2 * 7e9, True), Task(1e23, 10e9, 1e9, True, 5e9)]


class SyntheticTest(unittest.TestCase):
    def check(self, task, worth):
        got = task.asked(worth)
        without, best = task.without(), task.best(worth)
        least = min(without, best[0])
        self.assertAlmostEqual(got["without"]["loss"]["value"] / without, 1, delta=1e-6)
        self.assertLessEqual(got["loss"]["value"], least * (1 + 1e-9))
        self.assertAlmostEqual(got["loss"]["value"] / least, 1, delta=1e-6)
        if best[0] > without * (1 + 1e-6):
            self.assertEqual(got["generated_tokens"]["value"], 0)
        elif best[0] < without * (1 - 1e-4):
            self.assertAlmostEqual(got["generated_tokens"]["value"] / best[2], 1, delta=0.02)
            self.assertAlmostEqual(got["real_tokens"]["value"], best[1], delta=1)
        spent = 6 * got["params"]["value"] * got["tokens"]["value"]
        spent += task.cost * got["generated_tokens"]["value"]
        if math.isinf(task.most):
            self.assertAlmostEqual(spent / task.budget, 1, places=9)
        else:
            self.assertLessEqual(spent, task.budget * (1 + 1e-9))
            self.assertLessEqual(got["params"]["value"], task.most * (1 + 1e-9))

    def test_the_best_plan_of_tokens_seen_once_is_that_of_a_scan(self):
        for task in ONCE:
            for worth in (0.1, 0.5, 1, 3):
                with self.subTest(budget=task.budget, worth=worth):
                    self.check(task, worth)

    def test_the_best_plan_of_repeated_tokens_is_that_of_a_scan(self):
        for task in AGAIN:
            for worth in (0.1, 0.6, 2):
                with self.subTest(budget=task.budget, worth=worth):
                    self.check(task, worth)

    def test_the_break_even_is_where_a_scan_begins_to_generate(self):
        for task in ONCE + AGAIN[:4]:
            with self.subTest(budget=task.budget, repeats=task.repeats):
                got = task.asked(1)["break_even_worth"]["value"]
                if math.isinf(task.most):
                    self.assertAlmostEqual(got / task.break_even(), 1, delta=0.01)
                else:  # the largest model leaves FLOP over: any worth pays
                    self.assertEqual(got, 0)


if __name__ == "__main__":
    unittest.main()
