"""The messages of a page one by one, in the order of reading: what a person sees who looks a translation through."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from netzwerk_i18n.catalog import Key, Message, State, state_of
from netzwerk_i18n.checks import Check, Finding, Situation, all_checks, find_problems, labels_of
from netzwerk_i18n.checks.silence import ignored_checks
from netzwerk_i18n.config import Locale
from netzwerk_i18n.localize import localize_page
from netzwerk_i18n.page import Segment
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.tally import Tally
from netzwerk_i18n.walk import Visit, visit

T = TypeVar("T")

_CHECKED = (State.TRANSLATED, State.DRAFT)


@dataclass(frozen=True, slots=True)
class Passage:
    """One message where it stands on a page.

    Attributes:
        segment: the source: text, kind, context, comments, and its line on the page.
        state: what becomes of it.
        published: whether a translation of it stands on the localized page.
        msgstr: its translation, fuzzy or not; empty where there is none.
        previous: the source text that the translation was made from, where it is stale.
        comments: what people wrote to it in the catalog.
        line: the line of its msgid in the catalog, 0 where the catalog does not have it yet.
        findings: what the checks say to the translation, silenced warnings left out.
    """

    segment: Segment
    state: State
    published: bool
    msgstr: str = ""
    previous: str | None = None
    comments: tuple[str, ...] = ()
    line: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class PageReview:
    """One source page in one locale.

    Attributes:
        source: the source page's path.
        locale: the locale.
        target: where the localized page stands.
        catalog: the catalog's path.
        tally: the page's figures.
        passages: its messages in the order of reading; a text that stands there twice counts, and comes, once.
    """

    source: str
    locale: Locale
    target: str
    catalog: str
    tally: Tally
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A message that nobody translated yet.

    Attributes:
        locale: the locale's name.
        file: its catalog, or its page where the catalog does not have it yet.
        line: the line in that file, counted from 1.
        page: the first source page on which it stands.
        msgid: the text.
        context: its msgctxt, or None.
    """

    locale: str
    file: str
    line: int
    page: str
    msgid: str
    context: str | None = None

    @property
    def shown(self) -> str:
        """The text with its context, which tells it from others of the same words."""
        return self.msgid if self.context is None else f"{self.msgid} ({self.context})"


def review(
    project: Project,
    handle: Callable[[PageReview], T],
    *,
    locales: Sequence[Locale],
    pages: Sequence[SourcePage],
) -> Generator[T, None, None]:
    """Hand the messages of every page in every locale to `handle`, with all processors.

    Args:
        project: the project.
        handle: called in a worker; only its result comes back.
        locales: the locales.
        pages: the source pages.

    Raises:
        NetzwerkError: if pages or catalogs cannot be read.
    """
    checks = all_checks()

    def look(found: Visit) -> T:
        return handle(review_page(project, found, checks))

    return visit(project, look, locales=locales, pages=pages)


def review_page(project: Project, found: Visit, checks: tuple[Check, ...]) -> PageReview:
    """The messages of one page in one locale."""
    localized = localize_page(project, found)
    labels = labels_of(found.page.text)
    passages = []
    for segment in _unique(found.page.segments):
        message = found.catalog.get(segment.key)
        state = localized.states[segment.key]
        if message is None or message.obsolete:
            passages.append(Passage(segment, state, published=False))
            continue
        findings: tuple[Finding, ...] = ()
        if state_of(message) in _CHECKED:
            situation = Situation(
                segment,
                message.msgstr,
                found.locale.name,
                project.config.source_locale,
                project.config.rules_on(found.source.path),
                labels,
            )
            findings = _audible(message, find_problems(situation, checks))
        passages.append(
            Passage(
                segment,
                state,
                segment.key in localized.published,
                message.msgstr,
                message.previous if state is State.STALE else None,
                message.comments,
                message.line,
                findings,
            )
        )
    # By line: the same text may stand in several contexts.
    rejected = {(fallback.line, fallback.msgid): fallback.finding for fallback in localized.fallbacks}
    passages = [
        _with_reason(passage, rejected.get((passage.line, passage.segment.text))) for passage in passages
    ]
    return PageReview(
        found.source.path, found.locale, localized.target, found.path, localized.tally, tuple(passages)
    )


def find_untranslated(
    project: Project, *, locales: Sequence[Locale] = (), pages: Sequence[SourcePage] = ()
) -> list[Untranslated]:
    """The untranslated messages of `locales` and `pages` (of all where empty), each once for each catalog.

    They come by locale, then in the order of pages and of reading.

    Raises:
        NetzwerkError: if pages or catalogs cannot be read.
    """
    locales, pages = locales or project.config.locales, pages or project.pages

    def look(found: Visit) -> list[tuple[str, Key, Untranslated]]:
        result = []
        for segment in _unique(found.page.segments):
            message = found.catalog.get(segment.key)
            if state_of(message) is not State.UNTRANSLATED:
                continue
            there = message is not None and message.line and not message.obsolete
            file, line = (
                (found.path, message.line) if message and there else (found.source.path, segment.line)
            )
            missing = Untranslated(
                found.locale.name, file, line, found.source.path, segment.text, segment.context
            )
            result.append((found.path, segment.key, missing))
        return result

    # By key: a text that is new on two pages has no line of a catalog yet.
    by_locale: dict[str, dict[tuple[str, Key], Untranslated]] = {locale.name: {} for locale in locales}
    for some in visit(project, look, locales=locales, pages=pages):
        for catalog, key, each in some:
            by_locale[each.locale].setdefault((catalog, key), each)
    return [each for found in by_locale.values() for each in found.values()]


def _unique(segments: Sequence[Segment]) -> list[Segment]:
    first: dict[Key, Segment] = {}
    for segment in segments:
        first.setdefault(segment.key, segment)
    return list(first.values())


def _audible(message: Message, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    ignored = ignored_checks(message.comments)
    return tuple(
        finding
        for finding in findings
        if finding.severity != "off" and not (finding.severity == "warning" and finding.check in ignored)
    )


def _with_reason(passage: Passage, reason: Finding | None) -> Passage:
    """The passage, with the reason why its translation is not published where no check of its own has told it."""
    if reason is None or any(finding.severity == "error" for finding in passage.findings):
        return passage
    return replace(passage, findings=(*passage.findings, reason))
