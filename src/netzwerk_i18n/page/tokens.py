"""What the block parser notes in its tokens and its environment, for those who read them without the parser."""

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
