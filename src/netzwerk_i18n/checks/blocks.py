"""Block shape: a translation must not become a heading, a list, a fence or anything else that its source is not.

The translation is read as it will be written into the page and compared with its source (CommonMark 0.31, chapter 4). Most
translations begin with a letter and need no parsing: no block starts with one.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.quoting import quoted
from netzwerk_i18n.page import Segment
from netzwerk_i18n.page.blocks import parse_blocks
from netzwerk_i18n.page.front_matter import front_matter_sign
from netzwerk_i18n.page.markers import heading_attributes_start, is_border, lead_length, may_be_border

_PLAIN_START = re.compile(
    r"""[^\W\d_] | [„“”‚‘’"'«»‹›(…–—¿¡] | \*{1,3}[^\W_] | `[^`\s]
      | \[\*{0,2}[^\W_][^\]\[]*\]\( | !\[ | \d+(?![\d.)])""",
    re.VERBOSE,
)
_BOX = re.compile(r"\[[ \txX]\]")
"""A task box as Goldmark sees it at the beginning of an item: whatever follows, be it a link's target."""
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=[ \t]|\Z)")
_BLANK_LINE = re.compile(r"\n[ \t]*(?:\r?\n)")
_RULE_LINE = re.compile(r"[-:=| \t]*[-=|][-:=| \t]*\Z")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+\Z")
_FRONT_MATTER_LINE = re.compile(r"\+{3,}[ \t]*\Z")
_INDENTED = re.compile(r"(?: {4}|[ ]{0,3}\t)[ \t]*\S")
_MODULE = re.compile(
    r"import\b.{0,200}\bfrom\s*['\"]|import\s+['\"]|export\s+(?:default|const|let|var|function|class)\b"
)
_ABBREVIATION = re.compile(r"\*\[[^\]]*\]:")
_COMMENT_ENDS = re.compile(r"\*/|-->|--\]\]|\*\)|-\}|\"\"\"|'''|%>|\?>|</")
_UNESCAPED_BRACKET = re.compile(r"\\.|[\[\]]")
_SPACELESS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\u2066-\u2069\ufeff]*")
_LONGEST = 200_000


def find_block_shape(situation: Situation) -> Iterator[Problem]:
    """A problem if the translation's blocks differ from its source's."""
    segment, translation = situation.segment, situation.translation
    text = translation.strip(" \t\r\n")
    problem = _edges(segment, text)
    if not problem and segment.form == "markdown" and _INDENTED.match(translation):
        problem = "the translation begins with blanks, which make code of a paragraph; remove them"
    if not problem and segment.form in ("markdown", "cell"):
        problem = _front(segment, text)
    if not problem and _MODULE.match(text) and not _MODULE.match(segment.text):
        problem = "the translation begins like the code of a page (import, export); write it otherwise"
    if not problem and segment.form == "markdown":
        problem = _shape(segment, _as_written(text))
    if problem:
        yield Problem(problem)


def _front(segment: Segment, text: str) -> str | None:
    """Whether the first text of a page without front matter begins like one (see :func:`front_matter_sign`).

    There Hugo reads no text any more, not even a shortcode.
    """
    # Only line breaks, and a byte order mark, can stand before it.
    is_first = segment.start <= segment.line
    if not is_first or text[:1] not in ("+", "-", "{", "#"):
        return None
    sign = front_matter_sign(text)
    if not sign or segment.text.startswith(sign):
        return None
    if sign == "{":
        return "the page would begin with {, which begins front matter; put a word before it"
    begin = sign[:30] if sign[0] == "#" else text[:3]
    return f"the page would begin with {quoted(begin)}, which begins front matter; put \\ before it"


def _edges(segment: Segment, text: str) -> str | None:
    """What a translation may not begin, hold or end with in its form."""
    if not text or (not text[0].isalnum() and _SPACELESS.fullmatch(text)):
        return "the translation is blank; translate the text, or leave the msgstr empty"
    form = segment.form
    if "\n" in text and form != "value" and _BLANK_LINE.search(text) and not _BLANK_LINE.search(segment.text):
        return "the translation holds a blank line, which would end its block; write it as one paragraph"
    if form in ("cell", "title") and text.endswith("\\") and _is_escape(text):
        what = "cell" if form == "cell" else "title"
        return (
            f"the translation ends in a backslash, which would join it with what ends the {what}; remove it"
        )
    if form == "cell" and "\\|" in text and text.count("\\|") > segment.text.count("\\|"):
        return "the translation holds \\|; write | alone, the backslash is set for it"
    if form == "code" and (found := _COMMENT_ENDS.search(text)) and found[0] not in segment.text:
        return f"the translation holds {found[0]}, which may end the comment; remove it"
    return None


def _is_escape(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def _as_written(text: str) -> str:
    """The translation's lines as the page's writer sets them, without the container's prefixes.

    Where the source has no line break the writer joins them; a line that would begin a block is refused all the same,
    for whoever wrote it meant one.
    """
    if "\n" not in text:
        return text
    return "\n".join(line.strip(" \t") for line in text.replace("\r\n", "\n").split("\n"))


def _shape(segment: Segment, text: str) -> str | None:
    if segment.kind == "container title":
        if segment.mark == "]" and not _closes_its_brackets(text):
            return (
                "the title of a box holds a bracket without its partner, which would end it; write \\[ or \\]"
            )
        return None  # behind its container's name nothing begins a block
    if segment.kind == "heading":
        if heading_attributes_start(text) != len(text):
            return "the translation ends in heading attributes {…}, which belong to the page"
        if text.endswith("#") and _CLOSING_HASHES.search(text):
            return "the translation ends in #, which closes a heading; write \\#"
        if segment.block[1] - segment.block[0] <= 1:
            return None  # on one line behind its hashes nothing begins a block; above an underline it does
        if "|" in text and structure(f"{text}\n---") != structure(f"{segment.text}\n---"):
            return (
                "the translation holds a |, which makes a table of the heading and its underline; write \\|"
            )
    if segment.kind == "item" and _BOX.match(text) and not _BOX.match(segment.text):
        return (
            f"Hugo makes a task box of the {text[:3]} that the translation begins with; put a word before it"
        )
    lines = text.split("\n") if "\n" in text else [text]
    if all(_PLAIN_START.match(line) for line in lines):
        return None
    if len(text) > _LONGEST:
        return f"the translation is longer than {_LONGEST:,} characters and cannot be checked; shorten it"
    if _has_new_marker(segment.text.split("\n"), lines):
        return "the translation holds a line that a Markdown dialect reads as a marker; put a backslash before its first mark"
    if structure(text) != structure(segment.text):
        line = next((line for line in lines if not _PLAIN_START.match(line)), lines[0])
        number = _NUMBERED.match(line)
        remedy = f"write {number[1]}\\{number[2]}" if number else "put a backslash before the first mark"
        return f"the translation begins like another kind of block ({quoted(line[:30])}); {remedy}"
    return None


def _closes_its_brackets(text: str) -> bool:
    """Whether each bracket has its partner, as Docusaurus counts: in code too, but behind a backslash."""
    depth = 0
    for bracket in _UNESCAPED_BRACKET.findall(text):
        depth += {"[": 1, "]": -1}.get(bracket, 0)
        if depth < 0:
            return False
    return depth == 0


def _has_new_marker(source: list[str], lines: list[str]) -> bool:
    """Whether there are more lines that a dialect, or a line above, could make something else of."""
    return any(
        sum(map(test, lines)) > sum(map(test, source))
        for test in (is_border, may_be_border, _begins_with_lead, _is_rule, _is_abbreviation, _is_row)
    )


def _begins_with_lead(line: str) -> bool:
    return lead_length(line) > 0


def _is_rule(line: str) -> bool:
    return _RULE_LINE.match(line) is not None


def _is_row(line: str) -> bool:
    """A line like a table's row, or like what ends front matter."""
    return line.startswith("|") or _FRONT_MATTER_LINE.match(line) is not None


def _is_abbreviation(line: str) -> bool:
    return _ABBREVIATION.match(line) is not None


@lru_cache(maxsize=1024)
def structure(text: str) -> tuple[tuple[str, str], ...]:
    """The blocks of a text, alone and between the lines of a paragraph: their types and elements."""
    text = text.replace("\r", " ").replace("\0", "\ufffd")
    found: list[tuple[str, str]] = []
    for source in (text, f"x\n{text}\nx", f"x\n\n{text}"):
        tokens, _ = parse_blocks(source)
        counted = Counter(token.type for token in tokens)
        found += [(token.type, token.tag) for token in tokens]
        found.append(("end", str(counted["inline"])))
    return tuple(found)


CHECK = Check(
    name="block-shape",
    severity="error",
    find=find_block_shape,
    what="The translation, parsed where it will stand, gives the same blocks as its source.",
    why="A heading, list or fence that the source lacks tears the page apart, and can hide or forge text.",
    right=("Zwei Wörter", "Deux mots"),
    wrong=("Zwei Wörter", "# Deux mots"),
)
