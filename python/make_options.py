"""Writes python/isoloss/_options.py from the program's table of flags.

    build/test/isoloss --help-json | python3 python/make_options.py > python/isoloss/_options.py

Groups of flags that several commands have are a class of their own, which the commands' extend.
"""

import json
import runpy
import sys
from pathlib import Path

OWN = runpy.run_path(str(Path(__file__).parent / "isoloss" / "_own_flags.py"))["OWN"]
COMMANDS = (
    "fit",
    "predict",
    "optimum",
    "forecast",
    "compare-optima",
    "compare-laws",
    "inspect",
    "influence",
    "backtest",
    "isoflop",
    "coverage",
    "envelope",
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


def keywords(command, flags):
    """The line of each keyword, by its group of flags."""
    out = {}
    for flag in flags:
        if not flag["name"].startswith("--") or flag["name"] in OWN:
            continue
        keyword = flag["name"][2:].replace("-", "_")
        if (command, keyword) == ("fit", "law"):
            continue  # an argument of its own
        line = f"    {'from_' if keyword == 'from' else keyword}: {kind(flag)}"
        out.setdefault(flag["group"], []).append(line)
    return out


def shared_groups(by_command):
    """What all commands that have a group have of it, where several do."""
    out = {}
    for group in dict.fromkeys(g for groups in by_command.values() for g in groups):
        owners = [groups[group] for groups in by_command.values() if group in groups]
        common = [line for line in owners[0] if all(line in lines for lines in owners)]
        if len(owners) > 1 and len(common) > 1:
            out[group] = common
    return out


def class_lines(name, bases, lines):
    heritage = ", ".join([*bases, "total=False"] if bases else ["TypedDict", "total=False"])
    return ["", "", f"class {name}({heritage}):", *(lines or ["    pass"])]


def group_name(group):
    return "_" + group.title().replace(" ", "")


def command_name(command):
    return command.title().replace("-", "") + "Options"


def text_of(commands):
    by_command = {name: keywords(name, commands[name]["flags"]) for name in COMMANDS}
    shared = shared_groups(by_command)
    lines = []
    for group, common in shared.items():
        lines += class_lines(group_name(group), [], common)
    for command, groups in by_command.items():
        bases = [group_name(group) for group in groups if group in shared]
        own = [
            line
            for group, all_lines in groups.items()
            for line in all_lines
            if line not in shared.get(group, [])
        ]
        lines += class_lines(command_name(command), bases, own)
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text_of(json.load(sys.stdin)["commands"]))
