"""Ten thousand fits from eight threads hold no more memory than the first thousand.

    python python/tests/soak.py

scripts/wheel runs it; exit code 1 if the peak of memory grows.
"""

import resource
import sys
import threading
import warnings

import numpy as np

import isoloss

FITS = 10_000
THREADS = 8
WARM = 1_000  # until every thread has its buffers
ALLOWED_KB = 8_192  # of the allocator, whatever the number of fits; a byte lost a fit is 10 KB


def table():
    rng = np.random.default_rng(1)
    N, D = 10 ** rng.uniform(7, 9, 24), 10 ** rng.uniform(9, 11, 24)
    return {"params": N, "tokens": D, "loss": 1.7 + 400 / N**0.34 + 400 / D**0.28}


def peak_kb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def run(num, runs):
    def work():
        for _ in range(num // THREADS):
            isoloss.fit(runs, bootstrap=0, threads=1)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main():
    warnings.simplefilter("ignore", isoloss.FitWarning)
    runs = table()
    run(WARM, runs)
    before = peak_kb()
    run(FITS, runs)
    grown = peak_kb() - before
    print(f"peak {before} KB after {WARM} fits, {grown} KB more after {FITS} more")
    sys.exit(grown > ALLOWED_KB)


if __name__ == "__main__":
    main()
