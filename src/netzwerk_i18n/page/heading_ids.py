"""Ids of headings that survive translation: a translated heading gets the id that its source's text gives to the source.

Site generators make the id of a heading out of its text, each in its own way. Translate the heading, and every link to
`#ziel`, from this page or any other, leads nowhere. `## Aim {#ziel}` keeps it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

from netzwerk_i18n.page.document import Page
from netzwerk_i18n.page.markers import heading_attributes_start
from netzwerk_i18n.page.segment import Segment
from netzwerk_i18n.page.settings import PageSettings
from netzwerk_i18n.page.tokens import content_of

_DEFAULT_SETTINGS: Final = PageSettings()
_NOT_PLAIN: Final = re.compile(
    r"""[_\[\]<>&\\{}~^$|] | -- | :[\w+-]+: | [^\S\x20]
      | (?<![\w*])\*{1,3}(?=\S)[^*]*(?:["'`]|\.\.\.)[^*]*\*     # of which Hugo sees the first piece only""",
    re.VERBOSE,
)
"""What generators read in ways of their own, so that the id of such a heading is not known."""
_UNSEEN: Final = re.compile(
    r"!\[[^\[\]]*\](?:\([^()]*\))?|(?<=\])(?:\([^()]*\)|\[[^\[\]]*\])|</?[A-Za-z][^<>]*>"
)
_EMPHASIS: Final = re.compile("[*`]")
_HEADING_LINE: Final = re.compile(
    r"""^[ \t>]*(?: \#{1,6}[ \t]+([^\r\n]*?)(?:[ \t]+\#+)?
      | ([^\s>][^\r\n]*?)[ \t]*(?:\r\n?|\n)[ \t>]*(?:=+|-+))[ \t]*(?=[\r\n]|\Z)""",
    re.MULTILINE | re.VERBOSE,
)
"""What may be a heading, with hashes or underlined."""
_ATX: Final = re.compile(r" {0,3}#{1,6}[ \t]+")
_LINE_END: Final = re.compile(r"[ \t]*(?:(\r\n?|\n)|\Z)")
_UNDERLINE: Final = re.compile(r" {0,3}(?:=+|-+)[ \t]*(?:[\r\n]|\Z)")
_OWN_ID: Final = re.compile(r"[^{}\r\n]*\{[^{}\r\n]*#([^\s{}*]+)")
_ID_LINE: Final = re.compile(r'(?:\r\n?|\n)\{: id="[^"\r\n]*"\}(?=[\r\n]|\Z)')


class _Style(NamedTuple):
    """How a generator makes ids, and how a page says one.

    Attributes:
        slug: the id that a text gives; empty where that is not known.
        repeated: what stands between an id and the number of one that is there already.
        written: what follows the heading's text.
        written_in_mdx: the same in a page of MDX; empty where it is no other.
        has_setext: whether that may stand behind a heading that is underlined, too.
    """

    slug: Callable[[str], str]
    repeated: str = "-"
    written: str = " {{#{id}}}"
    written_in_mdx: str = ""
    has_setext: bool = True

    def slug_of(self, text: str) -> str:
        """The id of a heading with this text, if it is the first one; empty where that is not known."""
        return "" if _NOT_PLAIN.search(text) else self.slug(text)


def _hugo(text: str) -> str:
    """As Goldmark in Hugo does by default (`autoHeadingIDType = "github"`): letters and digits, blanks as hyphens."""
    kept = [
        "-" if c in " -" else c.lower()[0]  # Go has one letter for each
        for c in text.strip()
        if c in " -_" or unicodedata.category(c) in {"Lu", "Ll", "Lt", "Lm", "Lo", "Nd"}
    ]
    return "".join(kept) or "heading"


def _github(text: str) -> str:
    r"""As GitHub does, and Docusaurus and Jekyll after it: what Ruby calls `\p{Word}`, blanks as hyphens."""
    return "".join(
        "-" if c == " " else c
        for c in text.lower()
        if c in " -" or unicodedata.category(c)[0] in "LM" or unicodedata.category(c) in {"Nd", "Nl", "Pc"}
    )


def _mdbook(text: str) -> str:
    """As mdBook does: letters and digits of all kinds, blanks as hyphens; what marks of vowels count as only Rust knows."""
    if any(unicodedata.category(c)[0] == "M" for c in text):
        return ""
    return "".join(
        "-" if c == " " else c for c in text.lower() if c in " -" or unicodedata.category(c)[0] in "LN"
    )


def _python_markdown(text: str) -> str:
    """As Python-Markdown's `toc` does by default: ASCII alone."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def _vitepress(text: str) -> str:
    plain = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", _EMPHASIS.sub("", text)))
    hyphens = re.sub(r"[\s~`!@#$%^&*()\-_+=[\]{}|\\;:\"'“”‘’<>,.?/]+", "-", plain).strip("-")
    return re.sub(r"^(\d)", r"_\1", hyphens).lower()


_LATIN: Final = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    | dict.fromkeys("„“”‚‘’«»‹›–—…¿¡", " ")
)


def _zola(text: str) -> str:
    """As Zola does by default: Latin letters without their accents; of other scripts only Zola knows."""
    plain = re.sub(
        "[\u0300-\u036f]", "", unicodedata.normalize("NFD", _EMPHASIS.sub("", text).translate(_LATIN))
    )
    return re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-") if plain.isascii() else ""


STYLES: Mapping[str, _Style] = MappingProxyType(
    {
        "hugo": _Style(_hugo),
        # A bare brace begins an expression, which no longer gives way to an id where `future.v4` is set.
        "docusaurus": _Style(_github, written_in_mdx=" \\{{#{id}}}", has_setext=False),
        "jekyll": _Style(_github, written='{newline}{{: id="{id}"}}', has_setext=False),
        "mdbook": _Style(_mdbook),
        "mkdocs": _Style(_python_markdown, repeated="_"),
        "vitepress": _Style(_vitepress),
        "zola": _Style(_zola),
    }
)
"""The generators whose ids are known, by their names."""


def source_ids(
    source: Page,
    shown: Page,
    translation: Callable[[Segment], str | None],
    style: str,
    settings: PageSettings = _DEFAULT_SETTINGS,
) -> dict[Segment, str]:
    r"""What is to follow headings of the localized page, so that they have the source's ids; for :meth:`Page.render`.

    A heading with an id of its own keeps it, and one whose id is not known for sure has none put in.

    Args:
        source: the source page.
        shown: the same without what is left out of the localized page.
        translation: what stands there for a segment; None for its own text.
        style: the generator, one of :data:`STYLES`.
        settings: how the source page was read.

    >>> page = Page.parse("# Ziel\n\n[Los](#ziel)\n")
    >>> french = {"Ziel": "But"}
    >>> page.render(french, additions=source_ids(page, page, lambda each: french.get(each.text), "hugo"))
    '# But {#ziel}\n\n[Los](#ziel)\n'
    """
    headings = [segment for segment in shown.segments if segment.kind == "heading"]
    if all(translation(each) in (None, each.text) for each in headings):
        return {}  # their ids are the same, too
    makes = STYLES[style]
    return {
        heading: written
        for heading, id_, written in _additions(source, shown, makes, settings)
        if makes.slug_of(translation(heading) or heading.text) != id_
    }


def kept_ids(source: Page, shown: Page, style: str, settings: PageSettings) -> set[str]:
    """The ids that the headings of the localized page have from their source, whatever their translations are.

    Args:
        source: the source page.
        shown: the same without what is left out of the localized page.
        style: the generator, one of :data:`STYLES`.
        settings: how the source page was read.
    """
    return {id_ for _, id_, _ in _additions(source, shown, STYLES[style], settings)}


def _additions(
    source: Page, shown: Page, style: _Style, settings: PageSettings
) -> Iterator[tuple[Segment, str, str]]:
    """Each heading that an id can be put behind, that id, and what is put there."""
    ids = _ids_of(source, style, settings)
    known = ((each.key, ids.get(each.start, "")) for each in source.segments if each.kind == "heading")
    for heading in shown.segments:
        if heading.kind == "heading":
            id_ = next((id_ for key, id_ in known if key == heading.key), "")
            written = id_ and _written(shown, heading, id_, style)
            if written:
                yield heading, id_, written


def without_id_lines(text: str, style: str) -> str:
    """A localized page without the lines that :func:`source_ids` puts in, where the generator needs lines for ids."""
    return _ID_LINE.sub("", text) if style and STYLES[style].written.startswith("{newline}") else text


def _ids_of(page: Page, style: _Style, settings: PageSettings) -> dict[int, str]:
    """The ids that headings of a source page have from their texts, by where these begin; none where that is not known."""
    ids: dict[int, str] = {}
    used: dict[str, int] = {}  # each id with the last number that was put behind it
    for start, text, own in _all_headings(page, style, settings):
        id_ = slug = own or style.slug_of(text) or style.slug(_UNSEEN.sub("", text))
        while id_ in used and not own:
            used[slug] += 1
            id_ = f"{slug}{style.repeated}{used[slug]}"
        used.setdefault(id_, 0)
        if not own and start is not None and style.slug_of(text):
            ids[start] = id_
    return ids


def _all_headings(page: Page, style: _Style, settings: PageSettings) -> list[tuple[int | None, str, str]]:
    """Where the text of each heading begins, that text, and the id that it has of its own.

    What is not translated, code alone or what a directive leaves out, begins nowhere and counts for the numbers of the others.
    """
    found: list[tuple[int | None, str, str]] = []
    places: dict[int, int] = {}  # by the line
    for heading in page.segments:
        if heading.kind == "heading":
            own = _OWN_ID.match(page.text, heading.end)
            found.append((heading.start, heading.text, own[1] if own else ""))
            places.setdefault(heading.line, len(found) - 1)
    slugs = {own or style.slug(text) for _, text, own in found}
    starts = {start for start, *_ in found}
    lines = _HEADING_LINE.finditer(page.text, page.body_start)
    others = (line[line.lastindex or 0] for line in lines if line.start(line.lastindex or 0) not in starts)
    if not any(style.slug(text) in slugs for text in others):
        return found
    from netzwerk_i18n.page.blocks import parse_blocks
    from netzwerk_i18n.page.source import Source

    source = Source(page.text, page.body_start, settings)
    tokens = parse_blocks(source.blocks_text(), source.inner_lines(), is_mdx=page.is_mdx)[0]
    whole: list[tuple[int | None, str, str]] = []
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.map is not None:
            place = places.get(source.first_line + token.map[0] + 1)
            content = content_of(inline, source.text)
            text = content[: heading_attributes_start(content, is_mdx=page.is_mdx)]
            own = _OWN_ID.match(content, len(text))
            whole.append(found[place] if place is not None else (None, text, own[1] if own else ""))
    return whole


def _written(page: Page, heading: Segment, id_: str, style: _Style) -> str:
    """How an id is put behind a heading; empty where none can stand there."""
    text = page.text
    end = _LINE_END.match(text, heading.end)
    has_lines = heading.block[1] - heading.block[0] > (2 if style.has_setext else 1)
    if end is None or has_lines or text.startswith("{:", end.end()):
        return ""
    begin = max(text.rfind("\n", 0, heading.start), text.rfind("\r", 0, heading.start)) + 1
    before = text[begin : heading.start]
    is_underlined = style.has_setext and not before.strip(" ") and _UNDERLINE.match(text, end.end())
    if not _ATX.fullmatch(before) and not is_underlined:
        return ""
    written = style.written_in_mdx if page.is_mdx and style.written_in_mdx else style.written
    return written.format(id=id_, newline=end[1] or "\n")
