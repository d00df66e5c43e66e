"""Findings as GitHub workflow commands, and the summary of a step as Markdown.

GitHub shows ten errors and ten warnings of a step: errors come first, the rest is counted, and the whole list stands
in the step's summary. Data is escaped as the runner's toolkit does it, so that no text can start a command of its own.
"""

import re

from netzwerk_i18n.check import CheckReport, LocatedFinding
from netzwerk_i18n.report.text import one_line

SHOWN = 10
"""Annotations of one kind that GitHub shows in a step."""


def format_annotations(report: CheckReport) -> str:
    """Workflow commands, one a line, and a count of what is not shown."""
    lines: list[str] = []
    for severity in ("error", "warning"):
        findings = [finding for finding in report.findings if finding.severity == severity]
        lines += [_annotation(finding) for finding in findings[:SHOWN]]
        if len(findings) > SHOWN:
            lines.append(f"{len(findings) - SHOWN} more {severity}s: see the summary of this step")
    return "".join(f"{line}\n" for line in lines)


def format_summary(report: CheckReport) -> str:
    """The whole list as a Markdown table."""
    head = f"### Translations: {report.errors} errors, {report.warnings} warnings\n\n"
    if not report.findings:
        return head
    rows = "".join(
        f"| {finding.severity} | {_cell(f'{finding.file}:{finding.line}')} | {_cell(finding.check)} "
        f"| {_cell(finding.message)} | {_cell(one_line(finding.msgid))} |\n"
        for finding in sorted(report.findings, key=lambda finding: finding.severity)
    )
    return f"{head}| severity | place | check | what | text |\n| --- | --- | --- | --- | --- |\n{rows}"


def _annotation(finding: LocatedFinding) -> str:
    text = f"{finding.message} [{one_line(finding.msgid)}]" if finding.msgid else finding.message
    place = f"file={_property(finding.file)},line={finding.line},col={finding.column},title={_property(finding.check)}"
    return f"::{finding.severity} {place}::{_data(text)}"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return one_line(escaped, width=4000)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    """Text that Markdown leaves alone: everything that could be markup is escaped."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~@:&])", r"\\\1", one_line(text, width=300))
