"""Findings as SARIF 2.1.0 (OASIS standard, 2020), which code scanning services read."""

import re
from typing import Any
from urllib.parse import quote

from netzwerk_i18n import __version__
from netzwerk_i18n.checks import FILE_CHECKS, Check, FileCheck, all_checks
from netzwerk_i18n.findings import CheckReport, LocatedFinding
from netzwerk_i18n.report.text import one_line, to_json

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def format_findings_sarif(report: CheckReport) -> str:
    """One SARIF log with one run; every check that found something is one of its rules."""
    checks: list[Check | FileCheck] = [*all_checks(), *FILE_CHECKS]
    documented = {check.name: check for check in checks}
    names = sorted({finding.check for finding in report.findings})
    rules: list[dict[str, Any]] = []
    for name in names:
        rule: dict[str, Any] = {"id": name}
        if name in documented and documented[name].what:
            rule["shortDescription"] = {"text": documented[name].what}
            rule["fullDescription"] = {"text": documented[name].why or documented[name].what}
        rules.append(rule)
    driver = {"name": "netzwerk-i18n", "version": __version__, "rules": rules}
    results = [_result(finding, names.index(finding.check)) for finding in report.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return to_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(finding: LocatedFinding, rule: int) -> dict[str, Any]:
    text = _plain(finding.message, 4000)
    if finding.msgid:
        text += f" ({_plain(finding.msgid, 60)})"
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": text},
    }
    if finding.file:
        region = {"startLine": max(1, finding.line), "startColumn": max(1, finding.column)}
        if finding.end_line:
            region |= {"endLine": finding.end_line, "endColumn": finding.end_column}
        uri = _uri(finding.file)
        result["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}]
    return result


def _uri(file: str) -> str:
    """The path as a relative reference; a name that is not UTF-8 has the bytes that it has on the disk."""
    try:
        uri = quote(file, errors="surrogateescape")
    except UnicodeEncodeError:
        uri = quote(file, errors="surrogatepass")
    return f"/.{uri}" if uri.startswith("//") else uri  # two slashes would begin the name of a host


def _plain(text: str, width: int) -> str:
    """Text in which brackets begin no link: section 3.11.6 of the standard makes links of `[text](target)`."""
    return re.sub(r"([\\\[\]])", r"\\\1", one_line(text, width=width))
