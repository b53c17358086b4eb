"""compute-sanitizer on a law of terms and on a tape, with little memory."""

import re
from collections import Counter

from machine import Kit, tool
from record import NOT_RUN, OK, WRONG, Record

MEMORY = "1G"
LIMIT = 60
JOBS = {
    "a law of terms": ["--bootstrap", "8"],
    "a tape": ["--law", "kaplan", "--bootstrap", "2"],
}
# The last word of each tool; without it the tool looked at nothing.
CLEAN = {
    "memcheck": "ERROR SUMMARY: 0 errors",
    "racecheck": "RACECHECK SUMMARY: 0 hazards displayed (0 errors, 0 warnings)",
    "synccheck": "ERROR SUMMARY: 0 errors",
}
# A report of initcheck about a kernel of ours, on the line of the place or of a frame above it.
# Copies of whole structs also read their padding, and Thrust reads scratch that it sizes generously:
# neither is counted.
REPORT = re.compile(r"^=+ Uninitialized ", re.MULTILINE)
OUR_KERNEL = re.compile(r"^=+\s+(?:at|Device Frame:) ?.*?(?<![<:\w])isoloss::\w+_kernel",
                        re.MULTILINE)  # fmt: skip


def run(kit: Kit, record: Record) -> None:
    sanitizer = tool("compute-sanitizer")
    for job, words in JOBS.items():
        for name in [*CLEAN, "initcheck"]:
            check = f"{name} of {job}"
            if kit.is_rehearsal:
                record.add(check, NOT_RUN, detail="the CPU stands in", counts=False)
            elif not sanitizer:
                record.add(check, NOT_RUN, detail="no compute-sanitizer; it comes with a toolkit, "
                           "or pip install 'nvidia-cuda-sanitizer-api>=13.4'")  # fmt: skip
            else:
                look(kit, record, check, [sanitizer, "--tool", name], words)


def look(kit: Kit, record: Record, check: str, tool_words: list, words: list) -> None:
    name = tool_words[-1]
    # Every report of initcheck, not only the first hundred. Calls that fail are the program's own
    # to report: libraries probe the driver for what it may not have.
    more = ["--print-limit", "100000"] if name == "initcheck" else []
    more += ["--report-api-errors", "no"] if name == "memcheck" else []
    done = record.check(check, [*tool_words, *more, *kit.fit(*words)], LIMIT,
                        kit.environment(ISOLOSS_CUDA_MEMORY=MEMORY), note=False)  # fmt: skip
    keep_lines(record, check, done.output)
    if not done.passed():
        return
    wrong = found(name, done.output)
    record.add(check, WRONG if wrong else OK, done.seconds, wrong)


def found(name: str, output: str) -> str:
    """What a tool found, empty if nothing that counts."""
    last = [line for line in output.splitlines() if "SUMMARY: " in line]
    if not last:
        return "the tool did not say what it found"
    if name != "initcheck":
        return "" if CLEAN[name] in last[-1] else last[-1]
    ours = sum(bool(OUR_KERNEL.search(report)) for report in REPORT.split(output)[1:])
    return f"{ours} reads by our kernels" if ours else ""


def keep_lines(record: Record, check: str, output: str) -> None:
    """Each distinct line that the tool printed, with how often."""
    lines = Counter(line for line in output.splitlines() if line.startswith("========="))
    text = "".join(f"{num:8} {line}\n" for line, num in lines.most_common(60))
    record.append("sanitizer.txt", f"== {check}\n{text}")
