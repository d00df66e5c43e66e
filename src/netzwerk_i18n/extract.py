"""Source pages -> template, and every catalog brought up to date with it."""

import json
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from netzwerk_i18n.catalog import (
    MAX_FILE_BYTES,
    Catalog,
    Entry,
    Key,
    Message,
    build_template,
    format_catalog,
    is_frequent,
    new_template_header,
    now,
    project_lock,
    read_catalog,
    translation_memory,
    unstorable,
    update_catalog,
)
from netzwerk_i18n.catalog.languages import doubt_locale
from netzwerk_i18n.config import Locale, fill
from netzwerk_i18n.errors import NetzwerkError, NetzwerkErrors
from netzwerk_i18n.page.markdown_words import MarkdownWords
from netzwerk_i18n.page.plurals import PLURAL_COMMENTS, has_form, plural_comment
from netzwerk_i18n.parallel import map_chunks
from netzwerk_i18n.project import Project, SourcePage, named_sources
from netzwerk_i18n.readings import Reading, config_key, page_keys, read_pages, store_of
from netzwerk_i18n.store import Row, Store, key_of


class Problem(NamedTuple):
    """Something in a source page that its author should know: the page's path, the line (from 1), and what it is."""

    file: str
    line: int | None
    message: str


@dataclass(slots=True)
class Extraction:
    """What `extract` did, or would do.

    Attributes:
        pages: how many source pages were read.
        messages: how many different messages they have.
        words: the words of these messages.
        changed: the files that were (or would be) written or removed, relative to the root.
        problems: what is worth a warning.
        errors: what could not be written; what comes after it was left as it was.
    """

    pages: int = 0
    messages: int = 0
    words: int = 0
    changed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    errors: list[NetzwerkError] = field(default_factory=list)


_KIND = "extract"


def extract(project: Project) -> Extraction:
    """Write the template and update every catalog; a file that is right already is not touched.

    What cannot be written is told in the result.

    Raises:
        NetzwerkError: if any page or catalog cannot be read. Nothing is written then.
    """
    with project_lock(project.config.root):
        extraction, outputs = _prepare(project)
        extraction.changed = []
        for path, data in outputs:
            try:
                if data is None:
                    project.remove(path)
                else:
                    project.write(path, data, durable=True)
            except NetzwerkError as error:
                extraction.errors.append(error)
                break  # a message may have moved from a later catalog into this one
            extraction.changed.append(path)
    return extraction


def check_extract(project: Project) -> Extraction:
    """What :func:`extract` would do; nothing is written.

    Raises:
        NetzwerkError: if any page or catalog cannot be read.
    """
    return _prepare(project)[0]


def plan_extract(project: Project) -> tuple[Extraction, dict[str, bytes | None]]:
    """What :func:`extract` would do, and the files that it would write, by path; None for one that it would remove.

    Raises:
        NetzwerkError: if any page or catalog cannot be read.
    """
    extraction, outputs = _prepare(project)
    return extraction, dict(outputs)


def _prepare(project: Project) -> tuple[Extraction, list[tuple[str, bytes | None]]]:
    now()  # a clock that is set wrong is an error whatever is known
    pages = project.pages
    store = store_of(project)
    keys = page_keys(project, pages, store)
    before = _inputs_key(project, keys) if store is not None else None
    unchanged = _known_to_be_right(store, before)
    if unchanged is not None:
        return unchanged, []
    extraction = Extraction(pages=len(pages))
    if not pages:
        message = f"no page fits source {named_sources(project.config)}, so every message becomes obsolete"
        extraction.problems.append(Problem(project.config.file, None, message))
    by_page: list[tuple[Entry, ...]] = []
    forms: set[Key] = set()
    words: dict[Key, int] = {}
    own_values: list[tuple[str, tuple[int, str, str]]] = []
    errors: list[NetzwerkError] = []
    for source, reading in zip(pages, read_pages(project, pages, store, keys), strict=True):
        if isinstance(reading, NetzwerkError):
            errors.append(reading)
        else:
            by_page.append(_entries(project, source, reading, extraction.problems, words))
            own_values += [(source.path, each) for each in reading.own_values]
            if project.config.is_data(source.folder):
                forms.update(each.key for each in reading.segments if PLURAL_COMMENTS.keys() & each.comments)
    if errors:
        raise NetzwerkErrors(errors)
    groups = _groups(project, by_page)
    templates = [(path, _template(project, path, entries)) for path, entries in groups]
    extraction.messages = len(words)
    extraction.words = sum(words.values())
    outputs: list[tuple[str, bytes | None]] = []
    for path, template in templates:
        _note_change(project, path, format_catalog(template), outputs)
    if not project.one_catalog:
        expected = {path for path, _ in templates}
        fitting = project.find(fill(project.config.template, domain=project.config.domain))
        outputs += [(path, None) for path in fitting if path not in expected and _is_own(project, path)]
    extraction.problems += _shared_values(project, own_values)
    extraction.problems += _locale_problems(project)
    size = sum(len(template.messages) for _, template in templates) * 200 * len(project.config.locales)
    for chunk, wrong in map_chunks(
        lambda locales: _update_all(project, locales, templates, forms), project.config.locales, size=size
    ):
        outputs += chunk
        errors += wrong
    if errors:
        raise NetzwerkErrors(errors)
    extraction.changed = [path for path, _ in outputs]
    if not outputs and store is not None and before is not None and before == _inputs_key(project, keys):
        _remember_to_be_right(store, before, extraction)
    return extraction, outputs


def _inputs_key(project: Project, keys: Sequence[bytes | None]) -> bytes | None:
    """What stands for all that an extraction reads; None where that is not known beforehand."""
    settings = config_key(project)
    if settings is None or not project.one_catalog or None in keys:
        return None
    parts = [settings]
    for source, key in zip(project.pages, keys, strict=True):
        parts += (source.path.encode("utf-8", "surrogatepass"), key or b"")
    paths = [project.template_path(), *(project.catalog_path(locale) for locale in project.config.locales)]
    for path in paths:
        data = _regular_content(project.file(path))
        if data is None:
            return None
        parts.append(key_of(data))
    return key_of(*parts)


def _known_to_be_right(store: Store | None, key: bytes | None) -> Extraction | None:
    """What an extraction of these very inputs found in an earlier run, after which no file had to change."""
    if store is None or key is None:
        return None
    known, data = store.rows(_KIND, pages=[""]).get("", (b"", b""))
    if known != key:
        return None
    pages, messages, words, problems = json.loads(data)
    return Extraction(pages, messages, words, problems=[Problem(*each) for each in problems])


def _remember_to_be_right(store: Store, key: bytes, extraction: Extraction) -> None:
    problems = [(each.file, each.line, each.message) for each in extraction.problems]
    figures = (extraction.pages, extraction.messages, extraction.words, problems)
    row = Row(_KIND, "", "", key, json.dumps(figures).encode())
    store.put([row])


def _entries(
    project: Project, source: SourcePage, reading: Reading, problems: list[Problem], words: dict[Key, int]
) -> tuple[Entry, ...]:
    """What a page gives to the template; its problems and the words of its messages are added to those given."""
    path = source.path
    problems += [Problem(path, line, message) for line, message in reading.problems]
    entries: list[Entry] = []
    style = project.config.references
    place: tuple[str, ...] = () if style == "none" else (path,)
    doubtful = unstorable("".join([segment.text for segment in reading.segments])) is not None
    for text, context, line, comments, count in reading.segments:
        if doubtful and (wrong := unstorable(text)) is not None:
            problems.append(Problem(path, line, wrong))
            continue
        if style == "line":
            place = (f"{path}:{line}",)
        entries.append(Entry(text, context, place, comments))
        words[context, text] = count
    return tuple(entries)


def _shared_values(
    project: Project, own_values: Sequence[tuple[str, tuple[int, str, str]]]
) -> Iterator[Problem]:
    """What pages say of themselves and all languages would say; one problem for each key, at the first page."""
    if not own_values:
        return
    from netzwerk_i18n.page.front_matter.own_values import OwnValue, shared_value

    found: dict[str, list[Problem]] = {}
    for path, said in own_values:
        own = OwnValue(*said)
        message = shared_value(own, project.config.localized, project.config.source_locale)
        if message is not None:
            found.setdefault(own.key, []).append(Problem(path, own.line, message))
    for first, *others in found.values():
        also = f" (also on {len(others):,} more page{'s' if len(others) > 1 else ''})" if others else ""
        yield first._replace(message=first.message + also)


def _groups(project: Project, by_page: Sequence[tuple[Entry, ...]]) -> list[tuple[str, list[Entry]]]:
    """The templates' paths and their entries: one template in all, or one for each page."""
    if project.one_catalog:
        return [(project.template_path(), [entry for entries in by_page for entry in entries])]
    pairs = zip(project.pages, by_page, strict=True)
    return [(project.template_path(page), list(entries)) for page, entries in pairs]


def _template(project: Project, path: str, entries: Sequence[Entry]) -> Catalog:
    config = project.config
    header = new_template_header(
        project=config.domain, source_locale=config.source_locale, created=now(), bugs=config.bugs_to
    )
    return build_template(entries, read_catalog(project.file(path), name=path), header=header)


def _locale_problems(project: Project) -> Iterator[Problem]:
    """What people should know of locales that are new."""
    locales = project.config.locales
    new = [locale for locale in locales if _is_new(project, locale)]
    names = [locale.name for locale in new]
    if len(new) == len(locales):
        names.insert(0, project.config.source_locale)
    for name in names:
        doubt = None if is_frequent(name) else doubt_locale(name)
        if doubt is not None:
            yield Problem(project.config.file, None, f"locale {name!r}: {doubt}")
    yield from filter(None, (_renamed(project, locale) for locale in new))


def _is_new(project: Project, locale: Locale) -> bool:
    """Whether no catalog of a locale is there yet."""
    # One by one: as a rule the first is there, and a large site has many.
    return not any(
        project.file(project.catalog_path(locale, page)).exists() for page in project.catalog_pages
    )


def _renamed(project: Project, locale: Locale) -> Problem | None:
    """A word on a new locale where there is a catalog of its language that belongs to no locale."""
    if not project.catalog_pages:
        return None
    page = project.catalog_pages[0]
    own = fill(project.config.catalog, domain=project.config.domain, path=page.name if page else "")
    begin, *ends = re.split(r"\{(?:locale|lang)\}", own)
    known = {project.catalog_path(each, page) for each in project.config.locales}
    for path in project.find(f"{begin}{{path}}{ends[0]}") if len(ends) == 1 else ():
        name = path[len(begin) : len(path) - len(ends[0])]
        if path not in known and re.split("[-_@]", name)[0] == re.split("[-_@]", locale.name)[0]:
            message = (
                f"this catalog is new and empty, and {path} is that of no locale; "
                f"if it is {locale.name} under its old name, move it here and run extract again"
            )
            return Problem(project.catalog_path(locale, page), None, message)
    return None


def _update_all(
    project: Project,
    locales: Sequence[Locale],
    templates: Sequence[tuple[str, Catalog]],
    forms: AbstractSet[Key],
) -> tuple[list[tuple[str, bytes | None]], list[NetzwerkError]]:
    outputs: list[tuple[str, bytes | None]] = []
    errors: list[NetzwerkError] = []
    for locale in locales:
        try:
            own = [(path, _in_locale(template, locale, forms)) for path, template in templates]
            _update(project, locale, own, outputs)
        except NetzwerkError as error:
            errors.append(error)
    return outputs, errors


def _in_locale(template: Catalog, locale: Locale, forms: AbstractSet[Key]) -> Catalog:
    """The template for one language: of plural forms those that it has, with numbers that take them.

    Args:
        template: the template, with the forms of all languages.
        locale: the language.
        forms: the messages that are plural forms.
    """
    if not forms:
        return template
    messages = [
        _with_numbers(message, locale) if message.key in forms else message
        for message in template.messages
        if message.key not in forms or has_form(locale.name, message.msgctxt)
    ]
    return Catalog(template.header, tuple(messages))


def _with_numbers(form: Message, locale: Locale) -> Message:
    own = form.copy()
    own.extracted = tuple(
        [
            plural_comment(PLURAL_COMMENTS[line], locale.name) if line in PLURAL_COMMENTS else line
            for line in form.extracted
        ]
    )
    return own


def _update(
    project: Project,
    locale: Locale,
    templates: Sequence[tuple[str, Catalog]],
    outputs: list[tuple[str, bytes | None]],
) -> None:
    paths = project.catalog_paths(locale)
    olds = {path: read_catalog(project.file(path), name=path) for path in paths}
    pairs = list(zip(paths, [template for _, template in templates], strict=True))
    gone = project.left_catalogs(locale)
    for path, left in gone.items():
        # Its references go now, and it must be known as our own after that, too.
        left.header.fields["Project-Id-Version"] = project.config.domain
        olds[path] = left
        pairs.append((path, Catalog(left.header)))
    memory = past = None
    if not project.one_catalog:
        from netzwerk_i18n.catalog.past import find_past

        memory = translation_memory(old for old in olds.values() if old is not None)
        past = find_past(
            [old or Catalog() for old in olds.values()],
            {message.key for _, template in templates for message in template.live()},
        )
    homes = {path: number for number, path in enumerate(olds)}
    updated = [
        update_catalog(
            olds[path],
            template,
            locale=locale.name,
            created=now(),
            memory=memory,
            fuzzy_threshold=project.config.fuzzy_threshold,
            same_words=MarkdownWords(),
            past=past,
            home=homes[path],
        )
        for path, template in pairs
    ]
    if memory is not None:
        updated = _share(locale, updated, [template for _, template in pairs], memory)
    for (path, _), catalog in zip(pairs, updated, strict=True):
        if path in gone and not catalog.messages:
            outputs.append((path, None))  # its page is gone, and nobody ever translated a text of it
        else:
            _note_change(project, path, format_catalog(catalog), outputs)


def _share(
    locale: Locale, catalogs: Sequence[Catalog], templates: Sequence[Catalog], known: Mapping[Key, Message]
) -> list[Catalog]:
    """The catalogs, where what one of them was just offered for a new text stands in the others as well.

    The next run would find it there.
    """
    fresh = translation_memory(
        Catalog(messages=tuple(message for message in catalog.messages if message.key not in known))
        for catalog in catalogs
    )
    if not fresh:
        return list(catalogs)
    return [
        update_catalog(catalog, template, locale=locale.name, created=now(), memory=fresh)
        if any(not message.has_translation and message.key in fresh for message in catalog.live())
        else catalog
        for catalog, template in zip(catalogs, templates, strict=True)
    ]


def _is_own(project: Project, path: str) -> bool:
    """Whether this tool made a template for this project, and it does not only lie where one could lie."""
    template = read_catalog(project.file(path), name=path)
    return template is not None and project.owns(template, path)


def _note_change(project: Project, path: str, data: bytes, outputs: list[tuple[str, bytes | None]]) -> None:
    there = _content(project.file(path))
    # git for Windows checks text out in CRLF (`core.autocrlf`): a fresh clone is as up to date as any other.
    if there is None or (there != data and there.replace(b"\r\n", b"\n") != data):
        outputs.append((path, data))


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _regular_content(file: Path) -> bytes | None:
    """The content of a catalog or template, or None where there is none that could be read."""
    try:
        found = file.stat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_FILE_BYTES:
        return None
    return _content(file)
