"""Findings for the terminal: grouped by file, each with the passage that it is about."""

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console
from rich.text import Text

from netzwerk_i18n.findings import CheckReport, LocatedFinding
from netzwerk_i18n.report.lines import print_lines
from netzwerk_i18n.report.text import counted, defused, file_name, one_line

_STYLES = {"error": "bold red", "warning": "yellow"}
_BEFORE, _AFTER = 30, 40
_BAR = "   | "


def print_findings(report: CheckReport, console: Console) -> None:
    """Print every finding: file, line, severity, check, what to do, and the passage with a mark below it."""
    print_lines(_lines(report), console)
    console.print(_summary(report))


def _lines(report: CheckReport) -> Iterator[Text]:
    for file, findings in groupby(report.findings, key=lambda finding: finding.file):
        yield Text(file_name(file), style="bold")
        for finding in findings:
            yield _headline(finding)
            yield from _passage(finding)


def _headline(finding: LocatedFinding) -> Text:
    line = Text(f"  {finding.line}:{finding.column}: ")
    line.append(finding.severity, style=_STYLES[finding.severity])
    return line.append(f" [{one_line(finding.check)}] {one_line(finding.message, width=1000)}")


def _passage(finding: LocatedFinding) -> list[Text]:
    if not finding.msgstr:
        return []
    start, end = finding.start, finding.end
    if start is None or end is None:
        return [Text(f"{_BAR}{one_line(finding.msgstr, width=_BEFORE + _AFTER)}", style="dim")]
    before = one_line(finding.msgstr[max(0, start - _BEFORE) : start], width=8 * _BEFORE)
    inside = one_line(finding.msgstr[start : min(end, start + _AFTER)], width=8 * _AFTER)
    after = one_line(finding.msgstr[end : end + _AFTER], width=8 * _AFTER)
    cut = "…" if start > _BEFORE else ""
    indent = Text(cut + before).cell_len
    passage = Text(f"{_BAR}{cut}{before}", style="dim").append(inside, style="not dim bold").append(after)
    if defused(passage.plain) != passage.plain:
        passage = Text(defused(passage.plain), style="dim")
    marks = "^" * max(1, Text(inside).cell_len)
    return [passage, Text(_BAR + " " * indent).append(marks, style=_STYLES[finding.severity])]


def _summary(report: CheckReport) -> Text:
    counts = f"{counted(report.messages, 'translation')} in {counted(report.catalogs, 'catalog')}"
    if not report.findings:
        return Text(f"check: {counts}: nothing found", style="green")
    found = f"{counted(report.errors, 'error')}, {counted(report.warnings, 'warning')}"
    return Text(f"check: {counts}: {found}", style="bold red" if report.errors else "yellow")
