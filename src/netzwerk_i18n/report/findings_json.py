"""Findings as JSON, for programs."""

from netzwerk_i18n.findings import CheckReport
from netzwerk_i18n.report.text import to_json


def format_findings_json(report: CheckReport) -> str:
    """One JSON object: `findings`, in order of file and line, and a `summary`."""
    findings = [
        {
            "severity": finding.severity,
            "check": finding.check,
            "locale": finding.locale,
            "file": finding.file,
            "line": finding.line,
            "column": finding.column,
            "page": finding.page,
            "msgid": finding.msgid,
            "message": finding.message,
        }
        for finding in report.findings
    ]
    summary = {"errors": report.errors, "warnings": report.warnings}
    return to_json({"findings": findings, "summary": summary})
