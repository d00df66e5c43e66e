"""Markdown's block structure, with the place of every leaf in the source.

markdown-it-py's block rules do the parsing. What is added here: each token that carries text notes where each of
its lines begins and ends (that is known only while the rule runs), lines are sent to the rules that their
first character can start (four times as fast on prose), and the nesting limit drops no text.

The syntax is CommonMark 0.31 with GFM tables (https://github.github.com/gfm/#tables-extension-), footnotes,
definition lists as Goldmark and PHP Markdown Extra have them, and the containers of MkDocs (`!!! note`,
`??? note`, `=== "Tab"`).
"""

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

MAX_NESTING = 100
"""Levels of blocks that are told apart: markdown-it's safe limit. What is deeper is read as paragraphs."""

LINES = "lines"
"""Key in a token's `meta`: the `(start, end)` offsets of each of its lines, without indentation and line break."""

TOO_DEEP = "too_deep"
"""Key in the environment: the first line (from 0) that lies deeper than `MAX_NESTING`."""

Rule = Callable[[StateBlock, int, int, bool], bool]

_ADMONITION = re.compile(
    r"(?:(?:!!!|\?\?\?\+?)[ \t]+[a-z][\w-]*(?:[ \t]+(?:inline|end))*(?:[ \t]+\"[^\"]*\")?|===[!+]?[ \t]+\"[^\"]*\")[ \t]*$",
    re.MULTILINE,
)
_PARAGRAPH_ENDERS = frozenset("`~>*-_+0123456789<#[:!?=")


def parse_blocks(source: str) -> tuple[list[Token], dict[str, object]]:
    """The block tokens of `source` and the environment with its link references.

    Args:
        source: Markdown whose line breaks are all LF and which holds no NUL.

    Returns:
        Tokens in reading order, and markdown-it's environment. Link reference definitions appear as tokens of
        type `definition`.
    """
    tokens: list[Token] = []
    environment: dict[str, object] = {}
    if source:
        parser = markdown()
        parser.block.parse(source, parser, environment, tokens)
    return tokens, environment


@cache
def markdown() -> MarkdownIt:
    """The configured parser; one for the process."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING, "inline_definitions": True})
    parser.block = _Blocks()
    ruler = parser.block.ruler
    ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    ruler.before(
        "paragraph", "admonition", _admonition, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    deflist_plugin(parser)
    ruler.disable("lheading")  # `_paragraph` finds setext headings
    for name in ("table", "heading", "html_block", "deflist", "fence", "reference"):
        _wrap(parser, name)
    ruler.at("paragraph", _paragraph)
    # An image or a link is one whatever its target: this parser reads text, it publishes nothing.
    setattr(parser, "validateLink", lambda url: True)  # noqa: ARG005, B010 - a method is replaced
    setattr(parser, "normalizeLink", lambda url: url)  # noqa: B010
    return parser


class _Blocks(ParserBlock):
    """markdown-it's block parser, with rules looked up by the first character of a line."""

    def __init__(self) -> None:
        super().__init__()
        self._by_character: dict[str, list[Rule]] = {}

    def rules_for(self, character: str) -> list[Rule]:
        """The rules that a line may start whose first character is `character`, in the ruler's order."""
        rules = self._by_character.get(character)
        if rules is None:
            names = ["table", "code", *_STARTERS.get(character, ()), "deflist", "paragraph"]
            by_name = {rule.name: rule.fn for rule in self.ruler.__rules__}
            order = [rule.name for rule in self.ruler.__rules__ if rule.name in names]
            rules = self._by_character[character] = [by_name[name] for name in order]
        return rules

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Turn lines into tokens, as markdown-it does (see `ParserBlock.tokenize`)."""
        line = startLine
        had_blank_line = False
        source, begins, shifts, ends = state.src, state.bMarks, state.tShift, state.eMarks
        deep = state.level >= MAX_NESTING
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if deep:
                state.env.setdefault(TOO_DEEP, line)
                _paragraph(state, line, endLine, False)  # noqa: FBT003
            else:
                for rule in self.rules_for(source[begins[line] + shifts[line]]):
                    if rule(state, line, endLine, False):
                        break
            state.tight = not had_blank_line
            line = state.line
            if line - 1 < endLine and begins[line - 1] + shifts[line - 1] >= ends[line - 1]:
                had_blank_line = True
            if line < endLine and begins[line] + shifts[line] >= ends[line]:
                had_blank_line = True
                line += 1
                state.line = line


_STARTERS: dict[str, tuple[str, ...]] = {
    "`": ("fence",),
    "~": ("fence",),
    ">": ("blockquote",),
    "*": ("hr", "list"),
    "-": ("hr", "list"),
    "_": ("hr",),
    "+": ("list",),
    "<": ("html_block",),
    "#": ("heading",),
    "[": ("footnote_def", "reference"),
    "!": ("admonition",),
    "?": ("admonition",),
    "=": ("admonition",),
    **dict.fromkeys("0123456789", ("list",)),
}


def _wrap(parser: MarkdownIt, name: str) -> None:
    """Let the rule called `name` note the lines of the text that it finds."""
    rule = next(rule.fn for rule in parser.block.ruler.__rules__ if rule.name == name)

    def noting(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        first = len(state.tokens)
        if not rule(state, start, end, silent):
            return False
        if not silent:
            for token in state.tokens[first:]:
                if (
                    token.type in ("inline", "html_block", "fence", "definition")
                    and LINES not in token.meta
                    and token.map
                ):
                    _note_lines(state, token, token.map[0], max(token.map[1], token.map[0] + 1))
        return True

    parser.block.ruler.at(name, noting, {"alt": _ALTERNATIVES.get(name, [])})


_ALTERNATIVES = {
    "table": ["paragraph", "reference"],
    "heading": ["paragraph", "reference", "blockquote"],
    "html_block": ["paragraph", "reference", "blockquote"],
    "deflist": ["paragraph", "reference", "blockquote"],
    "fence": ["paragraph", "reference", "blockquote", "list"],
}


def _note_lines(state: StateBlock, token: Token, first: int, behind: int) -> None:
    begins, shifts, ends = state.bMarks, state.tShift, state.eMarks
    token.meta[LINES] = [(begins[n] + shifts[n], ends[n]) for n in range(first, behind)]


def _paragraph(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: ARG001, FBT001, N803
    """A paragraph or a setext heading: one pass over lines that markdown-it's two rules would read twice."""
    # markdown-it's paragraph looks beyond the container's end for lazy continuation lines; so must this.
    last = state.lineMax
    source, begins, shifts, ends, columns = state.src, state.bMarks, state.tShift, state.eMarks, state.sCount
    indent = state.blkIndent
    parent = state.parentType
    state.parentType = "paragraph"
    enders = state.md.block.ruler.getRules("paragraph")
    line = startLine + 1
    underline = ""
    while line < last:
        position, end = begins[line] + shifts[line], ends[line]
        if position >= end:
            break
        column = columns[line]
        if column - indent > 3:  # noqa: PLR2004 - CommonMark: four columns make code, but not in a paragraph
            line += 1
            continue
        character = source[position]
        if character in "-=" and column >= indent and line < endLine and state.level < MAX_NESTING:
            text = source[position:end].rstrip(" \t")
            if text == character * len(text):
                underline = character
                break
        if column < 0:
            line += 1
            continue
        if _may_end_paragraph(state, line, character) and any(
            rule(state, line, last, True) for rule in enders
        ):
            break
        line += 1
    state.parentType = parent
    state.line = line + 1 if underline else line
    tag = {"": "p", "=": "h1", "-": "h2"}[underline]
    kind = "heading" if underline else "paragraph"
    opening = state.push(f"{kind}_open", tag, 1)
    opening.map = [startLine, state.line]
    token = state.push("inline", "", 0)
    token.map = [startLine, line]
    token.children = []
    _note_lines(state, token, startLine, line)
    closing = state.push(f"{kind}_close", tag, -1)
    closing.markup = opening.markup = underline
    return True


def _may_end_paragraph(state: StateBlock, line: int, character: str) -> bool:
    """Whether any rule but the paragraph's own could start at `line`, judged by its first character."""
    if character in _PARAGRAPH_ENDERS:
        return True
    # A table starts at the line above its delimiter row.
    below = line + 1
    if below >= state.lineMax:
        return False
    position = state.bMarks[below] + state.tShift[below]
    return position < state.eMarks[below] and state.src[position] in "|-:"


def _admonition(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803
    """MkDocs' containers: a marker line, then blocks that are indented by four columns."""
    if state.is_code_block(startLine):
        return False
    start = state.bMarks[startLine] + state.tShift[startLine]
    if not _ADMONITION.match(state.src, start, state.eMarks[startLine]):
        return False
    if silent:
        return True
    opening = state.push("admonition_open", "div", 1)
    parent, indent, tight = state.parentType, state.blkIndent, state.tight
    state.parentType = "admonition"
    state.blkIndent = max(state.sCount[startLine], indent) + 4
    state.md.block.tokenize(state, startLine + 1, endLine)
    state.parentType, state.blkIndent, state.tight = parent, indent, tight
    state.line = max(state.line, startLine + 1)
    opening.map = [startLine, state.line]
    state.push("admonition_close", "div", -1)
    return True
