"""What MDX cannot read in a text, and so does not build the site: a `<` that is no tag's, and tags that cross emphasis."""

import re
from typing import TYPE_CHECKING

from netzwerk_i18n.page.blocks import markdown
from netzwerk_i18n.page.mdx_text import stray_bracket

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAG = re.compile(r"<(?P<closes>/?)(?P<name>[^\s/>]*)")


def find_jsx_problem(text: str) -> str:
    """What is wrong with a text for MDX, one sentence without its full stop; empty if nothing is.

    >>> find_jsx_problem("We <3 this")
    'holds a < that begins a tag to MDX; write &lt;'
    >>> find_jsx_problem("**All <Tip>of** it</Tip>")
    'holds the element Tip that begins in what is strong and ends elsewhere; pair its tags there'
    """
    if "<" not in text:
        return ""
    if stray_bracket(text) is not None:
        return "holds a < that begins a tag to MDX; write &lt;"
    parser = markdown()
    tokens: list[Token] = []
    parser.inline.parse(text.replace("\0", "\ufffd"), parser, {}, tokens)
    opened: list[str] = []
    for token in tokens:
        tag = _TAG.match(token.content) if token.type == "html_inline" else None
        if tag is None:
            if token.nesting > 0:
                opened.append(f"{token.type.removesuffix('_open')}")
            elif token.nesting < 0:
                last = opened.pop() if opened else ""
                if last.startswith("<"):
                    return _crossing(last, token.type.removesuffix("_close"))
        elif tag["closes"]:
            last = opened.pop() if opened else ""
            if last and not last.startswith("<"):
                return _crossing(f"<{tag['name']}", last)
        elif not token.content.endswith("/>"):
            opened.append(f"<{tag['name']}")
    return ""


def _crossing(element: str, around: str) -> str:
    kind = {"em": "emphasized", "link": "a link"}.get(around, around)
    return f"holds the element {element[1:]} that begins in what is {kind} and ends elsewhere; pair its tags there"
