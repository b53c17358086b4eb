"""compute-sanitizer on a law of terms and on a tape, with little memory."""

import re
from collections import Counter

from machine import Kit, has
from record import NOT_RUN, OK, WRONG, Record

FOUND = 9  # exit code of a tool that found something
MEMORY = {"ISOLOSS_CUDA_MEMORY": "1G"}
LIMIT = 60
JOBS = {
    "a law of terms": ["--bootstrap", "8"],
    "a tape": ["--law", "kaplan", "--bootstrap", "2"],
}
# A report of initcheck about a kernel of ours. Copies of whole structs also read their padding, and
# Thrust reads scratch that it sizes generously: neither is counted.
OUR_KERNEL = re.compile(r"^=+\s+at (?:void )?isoloss::", re.MULTILINE)


def run(kit: Kit, record: Record) -> None:
    reason = "" if has("compute-sanitizer") else "compute-sanitizer is not on PATH"
    if kit.is_rehearsal:
        reason = "the CPU stands in for the device"
    env = kit.environment() | MEMORY
    for job, words in JOBS.items():
        for tool in ("memcheck", "racecheck", "synccheck", "initcheck"):
            name = f"{tool} of {job}"
            if reason:
                record.add(name, NOT_RUN, detail=reason, counts=False)
            elif tool == "initcheck":
                check_first_reads(kit, record, env, name, words)
            else:
                command = ["compute-sanitizer", "--tool", tool, "--error-exitcode", str(FOUND)]
                done = record.check(name, [*command, *kit.fit(*words)], LIMIT, env)
                keep_findings(record, name, done.output)


def check_first_reads(kit: Kit, record: Record, env: dict, name: str, words: list) -> None:
    command = ["compute-sanitizer", "--tool", "initcheck", "--print-limit", "100000"]
    done = record.check(name, [*command, *kit.fit(*words)], LIMIT, env, note=False)
    if not record.passed(done):
        return
    ours = len(OUR_KERNEL.findall(done.output))
    record.add(name, WRONG if ours else OK, done.seconds, f"{ours} reads by our kernels" if ours
               else "")  # fmt: skip
    keep_findings(record, name, done.output)


def keep_findings(record: Record, name: str, output: str) -> None:
    """Each distinct line that the tool printed, with how often."""
    lines = Counter(line for line in output.splitlines() if line.startswith("========="))
    text = "".join(f"{num:8} {line}\n" for line, num in lines.most_common(60))
    record.append("sanitizer.txt", f"== {name}\n{text}")
