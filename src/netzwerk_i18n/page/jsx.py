"""Tags of components as MDX reads them: attributes may hold expressions, and a tag alone on its lines is no text.

A component's name begins with a capital; `<>` and `</>` enclose a fragment (https://mdxjs.com/docs/what-is-mdx/). To CommonMark a
tag with an expression in it is text, and so is one whose attributes stand on lines of their own where code is among them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from netzwerk_i18n.page.html import INLINE
from netzwerk_i18n.page.source import Line

_LONGEST = 2_000
"""The greatest length of one tag, in characters."""

_LONGEST_FLOW = 10_000
"""The greatest length of a row of tags and expressions in a page of MDX."""

_NO_TAG, _OPEN, _CUT_OFF = -1, -2, -3
"""What may be in a tag's place: something else, a tag with an expression that does not end, a tag that lacks its bracket."""

_NAME = re.compile(r"</?(?:[A-Z][\w.]*(?=[\s/>{])|(?=>))")
_ANY_NAME = re.compile(r"</?(?:[A-Za-z_$][\w$.-]*(?::[A-Za-z_$][\w$-]*)?(?=[\s/>{])|(?=>))")
_STEP = re.compile(r"""[^"'{<>]++|"[^"]*+"|'[^']*+'|(?P<brace>\{)|(?P<end>>)""")
_BRACE = re.compile(
    r"""[^{}"'`/]++|"(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\\n])*+'|`(?:\\.|[^`\\])*+`|(?P<open>\{)|(?P<close>\})
      | /\*(?:[^*]|\*(?!/))*+(?:\*/|\Z) | (?<!:)//[^\n]*+ | [/'"`]""",
    re.DOTALL | re.VERBOSE,
)
"""A step through an expression. In the text of a tag within it an apostrophe may stand, and an address."""

_CODE_STEP = re.compile(
    r"""[^(){}\[\]"'`/\n]++|\n|"(?:\\.|[^"\\\n])*+"|'(?:\\.|[^'\\\n])*+'|`(?:\\.|[^`\\])*+`|(?P<open>[({\[])|(?P<close>[)}\]])
      | /\*(?:[^*]|\*(?!/))*+(?:\*/|\Z) | (?<!:)//[^\n]*+ | [/'"`]""",
    re.DOTALL | re.VERBOSE,
)
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n|\Z)")
_BRACKET_LINE = re.compile(r"[ \t]*\n[ \t]*>[ \t]*(?=\n|\Z)")
_CODE_OR_BRACE = re.compile(r"(?P<brace>\{)|`++[^`]*+`++")
_BRACKET = re.compile(r"\\.|`++[^`]*+`++|(?P<brace>\{)|(?P<bracket><)(?!\s)", re.DOTALL)
_TAG = re.compile(r"""<(?P<closes>/?)(?P<name>[A-Za-z][\w.:-]*)(?P<rest>(?:"[^"]*+"|'[^']*+'|[^"'<>])*+)>""")
_NO_TEXT = frozenset(["math", "pre", "script", "style", "svg", "textarea"])
_KEPT = re.compile(r"""\stranslate=["']no["']|\sclass(?:Name)?=["'](?:[^"']*\s)?notranslate[\s"']""")
_COMMENT = re.compile(r"\{/\*((?:[^*]|\*(?!/))*+)\*/\}")
_COMMENTS = re.compile(rf"(?:{_COMMENT.pattern}\s*+)++")
_BLANKS = re.compile(r"[ \t]*+")


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


def begins_with_block(text: str, lines: Sequence[Line]) -> bool:
    """Whether a paragraph begins with the tag of an HTML element that stands in no sentence: `<summary>Mehr</summary>`."""
    start, end = lines[0].start, lines[-1].end
    name = _ANY_NAME.match(text, start, end)
    if name is None or _tag_end(text, start, end, name=_ANY_NAME) is None:
        return False
    word = name[0].strip("</")
    return word.islower() and word not in INLINE


def is_within_component(text: str, lines: Sequence[Line]) -> bool:
    """Whether a paragraph is one component with what stands in it: `<Tab label="a">Text</Tab>`."""
    start, end = lines[0].start, lines[-1].end
    behind = _tag_end(text, start, _end_of_lines(text, lines, 0))
    name = _NAME.match(text, start, end)
    if behind is None or name is None or text.startswith(("</", "<>"), start):
        return False
    word = name[0][1:]
    closing = f"</{word}>"
    whole = text[start:end].rstrip(" \t")
    inner = whole[behind - start : -len(closing)]
    return whole.endswith(closing) and f"<{word}" not in inner and f"</{word}" not in inner


class Untouched:
    """Follows the tags of a page of MDX that stand alone on their lines: what is between some of them is no text."""

    def __init__(self) -> None:
        """Begin at the top of a page."""
        self._name = ""
        self._depth = 0

    def __bool__(self) -> bool:
        """Whether the place that was come to lies in such an element: code, a drawing, or what is not to be translated."""
        return self._depth > 0

    def pass_tags(self, text: str, *, skips: bool) -> None:
        """Pass some tags and expressions; whether a directive `skips` the element that they open."""
        for tag in _paired_tags(text):
            name, is_closing = tag["name"], bool(tag["closes"])
            if self._depth and name == self._name:
                self._depth += -1 if is_closing else 1
            elif (
                not self._depth
                and not is_closing
                and (skips or name in _NO_TEXT or _KEPT.search(tag["rest"]))
            ):
                self._name, self._depth = name, 1


def opens_element(text: str) -> bool:
    """Whether tags leave an element open, with what stands below in it."""
    return sum(-1 if tag["closes"] else 1 for tag in _paired_tags(text)) > 0


def _paired_tags(text: str) -> list[re.Match[str]]:
    """The tags of a text that have a partner somewhere."""
    return [tag for tag in _TAG.finditer(masked_expressions(text)) if not tag["rest"].endswith("/")]


def comments_of(text: str) -> list[str]:
    """What stands in the comments that a text consists of; none where it is anything else.

    >>> comments_of("{/* eins */} {/* zwei */}")
    [' eins ', ' zwei ']
    """
    return _COMMENT.findall(text) if _COMMENTS.fullmatch(text) else []


def count_flow_lines(lines: Iterable[str]) -> int:
    """How many lines are filled, as in MDX, by tags and expressions that begin with the first.

    Returns:
        0 if other text is beside them, and -1 if what begins there never ends.

    >>> count_flow_lines(["<Foo a={b}", "> {c}", "Text"])
    2
    """
    rows = iter(lines)
    taken = [next(rows, "")]
    length = len(taken[0])
    while (count := _flow_lines("\n".join([*taken, ""]))) < 0 and length <= _LONGEST_FLOW:
        more = list(islice(rows, len(taken)))  # twice as many, so that no line is read again and again
        if not more:
            break
        taken += more
        length += sum(map(len, more)) + len(more)
    return count


def _flow_lines(text: str) -> int:
    """How many lines of `text`, which ends with a line break, its first tags and expressions fill; -1 if one does not end in it."""
    position = 0
    while text.startswith(("<", "{"), position):
        if text.startswith("<", position):
            end = _read_tag(text, position, len(text), _ANY_NAME)
        else:
            end = _brace_end(text, position, len(text)) or _OPEN
        if end < 0:
            return 0 if end == _NO_TAG else -1
        blanks = _BLANKS.match(text, end)
        position = blanks.end() if blanks else end
        if text.startswith("\n", position):
            return text.count("\n", 0, position) + 1
    return 0


def end_of_code(text: str, start: int) -> int:
    """Where the import or export that begins at `start` may end: at the first blank line with no bracket open; -1 if nowhere."""
    depth = 0
    position = start
    for blank in _BLANK_LINE.finditer(text, start, start + _LONGEST_FLOW):
        while position < blank.start() and (step := _CODE_STEP.match(text, position)) is not None:
            depth += (step["open"] is not None) - (step["close"] is not None)
            position = step.end()
        if depth <= 0 and position == blank.start():
            return position
    return -1


def stray_bracket(text: str) -> int | None:
    """Where in a text of MDX a `<` stands that begins no tag and is no text; None if there is none."""
    position = 0
    is_open = False  # that a brace is open is for other checks to say
    while (found := _BRACKET.search(text, position)) is not None:
        position = found.end()
        if found["brace"] and not is_open:
            end = _brace_end(text, found.start(), len(text))
            is_open = end is None
            position = end or position
        elif found["bracket"]:
            end = _tag_end(text, found.start(), len(text), name=_ANY_NAME)
            if end is None:
                return found.start()
            position = end
    return None


def masked_expressions(text: str) -> str:
    """`text` with what stands in braces, or is code, hidden, so that quotes and brackets there mean nothing."""
    parts: list[str] = []
    position = 0
    while (start := _CODE_OR_BRACE.search(text, position)) is not None:
        end = _brace_end(text, start.start(), len(text)) if start["brace"] else start.end()
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
        end = _tag_end(text, position, limit, may_be_open=may_be_open)
        if end is None:
            return None
        while lines[last].end < end:
            last += 1
        blanks = _BLANKS.match(text, end, lines[last].end)
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


def _tag_end(
    text: str, start: int, end: int, *, may_be_open: bool = False, name: re.Pattern[str] = _NAME
) -> int | None:
    """Where a component's tag ends that begins at `start`; None where none does. An open one ends with the text, if any may."""
    found = _read_tag(text, start, end, name)
    if may_be_open and found == _CUT_OFF:
        return end
    return found if found >= 0 else None


def _read_tag(text: str, start: int, end: int, name: re.Pattern[str]) -> int:
    """Where a tag of such a name ends that begins at `start`; or what is there: no tag, or one that does not end."""
    match = name.match(text, start, end)
    if match is None:
        return _NO_TAG
    position = match.end()
    while (step := _STEP.match(text, position, end)) is not None:
        if step["end"]:
            return step.end()
        behind = _brace_end(text, position, end) if step["brace"] else step.end()
        if behind is None:
            return _OPEN
        position = behind
    return _CUT_OFF if position == end else _NO_TAG


def _brace_end(text: str, start: int, end: int) -> int | None:
    """Where an expression ends that begins with the brace at `start`."""
    depth = 0
    position = start
    while (step := _BRACE.match(text, position, end)) is not None:
        position = step.end()
        depth += (step["open"] is not None) - (step["close"] is not None)
        if depth == 0:
            return position
    return None
