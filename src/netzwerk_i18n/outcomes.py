"""What becomes of each source page in each locale: worked out, or known from an earlier run that saw the same.

An outcome depends on the page's bytes, all settings, this program, and what the catalog says of the page's messages.
They are its key; whatever else a localized page should ever depend on has to become part of it.
"""

import json
from collections.abc import Callable, Generator, Iterator, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from netzwerk_i18n.catalog import Catalog, Key, Message, parse_catalog
from netzwerk_i18n.config import Locale
from netzwerk_i18n.errors import NetzwerkError
from netzwerk_i18n.parallel import map_chunks, worker_count
from netzwerk_i18n.project import Project, SourcePage, decode_page, estimate_size
from netzwerk_i18n.readings import KIND as READING
from netzwerk_i18n.readings import config_key, decoded, read_data, settings_key, store_of
from netzwerk_i18n.store import KEY_BYTES, Row, Store, key_of
from netzwerk_i18n.walk import Visit

if TYPE_CHECKING:
    from netzwerk_i18n.page import Page

T = TypeVar("T")

KIND = "outcome"

_TEXT_BYTES = 64 * 1024 * 1024
"""The localized pages themselves are kept only where all of them together are smaller; their digests always."""

_EASIER = 20
_EASIER_TO_WRITE = 4
"""How much less work a page is that is known than one that is not; and if it must be written."""

_FLUSH = 20_000
_NOTHING = (b"", b"")


class Outcome(NamedTuple):
    """One source page in one locale.

    Attributes:
        digest: of the localized page's bytes; empty where it is not to be published.
        counts: figures, in the order that the caller gives them.
        states: the state of each message of the page, where it first occurs, as a digit.
        published: for each of them "1" if its translation stands on the page, else "0".
        fallbacks: what failed a check, as lists of strings and numbers.
        data: the page's bytes, or None where it is not to be published or was not kept.
    """

    digest: str
    counts: tuple[int, ...]
    states: str
    published: str
    fallbacks: tuple[tuple[Any, ...], ...]
    data: bytes | None


class Found:
    """A page and its outcome in one locale."""

    __slots__ = ("_make", "_text", "locale", "outcome", "path", "source")

    def __init__(
        self,
        text: "_Text",
        locale: Locale,
        path: str,
        outcome: Outcome,
        make: Callable[[], Outcome],
    ) -> None:
        self._text, self._make = text, make
        self.source, self.locale, self.path, self.outcome = text.source, locale, path, outcome

    def keys(self) -> tuple[Key, ...]:
        """The messages of the page, each once, in the order of `states`."""
        return self._text.keys()

    def data(self) -> bytes | None:
        """The localized page, or None where it is not to be published.

        Raises:
            NetzwerkError: if page or catalog cannot be read any more.
        """
        if self.outcome.data is None and self.outcome.digest:
            self.outcome = self._make()
        return self.outcome.data


def visit_outcomes(
    project: Project,
    make: Callable[[Visit], Outcome],
    handle: Callable[[Found], T],
    *,
    locales: Sequence[Locale],
    pages: Sequence[SourcePage],
    lasting: bool,
    writes: bool = False,
) -> Generator[T | NetzwerkError, None, None]:
    """Hand the outcome of every page in every locale to `handle`, with all processors, and yield its results.

    They come in the order of pages within each locale; how the locales follow each other is not defined. What cannot be
    read is among them, as the error that says why.

    Args:
        project: the project.
        make: works an outcome out; called in a worker, and only where nothing is known.
        handle: called in a worker; only its result comes back.
        locales: the locales.
        pages: the source pages, sorted by path.
        lasting: whether `make` depends on nothing but what stands in the key of an outcome.
        writes: whether `handle` writes most of the pages, which takes a while even where they are known.
    """
    settings = config_key(project)
    store = store_of(project) if lasting and settings is not None else None
    easier = _EASIER_TO_WRITE if writes else _EASIER
    work = _Work(project, make, store, settings or b"", locales, pages, easier)
    rows: list[Row] = []
    written = False
    for results, new in work.results(handle):
        yield from results
        rows += new
        if store is not None and len(rows) >= _FLUSH:
            store.put(rows)
            rows, written = [], True
    if store is not None and (rows or written):
        store.put(rows)
        store.drop_all_but(pages=project.page_paths, locales={each.name for each in project.config.locales})


class _Text:
    """A source page as it lies on the disk, understood only as far as is asked for."""

    __slots__ = ("_keys", "_page", "_project", "_reading", "data", "key", "source")

    def __init__(
        self, project: Project, source: SourcePage, settings: bytes, known: tuple[bytes, bytes]
    ) -> None:
        self._project = project
        self.source = source
        self.data = read_data(project, source)
        self.key = key_of(settings, self.data)
        self._page: Page | None = None
        self._keys: tuple[Key, ...] | None = None
        self._reading = known[1] if known[0] == self.key else b""

    def page(self) -> "Page":
        if self._page is None:
            from netzwerk_i18n.page import Page

            text = decode_page(self.data, self.source.path)
            self._page = Page.parse(text, self._project.config.page)
        return self._page

    def keys(self) -> tuple[Key, ...]:
        if self._keys is None:
            segments = decoded(self._reading).segments if self._reading else self.page().segments
            self._keys = tuple(dict.fromkeys([segment.key for segment in segments]))
            self._reading = b""
        return self._keys


class _Catalog:
    """A catalog as it lies on the disk, parsed only if it is asked for.

    Raises:
        NetzwerkError: if it cannot be read.
    """

    __slots__ = ("_catalog", "_data", "digest", "path")

    def __init__(self, project: Project, path: str) -> None:
        self.path = path
        self._data = project.catalog_bytes(path)
        self.digest = bytes(KEY_BYTES) if self._data is None else key_of(self._data)
        self._catalog: Catalog | NetzwerkError | None = None

    def catalog(self) -> Catalog:
        """What it says.

        Raises:
            CatalogError: if it is no catalog.
        """
        if self._catalog is None:
            try:
                self._catalog = Catalog() if self._data is None else parse_catalog(self._data, file=self.path)
            except NetzwerkError as error:
                self._catalog = error
            self._data = None
        if isinstance(self._catalog, NetzwerkError):
            raise self._catalog
        return self._catalog


class _Work:
    """All pages in all locales."""

    def __init__(
        self,
        project: Project,
        make: Callable[[Visit], Outcome],
        store: Store | None,
        settings: bytes,
        locales: Sequence[Locale],
        pages: Sequence[SourcePage],
        easier: int,
    ) -> None:
        self._project, self._make, self._store = project, make, store
        self._easier = easier
        self._settings, self._page_settings = settings, settings_key(project)
        self._locales, self._pages = locales, pages
        self._texts: dict[str, _Text | NetzwerkError] = {}
        self._catalogs: dict[str, _Catalog | NetzwerkError] = {}
        size = estimate_size(project, pages)
        self._size = size * max(1, len(locales) // 4)
        self._keeps_text = size * len(project.config.locales) <= _TEXT_BYTES

    def results(self, handle: Callable[[Found], T]) -> Iterator[tuple[list[T | NetzwerkError], list[Row]]]:
        """The results and what is to be kept, in parts."""
        if self._project.one_catalog and not self._pages:
            errors = (self._error_of(locale) for locale in self._locales)
            yield [error for error in errors if error is not None], []
            return
        # One worker for each locale reads each large catalog once, and has only one of them in memory.
        if self._project.one_catalog and len(self._locales) >= 2 * worker_count():
            yield from map_chunks(
                lambda locales: self._one_locale(locales[0], self._pages, handle, self._texts),
                self._locales,
                size=self._size,
                chunk=1,
            )
            return
        size = self._size
        if self._project.one_catalog:
            unchanged = [self._load_catalog(locale) for locale in self._locales]
            size //= self._easier if all(unchanged) else 1

        def run(pages: Sequence[SourcePage]) -> tuple[list[T | NetzwerkError], list[Row]]:
            results: list[T | NetzwerkError] = []
            rows: list[Row] = []
            texts: dict[str, _Text | NetzwerkError] = {}
            for locale in self._locales:
                found, new = self._one_locale(locale, pages, handle, texts)
                results += found
                rows += new
            return results, rows

        yield from map_chunks(run, self._pages, size=size)

    def _one_locale(
        self,
        locale: Locale,
        pages: Sequence[SourcePage],
        handle: Callable[[Found], T],
        texts: dict[str, _Text | NetzwerkError],
    ) -> tuple[list[T | NetzwerkError], list[Row]]:
        paths = [source.path for source in pages]
        known = {} if self._store is None else self._store.rows(KIND, locale.name, pages=paths)
        readings: dict[str, tuple[bytes, bytes]] = {}
        if self._store is not None and not texts:
            readings = self._store.rows(READING, pages=paths)
        rows: list[Row] = []
        results: list[T | NetzwerkError] = []
        for source in pages:
            try:
                text = texts.get(source.path)
                if text is None:
                    text = texts[source.path] = self._text(source, readings.pop(source.path, _NOTHING))
                if isinstance(text, NetzwerkError):
                    raise text
                catalog = self._catalog(locale, source)
                found = self._find(text, locale, catalog, known.get(source.path, _NOTHING), rows)
                results.append(handle(found))
            except NetzwerkError as error:
                results.append(error)
        if self._project.one_catalog and texts is self._texts:
            self._catalogs.pop(self._project.catalog_path(locale), None)
        return results, rows

    def _find(
        self, text: _Text, locale: Locale, catalog: _Catalog, known: tuple[bytes, bytes], rows: list[Row]
    ) -> Found:
        def make() -> Outcome:
            return self._make(Visit(text.source, text.page(), locale, catalog.catalog(), catalog.path))

        if self._store is None:
            return Found(text, locale, catalog.path, make(), make)
        path = text.source.path
        key = key_of(self._settings, locale.name.encode(), path.encode(), text.key)
        old_key, data = known
        known_page = old_key[:KEY_BYTES] == key
        if known_page and old_key[KEY_BYTES : 2 * KEY_BYTES] == catalog.digest:
            return Found(text, locale, catalog.path, _decoded(data), make)
        words = _words(text.keys(), catalog.catalog())
        full_key = key + catalog.digest + words
        if known_page and old_key[2 * KEY_BYTES :] == words:
            outcome = _decoded(data)
            if not outcome.fallbacks:  # they name lines of the catalog, which may be others now
                rows.append(Row(KIND, locale.name, path, full_key, data))
                return Found(text, locale, catalog.path, outcome, make)
        outcome = make()
        data_now = _encoded(outcome, with_text=self._keeps_text)
        if data_now is not None:
            rows.append(Row(KIND, locale.name, path, full_key, data_now))
        return Found(text, locale, catalog.path, outcome, make)

    def _text(self, source: SourcePage, reading: tuple[bytes, bytes]) -> _Text | NetzwerkError:
        try:
            return _Text(self._project, source, self._page_settings, reading)
        except NetzwerkError as error:
            return error

    def _catalog(self, locale: Locale, source: SourcePage) -> _Catalog:
        path = self._project.catalog_path(locale, source)
        if not self._project.one_catalog:
            return _Catalog(self._project, path)
        catalog = self._catalogs.get(path)
        if catalog is None:
            try:
                catalog = _Catalog(self._project, path)
            except NetzwerkError as error:
                catalog = error
            self._catalogs[path] = catalog
        if isinstance(catalog, NetzwerkError):
            raise catalog
        return catalog

    def _error_of(self, locale: Locale) -> NetzwerkError | None:
        try:
            _Catalog(self._project, self._project.catalog_path(locale)).catalog()
        except NetzwerkError as error:
            return error
        return None

    def _load_catalog(self, locale: Locale) -> bool:
        """Read a catalog before the workers part, and parse it if it changed; whether it is as in an earlier run."""
        first = self._pages[0].path
        try:
            catalog = self._catalog(locale, self._pages[0])
            known = _NOTHING
            if self._store is not None:
                known = self._store.rows(KIND, locale.name, pages=[first]).get(first, _NOTHING)
            if known[0][KEY_BYTES : 2 * KEY_BYTES] == catalog.digest:
                return True
            catalog.catalog()
        except NetzwerkError:
            pass  # each page will say so
        return False


def _words(keys: Sequence[Key], catalog: Catalog) -> bytes:
    """What stands for all that a catalog says of these messages, but for their places in it."""
    said = [_said(catalog.get(key)) for key in keys]
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


def _said(message: Message | None) -> object:
    if message is None:
        return None
    plain = not (message.flags or message.comments or message.obsolete or message.previous is not None)
    if plain and message.plural is None and message.previous_ctxt is None:
        return message.msgstr
    return (
        message.msgstr,
        message.flags,
        message.comments,
        message.obsolete,
        message.previous,
        message.previous_ctxt,
        message.previous_plural,
        message.plural,
        message.msgstr_plural,
    )


def _encoded(outcome: Outcome, *, with_text: bool) -> bytes | None:
    try:
        head = json.dumps(outcome[:-1], ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    except UnicodeEncodeError:
        return None
    return head if outcome.data is None or not with_text else b"%b\0%b" % (head, outcome.data)


def _decoded(data: bytes) -> Outcome:
    head, mark, text = data.partition(b"\0")
    digest, counts, states, published, fallbacks = json.loads(head)
    return Outcome(
        digest,
        tuple(counts),
        states,
        published,
        tuple([tuple(fallback) for fallback in fallbacks]),
        text if mark else None,
    )
