"""The blocks that only MDX knows: tags and expressions on lines of their own, and the code of a page.

In MDX no HTML blocks and no indented code exist, so that what stands in a component may be indented with it. A tag on
its own line is a block, whatever follows below (https://mdxjs.com/docs/what-is-mdx/). The comments of HTML, which
Docusaurus allows (https://docusaurus.io/docs/markdown-features#commonmark-compatibility), stay what they are.
"""

import re
from collections.abc import Iterator

from markdown_it.parser_block import RuleFuncBlockType as Rule
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

from netzwerk_i18n.page.mdx_text import count_flow_lines, end_of_code
from netzwerk_i18n.page.tokens import ESM, FLOW

_OPEN_CODE = "open_code"
_MOST_OPEN = 50
_CODE = re.compile(r"(?:im|ex)port ")


def change_rules(ruler: Ruler[Rule]) -> None:
    """Make the block rules those of MDX. That there is no indented code is left to who disables its rule."""
    rules = {rule.name: rule.fn for rule in ruler.__rules__}
    ruler.at("html_block", _comments(rules["html_block"]), {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.at("list", _at_any_indentation(rules["list"]), {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.before("html_block", FLOW, _flow, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.before("html_block", ESM, _esm)


def _flow(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803
    """Tags and expressions that fill their lines."""
    # What ends a list stands further left than its text, and so may what follows there.
    least = state.blkIndent if state.sCount[startLine] >= state.blkIndent else 0

    def lines() -> Iterator[str]:
        for line in range(startLine, endLine):
            if state.sCount[line] < least and not state.isEmpty(line):
                return
            yield state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]

    rows = lines()
    count = count_flow_lines(rows if _may_go_on(state) else [next(rows)])
    if count < 0:
        _note_open_code(state)
    elif count and not silent:
        state.line = startLine + count
        state.push(FLOW, "", 0).map = [startLine, state.line]
    return count > 0


def _esm(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803
    """Imports and exports, which stand at the left edge, up to a blank line at which their code may end."""
    start = state.bMarks[startLine]
    if silent or state.level or state.tShift[startLine] or not _CODE.match(state.src, start):
        return False
    line = startLine
    behind = end_of_code(state.src, start) if _may_go_on(state) else start
    if behind < 0:
        _note_open_code(state)
    while line < endLine and (state.bMarks[line] < behind or not state.isEmpty(line)):
        line += 1
    state.line = line
    state.push(ESM, "", 0).map = [startLine, line]
    return True


def _may_go_on(state: StateBlock) -> bool:
    """Whether code may reach over lines: where much of it never ends the page is none, and looking for its end takes long."""
    return int(state.env.get(_OPEN_CODE, 0)) < _MOST_OPEN


def _note_open_code(state: StateBlock) -> None:
    state.env[_OPEN_CODE] = int(state.env.get(_OPEN_CODE, 0)) + 1


def _comments(rule: Rule) -> Rule:
    """The rule for HTML blocks, of which only comments are left."""

    def comments(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803
        start = state.bMarks[startLine] + state.tShift[startLine]
        return state.src.startswith("<!--", start) and rule(state, startLine, endLine, silent)

    return comments


def _at_any_indentation(rule: Rule) -> Rule:
    """The rule for lists, without its last word on four columns: that a mark behind them goes on the text above."""

    def lists(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803
        outer, state.listIndent = state.listIndent, -1
        found = rule(state, startLine, endLine, silent)
        state.listIndent = outer
        return found

    return lists
