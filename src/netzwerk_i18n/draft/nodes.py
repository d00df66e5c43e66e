"""A message as a tree of text and markup, as small as it can be: an engine is to see few placeholders, and no idle ones."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from netzwerk_i18n.draft.inline import Inline, Mark, visible

DEEPEST = 50
"""Markup nested deeper than this is not masked: nobody reads it, and no engine brings it back."""

_CODE = frozenset("code kbd samp var tt pre script style textarea math svg".split())
NOT_TRANSLATED = re.compile(
    r"""\stranslate\s*=\s*["']?no\b|\sclass\s*=\s*["']?[^"']*\bnotranslate\b""", re.IGNORECASE
)
"""What says in a tag that nothing of its element is to be translated (HTML, chapter 3.2.6.3)."""

_WORD = re.compile(r"[^\W_]")


@dataclass(slots=True)
class Text:
    """A run of text, as a place in the source."""

    start: int
    end: int


@dataclass(slots=True)
class Solo:
    """What stays as it is: a place in the source."""

    start: int
    end: int
    number: int = 0


@dataclass(slots=True)
class Pair:
    """Markup around something: its opening and closing marks, several where they stand side by side."""

    opens: list[Mark]
    closes: list[Mark] = field(default_factory=list)
    children: "list[Node]" = field(default_factory=list)
    number: int = 0

    @property
    def start(self) -> int:
        """Where the opening marks begin."""
        return self.opens[0].start

    @property
    def end(self) -> int:
        """Where the closing marks end."""
        return self.closes[-1].end


Node = Text | Solo | Pair


class TooDeepError(Exception):
    """Markup that is nested too deep."""


def build(inline: Inline, kept: Sequence[tuple[int, int]]) -> list[Node]:
    """The tree of a text.

    Args:
        inline: the text, read.
        kept: passages that stay as they are, in order and apart; one that cuts through a pair of marks is left out.

    Raises:
        TooDeepError: if it is deeper than `DEEPEST`.
    """
    root: list[Node] = []
    stack: list[Pair] = []
    position = 0
    for item in _items(inline, kept):
        level = stack[-1].children if stack else root
        if position < item.start:
            level.append(Text(position, item.start))
        position = item.end
        if not isinstance(item, Mark) or item.role == "solo":
            level.append(Solo(item.start, item.end))
        elif item.role == "open":
            stack.append(Pair([item]))
            if len(stack) > DEEPEST:
                raise TooDeepError
        else:
            pair = stack.pop()
            pair.closes.append(item)
            above = stack[-1].children if stack else root
            above.append(_reduced(pair, inline))
    if position < len(inline.text):
        root.append(Text(position, len(inline.text)))
    return _joined(root)


def number_nodes(nodes: list[Node], first: int = 1) -> int:
    """Give each pair and each solo its number, in reading order; the number after the last one."""
    for node in nodes:
        if isinstance(node, Text):
            continue
        node.number = first
        first += 1
        if isinstance(node, Pair):
            first = number_nodes(node.children, first)
    return first


def all_texts(nodes: Sequence[Node]) -> Iterator[Text]:
    """All runs of text, in order."""
    for node in nodes:
        if isinstance(node, Text):
            yield node
        elif isinstance(node, Pair):
            yield from all_texts(node.children)


def says_something(inline: Inline, nodes: Sequence[Node]) -> bool:
    """Whether there is a letter or a digit in the text of the nodes."""
    return any(_WORD.search(visible(inline, node.start, node.end)) for node in all_texts(nodes))


def _items(inline: Inline, kept: Sequence[tuple[int, int]]) -> Iterator[Mark | Solo]:
    """Marks and kept passages in order; the marks within a passage are part of it."""
    marks = inline.marks
    number = 0
    for start, end in kept:
        while number < len(marks) and marks[number].end <= start:
            yield marks[number]
            number += 1
        behind = number
        while behind < len(marks) and marks[behind].start < end:
            behind += 1
        within = marks[number:behind]
        if any(mark.start < start or mark.end > end for mark in within):
            continue
        if any(mark.role != "solo" and not number <= mark.partner < behind for mark in within):
            continue
        yield Solo(start, end)
        number = behind
    yield from marks[number:]


def _reduced(pair: Pair, inline: Inline) -> Node:
    """A pair without words is one solo; a pair around a pair and nothing else is one pair."""
    pair.children = _joined(pair.children)
    if _is_code(pair.opens[0]) or not says_something(inline, pair.children):
        return Solo(pair.start, pair.end)
    only = pair.children[0]
    if len(pair.children) == 1 and isinstance(only, Pair):
        return Pair([*pair.opens, *only.opens], [*only.closes, *pair.closes], only.children)
    return pair


def _is_code(mark: Mark) -> bool:
    """Whether a tag says that its content is no text: `<code>`, `translate="no"`."""
    return mark.kind == "html" and (mark.name in _CODE or NOT_TRANSLATED.search(mark.value) is not None)


def _joined(nodes: list[Node]) -> list[Node]:
    """The nodes with solos that touch made one."""
    joined: list[Node] = []
    for node in nodes:
        last = joined[-1] if joined else None
        if isinstance(node, Solo) and isinstance(last, Solo) and last.end == node.start:
            joined[-1] = Solo(last.start, node.end)
        else:
            joined.append(node)
    return joined
