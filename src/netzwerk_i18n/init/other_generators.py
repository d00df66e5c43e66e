"""Sites made by Docusaurus, by MkDocs with the plugin static-i18n, by Zola, and by Pelican.

Docusaurus keeps translated documents under `i18n/` (https://docusaurus.io/docs/i18n/introduction); the plugin of MkDocs
knows two structures, by suffix and by folder (https://ultrabug.github.io/mkdocs-static-i18n/); Zola has the language in
the file name, but for the default one (https://www.getzola.org/documentation/content/multilingual/). Pelican pairs pages of
one slug by the `Lang` of their metadata (https://docs.getpelican.com/en/stable/content.html#translations).
"""

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any, TypedDict

from netzwerk_i18n.config import Folder
from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.init.literals import read_program
from netzwerk_i18n.init.plain import find_by_folder, find_by_suffix
from netzwerk_i18n.init.site import (
    REMARK_BREAKS,
    Language,
    Site,
    find_files,
    language,
    note_shown_files,
    other_languages,
    read_front_matter,
    read_text,
    source_pages,
    unknown_languages,
    with_patterns,
)
from netzwerk_i18n.init.words import docusaurus_words

_DOCUSAURUS = (
    "docusaurus.config.js",
    "docusaurus.config.ts",
    "docusaurus.config.mjs",
    "docusaurus.config.cjs",
)
_OTHER_FORMAT = re.compile(r"""\bformat\s*:\s*["'](?:md|detect)["']""")
"""Docusaurus takes every page for MDX unless told otherwise (https://docusaurus.io/docs/api/docusaurus-config#markdown)."""

_BESIDE_DOCUMENTS = {
    Folder("blog/{path}.md", "i18n/{lang}/docusaurus-plugin-content-blog/{path}.md"): "blog",
    Folder("src/pages/{path}.md", "i18n/{lang}/docusaurus-plugin-content-pages/{path}.md"): "pages",
    # A folder for each version, `version-1.0`, on both sides.
    Folder(
        "versioned_docs/{path}.md", "i18n/{lang}/docusaurus-plugin-content-docs/{path}.md"
    ): "earlier versions",
}
"""What a Docusaurus site may have beside its documents (https://docusaurus.io/docs/i18n/introduction#translation-files-location)."""

_NO_BLOG = re.compile(r"\bblog\s*:\s*false\b")
_MKDOCS = ("mkdocs.yml", "mkdocs.yaml")
_PELICAN = "pelicanconf.py"
_ZOLA = ("zola.toml", "config.toml")


def find_docusaurus(root: Path, source: str | None) -> Site | None:
    """The documents of the Docusaurus site in a folder, or None.

    Args:
        root: the folder.
        source: the language to translate from, where it is not the site's default one.

    Raises:
        ConfigError: if the site has no such language.
    """
    for name in _DOCUSAURUS:
        text = read_program(root / name)
        if text is None:
            continue
        default = re.search(r"""defaultLocale\s*:\s*["']([\w-]+)["']""", text)
        listed = re.search(r"\blocales\s*:\s*\[([^\]]*)\]", text)
        codes = re.findall(r"""["']([\w-]+)["']""", listed[1]) if listed else []
        start = default[1] if default else "en"
        chosen = find_source(source, start, [start, *codes], name)
        others = [
            (folder, what)
            for folder, what in _BESIDE_DOCUMENTS.items()
            if source_pages(root, folder.source) and not (what == "blog" and _NO_BLOG.search(text))
        ]
        *first, last = "documents", *(what for _, what in others)
        names = f"{', '.join(first)} and {last}" if first else last
        mdx = [f"{folder.source.partition('/{path}')[0]}/**" for folder, _ in others]
        site = Site(
            f"a Docusaurus site; its {names}",
            name,
            chosen,
            other_languages(codes, chosen),
            "docs/{path}.md",
            "i18n/{lang}/docusaurus-plugin-content-docs/current/{path}.md",
            container_titles=True,
            hard_wraps=REMARK_BREAKS.search(text) is not None,
            heading_ids="docusaurus",
            front_matter=("sidebar_label", "pagination_label"),
            mdx=True,
            mdx_pages=() if _OTHER_FORMAT.search(text) else ("docs/**", *mdx),
            more=(*(folder for folder, _ in others), *docusaurus_words(root, chosen.lang)),
            notes=tuple(unknown_languages(codes)),
            tagged=True,
        )
        return replace(site, notes=(*site.notes, *note_shown_files(root, site)))
    return None


class _Markdown(TypedDict):
    """Attributes of a site that follow from how it reads Markdown."""

    container_titles: bool
    hard_wraps: bool
    heading_ids: str


def find_mkdocs(root: Path, source: str | None) -> Site | None:
    """The MkDocs site in a folder, or None.

    Args:
        root: the folder.
        source: the language to translate from, where it is not the site's default one.

    Raises:
        ConfigError: if its configuration cannot be read, or has no such language.
    """
    for name in _MKDOCS:
        text = read_text(root / name)
        if text is None:
            continue
        data = read_yaml(text, name)
        folder = str(data.get("docs_dir") or "docs").strip("/")
        plugin = _plugin(data.get("plugins"))
        tables = [each for each in plugin.get("languages") or () if isinstance(each, dict)]
        codes = [
            str(each["locale"]) for each in tables if each.get("locale") and each.get("build") is not False
        ]
        default = next((str(each["locale"]) for each in tables if each.get("default")), _theme_language(data))
        files = find_files(root, folder)
        if not plugin and (found := find_by_folder(root, files, source)) is not None:
            kind = "an MkDocs site, a folder for each language"
            return replace(found, kind=kind, evidence=name, **_of_markdown(data))
        chosen = find_source(source, default, [default, *codes], name)
        others = other_languages(codes, chosen)
        if plugin.get("docs_structure") == "folder":
            return Site(
                "an MkDocs site, a folder for each language",
                name,
                chosen,
                others,
                f"{folder}/{chosen.lang}/{{path}}.md",
                f"{folder}/{{lang}}/{{path}}.md",
                **_of_markdown(data),
            )
        marked = any(path.endswith(f".{chosen.lang}.md") for path in files)
        suffix = f".{chosen.lang}" if marked or chosen.lang != default else ""
        notes = (
            () if plugin else ("the plugin static-i18n is not set up; MkDocs would show each file as a page",)
        )
        return Site(
            "an MkDocs site, the language in the file name",
            name,
            chosen,
            others,
            f"{folder}/{{path}}{suffix}.md",
            f"{folder}/{{path}}.{{lang}}.md",
            **_of_markdown(data),
            notes=notes,
        )
    return None


def _of_markdown(data: dict[str, Any]) -> _Markdown:
    """What MkDocs makes of Markdown, as the extensions of Python-Markdown say that it loads."""
    extensions = data.get("markdown_extensions")
    loaded: dict[str, Any] = {}
    for each in extensions if isinstance(extensions, list | dict) else ():
        options = extensions.get(each) if isinstance(extensions, dict) else None
        loaded |= each if isinstance(each, dict) else {str(each): options}
    names = {str(name).rpartition(".")[2]: options for name, options in loaded.items()}
    toc = names.get("toc")
    own_ids = isinstance(toc, dict) and toc.keys() & {"slugify", "separator", "anchorlink_id"}
    return {
        "container_titles": True,
        "hard_wraps": any("nl2br" in name for name in names),
        "heading_ids": "mkdocs" if names.keys() & {"attr_list", "extra"} and not own_ids else "",
    }


def find_zola(root: Path, source: str | None) -> Site | None:
    """The Zola site in a folder, or None.

    Args:
        root: the folder.
        source: the language to translate from, where it is not the site's default one.

    Raises:
        ConfigError: if the site has no such language.
    """
    for name in _ZOLA:
        try:
            data = tomllib.loads(read_text(root / name) or "")
        except (tomllib.TOMLDecodeError, RecursionError):
            continue
        if not isinstance(data.get("base_url"), str) or not (root / "content").is_dir():
            continue  # Zola builds no site without an address; Hugo's is baseURL
        default = str(data.get("default_language") or source or "en")
        tables = data.get("languages")
        codes = [default, *(code for code in (tables if isinstance(tables, dict) else ()) if code != default)]
        chosen = find_source(source, default, codes, name)

        def pattern(code: str, default: str = default) -> str:
            return f"content/{{path}}{'' if code == default else f'.{code}'}.md"

        target, languages = with_patterns(
            [(each, pattern(each.lang)) for each in other_languages(codes, chosen)]
        )
        return Site(
            "a Zola site, the language in the file name",
            name,
            chosen,
            languages,
            pattern(chosen.lang),
            target or "content/{path}.{lang}.md",
            heading_ids="zola" if _slugs(data) == "on" else "",
            localized=_own_addresses(root) if chosen.lang == default else {},
        )
    return None


def _slugs(data: dict[str, Any]) -> Any:
    """How Zola makes ids (https://www.getzola.org/documentation/getting-started/configuration/)."""
    slugify = data.get("slugify")
    return slugify.get("anchors", "on") if isinstance(slugify, dict) else "on"


def _own_addresses(root: Path) -> dict[str, str]:
    """What keeps addresses that pages say themselves apart: two pages of one address stop Zola's build."""
    heads = [read_front_matter(root, path) for path in find_files(root, "content")]
    return {
        key: "{lang}/{value}"
        for key in ("path", "aliases")
        if any(head is not None and next(iter(head.fields((key,))), None) for head in heads)
    }


def find_pelican(root: Path, source: str | None) -> Site | None:
    """The Pelican site in a folder, or None.

    Args:
        root: the folder.
        source: the language to translate from, where it is not the site's default one.

    Raises:
        ConfigError: if its language cannot be told.
    """
    text = read_text(root / _PELICAN)
    if text is None:
        return None
    said = dict(re.findall(r"""^(DEFAULT_LANG|PATH)\s*=\s*["']([^"'\n]+)["']""", text, re.MULTILINE))
    files = find_files(root, said.get("PATH", "content").strip("/"))
    told = source or said.get("DEFAULT_LANG", "en")
    site = find_by_folder(root, files, told) or find_by_suffix(root, files, told)
    if site is None:
        return None
    heads = (read_front_matter(root, path) for path in files)
    has_slugs = all(head is not None and any(key.lower() == "slug" for key in head.data) for head in heads)
    note = "Pelican knows a page's translations by its slug, which it makes of the title unless the page says one"
    return replace(
        site,
        kind="a Pelican site, each page with the language in its metadata",
        evidence=_PELICAN,
        hard_wraps="nl2br" in text,
        localized={"lang": "{lang}"},
        notes=(*site.notes, *([] if has_slugs else [note])),
    )


def find_source(source: str | None, default: str, codes: list[str], file: str) -> Language:
    """The language to translate from, as the site writes it.

    Raises:
        ConfigError: if the site has no such language.
    """
    chosen = language(source or default)
    known = {each.locale for code in codes if (each := language(code)) is not None}
    if chosen is None or chosen.locale not in known:
        raise ConfigError(
            f"has no language {source or default!r}",
            file=file,
            remedy=f"it has {', '.join(dict.fromkeys(codes))}",
        )
    return next(
        each for code in codes if (each := language(code)) is not None and each.locale == chosen.locale
    )


def _plugin(plugins: Any) -> dict[str, Any]:
    """The settings of static-i18n; empty where it is not used."""
    for each in plugins if isinstance(plugins, list) else [plugins]:
        if isinstance(each, dict) and isinstance(each.get("i18n"), dict):
            table: dict[str, Any] = each["i18n"]
            return table
    return {}


def _theme_language(data: dict[str, Any]) -> str:
    theme = data.get("theme")
    return str(theme.get("language") or "en") if isinstance(theme, dict) else "en"


def read_yaml(text: str, name: str) -> dict[str, Any]:
    """A site's configuration in YAML; empty where it is no table.

    Args:
        text: its text.
        name: the file's name, for messages.

    Raises:
        ConfigError: if it is none.
    """
    import yaml

    class Loader(yaml.SafeLoader):
        """Takes the tags of MkDocs (`!!python/name:`, `!ENV`) for nothing; runs none of them."""

    Loader.add_multi_constructor("", lambda _loader, _tag, _node: None)
    try:
        data = yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ConfigError(f"cannot be read: {str(error).splitlines()[0]}", file=name) from None
    return data if isinstance(data, dict) else {}
