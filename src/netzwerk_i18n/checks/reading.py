"""A text read as inline Markdown: its links, code, tags and marks, for the checks that compare them.

What is read is what Hugo reads: CommonMark 0.31, chapter 6, and links that it finds in plain text (GFM, section 6.9).
Shortcodes and macros are hidden first, as Hugo hides them. Every check of one message shares one reading.
"""

import html
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from netzwerk_i18n.page.blocks import markdown
from netzwerk_i18n.page.regions import find_regions

LONGEST = 50_000
"""Texts longer than this, in characters, are not read: no paragraph is, and reading takes time."""

DEEPEST = 20
"""Brackets nested deeper than this are not read, for the same reason."""

NO_LABELS: frozenset[str] = frozenset()

_SPECIAL = re.compile(r"[\\`*_\[\]<>&!~@{}]|://|[wW]{3}\.")
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_REFERENCE = re.compile(r"\](?:\[([^\[\]]*)\])")
_COLLAPSED = re.compile(r"\[([^\[\]]+)\]\[\]")
_BARE_URL = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:https?|ftp)://|www\.)(?P<rest>[^\s<>\x01-\x08]*)", re.IGNORECASE
)
_UNLINKED = re.compile(r"(?<=[^ \n*_~(\x01A-Za-z0-9/.@=-])(?:(?:https?|ftp)://|www\.)", re.IGNORECASE)
"""A bare address behind what Goldmark does not look for one: it does at the start of a line and behind ` *_~(` alone."""
_ASCII_RUN = re.compile(r"[!-;=?-~]*")
MAIL = re.compile(r"(?<![A-Za-z0-9._%+@-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_TAG_LIKE = re.compile(r"<[A-Za-z/!?]")
_URL_ATTRIBUTE = re.compile(
    r"""[\s"'/](?:href|src|srcset|action|formaction|poster|cite|data|background|xlink:href|ping|manifest|longdesc)
        \s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.VERBOSE | re.IGNORECASE,
)
_TRAILING = ".,:;!?*_~'\"`»”’…"

_MARKS = frozenset("[]{}*_~`$\\")
"""What is no mark where a character reference stands for it."""

MARKUP, CODE, ESCAPED = "\x01", "\x02", "\x03"
"""What stands in `Reading.flat` for a piece of markup, a code span and an escaped character."""


class Reading(NamedTuple):
    """What a text says in inline Markdown.

    Attributes:
        targets: the targets of its links and images, entities and backslashes decoded; bare URLs and mail addresses,
            and what HTML tags point to, included.
        shown: URLs within the texts of links, which lead nowhere themselves.
        code: the contents of its code spans.
        tags: its inline HTML tags and comments, as written.
        stray_tags: how often a `<` that a browser would take for a tag's stands in its text.
        footnotes: its footnote marks.
        flat: its text without markup, with `MARKUP`, `CODE` and `ESCAPED` for what was there.
        images: how many of its targets are images'.
        bare: how many of its targets stand in plain text.
        unlinked: how many of these Goldmark makes no link of, for they stand close behind something.
        emphasis: how much of it is emphasized: 1 for each `*x*`, 2 for each `**x**`.
        unreadable: why it was not read, or an empty string.
    """

    targets: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    stray_tags: int = 0
    footnotes: tuple[str, ...] = ()
    flat: str = ""
    emphasis: int = 0
    images: int = 0
    bare: int = 0
    unlinked: int = 0
    unreadable: str = ""


def may_link(text: str) -> bool:
    """Whether there can be a link in `text`: a quick test, for most texts hold none."""
    return "[" in text or "<" in text or "@" in text or "://" in text or "www." in text.lower()


@lru_cache(maxsize=8)  # the locales of a page follow each other
def labels_of(page: str) -> frozenset[str]:
    r"""The labels that a page may define for links, normalized: `[label]: target` (CommonMark 0.31, section 4.7).

    >>> sorted(labels_of("[Foo]: /x\n[^1]: a footnote\n"))
    ['FOO']
    """
    if "]:" not in page:
        return NO_LABELS
    found = re.findall(r"\[((?:[^\[\]\\]|\\.){1,999})\]:", page, re.DOTALL)
    return frozenset(normalizeReference(label) for label in found if not label.startswith("^"))


def read_pair(source: str, translation: str, labels: frozenset[str]) -> tuple[Reading, Reading]:
    """Both texts of a message, with what either uses as a label of a link taken for one."""
    if "][" in source or "][" in translation:
        used = {normalizeReference(label) for text in (source, translation) for label in _used_labels(text)}
        labels |= frozenset(used)
    return read(source, labels), read(translation, labels)


@lru_cache(maxsize=1024)
def read(text: str, labels: frozenset[str] = NO_LABELS) -> Reading:
    """Read one text.

    Args:
        text: inline Markdown.
        labels: the normalized labels that are links.
    """
    if not _SPECIAL.search(text):
        return Reading(flat=text)
    if len(text) > LONGEST:
        return Reading(unreadable=f"is longer than {LONGEST:,} characters and cannot be checked")
    if _depth(text) > DEEPEST:
        return Reading(unreadable=f"nests brackets deeper than {DEEPEST} levels")
    parser = markdown()
    references = {label: {"href": f"[{label}]", "title": ""} for label in labels}
    tokens: list[Token] = []
    parser.inline.parse(hidden(text).replace("\0", "\ufffd"), parser, {"references": references}, tokens)
    return _Walk(tokens).reading()


def hidden(text: str) -> str:
    """`text` with each shortcode, macro and template tag moved out of ASCII, so that no mark in it means anything."""
    regions = find_regions(text)
    if not regions:
        return text
    parts: list[str] = []
    position = 0
    for region in regions:
        parts += (text[position : region.start], text[region.start : region.end].translate(_HIDDEN))
        position = region.end
    return "".join([*parts, text[position:]])


def unhidden(text: str) -> str:
    """What :func:`hidden` hid, as it was."""
    return text if text.isascii() else text.translate(_UNHIDDEN)


@cache
def _host_letter() -> re.Pattern[str]:
    """A letter or digit of a script with blanks between words; compiled where one is asked for, which takes milliseconds."""
    return re.compile(r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff]")


_HIDDEN = {number: 0xF0000 + number for number in range(128)}
_UNHIDDEN = {hidden: number for number, hidden in _HIDDEN.items()}


def urls_of_tag(tag: str) -> list[str]:
    """What the attributes of an HTML tag point to, entities decoded."""
    if "=" not in tag:
        return []
    return [html.unescape(next((v for v in found if v), "")) for found in _URL_ATTRIBUTE.findall(tag)]


def bare_urls(text: str) -> Iterator[str]:
    """URLs and mail addresses in plain text, mail addresses as `mailto:`; `@name@server` is no address."""
    if "://" in text or "www." in text.lower():
        position = 0
        while match := _BARE_URL.search(text, position):
            url = _trimmed(match[0], match.start("rest") - match.start())
            position = match.start() + len(url)
            yield url
    if "@" in text:
        for match in MAIL.finditer(text):
            yield "mailto:" + match[0].rstrip("-")


def _trimmed(url: str, rest: int) -> str:
    """A bare URL without the punctuation or the words behind it.

    Languages that set no spaces write on directly behind a URL; letters of an alphabet belong to it.
    """
    end = rest
    while run := _ASCII_RUN.match(url, end):
        end = run.end()
        if not _host_letter().match(url, end):
            break
        end += 1
    for mark in "\"'<>[]|":
        cut = url.find(mark, rest, end)
        end = cut if cut >= 0 else end
    surplus = url.count(")", 0, end) - url.count("(", 0, end)
    while end > rest:
        if url[end - 1] == ")" and surplus > 0:
            surplus -= 1
        elif url[end - 1] not in _TRAILING:
            break
        end -= 1
    return url[:end]


class _Walk:
    """One pass over inline tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.targets: list[str] = []
        self.code: list[str] = []
        self.tags: list[str] = []
        self.alt: list[str] = []
        self.flat: list[str] = []
        self.outside: list[str] = []
        self.within: list[str] = []
        self.emphasis = 0
        self.images = 0
        self.links = 0
        self.visit(tokens)

    def visit(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            kind = token.type
            if kind == "text":
                (self.within if self.links else self.outside).append(token.content)
                self.flat.append(token.content)
                continue
            if kind == "text_special":
                self.flat.append(
                    ESCAPED if token.info == "escape" or token.content in _MARKS else token.content
                )
            elif kind in ("softbreak", "hardbreak"):
                self.flat.append("\n")
            elif kind == "code_inline":
                self.code.append(token.content)
                self.flat.append(CODE)
            elif kind == "html_inline":
                self.tags.append(token.content)
                self.targets += urls_of_tag(token.content)
                self.flat.append(MARKUP)
            elif kind == "image":
                self.targets.append(str(token.attrs.get("src", "")))
                self.images += 1
                self.flat.append(MARKUP)
                self.visit_alt(token.children or ())
            elif kind == "link_open":
                self.targets.append(str(token.attrs.get("href", "")))
                self.links += 1
                self.flat.append(MARKUP)
            elif kind == "link_close":
                self.links -= 1
                self.flat.append(MARKUP)
                self.within.append("\n")
            else:
                self.emphasis += {"em_open": 1, "strong_open": 2}.get(kind, 0)
                self.flat.append(MARKUP)
            self.outside.append(MARKUP)

    def visit_alt(self, tokens: Sequence[Token]) -> None:
        """An image's alternative text: free but for code and footnote marks, which count, and links, which are lost."""
        for token in tokens:
            self.alt.append(token.content if token.type == "text" else MARKUP)
            if token.type == "code_inline":
                self.code.append(token.content)
            elif token.type == "image":
                self.visit_alt(token.children or ())

    def reading(self) -> Reading:
        flat = "".join(self.flat)
        outside = "".join(self.outside)
        bare = tuple(bare_urls(outside))
        shown = tuple(bare_urls("".join(self.within))) if self.within else ()
        marked = f"{flat}{MARKUP}{''.join(self.alt)}" if self.alt else flat
        footnotes = tuple(_FOOTNOTE.findall(marked)) if "[^" in marked else ()
        return Reading(
            targets=(*self.targets, *bare),
            shown=shown,
            code=tuple(self.code),
            tags=tuple(self.tags),
            stray_tags=len(_TAG_LIKE.findall(flat)),
            footnotes=footnotes,
            flat=flat,
            emphasis=self.emphasis,
            images=self.images,
            bare=len(bare),
            unlinked=len(_UNLINKED.findall(outside)) if bare else 0,
        )


def _used_labels(text: str) -> Iterator[str]:
    for label in _REFERENCE.findall(text):
        if label and not label.startswith("^"):
            yield label
    yield from _COLLAPSED.findall(text)


def _depth(text: str) -> int:
    if "[" not in text:
        return 0
    depth = deepest = 0
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            depth += 1
            deepest = max(deepest, depth)
        elif match[0] == "]":
            depth = max(depth - 1, 0)
    return deepest
