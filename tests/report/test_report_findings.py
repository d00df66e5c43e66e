"""Reports of findings: whatever the data holds, a report stays what it is."""

import io
import json
import re
import unicodedata
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from netzwerk_i18n.findings import CheckReport, LocatedFinding
from netzwerk_i18n.report.findings_github import (
    SHOWN,
    SUMMARY_LIMIT,
    format_annotations,
    format_summary,
)
from netzwerk_i18n.report.findings_json import format_findings_json
from netzwerk_i18n.report.findings_junit import format_findings_junit
from netzwerk_i18n.report.findings_sarif import format_findings_sarif
from netzwerk_i18n.report.findings_terminal import print_findings

NASTY = (
    "\n::error::x",
    "::error::x",
    "%0A::error::x",
    "%25",
    "\x1b[31m",
    "\x1b]8;;https://evil.example\x07",
    "\r",
    "\r\n::add-mask::a",
    "\x85",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\x00",
    "\x9b31m",
    "\x7f",
    "\ud800",
    "\udcff",
    "\ufffe",
    "\U000e0041",
    "<script>alert(1)</script>",
    "]]>",
    "&lt;",
    "<!--",
    "|",
    "\\|",
    "`",
    "\n| a |\n",
    "[a](https://evil.example)",
    "##[error]x",
    "##",
    "[error]x",
    "##vso[task.setvariable variable=a]b",
    "//evil.example/",
    "a:b",
    "?x#y",
    ",title=x",
    " ",
    "ä",
    "字",
    "مرحبا",
    "😀",
)
texts = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=8)), max_size=5).map("".join)


@st.composite
def findings(draw: st.DrawFn) -> LocatedFinding:
    msgstr = draw(texts)
    start = draw(st.none() | st.integers(0, len(msgstr)))
    return LocatedFinding(
        draw(st.sampled_from(("error", "warning"))),
        draw(st.sampled_from(("links", "numbers", "catalog")) | texts),
        draw(texts),
        draw(texts),
        draw(st.integers(1, 10**6)),
        draw(st.integers(1, 10**6)),
        draw(texts),
        draw(texts),
        draw(texts),
        msgstr,
        start,
        None if start is None else draw(st.integers(start, len(msgstr))),
    )


def report_of(found: list[LocatedFinding]) -> CheckReport:
    found.sort(key=lambda finding: (finding.file, finding.line, finding.severity, finding.check))
    return CheckReport(found, messages=len(found), catalogs=1)


reports = st.lists(findings(), max_size=6).map(report_of)


def many(severity: Any, number: int) -> list[LocatedFinding]:
    return [LocatedFinding(severity, "links", "no", "a.po", line) for line in range(1, number + 1)]


def terminal(report: CheckReport, **options: Any) -> str:
    output = io.StringIO()
    print_findings(report, Console(file=output, width=options.pop("width", 80), **options))
    return output.getvalue()


def harmless(text: str) -> bool:
    """Whether a terminal only prints it, and no runner finds a command in it."""
    controls = [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c != "\n"]
    return not controls and not re.search(r"##\w*\[", text)


# GitHub


@given(reports)
def test_every_line_for_github_is_a_command_of_ours_or_a_count(report: CheckReport) -> None:
    text = format_annotations(report)
    assert harmless(text)
    for line in text.splitlines():
        assert re.fullmatch(
            r"::(error|warning) file=[^:,]*,line=\d+,col=\d+,title=[^:,]*::.*|\d+ more (error|warning)s?: see .*",
            line,
        )
        assert not re.search(r"%(?!25|3A|2C)", line)
    assert len(text.splitlines()) == len(report.findings)


@given(reports)
def test_the_summary_is_one_table_with_a_row_for_each_finding(report: CheckReport) -> None:
    text = format_summary(report)
    assert harmless(text)
    head, *rows = text.rstrip("\n").split("\n")
    assert re.fullmatch(r"### Translations: \d+ errors?, \d+ warnings?", head)
    assert len(rows) == (3 + len(report.findings) if report.findings else 0)
    for row in rows[3:]:
        cells = re.split(r"(?<!\\)(?:\\\\)*\|", row)
        assert (len(cells), cells[0], cells[-1]) == (7, "", "")
        for cell in cells[1:-1]:
            plain = cell.replace("\\@<!-- -->", "")
            assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", plain))


@pytest.mark.parametrize(
    ("errors", "warnings", "counts"),
    [
        (10, 10, []),
        (11, 3, ["1 more error: see the summary of this step"]),
        (
            25,
            12,
            ["15 more errors: see the summary of this step", "2 more warnings: see the summary of this step"],
        ),
    ],
)
def test_github_is_shown_ten_of_a_kind_errors_first_and_told_how_many_more(
    errors: int, warnings: int, counts: list[str]
) -> None:
    report = CheckReport(many("warning", warnings) + many("error", errors))
    lines = format_annotations(report).splitlines()
    kinds = [line.split()[0] for line in lines if line.startswith("::")]
    assert kinds == ["::error"] * min(SHOWN, errors) + ["::warning"] * min(SHOWN, warnings)
    assert [line for line in lines if not line.startswith("::")] == counts
    assert format_summary(report).count("\n| error |") == errors
    assert format_summary(report).count("\n| warning |") == warnings


def test_an_annotation_names_its_place_and_its_text() -> None:
    finding = LocatedFinding("error", "links", "100 % wrong", "a,b:c.po", 3, 2, msgid="Zwei\nZeilen")
    assert format_annotations(CheckReport([finding])) == (
        "::error file=a%2Cb%3Ac.po,line=3,col=2,title=links::100 %25 wrong [Zwei↵Zeilen]\n"
    )


def test_a_summary_is_no_longer_than_github_takes() -> None:
    text = format_summary(CheckReport(many("error", 60_000)))
    assert len(text.encode()) < SUMMARY_LIMIT + 1000
    shown = text.count("\n| error |")
    assert f"{60_000 - shown} more are not shown here" in text


# Terminal


@given(reports, st.integers(20, 200))
def test_nothing_in_a_terminal_is_a_control_character_or_a_command(report: CheckReport, width: int) -> None:
    text = terminal(report, width=width)
    assert harmless(text)
    assert not [line for line in text.split("\n") if line.lstrip().startswith("::")]


@given(reports)
def test_colours_are_the_only_escapes_in_a_terminal(report: CheckReport) -> None:
    text = terminal(report, force_terminal=True, color_system="standard", legacy_windows=False)
    assert harmless(re.sub(r"\x1b\[[0-9;]*m", "", text))


def test_a_mark_stands_below_what_is_wrong() -> None:
    finding = LocatedFinding(
        "error", "masks", "it is left over", "fr.po", 7, 11, msgid="a", msgstr="字 [X1X] b", start=2, end=7
    )
    assert terminal(CheckReport([finding], 1, 1)) == (
        "fr.po\n"
        "  7:11: error [masks] it is left over\n"
        "   | 字 [X1X] b\n"
        "   |    ^^^^^\n"
        "check: 1 translation in 1 catalog: 1 error, 0 warnings\n"
    )


# JSON


@given(reports)
def test_json_holds_the_very_data_and_drives_no_terminal(report: CheckReport) -> None:
    text = format_findings_json(report)
    assert harmless(text)
    data = json.loads(text)
    assert data["summary"] == {"errors": report.errors, "warnings": report.warnings}
    for found, finding in zip(data["findings"], report.findings, strict=True):
        assert set(found) == {
            "severity", "check", "locale", "file", "line", "column", "page", "msgid", "message"
        }  # fmt: skip
        for key, value in found.items():
            # Half a pair of surrogates beside its other half is one character to every reader of JSON.
            own = getattr(finding, key)
            assert value == (joined(own) if isinstance(own, str) else own)


def joined(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


# JUnit


@given(reports)
def test_junit_is_xml_whose_counts_are_right(report: CheckReport) -> None:
    text = format_findings_junit(report)
    assert harmless(text)
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert len(root.findall("suite")) == 0
    assert len(root.findall(".//failure")) == report.errors == int(root.attrib["failures"])
    assert len(root.findall(".//system-out")) == report.warnings
    assert len(root.findall(".//testcase")) == int(root.attrib["tests"]) == max(1, len(report.findings))
    for suite in root.iter("testsuite"):
        assert len(suite.findall("testcase")) == int(suite.attrib["tests"])
    assert {e.tag for e in root.iter()} <= {"testsuites", "testsuite", "testcase", "failure", "system-out"}


# SARIF: no maintained package on PyPI ships the schema (sarif-tools, sarif-om and check-jsonschema were looked
# through), so what sections 3.13 to 3.30 of the standard require is written out here.


@given(reports)
def test_sarif_has_what_the_standard_requires(report: CheckReport) -> None:
    text = format_findings_sarif(report)
    assert harmless(text)
    log = json.loads(text)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    assert urlsplit(log["$schema"]).scheme == "https"
    assert set(log) == {"$schema", "version", "runs"}
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "netzwerk-i18n"
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(run["results"]) == len(report.findings)
    for result, finding in zip(run["results"], report.findings, strict=True):
        assert set(result) <= {"ruleId", "ruleIndex", "level", "message", "locations"}
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert set(result["message"]) == {"text"}
        # A bracket without a backslash would begin a link.
        assert not re.search(r"[\[\]]", re.sub(r"\\[\\\[\]]", "", result["message"]["text"]))
        if not finding.file:
            assert "locations" not in result
            continue
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region == {"startLine": finding.line, "startColumn": finding.column}
        assert min(region.values()) >= 1
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?!//)(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)


def test_a_rule_of_sarif_says_what_the_check_looks_for() -> None:
    log = json.loads(format_findings_sarif(CheckReport(many("error", 2))))
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert rule["id"] == "links"
    assert rule["shortDescription"]["text"].startswith("Links and images lead to")
    assert rule["fullDescription"]["text"]


def test_a_uri_of_sarif_is_the_file_s_path() -> None:
    finding = LocatedFinding("error", "links", "no", "a b/ü#1?:x.po")
    log = json.loads(format_findings_sarif(CheckReport([finding])))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    uri = place["artifactLocation"]["uri"]
    assert unquote(uri) == finding.file
    assert urlsplit(uri).path == uri


def test_a_summary_names_nobody_links_nowhere_and_shows_no_picture() -> None:
    hostile = "@org/team ![x](https://evil.example/p.png) <img src=x> https://evil.example www.evil.example | #1 `a`"
    finding = LocatedFinding("error", "links", hostile, f"{hostile}.po", msgid=hostile)
    row = format_summary(CheckReport([finding], 1, 1)).splitlines()[-1]
    assert row.count("@") == row.count("\\@<!-- -->") == 3
    plain = row.replace("<!-- -->", "")
    assert not re.search(r"(?<!\\)[@\[\]()<>!#`:]", plain)
    assert len(re.findall(r"(?<!\\)\|", plain)) == 6
