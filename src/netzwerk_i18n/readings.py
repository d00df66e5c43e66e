"""What the source pages say to a catalog: read from the page, or known from an earlier run for these very bytes."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

from netzwerk_i18n.errors import NetzwerkError
from netzwerk_i18n.page.settings import PageSettings
from netzwerk_i18n.parallel import map_chunks
from netzwerk_i18n.project import Project, SourcePage, decode_page, estimate_size, read_bytes
from netzwerk_i18n.store import Row, Store, canonical, key_of, open_store

if TYPE_CHECKING:
    from netzwerk_i18n.page import Page

KIND = "reading"


class ReadSegment(NamedTuple):
    """What a catalog needs to know of a segment: see :class:`netzwerk_i18n.page.Segment`; `words` counts its words."""

    text: str
    context: str | None
    line: int
    comments: tuple[str, ...]
    words: int

    @property
    def key(self) -> tuple[str | None, str]:
        """What identifies the message in a catalog: msgctxt and msgid."""
        return self.context, self.text


class Reading(NamedTuple):
    """What a page says: its segments in reading order, what is worth a warning, with its line (from 1), and what it is.

    `own_values` are line, key and value: see :class:`netzwerk_i18n.page.front_matter.own_values.OwnValue`.
    """

    segments: tuple[ReadSegment, ...]
    problems: tuple[tuple[int, str], ...]
    own_values: tuple[tuple[int, str, str], ...]


def store_of(project: Project) -> Store | None:
    """What is known of a project from earlier runs; None where nothing is to be kept."""
    return open_store(project.config.root, earlier_of=project.earlier_of)


def stores_of(project: Project) -> tuple[Store, ...]:
    """Where what is known of a project stands: first where it is kept, then where else it may be found.

    Most pages of an earlier state are what they are now.
    """
    now = open_store(project.earlier_of) if project.earlier_of is not None else None
    return tuple(store for store in (store_of(project), now) if store is not None)


def settings_keys(project: Project) -> Callable[[SourcePage], bytes]:
    """What tells of a source page what stands for the settings by which it is read."""
    config = project.config
    known: dict[tuple[object, ...], bytes] = {}

    def key(source: SourcePage) -> bytes:
        settings = config.page_on(source.path, source.folder)
        differs = settings.is_mdx, settings.data, settings.front_matter
        if differs not in known:
            known[differs] = json.dumps(canonical(settings)).encode()
        return known[differs]

    return key


def config_key(project: Project) -> bytes | None:
    """What stands for all settings of the project; None where a setting is of a kind that cannot be told from others."""
    config = project.config
    try:
        settings = {
            field.name: canonical(getattr(config, field.name))
            for field in fields(config)
            if field.name != "root"
        }
        return json.dumps(settings).encode()
    except (TypeError, ValueError):
        return None


def read_data(project: Project, source: SourcePage) -> bytes:
    """The bytes of a source page.

    Raises:
        PageError: if it cannot be read.
    """
    return read_bytes(project.file_name(source.path), source.path)


def page_keys(project: Project, pages: Sequence[SourcePage], store: Store | None) -> list[bytes | None]:
    """What stands for the content of each page and the way it is read.

    None stands for a page that cannot be read, and for every page where nothing is known of any.
    """
    if store is None or store.is_empty():
        return [None] * len(pages)
    settings_of = settings_keys(project)
    keys: list[bytes | None] = []
    for source in pages:
        try:
            keys.append(key_of(settings_of(source), read_data(project, source)))
        except NetzwerkError:
            keys.append(None)
    return keys


def read_pages(
    project: Project, pages: Sequence[SourcePage], store: Store | None, keys: Sequence[bytes | None]
) -> Iterator[Reading | NetzwerkError]:
    """Read pages, with all processors, and yield in their order what they say, or why they cannot be read.

    Args:
        project: the project.
        pages: the pages, sorted by path.
        store: what is known from earlier runs; what is read now is added to it.
        keys: what :func:`page_keys` gave for the pages; only what is known under them is believed.
    """
    known = known_readings(store, pages, keys)
    missing = [source for source, data in zip(pages, known, strict=True) if data is None]
    fresh = _read_fresh(project, missing)
    rows: list[Row] = []
    for source, data in zip(pages, known, strict=True):
        if data is not None:
            yield decoded(data)
            continue
        key, found = next(fresh)
        if isinstance(found, bytes):
            rows.append(Row(KIND, "", source.path, key, found))
            yield decoded(found)
        else:
            yield found
    if store is not None and rows:
        store.put(rows)
        store.drop_all_but(pages=project.page_paths, locales={each.name for each in project.config.locales})


def known_readings(
    store: Store | None, pages: Sequence[SourcePage], keys: Sequence[bytes | None]
) -> list[bytes | None]:
    """What is known of each page under its key, encoded; None where nothing is."""
    rows = {} if store is None else store.rows(KIND, pages=[source.path for source in pages])
    nothing = (None, None)
    found = ((key, rows.get(source.path, nothing)) for source, key in zip(pages, keys, strict=True))
    return [data if key is not None and known == key else None for key, (known, data) in found]


def read_text(text: str, settings: PageSettings) -> Reading:
    """What the text of a page says."""
    from netzwerk_i18n.page import Page

    return reading_of(Page.parse(text, settings))


def reading_of(page: "Page") -> Reading:
    """What a page says."""
    from netzwerk_i18n.page import count_words
    from netzwerk_i18n.page.front_matter.own_values import find_own_values

    segments = tuple(
        ReadSegment(segment.text, segment.context, segment.line, segment.comments, count_words(segment.text))
        for segment in page.segments
    )
    return Reading(segments, page.problems, find_own_values(page.front_matter))


def encoded(reading: Reading) -> bytes | None:
    """A reading as bytes; None for one that holds half a character, which JSON might join with its neighbour."""
    try:
        return json.dumps(reading, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    except UnicodeEncodeError:
        return None


def decoded(data: bytes) -> Reading:
    """The inverse of :func:`encoded`."""
    segments, problems, own_values = json.loads(data)
    return Reading(
        tuple(
            [
                ReadSegment(text, context, line, tuple(comments), words)
                for text, context, line, comments, words in segments
            ]
        ),
        tuple([(line, message) for line, message in problems]),
        tuple([(line, key, value) for line, key, value in own_values]),
    )


def _read_fresh(
    project: Project, pages: Sequence[SourcePage]
) -> Iterator[tuple[bytes, bytes | Reading | NetzwerkError]]:
    if not pages:
        return
    from netzwerk_i18n.page import Page  # noqa: F401 - loaded once, before the workers part

    settings_of = settings_keys(project)

    def read_chunk(chunk: Sequence[SourcePage]) -> list[tuple[bytes, bytes | Reading | NetzwerkError]]:
        return [_read_one(project, source, settings_of(source)) for source in chunk]

    for part in map_chunks(read_chunk, pages, size=estimate_size(project, pages)):
        yield from part


def _read_one(
    project: Project, source: SourcePage, settings: bytes
) -> tuple[bytes, bytes | Reading | NetzwerkError]:
    try:
        data = read_data(project, source)
        reading = read_text(
            decode_page(data, source.path), project.config.page_on(source.path, source.folder)
        )
    except NetzwerkError as error:
        return b"", error
    return key_of(settings, data), encoded(reading) or reading
