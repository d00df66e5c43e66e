"""The project's catalogs as a translation memory that other tools can read and add to.

Whatever comes in fills only what has no translation, and only where it passes the checks that decide whether a
translation is published. What fits no text of today's pages is kept for later: as obsolete messages, which an update
brings back with their texts.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from netzwerk_i18n.catalog import (
    MAX_FILE_BYTES,
    Catalog,
    Key,
    Message,
    format_catalog,
    new_catalog_header,
    now,
    parse_catalog,
    project_lock,
    read_catalog,
    write_bytes_atomically,
)
from netzwerk_i18n.catalog.languages import match_language
from netzwerk_i18n.catalog.memory import (
    COMPENDIUM_MARK,
    Fit,
    Memory,
    Pair,
    fill_catalog,
    format_compendium,
    newest,
    reviewed_translations,
)
from netzwerk_i18n.catalog.tmx import TOOL, TmxContent, format_tmx, parse_tmx
from netzwerk_i18n.checks import Finding, Situation, find_error, labels_of
from netzwerk_i18n.config import Locale
from netzwerk_i18n.errors import CatalogError, OutputError
from netzwerk_i18n.fitting import Fitted, fit_memory
from netzwerk_i18n.project import Project, SourcePage
from netzwerk_i18n.walk import Visit, visit

Format = Literal["tmx", "po"]

MAX_TMX_BYTES = 1024 * 1024 * 1024
"""A larger TMX file is refused; it is read in pieces, so that only what fits the project stays in memory."""

MAX_KEPT = 50_000
"""More translations than this are not kept for later in a catalog: every command would read them each time."""

KEPT_PAGE = "memory"
"""What `{path}` is in the catalog of kept translations, where each page has a catalog of its own."""

_CHUNK = 1 << 16
_HEAD = 1024


# Out


@dataclass(slots=True)
class Export:
    """What `memory export` did.

    Attributes:
        written: files that were written.
        unchanged: files that were right already.
        languages: how many locales had anything to export.
        translations: how many translations were exported.
        left_out: msgids of messages that the format cannot carry.
    """

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    languages: int = 0
    translations: int = 0
    left_out: list[str] = field(default_factory=list)


def export_memory(project: Project, output: Path, *, kind: Format, locales: Sequence[Locale] = ()) -> Export:
    """Write the memory of `locales` (all where empty) into one file, or, where `output` is a folder, one file each.

    Raises:
        NetzwerkError: if a catalog cannot be read, a file cannot be written, or is there and no exported memory.
    """
    found = {
        locale.name: list(_catalogs(project, locale).values()) for locale in locales or project.config.locales
    }
    memories = {name: reviewed_translations(catalogs) for name, catalogs in found.items()}
    memories = {name: memory for name, memory in memories.items() if memory}
    export = Export(languages=len(memories), translations=sum(len(memory) for memory in memories.values()))
    folder = output.is_dir() or not output.suffix
    if kind == "po" and not folder and len(memories) > 1:
        raise OutputError(
            "a PO file holds one language", str(output), remedy="name a folder, or one language with --locale"
        )
    files: dict[Path, tuple[bytes, list[Key]]] = {}
    if kind == "tmx" and not folder and memories:
        files[output] = format_tmx(memories, source_locale=project.config.source_locale)
    else:
        for name, memory in memories.items():
            path = output / f"{name}.{kind}" if folder else output
            if kind == "tmx":
                files[path] = format_tmx({name: memory}, source_locale=project.config.source_locale)
            else:
                header = max(
                    (c.header for c in found[name]), key=lambda h: h.fields.get("PO-Revision-Date", "")
                )
                files[path] = format_compendium(memory, header)
    for path in files:
        _require_exported(path, kind)
    for path, (data, left_out) in files.items():
        written = write_bytes_atomically(path, data, durable=True)
        (export.written if written else export.unchanged).append(str(path))
        export.left_out += [msgid for _, msgid in left_out]
        export.translations -= len(left_out)
    return export


def _require_exported(path: Path, kind: Format) -> None:
    """Refuse to overwrite what is no exported memory: a catalog, or a file of another tool."""
    mark = f'creationtool="{TOOL}"' if kind == "tmx" else f"# {COMPENDIUM_MARK}"
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError.of("cannot be read", error, str(path)) from None
    if mark.encode() not in head:
        raise OutputError(
            "is there and was not written by memory export",
            str(path),
            remedy="name another file, or remove it",
        )


# In


@dataclass(frozen=True, slots=True)
class Refused:
    """A translation that a check would keep from being published: its catalog, line, msgid, and why."""

    file: str
    line: int
    msgid: str
    finding: Finding


@dataclass(slots=True)
class LocaleImport:
    """What a memory brought for one locale: numbers of translations.

    Attributes:
        locale: its name.
        filled: filled in as translations.
        other_context: filled in for review, for the memory does not know their context.
        other_markup: filled in for review, for the memory has their words with other markup.
        kept: kept for later.
        known: that the catalogs have already, or another one in their place.
        fuzzy: for messages that have a fuzzy translation, which stays as it is.
        unused: that fit no text and were not kept.
        refused: that a check refuses.
    """

    locale: str
    filled: int = 0
    other_context: int = 0
    other_markup: int = 0
    kept: int = 0
    known: int = 0
    fuzzy: int = 0
    unused: int = 0
    refused: list[Refused] = field(default_factory=list)


@dataclass(slots=True)
class Import:
    """What `memory import` did, or would do.

    Attributes:
        changed: the catalogs that were, or would be, written; relative to the root.
        locales: the figures of each locale.
        remarks: what is worth a warning about the files.
    """

    changed: list[str] = field(default_factory=list)
    locales: list[LocaleImport] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def import_memory(
    project: Project, files: Sequence[Path], *, locales: Sequence[Locale] = (), keep: bool = True
) -> Import:
    """Fill the catalogs of `locales` (all where empty) from TMX files, PO compendia and catalogs of other tools.

    Args:
        project: the project.
        files: the memories; of two translations of one message the one changed last counts, then the first.
        locales: only these.
        keep: whether what fits no text of today is kept for later, as obsolete messages.

    Raises:
        NetzwerkError: if a file, a page or a catalog cannot be read; nothing is written then.
    """
    with project_lock(project.config.root):
        result, outputs = _prepare(project, files, locales, keep=keep)
        for path, data in outputs.items():
            project.write(path, data, durable=True)
    return result


def check_import(
    project: Project, files: Sequence[Path], *, locales: Sequence[Locale] = (), keep: bool = True
) -> Import:
    """What :func:`import_memory` would do; nothing is written."""
    return _prepare(project, files, locales, keep=keep)[0]


def _prepare(
    project: Project, files: Sequence[Path], locales: Sequence[Locale], *, keep: bool
) -> tuple[Import, dict[str, bytes]]:
    locales = locales or project.config.locales
    result = Import()
    came = _read_memories(project, files, locales, result)
    wanted = [locale for locale in locales if came.get(locale.name)]
    catalogs = {locale.name: _catalogs(project, locale) for locale in wanted}
    fitted = {name: _fit(came[name], found) for name, found in catalogs.items()}
    seen = _look_at_pages(project, wanted, {name: found.memory for name, found in fitted.items()})
    outputs: dict[str, bytes] = {}
    for locale in wanted:
        figures = LocaleImport(locale.name)
        result.locales.append(figures)
        refused: dict[str, dict[Key, Refused]] = {}
        for place in seen[locale.name]:
            refused.setdefault(place.path, {}).update(place.refused)
        figures.refused = [each for found in refused.values() for each in found.values()]
        there = catalogs[locale.name]
        outputs |= _fill(project, locale, there, fitted[locale.name], refused, figures, keep=keep)
    result.changed = sorted(outputs)
    return result, outputs


def _fit(memory: Memory, catalogs: Mapping[str, Catalog]) -> Fitted:
    messages = [message for catalog in catalogs.values() for message in catalog.messages]
    wanted = {message.key for message in messages if _is_open(message)}
    return fit_memory(memory, {message.key for message in messages}, wanted)


def _is_open(message: Message) -> bool:
    """Whether a text of today waits for a translation; plural forms are other tools' and are left to them."""
    return not message.obsolete and not message.has_translation and message.plural is None


@dataclass(frozen=True, slots=True)
class _Place:
    """What the checks refuse on one page, by the key of the message; `path` is the catalog's."""

    locale: str
    path: str
    refused: Mapping[Key, Refused]


def _look_at_pages(
    project: Project, locales: Sequence[Locale], memories: Mapping[str, Memory]
) -> dict[str, list[_Place]]:
    """Hold the translations that could be filled in against every place where they would stand."""

    def look(found: Visit) -> _Place:
        memory, config = memories[found.locale.name], project.config
        labels = labels_of(found.page.text)
        refused: dict[Key, Refused] = {}
        for segment in found.page.segments:
            message = found.catalog.get(segment.key)
            msgstr = _translation(memory, segment.key)
            if message is None or message.has_translation or msgstr is None:
                continue
            situation = Situation(
                segment, msgstr, found.locale.name, config.source_locale, config.rules, labels
            )
            finding = find_error(situation)
            if finding is not None:
                refused[segment.key] = Refused(found.path, max(1, message.line), message.msgid, finding)
        return _Place(found.locale.name, found.path, refused)

    seen: dict[str, list[_Place]] = {locale.name: [] for locale in locales}
    for place in visit(project, look, locales=locales, pages=project.pages):
        seen[place.locale].append(place)
    return seen


def _translation(memory: Memory, key: Key) -> str | None:
    """The memory's translation of a message, or of its text without a context."""
    return memory.get(key, memory.get((None, key[1])))


def _fill(
    project: Project,
    locale: Locale,
    catalogs: dict[str, Catalog],
    fitted: Fitted,
    refused: Mapping[str, Mapping[Key, Refused]],
    figures: LocaleImport,
    *,
    keep: bool,
) -> dict[str, bytes]:
    """The catalogs of a locale that a memory changes; `refused` by catalog."""
    memory = fitted.memory
    used, exact, other, stopped, fuzzy = set[Key](), set[Key](), set[Key](), set[Key](), set[Key]()
    fits: dict[str, Fit] = {}
    for path, catalog in catalogs.items():
        fit = Fit()
        for message in catalog.messages:
            key = message.key
            if key in fitted.uncertain and _is_open(message):
                fit.other_markup[key] = fitted.uncertain[key]
                continue
            source = key if key in memory else (None, key[1])
            if source not in memory:
                continue
            used.add(source)
            if message.has_translation or message.plural is not None:
                if message.fuzzy:
                    fuzzy.add(source)
                continue
            if key in refused.get(path, ()):
                stopped.add(source)
            elif source == key:
                exact.add(source)
                fit.exact[key] = memory[source]
            else:
                other.add(source)
                fit.other_context[key] = memory[source]
        fits[path] = fit
    rest = {key: msgstr for key, msgstr in memory.items() if key not in used}
    figures.filled, figures.other_context = len(exact), len(other - exact)
    figures.other_markup = len({key for fit in fits.values() for key in fit.other_markup})
    figures.fuzzy = len(fuzzy - exact - other - stopped)
    figures.known = fitted.known + len(used - exact - other - stopped - fuzzy)
    figures.kept, figures.unused = (len(rest), 0) if keep else (0, len(rest))
    kept_path = _kept_path(project, locale)
    if figures.kept > MAX_KEPT:
        what = f"{figures.kept:,} translations fit no text of the pages; {MAX_KEPT:,} can be kept for later"
        raise OutputError(what, kept_path, remedy="leave them out with --only-matching")
    if rest and keep and kept_path not in catalogs:
        if os.path.lexists(project.file(kept_path)):
            raise OutputError(
                f"is there and is no catalog of this project; what fits no text (translations: {len(rest):,}) would be kept in it",
                kept_path,
                remedy="move it, or leave them out with --only-matching",
            )
        catalogs[kept_path], fits[kept_path] = _new_catalog(project, locale), Fit()
    outputs: dict[str, bytes] = {}
    for path, catalog in catalogs.items():
        kept = rest if keep and path == kept_path else {}
        fit = fits[path]
        if fit != Fit() or kept:
            outputs[path] = _formatted(fill_catalog(catalog, fit, kept), path)
    return outputs


def _formatted(catalog: Catalog, path: str) -> bytes:
    data = format_catalog(catalog)
    if len(data) > MAX_FILE_BYTES:
        remedy = "keep only what stands on the pages: --only-matching"
        raise CatalogError(
            f"would have {len(data)} bytes with this memory; {MAX_FILE_BYTES} is the limit",
            path,
            remedy=remedy,
        )
    return data


def _kept_path(project: Project, locale: Locale) -> str:
    return project.catalog_path(locale, None if project.one_catalog else SourcePage("", KEPT_PAGE))


def _new_catalog(project: Project, locale: Locale) -> Catalog:
    config = project.config
    header = new_catalog_header(
        project=config.domain,
        locale=locale.name,
        source_locale=config.source_locale,
        created=now(),
        bugs=config.bugs_to,
    )
    return Catalog(header)


def _catalogs(project: Project, locale: Locale) -> dict[str, Catalog]:
    """All catalogs of a locale that are there, by path: those of pages, and this project's own of pages that left."""
    catalogs: dict[str, Catalog] = {}
    for path in project.catalog_paths(locale):
        catalog = read_catalog(project.file(path), name=path)
        if catalog is not None:
            catalogs[path] = catalog
    return catalogs | project.left_catalogs(locale)


# The files that come in


def _read_memories(
    project: Project, files: Sequence[Path], locales: Sequence[Locale], result: Import
) -> dict[str, Memory]:
    """The memories in files, by locale; remarks go to `result`."""
    pairs: dict[str, list[Pair]] = {}
    for file in files:
        if file.suffix.lower() in (".po", ".pot"):
            name, found = _read_compendium(file, locales)
            pairs.setdefault(name, []).extend(found)
        elif file.suffix.lower() in (".tmx", ".xml"):
            content = _read_tmx(project, file, locales)
            result.remarks += _remarks(file, content)
            for name, found in content.pairs.items():
                pairs.setdefault(name, []).extend(found)
        else:
            raise CatalogError("is neither TMX nor PO by its name", str(file), remedy="name it .tmx or .po")
    memories: dict[str, Memory] = {}
    for name, found in pairs.items():
        memories[name], several = newest(found)
        if several:
            result.remarks.append(
                f"{name}: {several:,} texts have several translations; the one changed last counts, then the first"
            )
    return memories


def _read_tmx(project: Project, file: Path, locales: Sequence[Locale]) -> TmxContent:
    names = [locale.name for locale in locales]
    try:
        if file.stat().st_size > MAX_TMX_BYTES:
            raise CatalogError(f"is larger than {MAX_TMX_BYTES} bytes", str(file), remedy="split it")
        with file.open("rb") as opened:
            chunks: Iterator[bytes] = iter(lambda: opened.read(_CHUNK), b"")
            return parse_tmx(
                chunks, file=str(file), source_locale=project.config.source_locale, locales=names
            )
    except OSError as error:
        raise CatalogError.of("cannot be read", error, str(file)) from None


def _read_compendium(file: Path, locales: Sequence[Locale]) -> tuple[str, list[Pair]]:
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise CatalogError(f"is larger than {MAX_FILE_BYTES} bytes", str(file), remedy="split it")
        catalog = parse_catalog(file.read_bytes(), file=str(file))
    except OSError as error:
        raise CatalogError.of("cannot be read", error, str(file)) from None
    code = catalog.header.fields.get("Language", "").strip()
    names = [locale.name for locale in locales]
    if code:
        name = match_language(code, names)
        if name is None:
            raise CatalogError(
                f"is in {code!a}, and the languages asked for are {', '.join(names)}",
                str(file),
                remedy="correct Language in its header, or choose with --locale",
            )
    else:
        name = names[0] if len(names) == 1 else match_language(file.stem, names)
        if name is None:
            raise CatalogError("does not say its language", str(file), remedy="say it with --locale")
    memory = reviewed_translations([catalog])
    return name, [Pair(msgid, msgstr, msgctxt) for (msgctxt, msgid), msgstr in memory.items()]


def _remarks(file: Path, content: TmxContent) -> Iterator[str]:
    if content.without_source:
        yield f"{file}: {content.without_source:,} of {content.units:,} units have no text in the source language"
    if content.too_large:
        yield f"{file}: {content.too_large:,} texts are too large for a catalog and were left out"
    if not content.pairs and content.other_languages:
        codes = ", ".join(sorted(content.other_languages)[:10])
        yield f"{file}: none of its languages was asked for: {codes}"
