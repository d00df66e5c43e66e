"""Block shape: a translation must not become a heading, a list, a fence or anything else that its source is not.

The translation is parsed where it will stand and compared with its source (CommonMark 0.31, chapter 4). Most
translations begin with a letter and need no parsing: no block starts with one.
"""

import re
from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.page import Segment
from netzwerk_i18n.page.blocks import parse_blocks
from netzwerk_i18n.page.markers import heading_attributes_start, is_border, lead_length, task_length
from netzwerk_i18n.page.regions import find_regions

_PLAIN_START = re.compile(
    r"""[^\W\d_] | [„“”‚‘’"'«»‹›(…–—¿¡] | \*{1,3}[^\W_] | `[^`\s]
      | \[\*{0,2}[^\W_][^\]\[]*\]\( | !\[ | \d+(?![\d.)])""",
    re.VERBOSE,
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_BLOCK_FORMS = frozenset({"markdown"})


def find_block_shape(situation: Situation) -> Iterator[Problem]:
    """A problem if the translation's blocks differ from its source's."""
    segment = situation.segment
    text = situation.translation.strip(" \t\r\n")
    problem = _line_breaks(segment, text) or (_shape(segment, text) if segment.form in _BLOCK_FORMS else None)
    if problem:
        yield Problem(problem)


def _line_breaks(segment: Segment, text: str) -> str | None:
    if "\n" not in text or segment.form == "value":  # front matter has a writer of its own
        return None
    if _BLANK_LINE.search(text):
        return "the translation holds a blank line, which would end its block; write it as one paragraph"
    if text.count("\n") > len(segment.breaks):
        return "the translation has more line breaks than its source; remove them"
    return None


def _shape(segment: Segment, text: str) -> str | None:
    if segment.kind == "heading":
        if heading_attributes_start(text) != len(text):
            return "the translation ends in heading attributes {…}, which belong to the page"
        if re.search(r"(?:^|[ \t])#+\Z", text):
            return "the translation ends in #, which closes a heading; write \\#"
        if len(segment.breaks) == 0:
            return None
    lines = text.split("\n")
    if all(_PLAIN_START.match(line) for line in lines):
        return None
    if any(is_border(line) or lead_length(line) for line in lines) and not find_regions(text):
        return "the translation holds a line that a Markdown dialect reads as a marker"
    if segment.kind == "item" and task_length(text) and not task_length(segment.text):
        return "the translation begins with a task box [ ]"
    if _structure(text) != _structure(segment.text):
        return f"the translation begins like another kind of block ({_quoted(lines)}); put a backslash before the first mark"
    return None


def _structure(text: str) -> list[tuple[str, str]]:
    tokens, _ = parse_blocks(text.replace("\r", " ").replace("\0", "\ufffd"))
    return [(token.type, token.tag) for token in tokens]


def _quoted(lines: list[str]) -> str:
    line = next((line for line in lines if not _PLAIN_START.match(line)), lines[0])
    return repr(line[:20])


CHECK = Check(
    name="block-shape",
    severity="error",
    find=find_block_shape,
    what="The translation, parsed where it will stand, gives the same blocks as its source.",
    why="A heading, list or fence that the source lacks tears the page apart, and can hide or forge text.",
    right=("Zwei Wörter", "Deux mots"),
    wrong=("Zwei Wörter", "# Deux mots"),
)
