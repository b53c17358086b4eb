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
SUMMARY = "ERROR SUMMARY: "
# A report of initcheck about a kernel of ours. Copies of whole structs also read their padding, and
# Thrust reads scratch that it sizes generously: neither is counted.
OUR_KERNEL = re.compile(r"^=+\s+at .*?(?<![<:\w])isoloss::\w+_kernel", re.MULTILINE)


def run(kit: Kit, record: Record) -> None:
    sanitizer = tool("compute-sanitizer")
    for job, words in JOBS.items():
        for name in [*CLEAN, "initcheck"]:
            check = f"{name} of {job}"
            if kit.is_rehearsal:
                record.add(check, NOT_RUN, detail="the CPU stands in", counts=False)
            elif not sanitizer:
                record.add(check, NOT_RUN, detail="no compute-sanitizer; pip install "
                           "nvidia-cuda-sanitizer-api brings it")  # fmt: skip
            else:
                look(kit, record, check, [sanitizer, "--tool", name], words)


def look(kit: Kit, record: Record, check: str, tool_words: list, words: list) -> None:
    name = tool_words[-1]
    # Every report of initcheck, not only the first hundred.
    more = ["--print-limit", "100000"] if name == "initcheck" else []
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
    ours = len(OUR_KERNEL.findall(output))
    return f"{ours} reads by our kernels" if ours else ""


def keep_lines(record: Record, check: str, output: str) -> None:
    """Each distinct line that the tool printed, with how often."""
    lines = Counter(line for line in output.splitlines() if line.startswith("========="))
    text = "".join(f"{num:8} {line}\n" for line, num in lines.most_common(60))
    record.append("sanitizer.txt", f"== {check}\n{text}")
