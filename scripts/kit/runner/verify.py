"""Published fits made again on the device; one that is not there is an error, not the CPU's turn."""

import json

from machine import Kit
from record import OK, WRONG, Record

LIMIT = 300


def run(kit: Kit, record: Record) -> None:
    out = record.out
    words = [kit.program("isoloss"), "verify", "--device", kit.device,
             "--json", out / "verify.json", "--junit", out / "verify.xml",
             "--summary", out / "verify.md"]  # fmt: skip
    if kit.published:
        words += ["--dir", kit.published]
    done = record.check("published fits", words, LIMIT, kit.environment(), note=False)
    if not done.passed():
        return
    report = json.loads((out / "verify.json").read_text(encoding="utf-8"))
    wrong = what_is_wrong(report, kit)
    counts = ", ".join(f"{report[f'num_{what}']} {what}" for what in ("agree", "differ", "skipped"))
    record.add("published fits", WRONG if wrong else OK, done.seconds, wrong or counts)


def what_is_wrong(report: dict, kit: Kit) -> str:
    """Of a report whose program found nothing: whether it looked, and where."""
    device = kit.device.split(":")[0]
    elsewhere = [fit["name"] for fit in report["fits"] if fit.get("backend", device) != device]
    if elsewhere:
        return f"{elsewhere[0]} was not searched on {device}"
    if report["num_agree"] == 0:
        return "no fit was made"
    # Of the kit's own fits some need data that do not come along.
    skipped = [fit for fit in report["fits"] if "skipped" in fit]
    if kit.published and skipped:
        return f"{skipped[0]['name']} was skipped: {skipped[0]['skipped']}"
    return ""
