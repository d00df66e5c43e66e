"""Folders of Markdown files without a generator: `README.fr.md` beside `README.md`, or a folder for each language."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from netzwerk_i18n.config import matches_glob
from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.init.site import (
    Language,
    Site,
    find_files,
    language,
    locale_name,
    other_languages,
    read_text,
)

_SAMPLE_WORDS = 3000


def find_plain(root: Path, source: str | None) -> Site | None:
    """The pages of a folder that no generator makes a site of, or None.

    Args:
        root: the folder.
        source: the language to translate from, where it cannot be told or is another one.

    Raises:
        ConfigError: if it cannot be told which language the source pages are in.
    """
    files = find_files(root)
    return find_by_folder(root, files, source) or find_by_suffix(root, files, source)


def find_by_suffix(root: Path, files: list[str], source: str | None) -> Site | None:
    """Files whose names end in a language beside others without one, or files that may have such beside them.

    Args:
        root: the folder of the site.
        files: its pages.
        source: the language to translate from, where it cannot be told or is another one.

    Raises:
        ConfigError: if it cannot be told which language the source pages are in.
    """
    known = set(files)
    codes: dict[str, Counter[str]] = defaultdict(Counter)
    pages: dict[str, set[str]] = defaultdict(set)
    for path in files:
        for mark in re.finditer("[._-]", path[: -len(".md")]):
            page, code = f"{path[: mark.start()]}.md", path[mark.end() : -len(".md")]
            if page in known and locale_name(code):
                codes[mark[0]][code] += 1
                pages[mark[0]].add(page)
                break
    if codes:
        sign = max(codes, key=lambda each: codes[each].total())
        translated = sorted(pages[sign])
    elif (site := _alone(root, files, source)) is not None:
        return site
    elif files:
        own = ("README.md", *(path for path in files if path.startswith("docs/")))
        sign, translated = ".", list(own) if "README.md" in known else files
    else:
        return None
    chosen = guess_source(root, translated, source)
    top = _tops(translated)
    folder = top[0].removesuffix("/**") if len(top) == 1 and top[0].endswith("/**") else None
    begin = f"{folder}/" if folder else ""
    ends = tuple(f"{sign}{code}.md" for code in codes[sign])
    left = [
        path
        for path in files
        if not any(matches_glob(path, glob) for glob in top) and not path.endswith(ends)
    ]
    return Site(
        "Markdown files, the language in the file name",
        translated[0],
        chosen,
        other_languages(codes[sign], chosen),
        f"{begin}{{path}}.md",
        f"{begin}{{path}}{sign}{{lang}}.md",
        include=() if folder else top,
        notes=_left_out(left),
    )


def _left_out(paths: list[str]) -> tuple[str, ...]:
    if not paths:
        return ()
    more = f", and {len(paths) - 1:,} more" if len(paths) > 1 else ""
    return (f"{paths[0]} is left out{more}; the patterns under [pages] say which pages count",)


def _alone(root: Path, files: list[str], source: str | None) -> Site | None:
    """A folder named by the language of its pages that holds all pages but those at the top, or None."""
    below = sorted(path for path in files if "/" in path)
    parts = [path.split("/")[:-1] for path in below]
    told = _told(source)
    for depth, code in enumerate(parts[0] if parts else ()):
        if any(part[: depth + 1] != parts[0][: depth + 1] for part in parts):
            return None
        chosen = language(code)
        if chosen and (chosen.locale == told.locale if told is not None else _is_in(root, below, code)):
            begin = "".join(f"{part}/" for part in parts[0][:depth])
            return Site(
                "Markdown files, a folder for each language",
                f"{begin}{code}/",
                chosen,
                (),
                f"{begin}{code}/{{path}}.md",
                f"{begin}{{lang}}/{{path}}.md",
                notes=_left_out([path for path in files if "/" not in path]),
            )
    return None


def find_by_folder(root: Path, files: list[str], source: str | None) -> Site | None:
    """A folder whose subfolders are named by languages, or None.

    Two of them have a page of the same name. Or the pages beside them are in one more language, and are the source.

    Args:
        root: the folder of the site.
        files: its pages.
        source: the language to translate from, where it cannot be told or is another one.
    """
    names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in files:
        parts = path.split("/")
        for index, part in enumerate(parts[:-1]):
            if locale_name(part):
                names["/".join([*parts[:index], ""])][part].add("/".join(parts[index + 1 :]))
    for begin in sorted(names, key=lambda each: -sum(map(len, names[each].values()))):
        folders = names[begin]
        beside = {
            path.removeprefix(begin)
            for path in files
            if path.startswith(begin) and path.removeprefix(begin).split("/")[0] not in folders
        }
        site = _beside(root, begin, folders, beside, source) or _among(begin, folders, source)
        if site is not None:
            return site
    return None


def _among(begin: str, folders: Mapping[str, set[str]], source: str | None) -> Site | None:
    """The pages of one of these folders, to be translated into the others."""
    shared = Counter(page for found in folders.values() for page in found)
    if not any(count > 1 for count in shared.values()):
        return None
    told = _told(source)
    if told is not None:
        lang = next((code for code in folders if locale_name(code) == told.locale), None)
    else:
        lang = max(folders, key=lambda code: (len(folders[code]), code == "en"))
    chosen = language(lang) if lang is not None else None
    if chosen is None:
        return None
    return Site(
        "Markdown files, a folder for each language",
        f"{begin}{lang}/",
        chosen,
        other_languages(folders, chosen),
        f"{begin}{lang}/{{path}}.md",
        f"{begin}{{lang}}/{{path}}.md",
    )


def _beside(
    root: Path, begin: str, folders: Mapping[str, set[str]], pages: set[str], source: str | None
) -> Site | None:
    """The pages beside these folders, if they are what the folders hold the translations of."""
    shared = sorted(pages & set[str]().union(*folders.values()))
    if not shared or 2 * len(shared) < max(map(len, folders.values())):
        return None  # a page from which readers choose their language
    chosen = _told(source) or _guessed(root, [f"{begin}{page}" for page in shared])
    if chosen is None or any(locale_name(code) == chosen.locale for code in folders):
        return None
    read = {code: [f"{begin}{code}/{page}" for page in sorted(found)] for code, found in folders.items()}
    if not any(_is_in(root, paths, code) for code, paths in read.items()):
        return None  # src, it and my are languages, and names of folders for other reasons
    return Site(
        "Markdown files, a folder for each language but the first",
        f"{begin}{shared[0]}",
        chosen,
        other_languages(folders, chosen),
        f"{begin}{{path}}.md",
        f"{begin}{{lang}}/{{path}}.md",
        include=() if begin else _tops(shared),
    )


def _tops(paths: Iterable[str]) -> tuple[str, ...]:
    """Globs of the pages and folders at the top that hold these pages."""
    return tuple(sorted({f"{path.split('/')[0]}/**" if "/" in path else path for path in paths}))


def _told(source: str | None) -> Language | None:
    return language(source) if source is not None else None


def guess_source(root: Path, pages: list[str], source: str | None) -> Language:
    """The language to translate from, by the words of some pages where it is not said.

    Args:
        root: the folder of the site.
        pages: the pages, as paths from it.
        source: the language, where it is said.

    Raises:
        ConfigError: if it cannot be told.
    """
    chosen = _told(source) or _guessed(root, pages)
    if chosen is None:
        raise ConfigError("its language cannot be told", file=pages[0], remedy="say --source-locale")
    return chosen


def _guessed(root: Path, pages: list[str]) -> Language | None:
    from netzwerk_i18n.checks.warnings.languages import guess_language

    guessed = guess_language(_words(root, pages))
    return language(guessed) if guessed else None


def _is_in(root: Path, pages: list[str], code: str) -> bool:
    """Whether the words of some pages are of a language, or of its script where that is not Latin."""
    from netzwerk_i18n.checks.warnings.languages import (
        count_letters,
        guess_language,
        read_locale,
        same_language,
    )

    words, tongue = _words(root, pages), read_locale(code)
    if tongue.script not in ("", "Latn"):
        return count_letters(" ".join(words), tongue.script) > 0
    guessed = guess_language(words, (tongue.language,))
    return guessed is not None and same_language(guessed, tongue.language)


def _words(root: Path, pages: list[str]) -> list[str]:
    """Some thousand words of some pages, in lower case."""
    words: list[str] = []
    for path in pages:
        words += re.findall(r"\w+", (read_text(root / path) or "").lower())
        if len(words) >= _SAMPLE_WORDS:
            break
    return words[:_SAMPLE_WORDS]
