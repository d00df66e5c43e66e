"""Findings as SARIF 2.1.0 (OASIS standard, 2020), which code scanning services read."""

import json
from typing import Any
from urllib.parse import quote

from netzwerk_i18n import __version__
from netzwerk_i18n.check import CheckReport, LocatedFinding
from netzwerk_i18n.checks import all_checks
from netzwerk_i18n.report.text import one_line

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def format_findings_sarif(report: CheckReport) -> str:
    """One SARIF log with one run; every check that found something is one of its rules."""
    documented = {check.name: check for check in all_checks()}
    names = sorted({finding.check for finding in report.findings})
    rules: list[dict[str, Any]] = []
    for name in names:
        rule: dict[str, Any] = {"id": name}
        if name in documented and documented[name].what:
            rule["shortDescription"] = {"text": documented[name].what}
            rule["fullDescription"] = {"text": documented[name].why or documented[name].what}
        rules.append(rule)
    driver = {"name": "netzwerk-i18n", "semanticVersion": __version__, "rules": rules}
    results = [_result(finding, names.index(finding.check)) for finding in report.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _result(finding: LocatedFinding, rule: int) -> dict[str, Any]:
    text = f"{finding.message} [{one_line(finding.msgid)}]" if finding.msgid else finding.message
    region = {"startLine": finding.line, "startColumn": finding.column}
    location = {"artifactLocation": {"uri": quote(finding.file)}, "region": region}
    return {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }
