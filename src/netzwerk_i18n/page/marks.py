"""The marks of a text and where they stand in it: what of a message is markup, and what a reader reads.

A parser's tokens say what a text means, not where; here each inline rule notes where it began and ended. The syntax is
CommonMark 0.31, chapter 6, with strikethrough and bare URLs (GFM, sections 6.5 and 6.9), footnote marks, attributes, and
the shortcodes and macros that are hidden from Markdown.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from netzwerk_i18n.page.blocks import compiled
from netzwerk_i18n.page.regions import find_regions

LONGEST = 50_000
"""Texts longer than this, in characters, are not read: no paragraph is, and reading takes time."""

DEEPEST = 20
"""Brackets nested deeper than this are not read, for the same reason."""

Span = tuple[int, int]
Rule = Callable[[StateInline, bool], bool]

_PLAIN = re.compile(r"[^\\`*_\[\]<>&~@{}\n]*+")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_ATTRIBUTES = re.compile(r"(?<=[)\]`*_>}])\{:?[ \t]*(?:[.#][\w:-]|[\w-]+=)[^{}\n]*\}")
_LABEL = re.compile(r"\]\[([^\[\]]+)\]|\[([^\[\]]+)\]\[\]")
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_URL = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:https?|ftp)://|www\.)[^\s<>\[\]\"'`|]+"
    r"|(?<![\w.%+-])[\w.%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_TEXT_ATTRIBUTE = re.compile(
    r"""(?<=[\s"'])(alt|title|aria-label|placeholder)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_TEXT_PARAMETER = re.compile(
    r"""\b(caption|title|alt|text|label|description)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)"""
)
_HIDDEN = {number: 0xF0000 + number for number in range(128)}
_NAMES = {"em": "emphasis", "strong": "strong", "s": "strike"}


class Mark(NamedTuple):
    """One piece of markup.

    Attributes:
        kind: `emphasis`, `strong`, `strike`, `code`, `link`, `image` and `html` have a beginning and an end; `tag`,
            `break`, `url`, `footnote`, `region` and `attributes` stand at one place.
        start: the first character of :attr:`Marked.plain` that it embraces.
        end: the one behind the last; `start` for what stands at one place.
        opener: where its beginning stands in the text as written.
        closer: where its end stands; empty for what stands at one place.
        target: what it says besides words: a URL, a label, a tag, a shortcode.
        place: where the URL of an inline link or image stands; empty for all others.
        title: words in it that are seen or heard: the title of a link, the texts in a tag's attributes.
    """

    kind: str
    start: int
    end: int
    opener: Span
    closer: Span
    target: str = ""
    place: Span = (0, 0)
    title: str = ""

    @property
    def identity(self) -> tuple[str, str]:
        """What it is, apart from where it stands and how it is spelled."""
        return self.kind, self.target


@dataclass(frozen=True, slots=True)
class Marked:
    """A text taken apart.

    Attributes:
        raw: the text as written.
        plain: what a reader reads of it, a line break as a blank.
        starts: for each character of `plain` where it begins in `raw`.
        ends: for each character of `plain` where it ends in `raw`.
        marks: its markup, in the order of their beginnings.
    """

    raw: str
    plain: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range
    marks: tuple[Mark, ...]


class _Event(NamedTuple):
    start: int
    end: int
    kind: str
    text: str = ""
    inner: Span = (0, 0)


@lru_cache(maxsize=4096)
def read_marks(text: str) -> Marked | None:
    """The marks of a text; None for one that is too long or too deeply nested to be read.

    >>> [(mark.kind, mark.target) for mark in read_marks("**Ja**, [hier](/x)").marks]
    [('strong', ''), ('link', '(/x')]
    """
    if len(text) > LONGEST or _depth(text) > DEEPEST:
        return None
    if _PLAIN.fullmatch(text) and not _URL.search(text):
        return Marked(text, text, range(len(text)), range(1, len(text) + 1), ())
    builder = _Builder(text)
    for event in sorted(_events(text), key=lambda event: (event.start, -event.end)):
        builder.take(event)
    return builder.finish()


def _depth(text: str) -> int:
    depth = deepest = 0
    for match in _BRACKET.finditer(text) if "[" in text else ():
        if match[0] == "[":
            depth += 1
            deepest = max(deepest, depth)
        elif match[0] == "]":
            depth = max(depth - 1, 0)
    return deepest


def _events(text: str) -> Iterator[_Event]:
    """What stands in a text besides letters, with its place."""
    others = [
        _Event(region.start, region.end, "region", text[region.start : region.end])
        for region in find_regions(text)
    ]
    hidden = _hide(text, [(event.start, event.end) for event in others])
    for kind, pattern in (("footnote", _FOOTNOTE), ("attributes", _ATTRIBUTES)):
        found = [_Event(*match.span(), kind, match[0]) for match in pattern.finditer(hidden)]
        hidden = _hide(hidden, [(event.start, event.end) for event in found])
        others += found
    parser = _parser()
    labels = [normalizeReference(one or other) for one, other in _LABEL.findall(hidden)]
    environment = {"references": {label: {"href": label, "title": ""} for label in labels}}
    tokens: list[Token] = []
    parser.inline.parse(hidden.replace("\0", "\ufffd"), parser, environment, tokens)
    yield from others
    yield from _token_events(tokens, 0, hidden)


def _hide(text: str, spans: Sequence[Span]) -> str:
    """`text` with the spans moved out of ASCII, so that no mark in them means anything; of the same length."""
    parts: list[str] = []
    position = 0
    for start, end in spans:
        parts += (text[position:start], text[start:end].translate(_HIDDEN))
        position = end
    return "".join([*parts, text[position:]])


def _token_events(tokens: Sequence[Token], base: int, hidden: str) -> Iterator[_Event]:
    for token in tokens:
        at = token.meta.get("at") if token.meta else None
        if at is None:
            continue
        start, end = at[0] + base, at[1] + base
        name, _, role = token.type.partition("_")
        if name in _NAMES:
            size = len(token.markup)
            if role == "open":
                yield _Event(end - size, end, "open", _NAMES[name])
            elif role == "close":
                yield _Event(start, start + size, "close", _NAMES[name])
        elif token.type == "link_open":
            yield _Event(start, end, "url" if token.meta.get("auto") else "open", "link")
        elif token.type == "link_close":
            yield _Event(start, end, "close", "link")
        elif token.type == "image":
            label_end = token.meta["label_end"] + base
            yield _Event(start, start + 2, "open", "image")
            yield from _token_events(token.children or (), start + 2, hidden)
            yield _Event(label_end, end, "close", "image")
        elif token.type == "code_inline":
            size = len(token.markup)
            yield _Event(start, end, "code", token.content, (start + size, end - size))
        elif token.type == "html_inline":
            yield _Event(start, end, "html", token.content)
        elif token.type in ("softbreak", "hardbreak"):
            yield _Event(start, end, "break")
        elif token.type == "text_special":
            yield _Event(start, end, "special", token.content)


class _Builder:
    """Puts plain text and marks together from what stands in a text."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.plain: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.marks: list[Mark] = []
        self.open: list[tuple[str, int, Span, str]] = []
        self.position = 0

    def take(self, event: _Event) -> None:
        """Add one event and the letters before it; what lies in another event is part of that."""
        if event.start < self.position:
            return
        self.letters(event.start)
        self.position = event.end
        span, here = (event.start, event.end), len(self.plain)
        if event.kind == "open":
            self.open.append((event.text, here, span, ""))
        elif event.kind == "close":
            self.close(event.text, span)
        elif event.kind == "code":
            self.position = event.inner[0]
            self.literal(event.inner[1])
            self.position = event.end
            ends = (event.start, event.inner[0]), (event.inner[1], event.end)
            self.marks.append(Mark("code", here, len(self.plain), *ends, event.text))
        elif event.kind == "html":
            self.tag(event.text, span)
        elif event.kind == "break":
            self.letter(" ", *span)
            self.point("break", here, span, "")
        elif event.kind == "special":
            for character in event.text:
                self.letter(character, *span)
        elif event.kind == "url":
            self.point("url", here, span, self.raw[span[0] : span[1]].strip("<>"))
        elif event.kind == "region":
            texts = [one or other for _, one, other in _TEXT_PARAMETER.findall(event.text)]
            target = _TEXT_PARAMETER.sub(r"\1=", event.text)
            self.marks.append(
                Mark("region", here, here, span, (span[1], span[1]), target, title="\n".join(texts))
            )
        else:
            self.point(event.kind, here, span, event.text)

    def letters(self, end: int) -> None:
        for match in _URL.finditer(self.raw, self.position, end):
            self.literal(match.start())
            size = len(_trimmed(match[0]))
            here, span = len(self.plain), (match.start(), match.start() + size)
            self.point("url", here, span, self.raw[span[0] : span[1]])
            self.position = span[1]
        self.literal(end)

    def literal(self, end: int) -> None:
        if end > self.position:
            self.plain.extend(self.raw[self.position : end])
            self.starts.extend(range(self.position, end))
            self.ends.extend(range(self.position + 1, end + 1))
            self.position = end

    def letter(self, character: str, start: int, end: int) -> None:
        self.plain.append(character)
        self.starts.append(start)
        self.ends.append(end)

    def point(self, kind: str, here: int, span: Span, target: str) -> None:
        self.marks.append(Mark(kind, here, here, span, (span[1], span[1]), target))

    def close(self, name: str, span: Span) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            kind, start, opener, _ = self.open[index]
            if kind == name:
                del self.open[index]
                break
        else:
            return
        target, place, title = "", (0, 0), ""
        if name in ("link", "image"):
            target, place, title = self.destination(span)
        self.marks.append(Mark(name, start, len(self.plain), opener, span, target, place, title))

    def destination(self, span: Span) -> tuple[str, Span, str]:
        """The target of a link, where it stands, and the title, from what stands behind its text."""
        start, end = span
        if not self.raw.startswith("](", start):
            label = self.raw[start + 2 : end - 1] if end - start > 1 else ""
            return f"[{normalizeReference(label)}", (0, 0), ""
        helpers = _parser().helpers
        hidden = _hide(self.raw, [(region.start, region.end) for region in find_regions(self.raw)])
        position = start + 2
        while hidden[position] in " \t\n":
            position += 1
        found = helpers.parseLinkDestination(hidden, position, end)
        place = (position, found.pos if found.ok else position)
        title = hidden[place[1] : end - 1].strip(" \t\n")
        target = html.unescape(self.raw[place[0] : place[1]].strip("<>"))
        return f"({target}", place, title[1:-1]

    def tag(self, text: str, span: Span) -> None:
        match = _TAG.match(text)
        here, name = len(self.plain), match[2].lower() if match else ""
        target = _TEXT_ATTRIBUTE.sub(r"\1=", text)
        title = "\n".join(one or other for _, one, other in _TEXT_ATTRIBUTE.findall(text))
        if name == "br" and not title:
            self.letter(" ", *span)
        if match and match[1]:
            for index in range(len(self.marks) - 1, -1, -1):
                opening = self.marks[index]
                if opening.kind == "tag" and _name_of(opening.target) == name:
                    self.marks[index] = opening._replace(kind="html", end=here, closer=span)
                    return
        self.marks.append(Mark("tag", here, here, span, (span[1], span[1]), target, title=title))

    def finish(self) -> Marked:
        self.letters(len(self.raw))
        marks = sorted(self.marks, key=lambda mark: (mark.opener, mark.closer))
        return Marked(self.raw, "".join(self.plain), tuple(self.starts), tuple(self.ends), tuple(marks))


def _name_of(tag: str) -> str:
    match = _TAG.match(tag)
    return match[2].lower() if match and not match[1] and not tag.endswith("/>") else ""


def _trimmed(url: str) -> str:
    """A bare URL without the punctuation behind it."""
    while url:
        if url[-1] == ")" and url.count(")") <= url.count("("):
            break
        if url[-1] not in ".,:;!?*_~)»”’…":
            break
        url = url[:-1]
    return url


# The parser that notes places


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("strikethrough")
    # A link is one whatever its target: this parser reads text, it publishes nothing.
    setattr(parser, "validateLink", lambda url: True)  # noqa: ARG005, B010 - a method is replaced
    setattr(parser, "normalizeLink", lambda url: url)  # noqa: B010
    ruler = parser.inline.ruler
    for rule in list(ruler.__rules__):
        ruler.at(rule.name, _noting(rule.name, rule.fn))
    return compiled(parser)


def _noting(name: str, rule: Rule) -> Rule:
    def noted(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent and len(state.tokens) > before:
            _note(name, state, start, before)
        return True

    return noted


def _note(name: str, state: StateInline, start: int, before: int) -> None:
    """Write into the new tokens where they stand; what was pending before them is text and needs no place."""
    new, end = state.tokens[before:], state.pos
    last = new[-1]
    if name in ("emphasis", "strikethrough"):
        for token in reversed(new):
            if end <= start:
                break
            token.meta["at"] = (end - len(token.content), end)
            end -= len(token.content)
    elif name == "link":
        opening = next(t for t in new if t.type == "link_open" and "at" not in t.meta)
        label_end = state.md.helpers.parseLinkLabel(state, start, True)
        opening.meta["at"] = (start, start + 1)
        last.meta["at"] = (label_end, end)
    elif name == "image":
        label_end = state.md.helpers.parseLinkLabel(state, start + 1, False)
        last.meta |= {"at": (start, end), "label_end": label_end}
    elif name == "autolink":
        new[-3].meta |= {"at": (start, end), "auto": True}
    elif last.type != "text":
        last.meta["at"] = (start, end)
