"""What is worked out of each source page in each locale: anew, or known from an earlier run that saw the same.

What is worked out depends on the page's bytes, all settings, this program, and what the catalog says of the page's
messages. They are its key; whatever else a task should ever depend on has to become part of it.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from netzwerk_i18n.catalog import Catalog, Key, Message, parse_catalog
from netzwerk_i18n.checks import others_check
from netzwerk_i18n.config import Locale
from netzwerk_i18n.errors import NetzwerkError
from netzwerk_i18n.page.plurals import form_of, has_form
from netzwerk_i18n.parallel import map_chunks, worker_count
from netzwerk_i18n.project import Project, SourcePage, decode_page, estimate_size
from netzwerk_i18n.readings import KIND as READING
from netzwerk_i18n.readings import (
    config_key,
    decoded,
    encoded,
    read_data,
    reading_of,
    settings_keys,
    stores_of,
)
from netzwerk_i18n.store import KEY_BYTES, Row, Store, key_of
from netzwerk_i18n.walk import Visit

if TYPE_CHECKING:
    from netzwerk_i18n.page import Page

T = TypeVar("T")
R = TypeVar("R")

_FLUSH_ROWS = 20_000
_FLUSH_BYTES = 16 * 1024 * 1024
_NOTHING = (b"", b"")


@dataclass(frozen=True, slots=True)
class Task(Generic[T]):
    """What is to be worked out of every page in every locale.

    Attributes:
        kind: under which name it is kept for a locale.
        make: works it out; called in a worker, and only where nothing is known.
        encode: as bytes; None for what cannot be kept.
        decode: the inverse.
        names_lines: whether it holds lines of the catalog, and therefore for that very catalog only.
        depends_on: what it depends on beside the page, the settings and the catalog's messages of the page.
        easier: how much less work a page is that is known than one that is not.
        by_page: whether it is less work to take all locales of a page together, since much is found in its source.
        beside: the task whose outcome is found on the way, and what tells it; it is kept as well.
        keeps_readings: whether what each page says to a catalog is kept as well, since it is asked for next.
    """

    kind: Callable[[Locale], str]
    make: Callable[[Visit], T]
    encode: Callable[[T], bytes | None]
    decode: Callable[[bytes], T]
    names_lines: Callable[[T], bool]
    depends_on: bytes = b""
    easier: int = 20
    by_page: bool = False
    beside: "tuple[Task[Any], Callable[[T], Any]] | None" = None
    keeps_readings: bool = False


class Found(Generic[T]):
    """A page, and what was worked out of it in one locale; `path` is the catalog's, relative to the root."""

    __slots__ = ("_make", "_text", "locale", "outcome", "path", "source")

    def __init__(self, text: "_Text", locale: Locale, path: str, outcome: T, make: Callable[[], T]) -> None:
        self._text, self._make = text, make
        self.source, self.locale, self.path, self.outcome = text.source, locale, path, outcome

    def keys(self) -> tuple[Key, ...]:
        """The messages of the page, each once, in their order on it."""
        return self._text.keys(self.locale)

    @property
    def has_forms(self) -> bool:
        """Whether :meth:`keys` differs by language."""
        return self._text.has_forms

    def make_anew(self) -> T:
        """Work out what was known already.

        Raises:
            NetzwerkError: if page or catalog cannot be read any more.
        """
        self.outcome = self._make()
        return self.outcome


def visit_kept(
    project: Project,
    task: Task[T],
    handle: Callable[[Found[T]], R],
    *,
    locales: Sequence[Locale],
    pages: Sequence[SourcePage],
) -> Generator[R | NetzwerkError, None, None]:
    """Hand what is worked out of every page in every locale to `handle`, with all processors, and yield its results.

    They come in the order of pages within each locale; how the locales follow each other is not defined. What cannot be
    read is among them, as the error that says why.

    Args:
        project: the project.
        task: what is to be worked out.
        handle: called in a worker; only its result comes back.
        locales: the locales.
        pages: the source pages, sorted by path.
    """
    settings = config_key(project)
    # What other distributions find in a translation may change from run to run.
    stores = stores_of(project) if settings is not None and not others_check() else ()
    work = _Work(project, task, stores, settings or b"", locales, pages)
    rows: list[Row] = []
    size = 0
    written = False
    for results, new in work.results(handle):
        yield from results
        rows += new
        size += sum(len(row.data) for row in new)
        if stores and (len(rows) >= _FLUSH_ROWS or size >= _FLUSH_BYTES):
            stores[0].put(rows)
            rows, size, written = [], 0, True
    if stores and (rows or written):
        stores[0].put(rows)
        stores[0].drop_all_but(
            pages=project.page_paths, locales={each.name for each in project.config.locales}
        )


class _Text:
    """A source page as it lies on the disk, understood only as far as is asked for."""

    __slots__ = ("_all_keys", "_page", "_project", "_reading", "_was_read", "data", "key", "source")

    def __init__(
        self, project: Project, source: SourcePage, settings: bytes, known: tuple[bytes, bytes]
    ) -> None:
        self._project = project
        self.source = source
        self.data = read_data(project, source)
        self.key = key_of(settings, self.data)
        self._page: Page | None = None
        self._all_keys: tuple[Key, ...] | None = None
        self._reading = known[1] if known[0] == self.key else b""
        self._was_read = bool(self._reading)

    def page(self, locale: Locale) -> "Page":
        return self._whole().in_locale(locale.name)

    def _whole(self) -> "Page":
        if self._page is None:
            from netzwerk_i18n.page import Page

            text = decode_page(self.data, self.source.path)
            self._page = Page.parse(text, self._project.config.page_on(self.source.path, self.source.folder))
        return self._page

    def new_reading(self) -> Row | None:
        """What the page says to a catalog, to be kept; None where it cannot be, is kept already, or was asked for before."""
        if self._was_read:
            return None
        self._was_read = True
        data = encoded(reading_of(self._whole()))
        return None if data is None else Row(READING, "", self.source.path, self.key, data)

    @property
    def has_forms(self) -> bool:
        is_data = self._project.config.is_data(self.source.folder)
        return is_data and any(form_of(context) for context, _ in self._keys())

    def keys(self, locale: Locale) -> tuple[Key, ...]:
        keys = self._keys()
        return tuple([key for key in keys if has_form(locale.name, key[0])]) if self.has_forms else keys

    def _keys(self) -> tuple[Key, ...]:
        if self._all_keys is None:
            segments = decoded(self._reading).segments if self._reading else self._whole().segments
            self._all_keys = tuple(dict.fromkeys([segment.key for segment in segments]))
            self._reading = b""
        return self._all_keys


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


class _Work(Generic[T]):
    """A task on all pages in all locales."""

    def __init__(
        self,
        project: Project,
        task: Task[T],
        stores: Sequence[Store],
        settings: bytes,
        locales: Sequence[Locale],
        pages: Sequence[SourcePage],
    ) -> None:
        self._project, self._task, self._stores = project, task, stores
        self._settings_of = settings_keys(project)
        self._settings = key_of(settings, task.depends_on)
        self._settings_beside = key_of(settings, task.beside[0].depends_on) if task.beside else b""
        self._locales, self._pages = locales, pages
        self._texts: dict[str, _Text | NetzwerkError] = {}
        self._catalogs: dict[str, _Catalog | NetzwerkError] = {}
        self._size = estimate_size(project, pages)

    def results(self, handle: Callable[[Found[T]], R]) -> Iterator[tuple[list[R | NetzwerkError], list[Row]]]:
        """The results and what is to be kept, in parts."""
        if self._project.one_catalog and not self._pages:
            errors = (self._error_of(locale) for locale in self._locales)
            yield [error for error in errors if error is not None], []
            return
        size = self._size * max(1, len(self._locales) // 4)
        many = len(self._locales) >= 2 * worker_count()
        if self._project.one_catalog and many and not self._task.by_page:
            # One worker for each locale reads each large catalog once, and has only one of them in memory.
            yield from map_chunks(
                lambda locales: self._work_on(locales, self._pages, handle, self._texts),
                self._locales,
                size=size,
                chunk=1,
            )
            return
        if self._project.one_catalog:
            unchanged = [self._load_catalog(locale) for locale in self._locales]
            size //= self._task.easier if all(unchanged) else 1
        yield from map_chunks(
            lambda pages: self._work_on(self._locales, pages, handle, {}), self._pages, size=size
        )

    def _work_on(
        self,
        locales: Sequence[Locale],
        pages: Sequence[SourcePage],
        handle: Callable[[Found[T]], R],
        texts: dict[str, _Text | NetzwerkError],
    ) -> tuple[list[R | NetzwerkError], list[Row]]:
        paths = [source.path for source in pages]
        readings = self._stores[0].rows(READING, pages=paths) if self._stores and not texts else {}
        rows: list[Row] = []
        results: list[R | NetzwerkError] = []
        for locale, source, known in self._in_order(locales, pages):
            try:
                text = texts.get(source.path)
                if text is None:
                    reading = readings.pop(source.path, _NOTHING)
                    text = texts[source.path] = self._text(source, reading)
                if isinstance(text, NetzwerkError):
                    raise text
                results.append(handle(self._find(text, locale, self._catalog(locale, source), known, rows)))
            except NetzwerkError as error:
                results.append(error)
        if self._project.one_catalog and texts is self._texts:
            for locale in locales:
                self._catalogs.pop(self._project.catalog_path(locale), None)
        return results, rows

    def _in_order(
        self, locales: Sequence[Locale], pages: Sequence[SourcePage]
    ) -> Iterator[tuple[Locale, SourcePage, list[tuple[bytes, bytes]]]]:
        """What is to be worked on, with what the stores know of it."""
        paths = [source.path for source in pages]

        def rows_of(locale: Locale) -> list[dict[str, tuple[bytes, bytes]]]:
            return [store.rows(self._task.kind(locale), locale.name, pages=paths) for store in self._stores]

        for group in [locales] if self._task.by_page else [[locale] for locale in locales]:
            stored = [(locale, rows_of(locale)) for locale in group]
            for source in pages:
                for locale, known in stored:
                    yield locale, source, [rows.get(source.path, _NOTHING) for rows in known]

    def _find(
        self,
        text: _Text,
        locale: Locale,
        catalog: _Catalog,
        known: Sequence[tuple[bytes, bytes]],
        rows: list[Row],
    ) -> Found[T]:
        task, path = self._task, text.source.path

        def make() -> T:
            return task.make(Visit(text.source, text.page(locale), locale, catalog.catalog(), catalog.path))

        if not self._stores:
            return Found(text, locale, catalog.path, make(), make)
        key = key_of(self._settings, locale.name.encode(), path.encode(), text.key)
        for old, data in known:
            if old[: 2 * KEY_BYTES] == key + catalog.digest:
                return Found(text, locale, catalog.path, task.decode(data), make)
        words = _words(text.keys(locale), catalog.catalog())
        full_key = key + catalog.digest + words
        for number, (old, data) in enumerate(known):
            if old[:KEY_BYTES] == key and old[2 * KEY_BYTES :] == words:
                outcome = task.decode(data)
                if not task.names_lines(outcome):
                    if number == 0:  # what another store has need not be in both
                        rows.append(Row(task.kind(locale), locale.name, path, full_key, data))
                    return Found(text, locale, catalog.path, outcome, make)
        outcome = make()
        new = task.encode(outcome)
        if new is not None:
            rows.append(Row(task.kind(locale), locale.name, path, full_key, new))
        rows += self._found_beside(text, locale, outcome, catalog.digest + words)
        return Found(text, locale, catalog.path, outcome, make)

    def _found_beside(self, text: _Text, locale: Locale, outcome: T, catalog: bytes) -> Iterator[Row]:
        """What is known now as well; `catalog` stands for what it depends on in a catalog."""
        task, path = self._task, text.source.path
        if task.beside is not None:
            other, of = task.beside
            data = other.encode(of(outcome))
            if data is not None:
                key = key_of(self._settings_beside, locale.name.encode(), path.encode(), text.key)
                yield Row(other.kind(locale), locale.name, path, key + catalog, data)
        if task.keeps_readings:
            reading = text.new_reading()
            if reading is not None:
                yield reading

    def _text(self, source: SourcePage, reading: tuple[bytes, bytes]) -> _Text | NetzwerkError:
        try:
            return _Text(self._project, source, self._settings_of(source), reading)
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
            kind = self._task.kind(locale)
            known = (store.rows(kind, locale.name, pages=[first]) for store in self._stores)
            keys = (rows[first][0] for rows in known if first in rows)
            if any(key[KEY_BYTES : 2 * KEY_BYTES] == catalog.digest for key in keys):
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
