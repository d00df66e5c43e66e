"""Which source pages there are, and where their catalogs and localized pages lie.

All paths that leave this module are relative to the project's root, with `/`; nothing outside the root is ever
read or written.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from netzwerk_i18n.catalog import (
    Catalog,
    is_leftover,
    read_catalog,
    read_catalog_bytes,
    write_bytes_atomically,
)
from netzwerk_i18n.catalog.languages import language_tag
from netzwerk_i18n.config import Config, Locale, fill, matches_glob
from netzwerk_i18n.errors import ConfigError, OutputError, PageError

STATE_FOLDER = "locales/.netzwerk-i18n"
"""Where the tool keeps what it must remember, relative to the root."""

_ANYTHING = "[A-Za-z0-9_@-]+"
_LANGUAGE = "[A-Za-z]{2,3}(?:[_@-][A-Za-z0-9]+)*"
"""What may stand for a language in the name of a page: of one that is surely localized, and of one that may not be."""

_ANY_PATH = "(?P<path>.+)"
_LINE_NUMBER = re.compile(r":[0-9]+\Z")
_SAMPLE = 50

MAX_PAGE_BYTES = 16 * 1024 * 1024
"""A larger page is refused."""


class SourcePage(NamedTuple):
    """A page of the source language.

    Attributes:
        path: where it lies, relative to the root.
        wildcard: what `{path}` stands for in it.
        folder: the number of the folder (`Config.folders`) that it is in.
    """

    path: str
    wildcard: str
    folder: int = 0

    @property
    def name(self) -> str:
        """What `{path}` stands for in the names of its catalogs: two folders may have pages of one name."""
        return self.path.rpartition(".")[0] if self.folder else self.wildcard


@dataclass(frozen=True)
class Project:
    """A project's files by its configuration's patterns.

    Attributes:
        config: the settings.
        generated: pages that this tool wrote, as paths from the root.
        pending: files as they are about to be written, by path; None for one that is about to be removed.
        earlier_of: the folder of the project whose earlier state this is, laid out elsewhere; None for a project itself.
    """

    config: Config
    generated: frozenset[str] = frozenset()
    pending: Mapping[str, bytes | None] = field(default_factory=dict, compare=False)
    earlier_of: Path | None = None

    def awaiting(self, pending: Mapping[str, bytes | None]) -> "Project":
        """This project as it will be when these files are written."""
        return replace(self, pending=pending)

    def previewed(self) -> "Project":
        """This project with pages for those who translate, who see on them what nobody reviewed yet."""
        return replace(self, config=replace(self.config, preview=True))

    @cached_property
    def pages(self) -> tuple[SourcePage, ...]:
        """All source pages, sorted by path.

        Raises:
            PageError: if a folder cannot be read, or a page is a link that leads outside the project.
            OutputError: if one file would be a catalog or template of two of them, or a localized page.
        """
        pages = tuple(self._find_pages())
        if not self.one_catalog:
            self._require_own_catalogs(pages)
        if self.config.more:
            self._require_own_targets(pages)
        return pages

    @cached_property
    def page_paths(self) -> frozenset[str]:
        """The paths of all source pages."""
        return frozenset(page.path for page in self.pages)

    @property
    def one_catalog(self) -> bool:
        """Whether the project has one catalog for each locale, not one for each page."""
        return "{path}" not in self.config.catalog

    @property
    def catalog_pages(self) -> Sequence[SourcePage | None]:
        """What each catalog of a locale belongs to: a page, or None for all of them."""
        return [None] if self.one_catalog else self.pages

    def select(self, names: Sequence[str]) -> tuple[SourcePage, ...]:
        """The source pages that `names` (paths from the root, or globs of them) stand for; all of them without names.

        Raises:
            ConfigError: if a name stands for no source page.
        """
        if not names:
            return self.pages
        chosen: dict[str, SourcePage] = {}
        for name in names:
            clean = PurePosixPath(name.replace("\\", "/")).as_posix()
            if clean == ".":
                return self.pages
            # A file's name may hold the signs of a glob.
            found = [page for page in self.pages if page.path in (name, clean)]
            found = found or [page for page in self.pages if matches_glob(page.path, clean)]
            found = found or [page for page in self.pages if page.path.startswith(clean + "/")]
            if not found:
                raise ConfigError(
                    f"{name} is no source page",
                    remedy=f"source pages are {named_sources(self.config)}, counted from the project's folder",
                )
            chosen.update((page.path, page) for page in found)
        return tuple(chosen[path] for path in sorted(chosen))

    def template_path(self, page: SourcePage | None = None) -> str:
        """The template, of `page` where there is one for each page."""
        return fill(self.config.template, domain=self.config.domain, path=page.name if page else "")

    def catalog_path(self, locale: Locale, page: SourcePage | None = None) -> str:
        """The catalog of `locale`, of `page` where there is one for each page."""
        return fill(
            self.config.catalog,
            domain=self.config.domain,
            locale=locale.name,
            lang=locale.lang,
            path=page.name if page else "",
        )

    def catalog_paths(self, locale: Locale) -> list[str]:
        """All catalogs of `locale`, in the order of the pages; whether they are there does not matter."""
        return [self.catalog_path(locale, page) for page in self.catalog_pages]

    def left_catalogs(self, locale: Locale) -> dict[str, Catalog]:
        """The catalogs of `locale` that this tool made for pages that were removed or renamed since, by path.

        Raises:
            CatalogError: if one of them cannot be read.
        """
        found: dict[str, Catalog] = {}
        own = set(self.catalog_paths(locale))
        for path in () if self.one_catalog else self.find(self._own_catalogs(locale)):
            if (
                path in own or path in self._current_catalogs
            ):  # all of them are asked for only where one was left
                continue
            catalog = read_catalog(self.file(path), name=path)
            if catalog is not None and self.owns(catalog, path) and self._is_in(locale, catalog, path):
                found[path] = catalog
        return found

    @cached_property
    def _current_catalogs(self) -> frozenset[str]:
        return frozenset(path for locale in self.config.locales for path in self.catalog_paths(locale))

    def _own_catalogs(self, locale: Locale) -> str:
        """The pattern of the catalogs of `locale`, with `{path}` in it."""
        config = self.config
        return fill(config.catalog, domain=config.domain, locale=locale.name, lang=locale.lang)

    def _is_in(self, locale: Locale, catalog: Catalog, path: str) -> bool:
        """Whether a catalog that lies where one of `locale` could lie is in that language.

        By `{path}-{lang}.po`, `a-pt-pt.po` is that of `a` in pt-pt or of `a-pt` in pt: its header says which, or else the
        closer fit.
        """
        language = catalog.header.fields.get("Language", "").strip()
        fits: dict[str, int] = {}
        named = [Locale(language, language_tag(language).lower())] if language else []
        for each in (*self.config.locales, *named):
            match = _wildcard_pattern(self._own_catalogs(each)).fullmatch(path)
            if match is not None:
                fits.setdefault(each.name, len(match["path"]))
        return locale.name == (language if language in fits else min(fits, key=fits.__getitem__))

    def owns(self, catalog: Catalog, path: str) -> bool:
        """Whether this tool made the catalog or template at `path` for this project: its header says so.

        Platforms put a name of their own for the project; then it is the catalog of the page that its references name.
        """
        config, fields = self.config, catalog.header.fields
        if fields.get("X-Source-Language") != config.source_locale:
            return False
        if fields.get("Project-Id-Version", "").strip() == config.domain:
            return True
        places = {place for message in catalog.live() for place in message.references}
        sources = [_wildcard_pattern(config.source_pattern(number)) for number in range(len(config.folders))]
        pages = [
            SourcePage(file, found["path"], number)
            for file in {_LINE_NUMBER.sub("", place) for place in places}
            for number, source in enumerate(sources)
            if (found := source.fullmatch(file))
        ]
        return any(self.catalog_path(locale, page) == path for locale in config.locales for page in pages)

    def catalog_bytes(self, path: str) -> bytes | None:
        """The content of a catalog, as it lies on the disk or is about to be written; None where there is none.

        Raises:
            CatalogError: if it cannot be read, or is too large for a catalog.
        """
        if path in self.pending:
            return self.pending[path]
        return read_catalog_bytes(self.file(path), name=path)

    def target_path(self, locale: Locale, page: SourcePage) -> str:
        """Where the localized page of `page` stands."""
        pattern = self.config.target_of(locale, page.folder)
        return fill(pattern, path=page.wildcard, lang=locale.lang, locale=locale.name)

    def file(self, path: str) -> Path:
        """The file at `path`, made sure to lie in the project.

        Raises:
            OutputError: if the path leads outside the root, by itself or through a link.
        """
        return Path(self.file_name(path))

    def file_name(self, path: str) -> str:
        """:meth:`file` as a string, for those who ask after each page of a large site.

        Raises:
            OutputError: as :meth:`file` does.
        """
        parent, _, name = path.rpartition("/")
        folder = self._folders.get(parent)
        if not name or name == ".." or "\0" in path:
            raise OutputError("leads outside the project", file=path)
        if folder is None:
            if ".." in parent.split("/") or path.startswith("/"):
                raise OutputError("leads outside the project", file=path)
            folder = str(self.config.root / parent)
            if not _lies_in(os.path.realpath(folder), self._real_root):
                raise OutputError(
                    "leads outside the project through a link", file=path, remedy="remove the link"
                )
            self._folders[parent] = folder
        return f"{folder}{os.sep}{name}"

    def write(self, path: str, data: bytes, *, durable: bool) -> bool:
        """Write a file whole or not at all; False where it holds these bytes already.

        Args:
            path: where, relative to the root.
            data: its content.
            durable: wait until the disk has it; for what cannot be made again.

        Raises:
            OutputError: if it cannot be written, or is a symbolic link.
        """
        file = self.file_name(path)
        self._sweep(path.rpartition("/")[0])
        return write_bytes_atomically(file, data, durable=durable, name=path)

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that are empty without it.

        Raises:
            OutputError: if it cannot be removed.
        """
        file = self.file(path)
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError.of("cannot be removed", error, path) from None
        for folder in list(file.parents)[: len(PurePosixPath(path).parts) - 1]:
            try:
                folder.rmdir()
            except OSError:
                break

    def read_page(self, page: SourcePage) -> str:
        """The text of a source page, line breaks and byte order mark as they are.

        Raises:
            PageError: if it cannot be read or is not UTF-8; the message names the byte.
        """
        return decode_page(read_bytes(self.file_name(page.path), page.path), page.path)

    def read_target(self, path: str) -> bytes | None:
        """The bytes of a page that stands at `path`, or None.

        Raises:
            OutputError: if it is a symbolic link: what it points to is not this tool's to replace.
        """
        try:
            file = self.file_name(path)
            mode = os.lstat(file).st_mode
            if stat.S_ISLNK(mode):
                raise OutputError(
                    "is a symbolic link, which is never written through", file=path, remedy="remove it"
                )
            if not stat.S_ISREG(mode):  # reading a pipe would wait for ever
                raise OutputError("is not a regular file", file=path, remedy="move it away")
            return _content(file)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise OutputError.of("cannot be read", error, path) from None

    def find(self, pattern: str) -> list[str]:
        """The existing files that fit a pattern with `{path}` in it and nothing else open, sorted."""
        wanted = _wildcard_pattern(pattern)
        start = PurePosixPath(pattern.partition("{path}")[0] + "x").parent
        return sorted(path for path, _ in self._walk(start) if wanted.fullmatch(path))

    def _sweep(self, folder: str) -> None:
        """Remove what a killed run left half written in a folder; the lock keeps all other runs out meanwhile.

        Workers of this run may be writing there now.
        """
        if folder in self._swept:
            return
        self._swept.add(folder)
        with suppress(OSError):
            for file in (self.config.root / folder).iterdir():
                if is_leftover(file.name):
                    file.unlink()

    @cached_property
    def _swept(self) -> set[str]:
        return set()

    @cached_property
    def _folders(self) -> dict[str, str]:
        """Folders that are known to lie in the project."""
        return {}

    @cached_property
    def _real_root(self) -> str:
        return os.path.realpath(self.config.root)

    def _find_pages(self) -> Iterator[SourcePage]:
        """All source pages, sorted by path; one that would be in two folders is in that whose pattern says more of its path."""
        if not self.config.more:
            return self._pages_in(0)
        found: dict[str, SourcePage] = {}
        for number in range(len(self.config.folders)):
            for page in self._pages_in(number):
                other = found.get(page.path)
                if other is None or len(page.wildcard) < len(other.wildcard):
                    found[page.path] = page
        return iter(sorted(found.values()))

    def _pages_in(self, number: int) -> Iterator[SourcePage]:
        config = self.config
        folder = config.folders[number]
        pattern = config.source_pattern(number)
        wanted = _wildcard_pattern(pattern)
        numbers = range(len(config.folders))
        targets = [
            _wildcard_pattern(config.target_pattern(locale, each))
            for each in numbers
            for locale in config.locales
        ]
        any_targets = [_any_language_pattern(each.target, _ANYTHING) for each in config.folders]
        language_targets = [_any_language_pattern(each.target, _LANGUAGE) for each in config.folders]
        start = PurePosixPath(pattern.partition("{path}")[0] + "x").parent
        for path, is_link in sorted(self._walk(start)):
            match = wanted.fullmatch(path)
            if match is None or any(matches_glob(path, glob) for glob in config.exclude):
                continue
            if folder.include and not any(matches_glob(path, glob) for glob in folder.include):
                continue
            # A name may fit both sides (a.fr.md fits {path}.md and {path}.fr.md): the closer fit says what it is.
            # So it is with a page that was generated, or is written by people, for a language which the site has not.
            known = targets
            if path in self.generated:
                known = [*targets, *any_targets]
            elif config.is_hand_written(path):
                known = [*targets, *language_targets]
            fits = (target.fullmatch(path) for target in known)
            if any(fit and len(fit["path"]) < len(match["path"]) for fit in fits):
                continue
            _require_plain_name(path)
            if is_link:
                self._require_inside(path)
            yield SourcePage(path, match["path"], number)

    def _walk(self, start: PurePosixPath) -> Iterator[tuple[str, bool]]:
        """All files below `start` but hidden ones, and whether they are links; links to folders are not followed."""
        top = self.config.root / start
        if not _lies_in(os.path.realpath(top), self._real_root):
            raise PageError("leads outside the project", file=str(start))
        folders = [("" if str(start) == "." else f"{start}/", str(top))]
        while folders:
            prefix, folder = folders.pop()
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        if entry.name.startswith("."):
                            continue
                        if entry.is_dir(follow_symlinks=False):
                            folders.append((f"{prefix}{entry.name}/", entry.path))
                        elif _is_file(entry):
                            yield prefix + entry.name, entry.is_symlink()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise PageError.of("cannot be read", error, prefix or ".") from None

    def _require_own_catalogs(self, pages: Sequence[SourcePage]) -> None:
        """Refuse pages that would share a file, as `a` in pt-pt and `a-pt` in pt do by `{path}-{lang}.po`.

        Raises:
            OutputError: if there are such.
        """
        owners: dict[str, str] = {}
        for page in pages:
            catalogs = [self.catalog_path(locale, page) for locale in self.config.locales]
            for path in (self.template_path(page), *catalogs):
                if path in owners:
                    raise OutputError(
                        f"would be a catalog or template of both {owners[path]} and {page.path}",
                        file=path,
                        remedy="exclude one of these pages, or give each language a folder of its own in catalog",
                    )
                owners[path] = page.path

    def _require_own_targets(self, pages: Sequence[SourcePage]) -> None:
        """Refuse pages of two folders that would have one localized page, or be one.

        Raises:
            OutputError: if there are such.
        """
        owners = {page.path: page.path for page in pages}
        for page in pages:
            for locale in self.config.locales:
                path = self.target_path(locale, page)
                if path in owners:
                    raise OutputError(
                        f"would be the localized page of both {owners[path]} and {page.path}"
                        if path != owners[path]
                        else f"is a source page, and would be the localized page of {page.path}",
                        file=path,
                        remedy="give the pages of each [[pages.more]] another target, or fewer pages by include",
                    )
                owners[path] = page.path

    def _require_inside(self, path: str) -> None:
        """Refuse a link that leads outside the project.

        Raises:
            PageError: if it does.
        """
        if not _lies_in(os.path.realpath(self.config.root / path), self._real_root):
            raise PageError(
                "is a link that leads outside the project",
                file=path,
                remedy="copy the page into the project, or exclude it",
            )


def _is_file(entry: "os.DirEntry[str]") -> bool:
    """Whether an entry of a folder is a file; a link that leads nowhere is named where it would be read as a page."""
    try:
        return entry.is_file()
    except OSError:
        return entry.is_symlink()


def read_bytes(file: Path | str, name: str) -> bytes:
    """The content of a page.

    Raises:
        PageError: if it cannot be read, or is larger than :data:`MAX_PAGE_BYTES`.
    """
    try:
        data = _content(file)
    except OSError as error:
        raise PageError.of("cannot be read", error, name) from None
    if len(data) > MAX_PAGE_BYTES:
        raise PageError(
            f"is larger than {MAX_PAGE_BYTES // 1024 // 1024} MiB", file=name, remedy="exclude it"
        )
    return data


def _content(file: Path | str) -> bytes:
    with open(file, "rb", buffering=0) as page:  # noqa: PTH123 - Path's way takes twice the time
        return page.read()


def estimate_size(project: Project, pages: Sequence[SourcePage]) -> int:
    """The size of source pages in bytes, guessed from the first ones; what cannot be read counts as nothing."""
    sample = pages[:_SAMPLE]
    return sum(_page_size(project, page) for page in sample) * max(1, len(pages) // _SAMPLE)


def _page_size(project: Project, page: SourcePage) -> int:
    try:
        return project.file(page.path).stat().st_size
    except OSError:
        return 0


def decode_page(data: bytes, name: str) -> str:
    """A page's bytes as text.

    Raises:
        PageError: if they are not UTF-8; it names the offset of the first wrong byte, counted from 0.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PageError(
            f"is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}",
            file=name,
            line=line,
            remedy="save it as UTF-8",
        ) from None


def named_sources(config: Config) -> str:
    """The patterns of all source pages, for messages."""
    return " and ".join(repr(folder.source) for folder in config.folders)


@lru_cache(maxsize=256)
def _wildcard_pattern(pattern: str) -> re.Pattern[str]:
    return _expression(pattern, {"{path}": _ANY_PATH})


def _any_language_pattern(target: str, language: str) -> re.Pattern[str]:
    """The target pattern with any language in it that is like `language`, a regular expression."""
    return _expression(target, {"{path}": _ANY_PATH, "{lang}": language, "{locale}": language})


def _expression(pattern: str, places: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern with these expressions in its places; a pattern that names one file has an empty path."""
    parts = [places.get(part) or re.escape(part) for part in re.split(r"(\{\w+\})", pattern)]
    path = "" if "{path}" in pattern else "(?P<path>)"
    return re.compile("".join(parts) + path, re.DOTALL)


def _require_plain_name(path: str) -> None:
    """Refuse a path that no reference in a catalog could hold.

    Raises:
        PageError: for a path that is not UTF-8, or has a line break or another control character in it.
    """
    if not path.isprintable() and any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in path):
        shown = ascii(path)[1:-1]
        raise PageError(
            "its name is not UTF-8, or holds a control character",
            file=shown,
            remedy="rename it, or exclude it",
        )


def _lies_in(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)
