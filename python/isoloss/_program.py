"""The program `isoloss` on the path of the environment: the one that came along."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    program = Path(__file__).resolve().parent / "bin" / "isoloss"
    os.execv(program, ["isoloss", *sys.argv[1:]])
