"""Every translation held against its source: findings with their place, for people and for CI."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from netzwerk_i18n.catalog import Message, State, state_of
from netzwerk_i18n.catalog.places import find_place, split_lines
from netzwerk_i18n.checks import (
    OTHER_CHECKS,
    Check,
    Finding,
    Ignore,
    Situation,
    all_checks,
    find_problems,
    labels_of,
)
from netzwerk_i18n.checks.catalogs import (
    CATALOG_HEADER,
    MSGFMT,
    CatalogProblem,
    find_header_problems,
    read_msgfmt,
    read_refusal,
)
from netzwerk_i18n.checks.files import ANCHORS, PAGE_STRUCTURE, UNUSED_IGNORE
from netzwerk_i18n.checks.pages import PAGE_CHECKS, SourceBody
from netzwerk_i18n.checks.silence import ignored_checks
from netzwerk_i18n.config import Locale
from netzwerk_i18n.errors import ConfigError, NetzwerkError
from netzwerk_i18n.localize import LocalizedPage, localize_page, page_errors
from netzwerk_i18n.page import Page, Segment
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.walk import Visit, visit_readable

if TYPE_CHECKING:
    from netzwerk_i18n.checks.rules import Severity
    from netzwerk_i18n.draft.glossary import Glossary

GLOSSARY = "glossary"
"""The name of the check that holds translations against the project's glossary."""

USUAL_GLOSSARY = "glossary.csv"
"""Where the glossary lies unless the configuration says otherwise."""

_CHECKED = (State.TRANSLATED, State.DRAFT)
_REMARKS = ("vague-link", "foreign-text", "repeated-anchor")
_MSGFMT_SECONDS = 60


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


def check(
    project: Project,
    *,
    locales: Sequence[Locale] = (),
    pages: Sequence[SourcePage] = (),
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
) -> CheckReport:
    """Check the translations of `locales` on `pages`; of all where empty. Nothing is written.

    A catalog or a page that cannot be read is a finding of its own; the others are still checked. A warning that a
    translator comment of its message names (`# i18n-ignore: numbers`) is not reported. An error always is: a
    catalog is untrusted input, and only the project's configuration can make an error less than one.

    Args:
        project: the project.
        locales: only these.
        pages: only these source pages.
        only: only these checks, by name.
        skip: not these.

    Raises:
        ConfigError: if there is no check of a name.
    """
    everything = not (locales or pages)
    locales, pages = locales or project.config.locales, pages or project.pages
    checks = choose_checks(only, skip)
    others = frozenset(name for name in OTHER_CHECKS if (not only or name in only) and name not in skip)
    report = CheckReport()
    seen: set[LocatedFinding] = set()
    catalogs: dict[str, str] = {}
    remarked: set[str] = set()
    used: set[Ignore] = set()

    glossary = _glossary(project) if GLOSSARY in others else None
    all_are_wanted = not only and not skip
    deciding = PAGE_CHECKS & others | {check.name for check in checks}

    def look(found: Visit) -> tuple[Visited, list[LocatedFinding]]:
        findings, ignored, verdicts = _findings(project, found, checks)
        localized = localize_page(project, found, verdicts if all_are_wanted else {})
        findings += _unwritable(localized, deciding, findings)
        if glossary is not None:
            findings += _glossary_findings(project, found, glossary, ignored)
        findings += _page_findings(project, found, localized, others, ignored)
        if CATALOG_HEADER in others and (found.catalog.header.fields or found.catalog.messages):
            for problem in find_header_problems(found.catalog.header.fields, found.locale.name):
                findings += _catalog_finding(project, found.path, found.locale.name, problem)
        if found.source.path not in remarked:  # the locales of a page follow each other in one worker
            remarked.add(found.source.path)
            findings += _remarks(project, found.source, found.page, others, ignored)
        return _visited(found, ignored), findings

    def add(findings: Sequence[LocatedFinding]) -> None:
        for finding in findings:
            key = replace(finding, page="")  # a text that stands on several pages is one message
            if key not in seen:
                seen.add(key)
                report.findings.append(finding)

    visited: set[str] = set()
    for result in visit_readable(project, look, locales=locales, pages=pages):
        if isinstance(result, NetzwerkError):
            everything = False
            add([unreadable_file(project, result)])
        else:
            visit, findings = result
            catalogs[visit.catalog] = visit.locale
            visited.add(visit.page)
            report.messages += visit.messages
            used |= visit.ignored
            add(findings)
    for source in pages:  # those whose catalogs cannot be read
        if source.path not in visited:
            add(_remarks_on_file(project, source, others, used))
    if MSGFMT in others:
        for path, locale in catalogs.items():
            for problem in _ask_msgfmt(project, path):
                add(_catalog_finding(project, path, locale, problem))
    if UNUSED_IGNORE in others and everything:
        add(_unused_ignores(project, used, others.union(check.name for check in checks)))
    report.catalogs = len(catalogs)
    report.findings = _with_places(project, report.findings)
    report.findings.sort(
        key=lambda finding: (finding.file, finding.line, finding.severity, finding.column, finding.check)
    )
    return report


@dataclass(frozen=True, slots=True)
class Visited:
    """A page that was looked at in one locale.

    Attributes:
        catalog: the catalog's path.
        locale: the locale's name.
        page: the source page's path.
        messages: how many messages it has.
        ignored: what of `[[checks.ignore]]` silenced something.
    """

    catalog: str
    locale: str
    page: str
    messages: int
    ignored: frozenset[Ignore]


def _visited(found: Visit, ignored: AbstractSet[Ignore]) -> Visited:
    messages = len({segment.key for segment in found.page.segments})
    return Visited(found.path, found.locale.name, found.source.path, messages, frozenset(ignored))


def choose_checks(only: Sequence[str], skip: Sequence[str]) -> tuple[Check, ...]:
    """The checks of single translations that are wanted.

    Raises:
        ConfigError: if there is no check of a name.
    """
    checks = all_checks()
    names = [*(check.name for check in checks), *OTHER_CHECKS]
    for name in (*only, *skip):
        if name not in names:
            raise ConfigError(f"there is no check {name!r}", remedy=f"the checks are {', '.join(names)}")
    return tuple(check for check in checks if (not only or check.name in only) and check.name not in skip)


def _findings(
    project: Project, found: Visit, checks: tuple[Check, ...]
) -> tuple[list[LocatedFinding], set[Ignore], dict[Segment, Finding | None]]:
    """What is wrong with the translations of a page, and what of the configuration silenced the rest.

    The last of the results is the first error in each translation that was looked at, or None: where all checks are
    there, it is what :func:`~netzwerk_i18n.checks.find_error` finds.
    """
    config = project.config
    rules, labels = config.rules_on(found.source.path), labels_of(found.page.text)
    plain = rules.without_ignores()
    findings: list[LocatedFinding] = []
    used: set[Ignore] = set()
    verdicts: dict[Segment, Finding | None] = {}
    for segment in found.page.segments:
        message = found.catalog.get(segment.key)
        if message is None or state_of(message) not in _CHECKED:
            continue
        situation = Situation(segment, message.msgstr, found.locale.name, config.source_locale, plain, labels)
        problems = find_problems(situation, checks)
        verdicts[segment] = None
        if not problems:
            continue
        ignored = ignored_checks(message.comments)
        for finding in problems:
            silenced = rules.ignore(finding.check, found.locale.name, message.msgid, message.msgstr)
            if silenced is not None:
                used.add(silenced)
            elif finding.severity == "error" or finding.check not in ignored:
                findings.append(_located(found, message, finding))
                if finding.severity == "error" and verdicts[segment] is None:
                    verdicts[segment] = finding
    return findings, used, verdicts


def _located(found: Visit, message: Message, finding: Finding) -> LocatedFinding:
    return LocatedFinding(
        "error" if finding.severity == "error" else "warning",
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


def _unwritable(
    localized: LocalizedPage, wanted: AbstractSet[str], findings: Sequence[LocatedFinding]
) -> Iterator[LocatedFinding]:
    """What `build` would not publish and no check has named: what cannot be written into its place at all."""
    named = {(finding.line, finding.msgid) for finding in findings if finding.severity == "error"}
    for fallback in localized.fallbacks:
        if (max(1, fallback.line), fallback.msgid) not in named and fallback.finding.check in wanted:
            yield LocatedFinding(
                "error",
                fallback.finding.check,
                fallback.finding.message,
                fallback.file,
                max(1, fallback.line),
                locale=fallback.locale,
                page=fallback.page,
                msgid=fallback.msgid,
            )


def _glossary(project: Project) -> "Glossary | None":
    """The project's glossary, or None without one.

    Raises:
        ConfigError: if it is no glossary.
    """
    if project.config.draft.glossary is None and not project.file(USUAL_GLOSSARY).is_file():
        return None
    from netzwerk_i18n.draft.translate import read_glossary

    return read_glossary(project)


def _glossary_findings(
    project: Project, found: Visit, glossary: "Glossary", used: set[Ignore]
) -> Iterator[LocatedFinding]:
    """Where a translation does not keep to the project's glossary; what silences a finding is added to `used`."""
    locale = found.locale.name
    rules = project.config.rules_on(found.source.path)
    severity = rules.severity(GLOSSARY, locale, "warning")
    if severity == "off":
        return
    for segment in found.page.segments:
        message = found.catalog.get(segment.key)
        if message is None or state_of(message) not in _CHECKED:
            continue
        sentences = glossary.check(message.msgid, message.msgstr, locale)
        if not sentences or (severity == "warning" and GLOSSARY in ignored_checks(message.comments)):
            continue
        silenced = rules.ignore(GLOSSARY, locale, message.msgid, message.msgstr)
        if silenced is not None:
            used.add(silenced)
            continue
        for sentence in sentences:
            yield LocatedFinding(
                severity,
                GLOSSARY,
                sentence,
                found.path,
                max(1, message.line),
                locale=locale,
                page=found.source.path,
                msgid=message.msgid,
                msgstr=message.msgstr,
            )


def _page_findings(
    project: Project, found: Visit, localized: LocalizedPage, others: frozenset[str], used: set[Ignore]
) -> Iterator[LocatedFinding]:
    """What is wrong with the page that `build` would write; what silences a finding is added to `used`.

    What of it is an error `build` has looked for already: the page is written without it.
    """
    config = project.config
    rules = config.rules_on(found.source.path)
    defaults: dict[str, Severity] = {PAGE_STRUCTURE: "error", ANCHORS: "warning"}
    severities = {
        name: rules.severity(name, found.locale.name, default)
        for name, default in defaults.items()
        if name in others
    }
    wanted = {name for name, severity in severities.items() if severity != "off"}
    wanted -= page_errors(rules, found.locale.name)
    if localized.data is None or not wanted:
        return
    policy = config.policy(found.locale, found.source.path)
    body = SourceBody(
        localized.base,
        config.page,
        whole=found.page,
        notice=config.draft.notice if policy.publish == "drafts" else None,
    )
    for problem in body.find_problems(localized.data.decode("utf-8"), wanted):
        silenced = rules.ignore(problem.check, found.locale.name, None, None)
        if silenced is not None:
            used.add(silenced)
            continue
        yield LocatedFinding(
            "warning",
            problem.check,
            f"{localized.target}: {problem.message}",
            found.path,
            locale=found.locale.name,
            page=found.source.path,
        )


def _catalog_finding(
    project: Project, path: str, locale: str, problem: CatalogProblem
) -> list[LocatedFinding]:
    severity = project.config.rules.severity(problem.check, locale, problem.severity)
    if severity == "off":
        return []
    return [LocatedFinding(severity, problem.check, problem.message, path, problem.line, locale=locale)]


def _ask_msgfmt(project: Project, path: str) -> list[CatalogProblem]:
    """What gettext's compiler says about a catalog; nothing where it is not installed."""
    program = shutil.which("msgfmt")
    if program is None:
        return []
    try:
        file = project.file(path)
        if not file.is_file():
            return []
    except (NetzwerkError, OSError):
        return []
    name = os.path.abspath(file)  # noqa: PTH100 - links stay as they are
    environment = {key: value for key, value in os.environ.items() if key != "LANGUAGE"} | {"LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments, and an absolute path
            [program, "--check", f"--output-file={os.devnull}", name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            timeout=_MSGFMT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [CatalogProblem(MSGFMT, f"msgfmt did not end within {_MSGFMT_SECONDS} seconds")]
    except OSError as error:
        return [CatalogProblem(MSGFMT, f"msgfmt cannot be run: {error.strerror}")]
    said = done.stderr.decode("utf-8", "replace")
    problems = read_msgfmt(said, name)
    if done.returncode and not any(problem.severity == "error" for problem in problems):
        problems.append(read_refusal(said, name, done.returncode))
    return problems


def _remarks(
    project: Project, source: SourcePage, page: Page, others: frozenset[str], used: set[Ignore]
) -> Iterator[LocatedFinding]:
    """What an author could do for the translators of a source page; what silences a remark is added to `used`."""
    if not others.intersection(_REMARKS):
        return
    from netzwerk_i18n.checks.warnings.source import find_remarks

    rules = project.config.rules_on(source.path)
    for remark in find_remarks(page, project.config.source_locale):
        severity = rules.severity(remark.check, "", "warning")
        if remark.check not in others or severity == "off":
            continue
        silenced = rules.ignore(remark.check, "", None, None)
        if silenced is not None:
            used.add(silenced)
            continue
        finding = LocatedFinding(
            severity, remark.check, remark.message, source.path, max(1, remark.line), page=source.path
        )
        if remark.start is not None and remark.end is not None:
            (line, column), (end_line, end_column) = (
                _place(page.text, offset) for offset in (remark.start, remark.end)
            )
            finding = replace(finding, line=line, column=column, end_line=end_line, end_column=end_column)
        yield finding


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character of a page; a byte order mark is no column."""
    begins = text.rfind("\n", 0, offset) + 1
    mark = begins == 0 and text.startswith("\ufeff")
    return text.count("\n", 0, offset) + 1, max(1, offset - begins + 1 - mark)


def _remarks_on_file(
    project: Project, source: SourcePage, others: frozenset[str], used: set[Ignore]
) -> list[LocatedFinding]:
    try:
        page = Page.parse(project.read_page(source), project.config.page)
    except NetzwerkError as error:
        return [unreadable_file(project, error)]
    return list(_remarks(project, source, page, others, used))


def _unused_ignores(
    project: Project, used: AbstractSet[Ignore], ran: AbstractSet[str]
) -> list[LocatedFinding]:
    config = project.config
    severity = config.rules.severity(UNUSED_IGNORE, "", "warning")
    if severity == "off":
        return []
    return [
        LocatedFinding(
            severity,
            UNUSED_IGNORE,
            f"[[checks.ignore]] of {ignore.check} silences nothing any more; remove it",
            config.file,
            max(1, ignore.line),
        )
        for ignore in config.rules.ignores
        if ignore not in used and ignore.check in ran
    ]


def _with_places(project: Project, findings: Sequence[LocatedFinding]) -> list[LocatedFinding]:
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


def unreadable_file(project: Project, error: NetzwerkError) -> LocatedFinding:
    """The finding that a page or a catalog is which cannot be read, or must not be written."""
    message = error.message if error.remedy is None else f"{error.message}; {error.remedy}"
    file = error.file or ""
    if not file.endswith((".po", ".pot")):
        return LocatedFinding("error", "page", message, file, error.line or 1)
    locales = (each.name for each in project.config.locales if file in project.catalog_paths(each))
    return LocatedFinding("error", "catalog", message, file, error.line or 1, locale=next(locales, ""))
