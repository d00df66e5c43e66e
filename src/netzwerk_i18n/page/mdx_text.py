"""What stands in a page of MDX beside its words: tags and expressions that fill lines, the code of a page, comments."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from netzwerk_i18n.page.html import INLINE
from netzwerk_i18n.page.jsx import BLANKS, NO_TAG, OPEN, brace_end, masked_expressions, read_tag, tag_end
from netzwerk_i18n.page.source import Line

_LONGEST_FLOW = 10_000
"""The greatest length of a row of tags and expressions in a page of MDX."""

_ANY_NAME = re.compile(r"</?(?:[A-Za-z_$][\w$.-]*(?::[A-Za-z_$][\w$-]*)?(?=[\s/>{])|(?=>))")
_CODE_STEP = re.compile(
    r"""[^(){}\[\]"'`/\n]++|\n|"(?:\\.|[^"\\\n])*+"|'(?:\\.|[^'\\\n])*+'|`(?:\\.|[^`\\])*+`|(?P<open>[({\[])|(?P<close>[)}\]])
      | /\*(?:[^*]|\*(?!/))*+(?:\*/|\Z) | (?<!:)//[^\n]*+ | [/'"`]""",
    re.DOTALL | re.VERBOSE,
)
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n|\Z)")
_BRACKET = re.compile(r"\\.|`++[^`]*+`++|(?P<brace>\{)|(?P<bracket><)(?!\s)", re.DOTALL)
_TAG = re.compile(r"""<(?P<closes>/?)(?P<name>[A-Za-z][\w.:-]*)(?P<rest>(?:"[^"]*+"|'[^']*+'|[^"'<>])*+)>""")
_NO_TEXT = frozenset(["math", "pre", "script", "style", "svg", "textarea"])
_KEPT = re.compile(r"""\stranslate=["']no["']|\sclass(?:Name)?=["'](?:[^"']*\s)?notranslate[\s"']""")
_COMMENT = re.compile(r"\{/\*((?:[^*]|\*(?!/))*+)\*/\}")
_COMMENTS = re.compile(rf"(?:{_COMMENT.pattern}\s*+)++")


def begins_with_block(text: str, lines: Sequence[Line]) -> bool:
    """Whether a paragraph begins with the tag of an HTML element that stands in no sentence: `<summary>Mehr</summary>`."""
    start, end = lines[0].start, lines[-1].end
    name = _ANY_NAME.match(text, start, end)
    if name is None or tag_end(text, start, end, name=_ANY_NAME) is None:
        return False
    word = name[0].strip("</")
    return word.islower() and word not in INLINE


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
            end = read_tag(text, position, len(text), _ANY_NAME)
        else:
            end = brace_end(text, position, len(text)) or OPEN
        if end < 0:
            return 0 if end == NO_TAG else -1
        blanks = BLANKS.match(text, end)
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
            end = brace_end(text, found.start(), len(text))
            is_open = end is None
            position = end or position
        elif found["bracket"]:
            end = tag_end(text, found.start(), len(text), name=_ANY_NAME)
            if end is None:
                return found.start()
            position = end
    return None
