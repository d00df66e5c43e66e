"""Regions of a page that another program reads: shortcodes, macros, template tags, comments and display math.

They are found by their delimiters alone, before Markdown is looked at, because that is what Hugo and its kin do.
A delimiter that is never closed opens nothing. Time is linear: the search for an end looks at a bounded window.
"""

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

WINDOW = 5_000
"""The greatest length of one region, in characters."""

OPENERS = ("{{", "{%", "{/*", "%%", "$$", "\\[", "\\begin{")
"""Where none of these is there is no region."""

_OPENER = re.compile(
    r"""\{\{(?!\{) | \{% | \{/\* | %%(?=[^%\n]*$)
      | ^(?P<marks>(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*+)
        (?P<math>\$\$ | \\\[(?=[ \t]*$)
          | \\begin\{(?:(?:align|alignat|eqnarray|equation|flalign|gather|multline)\*?|displaymath|math)\}
        )""",
    re.MULTILINE | re.VERBOSE,
)
"""What may begin a region. MathJax and KaTeX read the environments of formulas without any marks around them."""


_MDX_COMMENT = re.compile(r"\{/\*(?:[^*{\n]|\*(?!/\})|\{(?!/\*))*+\*/\}")
_MDX_COMMENT_LINES = re.compile(r"\{/\*(?:[^*{]|\*(?!/\})|\{(?!/\*))*+\*/\}[ \t]*$", re.MULTILINE)

_OBSIDIAN_COMMENT = re.compile(r"%%[ \t]*$(?:\n(?![ \t>]*%%)[^\n]*)*\n[ \t>]*%%[ \t]*$", re.MULTILINE)
_OBSIDIAN_COMMENT_LINES = re.compile(
    r"%%[^%\n]*[^%\s][^%\n]*\n(?:(?![ \t>]*\n)[^%\n]*\n)*[^%\n]*%%[ \t]*$", re.MULTILINE
)
"""A comment between two lines of `%%` alone, or one that is a paragraph."""

_MATH_ENDS = {
    "$$": re.compile(r"(?P<end>\$\$)"),
    # Elsewhere a backslash before a bracket means that it is one.
    "\\[": re.compile(r"(?<!\\)(?:\\\\)*+(?P<end>\\\])[ \t]*$|^[ \t>]*\\\[[ \t]*$", re.MULTILINE),
}
_BLANK_LINE = re.compile(r"\n[ \t>]*\n")
_FENCE_LINE = re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)
_NAME = re.compile(r"\s*(/?)\s*([A-Za-z_][\w./-]*)")
_TAG_STEP = re.compile(r'"|`|[>%]\}\}|\{\{[<%]')
_MACRO = re.compile(r"\{\{(?!\{)(?:[^{}\n]|\{[^{}\n]*\}|\n(?![ \t]*\n))*+\}\}")
_TEMPLATE_TAG = re.compile(r"\{%(?:[^%{\n]|%(?!\})|\{(?!%)|\n(?![ \t]*\n))*+%\}")
_LIQUID_BLOCK = re.compile(r"\{%-?\s*(end)?(comment|highlight)\b")
"""A tag of Jekyll's that encloses no text."""

_INCLUDE = re.compile(r"\{%-?\s*include(?:_cached|_relative)?\s+([\w./-]+)(?=\s)")
"""The tag by which Jekyll puts a file in, with parameters of its own (https://jekyllrb.com/docs/includes/)."""

_INCLUDE_PARAMETER = re.compile(
    r"""\s*(?P<key>[\w-]+)\s*=\s*
        (?:"(?P<double>[^"\\]*+(?:\\.[^"\\]*+)*+)"|'(?P<single>[^'\\]*+(?:\\.[^'\\]*+)*+)'|(?P<bare>[\w.-]+))(?=\s|$)""",
    re.VERBOSE | re.DOTALL,
)

_CALL = re.compile(
    r"""\{[{%]\s*(?P<name>[A-Za-z_]\w*)\s*\((?P<arguments>\s*+(?:[A-Za-z_]\w*\s*+=\s*+
        (?:"[^"\\]*+"|'[^'\\]*+'|`[^`]*+`|\[[^\[\]]*+\]|[\w.-]++)\s*+(?:,\s*+|(?=\))))*+)\)\s*[%}]\}""",
    re.VERBOSE,
)
"""A shortcode of Zola (https://www.getzola.org/documentation/content/shortcodes/), or a macro of Jinja's kin."""

_CALL_END = re.compile(r"\{%\s*end\s*%\}")
_CALL_PARAMETER = re.compile(
    r"""[\s,]*(?P<key>[A-Za-z_]\w*)\s*=\s*
        (?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|`(?P<raw>[^`]*+)`|(?P<bare>\[[^\[\]]*+\]|[\w.-]+))""",
    re.VERBOSE,
)

CALL_QUOTES = ('("', "('", "(`")
"""How the quotes of a call's parameters are told from others: nothing is escaped in them."""

INCLUDE_QUOTES = ('%"', "%'")
"""How the quotes of an included file's parameters are told from those of a shortcode's: other rules hold in them."""

_PARAMETER = re.compile(
    r"""\s*(?:(?P<key>[A-Za-z_][\w-]*)\s*=\s*)?
        (?:"(?P<quoted>(?:[^"]|(?<=\\)")*+)"|`(?P<raw>[^`]*)`|(?P<bare>[^\s"`=]+))""",
    re.VERBOSE | re.DOTALL,
)


class Region(NamedTuple):
    """One region, from its opening delimiter to behind its closing one (offsets in the text that was scanned).

    Attributes:
        kind: "shortcode", "macro", "template", "comment" (of MDX or Obsidian) or "math".
        name: the name of the shortcode, of what is called with parameters in brackets, of a template tag that encloses
            no text, or of the file that Jekyll includes; else "".
        role: of a tag with a name: "open", "close" or "single" (`{{< x />}}`); else "single".
        body: where the parameters of a shortcode, a call or an included file begin and end.
    """

    start: int
    end: int
    kind: str
    name: str = ""
    role: str = "single"
    body: tuple[int, int] = (0, 0)


class Parameter(NamedTuple):
    """A parameter of a shortcode or an included file: `start` and `end` enclose the value without its quotes.

    `key` is its name, or its position counted from 0; `quote` is `"`, a backtick, or empty for a bare word. Those of an
    included file are :data:`INCLUDE_QUOTES`, and its bare words are variables; those of a call are :data:`CALL_QUOTES`.
    """

    key: str | int
    start: int
    end: int
    quote: str


def find_regions(text: str) -> list[Region]:
    """All regions of `text`, in order; they do not overlap."""
    if not any(mark in text for mark in OPENERS):
        return []
    regions: list[Region] = []
    position = 0
    while opener := _OPENER.search(text, position):
        region = _region_at(text, opener)
        if region is None:
            position = opener.end()
        else:
            regions.append(region)
            position = region.end
    return _with_ends_of_calls(regions) if "{%" in text else regions


def _with_ends_of_calls(regions: list[Region]) -> list[Region]:
    """The regions with the calls that enclose a text told from those that do not: the next `{% end %}` closes one."""
    last = -1
    for index, region in enumerate(regions):
        if region.kind != "template":
            continue
        if region.role == "call":
            if last >= 0:
                regions[last] = regions[last]._replace(role="single")
            last = index
        elif region.role == "end":
            if last >= 0:
                regions[last] = regions[last]._replace(role="open")
            name, role = (regions[last].name, "close") if last >= 0 else ("", "single")
            regions[index] = region._replace(name=name, role=role)
            last = -1
    if last >= 0:
        regions[last] = regions[last]._replace(role="single")
    return regions


def outside_shortcodes(text: str, change: Callable[[str], str]) -> str:
    """`text` with each stretch changed that stands in no shortcode's tag, which is Hugo's to read.

    >>> outside_shortcodes('eins {{< x "zwei" >}}', str.upper)
    'EINS {{< x "zwei" >}}'
    """
    parts: list[str] = []
    position = 0
    for region in find_regions(text) if "{{" in text else ():
        if region.kind == "shortcode":
            parts += (change(text[position : region.start]), text[region.start : region.end])
            position = region.end
    return "".join([*parts, change(text[position:])])


def find_parameters(text: str, region: Region) -> Iterator[Parameter]:
    """The parameters of a shortcode's tag, a call or an included file, in order."""
    position, end = region.body
    if region.kind != "shortcode":
        is_call = text.startswith(")", end)
        pattern, marks = (_CALL_PARAMETER, CALL_QUOTES) if is_call else (_INCLUDE_PARAMETER, INCLUDE_QUOTES)
        quotes = dict(zip(("double", "single", "raw"), marks, strict=False))
        while match := pattern.match(text, position, end):
            position = match.end()
            group = match.lastgroup or "bare"
            yield Parameter(match["key"], match.start(group), match.end(group), quotes.get(group, ""))
        return
    count = 0
    while (match := _PARAMETER.match(text, position, end)) and match.end() > position:
        position = match.end()
        group = match.lastgroup or "bare"
        key: str | int = match["key"] or count
        count += 1
        yield Parameter(key, match.start(group), match.end(group), {"quoted": '"', "raw": "`"}.get(group, ""))


def inner_ranges(regions: list[Region], wanted: Callable[[Region], bool]) -> list[tuple[int, int]]:
    """The ranges between the tags of those pairs whose opening tag is wanted, outermost pairs only."""
    closes: dict[str, list[int]] = {}
    for region in regions:
        if region.role == "close":
            closes.setdefault(region.name, []).append(region.start)
    ranges: list[tuple[int, int]] = []
    position = 0
    for region in regions:
        if region.role != "open" or region.start < position or not wanted(region):
            continue
        ends = closes.get(region.name, [])
        index = bisect(ends, region.end)
        if index < len(ends):
            position = ends[index]
            ranges.append((region.end, position))
    return ranges


def pairs(regions: list[Region]) -> list[tuple[Region, Region]]:
    """The opening and the closing tag of each shortcode that has both, in the order of the closing ones."""
    open_tags: dict[str, list[Region]] = {}
    found: list[tuple[Region, Region]] = []
    for region in regions:
        if region.role == "open":
            open_tags.setdefault(region.name, []).append(region)
        elif region.role == "close" and open_tags.get(region.name):
            found.append((open_tags[region.name].pop(), region))
    return found


def paired_tags(regions: list[Region]) -> list[Region]:
    """The tags of shortcodes that are opened and closed, in order."""
    return sorted(chain.from_iterable(pairs(regions)), key=lambda region: region.start)


def _region_at(text: str, opener: re.Match[str]) -> Region | None:
    start = opener.start()
    if opener["math"]:
        return _math(text, opener)
    if text.startswith(("{{<", "{{%"), start) and (shortcode := _shortcode(text, start)):
        return shortcode
    if text.startswith("{/*", start):
        return _mdx_comment(text, start)
    if text.startswith("%%", start):
        return _obsidian_comment(text, start)
    if not text.startswith("{%", start):
        match = _MACRO.match(text, start, start + WINDOW)
        if match is None:
            return None
        call = _CALL.fullmatch(match[0])
        if call is None:
            return Region(start, match.end(), "macro")
        begin, end = call.span("arguments")
        return Region(start, match.end(), "macro", call["name"], "single", (start + begin, start + end))
    match = _TEMPLATE_TAG.match(text, start, start + WINDOW)
    if match is None:
        return None
    if call := _CALL.fullmatch(match[0]):
        begin, end = call.span("arguments")
        return Region(start, match.end(), "template", call["name"], "call", (start + begin, start + end))
    if _CALL_END.fullmatch(match[0]):
        return Region(start, match.end(), "template", "", "end")
    include = _INCLUDE.match(text, start, match.end())
    if include:
        closing = match.end() - (3 if text[match.end() - 3] == "-" else 2)
        return Region(start, match.end(), "template", include[1], "single", (include.end(), closing))
    block = _LIQUID_BLOCK.match(text, start, match.end())
    name, role = (block[2], "close" if block[1] else "open") if block else ("", "single")
    return Region(start, match.end(), "template", name, role)


def _shortcode(text: str, start: int) -> Region | None:
    name = _NAME.match(text, start + 3)
    if name is None:
        return None
    position = name.end()
    limit = min(len(text), start + WINDOW)
    close = text[start + 2].replace("<", ">") + "}}"
    while step := _TAG_STEP.search(text, position, limit):
        token = step[0]
        if token in ('"', "`"):
            end = _closing_quote(text, step.end(), limit, token)
            position = end + 1 if end >= 0 else step.end()
        elif token == close:
            body_end = step.start()
            single = text[body_end - 1] == "/" and body_end > name.end()
            role = "close" if name[1] else "single" if single else "open"
            body = (name.end(), body_end - 1 if single else body_end)
            return Region(start, step.end(), "shortcode", name[2], role, body)
        elif token.startswith("{{"):
            return None
        else:
            position = step.end()
    return None


def _closing_quote(text: str, position: int, limit: int, quote: str) -> int:
    """Where the next quote stands that ends a value: no mark behind a backslash does, be there one or two of them."""
    end = text.find(quote, position, limit)
    while quote == '"' and end > position and text[end - 1] == "\\":
        end = text.find(quote, end + 1, limit)
    return end


def _mdx_comment(text: str, start: int) -> Region | None:
    """A comment of MDX: on one line, or on several that hold nothing else, and where no code begins or ends."""
    match = _MDX_COMMENT.match(text, start, start + WINDOW)
    if match is None and not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t"):
        match = _MDX_COMMENT_LINES.match(text, start, start + WINDOW)
        if match and _FENCE_LINE.search(text, match.start(), match.end()):
            return None
    return Region(start, start + len(match[0].rstrip(" \t")), "comment") if match else None


def _obsidian_comment(text: str, start: int) -> Region | None:
    """A comment of Obsidian's on several lines that hold nothing else, and where no code begins or ends."""
    if text[text.rfind("\n", 0, start) + 1 : start].strip(" \t>"):
        return None
    match = _OBSIDIAN_COMMENT.match(text, start, start + WINDOW)
    match = match or _OBSIDIAN_COMMENT_LINES.match(text, start, start + WINDOW)
    if match is None or _FENCE_LINE.search(text, match.start(), match.end()):
        return None
    return Region(start, start + len(match[0].rstrip(" \t")), "comment")


def _math(text: str, opener: re.Match[str]) -> Region | None:
    """Display math up to its closing mark, which ends a line of the same container; no code begins or ends in it.

    Blank lines may stand in it only if both marks stand alone on their lines.
    """
    start, behind = opener.span("math")
    end_mark = _MATH_ENDS.get(opener["math"]) or _end_of_environment(opener["math"])
    match = end_mark.search(text, behind, start + WINDOW)
    if match is None or match["end"] is None:
        return None
    end = match.end("end")
    first, *lines = text[behind : _line_end(text, end)].split("\n")
    if text[end : _line_end(text, end)].strip() or _FENCE_LINE.search(text, behind, end):
        return None
    has_blank_lines = _BLANK_LINE.search(text, behind, end) is not None
    if has_blank_lines and (first.strip() or lines[-1].strip(" \t>") != match["end"]):
        return None
    marks = opener["marks"]
    if marks.strip() if has_blank_lines else marks.strip(" \t>"):
        within = re.sub(r"[^ \t>]", " ", marks)
        if not all(line.startswith(within) for line in lines if line.strip(" \t>")):
            return None
    return Region(start, end, "math")


@cache
def _end_of_environment(begin: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<end>{re.escape(begin.replace('begin', 'end', 1))})[ \t]*$", re.MULTILINE)


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return end if end >= 0 else len(text)
