"""Every translation held against its source: findings with their place, for people and for CI."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from netzwerk_i18n.catalog import State, state_of
from netzwerk_i18n.checks import Check, Situation, all_checks, find_problems, labels_of
from netzwerk_i18n.config import Locale
from netzwerk_i18n.errors import ConfigError, NetzwerkError
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.walk import Visit, visit_readable

_CHECKED = (State.TRANSLATED, State.DRAFT)


@dataclass(frozen=True, slots=True)
class LocatedFinding:
    """A finding and where it is.

    Attributes:
        severity: "error" (not published) or "warning".
        check: the name of the check.
        message: what is wrong and what to do.
        file: the catalog or the page, relative to the root.
        line: the line in it, counted from 1.
        column: the column in it, counted from 1.
        locale: the locale's name, empty for a source page.
        page: the source page where the translation would stand, or empty.
        msgid: the message, or empty.
        msgstr: its translation, or empty.
        start: where in the translation the problem is, counted in characters, or None.
        end: where it ends.
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


def check(
    project: Project,
    *,
    locales: Sequence[Locale] = (),
    pages: Sequence[SourcePage] = (),
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
) -> CheckReport:
    """Check the translations of `locales` on `pages`; of all where empty. Nothing is written.

    A catalog or a page that cannot be read is a finding of its own; the others are still checked.

    Args:
        project: the project.
        locales: only these.
        pages: only these source pages.
        only: only these checks, by name.
        skip: not these.

    Raises:
        ConfigError: if there is no check of a name.
    """
    locales, pages = locales or project.config.locales, pages or project.pages
    checks = choose_checks(only, skip)
    report = CheckReport()
    seen: set[tuple[str, int, str, str]] = set()
    catalogs: set[str] = set()

    def look(found: Visit) -> tuple[str, int, list[LocatedFinding]]:
        findings = list(_findings(project, found, checks))
        return found.path, len({segment.key for segment in found.page.segments}), findings

    for result in visit_readable(project, look, locales=locales, pages=pages):
        if isinstance(result, NetzwerkError):
            findings = [_unreadable(result)]
        else:
            path, messages, findings = result
            catalogs.add(path)
            report.messages += messages
        for finding in findings:
            key = (finding.file, finding.line, finding.check, finding.message)
            if key not in seen:
                seen.add(key)
                report.findings.append(finding)
    report.catalogs = len(catalogs)
    report.findings.sort(key=lambda finding: (finding.file, finding.line, finding.severity, finding.check))
    return report


def choose_checks(only: Sequence[str], skip: Sequence[str]) -> tuple[Check, ...]:
    """The checks that are wanted.

    Raises:
        ConfigError: if there is no check of a name.
    """
    checks = all_checks()
    names = [check.name for check in checks]
    for name in (*only, *skip):
        if name not in names:
            raise ConfigError(f"there is no check {name!r}", remedy=f"the checks are {', '.join(names)}")
    return tuple(check for check in checks if (not only or check.name in only) and check.name not in skip)


def _findings(project: Project, found: Visit, checks: tuple[Check, ...]) -> Iterator[LocatedFinding]:
    config = project.config
    labels = labels_of(found.page.text)
    for segment in found.page.segments:
        message = found.catalog.get(segment.key)
        if message is None or state_of(message) not in _CHECKED:
            continue
        situation = Situation(
            segment, message.msgstr, found.locale.name, config.source_locale, config.rules, labels
        )
        for finding in find_problems(situation, checks):
            if finding.severity == "off":
                continue
            yield LocatedFinding(
                finding.severity,
                finding.check,
                finding.message,
                found.path,
                max(1, message.line),
                locale=found.locale.name,
                page=found.source.path,
                msgid=message.msgid,
                msgstr=message.msgstr,
                start=finding.start,
                end=finding.end,
            )


def _unreadable(error: NetzwerkError) -> LocatedFinding:
    message = error.message if error.remedy is None else f"{error.message}; {error.remedy}"
    check_name = "catalog" if (error.file or "").endswith((".po", ".pot")) else "page"
    return LocatedFinding("error", check_name, message, error.file or "", error.line or 1)
