"""Tags of components as MDX reads them: attributes may hold expressions, and a tag alone on its lines is no text.

A component's name begins with a capital; `<>` and `</>` enclose a fragment (https://mdxjs.com/docs/what-is-mdx/). To CommonMark a
tag with an expression in it is text, and so is one whose attributes stand on lines of their own where code is among them.
"""

import re
from collections.abc import Iterator, Sequence

from netzwerk_i18n.page.source import Line

_LONGEST = 2_000
"""The greatest length of one tag, in characters."""

NO_TAG, OPEN, CUT_OFF = -1, -2, -3
"""What may be in a tag's place: something else, a tag with an expression that does not end, a tag that lacks its bracket."""

_NAME = re.compile(r"</?(?:[A-Z][\w.]*(?=[\s/>{])|(?=>))")
_STEP = re.compile(r"""[^"'{<>]++|"[^"]*+"|'[^']*+'|(?P<brace>\{)|(?P<end>>)""")
_BRACE = re.compile(
    r"""[^{}"'`/]++|"(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\\n])*+'|`(?:\\.|[^`\\])*+`|(?P<open>\{)|(?P<close>\})
      | /\*(?:[^*]|\*(?!/))*+(?:\*/|\Z) | (?<!:)//[^\n]*+ | [/'"`]""",
    re.DOTALL | re.VERBOSE,
)
"""A step through an expression. In the text of a tag within it an apostrophe may stand, and an address."""

_BRACKET_LINE = re.compile(r"[ \t]*\n[ \t]*>[ \t]*(?=\n|\Z)")
_CODE_OR_BRACE = re.compile(r"(?P<brace>\{)|`++[^`]*+`++")
BLANKS = re.compile(r"[ \t]*+")


def lines_of_tags(text: str, lines: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """The lines of a paragraph in groups: those that hold nothing but tags of components, and the others between them.

    Args:
        text: what the lines are part of.
        lines: the lines.

    Returns:
        Whether a group is such a tag, or a row of them, and its lines.
    """
    group: list[Line] = []
    index = 0
    while index < len(lines):
        last = _last_of_tags(text, lines, index)
        if last is None:
            group.append(lines[index])
            index += 1
            continue
        if group:
            yield False, group
            group = []
        yield True, list(lines[index : last + 1])
        index = last + 1
    if group:
        yield False, group


def is_within_component(text: str, lines: Sequence[Line]) -> bool:
    """Whether a paragraph is one component with what stands in it: `<Tab label="a">Text</Tab>`."""
    start, end = lines[0].start, lines[-1].end
    behind = tag_end(text, start, _end_of_lines(text, lines, 0))
    name = _NAME.match(text, start, end)
    if behind is None or name is None or text.startswith(("</", "<>"), start):
        return False
    word = name[0][1:]
    closing = f"</{word}>"
    whole = text[start:end].rstrip(" \t")
    inner = whole[behind - start : -len(closing)]
    return whole.endswith(closing) and f"<{word}" not in inner and f"</{word}" not in inner


def masked_expressions(text: str) -> str:
    """`text` with what stands in braces, or is code, hidden, so that quotes and brackets there mean nothing."""
    parts: list[str] = []
    position = 0
    while (start := _CODE_OR_BRACE.search(text, position)) is not None:
        end = brace_end(text, start.start(), len(text)) if start["brace"] else start.end()
        if end is None:
            break
        parts += (text[position : start.start()], "\ue000" * (end - start.start()))
        position = end
    return "".join([*parts, text[position:]])


def _last_of_tags(text: str, lines: Sequence[Line], first: int) -> int | None:
    """The number of the line with which the tags end that begin line number `first`; None where other text is beside them."""
    position, last = lines[first].start, first
    if not text.startswith("<", position):
        return None
    limit = _end_of_lines(text, lines, first)
    # A bracket alone on the line below, which ends the tag, begins a quote to CommonMark.
    may_be_open = limit == lines[-1].end and _BRACKET_LINE.match(text, limit) is not None
    while text.startswith("<", position):
        end = tag_end(text, position, limit, may_be_open=may_be_open)
        if end is None:
            return None
        while lines[last].end < end:
            last += 1
        blanks = BLANKS.match(text, end, lines[last].end)
        position = blanks.end() if blanks else end
        if position >= lines[last].end:
            return last
    return None


def _end_of_lines(text: str, lines: Sequence[Line], first: int) -> int:
    """Up to where a tag may go on: no mark of a container stands before the lines until there."""
    end = lines[first].end
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if line.end - lines[first].start > _LONGEST or text[end : line.start].strip(" \t\n"):
            break
        end = line.end
    return end


def tag_end(
    text: str, start: int, end: int, *, may_be_open: bool = False, name: re.Pattern[str] = _NAME
) -> int | None:
    """Where a component's tag ends that begins at `start`; None where none does. An open one ends with the text, if any may."""
    found = read_tag(text, start, end, name)
    if may_be_open and found == CUT_OFF:
        return end
    return found if found >= 0 else None


def read_tag(text: str, start: int, end: int, name: re.Pattern[str]) -> int:
    """Where a tag of such a name ends that begins at `start`; or what is there: no tag, or one that does not end."""
    match = name.match(text, start, end)
    if match is None:
        return NO_TAG
    position = match.end()
    while (step := _STEP.match(text, position, end)) is not None:
        if step["end"]:
            return step.end()
        behind = brace_end(text, position, end) if step["brace"] else step.end()
        if behind is None:
            return OPEN
        position = behind
    return CUT_OFF if position == end else NO_TAG


def brace_end(text: str, start: int, end: int) -> int | None:
    """Where an expression ends that begins with the brace at `start`."""
    depth = 0
    position = start
    while (step := _BRACE.match(text, position, end)) is not None:
        position = step.end()
        depth += (step["open"] is not None) - (step["close"] is not None)
        if depth == 0:
            return position
    return None
