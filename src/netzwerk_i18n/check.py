"""Every translation held against its source: findings with their place, for people and for CI."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from netzwerk_i18n.catalog import read_catalog, state_of
from netzwerk_i18n.catalog_problems import find_catalog_problems
from netzwerk_i18n.checks import OTHER_CHECKS, Check, Ignore, all_checks
from netzwerk_i18n.checks.catalogs import CATALOG_HEADER, MSGFMT
from netzwerk_i18n.checks.files import UNUSED_IGNORE
from netzwerk_i18n.checks.silence import ignored_checks
from netzwerk_i18n.checks.warnings.consistency import (
    CONSISTENCY,
    Place,
    Translations,
    digest_of,
    find_inconsistencies,
)
from netzwerk_i18n.config import USUAL_GLOSSARY, Locale
from netzwerk_i18n.errors import ConfigError, NetzwerkError
from netzwerk_i18n.findings import CheckReport, LocatedFinding, catalog_finding, unreadable_file, with_places
from netzwerk_i18n.kept import Found, visit_kept
from netzwerk_i18n.look import CHECKED, GLOSSARY, Look, Wanted, look_task, remarks
from netzwerk_i18n.page import Page
from netzwerk_i18n.project import Project, SourcePage

if TYPE_CHECKING:
    from netzwerk_i18n.draft.glossary import Glossary


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
    for result in run.look_at(locales, pages):
        if isinstance(result, NetzwerkError):
            whole = False
            run.add([unreadable_file(project, result)])
        else:
            run.take(result)
    run.look_at_sources(pages)
    run.look_at_catalogs()
    run.compare_catalogs()
    if whole:
        run.look_for_unused_ignores()
    return run.report()


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


def _wanted(project: Project, only: Sequence[str], skip: Sequence[str]) -> Wanted:
    checks = choose_checks(only, skip)
    others = frozenset(name for name in OTHER_CHECKS if (not only or name in only) and name not in skip)
    glossary = _glossary(project) if GLOSSARY in others else None
    return Wanted(checks, others, not only and not skip, glossary)


class _Seen(NamedTuple):
    """What a worker sends back of one page in one locale; with its remarks if they were looked for."""

    catalog: str
    locale: str
    page: str
    look: Look
    remarked: bool


class _Run:
    """One run: what it looks for, and what has come together so far."""

    def __init__(self, project: Project, only: Sequence[str], skip: Sequence[str]) -> None:
        self._project = project
        self._wanted = _wanted(project, only, skip)
        self._report = CheckReport()
        self._seen: set[LocatedFinding] = set()
        self._catalogs: dict[str, tuple[str, str]] = {}  # of each, its locale and one of its pages
        self._translations: dict[str, Translations] = defaultdict(Translations)
        self._used: set[Ignore] = set()
        self._remarked: set[str] = set()

    def look_at(
        self, locales: Sequence[Locale], pages: Sequence[SourcePage]
    ) -> Iterator[_Seen | NetzwerkError]:
        """Look at every page in every locale."""
        remarks_with = locales[0] if locales else None
        task = look_task(self._project, self._wanted, remarks_with)

        def see(found: Found[Look]) -> _Seen:
            remarked = found.locale == remarks_with
            look = found.outcome._replace(outcome=None)
            return _Seen(found.path, found.locale.name, found.source.path, look, remarked)

        return visit_kept(self._project, task, see, locales=locales, pages=pages)

    def take(self, seen: _Seen) -> None:
        """Note what a look has found."""
        self._catalogs[seen.catalog] = (seen.locale, seen.page)
        if seen.remarked:
            self._remarked.add(seen.page)
        if seen.look.translations:
            self._translations[seen.locale].add(seen.catalog, seen.look.translations)
        self._used.update(seen.look.ignored)
        self._report.messages += seen.look.messages
        self.add(seen.look.findings)

    def add(self, findings: Iterable[LocatedFinding]) -> None:
        """Add those findings that are not there yet."""
        for finding in findings:
            key = replace(finding, page="")  # a text that stands on several pages is one message
            if key not in self._seen:
                self._seen.add(key)
                self._report.findings.append(finding)

    def look_at_sources(self, pages: Sequence[SourcePage]) -> None:
        """Look at those source pages that were not looked at with a catalog."""
        for source in pages:
            if source.path in self._remarked:
                continue
            try:
                page = Page.parse(
                    self._project.read_page(source), self._project.config.page_on(source.path, source.folder)
                )
            except NetzwerkError as error:
                self.add([unreadable_file(self._project, error)])
            else:
                self.add(remarks(self._project, self._wanted, source, page.as_written(), self._used))

    def look_at_catalogs(self) -> None:
        """Look at the catalogs that were read, each as a whole."""
        wanted = {CATALOG_HEADER, MSGFMT} & self._wanted.others
        for path, problem in find_catalog_problems(self._project, self._catalogs, wanted):
            self.add(catalog_finding(self._project, path, self._catalogs[path][0], problem))

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
                    if digest_of(message.key) in texts and state_of(message) in CHECKED
                )
            for place, text in find_inconsistencies(places):
                self.add(self._inconsistency(locale, place, text))

    def _inconsistency(self, locale: str, place: Place, text: str) -> Iterator[LocatedFinding]:
        page, message = self._catalogs[place.catalog][1], place.message
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


def _glossary(project: Project) -> "Glossary | None":
    """The project's glossary, or None without one.

    Raises:
        ConfigError: if it is no glossary.
    """
    if project.config.draft.glossary is None and not project.file(USUAL_GLOSSARY).is_file():
        return None
    from netzwerk_i18n.draft.glossary import read_glossary

    return read_glossary(project)
