"""What was run, how it ended, and the files that tell it."""

import json
import math
import os
import signal
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree

OK, WRONG, TIMED_OUT, NOT_RUN = "ok", "wrong", "timed out", "not run"
LOG_BYTES = 300_000  # of one command
# What a run leaves in the folder of results; an earlier run's is removed.
FILES = ("summary.txt", "summary.md", "results.jsonl", "junit.xml", "log.txt", "sanitizer.txt",
         "ncu.txt", "ncu_source.csv", "verify.xml", "verify.md")  # fmt: skip


@dataclass
class Finding:
    step: str
    name: str
    state: str
    seconds: float = 0
    detail: str = ""
    counts: bool = True  # whether anything but OK makes the run fail


@dataclass
class Done:
    """A command that ended, was ended, or was not run (code None)."""

    code: "int | None"
    output: str = ""
    errors: str = ""
    seconds: float = 0
    timed_out: bool = False


class Record:
    def __init__(self, out: Path, budget: float, limit: float = math.inf):
        out.mkdir(parents=True, exist_ok=True)
        self.out = out
        self.findings: list = []
        self.step = ""
        self._start = time.monotonic()
        self._budget = budget
        self._limit = limit
        for name in FILES:
            (out / name).unlink(missing_ok=True)

    # Time.

    def left(self) -> float:
        return self._budget - (time.monotonic() - self._start)

    # Files.

    def append(self, name: str, text: str) -> None:
        with (self.out / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def say(self, line: str) -> None:
        line = f"{time.monotonic() - self._start:5.0f} s  {line}"
        print(line, flush=True)
        self.append("summary.txt", line + "\n")

    def timings(self, output: str) -> list:
        """Keeps the JSON objects that a program printed a line each, and returns them."""
        whole = [text for text in output.splitlines() if text[:1] == "{" and text[-1:] == "}"]
        lines = [json.loads(text) for text in whole]
        for line in lines:
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
        self.say(words + (f"  ({detail.splitlines()[0][:140]})" if detail else ""))

    def command(self, name: str, words: list, limit: float, env: dict) -> Done:
        """Runs a command within its limit and what is left of the budget; logs what it printed."""
        limit = min(limit, self._limit, self.left())
        if limit < 1:
            return Done(None)
        begin = time.monotonic()
        child = subprocess.Popen([str(word) for word in words], env=env, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 start_new_session=True)  # fmt: skip
        timed_out = False
        try:
            streams = child.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            timed_out = True
            streams = self._end(child)
        except BaseException:
            self._end(child)
            raise
        output, errors = (stream.decode("utf-8", "replace") for stream in streams)
        self.append("log.txt", f"== {self.step}, {name}: {words}\n{output[:LOG_BYTES]}\n"
                               f"{errors[:LOG_BYTES]}\n")  # fmt: skip
        return Done(child.returncode, output, errors, time.monotonic() - begin, timed_out)

    @staticmethod
    def _end(child: subprocess.Popen) -> "tuple[bytes, bytes]":
        """Ends a command with all that it started."""
        os.killpg(child.pid, signal.SIGKILL)
        return child.communicate()

    def check(self, name: str, words: list, limit: float, env: dict, accept: tuple = (0,),
              counts: bool = True, note: bool = True) -> Done:  # fmt: skip
        """A command that must end with an accepted code. note: add a finding if it does."""
        done = self.command(name, words, limit, env)
        if done.code is None:
            self.add(name, NOT_RUN, detail="no time left", counts=counts)
        elif done.timed_out:
            self.add(name, TIMED_OUT, done.seconds, counts=counts)
        elif done.code not in accept:
            tail = " | ".join((done.output + done.errors).strip().splitlines()[-4:])
            self.add(name, WRONG, done.seconds, f"exit code {done.code}: {tail}", counts)
        elif note:
            self.add(name, OK, done.seconds, counts=counts)
        return done

    @staticmethod
    def passed(done: Done, accept: tuple = (0,)) -> bool:
        return not done.timed_out and done.code in accept

    # The end.

    def end(self) -> int:
        bad = [f for f in self.findings if f.counts and f.state != OK]
        self._write_junit()
        self._write_summary(bad)
        verdict = "all right" if not bad else f"{len(bad)} NOT RIGHT: " + ", ".join(
            f"{f.name} ({f.state})" for f in bad)  # fmt: skip
        self.say(f"done, {self.left():.0f} s left; {verdict}")
        return 1 if bad else 0

    def _write_junit(self) -> None:
        suite = ElementTree.Element("testsuite", name="isoloss kit", tests=str(len(self.findings)))
        for finding in self.findings:
            case = ElementTree.SubElement(suite, "testcase", classname=f"kit.{finding.step}",
                                          name=printable(finding.name), time=f"{finding.seconds:.3f}")  # fmt: skip
            if finding.state == OK:
                continue
            kind = "failure" if finding.counts else "skipped"
            text = f"{finding.state}: {finding.detail}"
            ElementTree.SubElement(case, kind, message=printable(text))
        ElementTree.ElementTree(suite).write(self.out / "junit.xml", encoding="utf-8",
                                             xml_declaration=True)  # fmt: skip

    def _write_summary(self, bad: list) -> None:
        lines = [f"## Kit: {len(self.findings) - len(bad)} fine, {len(bad)} not", "",
                 "| step | what | how it ended | seconds | |",
                 "| --- | --- | --- | ---: | --- |"]  # fmt: skip
        for f in self.findings:
            state = f.state if f.state == OK or not f.counts else f"**{f.state}**"
            lines.append(f"| {f.step} | {cell(f.name)} | {state} | {f.seconds:.2f} | "
                         f"{cell(f.detail)[:300]} |")  # fmt: skip
        (self.out / "summary.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def printable(text: str) -> str:
    """Without control characters, which neither XML nor a table takes."""
    return "".join(c if c.isprintable() or c in "\n\t" else "?" for c in text)


def cell(text: str) -> str:
    """As it stands in a table of Markdown."""
    return printable(text).replace("|", "\\|").replace("\n", " ")
