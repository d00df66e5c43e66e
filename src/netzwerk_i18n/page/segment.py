"""The unit of translation: a span of a page and what a catalog needs to know of it."""

from typing import NamedTuple


class Segment(NamedTuple):
    """One translatable unit of a page.

    Attributes:
        text: the msgid: inline Markdown as the page has it, soft breaks joined.
        kind: where it stands: `paragraph`, `heading`, `item`, `cell`, `term`, `front matter`, `html`, `attribute`,
            `link title`, `container title`, `shortcode`, `code comment` or, in a data file, `data`.
        line: the line of the page where it begins, counted from 1.
        context: the msgctxt that the page's author gave it, or None.
        comments: what a translator should know, one line each.
        start: where its span begins in the page's text, counted in characters.
        end: where its span ends.
        breaks: what stands in the page for each newline of `text`: line break, indentation, quote marks and all.
        form: how a translation is written into the page: `markdown`, `cell`, `html`, `attribute`, `title`,
            `parameter` or `value`.
        mark: the quotation mark around the span, where the form has one; what closes it for a container's title; for a
            value its place in the front matter.
        block: the lines of the page, counted from 0, that its block takes up; empty where other texts stand on them.
        critical: whether a stale translation of this must never stay published.
        siblings: other plural forms of the same text in the source, of which a translation may be one as well: `one`
            is 1 in German and needs no number, and is 1, 21, 31 in Russian.
    """

    text: str
    kind: str
    line: int
    context: str | None
    comments: tuple[str, ...]
    start: int
    end: int
    breaks: tuple[str, ...] = ()
    form: str = "markdown"
    mark: str = ""
    block: tuple[int, int] = (0, 0)
    critical: bool = False
    siblings: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str | None, str]:
        """What identifies the message in a catalog: msgctxt and msgid."""
        return self.context, self.text
