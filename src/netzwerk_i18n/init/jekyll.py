"""Sites made by Jekyll, by itself or with the plugin Polyglot.

Jekyll knows no languages: a page says its own in its front matter, for layouts to use, and its address follows from where it
lies unless `permalink` says it (https://jekyllrb.com/docs/permalinks/). Polyglot shows the page of a reader's language
among those of one permalink (https://polyglot.untra.io/).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from netzwerk_i18n.config import CONFIG_NAME, Folder, matches_glob
from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.init.other_generators import find_source, read_yaml
from netzwerk_i18n.init.plain import find_by_folder, guess_source
from netzwerk_i18n.init.site import (
    Language,
    Site,
    find_files,
    language,
    note_shown_files,
    other_languages,
    read_text,
    unknown_languages,
    without_usual_region,
)
from netzwerk_i18n.init.words import jekyll_words
from netzwerk_i18n.page.front_matter import find_front_matter

_CONFIGS = ("_config.yml", "_config.yaml", "docs/_config.yml")
"""GitHub builds a site from the top of a repository or from `docs`."""

_FOLDERS = ("_layouts", "_includes", "_posts", "_sass")
_KEYS = frozenset({"collections", "defaults", "kramdown", "markdown", "plugins", "remote_theme"})
_OF_HEXO = frozenset({"source_dir", "public_dir"})
_NO_PAGES = frozenset({"_data", "_drafts", "_includes", "_layouts", "_sass"})
_LANGUAGE_KEYS = ("lang", "locale", "language")
_ADDRESS_KEYS = ("permalink", "redirect_from")
_TEXT_KEYS = ("excerpt", "tagline")


def find_jekyll(root: Path, source: str | None) -> Site | None:
    """The Jekyll site in a folder, or None.

    Args:
        root: the folder.
        source: the language to translate from, where it is not the site's default one.

    Raises:
        ConfigError: if its configuration cannot be read, or has no such language, or none can be told.
    """
    for name in _CONFIGS:
        text = read_text(root / name)
        if text is None:
            continue
        data = read_yaml(text, name)
        begin = name.rpartition("/")[0]
        folder = "/".join(each for each in (begin, str(data.get("source") or "").strip("./")) if each)
        if _is_jekyll(root / begin, root / folder, data):
            return _Survey(root, name, data, f"{folder}/" if folder else "").site(source)
    return None


def _is_jekyll(folder: Path, pages: Path, data: Mapping[str, Any]) -> bool:
    """Whether a configuration of this name is Jekyll's: Hexo and Jupyter Book have one, too."""
    if _OF_HEXO & data.keys() or (folder / "_toc.yml").is_file():
        return False
    gems = read_text(folder / "Gemfile") or ""
    return (
        re.search(r"\b(?:jekyll|github-pages)\b", gems) is not None
        or any((pages / name).is_dir() for name in _FOLDERS)
        or not _KEYS.isdisjoint(data)
        or str(data.get("theme") or "").startswith("jekyll-")
    )


@dataclass(frozen=True)
class _Survey:
    """A Jekyll site; `begin` is the folder of its pages with its slash, or empty."""

    root: Path
    name: str
    data: Mapping[str, Any]
    begin: str

    def site(self, source: str | None) -> Site:
        if self._codes:
            # Pages of one address are one page in several languages.
            return self._completed(self._beside(source), "the languages told apart by Polyglot", {})
        site = find_by_folder(self.root, list(self._heads), source) or self._beside(source)
        is_first = self._is_first(site)
        layout = "a folder for each language but the first" if is_first else "a folder for each language"
        return self._completed(site, layout, self._addresses())

    @cached_property
    def _codes(self) -> list[str]:
        """The languages as Polyglot's settings have them; empty where it is not used."""
        return [str(code) for code in _listed(self.data.get("languages"))]

    def _beside(self, source: str | None) -> Site:
        """A folder for each language beside the pages of the first."""
        chosen = self._source(source)
        return Site(
            "",
            "",
            chosen,
            other_languages(self._codes, chosen),
            f"{self.begin}{{path}}.md",
            f"{self.begin}{{lang}}/{{path}}.md",
            exclude=self._left_out(),
            notes=unknown_languages(self._codes),
        )

    @cached_property
    def _all_files(self) -> list[str]:
        return find_files(self.root, self.begin)

    @cached_property
    def _files(self) -> list[str]:
        return [path for path in self._all_files if not self._is_hidden(path)]

    def _is_hidden(self, path: str) -> bool:
        """Whether Jekyll makes no page of a file, whatever it holds."""
        inner = path.removeprefix(self.begin)
        if not _NO_PAGES.isdisjoint(inner.split("/")[:-1]):
            return True
        globs = [str(each).strip("/") for each in _listed(self.data.get("exclude"))]
        return any(matches_glob(inner, glob) for glob in globs if glob)

    @cached_property
    def _heads(self) -> dict[str, Mapping[str, Any]]:
        """The front matter of each page; a file without any is none to Jekyll."""
        heads: dict[str, Mapping[str, Any]] = {}
        for path in self._files:
            try:
                front_matter = find_front_matter(read_text(self.root / path) or "")
            except ConfigError:  # it is not UTF-8, which extract says with the place
                heads[path] = {}
                continue
            if front_matter is not None:
                heads[path] = front_matter.data
        return heads

    def _used(self, keys: Iterable[str]) -> list[str]:
        return [key for key in keys if any(key in head for head in self._heads.values())]

    def _source(self, source: str | None) -> Language:
        if self._codes:
            default = str(self.data.get("default_lang") or self._codes[0])
            return find_source(source, default, [default, *self._codes], self.name)
        told = next((str(self.data[key]) for key in _LANGUAGE_KEYS if self.data.get(key)), "")
        site_language = None if source else language(without_usual_region(told)) if told else None
        return site_language or guess_source(self.root, list(self._heads) or self._files, source)

    def _addresses(self) -> dict[str, str]:
        """What keys are on localized pages by which pages have addresses; Jekyll takes two slashes for one."""
        patterns = {}
        for key in self._used(_ADDRESS_KEYS):
            said = [str(value) for head in self._heads.values() for value in _listed(head.get(key))]
            slash = "" if all(value.startswith("/") for value in said) else "/"
            patterns[key] = f"/{{lang}}{slash}{{value}}"
        return patterns

    def _left_out(self) -> tuple[str, ...]:
        """Globs of the Markdown files that are no pages, beside those that are."""
        pages = {path.removeprefix(self.begin).split("/")[0] for path in self._heads}
        globs: list[str] = []
        for path in self._all_files:
            if path not in self._heads:
                top, *rest = path.removeprefix(self.begin).split("/")
                globs.append(f"{self.begin}{top}/**" if rest and top not in pages else path)
        return tuple(dict.fromkeys(globs))

    @cached_property
    def _collections(self) -> dict[str, Mapping[str, Any]]:
        """The settings of each collection but that of the posts, by name."""
        said = self.data.get("collections")
        tables = said if isinstance(said, dict) else dict.fromkeys(map(str, _listed(said)))
        return {
            str(name): table if isinstance(table, dict) else {}
            for name, table in tables.items()
            if name != "posts"
        }

    def _is_first(self, site: Site) -> bool:
        """Whether the source's pages lie in no folder of their language."""
        return site.source_pattern == f"{self.begin}{{path}}.md"

    def _folder_of(self, collection: str) -> str:
        """Where the pages of a collection lie; Jekyll finds them below it however deep."""
        parent = str(self.data.get("collections_dir") or "").strip("./")
        return f"{self.begin}{parent}/_{collection}" if parent else f"{self.begin}_{collection}"

    def _pages_of(self, collection: str) -> list[str]:
        return [path for path in self._heads if path.startswith(f"{self._folder_of(collection)}/")]

    def _more(self, site: Site) -> tuple[Folder, ...]:
        """The collections, whose localized pages must lie in the folder of the collection."""
        if not self._is_first(site):
            return ()
        folders = [self._folder_of(name) for name in self._collections if self._pages_of(name)]
        return tuple(Folder(f"{each}/{{path}}.md", f"{each}/{{lang}}/{{path}}.md") for each in folders)

    def _completed(self, site: Site, layout: str, addresses: Mapping[str, str]) -> Site:
        """The site with what its front matter holds; Polyglot reads `lang` alone."""
        polyglot = bool(self._codes)
        used = [] if polyglot else self._used(_LANGUAGE_KEYS)
        localized = {used[0] if used else "lang": "{lang}", **addresses}
        if polyglot and self._used(["permalink"]):
            localized["permalink"] = "{value}"  # by which it knows a page's translations
        site = replace(site, more=(*self._more(site), *jekyll_words(self.root, self.begin, site.source.lang)))
        return replace(
            site,
            kind=f"a Jekyll site, {layout}",
            evidence=self.name,
            front_matter=tuple(self._used(_TEXT_KEYS)),
            hard_wraps=_wraps_hard(self.data),
            heading_ids=_heading_ids(self.data),
            localized=localized,
            notes=(*site.notes, *self._notes(site), *note_shown_files(self.root, site)),
        )

    def _notes(self, site: Site) -> Iterable[str]:
        if self._codes and any("permalink" not in head for head in self._heads.values()):
            yield "Polyglot knows a page's translations by its permalink; some pages have none in their front matter"
        for name, settings in self._collections.items():
            if "{lang}/" not in site.target_pattern or not self._pages_of(name):
                continue
            folder = self._folder_of(name)
            if not self._is_first(site):
                yield f"Jekyll reads no collection in a folder of a language: what is in {folder} is not covered"
            elif settings.get("permalink") and ":path" not in str(settings["permalink"]):
                yield (
                    f"the pages in {folder} and their translations have one address by {settings['permalink']}; put "
                    ":path into the collection's permalink, or a permalink into each page"
                )
        excluded = {str(each).strip("/") for each in _listed(self.data.get("exclude"))}
        missing = [each for each in ("locales", CONFIG_NAME) if each not in excluded]
        if missing:
            yield f"add {' and '.join(missing)} to exclude in {self.name}, or Jekyll copies them into the site"


def _listed(value: Any) -> list[Any]:
    """A setting that may be one value or a list of them."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _heading_ids(data: Mapping[str, Any]) -> str:
    """Whose ids headings have: those that kramdown makes for GitHub's Markdown, which Jekyll takes unless it is told otherwise."""
    kramdown = data.get("kramdown")
    options = kramdown if isinstance(kramdown, dict) else {}
    is_usual = (
        str(data.get("markdown") or "kramdown").lower() == "kramdown"
        and str(options.get("input") or "GFM") == "GFM"
        and not options.keys() & {"auto_ids", "auto_id_prefix"}
    )
    return "jekyll" if is_usual else ""


def _wraps_hard(data: Mapping[str, Any]) -> bool:
    """Whether kramdown or CommonMark is told to show each line break."""
    kramdown, commonmark = data.get("kramdown"), data.get("commonmark")
    options = commonmark.get("options") if isinstance(commonmark, dict) else None
    return (isinstance(kramdown, dict) and kramdown.get("hard_wrap") is True) or "HARDBREAKS" in _listed(
        options
    )
