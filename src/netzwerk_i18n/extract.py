"""Source pages -> template, and every catalog brought up to date with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from netzwerk_i18n.catalog import (
    FORBIDDEN,
    Catalog,
    Entry,
    build_template,
    format_catalog,
    new_template_header,
    now,
    project_lock,
    read_catalog,
    translation_memory,
    update_catalog,
)
from netzwerk_i18n.config import Locale, fill
from netzwerk_i18n.errors import NetzwerkError, NetzwerkErrors
from netzwerk_i18n.page import Page, count_words
from netzwerk_i18n.parallel import map_chunks
from netzwerk_i18n.project import Project, SourcePage, estimate_size


@dataclass(frozen=True, slots=True)
class Problem:
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
    """

    pages: int = 0
    messages: int = 0
    words: int = 0
    changed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _PageEntries:
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    error: NetzwerkError | None = None


def extract(project: Project) -> Extraction:
    """Write the template and update every catalog; a file that is right already is not touched.

    Raises:
        NetzwerkError: if any page or catalog cannot be read. Nothing is written then.
    """
    with project_lock(project.config.root):
        extraction, outputs = _prepare(project)
        for path, data in outputs:
            if data is None:
                project.remove(path)
            else:
                project.write(path, data, durable=True)
    return extraction


def check_extract(project: Project) -> Extraction:
    """What :func:`extract` would do; nothing is written.

    Raises:
        NetzwerkError: if any page or catalog cannot be read.
    """
    return _prepare(project)[0]


def pending_outputs(project: Project) -> list[tuple[str, bytes | None]]:
    """The files that :func:`extract` would write, with their bytes, or None for one that it would remove.

    Raises:
        NetzwerkError: if any page or catalog cannot be read.
    """
    return _prepare(project)[1]


def _prepare(project: Project) -> tuple[Extraction, list[tuple[str, bytes | None]]]:
    pages = project.pages
    extraction = Extraction(pages=len(pages))
    if not pages:
        message = f"no page fits source {project.config.source!r}, so every message becomes obsolete"
        extraction.problems.append(Problem(project.config.file, None, message))
    by_page: list[tuple[Entry, ...]] = []
    errors: list[NetzwerkError] = []
    for result in _read_entries(project, pages):
        by_page.append(result.entries)
        extraction.problems += result.problems
        if result.error is not None:
            errors.append(result.error)
    if errors:
        raise NetzwerkErrors(errors)
    groups = _groups(project, by_page)
    templates = [(path, _template(project, path, entries)) for path, entries in groups]
    keys = {message.key for _, template in templates for message in template.live()}
    extraction.messages = len(keys)
    extraction.words = sum(count_words(msgid) for _, msgid in keys)
    outputs: list[tuple[str, bytes | None]] = []
    for path, template in templates:
        _note_change(project, path, format_catalog(template), outputs)
    if not project.one_catalog:
        outputs += [
            (path, None)
            for path in _orphans(project, project.config.template, [path for path, _ in templates])
            if _read_own(project, path) is not None
        ]
    size = sum(len(template.messages) for _, template in templates) * 200 * len(project.config.locales)
    for chunk, wrong in map_chunks(
        lambda locales: _update_all(project, locales, templates), project.config.locales, size=size
    ):
        outputs += chunk
        errors += wrong
    if errors:
        raise NetzwerkErrors(errors)
    extraction.changed = [path for path, _ in outputs]
    return extraction, outputs


def _read_entries(project: Project, pages: Sequence[SourcePage]) -> Iterator[_PageEntries]:
    size = estimate_size(project, pages)
    for chunk in map_chunks(lambda part: [_entries(project, page) for page in part], pages, size=size):
        yield from chunk


def _entries(project: Project, source: SourcePage) -> _PageEntries:
    try:
        page = Page.parse(project.read_page(source), project.config.page)
    except NetzwerkError as error:
        return _PageEntries((), (), error)
    problems = [Problem(source.path, line, message) for line, message in page.problems]
    entries: list[Entry] = []
    style = project.config.references
    for segment in page.segments:
        wrong = next((name for character, name in FORBIDDEN.items() if character in segment.text), None)
        if wrong is not None:
            message = f"this text holds {wrong}, which no PO file can carry; it is left as it is"
            problems.append(Problem(source.path, segment.line, message))
            continue
        place = {"file": (source.path,), "line": (f"{source.path}:{segment.line}",), "none": ()}[style]
        entries.append(Entry(segment.text, segment.context, place, segment.comments))
    return _PageEntries(tuple(entries), tuple(problems))


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


def _update_all(
    project: Project, locales: Sequence[Locale], templates: Sequence[tuple[str, Catalog]]
) -> tuple[list[tuple[str, bytes | None]], list[NetzwerkError]]:
    outputs: list[tuple[str, bytes | None]] = []
    errors: list[NetzwerkError] = []
    for locale in locales:
        try:
            _update(project, locale, templates, outputs)
        except NetzwerkError as error:
            errors.append(error)
    return outputs, errors


def _update(
    project: Project,
    locale: Locale,
    templates: Sequence[tuple[str, Catalog]],
    outputs: list[tuple[str, bytes | None]],
) -> None:
    paths = _catalog_paths(project, locale)
    olds = {path: read_catalog(project.file(path), name=path) for path in paths}
    pairs = list(zip(paths, [template for _, template in templates], strict=True))
    orphans = [] if project.one_catalog else _orphans(project, _own(project.config.catalog, locale), paths)
    for path in orphans:
        old = _read_own(project, path)
        if old is not None:
            olds[path] = old
            pairs.append((path, Catalog(old.header)))
    memory = None
    if not project.one_catalog:
        memory = translation_memory(old for old in olds.values() if old is not None)
    for path, template in pairs:
        updated = update_catalog(
            olds[path],
            template,
            locale=locale.name,
            created=now(),
            memory=memory,
            fuzzy_threshold=project.config.fuzzy_threshold,
        )
        _note_change(project, path, format_catalog(updated), outputs)


def _read_own(project: Project, path: str) -> Catalog | None:
    """A catalog that this tool made for this project; None for one that only lies where its own could lie."""
    catalog = read_catalog(project.file(path), name=path)
    if catalog is None:
        return None
    fields, config = catalog.header.fields, project.config
    own = (config.domain, config.source_locale)
    return catalog if (fields.get("Project-Id-Version"), fields.get("X-Source-Language")) == own else None


def _own(pattern: str, locale: Locale) -> str:
    return fill(pattern, locale=locale.name, lang=locale.lang)


def _catalog_paths(project: Project, locale: Locale) -> list[str]:
    if project.one_catalog:
        return [project.catalog_path(locale)]
    return [project.catalog_path(locale, page) for page in project.pages]


def _orphans(project: Project, pattern: str, known: Sequence[str]) -> list[str]:
    """Files that fit `pattern` and belong to no page: their pages were removed or renamed."""
    expected = set(known)
    return [
        path for path in project.find(fill(pattern, domain=project.config.domain)) if path not in expected
    ]


def _note_change(project: Project, path: str, data: bytes, outputs: list[tuple[str, bytes | None]]) -> None:
    if _content(project.file(path)) != data:
        outputs.append((path, data))


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None
