"""Writes python/isoloss/_options.py from the program's table of flags.

    build/test/isoloss --help-json | python3 python/make_options.py > python/isoloss/_options.py
"""

import json
import sys

OWN = {"--json", "--draws", "--quiet", "--csv", "--fit", "--list", "--resamples", "--rows", "--shard"}  # as in isoloss/_flags.py
COMMANDS = (
    "fit",
    "predict",
    "optimum",
    "forecast",
    "compare-optima",
    "compare-laws",
    "backtest",
    "isoflop",
    "race",
    "count",
    "verify",
)

HEAD = '''"""The keywords of each command. Made by python/make_options.py; a test compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Union

Value = Union[str, float, None]
Values = Union[Value, Sequence[Any], Mapping[str, Any]]
'''


def kind(flag):
    if flag["type"] is None:
        return "bool"
    return "Values" if flag["many"] or "[," in flag["type"] else "Value"


def described(command, flags):
    name = command.title().replace("-", "") + "Options"
    lines = ["", "", f"class {name}(TypedDict, total=False):"]
    for flag in flags:
        if not flag["name"].startswith("--") or flag["name"] in OWN:
            continue
        keyword = flag["name"][2:].replace("-", "_")
        if (command, keyword) == ("fit", "law"):
            continue  # an argument of its own
        lines.append(f"    {'from_' if keyword == 'from' else keyword}: {kind(flag)}")
    return lines


def text_of(commands):
    lines = []
    for command in COMMANDS:
        lines += described(command, commands[command]["flags"])
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text_of(json.load(sys.stdin)["commands"]))
