"""Books made by mdBook, which knows one language: the chapters of each other one lie in a folder beside those of the source.

Chapters include files by their paths from where they lie themselves
(https://rust-lang.github.io/mdBook/format/mdbook.html#including-files), so the folder lies where that of the source lies.
"""

import posixpath
import re
import tomllib
from dataclasses import replace
from pathlib import Path

from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.init.plain import find_by_folder
from netzwerk_i18n.init.site import Language, Site, find_files, language, note_shown_files, read_text

_CONFIGURATION = "book.toml"
_SUMMARY = "SUMMARY.md"


def find_mdbook(root: Path, source: str | None) -> Site | None:
    """The book in a folder, or None.

    Args:
        root: the folder.
        source: the language to translate from, where the configuration does not say it.

    Raises:
        ConfigError: if its configuration cannot be read, names no language, or has its pages elsewhere.
    """
    text = read_text(root / _CONFIGURATION)
    if text is None:
        return None
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"cannot be read: {error}", file=_CONFIGURATION) from None
    table = data.get("book")
    book = table if isinstance(table, dict) else {}
    folder = posixpath.normpath(str(book.get("src") or "src"))
    if folder.startswith(("/", "..")):
        raise ConfigError(
            f"its src, {folder}, lies outside this folder", file=_CONFIGURATION, remedy="run init above both"
        )
    begin = "" if folder == "." else f"{folder}/"
    if not (root / begin / _SUMMARY).is_file():
        found = find_by_folder(root, find_files(root, folder), source)
        return found and replace(
            found, kind="an mdBook for each language", evidence=_CONFIGURATION, heading_ids="mdbook"
        )
    said = source or str(book.get("language") or "en")
    chosen = language(said)
    if chosen is None:
        raise ConfigError(f"{said!r} is no language", file=_CONFIGURATION, remedy="say --source-locale")
    target = f"{folder}-{{lang}}/{{path}}.md" if begin else "{lang}/{path}.md"
    site = Site(
        "an mdBook, a folder for each language",
        _CONFIGURATION,
        chosen,
        _there(root, target, chosen),
        f"{begin}{{path}}.md",
        target,
        needed=("**",),  # mdBook makes an empty page of each that the summary names and that is not there
        heading_ids="mdbook",
        tagged=True,
    )
    return replace(site, notes=tuple(note_shown_files(root, site)))


def _there(root: Path, target: str, chosen: Language) -> tuple[Language, ...]:
    """The languages that have a summary where the pattern says."""
    start, end = target.replace("{path}.md", _SUMMARY).split("{lang}")
    pattern = re.compile(re.escape(start) + r"([\w@-]+)" + re.escape(end))
    codes = (found[1] for path in find_files(root) if (found := pattern.fullmatch(path)))
    languages = (each for code in codes if (each := language(code)) is not None)
    return tuple(each for each in languages if each.locale != chosen.locale)
