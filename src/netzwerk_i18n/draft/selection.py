"""Which messages may be given a draft, and where on the pages each of them stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from netzwerk_i18n.catalog import Catalog, Key, Message, read_catalog
from netzwerk_i18n.checks import labels_of
from netzwerk_i18n.config import Locale
from netzwerk_i18n.draft.marks import may_draft
from netzwerk_i18n.errors import CatalogError, NetzwerkError, NetzwerkErrors
from netzwerk_i18n.page import Page, Segment
from netzwerk_i18n.parallel import map_chunks
from netzwerk_i18n.project import Project, SourcePage, estimate_size


@dataclass(frozen=True, slots=True)
class Place:
    """A segment with that text on a page; the labels that the page defines for links; the page's path."""

    segment: Segment
    labels: frozenset[str]
    page: str


@dataclass(frozen=True, slots=True)
class Task:
    """A message of one catalog that wants a draft.

    Attributes:
        locale: the locale's name.
        catalog: the catalog's path from the root.
        key: its context and msgid.
        places: where its text stands, one for each form that it has there.
        line: its line in the catalog.
        was: its msgstr now, so that nobody's work of the meantime is lost.
    """

    locale: str
    catalog: str
    key: Key
    places: tuple[Place, ...]
    line: int = 0
    was: str = ""

    @property
    def text(self) -> str:
        """The msgid."""
        return self.key[1]


@dataclass(slots=True)
class Selection:
    """What a run works on.

    Attributes:
        tasks: the messages that want a draft, by locale and in reading order.
        memory: what each locale's catalogs hold, by the locale's name.
        missing: how many texts are in no catalog yet.
        beyond: how many messages the limit leaves for another run.
    """

    tasks: list[Task] = field(default_factory=list)
    memory: dict[str, list[Message]] = field(default_factory=dict)
    missing: int = 0
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class _Read:
    path: str
    segments: tuple[Segment, ...]
    by_locale: Mapping[str, tuple[Segment, ...]]  # where languages differ in plural forms
    labels: frozenset[str]


def select(
    project: Project,
    *,
    locales: Sequence[Locale],
    pages: Sequence[SourcePage],
    stale: bool,
    limit: int | None,
) -> Selection:
    """The messages of `locales` on `pages` that may be given a draft.

    Args:
        project: the project.
        locales: the locales.
        pages: the source pages.
        stale: stale messages too.
        limit: at most so many messages; None for all.

    Raises:
        NetzwerkError: if a page or a catalog cannot be read, or a locale has no catalog yet.
    """
    by_path = {page.path: page for page in pages}
    read = list(_read_pages(project, locales, pages))
    selection = Selection()
    for locale in locales:
        catalogs = _read_catalogs(project, locale)
        selection.memory[locale.name] = [
            message for catalog in catalogs.values() for message in catalog.messages
        ]
        seen: dict[tuple[str, Key], list[Place]] = {}
        for page in read:
            path = project.catalog_path(locale, by_path[page.path])
            for segment in page.by_locale.get(locale.name, page.segments):
                places = seen.setdefault((path, segment.key), [])
                if all(place.segment.form != segment.form for place in places):
                    places.append(Place(segment, page.labels, page.path))
        for (path, key), places in seen.items():
            message = catalogs[path].get(key) if path in catalogs else None
            if message is None or message.obsolete:
                selection.missing += 1
            elif message.plural is None and may_draft(message, stale=stale):
                task = Task(locale.name, path, key, tuple(places), message.line, message.msgstr)
                selection.tasks.append(task)
    if limit is not None:
        selection.beyond = max(0, len(selection.tasks) - limit)
        del selection.tasks[limit:]
    return selection


def _read_pages(project: Project, locales: Sequence[Locale], pages: Sequence[SourcePage]) -> Iterator[_Read]:
    def read(chunk: Sequence[SourcePage]) -> list[_Read | NetzwerkError]:
        results: list[_Read | NetzwerkError] = []
        for source in chunk:
            try:
                page = Page.parse(
                    project.read_page(source), project.config.page_on(source.path, source.folder)
                )
            except NetzwerkError as error:
                results.append(error)
            else:
                forms = {each.name: page.in_locale(each.name).segments for each in locales if page.forms}
                results.append(_Read(source.path, page.segments, forms, labels_of(page.text)))
        return results

    errors: list[NetzwerkError] = []
    for results in map_chunks(read, pages, size=estimate_size(project, pages)):
        for result in results:
            if isinstance(result, NetzwerkError):
                errors.append(result)
            else:
                yield result
    if errors:
        raise NetzwerkErrors(errors)


def _read_catalogs(project: Project, locale: Locale) -> Mapping[str, Catalog]:
    """All catalogs of a locale by path."""
    paths = project.catalog_paths(locale)
    found: dict[str, Catalog] = {}
    for path in paths:
        catalog = read_catalog(project.file(path), name=path)
        if catalog is not None:
            found[path] = catalog
    if not found and paths:
        raise CatalogError(
            "there is no catalog yet", paths[0], remedy="netzwerk-i18n extract writes one for each language"
        )
    return found
