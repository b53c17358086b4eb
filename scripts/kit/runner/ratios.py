"""How much faster the device was than the CPU of the same machine, beside an earlier run.

  ratios.py RESULTS.jsonl [EARLIER.jsonl]      a table in Markdown

Times of two machines cannot be compared; ratios of one run each, with care, can.
"""

import json
import sys
from pathlib import Path


def ratios(path: Path) -> dict:
    """CPU's time over the device's, for each job that both had."""
    seconds: dict = {}
    for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            line = json.loads(text)
        except ValueError:
            continue  # a run that was cut off
        is_job = line.get("kind") == "timing" and line.get("counted", "engines") != "engines"
        if is_job and line.get("seconds"):
            side = "cpu" if line.get("device") == "cpu" else "device"
            job = f"{line['name']}, {line['number']:,} {line['counted']}"
            seconds.setdefault(job, {})[side] = line["seconds"]
    return {job: (t["cpu"], t["device"], t["cpu"] / t["device"])
            for job, t in seconds.items() if len(t) == 2}  # fmt: skip


def table(new: dict, old: dict) -> str:
    lines = ["| job | CPU, s | device, s | ratio | before | change |",
             "| --- | ---: | ---: | ---: | ---: | ---: |"]  # fmt: skip
    for job, (cpu, device, ratio) in new.items():
        before = old[job][2] if job in old else None
        change = f"{100 * (ratio / before - 1):+.0f} %" if before else "-"
        lines.append(f"| {job} | {cpu:.4g} | {device:.4g} | {ratio:.3g} | "
                     f"{f'{before:.3g}' if before else '-'} | {change} |")  # fmt: skip
    return "\n".join(lines)


def main() -> int:
    if len(sys.argv) not in (2, 3):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    old = Path(sys.argv[2]) if len(sys.argv) == 3 else None
    print("## The device beside the CPU\n")
    print(table(ratios(Path(sys.argv[1])), ratios(old) if old else {}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
