"""Findings as GitHub workflow commands, and the summary of a step as Markdown.

GitHub shows ten errors and ten warnings of a step: errors come first, the rest is counted, and the whole list stands
in the step's summary. Data is escaped as the runner's toolkit does it, so that no text can start a command of its own.
"""

from netzwerk_i18n.findings import CheckReport, LocatedFinding
from netzwerk_i18n.report.text import counted, markdown_cell, one_line

SHOWN = 10
"""Annotations of one kind that GitHub shows in a step."""
SUMMARY_LIMIT = 1_000_000
"""Bytes of a summary; GitHub drops one of more than 1 MiB as a whole."""


def format_annotations(report: CheckReport) -> str:
    """Workflow commands, one a line, and a count of what is not shown."""
    lines: list[str] = []
    for severity in ("error", "warning"):
        findings = [finding for finding in report.findings if finding.severity == severity]
        lines += [_annotation(finding) for finding in findings[:SHOWN]]
        if len(findings) > SHOWN:
            more = len(findings) - SHOWN
            lines.append(f"{counted(more, f'more {severity}')}: see the summary of this step")
    return "".join(f"{line}\n" for line in lines)


def format_summary(report: CheckReport) -> str:
    """The whole list as a Markdown table."""
    head = f"### Translations: {counted(report.errors, 'error')}, {counted(report.warnings, 'warning')}\n\n"
    if not report.findings:
        return head
    findings = sorted(report.findings, key=lambda finding: finding.severity)
    rows: list[str] = []
    size, end = 0, ""
    for finding in findings:
        row = (
            f"| {finding.severity} | {markdown_cell(f'{finding.file}:{finding.line}')} | {markdown_cell(finding.check)} "
            f"| {markdown_cell(finding.message)} | {markdown_cell(one_line(finding.msgid))} |\n"
        )
        size += len(row.encode())
        if size > SUMMARY_LIMIT:
            end = f"\n{len(findings) - len(rows)} more are not shown here: GitHub takes no longer summary\n"
            break
        rows.append(row)
    return f"{head}| severity | place | check | what | text |\n| --- | --- | --- | --- | --- |\n{''.join(rows)}{end}"


def _annotation(finding: LocatedFinding) -> str:
    text = f"{finding.message} [{one_line(finding.msgid)}]" if finding.msgid else finding.message
    place = f"file={_property(finding.file)},line={finding.line},col={finding.column}"
    if finding.end_line == finding.line:  # GitHub takes columns only within one line
        place += f",endLine={finding.end_line},endColumn={finding.end_column}"
    return f"::{finding.severity} {place},title={_property(finding.check)}::{_data(text)}"


def _data(text: str) -> str:
    # On one line first: what is left to escape is what the runner would read as an escape.
    return one_line(text, width=4000).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
