"""Placeholders: how each style writes a tree of text and markup, and how it reads the engine's answer back."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from netzwerk_i18n.draft.inline import Inline, visible
from netzwerk_i18n.draft.nodes import Node, Pair, Solo, Text
from netzwerk_i18n.draft.styles import Style


class CodingError(Exception):
    """Placeholders that cannot be written, or that did not come back whole; the message says why."""


@dataclass(slots=True)
class Said:
    """A run of an answer's text."""

    text: str


@dataclass(slots=True)
class Placed:
    """A placeholder in an answer; a pair's has children, a solo's has none."""

    number: int
    children: "list[Answer] | None" = field(default=None)


Answer = Said | Placed

_X = "[XxХхΧχ×Ｘｘ]"
_SLASH = r"[/／\\⁄∕]"
_BRACKET_MARK = re.compile(
    rf"(?P<two>\[(?=\[))?[\[［【〔(（]\s*(?:(?P<close>{_SLASH})\s*)?{_X}\s*(?:(?P<late>{_SLASH})\s*)?(?P<number>\d{{1,4}})\s*{_X}\s*[\]］】〕)）](?(two)\])"
)
_BRACKET_DEBRIS = re.compile(rf"{_X}\s?{_SLASH}?\s?\d+\s?{_X}|[\[［【〔]\s?{_SLASH}?\s?{_X}\s?\d")
_TAG_MARK = re.compile(
    r"""<\s*(?P<close>/)?\s*(?P<name>[gx])(?=[\s/>])(?:\s+id\s*=\s*["'“”„«»″]*\s*(?P<number>\d{1,4})\s*["'“”„«»″]*)?\s*(?P<void>/)?\s*>""",
    re.VERBOSE | re.IGNORECASE,
)
_TAG_DEBRIS = re.compile(r"<\s*/?\s*[gx]\s*(?:>|/|\bid\b)|\bid\s*=\s*[\"'“”„«»]", re.IGNORECASE)
_HTML_MARK = re.compile(
    r"""<\s*(?P<close>/)?\s*(?P<name>span|img)(?=[\s/>])(?:\s+id\s*=\s*["'“”„«»″]?\s*x\s*(?P<number>\d{1,4})\s*["'“”„«»″]?)?\s*(?P<void>/)?\s*>""",
    re.VERBOSE | re.IGNORECASE,
)
_HTML_DEBRIS = re.compile(r"<\s*/?\s*(?:span|img)\b|\bid\s*=\s*[\"'“”„«»]?\s*x\s*\d", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")

_PATTERNS = {
    Style.TAGS: (_TAG_MARK, _TAG_DEBRIS),
    Style.HTML: (_HTML_MARK, _HTML_DEBRIS),
    Style.BRACKETS: (_BRACKET_MARK, _BRACKET_DEBRIS),
}


def encode(nodes: Sequence[Node], inline: Inline, style: Style) -> str:
    """The text that an engine is sent.

    Raises:
        CodingError: if the text itself holds what looks like a placeholder of this style.
    """
    parts: list[str] = []
    _encode(nodes, inline, style, parts)
    return "".join(parts)


def decode(answer: str, style: Style, numbers: int) -> list[Answer]:
    """The tree of an answer.

    Args:
        answer: what the engine answered.
        style: the style that it was asked in.
        numbers: how many placeholders there must be.

    Raises:
        CodingError: if the placeholders are not all there, not once each, or not nested.
    """
    root: list[Answer] = []
    stack: list[Placed] = []
    seen: set[int] = set()
    for token in _tokens(answer, style):
        level = root if not stack else stack[-1].children
        assert level is not None  # noqa: S101 - only pairs are stacked
        if isinstance(token, str):
            level.append(Said(token))
            continue
        role, number = token
        if role == "close":
            if not stack or (number and stack[-1].number != number):
                raise CodingError("the placeholders came back wrongly nested")
            stack.pop()
            continue
        if not 1 <= number <= numbers:
            raise CodingError("a placeholder came back that was not sent")
        if number in seen:
            raise CodingError("a placeholder came back twice")
        seen.add(number)
        placed = Placed(number, [] if role == "open" else None)
        level.append(placed)
        if role == "open":
            stack.append(placed)
    if stack:
        raise CodingError("a placeholder came back without its end")
    if len(seen) != numbers:
        raise CodingError("a placeholder was lost")
    return root


def roles_of(nodes: Sequence[Node]) -> Iterator[tuple[int, bool, int]]:
    """Of each placeholder: its number, whether it is a pair, and the number of the pair around it (0 for none)."""
    yield from _roles(nodes, 0)


def resolve(text: str) -> str:
    """The text with its entities resolved, once."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def _roles(nodes: Sequence[Node], parent: int) -> Iterator[tuple[int, bool, int]]:
    for node in nodes:
        if isinstance(node, Pair):
            yield node.number, True, parent
            yield from _roles(node.children, node.number)
        elif isinstance(node, Solo):
            yield node.number, False, parent


def _encode(nodes: Sequence[Node], inline: Inline, style: Style, parts: list[str]) -> None:
    for node in nodes:
        if isinstance(node, Text):
            text = visible(inline, node.start, node.end)
            pattern, debris = _PATTERNS[style]
            if style is not Style.TAGS and (pattern.search(text) or debris.search(text)):
                raise CodingError("the text holds what looks like a placeholder")
            parts.append(text if style is Style.BRACKETS else html.escape(text, quote=False))
        elif isinstance(node, Solo):
            parts.append(_SOLO[style].format(node.number))
        else:
            opening, closing = _PAIR[style]
            parts.append(opening.format(node.number))
            _encode(node.children, inline, style, parts)
            parts.append(closing.format(node.number))


_SOLO = {Style.TAGS: '<x id="{}"/>', Style.HTML: '<img id="x{}">', Style.BRACKETS: "[X{}X]"}
_PAIR = {
    Style.TAGS: ('<g id="{}">', "</g>"),
    Style.HTML: ('<span id="x{}">', "</span>"),
    Style.BRACKETS: ("[X{}X]", "[X/{}X]"),
}


def _tokens(answer: str, style: Style) -> Iterator[str | tuple[str, int]]:
    pattern, debris = _PATTERNS[style]
    position = 0
    closers = {_number(match) for match in pattern.finditer(answer) if match["close"] or _late(match, style)}
    for match in pattern.finditer(answer):
        if position < match.start():
            yield _said(answer[position : match.start()], debris)
        position = match.end()
        number = _number(match)
        closing = bool(match["close"] or _late(match, style))
        if style is Style.BRACKETS:
            yield ("close" if closing else "open" if number in closers else "solo"), number
        elif match["name"].lower() in ("x", "img"):
            if not closing:  # an engine may write <x id="1"></x>
                yield "solo", number
        elif match["void"] and not closing:
            raise CodingError("a placeholder of a pair came back alone")
        else:
            yield ("close" if closing else "open"), number
    if position < len(answer):
        yield _said(answer[position:], debris)


def _late(match: re.Match[str], style: Style) -> bool:
    return style is Style.BRACKETS and match["late"] is not None


def _number(match: re.Match[str]) -> int:
    return int(match["number"]) if match["number"] else 0


def _said(text: str, debris: re.Pattern[str]) -> str:
    if debris.search(text):
        raise CodingError("a part of a placeholder is left over")
    return resolve(text)
