"""The settings of a project as typed values, and what its patterns mean; the defaults are those of the design."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple

from netzwerk_i18n.checks.rules import Rules
from netzwerk_i18n.config.names import nearest
from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.page.settings import DataFormat, PageSettings

PUBLISH = ("translated", "drafts")
FALLBACK = ("source", "previous", "omit")
PREVIEWED = "all"
"""What a preview publishes: whatever stands in the catalog and passes the checks."""
_ANY_WORD = 1e-9
"""The coverage of a page of which any word is translated; no page has so many words."""
REFERENCES = ("file", "line", "none")
FOREIGN = ("keep", "translate")
DATA_FORMATS: Mapping[str, DataFormat] = MappingProxyType(
    {".yaml": "yaml", ".yml": "yaml", ".toml": "toml", ".json": "json"}
)
"""The formats of data files, by how their names end."""

MDX_PAGES = ("**/*.mdx",)
"""Globs of the source pages that are MDX unless the site names others."""

_FOLDER = re.compile(r"/.*[^/]\{value\}")
_ADDRESS_OF_THE_SITE = re.compile("/(?!/)")
BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
"""A key of the front matter that needs no quotes in any of its formats."""

USUAL_GLOSSARY = "glossary.csv"
"""Where the glossary lies unless the configuration says otherwise."""


class Folder(NamedTuple):
    """Source pages that lie together, and where their localized pages go.

    Attributes:
        source: the pattern of the source pages.
        target: the pattern of the localized pages.
        include: globs of the source pages that count, all where empty.
        keys: of data files, patterns of the dotted keys whose values are texts; empty where pages are Markdown.
    """

    source: str
    target: str
    include: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


class Policy(NamedTuple):
    """What of a locale's (or a page's) translations is published; None leaves it to the wider rule.

    Attributes:
        publish: "translated", or "drafts" where machine drafts are published too, or "all" in a preview.
        fallback: what stands in the place of what is not published: "source", "previous" or "omit".
        minimum_coverage: the share of a page's words, from 0 to 1, below which the page is not generated.
    """

    publish: str | None = None
    fallback: str | None = None
    minimum_coverage: float | None = None


class Override(NamedTuple):
    """A policy for some pages: `[[policy]]` with `pages` (globs of source paths) and `locales` (all where empty)."""

    pages: tuple[str, ...]
    locales: tuple[str, ...]
    policy: Policy


class Locale(NamedTuple):
    """A language of the site.

    Attributes:
        name: the gettext name, as in `pt_PT` (the catalog's `Language:`).
        lang: what the site calls it; `{lang}` in patterns.
        target: its own pattern for localized pages, or None.
        policy: what is published.
    """

    name: str
    lang: str
    target: str | None = None
    policy: Policy = Policy()


class DraftSettings(NamedTuple):
    """How machine drafts are made and shown: `[draft]`.

    Attributes:
        engine: the engine's name; None where texts are not to be sent anywhere.
        concurrency: how many requests are under way at once.
        glossary: the path of the glossary from the root, or None for the usual one where it exists.
        notice: the key of the front matter under which a page says that it holds drafts; None for no notice.
        cache: whether answers are kept between runs, in the user's own cache.
        keep: what stays as it is in every language: patterns of texts, sentences and link texts.
        foreign: "keep" where passages in another language stay as they are, or "translate".
    """

    engine: str | None = None
    concurrency: int = 4
    glossary: str | None = None
    notice: str | None = "translation"
    cache: bool = True
    keep: tuple[re.Pattern[str], ...] = ()
    foreign: str = FOREIGN[0]


class Gate(NamedTuple):
    """What must hold before a change is merged: the table `[gate]`.

    Attributes:
        required: the locales that are errors when they fall behind, all where empty; the others are warnings.
        maximum_stale_words: how many words of a locale may be stale or wait for review.
        maximum_untranslated_words: how many may be untranslated; None for any number.
        grace_days: how many days more than that may be stale, counted by the history of the status.
    """

    required: tuple[str, ...] = ()
    maximum_stale_words: int = 0
    maximum_untranslated_words: int | None = None
    grace_days: int = 0


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a project; the defaults are those of the design.

    Attributes:
        root: the project's folder.
        file: the configuration's name relative to the root, for messages.
        include: globs of the source pages of `source` that count, all where empty.
        exclude: globs of source pages that don't.
        more: pages that lie elsewhere, each with patterns of their own.
        hand_written: globs of localized pages that people write themselves; none of them is ever touched.
        mdx: globs of the source pages that are read as MDX reads them.
        page: how the other pages are read; see :meth:`page_on`.
        heading_ids: the generator whose ids the headings of localized pages have from their source; empty for none.
        localized: patterns of the values that keys of the front matter have on localized pages, by the (pattern of
            the) dotted key: see :func:`localized_value`.
        references: what `#:` comments hold: "file", "line" or "none".
        fuzzy_threshold: from 0 to 1; how alike two texts must be for an old translation to be offered.
        draft: how machine drafts are made and shown.
        engines: the options of each engine, by its name.
        history: where `status --record` appends, relative to the root.
        source_url: the address of a line of a file for the report, with {file} and {line}; empty for none.
        preview: whether pages are made for those who translate: with what nobody reviewed, and before they are ready.
    """

    root: Path
    file: str
    domain: str
    source_locale: str
    source_lang: str
    locales: tuple[Locale, ...]
    source: str
    target: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    hand_written: tuple[str, ...]
    template: str
    catalog: str
    references: str = "file"
    fuzzy_threshold: float = 0.75
    bugs_to: str = ""
    page: PageSettings = field(default_factory=PageSettings)
    mdx: tuple[str, ...] = MDX_PAGES
    heading_ids: str = ""
    more: tuple[Folder, ...] = ()
    localized: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    overrides: tuple[Override, ...] = ()
    draft: DraftSettings = field(default_factory=DraftSettings)
    engines: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    rules: Rules = field(default_factory=Rules)
    gate: Gate = field(default_factory=Gate)
    history: str = "locales/.netzwerk-i18n/history.jsonl"
    source_url: str = ""
    preview: bool = False

    def locale(self, name: str) -> Locale:
        """The locale called `name`.

        Raises:
            ConfigError: if the project has no such locale.
        """
        for locale in self.locales:
            if name in (locale.name, locale.lang):
                return locale
        known = ", ".join(locale.name for locale in self.locales)
        if name in (self.source_locale, self.source_lang):
            raise ConfigError(
                f"{name!r} is the language of the source pages", remedy=f"the project has {known}"
            )
        raise ConfigError(
            f"unknown locale {name!r}", remedy=f"the project has {known}" + nearest(name, known.split(", "))
        )

    def is_added(self, key: str) -> bool:
        """Whether a localized page gets this key of `localized` where its source has none.

        A pattern with `{value}` needs a value, and only a key at the top of the front matter has one place to go.
        """
        return BARE_KEY.fullmatch(key) is not None and "value" not in _placeholders(self.localized[key])[1::2]

    @property
    def folders(self) -> tuple[Folder, ...]:
        """Where pages lie: as `[pages]` says, and then as each `[[pages.more]]` does."""
        return (Folder(self.source, self.target, self.include), *self.more)

    def source_pattern(self, folder: int = 0) -> str:
        """Where the source pages of one of the `folders` lie, with nothing but `{path}` left open."""
        return fill(self.folders[folder].source, lang=self.source_lang, locale=self.source_locale)

    def target_pattern(self, locale: Locale, folder: int = 0) -> str:
        """Where the pages of `locale` stand that come from one of the `folders`, with nothing but `{path}` left open."""
        return fill(self.target_of(locale, folder), lang=locale.lang, locale=locale.name)

    def target_of(self, locale: Locale, folder: int) -> str:
        """The pattern of the pages of `locale` that come from one of the `folders`, as it is written."""
        return self.more[folder - 1].target if folder else locale.target or self.target

    def is_hand_written(self, path: str) -> bool:
        """Whether people write this localized page (a path relative to the root) themselves."""
        return any(matches_glob(path, glob) for glob in self.hand_written)

    def is_mdx(self, page: str) -> bool:
        """Whether a page (a source path relative to the root) is read as MDX reads it."""
        return any(matches_glob(page, glob) for glob in self.mdx)

    def is_data(self, folder: int) -> bool:
        """Whether one of the `folders` holds data files."""
        return folder > 0 and bool(self.more[folder - 1].keys)

    def page_on(self, page: str, folder: int = 0) -> PageSettings:
        """How a page (a source path relative to the root) of one of the `folders` is read."""
        if self.is_data(folder):
            keys, locales = self.more[folder - 1].keys, tuple(locale.name for locale in self.locales)
            return replace(self.page, front_matter=keys, data=data_format(page), plural_locales=locales)
        return replace(self.page, is_mdx=True) if self.is_mdx(page) else self.page

    def localized_page_on(self, page: str, folder: int = 0) -> PageSettings:
        """How a localized page is read, which has the plural forms of its language; see :meth:`page_on`."""
        return replace(self.page_on(page, folder), plural_locales=())

    def heading_ids_on(self, page: str) -> str:
        """:attr:`heading_ids` for a page (a source path relative to the root); the summary of an mdBook is a list, not a page."""
        is_list = self.heading_ids == "mdbook" and PurePosixPath(page).name == "SUMMARY.md"
        return "" if is_list else self.heading_ids

    def policy(self, locale: Locale, page: str) -> Policy:
        """The rules for one page (a source path relative to the root) in one locale, with no value left open."""
        if not self.overrides:
            return _complete((locale.policy,), preview=self.preview)
        chain = [locale.policy]
        for override in self.overrides:
            if override.locales and locale.name not in override.locales:
                continue
            if any(matches_glob(page, glob) for glob in override.pages):
                chain.insert(0, override.policy)
        return _complete(tuple(chain), preview=self.preview)

    def rules_on(self, page: str) -> Rules:
        """The rules of the checks on one page (a source path relative to the root): what is silenced elsewhere is not."""
        if not self.rules.ignores:
            return self.rules
        kept = tuple(
            ignore
            for ignore in self.rules.ignores
            if not ignore.pages or any(matches_glob(page, glob) for glob in ignore.pages)
        )
        return replace(self.rules, ignores=kept)


@lru_cache(maxsize=1024)
def _complete(chain: tuple[Policy, ...], *, preview: bool) -> Policy:
    """Each rule as the first of `chain` has it that has one; a preview shows all that there is."""
    policy = Policy(
        publish=next((p.publish for p in chain if p.publish), PUBLISH[0]),
        fallback=next((p.fallback for p in chain if p.fallback), FALLBACK[0]),
        minimum_coverage=next((p.minimum_coverage for p in chain if p.minimum_coverage is not None), 0.8),
    )
    if not preview:
        return policy
    return Policy(PREVIEWED, policy.fallback, min(policy.minimum_coverage or 0.0, _ANY_WORD))


def data_format(path: str) -> DataFormat | None:
    """The format of a data file by its name, or the pattern of such names; None for a page of Markdown.

    >>> data_format("i18n/de.toml"), data_format("content/a.md")
    ('toml', None)
    """
    return DATA_FORMATS.get(PurePosixPath(path).suffix)


def fill(pattern: str, **values: str) -> str:
    """`pattern` with its placeholders replaced.

    >>> fill("content/{path}.{lang}.md", path="a/b", lang="fr")
    'content/a/b.fr.md'
    """
    parts = _placeholders(pattern)
    filled = list(parts)
    for index in range(1, len(parts), 2):
        name = parts[index]
        filled[index] = values.get(name, f"{{{name}}}")
    return "".join(filled)


@lru_cache(maxsize=256)  # a large site fills the same few patterns a million times
def _placeholders(pattern: str) -> tuple[str, ...]:
    """A pattern taken apart: texts and, between them, the names of placeholders."""
    return tuple(re.split(r"\{(\w+)\}", pattern))


def localized_value(pattern: str, value: str, *, source_lang: str, **own: str) -> str:
    """What a value of the front matter is on a localized page.

    Args:
        pattern: `{value}` stands for the source's value, other names for what `own` says. A pattern such as
            `/{lang}{value}` puts a folder before addresses of the site, in place of the source language's own; a value
            that is none stays.
        value: the source's value.
        source_lang: what the site calls the source's language.
        own: what the page's `lang`, `locale` and `path` are.

    >>> [localized_value("/{lang}{value}", v, source_lang="de", lang="fr") for v in ("/a/", "/de/a/", "https://a.example")]
    ['/fr/a/', '/fr/a/', 'https://a.example']
    """
    if _FOLDER.match(pattern):
        if not _ADDRESS_OF_THE_SITE.match(value):
            return value
        folder = f"/{source_lang}"
        if f"{value}/".startswith(f"{folder}/"):
            value = value.removeprefix(folder)
    return fill(pattern, **own, value=value)


def matches_glob(path: str, glob: str) -> bool:
    """Whether a path fits a glob, in which `*` stays within a folder and `**` does not, or lies in the folder it names.

    >>> matches_glob("content/drafts/a/b.de.md", "content/drafts/**")
    True
    >>> matches_glob("content/drafts/a/b.de.md", "content/drafts")
    True
    >>> matches_glob("content/drafts/a/b.de.md", "content/*/b.de.md")
    False
    """
    return _glob_pattern(glob).fullmatch(path) is not None


@lru_cache(maxsize=256)
def _glob_pattern(glob: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob)
    table = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    pattern = "".join(table.get(part) or re.escape(part) for part in parts)
    return re.compile(pattern if len(parts) > 1 else f"{pattern}(?:/.*)?", re.DOTALL)
