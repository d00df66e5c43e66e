"""What kind of site lies in a folder, and the configuration that fits it.

A survey reads the site generator's own configuration and the names of the pages; it runs nothing and changes nothing.
"""

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from netzwerk_i18n.catalog.languages import language_tag
from netzwerk_i18n.config import CONFIG_NAME, Config, fill, find_root, matches_glob
from netzwerk_i18n.config.reader import Reader
from netzwerk_i18n.config.text import ConfigText
from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.init.hugo import find_hugo
from netzwerk_i18n.init.jekyll import find_jekyll
from netzwerk_i18n.init.locale_folders import find_starlight, find_vitepress
from netzwerk_i18n.init.mdbook import find_mdbook
from netzwerk_i18n.init.other_generators import find_docusaurus, find_mkdocs, find_pelican, find_zola
from netzwerk_i18n.init.plain import find_plain
from netzwerk_i18n.init.site import Language, Site, find_files, links_to_headings, locale_name, with_mdx
from netzwerk_i18n.page.settings import FRONT_MATTER_KEYS
from netzwerk_i18n.project import Project

__all__ = [
    "CONFIG_NAME",
    "Language",
    "Layer",
    "Site",
    "configure",
    "format_configuration",
    "layers",
    "survey",
]


@dataclass(frozen=True, slots=True)
class Layer:
    """The pages of one language.

    Attributes:
        language: which.
        pattern: where they lie.
        pages: how many there are now.
    """

    language: Language
    pattern: str
    pages: int


def survey(root: Path, *, source: str | None = None, locales: Sequence[str] = ()) -> Site:
    """What site lies in a folder.

    Args:
        root: the folder.
        source: the language to translate from, where the site's default language is not it.
        locales: languages to translate into besides those that the site has already.

    Raises:
        ConfigError: if there is no page, a language is none, or none to translate into is known.
    """
    for name in (*locales, *([source] if source else ())):
        if locale_name(name) is None:
            raise ConfigError(f"{name!r} is no language", remedy="write it as in fr, pt_BR or zh_Hans")
    finders = (
        find_zola,
        find_hugo,
        find_docusaurus,
        find_starlight,
        find_vitepress,
        find_mkdocs,
        find_mdbook,
        find_jekyll,
        find_pelican,
        find_plain,
    )
    site = next((found for find in finders if (found := find(root, source)) is not None), None)
    if site is not None:
        site = with_mdx(root, site)
        if site.heading_ids and not links_to_headings(root, site):
            site = replace(site, heading_ids="")
    left = [
        f"{number:,} that end in {ending}"
        for ending in (".markdown", ".mdx")
        if (number := _count_left_out(root, site, ending))
    ]
    if site is None and left:
        raise ConfigError(
            f"no pages that end in .md in {root}, but {' and '.join(left)}",
            remedy=f"the patterns of a {CONFIG_NAME} written by hand may end so",
        )
    if site is None:
        raise ConfigError(
            f"no Markdown pages in {root}",
            remedy="change into your site's folder, or name it: netzwerk-i18n -C FOLDER init",
        )
    site = replace(site, notes=(*site.notes, *(f"pages are left out: {each}" for each in left)))
    known = {each.locale for each in site.languages} | {site.source.locale}
    tagged = site.tagged or any(each.lang != each.lang.lower() for each in site.languages)
    added = [
        Language(name, language_tag(name) if tagged else _default_lang(name))
        for name in dict.fromkeys(locale_name(each) or "" for each in locales)
        if name not in known
    ]
    site = replace(site, languages=(*site.languages, *added))
    if not site.languages:
        raise ConfigError(
            f"{site.evidence} names no language besides {site.source.lang}",
            remedy="say which to translate into: "
            + " ".join(f"--locale {name}" for name in ("en", "fr", "es") if name != site.source.locale),
        )
    return site


def _count_left_out(root: Path, site: Site | None, ending: str) -> int:
    """How many files of this ending are not among a site's pages, nor its localized ones."""
    globs: list[str] = []
    if site is not None:
        globs = [glob for each in site.folders if each.source.endswith("{path}") for glob in each.include]
        targets = [*(each.target for each in site.folders), *(each.target or "" for each in site.languages)]
        globs += [fill(each, lang="*", locale="*", path="**") for each in targets if each]
    paths = find_files(root, ending=ending)
    return sum(not any(matches_glob(path, glob) for glob in globs) for path in paths)


def format_configuration(site: Site, domain: str) -> str:
    """The text of `netzwerk-i18n.toml` for a site.

    Args:
        site: what was found.
        domain: the name of its catalogs.
    """
    lines = [
        f"# {site.kind}, as {site.evidence} says.",
        "[project]",
        f"domain = {_quoted(domain)}",
        f"source_locale = {_quoted(site.source.locale)}",
    ]
    if site.source.lang != _default_lang(site.source.locale):
        lines.append(f"source_lang = {_quoted(site.source.lang)}")
    lines += [
        f"locales = [{', '.join(_quoted(each.locale) for each in site.languages)}]",
        "",
        "[pages]",
        f"source = {_quoted(site.source_pattern)}",
        f"target = {_quoted(site.target_pattern)}",
    ]
    keys = (*FRONT_MATTER_KEYS, *site.front_matter) if site.front_matter else ()
    for key, values in (("include", site.include), ("exclude", site.exclude), ("front_matter", keys)):
        if values:
            lines.append(f"{key} = [{', '.join(map(_quoted, values))}]")
    if site.container_titles:
        lines.append("container_titles = true")
    if site.hard_wraps:
        lines.append("hard_wraps = true")
    if site.heading_ids:
        lines.append(f"heading_ids = {_quoted(site.heading_ids)}")
    if site.mdx_pages:
        lines.append(f"mdx = [{', '.join(map(_quoted, site.mdx_pages))}]")
    if site.localized:
        lines += ["", "[pages.localized]"]
        lines += [f"{key} = {_quoted(value)}" for key, value in site.localized.items()]
    for folder in site.more:
        lines += [
            "",
            "[[pages.more]]",
            f"source = {_quoted(folder.source)}",
            f"target = {_quoted(folder.target)}",
        ]
        for key, values in (("include", folder.include), ("keys", folder.keys)):
            if values:
                lines.append(f"{key} = [{', '.join(map(_quoted, values))}]")
    for each in site.languages:
        own = each.lang != _default_lang(each.locale)
        if own or each.target is not None:
            lines += ["", f"[locales.{_quoted(each.locale) if '@' in each.locale else each.locale}]"]
            if own:
                lines.append(f"lang = {_quoted(each.lang)}")
            if each.target is not None:
                lines.append(f"target = {_quoted(each.target)}")
    if site.needed:
        pages = ", ".join(map(_quoted, site.needed))
        lines += ["", "[[policy]]", f"pages = [{pages}]", "minimum_coverage = 0"]
    return "\n".join(lines) + "\n"


def configure(root: Path, text: str) -> Config:
    """The settings that a configuration's text would give in a folder, before it is written.

    Raises:
        ConfigError: as `load_config` does.
    """
    return Reader(ConfigText(CONFIG_NAME, text)).config(root, tomllib.loads(text))


def require_none(root: Path) -> None:
    """Refuse a folder that has a configuration of its own.

    Raises:
        ConfigError: if there is one.
    """
    try:
        found = find_root(root)
    except ConfigError:
        return
    if found != root:
        return
    if (root / CONFIG_NAME).is_file():
        raise ConfigError(
            "is there already and stays as it is", file=CONFIG_NAME, remedy="remove it first to begin anew"
        )
    raise ConfigError(
        "has the configuration already, and stays as it is",
        file="pyproject.toml",
        remedy="remove its tables [tool.netzwerk-i18n...] first to begin anew",
    )


def layers(config: Config) -> tuple[Layer, ...]:
    """The source language and the others, each with its pages as they are now; those of each folder follow each other."""
    project = Project(config)
    source = Language(config.source_locale, config.source_lang)
    found: list[Layer] = []
    for number, folder in enumerate(config.folders):
        pages = [page for page in project.pages if page.folder == number]
        found.append(Layer(source, folder.source, len(pages)))
        for locale in config.locales:
            targets = (project.target_path(locale, page) for page in pages)
            there = sum((config.root / path).is_file() for path in targets)
            pattern = config.target_pattern(locale, number)
            found.append(Layer(Language(locale.name, locale.lang), pattern, there))
    return tuple(found)


def domain_name(root: Path) -> str:
    """A name for a project's catalogs: that of its folder, as far as it can be one.

    >>> domain_name(Path("/srv/Mein Netzwerk"))
    'Mein-Netzwerk'
    """
    name = "".join(c if c.isalnum() or c in "._" else "-" for c in root.resolve().name).strip("-.")
    return name or "messages"


def name_catalogs(root: Path, site: Site) -> tuple[str, Site]:
    """The name of a site's catalogs, and the site with a note if it is another one because of a program's catalogs."""
    name = domain_name(root)
    paths = [
        f"locales/{name}.pot",
        *(f"locales/{each.locale}/LC_MESSAGES/{name}.po" for each in site.languages),
    ]
    taken = next((path for path in paths if _is_of_a_program(root / path)), None)
    if taken is None:
        return name, site
    note = f"{taken} has the texts of a program; those of the pages go into {name}-pages"
    return f"{name}-pages", replace(site, notes=(*site.notes, note))


def _is_of_a_program(catalog: Path) -> bool:
    """Whether a catalog is there in which nothing is from a page."""
    try:
        text = catalog.read_bytes().decode("utf-8", "replace")
    except OSError:
        return False
    return "msgid" in text and not re.search(r'^"X-Source-Language:|^#: .*\.md\b', text, re.MULTILINE)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # TOML's basic strings escape as JSON's do


def _default_lang(locale: str) -> str:
    return language_tag(locale).lower()  # as the configuration has it
