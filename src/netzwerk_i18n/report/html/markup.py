"""Texts of pages and catalogs as HTML that can do nothing: all of them come from people whom nobody knows.

Inline Markdown is rendered so that it reads as on the page. Its raw HTML is shown as text, its images are named and not
loaded, its links lead out only by http, https and mailto, and characters that nobody sees are named.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LONGEST = 20_000
"""A longer text, in characters, is shown as it is: nobody reads it, and its markup could take long to render."""

_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_JOINERS = "\u00ad\u200c\u200d"
"""Invisible characters that scripts need, or that do no harm."""

_MARKDOWN_FORMS = frozenset({"markdown", "cell"})


def render(text: str, form: str) -> Markup:
    """A message as it reads on the page.

    Args:
        text: a msgid or a msgstr.
        form: the form of its segment; front matter, attributes and HTML are no Markdown.
    """
    if form not in _MARKDOWN_FORMS or len(text) > LONGEST:
        return Markup("<br>").join(visible(line) for line in text.split("\n"))
    return _render_markdown(text)


@lru_cache(maxsize=4096)
def _render_markdown(text: str) -> Markup:
    # The renderer below escapes every text that it writes.
    return Markup(_markdown().renderInline(text))  # noqa: S704


def visible(text: str) -> Markup:
    """A text, escaped, in which hidden characters are named: direction marks, control characters, and so on.

    >>> visible("a<b\u202e")
    Markup('a&lt;b<span class="hidden-character">U+202E</span>')
    """
    if text.isprintable():
        return escape(text)
    parts = [_named(c) if is_hidden(c) else escape(c) for c in text]
    return Markup("").join(parts)


def is_hidden(character: str) -> bool:
    """Whether a character has no look of its own and could mislead."""
    if character in "\n\t" or character in _JOINERS:
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def plain(value: object) -> object:
    """What a template writes: markup and numbers as they are, texts with hidden characters as escapes."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return "".join(f"\\u{ord(c):04x}" if is_hidden(c) else c for c in value)


def breakable(path: str) -> Markup:
    """A path, escaped, that may break after its slashes.

    >>> breakable("content/a.md")
    Markup('content/<wbr>a.md')
    """
    return Markup("/<wbr>").join(escape(plain(part)) for part in path.split("/"))


def _named(character: str) -> Markup:
    return Markup('<span class="hidden-character">U+{}</span>').format(f"{ord(character):04X}")


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML

    # A method of this class renders the token that it is named after.
    class Renderer(RendererHTML):
        def text(self, tokens: Sequence[Any], index: int, *_: Any) -> str:
            return visible(tokens[index].content)

        def code_inline(self, tokens: Sequence[Any], index: int, *_: Any) -> str:
            return f"<code>{visible(tokens[index].content)}</code>"

        def softbreak(self, *_: Any) -> str:
            return "<br>"  # a newline of a message is a hard break on the page

        def hardbreak(self, *_: Any) -> str:
            return "<br>"

        def link_open(self, tokens: Sequence[Any], index: int, *_: Any) -> str:
            target = str(tokens[index].attrs.get("href", ""))
            said = escape(plain(target))
            if _LINK.match(target):
                return f'<a href="{said}" title="{said}" rel="noopener noreferrer nofollow" target="_blank">'
            return f'<a title="{said}">'

        def link_close(self, *_: Any) -> str:
            return "</a>"

        def image(self, tokens: Sequence[Any], index: int, options: Any, env: Any) -> str:
            token = tokens[index]
            alternative = visible(self.renderInlineAsText(token.children or [], options, env))
            source = escape(plain(str(token.attrs.get("src", ""))))
            return f'<span class="image" title="{source}">image: {alternative}</span>'

    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=Renderer)
    return markdown.enable("strikethrough")
