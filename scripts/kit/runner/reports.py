"""Findings as JUnit XML and as a table in Markdown."""

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

MOST_DETAIL = 300  # characters in a cell


def write_junit(path: Path, findings: list, about: str) -> None:
    suite = ElementTree.Element("testsuite", name=printable(f"isoloss kit: {about}"),
                                tests=str(len(findings)))  # fmt: skip
    for finding in findings:
        case = ElementTree.SubElement(suite, "testcase", classname=f"kit.{finding.step}",
                                      name=printable(finding.name),
                                      time=f"{finding.seconds:.3f}")  # fmt: skip
        if finding.state != "ok":
            kind = "failure" if finding.counts else "skipped"
            text = printable(f"{finding.state}: {finding.detail}")
            ElementTree.SubElement(case, kind, message=text)
    ElementTree.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)


def write_summary(path: Path, findings: list, about: str) -> None:
    states = Counter(finding.state for finding in findings)
    counts = ", ".join(f"{number} {state}" for state, number in states.items()) or "nothing run"
    lines = [f"## {cell(about)}: {counts}", "", "| step | what | how it ended | seconds | |",
             "| --- | --- | --- | ---: | --- |"]  # fmt: skip
    for f in findings:
        state = f.state if f.state == "ok" or not f.counts else f"**{f.state}**"
        lines.append(f"| {f.step} | {cell(f.name)} | {state} | {f.seconds:.2f} | "
                     f"{cell(f.detail[:MOST_DETAIL])} |")  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", errors="replace")


def printable(text: str) -> str:
    """Without control characters and others that XML does not take."""
    return "".join(c if c.isprintable() or c in "\n\t" else "?" for c in text)


def cell(text: str) -> str:
    """As it stands in a table of Markdown: no markup, one line."""
    return re.sub(r"([\\`*_\[\]<>&|#])", r"\\\1", " ".join(printable(text).split()))
