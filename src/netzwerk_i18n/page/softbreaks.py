"""Line breaks within a text: which of them are only white space, and which must stay.

Joining soft breaks lets an author re-wrap a page without making a translation stale. A break that carries
meaning (a hard break; one within a code span, a tag, a title or a shortcode) becomes a newline in the msgid and is
written back byte for byte.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from netzwerk_i18n.page.tokens import LABELS

if TYPE_CHECKING:
    from markdown_it.token import Token

_MANY = 40
"""Above this number of breaks that may carry meaning each one is kept: telling them apart costs a parse each."""

_SUSPECT = re.compile(r"[`<]|\]\(|\t$")
_PRESERVED = re.compile(r"</?(?:pre|textarea)[\s>]", re.IGNORECASE)
"""Inline HTML in which a line break is one."""

_MARK_ALONE = re.compile(r"\d{1,9}[.)]|[-+*]|#{1,6}")
_TAG_START = re.compile(r"<[A-Za-z/!?]")
_LINK = re.compile(
    r"""\]\(\s*(?:<[^<>]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)
        (?:\s+(?:"[^"\\]*"|'[^'\\]*'|\([^()\\]*\)))?\s*\)""",
    re.VERBOSE,
)
_BACKTICKS = re.compile("`+")

_MAY_STAY = re.compile(r"[ \t]\n|\\\n|</?(?:pre|textarea)[\s>]", re.IGNORECASE)
"""What a break that stays has before it, or somewhere in its text."""

Tokens = list[tuple[object, ...]]


def kept_breaks(lines: Sequence[str], environment: dict[str, object], opaque: Sequence[bool]) -> list[bool]:
    """For each break between two lines, whether it must stay.

    Args:
        lines: the text's lines, without indentation and with their trailing blanks.
        environment: markdown-it's, with the page's link references.
        opaque: for each break, whether it lies in a region that Markdown does not own; such a break stays.
    """
    kept = [is_hard(line) or hidden for line, hidden in zip(lines, opaque, strict=False)]
    for index in range(1, len(kept)):
        # Behind a break that stays, a mark alone on its line would begin a block once text follows it.
        if kept[index - 1] and _MARK_ALONE.fullmatch(lines[index].strip(" \t")):
            kept[index] = True
    if any(_PRESERVED.search(line) for line in lines):
        return [True] * len(kept)
    if all(kept) or not any(may_be_open(line) for line in lines):
        return kept
    if len(kept) > _MANY:
        return [True] * len(kept)
    original = _meaning(_join(lines, [True] * len(kept)), environment)
    if original == _meaning(_join(lines, kept), environment):
        return kept
    for index, keep in enumerate(kept):
        if not keep:
            alone = [n != index for n in range(len(kept))]
            kept[index] = original != _meaning(_join(lines, alone), environment)
    return kept


def joined(text: str) -> str | None:
    """`text` with its line breaks joined, or None where one of them may have to stay.

    Args:
        text: the text of a block whose lines have nothing but blanks before them.
    """
    if _MAY_STAY.search(text):
        return None
    lines = [line.strip(" \t") for line in text.split("\n")]
    if _SUSPECT.search(text) and any(map(may_be_open, lines)):
        return None
    return " ".join(lines)


def is_hard(line: str) -> bool:
    """Whether a break behind `line` is a hard one (CommonMark 0.31, section 6.7)."""
    if line.endswith("  "):
        return True
    if not line.endswith("\\"):
        return False
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def without_break(line: str) -> str:
    """`line` without the blanks or the backslash that make the break behind it a hard one."""
    bare = line.rstrip(" \t")
    return bare[:-1].rstrip(" \t") if bare == line and is_hard(line) else bare


def _join(lines: Sequence[str], kept: Sequence[bool]) -> str:
    parts = [lines[0]]
    for line, keep in zip(lines[1:], kept, strict=True):
        if keep:
            parts += ("\n", line)
        else:
            parts[-1] = parts[-1].rstrip(" \t")
            parts += (" ", line.lstrip(" \t"))
    return "".join(parts)


def may_be_open(line: str) -> bool:
    """Whether an inline construct that a line break matters to may reach beyond the end of `line`."""
    if not _SUSPECT.search(line):
        return False
    if line.endswith("\t") or "\\`" in line or _TAG_START.search(line, line.rfind(">") + 1):
        return True
    if "](" in line and line.count("](") != len(_LINK.findall(line)):
        return True
    runs = [len(run) for run in _BACKTICKS.findall(line)]
    position = 0
    while position < len(runs):
        try:
            position = runs.index(runs[position], position + 1) + 1
        except ValueError:
            return True
    return False


def _meaning(text: str, environment: dict[str, object]) -> Tokens:
    """The inline tokens of `text`, with soft breaks read as spaces and neighbouring texts as one."""
    from netzwerk_i18n.page.blocks import define, markdown

    define(cast("Iterable[str]", environment.pop(LABELS, ())), environment)
    parser = markdown()
    tokens: list[Token] = []
    parser.inline.parse(text, parser, environment, tokens)
    meaning: Tokens = []
    _flatten(tokens, meaning)
    return meaning


def _flatten(tokens: "Sequence[Token]", meaning: Tokens) -> None:
    for token in tokens:
        if token.type in ("text", "softbreak"):
            content = " " if token.type == "softbreak" else token.content
            if meaning and meaning[-1][0] == "text":
                content = f"{meaning.pop()[1]}{content}"
            meaning.append(("text", content))
            continue
        meaning.append((token.type, token.content, token.markup, *sorted(token.attrs.items())))
        if token.type == "image":
            _flatten(token.children or (), meaning)
