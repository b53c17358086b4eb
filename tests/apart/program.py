"""The program's answers, and the law of Besiroglu et al. 2024 (arXiv:2404.10102) by itself."""

import json
import subprocess
import sys

E, A, B, ALPHA, BETA = 1.8172, 482.01, 2085.43, 0.3478, 0.3658


def answer(*flags):
    """JSON of `isoloss FLAGS`; the program is the last argument of the test."""
    command = [PROGRAM, *flags, "--json", "-"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def loss(N, D):
    return E + A / N**ALPHA + B / D**BETA


PROGRAM = sys.argv.pop() if len(sys.argv) > 1 else ""
