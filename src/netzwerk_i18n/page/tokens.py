"""What the block parser notes in its tokens and its environment, for those who read them without the parser."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_NESTING = 100
"""Levels of blocks that are told apart: markdown-it's safe limit. What is deeper is read as paragraphs."""

LINES = "lines"
"""Key in a token's `meta`: the `(start, end)` offsets of each of its lines, without indentation and line break."""

FLOW = "mdx_flow"
"""The token of tags and expressions that stand alone on their lines, and the rule that finds them."""

ESM = "mdx_esm"
"""The token of imports and exports, and the rule that finds them."""

TOO_DEEP = "too_deep"
"""Key in the environment: the first line (from 0) that lies deeper than `MAX_NESTING`."""

LABELS = "labels"
"""Key in the environment: the link labels that were found without the parser, as the page writes them."""


def content_of(token: "Token", text: str) -> str:
    """The text of an inline token of `text`; a paragraph's tells only where its lines are, and so does that of a setext heading."""
    lines: list[tuple[int, int]] = token.meta.get(LINES, [])
    return token.content or "\n".join(text[start:end] for start, end in lines)
