"""The patterns by which pages and catalogs are found, each alone and beside the others."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from netzwerk_i18n.config.settings import DATA_FORMATS, Folder, Locale, data_format, fill
from netzwerk_i18n.config.text import ConfigText

_Key = tuple[str, ...]


def plain(path: str) -> str:
    """A path or pattern without the `./` and `//` that mean nothing; what makes it a wrong one stays.

    >>> plain("./content//{path}.md"), plain("/content/{path}.md"), plain("content/")
    ('content/{path}.md', '/content/{path}.md', 'content/')
    """
    first, *rest = path.split("/")
    if not rest:
        return path
    *folders, last = rest
    kept = [folder for folder in folders if folder not in ("", ".")]
    return "/".join([*([] if first == "." else [first]), *kept, last])


def globs(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The patterns of files in the list `key` of a table; a folder is one with or without its last slash."""
    return tuple(plain(glob).rstrip("/") for glob in table.get(key, ()))


def require_pattern(
    text: ConfigText,
    pattern: str,
    path: tuple[str, ...],
    index: int | None = None,
    *,
    needed: set[str],
    allowed: set[str],
) -> None:
    """Refuse a pattern that lacks a placeholder, names no file, or leads out of the project.

    Args:
        text: the configuration.
        pattern: the pattern as it stands there.
        path: the key that holds it.
        index: which one of a list of tables holds the key.
        needed: placeholders that it must hold once.
        allowed: all that it may hold.

    Raises:
        ConfigError: with the line of the key.
    """
    names = require_placeholders(text, pattern, path, allowed, index)
    for name in needed:
        if names.count(name) != 1:
            raise text.error(f"{path[-1]} must hold {{{name}}} once", path, index)
    parts = pattern.replace("\\", "/").split("/")
    if (
        pattern.startswith(("/", "\\", "~"))
        or re.match(r"[A-Za-z]:", pattern)
        or ".." in parts
        or "\0" in pattern
    ):
        raise text.error(f"{path[-1]} {pattern!r} leads outside the project", path, index)
    if "\\" in pattern:
        raise text.error(f"{path[-1]} {pattern!r} holds a backslash; write / between folders", path, index)
    if "*" in pattern:
        raise text.error(f"{path[-1]} {pattern!r} holds *; the one wildcard is {{path}}", path, index)
    if parts[-1] in ("", "."):
        raise text.error(f"{path[-1]} {pattern!r} names no file; end it in a file's name", path, index)


def require_placeholders(
    text: ConfigText, pattern: str, path: tuple[str, ...], allowed: set[str], index: int | None = None
) -> list[str]:
    """The names of the placeholders in a pattern.

    Raises:
        ConfigError: if one is not among those that are allowed.
    """
    names: list[str] = re.findall(r"\{([^{}]*)\}", pattern)
    for name in names:
        if name not in allowed:
            options = ", ".join("{" + option + "}" for option in sorted(allowed))
            raise text.error(f"unknown {{{name}}} in {path[-1]}; it may hold {options}", path, index)
    return names


@dataclass(frozen=True)
class Patterns:
    """What the placeholders of one configuration's patterns become, which tells whether files would meet.

    Attributes:
        text: the configuration, for the line of what is wrong.
        domain: what {domain} becomes.
        source_locale: what {locale} becomes for source pages.
        source_lang: what {lang} becomes for them.
        locales: the others.
    """

    text: ConfigText
    domain: str
    source_locale: str
    source_lang: str
    locales: Sequence[Locale]

    def require(self, folders: Sequence[Folder], template: str, catalog: str) -> None:
        """Refuse patterns that are wrong alone, or by which one file would stand in another's place.

        Args:
            folders: `[pages]`, then each `[[pages.more]]`.
            template: the template's pattern.
            catalog: the catalogs' pattern.

        Raises:
            ConfigError: for the first that is wrong.
        """
        self._require_page_patterns(folders)
        self._require_catalog_patterns(template, catalog)
        pages = [
            pattern
            for position, folder in enumerate(folders)
            for pattern in self._page_patterns(position, folder)
        ]
        catalogs = [
            fill(catalog, domain=self.domain, locale=each.name, lang=each.lang) for each in self.locales
        ]
        self._require_places(fill(template, domain=self.domain), catalogs, pages)

    def _require_page_patterns(self, folders: Sequence[Folder]) -> None:
        names = {"path", "lang", "locale"}
        for position, folder in enumerate(folders):
            table, index = _table(position)
            # A data file may be the only one of its kind.
            needed = {"path"} if not folder.keys or "{path}" in folder.source + folder.target else set()
            for key, pattern in (("source", folder.source), ("target", folder.target)):
                require_pattern(self.text, pattern, (*table, key), index, needed=needed, allowed=names)
            self._require_format(folder, table, index)
        for locale in self.locales:
            if locale.target is not None:
                own = ("locales", locale.name, "target")
                require_pattern(self.text, locale.target, own, needed={"path"}, allowed=names)

    def _require_format(self, folder: Folder, table: _Key, index: int | None) -> None:
        """Refuse keys for what is no data file, data files without keys, and another format for their translations."""
        form = data_format(folder.source)
        if folder.keys and form is None:
            message = f"keys are for data files: end source in {', '.join(DATA_FORMATS)}"
            raise self.text.error(message, (*table, "keys"), index)
        if form is not None and not folder.keys:
            name = "[[pages.more]]" if index is not None else f"[{'.'.join(table)}]"
            message = (
                f"source in {name} names data files; give them a table [[pages.more]] whose keys say which values "
                "are texts"
            )
            raise self.text.error(message, (*table, "source"), index)
        if folder.keys and data_format(folder.target) != form:
            raise self.text.error("target must end like source", (*table, "target"), index)

    def _require_catalog_patterns(self, template: str, catalog: str) -> None:
        key = ("catalogs", "template")
        require_pattern(self.text, template, key, needed=set(), allowed={"domain", "path"})
        key = ("catalogs", "catalog")
        names = {"domain", "path", "locale", "lang"}
        require_pattern(self.text, catalog, key, needed=set(), allowed=names)
        if "{locale}" not in catalog and "{lang}" not in catalog:
            raise self.text.error("catalog must hold {locale}: one file for each language", key)
        if ("{path}" in catalog) != ("{path}" in template):
            message = "template and catalog must both hold {path}, or neither"
            raise self.text.error(message, ("catalogs", "template"))

    def _page_patterns(self, position: int, folder: Folder) -> list[str]:
        """The patterns of a folder's pages in all languages; refuses localized pages that would be others.

        A locale may have a target of its own, for the first folder alone.
        """
        table, index = _table(position)
        source = fill(folder.source, lang=self.source_lang, locale=self.source_locale)
        seen: dict[str, str] = {}
        for locale in self.locales:
            own = locale.target if index is None else None
            pattern = fill(own or folder.target, lang=locale.lang, locale=locale.name)
            key = ("locales", locale.name, "target") if own else (*table, "target")
            if pattern in seen:
                message = f"pages in {seen[pattern]} and {locale.name} would be the same files ({pattern})"
                raise self.text.error(f"{message}; put {{lang}} into target", key, index)
            seen[pattern] = locale.name
            if pattern == source:
                raise self.text.error(
                    f"pages in {locale.name} would overwrite their source ({pattern})", key, index
                )
        return [source, *seen]

    def _require_places(self, template: str, catalogs: Sequence[str], pages: Sequence[str]) -> None:
        """Refuse patterns by which a catalog could stand in the place of a template or a page.

        Args:
            template: the template's pattern; of it and of the others only {path} is open.
            catalogs: the catalogs' patterns.
            pages: those of source pages and localized pages.
        """
        if _endings([template]) & _endings(catalogs):
            if template.endswith(".pot"):
                message = "catalog must not end in .pot like a template; end it in .po"
                raise self.text.error(message, ("catalogs", "catalog"))
            raise self.text.error("template must end in .pot", ("catalogs", "template"))
        for patterns, key in (([template], "template"), (catalogs, "catalog")):
            if _endings(patterns) & _endings(pages):
                raise self.text.error(f"{key} must not end like a page", ("catalogs", key))


def _table(position: int) -> tuple[_Key, int | None]:
    """Where a folder's patterns stand: the first ones in `[pages]`, the others in `[[pages.more]]`."""
    return (("pages", "more"), position - 1) if position else (("pages",), None)


def _endings(patterns: Sequence[str]) -> set[str]:
    return {PurePosixPath(pattern).suffix for pattern in patterns}
