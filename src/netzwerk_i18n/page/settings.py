"""What a site may decide about its pages: which values are text, and which shortcodes hold code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

FRONT_MATTER_KEYS = ("title", "description", "summary", "subtitle", "linkTitle", "caption", "alt")
"""Front-matter keys whose string values are text, unless the site names others."""

DataFormat = Literal["yaml", "toml", "json"]
"""What data files are written in."""

SHORTCODE_PARAMETERS = ("caption", "title", "alt", "text", "label", "description")
"""Named shortcode parameters whose values are text, unless the site names others."""

CODE_SHORTCODES = frozenset(
    {
        "chart",
        "code",
        "code-toggle",
        "codeblock",
        "command",
        "comment",
        "echarts",
        "graphviz",
        "highlight",
        "katex",
        "markmap",
        "math",
        "mathjax",
        "mermaid",
        "plantuml",
        "script",
        "terminal",
    }
)
"""Paired shortcodes whose inner text is code, as that of Hugo's `highlight` is, or shown to nobody."""


HEADING_IDS = ("hugo", "docusaurus", "jekyll", "mdbook", "mkdocs", "vitepress", "zola")
"""The generators of which it is known how they make the id of a heading."""


class Shortcode(NamedTuple):
    """The site's word on one shortcode.

    Attributes:
        parameters: names, or positions counted from 0, of the parameters that are text; None for the default.
        inner_is_code: whether the text between the tags of the pair is code; None for the default.
    """

    parameters: tuple[str | int, ...] | None = None
    inner_is_code: bool | None = None


@dataclass(frozen=True, slots=True)
class PageSettings:
    """How pages are read.

    Attributes:
        front_matter: dotted patterns of front-matter keys; `*` stands for one name, `**` for any number.
        shortcode_parameters: parameters that are text in a shortcode that is not in `shortcodes`.
        shortcodes: the site's word on single shortcodes, by name.
        code_comments: whether comments in fenced code are segments.
        container_titles: whether the titles of containers are: `!!! note "Title"`, `=== "Title"`, `:::note[Title]`,
            `::: tip Title`, `/// note | Title`.
        hard_wraps: whether the site shows each line break of a paragraph, so that it is one of the text.
        is_mdx: whether pages are read as MDX reads them.
        data: the format of a data file, which is no Markdown: all of it is read as front matter is; None for pages.
        plural_locales: languages whose plural forms a data file has beside its own, by the names of their locales.
    """

    front_matter: tuple[str, ...] = FRONT_MATTER_KEYS
    shortcode_parameters: tuple[str, ...] = SHORTCODE_PARAMETERS
    shortcodes: Mapping[str, Shortcode] = field(default_factory=lambda: MappingProxyType({}))
    code_comments: bool = False
    container_titles: bool = False
    hard_wraps: bool = False
    is_mdx: bool = False
    data: DataFormat | None = None
    plural_locales: tuple[str, ...] = ()

    def text_parameters(self, shortcode: str) -> tuple[str | int, ...]:
        """The parameters of `shortcode` that are text, by name or position."""
        own = self.shortcodes.get(shortcode)
        return self.shortcode_parameters if own is None or own.parameters is None else own.parameters

    def holds_code(self, shortcode: str) -> bool | None:
        """Whether the text between the tags of a paired `shortcode` is code; None where its name does not say so."""
        own = self.shortcodes.get(shortcode)
        if own is None or own.inner_is_code is None:
            return True if shortcode in CODE_SHORTCODES else None
        return own.inner_is_code
