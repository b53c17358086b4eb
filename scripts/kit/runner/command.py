"""One command with a time limit, ended with all that it started."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from dataclasses import dataclass

PR_SET_PDEATHSIG = 1
GRACE = 5  # seconds for pipes to close after a kill


@dataclass
class Done:
    """A command that ended, was ended, or could not be run (code None, the reason in errors)."""

    code: "int | None"
    output: str = ""
    errors: str = ""
    seconds: float = 0
    timed_out: bool = False

    def passed(self, accept: tuple = (0,)) -> bool:
        return not self.timed_out and self.code in accept


def run(words: list, limit: float, env: dict) -> Done:
    begin = time.monotonic()
    try:
        child = subprocess.Popen([str(word) for word in words], env=env, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 start_new_session=True, preexec_fn=_die_with_parent)  # fmt: skip
    except OSError as error:
        return Done(None, errors=str(error))
    timed_out = False
    try:
        streams = child.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        timed_out = True
        streams = _end(child)
    except BaseException:
        _end(child)
        raise
    output, errors = (stream.decode("utf-8", "replace") for stream in streams)
    return Done(child.returncode, output, errors, time.monotonic() - begin, timed_out)


def _die_with_parent() -> None:
    """So that nothing goes on where the runner itself is killed (Linux, prctl(2))."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _end(child: subprocess.Popen) -> "tuple[bytes, bytes]":
    """Kills the command's group; what left the group may hold the pipes open, but not the clock."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    try:
        return child.communicate(timeout=GRACE)
    except subprocess.TimeoutExpired as late:
        return late.output or b"", late.stderr or b""
