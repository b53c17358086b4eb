"""Keywords <-> flags, by the program's own table."""

from __future__ import annotations

import difflib
import functools
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from ._errors import InputError
from ._library import run
from ._own_flags import OWN

_FROM = "from_"  # `from` is a word of the language


@functools.cache
def table() -> dict[str, Any]:
    """The commands with their flags, as isoloss --help-json has them."""
    out: dict[str, Any] = json.loads(run(["--help-json"]).output)["commands"]
    return out


def keyword_of(flag: str) -> str:
    """huber_delta of --huber-delta."""
    name = flag.lstrip("-").replace("-", "_")
    return _FROM if name == "from" else name


@functools.cache
def keywords(command: str) -> dict[str, dict[str, Any]]:
    """The flags of a command by keyword."""
    flags = table()[command]["flags"]
    return {
        keyword_of(flag["name"]): flag
        for flag in flags
        if flag["name"].startswith("--") and flag["name"] not in OWN
    }


def number_of_resamples(asked: Any) -> int:
    """Of a fit: what bootstrap= says, or its default."""
    return int(keywords("fit")["bootstrap"]["default"] if asked is None else asked)


def _plain(value: Any) -> str:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray):
        raise TypeError("an array, where one value is asked for")
    return repr(value) if isinstance(value, float) else str(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping))


def _range(value: tuple[Any, ...]) -> str:
    return ":".join("" if end is None else _plain(end) for end in value)


def _pair(keyword: str, name: str, value: Any) -> str:
    if _is_list(value):
        value = tuple(value)
        text = _range(value) if keyword == "bound" else ",".join(map(_plain, value))
    else:
        text = _plain(value)
    return f"{name}={text}"


def _texts(keyword: str, flag: Mapping[str, Any], value: Any) -> list[str]:
    """What is typed behind the flag, once an element."""
    if isinstance(value, Mapping):
        return [_pair(keyword, str(name), of) for name, of in value.items()]
    if not _is_list(value):
        return [_plain(value)]
    texts = [_plain(one) for one in value]
    return [",".join(texts)] if "[," in flag["type"] else texts


def _words(keyword: str, flag: Mapping[str, Any], value: Any) -> list[str]:
    name = flag["name"]
    if flag["type"] is None:
        if not isinstance(value, (bool, np.bool_)):
            raise TypeError(f"{keyword} is True or False")
        return [name] if value else []
    return [f"{name}={text}" for text in _texts(keyword, flag, value)]


def words(command: str, options: Mapping[str, Any]) -> list[str]:
    """The flags that keywords stand for. TypeError for one that the command does not have."""
    known = keywords(command)
    out: list[str] = []
    for keyword, value in options.items():
        if keyword not in known:
            near = difflib.get_close_matches(keyword, known, n=1, cutoff=0.0)
            hint = f"; did you mean {near[0]}?" if near else f"; {command} has no keywords"
            raise TypeError(f"{command.replace('-', '_')}() has no keyword {keyword}{hint}")
        if value is not None:
            out += _words(keyword, known[keyword], value)
    return out


def _keyword_for(match: re.Match[str]) -> str:
    return keyword_of(match[0])


def in_keywords(text: str) -> str:
    """A message with keywords in place of flags."""
    text = re.sub(r"--[a-z][a-z0-9-]*", _keyword_for, text)
    text = text.replace("isoloss optimum list", "isoloss.published()")
    return re.sub(r"\bisoloss (laws|datasets)\b", r"isoloss.\1()", text)


def in_rows(text: str) -> str:
    """A message with 0-based rows of the data in place of lines: the header is line 1."""
    return re.sub(r"\blines? (\d+)", lambda m: f"row {int(m[1]) - 2}", text)


def input_error(message: str) -> InputError:
    """Of what the program says on its error stream."""
    text = in_keywords(re.sub(r"^isoloss: ", "", message.strip()))
    at = re.match(r"memory:\w+(?::(\d+))?: ?", text)
    if not at:
        return InputError(text)
    row = int(at[1]) - 2 if at[1] and int(at[1]) > 1 else None
    rest = in_rows(text[at.end() :])
    return InputError(rest if row is None else f"row {row}: {rest}", row)
