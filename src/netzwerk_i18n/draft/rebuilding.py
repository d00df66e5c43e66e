"""Markup around new words: the source's own marks, what the engine wrote escaped, and blanks where they belong.

There is more than one way to write the same markup, and not each of them is read as meant next to the new words. A
:class:`Way` is one of them; :mod:`~netzwerk_i18n.draft.masking` takes the first that parses.
"""

import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from netzwerk_i18n.draft.coding import Answer, Placed, Said
from netzwerk_i18n.draft.inline import FORMS_OF_MARKDOWN, Inline, Mark, visible
from netzwerk_i18n.draft.nodes import Node, Pair, Solo, Text, all_texts

_EMPHASIS = frozenset({"em", "strong", "s"})
_IDEOGRAPHS = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
)
_CLOSING = ",.)]、。，）」』"
_OPENING = "([„“«‹「『（"
_OUTER = "「」『』（）【】〈〉《》〔〕、。，．！？：；“”‘’„‚«»‹›…—–·\"'().,!?:;"
_LEADING = re.compile(f"[{re.escape(_OUTER)}]+")
_TRAILING = re.compile(f"[{re.escape(_OUTER)}]+\\Z")
_SPECIAL = re.compile(
    r"""\\(?=[!-/:-@\[-`{-~]) | ` | \* | (?<![^\W_])_ | _(?![^\W_]) | [\[\]] | <(?=[A-Za-z/!?])
      | &(?=(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});) | ~~""",
    re.VERBOSE,
)
_HTML_SPECIAL = re.compile(
    r"<(?=[A-Za-z/!?])|&(?=(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_START = re.compile(
    r"""(?P<mark>\#{1,6}(?=[ \t]|\Z) | [-+*](?=[ \t]|\Z) | > | =+[ \t]*\Z | -{2,}[ \t]*\Z | ~{3,} | \| | : (?=[ \t]|:|\Z)
          | !!! | \?\?\? | === | %% | \[\^?[^\[\]]*\]: | \* \[ | \$\$)
      | (?P<number>\d{1,9})(?=[.)](?:[ \t]|\Z))""",
    re.VERBOSE,
)
_CLOSING_HASHES = re.compile(r"(?<=[ \t])(#+)\Z")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to write a translation.

    Attributes:
        escapes: "new" writes a backslash before marks that the source's text does not hold as such; "all" before each.
        stars: whether `_x_` becomes `*x*`, which may stand next to letters.
        edges: what happens at the edges of emphasis next to letters: they stay ("keep"), punctuation moves out
            ("punctuation"), or a blank comes between ("blank"). Where no blanks part the words, as in Japanese,
            `**「語」**の` emphasizes nothing (CommonMark 0.31, section 6.2).
    """

    escapes: Literal["new", "all"]
    stars: bool
    edges: Literal["keep", "punctuation", "blank"]


def ways(inline: Inline, form: str) -> Iterator[Way]:
    """All ways that differ for a text, the most faithful first."""
    emphasis = any(mark.kind in _EMPHASIS for mark in inline.marks)
    stars = emphasis and any(
        inline.text.startswith("_", mark.start) for mark in inline.marks if mark.kind in _EMPHASIS
    )
    yield Way("new", stars=False, edges="keep")
    if form not in FORMS_OF_MARKDOWN:
        return
    if emphasis:
        if stars:
            yield Way("new", stars=True, edges="keep")
        yield Way("new", stars=stars, edges="punctuation")
        yield Way("new", stars=stars, edges="blank")
    yield Way("all", stars=False, edges="keep")
    if emphasis:
        yield Way("all", stars=stars, edges="punctuation")
        yield Way("all", stars=stars, edges="blank")


class Rebuilder:
    """Writes the answers to one text."""

    def __init__(
        self, inline: Inline, nodes: Sequence[Node], form: str, swaps: Mapping[tuple[int, int], str]
    ) -> None:
        self.inline = inline
        self.text = inline.text
        self.form = form
        self.nodes = nodes
        self.swaps = sorted(swaps.items())
        self.by_number: dict[int, Solo | Pair] = dict(_numbered(nodes))
        spelling = {char.text: self.text[char.start : char.end] for char in inline.chars if char.text}
        self.spelling = dict(list(spelling.items())[:_SENTINELS])
        self.literal = "".join(_bare(inline, run) for run in all_texts(nodes))

    def settle(self, answer: Sequence[Answer]) -> list[Answer]:
        """The answer with its blanks where the source has them around markup: engines add and eat them."""
        texts = [Said("")]
        placed: list[Placed] = []
        moved: list[tuple[bool, bool]] = []
        for node in answer:
            if isinstance(node, Said):
                texts[-1].text += node.text
                continue
            children = node.children
            blanks = (False, False)
            if children is not None:
                children = self.settle(children)
                blanks = self._take_inner_blanks(node.number, children)
            placed.append(Placed(node.number, children))
            moved.append(blanks)
            texts.append(Said(""))
        starts_line = True
        for position, node in enumerate(placed):
            item = self.by_number[node.number]
            left, right = texts[position], texts[position + 1]
            raw = self.text[item.start : item.end].strip(" ")
            if raw.startswith("\n"):
                left.text = left.text.rstrip(" ")
            else:
                self._settle_left(left, item, first=starts_line, moved=moved[position][0])
            starts_line = raw.endswith("\n")
            if starts_line:
                right.text = right.text.lstrip(" ")
            else:
                self._settle_right(right, item, last=position == len(placed) - 1, moved=moved[position][1])
        settled: list[Answer] = []
        for position, said in enumerate(texts):
            if said.text:
                settled.append(said)
            settled += placed[position : position + 1]
        return settled

    def render(self, answer: Sequence[Answer], way: Way) -> str:
        """The whole translation: what stands around the answer in the source, and the answer."""
        # The same words with an escape here and none there: each is taken once, in order.
        self._raws: dict[str, deque[str]] = defaultdict(deque)
        for run in all_texts(self.nodes):
            self._raws[visible(self.inline, run.start, run.end)].append(self.text[run.start : run.end])
        if not self.nodes:
            return self.raw(0, len(self.text))
        start, end = self.nodes[0].start, self.nodes[-1].end
        core = self._render(answer, way)
        changed = core != self.text[start:end]
        around = [mark for mark in self.inline.marks if mark.start >= end]
        return (
            self.raw(0, start) + core + self._closing(around, end, len(self.text), changed=changed, way=None)
        )

    def raw(self, start: int, end: int) -> str:
        """A part of the source, with its alternative texts and titles translated."""
        parts: list[str] = []
        at = bisect_left(self.swaps, ((start, 0), ""))
        while at < len(self.swaps) and self.swaps[at][0][1] <= end:
            (first, behind), text = self.swaps[at]
            at += 1
            parts += (self.text[start:first], text)
            start = behind
        return "".join([*parts, self.text[start:end]])

    def _render(self, answer: Sequence[Answer], way: Way) -> str:
        out: list[str] = []
        for position, node in enumerate(answer):
            if isinstance(node, Said):
                out.append(self._said(node.text, way))
                continue
            item = self.by_number[node.number]
            if isinstance(item, Solo) or node.children is None:
                out.append(self.raw(item.start, item.end))
                continue
            inner = self._render(node.children, way)
            opening = "".join(self._mark(mark, way) for mark in item.opens)
            changed = inner != self.text[item.opens[-1].end : item.closes[0].start]
            closing = self._closing(item.closes, item.closes[0].start, item.end, changed=changed, way=way)
            if way.edges == "keep" or item.opens[0].kind not in _EMPHASIS:
                out += (opening, inner, closing)
                continue
            before = next((part[-1] for part in reversed(out) if part), "")
            following = answer[position + 1] if position + 1 < len(answer) else None
            after = following.text[:1] if isinstance(following, Said) else ""
            out += _apart(opening, inner, closing, before, after, node.children, way)
        return "".join(out)

    def _said(self, text: str, way: Way) -> str:
        raws = self._raws.get(text)
        if raws:
            return raws.popleft() if len(raws) > 1 else raws[0]
        if self.spelling:
            text = _SENTINEL.sub("", text)
            for number, (character, spelled) in enumerate(self.spelling.items()):
                if character not in self.literal and len(spelled) > 1:
                    text = text.replace(character, chr(_FIRST_SENTINEL + number))
        text = self._escaped(text, way)
        if self.spelling:
            spelled_ones = list(self.spelling.values())
            text = _SENTINEL.sub(lambda match: spelled_ones[ord(match[0]) - _FIRST_SENTINEL], text)
        return text

    def _escaped(self, text: str, way: Way) -> str:
        known = self.literal if way.escapes == "new" else ""
        if self.form in FORMS_OF_MARKDOWN:
            return _SPECIAL.sub(lambda match: match[0] if match[0] in known else _escape(match[0]), text)
        if self.form == "html":
            return _HTML_SPECIAL.sub(lambda match: "&lt;" if match[0] == "<" else "&amp;", text)
        return text

    def _mark(self, mark: Mark, way: Way) -> str:
        raw = self.raw(mark.start, mark.end)
        return raw.replace("_", "*") if way.stars and mark.kind in _EMPHASIS else raw

    def _closing(self, marks: Sequence[Mark], start: int, end: int, *, changed: bool, way: Way | None) -> str:
        """Closing marks and what stands between them; a link that is its own label names it once its text is another."""
        parts: list[str] = []
        for mark in marks:
            parts.append(self.raw(start, mark.start))
            if changed and mark.label is not None:
                parts.append(f"][{mark.label}]")
            else:
                parts.append(self._mark(mark, way) if way else self.raw(mark.start, mark.end))
            start = mark.end
        return "".join([*parts, self.raw(start, end)])

    # Blanks

    def _take_inner_blanks(self, number: int, children: Sequence[Answer]) -> tuple[bool, bool]:
        """Take the blanks off the inside of a pair that has none there in the source; whether there were any."""
        item = self.by_number[number]
        before = after = False
        if not isinstance(item, Pair) or not children:
            return before, after
        first, last = children[0], children[-1]
        if isinstance(first, Said) and not self.text[item.opens[-1].end].isspace():
            stripped = first.text.lstrip()
            before, first.text = stripped != first.text, stripped
        if isinstance(last, Said) and not self.text[item.closes[0].start - 1].isspace():
            stripped = last.text.rstrip()
            after, last.text = stripped != last.text, stripped
        return before, after

    def _settle_left(self, said: Said, item: Solo | Pair, *, first: bool, moved: bool) -> None:
        sign = self.text[item.start - 1 : item.start]
        end = said.text[-1:]
        if end.isspace():
            bare = said.text.rstrip()
            if sign and sign in _OPENING and bare.endswith(sign):
                said.text = bare
        elif (moved and (end or not first)) or (sign.isspace() and (_needs_blank(end) or not (end or first))):
            said.text += " "

    def _settle_right(self, said: Said, item: Solo | Pair, *, last: bool, moved: bool) -> None:
        sign = self.text[item.end : item.end + 1]
        start = said.text[:1]
        if start.isspace():
            bare = said.text.lstrip()
            if sign and not sign.isspace() and bare and bare[0] in _CLOSING:
                said.text = bare
        elif (moved and (start not in _CLOSING if start else not last)) or (
            sign.isspace() and (_needs_blank(start) or not (start or last))
        ):
            said.text = " " + said.text


_FIRST_SENTINEL = 0xE100
_SENTINELS = 256
_SENTINEL = re.compile(f"[{chr(_FIRST_SENTINEL)}-{chr(_FIRST_SENTINEL + _SENTINELS - 1)}]")


def guarded(translation: str, source: str, form: str) -> str:
    r"""The translation with a backslash before what would begin another block, where its source has none there.

    >>> guarded("1. Mai", "Erster Mai", "markdown")
    '1\\. Mai'
    """
    if form not in FORMS_OF_MARKDOWN:
        return translation
    lines, old = translation.split("\n"), source.split("\n")
    for number, line in enumerate(lines):
        found = _START.match(line)
        if found is None or (number < len(old) and _START.match(old[number])):
            continue
        cut = found.end() if found["number"] else 0
        lines[number] = f"{line[:cut]}\\{line[cut:]}"
    lines[-1] = _CLOSING_HASHES.sub(r"\\\1", lines[-1]) if not _CLOSING_HASHES.search(old[-1]) else lines[-1]
    return "\n".join(lines)


def _numbered(nodes: Sequence[Node]) -> Iterator[tuple[int, Solo | Pair]]:
    for node in nodes:
        if isinstance(node, Text):
            continue
        yield node.number, node
        if isinstance(node, Pair):
            yield from _numbered(node.children)


def _bare(inline: Inline, run: Text) -> str:
    """What stands in a run as itself, its escapes and entities left out."""
    parts: list[str] = []
    position = run.start
    for char in inline.chars_within(run.start, run.end):
        parts.append(inline.text[position : char.start])
        position = char.end
    return "".join([*parts, inline.text[position : run.end]])


def _escape(mark: str) -> str:
    return "&amp;" if mark == "&" else f"\\{mark}"


def _needs_blank(sign: str) -> bool:
    return (sign.isalnum() and not _IDEOGRAPHS.match(sign)) or (sign in "([" and sign != "")


def _apart(
    opening: str, inner: str, closing: str, before: str, after: str, children: Sequence[Answer], way: Way
) -> tuple[str, ...]:
    """A pair of emphasis whose edges touch letters, written so that they count."""
    if way.edges == "blank":
        first, last = (opening.lstrip("*_~") + inner)[:1], (inner + closing.rstrip("*_~"))[-1:]
        left = " " if before.isalnum() and not first.isalnum() else ""
        return left, opening, inner, closing, " " if after.isalnum() and not last.isalnum() else ""
    lead = _LEADING.match(inner) if isinstance(children[0], Said) else None
    tail = _TRAILING.search(inner) if isinstance(children[-1], Said) else None
    if not (before.isalnum() or after.isalnum()) or (lead and lead.end() == len(inner)):
        return opening, inner, closing
    head, end = (lead[0] if lead else ""), (tail[0] if tail else "")
    return head, opening, inner[len(head) : len(inner) - len(end)], closing, end
