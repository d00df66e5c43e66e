"""Findings as JSON, for programs."""

import json

from netzwerk_i18n.check import CheckReport


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
    return json.dumps({"findings": findings, "summary": summary}, ensure_ascii=False, indent=2) + "\n"
