"""Every translation held against its source: findings with their place, for people and for CI."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from netzwerk_i18n.catalog import Message, State, read_catalog, state_of
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
from netzwerk_i18n.checks.catalogs import CATALOG_HEADER, MSGFMT, find_header_problems
from netzwerk_i18n.checks.files import ANCHORS, PAGE_STRUCTURE, UNUSED_IGNORE
from netzwerk_i18n.checks.pages import PAGE_CHECKS, SourceBody
from netzwerk_i18n.checks.silence import ignored_checks
from netzwerk_i18n.checks.warnings.consistency import (
    CONSISTENCY,
    Place,
    Translations,
    digest_of,
    digests_of,
    find_inconsistencies,
)
from netzwerk_i18n.config import USUAL_GLOSSARY, Locale
from netzwerk_i18n.errors import ConfigError, NetzwerkError
from netzwerk_i18n.findings import (
    CheckReport,
    LocatedFinding,
    catalog_finding,
    place_of,
    unreadable_file,
    with_places,
)
from netzwerk_i18n.localize import LocalizedPage, localize_page, page_errors
from netzwerk_i18n.msgfmt import ask_msgfmt
from netzwerk_i18n.page import Page, Segment
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.walk import Visit, visit_readable

if TYPE_CHECKING:
    from netzwerk_i18n.checks.rules import Severity
    from netzwerk_i18n.draft.glossary import Glossary

GLOSSARY = "glossary"
"""The name of the check that holds translations against the project's glossary."""

_CHECKED = (State.TRANSLATED, State.DRAFT)
_REMARKS = ("source-syntax", "vague-link", "foreign-text", "repeated-anchor")


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
    run = _Run(project, only, skip)
    whole = not (locales or pages)
    locales, pages = locales or project.config.locales, pages or project.pages
    for result in visit_readable(project, run.look, locales=locales, pages=pages):
        if isinstance(result, NetzwerkError):
            whole = False
            run.add([unreadable_file(project, result)])
        else:
            run.take(*result)
    run.look_at_sources(pages)
    run.compare_catalogs()
    run.ask_msgfmt()
    if whole:
        run.look_for_unused_ignores()
    return run.report()


@dataclass(frozen=True, slots=True)
class Visited:
    """A page that was looked at in one locale.

    Attributes:
        catalog: the catalog's path.
        locale: the locale's name.
        page: the source page's path.
        messages: how many messages it has.
        ignored: what of `[[checks.ignore]]` silenced something.
        translations: what stands for them, where they are compared with those of other catalogs.
    """

    catalog: str
    locale: str
    page: str
    messages: int
    ignored: frozenset[Ignore]
    translations: bytes


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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a run looks for.

    Attributes:
        checks: the checks of single translations.
        others: the names of all other checks.
        everything: whether no check is left out.
        deciding: the names of those by which translations are not published.
        glossary: the project's glossary, if translations are held against it and there is one.
    """

    checks: tuple[Check, ...]
    others: frozenset[str]
    everything: bool
    deciding: frozenset[str]
    glossary: "Glossary | None"


def _wanted(project: Project, only: Sequence[str], skip: Sequence[str]) -> _Wanted:
    checks = choose_checks(only, skip)
    others = frozenset(name for name in OTHER_CHECKS if (not only or name in only) and name not in skip)
    glossary = _glossary(project) if GLOSSARY in others else None
    deciding = PAGE_CHECKS & others | {check.name for check in checks}
    return _Wanted(checks, others, not only and not skip, deciding, glossary)


class _Run:
    """One run: what it looks for, and what has come together so far."""

    def __init__(self, project: Project, only: Sequence[str], skip: Sequence[str]) -> None:
        self._project = project
        self._wanted = _wanted(project, only, skip)
        self._report = CheckReport()
        self._seen: set[LocatedFinding] = set()
        self._catalogs: dict[str, str] = {}  # the locale of each
        self._pages: dict[str, str] = {}  # one of each catalog
        self._translations: dict[str, Translations] = defaultdict(Translations)
        self._visited: set[str] = set()
        self._used: set[Ignore] = set()
        self._remarked: set[str] = set()

    def look(self, found: Visit) -> tuple[Visited, list[LocatedFinding]]:
        """What is wrong with a page in a locale; called in a worker."""
        look = _Look(self._project, self._wanted, found)
        findings = look.findings()
        source = found.source
        if source.path not in self._remarked:  # the locales of a page follow each other in one worker
            self._remarked.add(source.path)
            findings += self._remarks(source, found.page, look.used)
        messages = len({segment.key for segment in found.page.segments})
        translations = b"" if self._project.one_catalog else look.digests()
        visited = Visited(
            found.path, found.locale.name, source.path, messages, frozenset(look.used), translations
        )
        return visited, findings

    def take(self, visited: Visited, findings: Sequence[LocatedFinding]) -> None:
        """Note what a look has found."""
        self._catalogs[visited.catalog] = visited.locale
        self._visited.add(visited.page)
        if visited.translations:
            self._pages[visited.catalog] = visited.page
            self._translations[visited.locale].add(visited.catalog, visited.translations)
        self._used |= visited.ignored
        self._report.messages += visited.messages
        self.add(findings)

    def add(self, findings: Iterable[LocatedFinding]) -> None:
        """Add those findings that are not there yet."""
        for finding in findings:
            key = replace(finding, page="")  # a text that stands on several pages is one message
            if key not in self._seen:
                self._seen.add(key)
                self._report.findings.append(finding)

    def look_at_sources(self, pages: Sequence[SourcePage]) -> None:
        """Look at those source pages that were not visited because their catalogs cannot be read."""
        for source in pages:
            if source.path in self._visited:
                continue
            try:
                page = Page.parse(self._project.read_page(source), self._project.config.page)
            except NetzwerkError as error:
                self.add([unreadable_file(self._project, error)])
            else:
                self.add(self._remarks(source, page, self._used))

    def compare_catalogs(self) -> None:
        """Look for texts that several catalogs of a language translate in several ways."""
        for locale, translations in self._translations.items():
            places: list[Place] = []
            for path, texts in translations.differing().items():
                try:
                    catalog = read_catalog(self._project.file(path), name=path)
                except NetzwerkError:  # it changed meanwhile
                    continue
                messages = catalog.messages if catalog is not None else ()
                places += (
                    Place(path, message)
                    for message in messages
                    if digest_of(message.key) in texts and state_of(message) in _CHECKED
                )
            for place, text in find_inconsistencies(places):
                self.add(self._inconsistency(locale, place, text))

    def _inconsistency(self, locale: str, place: Place, text: str) -> Iterator[LocatedFinding]:
        page, message = self._pages[place.catalog], place.message
        severity = self._project.config.rules_on(page).severity(CONSISTENCY, locale, "warning")
        if severity == "error" or (
            severity == "warning" and CONSISTENCY not in ignored_checks(message.comments)
        ):
            yield LocatedFinding(
                severity,
                CONSISTENCY,
                text,
                place.catalog,
                max(1, message.line),
                locale=locale,
                page=page,
                msgid=message.msgid,
                msgstr=message.msgstr,
            )

    def ask_msgfmt(self) -> None:
        """Have gettext's compiler look at the catalogs that were read."""
        if MSGFMT in self._wanted.others:
            for path, locale in self._catalogs.items():
                for problem in ask_msgfmt(self._project, path):
                    self.add(catalog_finding(self._project, path, locale, problem))

    def look_for_unused_ignores(self) -> None:
        """Look for what of `[[checks.ignore]]` has silenced nothing; that is known after a run over everything."""
        config = self._project.config
        severity = config.rules.severity(UNUSED_IGNORE, "", "warning")
        if UNUSED_IGNORE not in self._wanted.others or severity == "off":
            return
        ran = self._wanted.others.union(check.name for check in self._wanted.checks)
        self.add(
            LocatedFinding(
                severity,
                UNUSED_IGNORE,
                f"[[checks.ignore]] of {ignore.check} silences nothing any more; remove it",
                config.file,
                max(1, ignore.line),
            )
            for ignore in config.rules.ignores
            if ignore not in self._used and ignore.check in ran
        )

    def report(self) -> CheckReport:
        """All findings in order, each with its place."""
        report = self._report
        report.catalogs = len(self._catalogs)
        report.findings = with_places(self._project, report.findings)
        report.findings.sort(
            key=lambda finding: (finding.file, finding.line, finding.severity, finding.column, finding.check)
        )
        return report

    def _remarks(self, source: SourcePage, page: Page, used: set[Ignore]) -> Iterator[LocatedFinding]:
        """What an author could do for the translators of a source page; what silences a remark is added to `used`."""
        if not self._wanted.others.intersection(_REMARKS):
            return
        from netzwerk_i18n.checks.warnings.source import find_remarks

        rules = self._project.config.rules_on(source.path)
        for remark in find_remarks(page, self._project.config.source_locale):
            severity = rules.severity(remark.check, "", "warning")
            if remark.check not in self._wanted.others or severity == "off":
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
                    place_of(page.text, offset) for offset in (remark.start, remark.end)
                )
                finding = replace(finding, line=line, column=column, end_line=end_line, end_column=end_column)
            yield finding


class _Look:
    """A look at one page in one locale.

    Attributes:
        used: what of `[[checks.ignore]]` silenced something.
    """

    def __init__(self, project: Project, wanted: _Wanted, found: Visit) -> None:
        self._project = project
        self._wanted = wanted
        self._found = found
        self._locale = found.locale.name
        self._rules = project.config.rules_on(found.source.path)
        self._translations = list(_translations(found))
        self.used: set[Ignore] = set()

    def digests(self) -> bytes:
        """What stands for the translations, to be compared with those of other catalogs; empty where nobody asks."""
        severity = self._rules.severity(CONSISTENCY, self._locale, "warning")
        if CONSISTENCY not in self._wanted.others or severity == "off":
            return b""
        return digests_of(message for _, message in self._translations)

    def findings(self) -> list[LocatedFinding]:
        """What is wrong with the translations, with the page that `build` would write, and with the catalog's header."""
        findings, verdicts = self._in_translations()
        localized = localize_page(self._project, self._found, verdicts if self._wanted.everything else {})
        findings += self._unwritable(localized, findings)
        findings += self._against_glossary()
        findings += self._on_page(localized)
        findings += self._in_header()
        return findings

    def _in_translations(self) -> tuple[list[LocatedFinding], dict[Segment, Finding | None]]:
        """What is wrong with single translations.

        The second result is the first error in each translation that was looked at, or None: where all checks are
        there, it is what :func:`~netzwerk_i18n.checks.find_error` finds.
        """
        source_locale, labels = self._project.config.source_locale, labels_of(self._found.page.text)
        plain = self._rules.without_ignores()
        findings: list[LocatedFinding] = []
        verdicts: dict[Segment, Finding | None] = {}
        for segment, message in self._translations:
            situation = Situation(segment, message.msgstr, self._locale, source_locale, plain, labels)
            problems = find_problems(situation, self._wanted.checks)
            verdicts[segment] = None
            if not problems:
                continue
            ignored = ignored_checks(message.comments)
            for finding in problems:
                if self._is_silenced(finding.check, message):
                    continue
                if finding.severity == "error":
                    verdicts[segment] = verdicts[segment] or finding
                elif finding.check in ignored:
                    continue
                severity: Literal["error", "warning"] = "error" if finding.severity == "error" else "warning"
                located = self._located(severity, finding.check, finding.message, message)
                findings.append(replace(located, start=finding.start, end=finding.end))
        return findings, verdicts

    def _unwritable(
        self, localized: LocalizedPage, findings: Sequence[LocatedFinding]
    ) -> Iterator[LocatedFinding]:
        """What `build` would not publish and no check has named: what cannot be written into its place at all."""
        named = {(finding.line, finding.msgid) for finding in findings if finding.severity == "error"}
        for fallback in localized.fallbacks:
            line = max(1, fallback.line)
            if (line, fallback.msgid) not in named and fallback.finding.check in self._wanted.deciding:
                yield LocatedFinding(
                    "error",
                    fallback.finding.check,
                    fallback.finding.message,
                    fallback.file,
                    line,
                    locale=fallback.locale,
                    page=fallback.page,
                    msgid=fallback.msgid,
                )

    def _against_glossary(self) -> Iterator[LocatedFinding]:
        """Where a translation does not keep to the project's glossary."""
        glossary = self._wanted.glossary
        severity = self._rules.severity(GLOSSARY, self._locale, "warning")
        if glossary is None or severity == "off":
            return
        for _, message in self._translations:
            sentences = glossary.check(message.msgid, message.msgstr, self._locale)
            if not sentences or (severity == "warning" and GLOSSARY in ignored_checks(message.comments)):
                continue
            if not self._is_silenced(GLOSSARY, message):
                yield from (self._located(severity, GLOSSARY, sentence, message) for sentence in sentences)

    def _on_page(self, localized: LocalizedPage) -> Iterator[LocatedFinding]:
        """What is wrong with the page that `build` would write.

        What of it is an error `build` has looked for already: the page is written without it.
        """
        config, found = self._project.config, self._found
        defaults: dict[str, Severity] = {PAGE_STRUCTURE: "error", ANCHORS: "warning"}
        wanted = {
            name
            for name, default in defaults.items()
            if name in self._wanted.others and self._rules.severity(name, self._locale, default) != "off"
        }
        wanted -= page_errors(self._rules, self._locale)
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
            if not self._is_silenced(problem.check):
                yield self._located("warning", problem.check, f"{localized.target}: {problem.message}")

    def _in_header(self) -> Iterator[LocatedFinding]:
        """What is wrong with the header of a catalog that holds anything."""
        header = self._found.catalog.header
        if CATALOG_HEADER in self._wanted.others and (header.fields or self._found.catalog.messages):
            for problem in find_header_problems(header.fields, self._locale):
                yield from catalog_finding(self._project, self._found.path, self._locale, problem)

    def _is_silenced(self, check: str, message: Message | None = None) -> bool:
        """Whether the configuration silences a check for a translation, or for the page; which is noted."""
        msgid, msgstr = (None, None) if message is None else (message.msgid, message.msgstr)
        ignore = self._rules.ignore(check, self._locale, msgid, msgstr)
        if ignore is not None:
            self.used.add(ignore)
        return ignore is not None

    def _located(
        self, severity: Literal["error", "warning"], check: str, text: str, message: Message | None = None
    ) -> LocatedFinding:
        """A finding about a translation, or about the page."""
        finding = LocatedFinding(
            severity, check, text, self._found.path, locale=self._locale, page=self._found.source.path
        )
        if message is None:
            return finding
        return replace(finding, line=max(1, message.line), msgid=message.msgid, msgstr=message.msgstr)


def _translations(found: Visit) -> Iterator[tuple[Segment, Message]]:
    """The segments of a page whose translations are looked at."""
    for segment in found.page.segments:
        message = found.catalog.get(segment.key)
        if message is not None and state_of(message) in _CHECKED:
            yield segment, message


def _glossary(project: Project) -> "Glossary | None":
    """The project's glossary, or None without one.

    Raises:
        ConfigError: if it is no glossary.
    """
    if project.config.draft.glossary is None and not project.file(USUAL_GLOSSARY).is_file():
        return None
    from netzwerk_i18n.draft.glossary import read_glossary

    return read_glossary(project)
