"""Findings as JUnit XML, which CI services read: one suite a file, one failed case a finding."""

from itertools import groupby
from xml.etree import ElementTree as ET

from netzwerk_i18n.findings import CheckReport
from netzwerk_i18n.report.text import one_line


def format_findings_junit(report: CheckReport) -> str:
    """Errors are failures; warnings are passed cases with their text as output."""
    root = ET.Element("testsuites", name="netzwerk-i18n", tests=str(max(1, len(report.findings))))
    root.set("failures", str(report.errors))
    for file, group in groupby(report.findings, key=lambda finding: finding.file):
        findings = list(group)
        failures = sum(finding.severity == "error" for finding in findings)
        suite = ET.SubElement(
            root, "testsuite", name=_text(file), tests=str(len(findings)), failures=str(failures)
        )
        for finding in findings:
            name = f"{finding.check}: {finding.msgid}" if finding.msgid else finding.check
            case = ET.SubElement(suite, "testcase", classname=_text(file), name=_text(name))
            text = _text(f"{finding.file}:{finding.line}:{finding.column}: {finding.message}")
            if finding.severity == "error":
                ET.SubElement(
                    case, "failure", message=_text(finding.message), type=_text(finding.check)
                ).text = text
            else:
                ET.SubElement(case, "system-out").text = text
    if not report.findings:
        suite = ET.SubElement(root, "testsuite", name="translations", tests="1", failures="0")
        ET.SubElement(suite, "testcase", classname="translations", name="nothing found")
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _text(text: str) -> str:
    return one_line(text, width=4000)
