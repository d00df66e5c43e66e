"""Whether translations can change the structure of the page that they stand on: the quick answer, without parsing it.

A block begins at the start of a line and with few characters, and what joins texts of different blocks (definitions of
links, shortcodes, formulas, definition lists) has delimiters that are easily looked for. Where none of that is in sight
the localized page has the blocks of its source page, whatever its words are.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from netzwerk_i18n.page import Page, Segment, Translation
from netzwerk_i18n.page.encode import encode
from netzwerk_i18n.page.regions import OPENERS, find_regions

_PLAIN_START = re.compile(
    r"""[^\W\d_] | [„“”‚‘’"'«»‹›(…–—¿¡\u2190-\u2bff\U0001f000-\U0001faff]
      | \*[^\s*\[] | \*{2,3}[^\s*] | _{1,3}[^\s_] | `[^`\s] | !?\[[^!\[\]] | \d+(?![\d.)])""",
    re.VERBOSE,
)
"""How lines begin that begin no block, and end none, as long as the page defines no label there (`]:`)."""

_SPECIAL = re.compile(r"\r|\0|\$\$|\]:")
_MARKS = re.compile(r"\\*(?:\{[^{}\n]*\}|[{}|])")
"""Braces, with what they enclose, and bars: what programs and tables look for."""

_SPECIAL_IN_HTML = re.compile(r"[<>]")
_PLAIN_ATTRIBUTE = re.compile(r"""[^<>"'`{}=\\|$\r\n\0\[\]]+""")
_LABEL_LINE = re.compile(
    r"""^[ ]{0,3}(?:\[\^[^\s\[\]\\]+\]:[ \t].*$
      | \[[^\^\[\]\n\\][^\[\]\n\\]*\]:[ \t]+[^\s\[\]<>]+[ \t]*$(?=\n?\Z|\n[ \t]*(?:\n|\Z)|\n[ ]{0,3}\[[^\[\]\n\\]+\]:))""",
    re.VERBOSE | re.MULTILINE,
)
_LIKE_FRONT_MATTER = re.compile(r"[\s\ufeff]*(?:[-+{]|#\+)")
_DEFINITION_LINE = re.compile(r"^[^\w\n]*:", re.MULTILINE)
_FENCE_LINE = re.compile(r"^[ \t>]*(?:```[^`\n]*|~~~[^\n]*)$", re.MULTILINE)


def is_inert(page: Page, localized_text: str, translation_of: Callable[[Segment], Translation]) -> bool:
    r"""Whether the localized page surely has the structure of its source page: blocks, front matter, shortcodes.

    Nothing is asked of the translations but what is looked at here, whatever other checks say of them; what stands in
    the front matter was read again when it was written (:meth:`~netzwerk_i18n.page.Page.render`).

    Args:
        page: the source page.
        localized_text: what `page.render(translation_of)` gave.
        translation_of: what stands in place of a segment.

    >>> page = Page.parse("Text\n")
    >>> is_inert(page, "Words\n", lambda segment: "Words")
    True
    >>> is_inert(page, "- Words\n", lambda segment: "- Words")
    False
    """
    text = page.text
    start = page.front_matter.end if page.front_matter is not None else 0
    if not start and _LIKE_FRONT_MATTER.match(text):
        return False
    position, length = start, len(text) - start
    joined: list[tuple[int, int]] = []
    for segment in page.segments:
        translation = translation_of(segment)
        if translation is None or translation == segment.text or segment.form == "value":
            continue
        if not isinstance(translation, str) or segment.start < position:
            return False
        source = text[segment.start : segment.end]
        written = encode(segment, translation, source)
        if not _is_inert(text, segment, source, translation, written):
            return False
        if page.is_mdx and "<" in written:
            return False
        if "\n" in source or "\r" in source:
            joined.append((segment.start, segment.end))
        length += len(written) - len(source)
        position = segment.end
    before, after = _normalized(text[start:]), _normalized(localized_text[len(localized_text) - length :])
    if joined and _DEFINITION_LINE.search(before) and ("\r" in text or _may_make_a_term(text, start, joined)):
        return False
    return _has_same_labels(before, after) and _has_same_regions(before, after)


def _may_make_a_term(text: str, start: int, joined: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the texts whose lines are joined may become a term: it is one line, with its definition below it.

    Code may have lines like a definition's; the mark where it begins parts them from the text above.
    """
    for definition in _DEFINITION_LINE.finditer(text, start):
        nth = bisect_right(joined, (definition.start(), 0)) - 1
        if nth >= 0 and not _FENCE_LINE.search(text, joined[nth][1], definition.start()):
            return True
    return False


def _is_inert(text: str, segment: Segment, source: str, translation: str, written: str) -> bool:
    """Whether what is written in place of one segment begins, ends and joins no block."""
    if segment.form == "attribute":
        return bool(segment.mark) and _PLAIN_ATTRIBUTE.fullmatch(written) is not None
    if segment.form not in ("markdown", "cell", "html") or not written.strip():
        return False
    if _is_special(written) or _is_special(source) or not _has_same_marks(segment.form, source, written):
        return False
    if segment.form == "html" and (_SPECIAL_IN_HTML.search(written) or _SPECIAL_IN_HTML.search(source)):
        return False
    if segment.form == "cell" and ("\\" in written or "\\" in source):
        return False
    # What begins otherwise may be a term only because it ends the definition above; a tag before it, with odd blanks
    # behind it, may be a block only because there is no more on its line.
    if (segment.kind == "term" or segment.form == "html") and not _PLAIN_START.match(source):
        return False
    breaks = segment.text.count("\n")
    if written.count("\n") != breaks:
        return False
    if not breaks:
        return _PLAIN_START.match(written) is not None or _stands_behind_its_mark(text, segment)
    lines = translation.strip(" \t\r\n").split("\n")
    return len(lines) == breaks + 1 and all(_PLAIN_START.match(line.lstrip(" \t")) for line in lines)


def _is_special(text: str) -> bool:
    """Whether a text holds, or has at its edge, what may join it with its neighbours."""
    return text.startswith("$") or text.endswith(("$", "\\")) or _SPECIAL.search(text) is not None


def _has_same_marks(form: str, source: str, written: str) -> bool:
    """Whether braces and bars, of which there may be some in a text of Markdown, are those of the source, line by line.

    Below a paragraph there may be what makes a table of it as soon as it has another number of bars.
    """
    if not any(mark in text for mark in "{|" for text in (source, written)):
        return True
    if form == "html" or (form == "cell" and ("|" in source or "|" in written)):
        return False
    return _marks(source) == _marks(written)


def _marks(text: str) -> list[tuple[bool, list[str]]]:
    """By line, whether such a mark ends it, and its marks; behind the last one there may be blanks."""
    return [(line.rstrip().endswith(("|", "}")), _MARKS.findall(line)) for line in text.split("\n")]


def _stands_behind_its_mark(text: str, segment: Segment) -> bool:
    """Whether the segment stands behind a table's bar or a heading's hashes, where nothing begins a block."""
    mark = {"cell": "|", "heading": "#"}.get(segment.kind)
    return mark is not None and text[max(0, segment.start - 20) : segment.start].rstrip(" \t").endswith(mark)


def _has_same_labels(before: str, after: str) -> bool:
    """Whether what defines labels (of links, of footnotes) is in lines of its own, which no text can join."""
    count = before.count("]:")
    return after.count("]:") == count and (not count or len(_LABEL_LINE.findall(before)) == count)


def _has_same_regions(before: str, after: str) -> bool:
    """Whether other programs read the same pieces of both texts."""
    if not any(opener in before or opener in after for opener in OPENERS):
        return True
    return _regions(before) == _regions(after)


def _regions(text: str) -> list[tuple[str, ...]]:
    return [
        (text[region.start : region.end], region.kind, region.name, region.role)
        for region in find_regions(text)
    ]


def _normalized(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
