"""`forecast --until` beside a Monte Carlo with another generator, that walks through time.

forecast_test.py PROGRAM
"""

import math
import random
import unittest

from program import ALPHA, B, BETA, E, A, answer, loss

SAMPLES = 5000
SIGMAS = 4  # of the Monte Carlo errors of both
OF_RANGE = 1.6448536269514722  # standard deviations from the median to an end of a range
STEP = 0.02  # years
LAST = 40


def sampled(rng, value, low, high):
    deviate = rng.gauss(0, 1)
    end = high if deviate > 0 else low
    return value * (end / value) ** (abs(deviate) / OF_RANGE)


def optimum(flops):
    ratio = (ALPHA * A / (BETA * B)) ** (1 / (ALPHA + BETA))
    N = ratio * (flops / 6) ** (BETA / (ALPHA + BETA))
    return N, flops / 6 / N


def loss_once(flops, stock):
    N, D = optimum(flops)
    return loss(N, D) if D <= stock else loss(flops / 6 / stock, stock)


def happens(path):
    """Years at which each of the four comes to be so; LAST and more: later."""
    marks = [
        lambda flops, worth, stock: flops >= 1e29,
        lambda flops, worth, stock: loss(*optimum(worth)) <= 1.848,
        lambda flops, worth, stock: loss_once(worth, stock) <= 1.848,
        lambda flops, worth, stock: optimum(worth)[1] >= stock,
    ]
    out = []
    for mark in marks:
        low, high = 0, int(LAST / STEP)  # all of them stay so once they are
        while low < high:
            middle = (low + high) // 2
            if mark(*path(middle * STEP)):
                high = middle
            else:
                low = middle + 1
        out.append(low * STEP)
    return out


def path_of(rng, hardware=None):
    """FLOP, what they are worth and the stock over the years; hardware: of the FLOP that the same
    money buys, by which FLOP and their worth grow beside what is spent."""
    flops = sampled(rng, 3.8e25, 3e25, 5e25)
    place = rng.gauss(0, 1)  # one for all years of a growth

    def growth(value, low, high):
        end = high if place > 0 else low
        return value * (end / value) ** (abs(place) / OF_RANGE)

    early, late = growth(4, 3, 5), growth(2, 1.5, 3)
    worth = sampled(rng, 1.5, 1.2, 2)
    stock = sampled(rng, 300e12, 100e12, 1000e12)
    new = sampled(rng, 1.05, 1.01, 1.1)
    bought = sampled(rng, *hardware) if hardware else 1

    def at(years):
        own = flops * early ** min(years, 4) * late ** max(years - 4, 0) * bought**years
        return own, own * worth**years, stock * new**years

    return at


class UntilTest(unittest.TestCase):
    def test_the_years_are_those_of_a_monte_carlo_of_its_own(self):
        self.compare(None, "--efficiency 1.5x/year:1.2x..2x")

    def test_hardware_and_algorithms_apart_are_so_too(self):
        self.compare(
            (1.4, 1.2, 1.5),
            "--hardware 1.4x/year:1.2x..1.5x --algorithms 1.5x/year:1.2x..2x",
        )

    def compare(self, hardware, of_a_flop):
        rng = random.Random(7)
        apart = list(zip(*(happens(path_of(rng, hardware)) for _ in range(SAMPLES))))
        got = answer(
            *"forecast --published besiroglu2024 --samples 5000".split(),
            *"--compute 3.8e25:3e25..5e25".split(),
            *"--from 2024 --years 6 --growth 4x/year:3x..5x,2028=2x/year:1.5x..3x".split(),
            *of_a_flop.split(),
            *"--unique-tokens 300T:100T..1000T --data-growth 1.05x/year:1.01x..1.1x".split(),
            *"--until compute=1e29,loss=1.848,tokens-needed=stock".split(),
        )["until"]
        self.assertEqual([own.get("tokens_seen") for own in got], [None, "as_best", "once", None])
        for own, years in zip(got, apart):
            for at in own["years_at"]:
                share = at["share_of_samples"]
                if at["years"] is None or at["years"] >= LAST - STEP:
                    continue
                self.assert_share(years, at["years"], share, own)
            self.assert_share(years, 6, own["share_of_samples_by_the_end"], own)

    def assert_share(self, years, by, share, own):
        """So many of the samples have it by then, a step early or late."""
        error = SIGMAS * math.sqrt(2 * max(share * (1 - share), 1 / SAMPLES) / SAMPLES)
        early = sum(year <= by - STEP for year in years) / len(years)
        late = sum(year <= by + STEP for year in years) / len(years)
        self.assertLessEqual(early, share + error, own)
        self.assertGreaterEqual(late, share - error, own)


if __name__ == "__main__":
    unittest.main()
