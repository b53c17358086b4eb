"""Several samples a query beside a search over sizes and samples, with the accuracy inverted and the
break-even demand found by bisection.

thinking_test.py PROGRAM
"""

import math
import unittest

from program import ALPHA, B, BETA, E, A, answer, loss

PROMPT, WRITTEN = 700, 250  # tokens of a query
SAMPLES = (1, 2, 8, 32, 128)


def sigmoid(own):
    return 1 / (1 + math.exp(3 * (own - 2.2)))


def exponential(own):
    return math.exp(-2 * (own - 1.75))


TASKS = {"1/(1+exp(3*(loss-2.2)))": sigmoid, "exp(-2*(loss-1.75))": exponential}


def bisected(function, low, high):
    """Where a function that falls from above zero to below it crosses."""
    for _ in range(200):
        middle = (low + high) / 2
        if function(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def needed(accuracy, target, samples, exponent):
    """The loss at which so many samples reach the target; None below the law's own."""
    found = bisected(lambda own: accuracy(own) ** (samples**-exponent) - target, 1.75, 12)
    return found if found > E else None


def least_cost(reached, served):
    """The least of 6 N D + 2 N served among models of this loss: sizes one by one, ever finer."""
    if reached is None:
        return math.inf, None, None

    def cost(log_N):
        N = math.exp(log_N)
        left = reached - E - A / N**ALPHA
        if left <= 0:
            return math.inf
        return N * (6 * (B / left) ** (1 / BETA) + 2 * served)

    least = math.log(A / (reached - E)) / ALPHA
    low, high = least, least + 12
    for _ in range(12):
        places = [low + (high - low) * i / 60 for i in range(1, 60)]
        best = min(places, key=cost)
        low, high = best - (high - low) / 60, best + (high - low) / 60
    N = math.exp(best)
    return cost(best), N, (B / (reached - E - A / N**ALPHA)) ** (1 / BETA)


def served(queries, samples):
    return queries * (PROMPT + samples * WRITTEN)


def asked(formula, target, exponent, queries, samples=SAMPLES):
    return answer(
        *"optimum --published besiroglu2024".split(),
        *("--accuracy", formula, "--target-accuracy", f"{target}"),
        *("--sample-exponent", f"{exponent}", "--samples-per-query", ",".join(map(str, samples))),
        *("--requests", f"{queries}", "--input-tokens", f"{PROMPT}"),
        *("--output-tokens", f"{WRITTEN}"),
    )


CASES = [
    (formula, target, exponent, queries)
    for formula in TASKS
    for target, exponent in ((0.5, 0.2), (0.7, 0.4), (0.74, 0.6))
    for queries in (1e6, 1e9, 1e12)
]


class ThinkingTest(unittest.TestCase):
    def test_the_cheapest_model_and_samples_are_those_of_a_search(self):
        for formula, target, exponent, queries in CASES:
            apart = {
                samples: least_cost(
                    needed(TASKS[formula], target, samples, exponent), served(queries, samples)
                )
                for samples in SAMPLES
            }
            got = asked(formula, target, exponent, queries)["answers"][0]
            with self.subTest(formula=formula, target=target, queries=queries):
                self.assertEqual(got["samples"], min(SAMPLES, key=lambda own: apart[own][0]))
                self.assertAlmostEqual(
                    got["saving"]["value"],
                    1 - apart[got["samples"]][0] / apart[1][0],
                    delta=1e-8,
                )
                for own in got["models"]:
                    cost, N, D = apart[own["samples"]]
                    self.assertAlmostEqual(own["cost"]["value"] / cost, 1, delta=1e-9)
                    self.assertAlmostEqual(own["params"]["value"] / N, 1, delta=1e-4)
                    self.assertAlmostEqual(own["tokens"]["value"] / D, 1, delta=1e-4)
                    reached = loss(own["params"]["value"], own["tokens"]["value"])
                    alone = TASKS[formula](reached)
                    self.assertAlmostEqual(own["accuracy"]["value"], alone, delta=1e-9)
                    self.assertAlmostEqual(
                        alone ** (own["samples"] ** -exponent), target, delta=1e-9
                    )

    def test_the_break_even_demand_is_that_of_a_bisection(self):
        for formula, target, exponent, _ in CASES[::3]:
            got = asked(formula, target, exponent, 1e9)["break_evens"]
            one = needed(TASKS[formula], target, 1, exponent)
            for own in got:
                samples = own["samples"]
                more = needed(TASKS[formula], target, samples, exponent)

                def gain(log_queries):
                    queries = math.exp(log_queries)
                    single = least_cost(one, served(queries, 1))[0]
                    return single - least_cost(more, served(queries, samples))[0]

                with self.subTest(formula=formula, target=target, samples=samples):
                    if own["pays"] == "always":
                        self.assertGreater(gain(math.log(1e18)), 0)
                        continue
                    self.assertEqual(own["pays"], "below")
                    turn = bisected(gain, 0, math.log(1e18))
                    self.assertAlmostEqual(math.log(own["demand"]), turn, delta=1e-5)

    def test_a_formula_of_the_samples_says_what_the_exponent_does(self):
        formula, target, exponent, queries = CASES[4]
        by_exponent = asked(formula, target, exponent, queries)["answers"][0]
        got = answer(
            *"optimum --published besiroglu2024".split(),
            *("--accuracy", f"({formula})^(samples^-{exponent})", "--target-accuracy", f"{target}"),
            *("--samples-per-query", ",".join(map(str, SAMPLES)), "--requests", f"{queries}"),
            *("--input-tokens", f"{PROMPT}", "--output-tokens", f"{WRITTEN}"),
        )["answers"][0]
        self.assertEqual(got["samples"], by_exponent["samples"])
        self.assertAlmostEqual(got["cost"]["value"] / by_exponent["cost"]["value"], 1, delta=1e-9)

    def test_tokens_of_one_sample_are_written_as_often_as_it_is_sampled(self):
        got = answer(
            *"optimum --published besiroglu2024 --accuracy exp(-2*(loss-1.75))".split(),
            *"--target-accuracy 60% --sample-exponent 0.3 --samples-per-query 1,4".split(),
            *"--inference-tokens 0,1e11,1e13".split(),
        )
        for own in got["answers"]:
            for model in own["models"]:
                self.assertEqual(model["served"], own["asked"] * model["samples"])
                apart = least_cost(
                    needed(exponential, 0.6, model["samples"], 0.3), model["served"]
                )
                self.assertAlmostEqual(model["cost"]["value"] / apart[0], 1, delta=1e-9)


if __name__ == "__main__":
    unittest.main()
