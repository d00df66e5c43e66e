"""What is wrong with one source page in one locale: looked for, or known from an earlier run that saw the same."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from netzwerk_i18n.catalog import Message, State, state_of
from netzwerk_i18n.checks import (
    Check,
    Finding,
    Ignore,
    Situation,
    find_problems,
    labels_of,
)
from netzwerk_i18n.checks.files import PAGE_SEVERITIES
from netzwerk_i18n.checks.pages import PAGE_CHECKS, SourceBody
from netzwerk_i18n.checks.silence import ignored_checks
from netzwerk_i18n.checks.warnings.consistency import CONSISTENCY, digests_of
from netzwerk_i18n.config import Locale
from netzwerk_i18n.findings import LocatedFinding, place_of
from netzwerk_i18n.kept import Task
from netzwerk_i18n.localize import (
    LocalizedPage,
    added_keys,
    localize_page,
    localize_task,
    outcome_of,
    page_errors,
)
from netzwerk_i18n.outcomes import Outcome
from netzwerk_i18n.page import Page, Segment
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.store import canonical
from netzwerk_i18n.walk import Visit

if TYPE_CHECKING:
    from netzwerk_i18n.draft.glossary import Glossary

GLOSSARY = "glossary"
"""The name of the check that holds translations against the project's glossary."""

CHECKED = (State.TRANSLATED, State.DRAFT)
"""The states of translations that are looked at."""

KIND = "look"
KIND_WITH_REMARKS = "look and remarks"

_REMARKS = ("source-syntax", "shared-value", "vague-link", "foreign-text", "repeated-anchor")
_MOST_BYTES = 1 << 16
"""More is not kept of one page: it is looked at anew."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run looks for.

    Attributes:
        checks: the checks of single translations.
        others: the names of all other checks.
        everything: whether no check is left out.
        glossary: the project's glossary, if translations are held against it and there is one.
    """

    checks: tuple[Check, ...]
    others: frozenset[str]
    everything: bool
    glossary: "Glossary | None"

    @property
    def deciding(self) -> frozenset[str]:
        """The names of those checks by which translations are not published."""
        return PAGE_CHECKS & self.others | {check.name for check in self.checks}

    def key(self) -> bytes:
        """What stands for it."""
        terms = None if self.glossary is None else canonical(self.glossary.terms)
        names = sorted(self.others.union(check.name for check in self.checks))
        return json.dumps([names, self.everything, terms]).encode()


class Look(NamedTuple):
    """What was found on a page in a locale.

    Attributes:
        messages: how many messages the page has.
        ignored: what of `[[checks.ignore]]` silenced something.
        findings: what is wrong.
        translations: what stands for them, where they are compared with those of other catalogs.
        outcome: what `build` would make of the page, which is looked at as well; None in a look of an earlier run.
    """

    messages: int
    ignored: tuple[Ignore, ...]
    findings: tuple[LocatedFinding, ...]
    translations: bytes
    outcome: Outcome | None = None


def look_task(project: Project, wanted: Wanted, remarks_with: Locale | None) -> Task[Look]:
    """The task of looking at every page in every locale.

    Args:
        project: the project.
        wanted: what is looked for.
        remarks_with: the locale with which what can be said of the source pages themselves is looked for.
    """

    def look(found: Visit) -> Look:
        page = _Look(project, wanted, found)
        localized, findings = page.findings()
        if found.locale == remarks_with:
            findings += remarks(project, wanted, found.source, found.page.as_written(), page.used)
        messages = len({segment.key for segment in found.page.segments})
        translations = b"" if project.one_catalog else page.digests()
        return Look(messages, tuple(page.used), tuple(findings), translations, outcome_of(localized))

    return Task(
        kind=lambda locale: KIND_WITH_REMARKS if locale == remarks_with else KIND,
        make=look,
        encode=_encoded,
        decode=_decoded,
        names_lines=lambda look: any(finding.locale for finding in look.findings),
        depends_on=wanted.key(),
        by_page=True,
        beside=(localize_task(project), lambda look: look.outcome),
        keeps_readings=True,
    )


def _encoded(look: Look) -> bytes | None:
    """A look as bytes; None for one with half a character in it, and for one of more findings than pay."""
    said = [look.messages, look.ignored, [astuple(finding) for finding in look.findings]]
    try:
        head = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    except UnicodeEncodeError:
        return None
    return b"%b\0%b" % (head, look.translations) if len(head) <= _MOST_BYTES else None


def _decoded(data: bytes) -> Look:
    """The inverse of :func:`_encoded`."""
    head, _, translations = data.partition(b"\0")
    messages, ignored, findings = json.loads(head)
    return Look(
        messages,
        tuple(
            Ignore(check, msgid, msgstr, tuple(pages), tuple(locales), reason, line)
            for check, msgid, msgstr, pages, locales, reason, line in ignored
        ),
        tuple(LocatedFinding(*finding) for finding in findings),
        translations,
    )


def remarks(
    project: Project, wanted: Wanted, source: SourcePage, page: Page, used: set[Ignore]
) -> Iterator[LocatedFinding]:
    """What an author could do for the translators of a source page; what silences a remark is added to `used`."""
    if not wanted.others.intersection(_REMARKS):
        return
    from netzwerk_i18n.checks.warnings.source import find_remarks

    rules = project.config.rules_on(source.path)
    for remark in find_remarks(page, project.config.source_locale, project.config.localized):
        severity = rules.severity(remark.check, "", "warning")
        if remark.check not in wanted.others or severity == "off":
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

    def __init__(self, project: Project, wanted: Wanted, found: Visit) -> None:
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

    def findings(self) -> tuple[LocalizedPage, list[LocatedFinding]]:
        """The page that `build` would write, and what is wrong with it and with the translations."""
        findings, verdicts = self._in_translations()
        localized = localize_page(self._project, self._found, verdicts if self._wanted.everything else {})
        findings += self._unwritable(localized, findings)
        findings += self._against_glossary()
        findings += self._on_page(localized)
        return localized, findings

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
        wanted = {
            name
            for name, default in PAGE_SEVERITIES.items()
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
            added=added_keys(config, policy),
            heading_ids=config.heading_ids_on(found.source.path),
        )
        for problem in body.find_problems(localized.data.decode("utf-8"), wanted):
            if not self._is_silenced(problem.check):
                yield self._located("warning", problem.check, f"{localized.target}: {problem.message}")

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
        if message is not None and state_of(message) in CHECKED:
            yield segment, message
