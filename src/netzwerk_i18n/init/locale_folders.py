"""Sites made by VitePress and by Starlight: one language at the root of the pages, each other one in a folder.

Both have a table of `locales`, of which `root` is the language without a folder:
https://vitepress.dev/guide/i18n , https://starlight.astro.build/guides/i18n/ .
"""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path

from netzwerk_i18n.init.literals import ENDINGS, find_tables, find_word, read_program
from netzwerk_i18n.init.other_generators import find_source
from netzwerk_i18n.init.plain import find_by_folder
from netzwerk_i18n.init.site import (
    REMARK_BREAKS,
    Site,
    find_files,
    language,
    note_shown_files,
    other_languages,
    read_front_matter,
    source_pages,
    unknown_languages,
    with_patterns,
    without_usual_region,
)
from netzwerk_i18n.init.words import starlight_words

_ROOT = "root"
_HERO = ("hero.tagline", "hero.actions.text", "hero.image.alt")
_LINKS = ("hero.actions.link", "features.link", "prev.link", "next.link")
"""Keys of the front matter that lead to another page, and so to one in the reader's language."""

_OTHER_IDS = re.compile(r"\b(?:anchor|attrs|slugify)\s*:")
"""Settings by which VitePress makes other ids of headings, or reads none (https://vitepress.dev/reference/site-config#markdown)."""

_VITEPRESS_TEXTS = (
    "hero.name",
    "hero.text",
    *_HERO,
    "features.title",
    "features.details",
    "features.linkText",
)
_STARLIGHT_TEXTS = ("hero.title", *_HERO, "sidebar.label", "sidebar.badge.text", "banner.content")


def find_vitepress(root: Path, source: str | None) -> Site | None:
    """The VitePress site in a folder, or in one right below it such as `docs`; or None.

    Args:
        root: the folder.
        source: the language to translate from, where it is not the one at the root of the site.

    Raises:
        ConfigError: if the site has no such language.
    """
    folders = (*root.glob(".vitepress"), *sorted(root.glob("*/.vitepress")))
    for folder, name, ending in product(folders, ("config", "config/index"), ENDINGS):
        file = folder / f"{name}.{ending}"
        text = read_program(file)
        if text is not None:
            inner = (find_word(text, "srcDir") or "").lstrip("/")
            pages = posixpath.join(folder.parent.relative_to(root).as_posix(), inner)
            evidence = file.relative_to(root).as_posix()
            found = _find("a VitePress site", evidence, text, root, pages, source)
            breaks = re.search(r"\bbreaks\s*:\s*true\b", text) is not None
            ids = "" if _OTHER_IDS.search(text) else "vitepress"
            return replace(_completed(root, found, breaks, _VITEPRESS_TEXTS), heading_ids=ids)
    return None


def find_starlight(root: Path, source: str | None) -> Site | None:
    """The documents that Starlight, a theme of Astro, makes a site of in a folder; or None.

    Args:
        root: the folder.
        source: the language to translate from, where it is not the site's default one.

    Raises:
        ConfigError: if the site has no such language.
    """
    for ending in ENDINGS:
        name = f"astro.config.{ending}"
        text = read_program(root / name)
        if text is not None and "starlight(" in text:
            found = _find("a Starlight site", name, text, root, "src/content/docs", source)
            breaks = REMARK_BREAKS.search(text) is not None
            words = starlight_words(root, found.source.lang)
            return replace(_completed(root, found, breaks, _STARLIGHT_TEXTS), mdx=True, more=words)
    return None


def _completed(root: Path, site: Site, breaks: bool, texts: tuple[str, ...]) -> Site:  # noqa: FBT001
    """The site with what its pages hold."""
    localized: dict[str, str] = {}
    pages = source_pages(root, site.source_pattern)
    heads = [head for path in pages if (head := read_front_matter(root, path)) is not None]
    for key in _LINKS:
        if any(field.value.startswith("/") for head in heads for field in head.fields((key,))):
            localized[key] = "/{lang}{value}"
    return replace(
        site,
        container_titles=True,
        hard_wraps=breaks,
        front_matter=texts,
        localized=localized,
        notes=(*site.notes, *note_shown_files(root, site)),
    )


def _find(kind: str, evidence: str, text: str, root: Path, folder: str, source: str | None) -> Site:
    folder = posixpath.normpath(folder)
    begin = "" if folder == "." else f"{folder}/"
    table = max(find_tables(text, "locales"), key=_likeness, default={})
    if not table:
        found = find_by_folder(root, find_files(root, begin), source)
        if found is not None:
            kind = f"{kind}, a folder for each language"
            return replace(found, kind=kind, evidence=evidence)
        table = {_ROOT: f"lang: '{source}'"} if source else {_ROOT: ""}
    said = find_word(table.get(_ROOT, ""), "lang")
    for value in filter(None, table.values()):
        text = text.replace(value, "")
    usual = without_usual_region(said or find_word(text, "lang") or "en")
    codes = {
        key: usual if key == _ROOT else key if language(key) else find_word(value, "lang") or key
        for key, value in table.items()
    }
    patterns: dict[str, str] = {}
    for key, code in codes.items():
        own = key if key != _ROOT else code if find_files(root, f"{begin}{code}") else ""
        patterns[code] = f"{begin}{own}{'/' if own else ''}{{path}}.md"
    first = next(iter(codes.values()))
    default = codes.get(_ROOT) or codes.get(find_word(text, "defaultLocale") or "", first)
    chosen = find_source(source, default, list(patterns), evidence)
    target, languages = with_patterns(
        [(each, patterns[each.lang]) for each in other_languages(patterns, chosen)]
    )
    return Site(
        f"{kind}, a folder for each language"
        if f"{begin}{{path}}.md" not in patterns.values()
        else f"{kind}, a folder for each language but the first",
        evidence,
        chosen,
        languages,
        patterns[chosen.lang],
        target or f"{begin}{{lang}}/{{path}}.md",
        notes=unknown_languages(patterns),
    )


def _likeness(table: Mapping[str, str]) -> tuple[bool, int]:
    """How like it is to the languages of a site: those of a search box have no names."""
    return _ROOT in table, sum("label" in value for value in table.values())
