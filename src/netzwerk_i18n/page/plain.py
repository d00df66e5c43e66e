"""Blocks that are what they look like: found by one regular expression each, several times as fast as by a parser.

Most of a page is paragraphs of words, headings, lists of words and fenced code at the left edge. Where such a block
begins and ends, and that Markdown sees nothing else there, can be told from its own lines and the one below. All that
is not certain is left to the parser, block by block; both find the same segments (a property test holds them to it).
"""

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from netzwerk_i18n.page.rows import split_row
from netzwerk_i18n.page.tokens import LABELS

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from netzwerk_i18n.page.source import Inner

PARAGRAPH: Final = "paragraph"
HEADING: Final = "heading"
ITEM: Final = "item"
CELL: Final = "cell"
CODE: Final = "code"
REGIONS: Final = "regions"

_TEXT = r"""(?:
    (?!(?:im|ex)port[ \t]|///)               # code of MDX, a block of PyMdown
    [^\x00-!\#%*+\-0-9:<=>?\[\\\^_`{|}~]      # nothing that Markdown or a dialect knows begins so
  | \*{1,3}[^\s*\[] | _{1,3}[^\s_]          # emphasis, no rule and no list; `*[` begins an abbreviation
  | `{1,2}[^`\s]                            # code, no fence
  | \[(?![!^\[\]]|TOC\]|toc\])              # a link, no alert, footnote or table of contents
  | !\[(?!\[)                               # an image, no embedded note
  | \d++(?![.)]) | \#++[^\s\#]              # a number, no list; a hashtag, no heading
  | <(?:https?://|mailto:)                  # a link; a tag within a line, which begins no HTML block before text
  | <(?:a|abbr|b|code|del|em|i|ins|kbd|mark|s|small|span|strong|sub|sup|u|var)(?:\x20[^<>\n]*+)?>[ \t]*+[^\s]
  )[^\n]*+"""
"""A line of a paragraph: what begins so begins no other block, and ends no paragraph."""

_LINES = re.compile(rf"{_TEXT}(?:\n[ \t]*+{_TEXT})*+", re.VERBOSE)
_BLANK_BELOW = r"(?=(?:\n[ \t]*+)?+(?:\n|\Z))"
_HEADING_OR_FENCE_BELOW = r"\n(?:#{1,6}[ \t]|`{3,}+[^`\n]*+\n)"
_PARAGRAPH_ENDS = re.compile(rf"{_BLANK_BELOW}|{_HEADING_OR_FENCE_BELOW}|\n[-*+] {{1,4}}[^\s]")
_DEFINITION_BELOW = re.compile(r"(?:\n[ \t>]*+){1,2}+[:~]")

_BORDER_TAG = (
    r"</?(?:article|aside|blockquote|center|dd|details|div|dl|dt|figure|footer|header|li|main|nav|ol|p|section|table|tbody"
    r"|td|th|thead|tr|ul)(?: (?:align|class|id)=\"[^\"<>\n]*\")*+>[ \t]*+"
)

_HEADING = re.compile(r"#{1,6}[ \t]++(?P<text>[^\s#{][^\n]*+)")
_RULE = re.compile(r"(?:-{3,}+|\*{3,}+|_{3,}+)[ \t]*+(?=\n|\Z)")
_COMMENT = re.compile(r"<!--[ \n](?:[^-]++|-(?!-))*+-->[ \t]*+(?=\n|\Z)")
_BORDER_TAGS = re.compile(rf"{_BORDER_TAG}(?:\n[ \t]*+{_BORDER_TAG})*+{_BLANK_BELOW}")
_REGION_LINE = re.compile(rf"\{{[{{%][^\n]*[%}}]\}}[ \t]*+{_BLANK_BELOW}")
_QUOTE = re.compile(rf">(?: [^\s>][^\n]*+)?+(?:\n>(?: [^\s>][^\n]*+)?+)*+{_BLANK_BELOW}")
_TABLE = re.compile(
    rf"(?P<header>\|[^\n]*+)\n(?P<delimiters>\|(?:[ \t]*+:?-++:?[ \t]*+\|)++)[ \t]*+(?P<rows>(?:\n\|[^\n]*+)*+){_BLANK_BELOW}"
)
_FENCE = re.compile(r"(?P<mark>`{3,5}+|~{3,5}+)(?!~)[^\n`]*+\n")
_DEFINITION = r"\[([^\s\[\]\\^][^\n\[\]\\]*+)\]:[ \t]++[^\s<>()\\\"'\x00-\x1f]++[ \t]*+"
_DEFINITION_ENDS = rf"(?:{_BLANK_BELOW}|(?=\n\[))"
_DEFINITIONS = re.compile(rf"{_DEFINITION}{_DEFINITION_ENDS}(?:\n{_DEFINITION}{_DEFINITION_ENDS})*+")
_LABEL = re.compile(rf"^{_DEFINITION}$", re.MULTILINE)
_MARKER = re.compile(r"(?P<indent> *+)(?P<mark>[-*+]|(?P<number>\d{1,9})[.)]) {1,4}(?=\S)")
_INDENT = re.compile(r" ++")
_LIST_GOES_ON = re.compile(r"[ \t]|[:~]|(?:[-*+]|\d{1,9}[.)])(?:[ \t]|\n|\Z)")
_HEADING_OR_FENCE = re.compile(_HEADING_OR_FENCE_BELOW)
_BLANKS = re.compile(r"(?:[ \t]*+\n)*+(?:[ \t]++\Z)?+")  # matches everywhere
_CODE_COLUMNS = 4
_MOST_CELLS = 10_000
_MOST_OPEN = 20  # items in each other; the parser has a limit of its own, and says so


class Plain(NamedTuple):
    """A text that was found without the parser.

    Attributes:
        kind: `PARAGRAPH`, `HEADING`, `ITEM` or `CELL`.
        start: where its first line begins, without indentation and marker.
        end: where its last line ends, blanks included.
        line: the number of its first line, counted from 0.
        alone: whether it can be left out with its lines; not so for an item that holds other items.
    """

    kind: str
    start: int
    end: int
    line: int
    alone: bool = True


class Found(NamedTuple):
    """One block.

    Attributes:
        texts: its texts, in order.
        end: where it ends: at a line break, at the end of the page, or behind the blank lines that end it.
        labels: the link labels that it defines.
        kind: `CODE`; `REGIONS` for what may be a shortcode or macro on a line of its own; else empty.
    """

    texts: tuple[Plain, ...]
    end: int
    labels: tuple[str, ...] = ()
    kind: str = ""


def find_blocks(
    source: str,
    is_fine: Callable[[int, Found], bool],
    inner_lines: "Callable[[], Mapping[int, Inner]]" = dict,
) -> "tuple[list[Token | Plain], dict[str, object]]":
    """All blocks of `source`, and the environment in which its inline text is read.

    Args:
        source: Markdown whose line breaks are all LF and which holds no NUL.
        is_fine: whether a block that begins at an offset and was found without the parser may stay so.
        inner_lines: gives what :func:`~netzwerk_i18n.page.blocks.parse_blocks` wants to know of shortcodes.

    Returns:
        The texts of plain blocks (of those without text there is no trace), and for other blocks what
        :func:`~netzwerk_i18n.page.blocks.parse_blocks` gives.
    """
    found: list[Token | Plain] = []
    environment: dict[str, object] = {}
    labels: list[str] = []
    state: StateBlock | None = None
    position = skip_blank_lines(source, 0)
    line = source.count("\n", 0, position)
    while position < len(source):
        block = find_block(source, position, line)
        if block is not None and is_fine(position, block):
            found += block.texts
            labels += block.labels
            end = block.end
        else:
            from netzwerk_i18n.page.blocks import new_state, read_block

            if state is None:  # its rules add to the list and look at nothing but what they added
                state = new_state(source, environment, cast("list[Token]", found), inner_lines())
            end = state.bMarks[read_block(state, line)]
        behind = skip_blank_lines(source, end)
        line += source.count("\n", position, behind)
        position = behind
    if labels:
        environment[LABELS] = labels
    return found, environment


def skip_blank_lines(source: str, position: int) -> int:
    """Where the next line that is not blank begins, or the end."""
    return cast("re.Match[str]", _BLANKS.match(source, position)).end()


def find_block(source: str, position: int, line: int) -> Found | None:
    """The block that begins at `position`, or None where only the parser can tell.

    Args:
        source: what the parser reads: LF only, no NUL.
        position: the beginning of a line that is not blank and lies in no other block.
        line: its number, counted from 0.
    """
    finder = _FINDERS.get(source[position], _paragraph)
    return finder(source, position, line)


def _paragraph(source: str, position: int, line: int) -> Found | None:
    end = _text_end(source, position)
    if end < 0 or not _PARAGRAPH_ENDS.match(source, end):
        return None
    return Found((Plain(PARAGRAPH, position, end, line),), end)


def _text_end(source: str, start: int) -> int:
    """Where the lines of text that begin at `start` end; -1 if they may be anything but a text of their own.

    They are none if they may define a link or be a term with its definition below, or if a line break may stand at
    their end.
    """
    match = _LINES.match(source, start)
    if match is None:
        return -1
    end = match.end()
    if source[end - 1] == "\\" or _DEFINITION_BELOW.match(source, end):
        return -1
    return -1 if source[start] == "[" and source.find("]:", start, end) >= 0 else end


def _link(source: str, position: int, line: int) -> Found | None:
    """A paragraph that begins with a link, or link definitions without titles."""
    match = _DEFINITIONS.match(source, position)
    if match is None:
        return _paragraph(source, position, line)
    return Found((), match.end(), tuple(_LABEL.findall(match[0])))


def _heading(source: str, position: int, line: int) -> Found | None:
    match = _HEADING.match(source, position)
    if match is None:
        return _paragraph(source, position, line)
    text = match["text"].strip()
    if text.endswith("#"):
        return None
    start = match.start("text")
    return Found((Plain(HEADING, start, start + len(text), line),), match.end())


def _fence(source: str, position: int, line: int) -> Found | None:
    match = _FENCE.match(source, position)
    if match is None:
        return _paragraph(source, position, line)
    end = _fence_end(match["mark"]).search(source, match.end())
    return Found((), end.end(), kind=CODE) if end else None


@cache
def _fence_end(mark: str) -> re.Pattern[str]:
    return re.compile(rf"^ {{0,3}}{mark[0]}{{{len(mark)},}}+[ \t]*+$", re.MULTILINE)


def _html(source: str, position: int, line: int) -> Found | None:
    """A comment, tags that hold no text, or a paragraph that begins with a tag."""
    match = _COMMENT.match(source, position) or _BORDER_TAGS.match(source, position)
    return Found((), match.end()) if match else _paragraph(source, position, line)


def _regions(source: str, position: int, line: int) -> Found | None:  # noqa: ARG001 - one signature for all
    match = _REGION_LINE.match(source, position)
    if match is None or _DEFINITION_BELOW.match(source, match.end()):
        return None
    return Found((), match.end(), kind=REGIONS)


def _quote(source: str, position: int, line: int) -> Found | None:
    """A quote of paragraphs, all of whose lines bear its mark."""
    match = _QUOTE.match(source, position)
    if match is None or _DEFINITION_BELOW.match(source, match.end()):
        return None
    texts: list[Plain] = []
    start = position
    rows = match[0].split("\n")
    for is_blank, group in groupby(rows, key=">".__eq__):
        lines = list(group)
        end = start + sum(map(len, lines)) + len(lines) - 1
        if not is_blank:
            text = "\n".join([row[2:] for row in lines])
            if _text_end(text, 0) != len(text):
                return None
            texts.append(Plain(PARAGRAPH, start + 2, end, line))
        line += len(lines)
        start = end + 1
    return Found(tuple(texts), match.end())


def _table(source: str, position: int, line: int) -> Found | None:
    """A table whose rows all begin with a bar (GFM, section 4.10)."""
    match = _TABLE.match(source, position)
    if match is None:
        return None
    columns = match["delimiters"].count("|") - 1
    header = split_row(source, *match.span("header"))
    if len(header) != columns or columns * match["rows"].count("\n") > _MOST_CELLS:
        return None
    texts = [Plain(CELL, start, end, line) for start, end in header if start < end]
    start = match.start("rows") + 1
    line += 2
    for row in match["rows"].split("\n")[1:]:
        cells = split_row(source, start, start + len(row))[:columns]
        texts += [Plain(CELL, begin, end, line) for begin, end in cells if begin < end]
        start += len(row) + 1
        line += 1
    return Found(tuple(texts), match.end())


def _rule_or_list(source: str, position: int, line: int) -> Found | None:
    match = _RULE.match(source, position)
    if match:
        return Found((), match.end())
    return _list(source, position, line) or _paragraph(source, position, line)


def _list(source: str, position: int, line: int) -> Found | None:
    """Items at the left edge that hold texts, fenced code and other items."""
    texts: list[Plain] = []
    # Of each open item the column where its content begins, and the number of its first text.
    open_items: list[tuple[int, int]] = []
    style = ""  # the last character of its marks: another one begins another list
    end = position
    below_blank = True
    size = len(source)
    while position < size:
        item = _MARKER.match(source, position)
        blanks = None if item else _INDENT.match(source, position)
        if item:
            indent = item.end("indent") - position
        elif blanks and open_items:
            indent = blanks.end() - position
        else:
            break
        depth = len(open_items)
        while open_items and indent < open_items[-1][0]:
            open_items.pop()
        if indent - (open_items[-1][0] if open_items else 0) >= _CODE_COLUMNS or not (item or open_items):
            return None
        if item and not open_items:
            style = style or item["mark"][-1]
            if item["mark"][-1] != style:
                return Found(tuple(texts), position if below_blank else end)
        line += source.count("\n", end, position)
        if open_items and (len(open_items) == depth or not item):
            first = open_items[-1][1]  # the item holds more than its first text
            texts[first] = texts[first]._replace(alone=False)
        if item:
            if len(open_items) == depth and texts and not below_blank and item["number"] not in (None, "1"):
                return None
            open_items.append((item.end() - position, len(texts)))
            if len(open_items) > _MOST_OPEN:
                return None
        start = position + indent if item is None else item.end()
        if item is None and source[start] in "`~":
            end = _inner_fence_end(source, start, open_items[-1][0])
        elif item or (below_blank and source[start] != "["):
            # What looks like a task's box is one in an item's first text only.
            end = _text_end(source, start)
            texts.append(Plain(ITEM, start, end, line))
        else:
            return None
        if end < 0:
            return None
        line += source.count("\n", start, end)
        position = min(end + 1, size)
        behind = skip_blank_lines(source, position)
        below_blank = behind > position
        position = behind
    if not texts or not (position == size or _ends_list(source, end, position)):
        return None
    return Found(tuple(texts), position if below_blank else end)


def _ends_list(source: str, end: int, position: int) -> bool:
    """Whether the line at `position`, the next one that is not blank, is no part of the list whose last line ends at `end`."""
    if position > end + 1:
        return not _LIST_GOES_ON.match(source, position)
    return _HEADING_OR_FENCE.match(source, end) is not None


def _inner_fence_end(source: str, start: int, column: int) -> int:
    """Where fenced code in an item ends whose content begins at `column`; -1 if there is none, or no end in the item."""
    match = _FENCE.match(source, start)
    if match is None:
        return -1
    end = _inner_fence_ends(match["mark"], column).match(source, match.end())
    return end.end() if end else -1


@lru_cache(maxsize=256)
def _inner_fence_ends(mark: str, column: int) -> re.Pattern[str]:
    """What ends fenced code within an item whose content begins at `column`, from the line below its first on."""
    lines = rf"(?: {{{column}}}[^\n]*+\n|[ \t]*+\n)*?"
    return re.compile(rf"{lines} {{{column},{column + 3}}}{mark[0]}{{{len(mark)},}}+[ \t]*+(?=\n|\Z)")


_FINDERS: Final[dict[str, Callable[[str, int, int], Found | None]]] = {
    "#": _heading,
    "`": _fence,
    "~": _fence,
    "<": _html,
    "[": _link,
    "{": _regions,
    ">": _quote,
    "|": _table,
    "-": _rule_or_list,
    "*": _rule_or_list,
    "_": _rule_or_list,
    "+": _list,
    **dict.fromkeys("0123456789", _rule_or_list),
}
