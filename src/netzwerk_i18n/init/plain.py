"""Folders of Markdown files without a generator: `README.fr.md` beside `README.md`, or a folder for each language."""

import re
from collections import Counter, defaultdict
from pathlib import Path

from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.init.site import Language, Site, language, locale_name, markdown_files, read_text

_SAMPLE_WORDS = 3000


def find_plain(root: Path, source: str | None) -> Site | None:
    """The pages of a folder that no generator makes a site of, or None.

    Args:
        root: the folder.
        source: the language to translate from, where it cannot be told or is another one.

    Raises:
        ConfigError: if it cannot be told which language the source pages are in.
    """
    files = markdown_files(root)
    return _by_folder(files, source) or _by_suffix(root, files, source)


def _by_suffix(root: Path, files: list[str], source: str | None) -> Site | None:
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
    elif files:
        sign, translated = ".", ["README.md"] if "README.md" in known else files
    else:
        return None
    chosen = _told(source) or _guess(root, translated)
    found = (language(code) for code in codes[sign])
    others = tuple(each for each in found if each is not None and each.locale != chosen.locale)
    top = sorted({f"{path.split('/')[0]}/**" if "/" in path else path for path in translated})
    folder = top[0].removesuffix("/**") if len(top) == 1 and top[0].endswith("/**") else None
    begin = f"{folder}/" if folder else ""
    return Site(
        "Markdown files, the language in the file name",
        translated[0],
        chosen,
        others,
        f"{begin}{{path}}.md",
        f"{begin}{{path}}{sign}{{lang}}.md",
        include=() if folder else tuple(top),
    )


def _by_folder(files: list[str], source: str | None) -> Site | None:
    """A folder whose subfolders are named by languages, two or more of them with pages of the same name."""
    names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in files:
        parts = path.split("/")
        for index, part in enumerate(parts[:-1]):
            if locale_name(part):
                names["/".join(parts[:index])][part].add("/".join(parts[index + 1 :]))
                break
    best = max(names, key=lambda folder: sum(map(len, names[folder].values())), default=None)
    if best is None:
        return None
    folders = names[best]
    shared = Counter(page for found in folders.values() for page in found)
    if not any(count > 1 for count in shared.values()):
        return None
    told = _told(source)
    if told is not None:
        lang = next((code for code in folders if locale_name(code) == told.locale), None)
        if lang is None:
            return None
    else:
        lang = max(folders, key=lambda code: (len(folders[code]), code == "en"))
    chosen = language(lang)
    others = tuple(each for code in folders if code != lang and (each := language(code)) is not None)
    begin = f"{best}/" if best else ""
    if chosen is None:
        return None
    return Site(
        "Markdown files, a folder for each language",
        f"{begin}{lang}/",
        chosen,
        others,
        f"{begin}{lang}/{{path}}.md",
        f"{begin}{{lang}}/{{path}}.md",
    )


def _told(source: str | None) -> Language | None:
    return language(source) if source is not None else None


def _guess(root: Path, pages: list[str]) -> Language:
    """The language of some pages by their words.

    Raises:
        ConfigError: if it cannot be told.
    """
    from netzwerk_i18n.checks.warnings.languages import guess_language

    words: list[str] = []
    for path in pages:
        words += re.findall(r"\w+", (read_text(root / path) or "").lower())
        if len(words) >= _SAMPLE_WORDS:
            break
    guessed = guess_language(words[:_SAMPLE_WORDS])
    chosen = language(guessed) if guessed else None
    if chosen is None:
        raise ConfigError("its language cannot be told", file=pages[0], remedy="say --source-locale")
    return chosen
