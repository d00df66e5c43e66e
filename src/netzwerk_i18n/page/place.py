"""Where the segments of a page stand: what tells counterparts apart on two pages whose words differ.

A heading's level, a list's depth, a table's column, the key of a value: two people who write the same page in two
languages keep most of them. What stands between segments (code, rules, shortcodes) is the same in every language, and
so it is kept here as rails along which two pages can be laid side by side.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from netzwerk_i18n.page.document import Page
from netzwerk_i18n.page.segment import Segment

_BAR = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"(#{1,6})[ \t]*\Z")
_LIST_MARK = re.compile(r"([-+*])[ \t]+(?:\[[ xX]\][ \t]+)?\Z|(\d{1,9})[.)][ \t]+\Z")
_INDENT = 2
_DEEPEST = 6
_LABELLED = frozenset({"front matter", "data", "attribute", "shortcode", "link title", "code comment"})
_OPENERS = re.compile(r"<(?=[A-Za-z])|\{\{[<%]?")
_CLOSERS = re.compile(r">|[%>]?\}\}")
_STRUCTURE = re.compile(r"^[ \t>]*(?:[-+*]|\d{1,9}[.)]|#{1,6})?[ \t]*|[ \t]*#*[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}\Z")
_DELIMITERS = re.compile(r"[ \t|:>-]*\Z")
_UNDERLINE = re.compile(r"[ \t>]*(=+|-+)[ \t]*\Z")


class Place(NamedTuple):
    """Where a segment stands.

    Attributes:
        level: of a heading 1 to 6; of a list item its depth, of a table cell its column, both counted from 0.
        quotes: in how many block quotes it stands.
        mark: `-` for an item of a bullet list, `1` for one of a numbered list, else empty.
        label: the front-matter key, the attribute's or the parameter's name, else empty.
    """

    level: int = 0
    quotes: int = 0
    mark: str = ""
    label: str = ""


def place_of(page: Page, segment: Segment) -> Place:
    r"""The place of a segment of `page`.

    >>> page = Page.parse("> ## Warum\n\n* eins\n  * zwei\n")
    >>> [tuple(place_of(page, segment)) for segment in page.segments]
    [(2, 1, '', ''), (0, 0, '-', ''), (1, 0, '-', '')]
    """
    text, kind = page.text, segment.kind
    if kind in _LABELLED:
        return Place(label=segment.comments[0] if segment.comments else "")
    start = max(text.rfind("\n", 0, segment.start), text.rfind("\r", 0, segment.start)) + 1
    prefix = text[start : segment.start]
    level, mark = 0, ""
    if kind == "heading":
        hashes = _HEADING.search(prefix)
        level = len(hashes[1]) if hashes else _setext_level(text, segment.end)
    elif kind == "cell":
        level = len(_BAR.findall(prefix)) - prefix.lstrip(" \t>").startswith("|")
    else:
        found = _LIST_MARK.search(prefix)
        if found is not None:
            mark = "-" if found[1] else "1"
            prefix = prefix[: found.start()]
        if kind == "item":
            level = min(len(prefix.replace(">", " ").expandtabs(4)) // _INDENT, _DEEPEST)
    return Place(level, prefix.count(">"), mark)


def frame_of(page: Page, segment: Segment) -> str:
    """What stands around a segment in its own tag, shortcode or definition: addresses and names that stay the same."""
    text = page.text
    begin = max(text.rfind("\n\n", 0, segment.start), segment.start - 500, 0)
    openers = [match.start() for match in _OPENERS.finditer(text, begin, segment.start)]
    closer = _CLOSERS.search(text, segment.end, segment.end + 500)
    if segment.kind == "link title":
        return text[text.rfind("\n", 0, segment.start) + 1 : segment.start]
    if segment.kind not in ("attribute", "shortcode", "html") or not openers:
        return ""
    behind = text[segment.end : closer.end()] if closer and segment.kind != "html" else ""
    return text[openers[-1] : segment.start] + behind


def rails_of(page: Page) -> Iterator[tuple[int, str]]:
    """What stands between the segments of a page's body, block by block: where it begins, and its text without blanks.

    List marks, quote marks and the like belong to their segments and are left out.
    """
    text = page.text
    position = page.front_matter.end if page.front_matter is not None else 0
    for segment in page.segments:
        if segment.form == "value":
            continue
        if segment.start > position:
            yield from _rails(text, position, segment.start)
        position = max(position, segment.end)
    yield from _rails(text, position, len(text))


def _rails(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    position = start
    for block in re.split(r"((?:\r\n?|\n)[ \t>]*(?:\r\n?|\n))", text[start:end]):
        bare = block.strip()
        if _RULE.match(bare):
            yield position, "---"
        elif bare and not _DELIMITERS.match(bare):
            kept = "".join(_STRUCTURE.sub("", bare).split())
            if any(character.isalnum() for character in kept):
                yield position, kept
        position += len(block)


def _setext_level(text: str, end: int) -> int:
    line_end = re.compile(r"\r\n?|\n").search(text, end)
    if line_end is None:
        return 1
    below = re.compile(r"[^\r\n]*").match(text, line_end.end())
    mark = _UNDERLINE.match(below[0]) if below else None
    return 2 if mark and mark[1].startswith("-") else 1
