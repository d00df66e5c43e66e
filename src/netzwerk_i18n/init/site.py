"""What a survey finds out about a site: its languages, and where the pages of each of them lie."""

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from netzwerk_i18n.config import Folder
from netzwerk_i18n.errors import ConfigError
from netzwerk_i18n.page.front_matter import FrontMatter, find_front_matter

MAX_FILES = 50_000
"""A survey looks at so many files and no more."""

MAX_CONFIG_BYTES = 1024 * 1024
"""A site's configuration that is larger is none."""

REMARK_BREAKS = re.compile(r"remark-?breaks", re.IGNORECASE)
"""In a site's program: the plugin that shows each line break of a paragraph."""

_SHOWN = re.compile(
    r"""!\[[^\]\n]*\]\(\s*<?(?P<markdown>[^)\s>]+)|<(?:img|source|video|audio)\b[^>]*?\bsrc\s*=\s*["'](?P<html>[^"']+)""",
    re.IGNORECASE,
)
_HEADING_LINK = re.compile(
    r"""\]\(\s*<?(?![A-Za-z][\w+.-]*:|//)[^()\s#]*\#[^()\s]
    | ^[ ]{0,3}\[[^\]\n]+\]:[ \t]*<?(?![A-Za-z][\w+.-]*:|//)[^\s#]*\#\S
    | \bhref\s*=\s*["'](?![A-Za-z][\w+.-]*:|//)[^"'\s#]*\#[^"'\s]""",
    re.MULTILINE | re.IGNORECASE | re.VERBOSE,
)
_ELSEWHERE = re.compile(r"[A-Za-z][\w+.-]*:|[/#]")

_SKIPPED = frozenset(
    {"node_modules", "__pycache__", "public", "resources", "site", "_site", "build", "dist", "vendor"}
)


@dataclass(frozen=True, slots=True)
class Language:
    """A language that a site has.

    Attributes:
        locale: gettext's name, as in `pt_BR`.
        lang: what the site calls it, as in `pt-br`.
        target: the pattern of its pages where it is not that of the others.
    """

    locale: str
    lang: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A site and the patterns of its pages, each with one `{path}`.

    Attributes:
        kind: what it is and how it keeps its languages apart, in a few words.
        evidence: the file that says so, relative to the root.
        source: the language that is translated from.
        languages: those that are translated into.
        source_pattern: where the source pages lie.
        target_pattern: where the localized pages lie.
        include: globs of the only source pages that count; empty for all.
        more: pages that lie elsewhere.
        exclude: globs of source pages that don't.
        container_titles: whether its Markdown has boxes and tabs with titles.
        hard_wraps: whether it shows each line break of a paragraph.
        heading_ids: the generator, as the configuration calls it, if it makes ids of headings in its usual way.
        front_matter: patterns of keys whose values are text besides those that are so everywhere.
        localized: what keys of the front matter are on localized pages, as in the configuration.
        mdx: whether pages may end in `.mdx` as well.
        mdx_pages: globs of the pages that are MDX besides those that end so.
        needed: globs of source pages without which a site in another language is broken, translated or not.
        notes: what the person who starts should know.
        tagged: whether it writes the codes of languages as BCP 47 does, `pt-BR`, and not `pt-br`.
    """

    kind: str
    evidence: str
    source: Language
    languages: tuple[Language, ...]
    source_pattern: str
    target_pattern: str
    include: tuple[str, ...] = ()
    more: tuple[Folder, ...] = ()
    exclude: tuple[str, ...] = ()
    container_titles: bool = False
    hard_wraps: bool = False
    heading_ids: str = ""
    front_matter: tuple[str, ...] = ()
    localized: Mapping[str, str] = field(default_factory=dict)
    mdx: bool = False
    mdx_pages: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    tagged: bool = False

    @property
    def folders(self) -> tuple[Folder, ...]:
        """Where its pages lie, as :attr:`~netzwerk_i18n.config.Config.folders` has them."""
        return (Folder(self.source_pattern, self.target_pattern, self.include), *self.more)


def locale_name(code: str) -> str | None:
    """Gettext's name of what a site calls a language, or None if that is no language.

    >>> locale_name("pt-br"), locale_name("zh-Hans"), locale_name("sr@latin"), locale_name("klingonisch")
    ('pt_BR', 'zh_Hans', 'sr@latin', None)
    """
    code, at, modifier = code.partition("@")
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?", code):
        return None
    if at and not re.fullmatch("[a-z]+", modifier):
        return None
    from babel import Locale, UnknownLocaleError

    language, *rest = re.split(r"[-_]", code)
    parts = [language.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)]  # noqa: PLR2004 - a script's name
    name = "_".join(parts)
    try:
        Locale.parse(language.lower())
    except (UnknownLocaleError, ValueError):
        return None
    return name + at + modifier


def language(code: str, target: str | None = None) -> Language | None:
    """The language that a site calls `code`, or None if there is no such language."""
    name = locale_name(code)
    return None if name is None else Language(name, code, target)


def without_usual_region(code: str) -> str:
    """A site's code for a language without the region where it is spoken most, which says nothing.

    >>> without_usual_region("de-DE"), without_usual_region("pt_PT"), without_usual_region("fr")
    ('de', 'pt-PT', 'fr')
    """
    from babel.core import get_global

    base, _, region = (locale_name(code) or "").rpartition("_")
    usual = str(get_global("likely_subtags").get(base, "")).rpartition("_")[2]
    return base if base and region == usual else code.replace("_", "-")


def other_languages(codes: Iterable[str], chosen: Language) -> tuple[Language, ...]:
    """The languages that a site has besides the chosen one, by its codes for them."""
    found = (language(code) for code in dict.fromkeys(codes))
    return tuple(each for each in found if each is not None and each.locale != chosen.locale)


def unknown_languages(codes: Iterable[str]) -> tuple[str, ...]:
    """A note for each code of a site that is no language."""
    return tuple(f"{code} is no language that CLDR knows" for code in codes if language(code) is None)


def find_files(root: Path, below: str = "", *, ending: str = ".md") -> list[str]:
    """The files below a folder that end so, as paths from the root; hidden folders and what other tools made are left out."""
    return sorted(path for path in _files(root, below) if path.endswith(ending))


def _files(root: Path, below: str) -> Iterator[str]:
    count = 0
    for folder, folders, names in os.walk(root / below):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and name not in _SKIPPED
            and not (Path(folder) / name / "pyvenv.cfg").exists()
        )
        for name in names:
            count += 1
            if count > MAX_FILES:
                return
            if not name.startswith("."):
                yield (Path(folder) / name).relative_to(root).as_posix()


def read_text(file: Path) -> str | None:
    """A configuration's text, or None where there is none that can be read.

    Raises:
        ConfigError: if it is there and is not UTF-8.
    """
    try:
        if not file.is_file() or file.stat().st_size > MAX_CONFIG_BYTES:
            return None
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError("is not UTF-8", file=file.name, remedy="save it as UTF-8") from None
    except OSError:
        return None


def with_mdx(root: Path, site: Site) -> Site:
    """The site with its pages of MDX, if there are any: the patterns leave the ending open then, and `include` says both."""
    if not site.mdx:
        return site
    first, *more = (_with_mdx(root, each) for each in site.folders)
    own = [each.target for each in site.languages if each.target]
    if first.source != site.source_pattern and all(each.endswith("/{path}.md") for each in own):
        site = replace(
            site,
            source_pattern=first.source,
            target_pattern=first.target,
            languages=tuple(
                each if each.target is None else replace(each, target=each.target.removesuffix(".md"))
                for each in site.languages
            ),
            include=first.include,
        )
    return replace(site, more=tuple(more))


def _with_mdx(root: Path, pages: Folder) -> Folder:
    folder = pages.source.removesuffix("{path}.md")
    if folder == pages.source or not pages.target.endswith("/{path}.md"):
        return pages
    if not find_files(root, folder, ending=".mdx"):
        return pages
    include = (f"{folder}**/*.md", f"{folder}**/*.mdx")
    return Folder(f"{folder}{{path}}", pages.target.removesuffix(".md"), include)


def source_pages(root: Path, pattern: str) -> list[str]:
    """The pages in Markdown or MDX below the folder of a source pattern."""
    folder = pattern.partition("{path}")[0]
    return [path for ending in (".md", ".mdx") for path in find_files(root, folder, ending=ending)]


def links_to_headings(root: Path, site: Site) -> bool:
    """Whether a page of a site links to a place within a page of it."""
    return any(
        _HEADING_LINK.search(text)
        for folder in site.folders
        if not folder.keys
        for path in source_pages(root, folder.source)
        if (text := _page_text(root, path)) is not None
    )


def _page_text(root: Path, path: str) -> str | None:
    """A page, or None where it cannot be read, which `extract` will say."""
    try:
        return read_text(root / path)
    except ConfigError:
        return None


def note_shown_files(root: Path, site: Site) -> Iterator[str]:
    """A note for each folder with a source page that shows a file beside it which is not beside pages of other languages.

    It is for sites whose generator does not look for the file in the source's folder then.
    """
    for folder in site.folders:
        yield from _note_shown_file(root, folder)


def _note_shown_file(root: Path, pages: Folder) -> Iterator[str]:
    source, target = (each.partition("{path}")[0] for each in (pages.source, pages.target))
    if posixpath.dirname(source) == posixpath.dirname(target):
        return
    for path in source_pages(root, pages.source):
        for match in _SHOWN.finditer(_page_text(root, path) or ""):
            file = match["markdown"] or match["html"]
            if not _ELSEWHERE.match(file) and (root / path).parent.joinpath(unquote(file)).is_file():
                yield (
                    f"{path} shows {file}, which does not lie beside the pages of other languages; name it from the "
                    "top of the site (/...), or copy it"
                )
                return


def read_front_matter(root: Path, path: str) -> FrontMatter | None:
    """The front matter of a page; None where it has none, and where the page is not UTF-8, which `extract` will say."""
    return find_front_matter(_page_text(root, path) or "")


def common_pattern(patterns: Mapping[str, str]) -> str | None:
    """The pattern with `{lang}` that gives each language's own, or None if there is none.

    >>> common_pattern({"fr": "content/fr/{path}.md", "en": "content/en/{path}.md"})
    'content/{lang}/{path}.md'
    >>> common_pattern({"fr": "content/fr/{path}.md", "en": "english/{path}.md"}) is None
    True
    """
    if not patterns:
        return None
    lang, pattern = next(iter(patterns.items()))
    for match in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(lang)}(?![A-Za-z0-9])", pattern):
        common = f"{pattern[: match.start()]}{{lang}}{pattern[match.end() :]}"
        if all(common.replace("{lang}", other) == wanted for other, wanted in patterns.items()):
            return common
    return None


def with_patterns(found: Sequence[tuple[Language, str]]) -> tuple[str, tuple[Language, ...]]:
    """The pattern that most languages share, and the languages with their own where they differ from it."""
    common = common_pattern({each.lang: pattern for each, pattern in found})
    if common is not None:
        return common, tuple(each for each, _ in found)
    shared = found[0][1] if found else ""
    tries = [common_pattern({each.lang: pattern}) for each, pattern in found]
    shared = max((each for each in tries if each), key=tries.count, default=shared)
    return shared, tuple(
        each if shared.replace("{lang}", each.lang) == pattern else Language(each.locale, each.lang, pattern)
        for each, pattern in found
    )
