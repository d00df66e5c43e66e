"""A message's inline markup with its places: where each link, tag, code span and mark begins and ends in the text.

markdown-it-py's inline rules do the reading (CommonMark 0.31, chapter 6). What is added here: each rule notes where it
began and ended, so that a token can be cut out of the source and put back byte for byte.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from netzwerk_i18n.checks.braces import Group
from netzwerk_i18n.checks.reading import MAIL, bare_urls, hidden, unhidden
from netzwerk_i18n.checks.tags import text_places
from netzwerk_i18n.checks.warnings.placeholders import PRINTF
from netzwerk_i18n.checks.warnings.prose import MENTION, TAG
from netzwerk_i18n.page.blocks import compiled
from netzwerk_i18n.page.regions import find_regions, paired_tags

LONGEST = 50_000
"""Texts longer than this, in characters, are not read: no paragraph is, and reading takes time."""

DEEPEST = 20
"""Brackets nested deeper than this are not read, for the same reason."""

_SOFT_HYPHEN = "\u00ad"
_SPECIAL = re.compile(r"[\\`*_\[\]<>&!~@#{}$\n]|://|[wW]{3}\.|:[a-z0-9_+\-]{2,40}:|%[(\dsdf]")
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_USED_LABEL = re.compile(r"(\[\^[^\[\]\s]*)?\]\[([^\[\]]+)\](?!\()|\[([^\[\]]+)\]\[\]")
_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_HALF_ENTITY = re.compile(r"&[A-Za-z0-9#]+\Z")
_ENTITY_REST = re.compile(r"(?:#[xX]?[0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
ATTRIBUTES = re.compile(r"\{:?[ \t]*(?:[.#][\w:-]|[\w-]+=)[^{}\n]*\}")
_DELIMITER = re.compile(r"\{\{[<%]?|[>%]?\}\}|\{%|%\}|\{#|#\}")
_MATH = re.compile(
    r"""\$\$[^$]{1,2000}\$\$
      | (?<![\w$\\])\$(?=[^\s$])(?=[^$\n]{0,200}?[\\^_={}+<>]|[^$\n]{1,3}\$)[^$\n]{1,200}(?<=[^\s$])\$(?![\w$])
      | \\\\\(.{1,500}?\\\\\) | \\\\\[.{1,500}?\\\\\]""",
    re.VERBOSE | re.DOTALL,
)
_BRACED = re.compile(r"(?P<command>\\[A-Za-z]+)?\{(?P<body>(?:[^{}\n\\]|\{[^{}\n\\]*\})*)\}")
_EMOJI = re.compile(r"(?<![\w:]):[a-z0-9_+\-]{2,40}:(?![\w:])")
_TASK = re.compile(r"\[[ xX]\](?=[ \t])")


class UnreadableError(Exception):
    """A text that is too long or nested too deep to be read."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of markup, or of something that is no text.

    Attributes:
        role: "open", "close" or "solo".
        start: where it begins in the text.
        end: where it ends.
        kind: what it is: `em`, `strong`, `s`, `link`, `image`, `code`, `html`, `shortcode`, `url`, `footnote` ...
        value: what makes it the same as another one: a link's target, a tag without the texts in it.
        partner: for an opening and a closing mark, the position of the other one in the tuple of marks.
        label: on the closing mark of a link that is its own label (`[text]`, `[text][]`): that label; else None.
        inner: where an image's alternative text stands.
        name: of a tag or a shortcode its name, by which its partner is found.
    """

    role: str
    start: int
    end: int
    kind: str
    value: str = ""
    partner: int = -1
    label: str | None = None
    inner: tuple[int, int] = (0, 0)
    name: str = ""


@dataclass(frozen=True, slots=True)
class Char:
    r"""A character that is written otherwise than it is read: `\*`, `&amp;`.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        text: the character.
    """

    start: int
    end: int
    text: str


def _start_of(char: Char) -> int:
    return char.start


@dataclass(frozen=True, slots=True)
class Inline:
    """A text read as inline markup.

    Attributes:
        text: the text.
        marks: its markup, in order.
        chars: its escaped characters and entities outside of the marks, in order.
    """

    text: str
    marks: tuple[Mark, ...]
    chars: tuple[Char, ...]

    def chars_within(self, start: int, end: int) -> tuple[Char, ...]:
        """Those of `chars` that begin in a part of the text."""
        first = bisect_left(self.chars, start, key=_start_of)
        return self.chars[first : bisect_left(self.chars, end, key=_start_of)]

    def signature(self) -> Counter[tuple[str, str, str]]:
        """What a translation must have as well: each mark that opens or stands alone, by role, kind and value."""
        return Counter((mark.role, mark.kind, mark.value) for mark in self.marks if mark.role != "close")


FORMS_OF_MARKDOWN = frozenset({"markdown", "cell"})
"""The forms of segments that a Markdown parser reads."""


def is_plain(text: str) -> bool:
    """Whether there can be no markup in `text` at all: a quick test, for most texts hold none."""
    return _SPECIAL.search(text) is None


def used_labels(*texts: str) -> frozenset[str]:
    """What the texts use as labels of links, normalized: `[text][label]` is a link, wherever it is defined."""
    labels: set[str] = set()
    for text in texts:
        if "][" not in text:
            continue
        for footnote, named, own in _USED_LABEL.findall(text):
            label = named or own
            if not footnote and not label.startswith("^"):
                labels.add(normalizeReference(label))
    return frozenset(labels)


@lru_cache(maxsize=256)
def read_inline(text: str, form: str = "markdown", labels: frozenset[str] = frozenset()) -> Inline:
    """Read a text.

    Args:
        text: inline Markdown, or what the form says.
        form: the segment's form.
        labels: the normalized labels that are links.

    Raises:
        UnreadableError: if it is too long, or its brackets are nested too deep.
    """
    if is_plain(text):
        return Inline(text, (), ())
    if len(text) > LONGEST:
        raise UnreadableError("the text is too long to be read")
    if _is_deep(text):
        raise UnreadableError("the text nests brackets too deep to be read")
    marks: list[Mark] = []
    chars: list[Char] = []
    covered = hidden(text)
    for token, start, end in _tokens(covered, form, labels):
        _read_token(token, start, end, text, marks, chars)
    marks.sort(key=lambda mark: (mark.start, mark.end))
    marks += _shortcodes(text, marks)
    marks += _in_text(text, marks, chars)
    marks.sort(key=lambda mark: (mark.start, mark.end))
    return Inline(text, tuple(_paired(marks, text)), tuple(_outside(chars, marks)))


def visible(inline: Inline, start: int, end: int) -> str:
    """What a part of the text reads as, escapes and entities resolved; there must be no mark in it."""
    if not inline.chars:
        return inline.text[start:end]
    parts: list[str] = []
    position = start
    for char in inline.chars_within(start, end):
        parts += (inline.text[position : char.start], char.text.replace(_SOFT_HYPHEN, ""))
        position = char.end
    parts.append(inline.text[position:end])
    return "".join(parts)


# --- Markdown's own tokens -----------------------------------------------------------------------------------

_Rule = Callable[[StateInline, bool], bool]
_SPAN = "span"
_LABEL_END = "label_end"
_DELIMITERS = frozenset({"emphasis", "strikethrough"})


@cache
def _parser(form: str) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 100})
    rules = [
        "text",
        "newline",
        "backticks",
        "strikethrough",
        "emphasis",
        "link",
        "image",
        "autolink",
        "html_inline",
    ]
    if form in FORMS_OF_MARKDOWN:
        rules += ["escape", "entity"]
    elif form == "html":
        rules = ["text", "newline", "html_inline", "entity"]
    elif form == "title":
        rules += ["escape"]
    parser.inline.ruler.enableOnly(rules)
    parser.inline.ruler2.enable(["strikethrough", "emphasis", "balance_pairs", "fragments_join"])
    setattr(parser, "validateLink", lambda url: True)  # noqa: ARG005, B010 - a method is replaced
    setattr(parser, "normalizeLink", lambda url: url)  # noqa: B010
    for rule in parser.inline.ruler.__rules__:
        if rule.name != "text":
            rule.fn = _noting(rule.name, rule.fn)
    parser.inline.ruler.__cache__ = None
    return compiled(parser)


def _noting(name: str, rule: _Rule) -> _Rule:
    """The rule, which notes in each of its tokens where it stands."""

    def noting(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        if silent:
            return rule(state, True)
        start, first = state.pos, len(state.tokens) + bool(state.pending)
        if not rule(state, False):
            return False
        if (
            name == "newline" and len(state.tokens) < first
        ):  # the blanks before the break were all that was pending
            first = len(state.tokens)
        tokens = state.tokens[first:] if name != "newline" else state.tokens[-1:]
        if name in _DELIMITERS:
            position = start
            for token in tokens:
                token.meta[_SPAN] = (position, position + len(token.content))
                position += len(token.content)
        elif name == "link":
            end = state.md.helpers.parseLinkLabel(state, start, True)
            tokens[0].meta[_SPAN] = (start, start + 1)
            tokens[-1].meta[_SPAN] = (end, state.pos)
        elif name == "image":
            tokens[0].meta[_SPAN] = (start, state.pos)
            tokens[0].meta[_LABEL_END] = state.md.helpers.parseLinkLabel(state, start + 1, False)
        else:
            for token in tokens:
                token.meta[_SPAN] = (start, state.pos)
        return True

    return noting


def _tokens(text: str, form: str, labels: frozenset[str]) -> Iterator[tuple[Token, int, int]]:
    parser = _parser(form)
    references = {label: {"href": f"[{label}]", "title": ""} for label in labels}
    found: list[Token] = []
    parser.inline.parse(text.replace("\0", "\ufffd"), parser, {"references": references}, found)
    for token in found:
        if token.type == "text" or _SPAN not in token.meta:
            continue
        start, end = token.meta[_SPAN]
        if token.type == "strong_open":
            start -= 1
        elif token.type == "strong_close":
            end += 1
        yield token, start, end


def _read_token(token: Token, start: int, end: int, text: str, marks: list[Mark], chars: list[Char]) -> None:
    kind = token.type
    if kind == "text_special":
        content = unhidden(token.content)
        chars.append(Char(start, end, content))
    elif kind in ("softbreak", "hardbreak"):
        while start > 0 and text[start - 1] == " ":
            start -= 1
        marks.append(Mark("solo", start, end, "break"))
    elif kind == "code_inline":
        marks.append(Mark("solo", start, end, "code", unhidden(token.content)))
    elif kind == "html_inline":
        name = _TAG_NAME.match(text, start)
        role = "solo"
        if name and name[2].lower() not in _VOID and not text.startswith("/>", end - 2):
            role = "loose close" if name[1] else "loose open"
        value = _without_texts(text[start:end])
        marks.append(Mark(role, start, end, "html", value, name=name[2].lower() if name else ""))
    elif kind == "image":
        title = "+" if token.attrs.get("title") else ""
        inner = (start + 2, token.meta[_LABEL_END])
        target = unhidden(str(token.attrs.get("src", "")))
        marks.append(Mark("solo", start, end, "image", target + title, inner=inner))
    elif kind == "link_open" and token.markup == "autolink":
        marks.append(Mark("solo", start, end, "autolink", unhidden(str(token.attrs.get("href", "")))))
    elif kind == "link_open":
        title = "+" if token.attrs.get("title") else ""
        marks.append(Mark("open", start, end, "link", unhidden(str(token.attrs.get("href", ""))) + title))
    elif kind == "link_close":
        if token.markup != "autolink":
            marks.append(Mark("close", start, end, "link"))  # `_paired` adds the label
    elif kind.endswith("_open"):
        marks.append(Mark("open", start, end, kind.removesuffix("_open")))
    elif kind.endswith("_close"):
        marks.append(Mark("close", start, end, kind.removesuffix("_close")))


def _without_texts(tag: str) -> str:
    for start, end, quote in reversed(list(text_places(tag))):
        tag = tag[:start] + ('""' if not quote else "") + tag[end:]
    return tag


# --- What Markdown does not know -----------------------------------------------------------------------------


def _shortcodes(text: str, marks: list[Mark]) -> Iterator[Mark]:
    """Shortcodes, macros and template tags outside of other marks."""
    regions = find_regions(text)
    if not regions:
        return
    pairs = {region.start for region in paired_tags(regions)}
    inside = _inside(marks, len(text))
    for region in regions:
        if inside[region.start]:
            continue
        role = "solo"
        if region.start in pairs:
            role = "loose open" if region.role == "open" else "loose close"
        yield Mark(
            role,
            region.start,
            region.end,
            region.kind,
            text[region.start : region.end],
            name=f"{{{region.name}",
        )


def _in_text(text: str, marks: list[Mark], chars: list[Char]) -> list[Mark]:
    """What stands in the text between the marks and is no text: addresses, hashtags, footnotes, formulas ..."""
    found: list[Mark] = []
    marks.sort(key=lambda mark: (mark.start, mark.end))
    position = 0
    special = {char.start: char for char in chars}
    for mark in [*marks, Mark("solo", len(text), len(text), "end")]:
        if position < mark.start:
            found += _in_run(text, position, mark.start, special)
        position = max(position, mark.end)
    return found


def _in_run(text: str, start: int, end: int, special: dict[int, Char]) -> Iterator[Mark]:
    run = text[start:end]
    taken = bytearray(len(run))

    def take(first: int, behind: int, kind: str) -> Iterator[Mark]:
        if first < behind and not any(taken[first:behind]):
            taken[first:behind] = b"\1" * (behind - first)
            yield Mark("solo", start + first, start + behind, kind, run[first:behind])

    for signs, pattern, kind in _BEFORE_ADDRESSES:
        if signs in run:
            for match in pattern.finditer(run):
                yield from take(*match.span(), kind)
    if "://" in run or "www." in run.lower():
        position = 0
        # One by one: what follows an address without a blank may be another one.
        while (url := next(bare_urls(run[position:]), None)) is not None and not url.startswith("mailto:"):
            first = run.index(url, position)
            position = first + len(url)
            cut = taken.find(1, first, position)
            end = position if cut < 0 else cut
            if run.startswith(";", end) and (entity := _HALF_ENTITY.search(run[first:end])):
                end = first + entity.start()  # as in GFM, section 6.9
            yield from take(first, end, "url")
    if start == 0 and (task := _TASK.match(run)):
        yield from take(*task.span(), "task")
    for signs, pattern, kind in _PATTERNS:
        if signs in run:
            for match in pattern.finditer(run):
                first, behind = match.span()
                escape = special.get(start + first - 1) if first else None
                is_escaped = escape is not None and escape.end > start + first
                yield from take(first - is_escaped, behind, kind)
    if "{" in run:
        for match in _BRACED.finditer(run):
            if not Group(match["command"] or "", match["body"]).holds_words():
                yield from take(match.start("body") - 1, match.end(), "placeholder")
    if "&" in run:
        for match in _ENTITY.finditer(run):
            char = special.get(start + match.start())
            if char is None or not _may_stand(char, text):
                yield from take(*match.span(), "entity")
    if run.endswith("\\") and _is_bare_backslash(start + len(run) - 1, special):
        yield from take(len(run) - 1, len(run), "backslash")


_BEFORE_ADDRESSES: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("{", ATTRIBUTES, "attributes"),
    ("{", _DELIMITER, "delimiter"),
    ("}}", _DELIMITER, "delimiter"),
    ("%}", _DELIMITER, "delimiter"),
    ("#}", _DELIMITER, "delimiter"),
)
_PATTERNS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("[^", _FOOTNOTE, "footnote"),
    ("$", _MATH, "math"),
    ("%", PRINTF, "placeholder"),
    ("\\\\", _MATH, "math"),
    ("@", MAIL, "mail"),
    ("@", MENTION, "mention"),
    ("#", TAG, "hashtag"),
    (":", _EMOJI, "emoji"),
)


def _may_stand(char: Char, text: str) -> bool:
    """Whether an entity's character can be sent as itself and found again.

    Control and invisible characters cannot, and neither can an ampersand that would make another entity.
    """
    if char.text == "&" and _ENTITY_REST.match(text, char.end):
        return False
    if char.text == "\ufffd":
        return False
    return all(sign.isprintable() or sign in "\u00a0\u00ad\u202f" for sign in char.text)


def _is_bare_backslash(position: int, special: dict[int, Char]) -> bool:
    """Whether a backslash at the end of a run escapes nothing; an engine's text may not end in one."""
    before = special.get(position - 1)
    return before is None or before.end != position + 1


# --- Order ---------------------------------------------------------------------------------------------------


def _inside(marks: Sequence[Mark], size: int) -> bytearray:
    """For each character whether it is part of a mark."""
    inside = bytearray(size + 1)
    for mark in marks:
        inside[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    return inside


def _outside(chars: list[Char], marks: Sequence[Mark]) -> Iterator[Char]:
    if not chars:
        return
    inside = _inside(marks, chars[-1].end)
    yield from (char for char in chars if not inside[char.start])


def _paired(marks: list[Mark], text: str) -> list[Mark]:
    """The marks with their partners; tags that have none, or whose pairs would overlap others, stand alone."""
    partner: dict[int, int] = {}
    contexts: list[tuple[int, list[int], Counter[str]]] = [(-1, [], Counter())]
    for number, mark in enumerate(marks):
        _, pending, names = contexts[-1]
        if mark.role == "open":
            contexts.append((number, [], Counter()))
        elif mark.role == "close" and len(contexts) > 1:
            opening = contexts.pop()[0]
            partner[opening], partner[number] = number, opening
        elif mark.role == "loose open":
            pending.append(number)
            names[mark.name] += 1
        elif mark.role == "loose close" and names[mark.name]:
            while True:
                opening = pending.pop()
                names[marks[opening].name] -= 1
                if marks[opening].name == mark.name:
                    break
            partner[opening], partner[number] = number, opening
    result = []
    for number, mark in enumerate(marks):
        other = partner.get(number, -1)
        if mark.role == "solo":
            result.append(mark)
            continue
        role = "solo" if other < 0 else "open" if other > number else "close"
        label = None
        if mark.kind == "link" and role == "close" and text[mark.start : mark.end] in ("]", "][]"):
            label = text[marks[other].end : mark.start]
        result.append(replace(mark, role=role, partner=other, label=label))
    return result


def _is_deep(text: str) -> bool:
    depth = 0
    if text.count("[") <= DEEPEST:
        return False
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            depth += 1
            if depth > DEEPEST:
                return True
        elif match[0] == "]":
            depth = max(depth - 1, 0)
    return False
