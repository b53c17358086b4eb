"""What was run, how it ended, and the files that tell it."""

import json
import math
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import command
import reports
from command import Done

OK, WRONG, TIMED_OUT, NOT_RUN = "ok", "wrong", "timed out", "not run"
LOG_CHARS = 300_000  # of one command
# What a run leaves in the folder of results; an earlier run's is removed.
FILES = ("summary.txt", "summary.md", "results.jsonl", "junit.xml", "log.txt", "sanitizer.txt",
         "ncu.txt", "ncu_source.csv", "verify.xml", "verify.md", "verify.json")  # fmt: skip


@dataclass
class Finding:
    step: str
    name: str
    state: str
    seconds: float = 0
    detail: str = ""
    counts: bool = True  # whether anything but OK makes the run fail


class Record:
    """about: what this run was of, for the heads of its reports."""

    def __init__(self, out: Path, budget: float, limit: float = math.inf, about: str = ""):
        out.mkdir(parents=True, exist_ok=True)
        self.out = out
        self.about = about
        self.findings: list = []
        self.step = ""
        self._start = time.monotonic()
        self._budget = budget
        self._limit = limit
        for name in FILES:
            (out / name).unlink(missing_ok=True)

    def left(self) -> float:
        return self._budget - (time.monotonic() - self._start)

    # Files.

    def append(self, name: str, text: str) -> None:
        with (self.out / name).open("a", encoding="utf-8", errors="replace") as file:
            file.write(text)

    def say(self, line: str) -> None:
        line = f"{time.monotonic() - self._start:5.0f} s  {line}"
        try:
            print(line, flush=True)
        except BrokenPipeError:  # whoever listened has gone; the files go on
            sys.stdout = None
        self.append("summary.txt", line + "\n")

    def timings(self, output: str) -> list:
        """Keeps the JSON objects that a program printed a line each, and returns them."""
        lines = []
        for text in output.splitlines():
            try:
                line = json.loads(text)
            except ValueError:
                continue
            if isinstance(line, dict):
                lines.append(line)
                self.append("results.jsonl", json.dumps({"kind": "timing", **line}) + "\n")
        return lines

    # Steps.

    def begin(self, step: str) -> None:
        self.step = step
        self.say(f"-- {step}")

    def add(self, name: str, state: str, seconds: float = 0, detail: str = "",
            counts: bool = True) -> None:  # fmt: skip
        finding = Finding(self.step, name, state, round(seconds, 4), detail, counts)
        self.findings.append(finding)
        self.append("results.jsonl", json.dumps({"kind": "finding", **asdict(finding)}) + "\n")
        words = f"{name}: {state}" + (f", {seconds:.2f} s" if seconds else "")
        first = next(iter(detail.splitlines()), "")
        self.say(words + (f"  ({first[:140]})" if first else ""))

    def command(self, name: str, words: list, limit: float, env: dict) -> Done:
        """Runs a command within its limit and what is left of the budget; logs what it printed."""
        limit = min(limit, self._limit, self.left())
        if limit < 1:
            return Done(None, errors="no time left")
        done = command.run(words, limit, env)
        self.append("log.txt", f"== {self.step}, {name}: {[str(word) for word in words]}\n"
                               f"{done.output[:LOG_CHARS]}\n{done.errors[:LOG_CHARS]}\n")  # fmt: skip
        return done

    def check(self, name: str, words: list, limit: float, env: dict, accept: tuple = (0,),
              counts: bool = True, note: bool = True) -> Done:  # fmt: skip
        """A command that must end with an accepted code. note: add a finding if it does."""
        done = self.command(name, words, limit, env)
        if done.code is None and done.errors == "no time left":
            self.add(name, NOT_RUN, detail=done.errors, counts=counts)
        elif done.timed_out:
            self.add(name, TIMED_OUT, done.seconds, counts=counts)
        elif done.code not in accept:
            tail = " | ".join((done.output + done.errors).strip().splitlines()[-4:])
            self.add(name, WRONG, done.seconds, f"exit code {done.code}: {tail}", counts)
        elif note:
            self.add(name, OK, done.seconds, counts=counts)
        return done

    # The end.

    def end(self) -> int:
        """Writes the reports; 0 if all that counts is right, and anything was run."""
        bad = [f for f in self.findings if f.counts and f.state != OK]
        fine = any(f.state == OK for f in self.findings) and not bad
        reports.write_junit(self.out / "junit.xml", self.findings, self.about)
        reports.write_summary(self.out / "summary.md", self.findings, self.about)
        verdict = "all right" if fine else f"{len(bad)} NOT RIGHT: " + ", ".join(
            f"{f.name} ({f.state})" for f in bad)  # fmt: skip
        self.say(f"done, {self.left():.0f} s left; {self.about}; {verdict}")
        return 0 if fine else 1
