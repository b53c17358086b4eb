"""What the scripts share that write tables into the pages of docs/."""

import argparse
import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def row(cells):
    return "| " + " | ".join(cells) + " |"


def write_into(page, script, text):
    """Puts the text between the marks of the script on the page."""
    begin, end = f"<!-- scripts/{script} writes from here -->\n", "<!-- to here -->\n"
    before, rest = page.read_text().split(begin)
    page.write_text(before + begin + text + end + rest.split(end)[1])


def parser_of(**described):
    """Of the flags that each of them has."""
    parser = argparse.ArgumentParser(**described)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--program")
    return parser


def json_of(name, command, **where):
    """The answer of a command, sound or not. SystemExit with what it says where it has none."""
    words = [*(str(word) for word in command), "--json", "-"]
    done = subprocess.run(words, capture_output=True, text=True, **where)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{name}: {done.stderr}")
    return json.loads(done.stdout)
