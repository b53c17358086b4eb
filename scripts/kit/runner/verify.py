"""Published fits made again on the device; one that is not there is an error, not the CPU's turn."""

import re

from machine import Kit
from record import OK, Record


def run(kit: Kit, record: Record) -> None:
    words = [kit.program("isoloss"), "verify", "--device", kit.device,
             "--junit", record.out / "verify.xml", "--summary", record.out / "verify.md"]  # fmt: skip
    if kit.published:
        words += ["--dir", kit.published]
    done = record.check("published fits", words, 300, kit.environment(), note=False)
    if record.passed(done):
        counts = re.findall(r"^\d+ published fits?: .*$", done.output, re.MULTILINE)
        record.add("published fits", OK, done.seconds, "".join(counts))
