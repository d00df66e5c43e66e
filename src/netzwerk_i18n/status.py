"""Catalogs + pages -> figures: how far every language is, page by page."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from netzwerk_i18n.catalog import Key, State
from netzwerk_i18n.config import Locale
from netzwerk_i18n.errors import NetzwerkError, OutputError, as_one
from netzwerk_i18n.extract import Problem
from netzwerk_i18n.localize import Fallback, fallbacks_of, localize
from netzwerk_i18n.manifest import Manifest, digest
from netzwerk_i18n.outcomes import Found
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.tally import Tally

_STATES = tuple(State)


@dataclass(slots=True)
class PageStatus:
    """One page in one locale.

    Attributes:
        counts: its figures, as :attr:`~netzwerk_i18n.tally.Tally.counts` has them: large sites have many pages.
        published: whether the localized page, or what `build` will not replace, stands where it should.
        outdated: whether it is not what `build` gives. A page of a person's own where `build` gives none is not.
    """

    counts: tuple[int, ...]
    published: bool
    outdated: bool

    @property
    def tally(self) -> Tally:
        """Its figures."""
        return Tally.from_counts(self.counts)


@dataclass(slots=True)
class LocaleStatus:
    """One locale: its figures in all, where each message counts once for each catalog, and by source page.

    Attributes:
        total: the figures in all.
        pages: by source path.
        published: how many localized pages there are.
        outdated: how many of them are not what `build` would give.
        fallbacks: translations that failed a check.
        misplaced: what `build` will not replace: a link, a folder, a file that cannot be read.
    """

    total: Tally = field(default_factory=Tally)
    pages: dict[str, PageStatus] = field(default_factory=dict)
    published: int = 0
    outdated: int = 0
    fallbacks: list[Fallback] = field(default_factory=list)
    misplaced: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Status:
    """The figures of a project, by locale name."""

    source_locale: str
    locales: dict[str, LocaleStatus]


class _Seen(NamedTuple):
    """What a worker sends back of one page in one locale; of its messages only where no page before could tell."""

    source: str
    locale: str
    status: PageStatus
    messages: "_Messages | None"
    states: str
    published: str
    fallbacks: tuple[Fallback, ...]
    misplaced: Problem | None
    has_forms: bool


class _Messages(NamedTuple):
    """The messages of a page, each once: what stands for each of them, and its words."""

    hashes: "array[int]"
    words: "array[int]"


def status(project: Project, *, locales: Sequence[Locale] = (), pages: Sequence[SourcePage] = ()) -> Status:
    """The figures of `locales` and `pages`; of all where empty. Nothing is written.

    Raises:
        NetzwerkError: if a page or catalog cannot be read.
    """
    locales, pages = locales or project.config.locales, pages or project.pages
    manifest = Manifest(project)
    told: set[str] = set()

    def look(found: Found) -> _Seen:
        untold = project.one_catalog and (found.source.path not in told or found.has_forms)
        seen = _look(project, manifest, found, _messages(found.keys()) if untold else None)
        told.add(found.source.path)
        return seen

    result = Status(project.config.source_locale, {locale.name: LocaleStatus() for locale in locales})
    unique = _Unique(locales)
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    errors: list[NetzwerkError] = []
    for seen in localize(project, look, locales=locales, pages=pages):
        if isinstance(seen, NetzwerkError):
            errors.append(seen)
            continue
        own = result.locales[seen.locale]
        seen.status.counts = shared.setdefault(seen.status.counts, seen.status.counts)
        own.pages[seen.source] = seen.status
        own.published += seen.status.published
        own.outdated += seen.status.outdated
        own.fallbacks += seen.fallbacks
        if seen.misplaced is not None:
            own.misplaced.append(seen.misplaced)
        if project.one_catalog:
            unique.add(seen)
        else:
            own.total.add(seen.status.tally)
    if errors:
        raise as_one(errors)
    if project.one_catalog:
        for locale in locales:
            result.locales[locale.name].total = unique.total(locale.name)
    return result


class _Unique:
    """The messages of all pages, each once, with the worst that any page says of it in each locale."""

    def __init__(self, locales: Sequence[Locale]) -> None:
        self._numbers: dict[int, int] = {}
        self._words = array("q")
        self._pages: dict[str, array[int]] = {}
        self._forms: dict[str, set[int]] = {locale.name: set() for locale in locales}
        # By the number of a message: its state, and whether it is missing on a page. BROKEN is the last state, and a
        # message that is broken anywhere is broken.
        self._states = {locale.name: bytearray() for locale in locales}
        self._missing = {locale.name: bytearray() for locale in locales}

    def add(self, seen: _Seen) -> None:
        """Count a page in a locale."""
        if seen.messages is not None and (seen.has_forms or seen.source not in self._pages):
            self._pages[seen.source] = array(
                "q", [self._number(*each) for each in zip(*seen.messages, strict=True)]
            )
        if seen.has_forms:
            self._forms[seen.locale].update(self._pages[seen.source])
        states, missing = self._states[seen.locale], self._missing[seen.locale]
        more = len(self._words) - len(states)
        if more:
            states.extend(bytes(more))
            missing.extend(bytes(more))
        for number, state, published in zip(
            self._pages[seen.source], seen.states, seen.published, strict=True
        ):
            if state != "0":
                states[number] = max(states[number], int(state))
            if published == "0":
                missing[number] = 1

    def _number(self, hash_: int, words: int) -> int:
        number = self._numbers.setdefault(hash_, len(self._numbers))
        if number == len(self._words):
            self._words.append(words)
        return number

    def total(self, locale: str) -> Tally:
        """The figures of a locale."""
        total = Tally()
        states, missing = self._states[locale], self._missing[locale]
        elsewhere = frozenset().union(*self._forms.values()) - self._forms[locale]
        for number, (state, is_missing, words) in enumerate(zip(states, missing, self._words, strict=False)):
            if number in elsewhere:
                continue
            total.messages[_STATES[state]] += 1
            total.words[_STATES[state]] += words
            total.published_words += 0 if is_missing else words
        return total


def _messages(keys: Sequence[Key]) -> _Messages:
    from netzwerk_i18n.page import count_words

    return _Messages(
        array("q", [hash(key) for key in keys]), array("q", [count_words(key[1]) for key in keys])
    )


def _look(project: Project, manifest: Manifest, found: Found, messages: _Messages | None) -> _Seen:
    target = project.target_path(found.locale, found.source)
    outcome = found.outcome
    misplaced: Problem | None = None
    if project.config.is_hand_written(target):
        published, outdated = project.file(target).exists(), False
    else:
        try:
            old = project.read_target(target)
        except OutputError as error:
            misplaced = Problem(
                target, None, f"{error.message}; {error.remedy}" if error.remedy else error.message
            )
            published, outdated = (project.config.root / target).is_file(), bool(outcome.digest)
        else:
            present = "" if old is None else digest(old)
            published, outdated = old is not None, present != outcome.digest
            if not outcome.digest and old is not None:
                outdated = manifest.wrote(target, old)
    return _Seen(
        found.source.path,
        found.locale.name,
        PageStatus(outcome.counts, published=published, outdated=outdated),
        messages,
        outcome.states if project.one_catalog else "",
        outcome.published if project.one_catalog else "",
        fallbacks_of(found) if outcome.fallbacks else (),
        misplaced,
        found.has_forms,
    )
