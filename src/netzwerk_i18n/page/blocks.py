"""Markdown's block structure, with the place of every leaf in the source.

markdown-it-py's block rules do the parsing. What is added here: each token that carries text notes where each of
its lines begins and ends (that is known only while the rule runs), lines are sent to the rules that their
first character can start (four times as fast on prose), and the nesting limit drops no text.

The syntax is CommonMark 0.31 with GFM tables (https://github.github.com/gfm/#tables-extension-), footnotes,
definition lists as Goldmark and PHP Markdown Extra have them, and the containers of MkDocs (`!!! note`,
`??? note`, `=== "Tab"`). Pages of MDX have neither of the last two: see :mod:`netzwerk_i18n.page.mdx`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_block import RuleFuncBlockType as Rule
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from netzwerk_i18n.page.markers import ADMONITION, begins_box
from netzwerk_i18n.page.source import NOTHING, Inner
from netzwerk_i18n.page.tokens import ESM, FLOW, LINES, MAX_NESTING, TOO_DEEP

_CODE_COLUMNS = 4
"""The indentation that makes code of a line (CommonMark 0.31, section 4.4)."""

_DEFINITION = re.compile(r":[ \t]+[^ \t]")
_NUMBER = re.compile(r"\d{1,9}[.)][ \t]+[^ \t]")
_DEFINITION_COLUMNS = 2
"""The least indentation of what a definition holds: its mark and a blank."""

_BEFORE_TEXT = f" \t{NOTHING}"

_NOWHERE: Mapping[int, Inner] = MappingProxyType({})

_ADMONITION = re.compile(rf"(?:{ADMONITION}|===[!+]?[ \t]+\"[^\n]*\")[ \t]*$", re.MULTILINE)


def parse_blocks(
    source: str, inner_lines: Mapping[int, Inner] = _NOWHERE, *, is_mdx: bool = False
) -> tuple[list[Token], dict[str, object]]:
    """The block tokens of `source` and the environment with its link references.

    Args:
        source: Markdown whose line breaks are all LF, and whose NULs stand for nothing at all.
        inner_lines: which of its lines stand between the tags of a shortcode, by number.
        is_mdx: whether it is read as MDX reads it.

    Returns:
        Tokens in reading order, and markdown-it's environment. Link reference definitions appear as tokens of
        type `definition`.
    """
    tokens: list[Token] = []
    environment: dict[str, object] = {}
    if source:
        state = new_state(source, environment, tokens, inner_lines, is_mdx=is_mdx)
        state.md.block.tokenize(state, 0, state.lineMax)
    return tokens, environment


def read_block(state: StateBlock, line: int) -> int:
    """Add the tokens of the outermost block that begins at `line` to the state; the line behind it."""
    state.line = line
    cast("_Blocks", state.md.block).read_block(state, line, state.lineMax)
    return state.line


def new_state(
    source: str,
    environment: dict[str, object],
    tokens: list[Token],
    inner_lines: Mapping[int, Inner] = _NOWHERE,
    *,
    is_mdx: bool = False,
) -> StateBlock:
    """What reads the blocks of `source` and adds to `tokens` and `environment`."""
    return _State(source, markdown(is_mdx=is_mdx), environment, tokens, inner_lines)


def define(labels: Iterable[str], environment: dict[str, object]) -> None:
    """Make link labels known whose targets nobody asks for."""
    references = cast("dict[str, object]", environment.setdefault("references", {}))
    for label in labels:
        references.setdefault(normalizeReference(label), {"title": "", "href": label, "map": [0, 0]})


@cache
def markdown(*, is_mdx: bool = False) -> MarkdownIt:
    """The configured parser, or the one whose blocks are those of MDX; one of each for the process."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING, "inline_definitions": True})
    parser.block = blocks = _Blocks(is_mdx=is_mdx)
    ruler = blocks.ruler
    ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    ruler.before(
        "paragraph", "admonition", _admonition, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    deflist_plugin(parser)
    ruler.at(
        "deflist", _until_other_blocks(next(rule.fn for rule in ruler.__rules__ if rule.name == "deflist"))
    )
    ruler.disable("lheading")  # `_paragraph` finds setext headings
    ruler.at("paragraph", _paragraph)
    if is_mdx:
        from netzwerk_i18n.page import mdx

        ruler.disable(["admonition", "code", "deflist"])
        mdx.change_rules(ruler)
    blocks.prepare()
    # An image or a link is one whatever its target: this parser reads text, it publishes nothing.
    setattr(parser, "validateLink", lambda url: True)  # noqa: ARG005, B010 - a method is replaced
    setattr(parser, "normalizeLink", lambda url: url)  # noqa: B010
    return compiled(parser)


def compiled(parser: MarkdownIt) -> MarkdownIt:
    """The parser with its chains of rules made, fit to be used by several threads.

    markdown-it makes them when they are first asked for, and a thread that asks meanwhile sees only some of the rules.
    """
    for ruler in (parser.core.ruler, parser.block.ruler, parser.inline.ruler, parser.inline.ruler2):
        ruler.getRules()
    return parser


class _Token(Token):
    """markdown-it's token, whose fields are set when they are needed: a page has many."""

    __slots__ = ()

    def __init__(self, type: str, tag: str, nesting: Literal[-1, 0, 1], level: int) -> None:  # noqa: A002
        self.type = type
        self.tag = tag
        self.nesting = nesting
        self.level = level
        self.attrs = {}
        self.map = None
        self.children = None
        self.content = self.markup = self.info = ""
        self.meta = {}
        self.block = True
        self.hidden = False


class _State(StateBlock):
    """markdown-it's state, whose table of lines is made line by line."""

    def __init__(
        self,
        src: str,
        md: MarkdownIt,
        env: dict[str, object],
        tokens: list[Token],
        inner_lines: Mapping[int, Inner],
    ) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        self._inner_lines = inner_lines
        self._seen: set[Inner] = set()
        self._borders: list[int] = []
        self._definition_columns: dict[int, int] = {}  # by the indentation of what a definition holds
        begins, ends, shifts, columns = [], [], [], []
        position = 0
        lines = src.split("\n")
        if not lines[-1].strip(" \t"):
            lines.pop()  # as upstream: blanks behind the last line break are no line
        for line in lines:
            length = len(line)
            shift = length - len(line.lstrip(_BEFORE_TEXT))
            begins.append(position)
            ends.append(position + len(line.rstrip(NOTHING)))
            shifts.append(shift)
            blanks = line[:shift]
            if NOTHING in blanks:
                self._borders.append(len(begins) - 1)
                blanks = blanks.replace(NOTHING, "")
            if line.endswith(NOTHING):
                self._borders.append(len(begins))
            columns.append(len(blanks.expandtabs(4)) if blanks else 0)
            position += length + 1
        # Upstream ends its tables with an empty line behind the text, so that rules may look one line ahead.
        self.bMarks = [*begins, len(src)]
        self.eMarks = [*ends, len(src)]
        self.tShift = [*shifts, 0]
        self.sCount = [*columns, 0]
        self.bsCount = [0] * len(self.bMarks)
        self.lineMax = len(begins)

    def take_blanks(self, line: int) -> None:
        """Take the indentation of a shortcode's tag from the lines between it and its partner, `line` among them.

        Themes let Hugo take it (`InnerDeindent`). It stays where what is between the tags is not indented as they are, where
        the tag itself stands as deep as code and in no other shortcode, and where it is that of a list item. Raw HTML is
        never code.
        """
        inner = self._inner_lines.get(line)
        surplus = inner.column - self.blkIndent if inner else 0
        if inner is None or (surplus >= _CODE_COLUMNS and not inner.is_nested):
            return
        if (surplus <= 0 and not inner.is_html) or inner in self._seen:
            return
        self._seen.add(inner)
        columns = self.sCount
        own = [
            number for number in range(inner.first, inner.behind) if self._inner_lines.get(number) is inner
        ]
        is_indented = all(columns[number] >= inner.column or self.isEmpty(number) for number in own)
        for number in (number for number in own if number >= line):
            if inner.is_html:
                columns[number] = min(columns[number], self.blkIndent)
            elif is_indented:
                columns[number] -= surplus

    def begin_definition(self, line: int) -> None:
        """Note the column in which a definition's text begins if its mark is on this line."""
        begin = self.bMarks[line]
        if self.src[begin : begin + self.tShift[line]].rstrip(" \t").endswith(":"):
            self._definition_columns[self.blkIndent] = self.sCount[line]

    def is_definition_text(self, line: int) -> bool:
        """Whether a line is text that would be code to who counts from the definition's mark.

        Goldmark counts from the column in which the definition's own text begins, wherever that is.
        """
        column = self._definition_columns.get(self.blkIndent) if self.parentType == "deflist" else None
        return column is not None and column <= self.sCount[line] < column + _CODE_COLUMNS

    def end_of_code(self, line: int, end: int) -> int:
        """Where code that begins at `line` ends at the latest: at the tag of a pair, which looks like a blank line."""
        inner = self._inner_lines.get(line)
        for number in range(line + 1, end if self._inner_lines else 0):
            if self.isEmpty(number):
                continue
            if self._inner_lines.get(number) is not inner:
                return number
            if self.sCount[number] - self.blkIndent < _CODE_COLUMNS:
                break
        return end

    def end_of_pair(self, line: int, end: int) -> int:
        """Where what begins at `line` ends at the latest: no list goes on behind the shortcode that it stands in."""
        inner = self._inner_lines.get(line)
        return end if inner is None else min(end, inner.behind)

    def before_tags(self, line: int, end: int) -> int:
        """Where what begins at `line` ends at the latest: at a tag before a block, or behind one that ends its text."""
        index = bisect_right(self._borders, line)
        return min(end, self._borders[index]) if index < len(self._borders) else end

    def follows_tag(self, line: int) -> bool:
        """Whether a text ends above `line` at the tag that closes it, or a tag before a block is on it."""
        index = bisect_left(self._borders, line)
        return index < len(self._borders) and self._borders[index] == line

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token, as upstream does."""
        if nesting < 0:
            self.level -= 1
        token = _Token(ttype, tag, nesting, self.level)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


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
"""The rules that a line may start, by its first character; tables and definition lists show in the line below."""

_MDX_STARTERS: dict[str, tuple[str, ...]] = {
    **{mark: names for mark, names in _STARTERS.items() if names != ("admonition",)},
    "<": ("html_block", FLOW),
    "{": (FLOW,),
    "e": (ESM,),
    "i": (ESM,),
}
"""The same in a page of MDX."""

_LEAVES = frozenset({"table", "fence", "reference", "html_block", "heading", "deflist", FLOW, ESM})
"""Rules that push text of their own and do not note its lines."""

_WITH_LINES = frozenset({"inline", "html_block", "fence", "definition", FLOW, ESM})
"""Tokens of which the rules do not say where their lines stand."""

_ENDERS = frozenset(
    {"fence", "blockquote", "hr", "list", "footnote_def", "html_block", "heading", "admonition", FLOW}
)
"""Rules that may end a paragraph, besides tables and definitions."""


class _Blocks(ParserBlock):
    """markdown-it's block parser, with rules looked up by the first character of a line."""

    def __init__(self, *, is_mdx: bool) -> None:
        super().__init__()
        self.is_mdx = is_mdx
        self._rules: dict[str, Rule] = {}
        self._starters: dict[str, tuple[tuple[Rule, bool], ...]] = {}
        self._enders: dict[str, tuple[Rule, ...]] = {}

    def prepare(self) -> None:
        """Look the rules up once they are all there."""
        self._rules = {rule.name: rule.fn for rule in self.ruler.__rules__}
        for name in ("blockquote", "html_block"):
            self._rules[name] = _before_tags(self._rules[name])
        for character, names in (_MDX_STARTERS if self.is_mdx else _STARTERS).items():
            self._starters[character] = tuple((self._rules[name], name in _LEAVES) for name in names)
            self._enders[character] = tuple(self._rules[name] for name in names if name in _ENDERS)
        # A definition ends a paragraph only within another definition; the rule knows.
        for character in "" if self.is_mdx else ":~":
            self._enders[character] = (*self._enders.get(character, ()), self._rules["deflist"])

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Turn lines into tokens, as markdown-it does (see `ParserBlock.tokenize`)."""
        line = startLine
        had_blank_line = False
        begins, shifts, ends = state.bMarks, state.tShift, state.eMarks
        deep = state.level >= MAX_NESTING
        last = cast("_State", state).end_of_pair(startLine, endLine)
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= last or state.sCount[line] < state.blkIndent:
                break
            if deep:
                state.env.setdefault(TOO_DEEP, line)
                _paragraph(state, line, endLine, False)
            else:
                self.read_block(state, line, endLine)
            state.tight = not had_blank_line
            line = state.line
            if line - 1 < endLine and begins[line - 1] + shifts[line - 1] >= ends[line - 1]:
                had_blank_line = True
            if line < endLine and begins[line] + shifts[line] >= ends[line]:
                had_blank_line = True
                line += 1
                state.line = line

    def read_block(self, state: StateBlock, line: int, end: int) -> None:
        """Read the block that begins at `line`."""
        rules = self._rules
        if state.parentType == "deflist":
            cast("_State", state).begin_definition(line)
        if state.sCount[line] - state.blkIndent >= _CODE_COLUMNS and not self.is_mdx:
            shortcodes = cast("_State", state)
            shortcodes.take_blanks(line)
            if shortcodes.is_definition_text(line):
                state.sCount[line] = state.blkIndent
            elif rules["code"](state, line, shortcodes.end_of_code(line, end), False):
                return
        for rule, is_leaf in self._starters.get(state.src[state.bMarks[line] + state.tShift[line]], ()):
            if self._noting(rule, state, line, end) if is_leaf else rule(state, line, end, False):
                return
        # markdown-it looks for tables first; in cmark and Goldmark a list or a quote that begins here wins.
        if _table_may_start(state, line) and self._noting(rules["table"], state, line, end):
            return
        if (
            not self.is_mdx
            and _definition_may_follow(state, line, end)
            and self._noting(rules["deflist"], state, line, end)
        ):
            return
        _paragraph(state, line, end, False)

    def _noting(self, rule: Rule, state: StateBlock, line: int, end: int) -> bool:
        """Apply a rule and note the lines of the text that it finds."""
        first = len(state.tokens)
        if not rule(state, line, end, False):
            return False
        for token in state.tokens[first:]:
            if token.type in _WITH_LINES and LINES not in token.meta and token.map:
                _note_lines(state, token, token.map[0], max(token.map[1], token.map[0] + 1))
        return True

    def ends_paragraph(self, state: StateBlock, line: int, character: str) -> bool:
        """Whether another block begins at `line`, whose first character this is, and ends the paragraph above."""
        rules = self._enders.get(character)
        last = state.lineMax
        if rules is not None and any(rule(state, line, last, True) for rule in rules):
            return True
        return _table_may_start(state, line) and self._rules["table"](state, line, last, True)


def _table_may_start(state: StateBlock, line: int) -> bool:
    """A table shows in its delimiter row, which is the line below its first."""
    below = line + 1
    if below >= state.lineMax:
        return False
    position = state.bMarks[below] + state.tShift[below]
    return position < state.eMarks[below] and state.src[position] in "|-:"


def _definition_may_follow(state: StateBlock, line: int, end: int) -> bool:
    """A definition stands below its term, or one blank line further down."""
    for below in range(line + 1, min(line + 3, end)):
        position = state.bMarks[below] + state.tShift[below]
        if position < state.eMarks[below]:
            # Goldmark's mark; `~` is Pandoc's alone
            return _DEFINITION.match(state.src, position, state.eMarks[below]) is not None
    return False


def _before_tags(rule: Rule) -> Rule:
    """A rule whose block goes on until another one begins, which it does behind a shortcode's tag."""

    def before_tags(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803
        return rule(state, startLine, cast("_State", state).before_tags(startLine, endLine), silent)

    return before_tags


def _until_other_blocks(definitions: Rule) -> Rule:
    """The rule for definition lists, which takes whatever stands above a definition for its term.

    Only a paragraph is one: a list item, a quote or a heading ends the list.
    """

    def rule(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803
        blocks = cast("_Blocks", state.md.block)
        for line in range(startLine + 1, startLine if silent else endLine):
            column = state.sCount[line] - state.blkIndent
            if state.isEmpty(line) or column >= _DEFINITION_COLUMNS:
                continue
            character = state.src[state.bMarks[line] + state.tShift[line]]
            if column < 0 or (character != ":" and blocks.ends_paragraph(state, line, character)):
                return definitions(state, startLine, line, silent)
            if state.isEmpty(line - 1) and not _definition_may_follow(state, line, endLine):
                break
        return definitions(state, startLine, endLine, silent)

    return rule


def _note_lines(state: StateBlock, token: Token, first: int, behind: int) -> None:
    begins, shifts, ends = state.bMarks, state.tShift, state.eMarks
    token.meta[LINES] = [(begins[n] + shifts[n], ends[n]) for n in range(first, behind)]


def _paragraph(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: ARG001, FBT001, N803
    """A paragraph or a setext heading: one pass over lines that markdown-it's two rules would read twice."""
    # markdown-it's paragraph looks beyond the container's end for lazy continuation lines; so must this.
    last = cast("_State", state).before_tags(startLine, state.lineMax)
    source, begins, shifts, ends, columns = state.src, state.bMarks, state.tShift, state.eMarks, state.sCount
    indent = state.blkIndent
    parent = state.parentType
    state.parentType = "paragraph"
    blocks = cast("_Blocks", state.md.block)
    line = startLine + 1
    underline = ""
    # To who sees one word in a shortcode's pair the text goes on that stood above it, and any number ends that.
    follows_tag = cast("_State", state).follows_tag(startLine)
    while line < last:
        position, end = begins[line] + shifts[line], ends[line]
        if position >= end:
            break
        column = columns[line]
        if column - indent >= _CODE_COLUMNS and not blocks.is_mdx:  # which make code, but not in a paragraph
            line += 1
            continue
        character = source[position]
        if character in "-=" and column >= indent and line < endLine and state.level < MAX_NESTING:
            text = source[position:end].rstrip(" \t")
            if text == character * len(text):
                underline = character
                break
        if column >= 0 and blocks.ends_paragraph(state, line, character):
            break
        if follows_tag and _NUMBER.match(source, position, end):
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
    first, end = token.meta[LINES][0]
    while first and source[first - 1] == NOTHING:
        first -= 1  # no other block begins behind the tags, so the text is theirs
    token.meta[LINES][0] = (first, end)
    closing = state.push(f"{kind}_close", tag, -1)
    closing.markup = opening.markup = underline
    return True


def _admonition(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803
    """MkDocs' containers: a marker line, then blocks that are indented by four columns."""
    if state.is_code_block(startLine):
        return False
    start, end = state.bMarks[startLine] + state.tShift[startLine], state.eMarks[startLine]
    inner = state.sCount[startLine] + 4
    if not _ADMONITION.match(state.src, start, end) and not (
        begins_box(state.src[start:end]) and _has_body(state, startLine + 1, endLine, inner)
    ):
        return False
    if silent:
        return True
    opening = state.push("admonition_open", "div", 1)
    parent, indent, tight = state.parentType, state.blkIndent, state.tight
    state.parentType = "admonition"
    state.blkIndent = inner
    last, end = state.lineMax, startLine + 1
    while end < endLine and (state.isEmpty(end) or state.sCount[end] >= state.blkIndent):
        end += 1
    state.lineMax = end  # what is not indented is no lazy continuation here
    state.md.block.tokenize(state, startLine + 1, end)
    state.lineMax = last
    state.parentType, state.blkIndent, state.tight = parent, indent, tight
    state.line = max(state.line, startLine + 1)
    opening.map = [startLine, state.line]
    state.push("admonition_close", "div", -1)
    return True


def _has_body(state: StateBlock, line: int, end: int, indent: int) -> bool:
    """Whether the first line with anything in it, from `line` on, is indented by that many columns."""
    while line < end and state.isEmpty(line):
        line += 1
    return line < end and state.sCount[line] >= indent
