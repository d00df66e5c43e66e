"""Catalogs + pages -> figures: how far every language is, page by page."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from netzwerk_i18n.build import Fallback, LocalizedPage, Tally, is_hand_written, localize, read_target
from netzwerk_i18n.catalog import State
from netzwerk_i18n.config import Locale
from netzwerk_i18n.manifest import Manifest
from netzwerk_i18n.page import count_words
from netzwerk_i18n.project import Project, SourcePage

_STATES = tuple(State)


@dataclass(slots=True)
class PageStatus:
    """One page in one locale.

    Attributes:
        tally: its figures.
        published: whether the localized page stands where it should.
        outdated: whether it is not what `build` gives. A page of a person's own where `build` gives none is not.
    """

    tally: Tally
    published: bool
    outdated: bool


@dataclass(slots=True)
class LocaleStatus:
    """One locale: its figures in all, where each message counts once for each catalog, and by source page.

    Attributes:
        total: the figures in all.
        pages: by source path.
        published: how many localized pages there are.
        outdated: how many of them are not what `build` would give.
        fallbacks: translations that failed a check.
    """

    total: Tally = field(default_factory=Tally)
    pages: dict[str, PageStatus] = field(default_factory=dict)
    published: int = 0
    outdated: int = 0
    fallbacks: list[Fallback] = field(default_factory=list)


@dataclass(slots=True)
class Status:
    """The figures of a project, by locale name."""

    source_locale: str
    locales: dict[str, LocaleStatus]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a worker sends back of one page: its figures, and its messages by hash, with what is known of each."""

    source: str
    locale: str
    status: PageStatus
    hashes: "array[int]"
    states: bytes
    published: bytes
    words: "array[int]"
    fallbacks: tuple[Fallback, ...]


def status(project: Project, *, locales: Sequence[Locale] = (), pages: Sequence[SourcePage] = ()) -> Status:
    """The figures of `locales` and `pages`; of all where empty. Nothing is written.

    Raises:
        NetzwerkError: if a page or catalog cannot be read.
    """
    locales, pages = locales or project.config.locales, pages or project.pages

    manifest = Manifest(project)

    def look(page: LocalizedPage) -> _Seen:
        return _look(project, manifest, page)

    result = Status(project.config.source_locale, {locale.name: LocaleStatus() for locale in locales})
    unique: dict[str, dict[int, tuple[int, int, int]]] = {locale.name: {} for locale in locales}
    for seen in localize(project, look, locales=locales, pages=pages):
        own = result.locales[seen.locale]
        own.pages[seen.source] = seen.status
        own.published += seen.status.published
        own.outdated += seen.status.outdated
        own.fallbacks += seen.fallbacks
        if project.one_catalog:
            known = unique[seen.locale]
            for key, state, published, words in zip(
                seen.hashes, seen.states, seen.published, seen.words, strict=True
            ):
                # A message that is broken anywhere is broken (BROKEN is the last state); one that is missing on any
                # page is not published.
                before = known.get(key, (0, 1, 0))
                known[key] = (max(state, before[0]), min(published, before[1]), words)
        else:
            own.total.add(seen.status.tally)
    if project.one_catalog:
        for locale in locales:
            result.locales[locale.name].total = _total(unique[locale.name].values())
    return result


def _look(project: Project, manifest: Manifest, page: LocalizedPage) -> _Seen:
    old = read_target(project, page.target)
    outdated = old != page.data
    if is_hand_written(project, page.target):
        outdated = False
    elif page.data is None and old is not None:
        outdated = manifest.wrote(page.target, old)
    keys = list(page.states) if project.one_catalog else []
    return _Seen(
        page.source,
        page.locale,
        PageStatus(page.tally, published=old is not None, outdated=outdated),
        array("q", [hash(key) for key in keys]),
        bytes(_STATES.index(page.states[key]) for key in keys),
        bytes(key in page.published for key in keys),
        array("q", [count_words(key[1]) for key in keys]),
        page.fallbacks,
    )


def _total(messages: Iterable[tuple[int, int, int]]) -> Tally:
    total = Tally()
    for index, published, words in messages:
        total.messages[_STATES[index]] += 1
        total.words[_STATES[index]] += words
        total.published_words += words * published
    return total
