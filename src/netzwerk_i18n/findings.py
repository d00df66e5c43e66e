"""Findings with their place in a file, and a report of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from netzwerk_i18n.catalog.places import find_place, split_lines
from netzwerk_i18n.checks.catalogs import CatalogProblem
from netzwerk_i18n.errors import NetzwerkError
from netzwerk_i18n.project import Project


@dataclass(frozen=True, slots=True)
class LocatedFinding:
    """A finding and where it is.

    Attributes:
        severity: "error" (not published) or "warning".
        check: the name of the check.
        message: what is wrong and what to do.
        file: the catalog or the page, relative to the root.
        line: the line in it, counted from 1: that of the passage where it is known, else of the message.
        column: the column in it, counted in characters from 1.
        locale: the locale's name, empty for a source page.
        page: the source page where the translation would stand, or empty.
        msgid: the message, or empty.
        msgstr: its translation, or empty.
        start: where in the translation the problem is, counted in characters, or None.
        end: where it ends.
        end_line: the line of the file where the passage ends, or 0 where it is not known.
        end_column: the column behind its last character, or 0.
    """

    severity: Literal["error", "warning"]
    check: str
    message: str
    file: str
    line: int = 1
    column: int = 1
    locale: str = ""
    page: str = ""
    msgid: str = ""
    msgstr: str = ""
    start: int | None = None
    end: int | None = None
    end_line: int = 0
    end_column: int = 0


@dataclass(slots=True)
class CheckReport:
    """All findings, sorted by file and line, and how much was looked at."""

    findings: list[LocatedFinding] = field(default_factory=list)
    messages: int = 0
    catalogs: int = 0

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return len(self.findings) - self.errors

    def seen_from(self, place: str) -> "CheckReport":
        """The same report with the files named from a folder above the root.

        Args:
            place: the way from there to the root, with `/` at its end; empty for the root itself.
        """
        findings = [
            replace(finding, file=f"{place}{finding.file}") if finding.file else finding
            for finding in self.findings
        ]
        return CheckReport(findings, self.messages, self.catalogs)


def unreadable_file(project: Project, error: NetzwerkError) -> LocatedFinding:
    """The finding that a page or a catalog is which cannot be read, or must not be written."""
    message = error.message if error.remedy is None else f"{error.message}; {error.remedy}"
    file = error.file or ""
    if not file.endswith((".po", ".pot")):
        return LocatedFinding("error", "page", message, file, error.line or 1)
    locales = (each.name for each in project.config.locales if file in project.catalog_paths(each))
    return LocatedFinding("error", "catalog", message, file, error.line or 1, locale=next(locales, ""))


def catalog_finding(
    project: Project, path: str, locale: str, problem: CatalogProblem
) -> list[LocatedFinding]:
    """What is wrong with a catalog as a whole; nothing where the configuration does not want to know."""
    severity = project.config.rules.severity(problem.check, locale, problem.severity)
    if severity == "off":
        return []
    return [LocatedFinding(severity, problem.check, problem.message, path, problem.line, locale=locale)]


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character of a page; a byte order mark is no column."""
    begins = text.rfind("\n", 0, offset) + 1
    mark = begins == 0 and text.startswith("\ufeff")
    return text.count("\n", 0, offset) + 1, max(1, offset - begins + 1 - mark)


def with_places(project: Project, findings: Sequence[LocatedFinding]) -> list[LocatedFinding]:
    """The findings, each with the line and the column of its passage in the catalog, where that is known."""
    lines: dict[str, list[str]] = {}
    placed = []
    for finding in findings:
        if finding.start is None or not finding.msgstr:
            placed.append(finding)
            continue
        if finding.file not in lines:
            lines[finding.file] = _lines(project, finding.file)
        first = find_place(lines[finding.file], finding.line, finding.start)
        last = find_place(lines[finding.file], finding.line, max(finding.start, finding.end or 0))
        if first is not None:
            end_line, end_column = last or (0, 0)
            finding = replace(  # noqa: PLW2901 - the same finding, better placed
                finding, line=first[0], column=first[1], end_line=end_line, end_column=end_column
            )
        placed.append(finding)
    return placed


def _lines(project: Project, path: str) -> list[str]:
    try:
        return split_lines(project.file(path).read_bytes().decode("utf-8", "replace"))
    except (NetzwerkError, OSError):
        return []
