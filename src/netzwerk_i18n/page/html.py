"""Raw HTML: which of its texts and attributes a reader sees, and how an attribute's value is written.

The tokenizer follows the HTML standard's (chapter 13.2.5) as far as borders of tags, attributes and comments go, so
that what it takes for text is what a browser shows. It never fails, and it takes linear time on any input.
"""

import html as html_entities
import re
from collections import Counter
from collections.abc import Collection, Iterator
from enum import Enum
from functools import lru_cache
from typing import Literal, NamedTuple


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


ATTRIBUTES = frozenset(
    [
        "alt",
        "title",
        "placeholder",
        "aria-label",
        "aria-description",
        "aria-placeholder",
        "aria-roledescription",
        "aria-valuetext",
        "track.label",
        "option.label",
        "optgroup.label",
        "input.value",
        "meta.content",
    ]
)
"""Attributes that hold text: on any element, or (``element.attribute``) on one. The value of an input counts only
where it is a button's label, the content of a meta element only where it describes the page."""

COMPONENT_ATTRIBUTES = frozenset(["caption", "description", "label", "text"])
"""What holds text besides on a component of MDX or Vue, `<LinkCard description="…">`."""

_COMPONENT = re.compile(r"</?[A-Z][A-Za-z0-9]*[a-z]")

INLINE = _names(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img input ins kbd label mark math nobr output"
    " picture q rb rp rt rtc ruby s samp small source span strike strong sub sup textpath time tspan tt u var wbr"
)
"""Elements that may stand within a sentence: the standard's phrasing content (chapter 3.2.5.2.5) without controls,
embedded documents and drawings, whose text is a text of its own. All others are borders between texts."""

_VOID = _names("area base br col embed frame hr img input link meta param source track wbr")
_RAW_TEXT = _names("iframe noembed noframes plaintext script style textarea xmp")
_CODE = frozenset(["code", "pre"])
_SVG_TEXT = frozenset(["desc", "text", "title"])
_BUTTON_TYPES = frozenset(["button", "reset", "submit"])
_META_NAMES = _names(
    "description og:description og:image:alt og:title twitter:description twitter:image:alt twitter:title"
)

# Which open elements a start tag closes by itself (chapter 13.1.2.4, optional tags).
_CLOSES_PARAGRAPH = _names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hgroup hr main menu nav ol p pre search section table ul"
)
_CLOSED_BY = {
    "li": frozenset(["li", "p"]),
    "dt": frozenset(["dd", "dt", "p"]),
    "dd": frozenset(["dd", "dt", "p"]),
    "option": frozenset(["option"]),
    "optgroup": frozenset(["optgroup", "option"]),
    "td": frozenset(["p", "td", "th"]),
    "th": frozenset(["p", "td", "th"]),
    "tr": frozenset(["p", "td", "th", "tr"]),
    "tbody": frozenset(["p", "tbody", "td", "tfoot", "th", "thead", "tr"]),
    "tfoot": frozenset(["p", "tbody", "td", "tfoot", "th", "thead", "tr"]),
} | dict.fromkeys(_CLOSES_PARAGRAPH, frozenset(["p"]))

_SPACE = " \t\n\r\f"
_TAG_NAME = re.compile(r"/?([A-Za-z][^ \t\n\r\f/>]*+)")
_ATTRIBUTE_NAME = re.compile(r"[ \t\n\r\f/]*+([^ \t\n\r\f/>][^ \t\n\r\f/>=]*+)")
_EQUALS = re.compile(r"[ \t\n\r\f]*+=[ \t\n\r\f]*+")
_TAG_END = re.compile(r"[ \t\n\r\f/]*+>")
_REST_OF_LINE = re.compile(r"[ \t]*+\n")
_UNQUOTED = re.compile(r"[^ \t\n\r\f>]*+")
_MARKUP = re.compile(r"<(?:/?[A-Za-z]|[!?]|/[^A-Za-z])")
_COMMENT_END = re.compile(r"--!?>")
_EXPRESSION = re.compile(r"\{\{[^{}]*+\}\}|\{%[^%]*+%\}|\$\{[^{}]*+\}")
_WORD_CHARACTER = re.compile(r"[^\W_]")


class HtmlPiece(NamedTuple):
    """A stretch of raw HTML that a translator sees, or a comment, which may hold a directive.

    Attributes:
        kind: what it is.
        name: of an attribute the element's and its own name, such as ``img.alt``; of a text the innermost open element
            that is no inline one, or nothing.
        start: offset where it begins: a text without outer white space, a value without its quotes, a comment without
            its delimiters.
        end: offset behind it.
        quote: the mark around an attribute's value; empty if it has none.
    """

    kind: Literal["text", "attribute", "comment"]
    name: str
    start: int
    end: int
    quote: str = ""


def scan_html(html: str, *, attributes: Collection[str] = ATTRIBUTES) -> list[HtmlPiece]:
    """The texts, translatable attributes and comments of some raw HTML, in order.

    A text reaches from one border element to the next, inline tags within it included as written. Tags at its outer
    edges are left out where the rest stays balanced, but for links, which a translation may change. Code, scripts,
    formulas, drawings (but for their words) and what is marked ``translate="no"`` or ``notranslate`` are no text of
    their own; within a sentence they stay where they stand.

    >>> source = '<p><b>Hallo <i>Welt</i></b></p><img src=a.png alt="Ein Bild">'
    >>> [(piece.name, source[piece.start : piece.end]) for piece in scan_html(source)]
    [('p', 'Hallo <i>Welt</i>'), ('img.alt', 'Ein Bild')]
    """
    return _Scan(html, frozenset(attributes)).pieces()


def is_component(tag: str, start: int = 0) -> bool:
    """Whether a tag that begins at `start` is a component's, by its capital: `<TabItem>`, and not `<TD>`."""
    return _COMPONENT.match(tag, start) is not None


def has_component(html: str) -> bool:
    """Whether a component's tag stands in it."""
    return _COMPONENT.search(html) is not None


def decode_attribute(raw: str) -> str:
    """The value that an attribute's source means.

    >>> decode_attribute("K&auml;se &amp; Brot")
    'Käse & Brot'
    """
    return html_entities.unescape(raw)


def encode_attribute(value: str, quote: str) -> str:
    """The source for an attribute's value, to stand between these quotes; with its own quotes if `quote` is empty.

    >>> encode_attribute('"Käse" & Brot', '"')
    '&quot;Käse&quot; &amp; Brot'
    >>> encode_attribute("Käse", "")
    '"Käse"'
    """
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if quote == "'":
        return escaped.replace("'", "&#39;")
    escaped = escaped.replace('"', "&quot;")
    return escaped if quote else f'"{escaped}"'


def tags(text: str) -> Counter[str]:
    """How often each tag, comment or other declaration stands in it, as written.

    >>> sorted(tags('<a href="x">y</a> < <br>').items())
    [('</a>', 1), ('<a href="x">', 1), ('<br>', 1)]
    """
    return Counter(
        text[token.start : token.end] for token in _tokens(text) if token.kind not in (_Kind.TEXT, _Kind.RAW)
    )


class _Kind(Enum):
    TEXT = "text"
    OPEN = "start tag"
    CLOSE = "end tag"
    COMMENT = "comment"
    OTHER = "doctype, CDATA section, processing instruction, tag without an end"
    RAW = "content of a script and its like"


class _Attribute(NamedTuple):
    start: int
    end: int
    quote: str


class _Token(NamedTuple):
    kind: _Kind
    start: int
    end: int
    name: str = ""
    attributes: dict[str, _Attribute] = {}  # noqa: RUF012 (nobody writes into it)


def _tokens(html: str) -> Iterator[_Token]:
    size = len(html)
    position = text_start = 0
    last_question = html.rfind("?>")
    while (found := html.find("<", position)) >= 0:
        if not _MARKUP.match(html, found):
            position = found + 1
            continue
        if text_start < found:
            yield _Token(_Kind.TEXT, text_start, found)
        token = _markup(html, found, last_question)
        yield token
        position = text_start = token.end
        if token.kind is _Kind.OPEN and token.name in _RAW_TEXT:
            closing = None if token.name == "plaintext" else _closing_tag(token.name).search(html, position)
            position = text_start = size if closing is None else closing.start()
            yield _Token(_Kind.RAW, token.end, position)
    if text_start < size:
        yield _Token(_Kind.TEXT, text_start, size)


@lru_cache(maxsize=16)
def _closing_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[ \t\n\r\f/>])", re.IGNORECASE)


def _markup(html: str, start: int, last_question: int) -> _Token:
    name = _TAG_NAME.match(html, start + 1)
    if name is not None:
        return _tag(html, start, name)
    if html.startswith("<!--", start):
        return _comment(html, start)
    if html.startswith("<![CDATA[", start):
        mark = "]]>"
    elif html.startswith("<?", start) and start < last_question:
        mark = "?>"
    else:
        mark = ">"
    found = html.find(mark, start + 2)
    return _Token(_Kind.OTHER, start, len(html) if found < 0 else found + len(mark))


def _comment(html: str, start: int) -> _Token:
    for empty in ("<!-->", "<!--->"):
        if html.startswith(empty, start):
            return _Token(_Kind.OTHER, start, start + len(empty))
    closing = _COMMENT_END.search(html, start + 4)
    return _Token(_Kind.COMMENT, start, len(html) if closing is None else closing.end())


def _tag(html: str, start: int, name: re.Match[str]) -> _Token:
    attributes: dict[str, _Attribute] = {}
    position = name.end()
    while (attribute := _ATTRIBUTE_NAME.match(html, position)) is not None:
        position = attribute.end()
        equals = _EQUALS.match(html, position)
        if equals is None:
            attributes.setdefault(attribute[1].lower(), _Attribute(position, position, ""))
            continue
        position = equals.end()
        quote = html[position : position + 1]
        if quote and quote in "\"'":
            closing = html.find(quote, position + 1)
            if closing < 0:
                return _Token(_Kind.OTHER, start, len(html))
            value = _Attribute(position + 1, closing, quote)
            position = closing + 1
        else:
            unquoted = _UNQUOTED.match(html, position)
            value = _Attribute(position, unquoted.end() if unquoted else position, "")
            position = value.end
        attributes.setdefault(attribute[1].lower(), value)
    end = _TAG_END.match(html, position)
    if end is None:
        return _Token(_Kind.OTHER, start, len(html))
    kind = _Kind.CLOSE if html.startswith("/", start + 1) else _Kind.OPEN
    return _Token(kind, start, end.end(), name[1].lower(), attributes)


class _Reading(Enum):
    """How the content of an element is taken."""

    TEXT = "text"
    KEPT = 'translate="no"'
    CODE = "code"
    DRAWING = "svg"


class _Element(NamedTuple):
    name: str
    reading: _Reading
    border: bool


class _Item(NamedTuple):
    """A part of a text: a piece of text, a formula (both without a name) or an inline tag."""

    kind: _Kind
    start: int
    end: int
    name: str
    visible: bool
    attributes: list[HtmlPiece]


class _Scan:
    """One pass over some HTML: the open elements, and the text that is being read."""

    def __init__(self, html: str, attributes: frozenset[str]) -> None:
        self.html = html
        self.attributes = attributes
        self.found: list[HtmlPiece] = []
        self.open: list[_Element] = []
        self.open_at: dict[str, list[int]] = {}
        self.borders: list[int] = []
        self.run: list[_Item] = []
        self.formula_start: int | None = None

    def pieces(self) -> list[HtmlPiece]:
        for token in _tokens(self.html):
            if self.formula_start is not None:
                self._formula(token)
            elif token.kind is _Kind.TEXT:
                self.run.append(
                    _Item(_Kind.TEXT, token.start, token.end, "", self._reading() is _Reading.TEXT, [])
                )
            elif token.kind is _Kind.OPEN:
                self._start_tag(token)
            elif token.kind is _Kind.CLOSE:
                self._end_tag(token)
            else:
                self._end_run()
                if token.kind is _Kind.COMMENT:
                    self._comment(token)
        if self.formula_start is not None:
            self.run.append(_Item(_Kind.TEXT, self.formula_start, len(self.html), "", False, []))
        self._end_run()
        return self.found

    def _reading(self) -> _Reading:
        return self.open[-1].reading if self.open else _Reading.TEXT

    def _formula(self, token: _Token) -> None:
        """A formula is one opaque part of the text, whatever stands in it."""
        if token.kind is _Kind.CLOSE and token.name == "math" and self.formula_start is not None:
            self.run.append(_Item(_Kind.TEXT, self.formula_start, token.end, "", False, []))
            self.formula_start = None

    def _comment(self, token: _Token) -> None:
        closing = _COMMENT_END.search(self.html, max(token.end - 4, token.start + 4), token.end)
        end = token.end if closing is None else closing.start()
        self.found.append(HtmlPiece("comment", "", token.start + 4, end))

    def _start_tag(self, token: _Token) -> None:
        name = token.name
        in_drawing = self._reading() is _Reading.DRAWING
        border = name not in INLINE or in_drawing or self._opens_block(token)
        if border:
            self._end_run()
            self._close_implied(_CLOSED_BY.get(name, frozenset()))
        around = self._reading()
        inside = self._reading_inside(token, around)
        attributes = []
        if around is _Reading.TEXT and inside is not _Reading.KEPT:
            attributes = self._translatable(token)
        self_closing = in_drawing and self.html.startswith("/>", token.end - 2)
        if name == "math" and not self_closing:
            self.formula_start = token.start
            return
        if border:
            self.found.extend(attributes)
        else:
            self.run.append(_Item(_Kind.OPEN, token.start, token.end, name, False, attributes))
        if name in _VOID or self_closing:
            return
        if border:
            self.borders.append(len(self.open))
        self.open_at.setdefault(name, []).append(len(self.open))
        self.open.append(_Element(name, inside, border))

    def _opens_block(self, token: _Token) -> bool:
        """Whether it is the tag that makes its lines an HTML block, alone on the first of them.

        No text may come before it (CommonMark 0.31, section 4.6, condition 7): an inline element that begins so is a
        text of its own.
        """
        return token.start == 0 and _REST_OF_LINE.match(self.html, token.end) is not None

    def _reading_inside(self, token: _Token, around: _Reading) -> _Reading:
        if self._value(token, "translate") == "no" or "notranslate" in self._value(token, "class").split():
            return _Reading.KEPT
        if around is _Reading.KEPT:
            wanted = "translate" in token.attributes and self._value(token, "translate") in ("", "yes")
            return _Reading.TEXT if wanted else around
        if around is _Reading.DRAWING:
            return _Reading.TEXT if token.name in _SVG_TEXT else around
        if around is _Reading.TEXT and token.name == "svg":
            return _Reading.DRAWING
        return _Reading.CODE if token.name in _CODE else around

    def _end_tag(self, token: _Token) -> None:
        name = token.name
        positions = self.open_at.get(name)
        position = positions[-1] if positions else -1
        if position >= 0 and (self.open[position].border or not self.borders or position > self.borders[-1]):
            border = self.open[position].border
        else:
            # It closes nothing; a border it is all the same (`</p>` alone even makes a paragraph).
            border, position = name not in INLINE, -1
        if border:
            self._end_run()
        else:
            self.run.append(_Item(_Kind.CLOSE, token.start, token.end, name, False, []))
        if position >= 0:
            self._close_down_to(position)

    def _close_implied(self, names: Collection[str]) -> None:
        while self.borders and self.open[self.borders[-1]].name in names:
            self._close_down_to(self.borders[-1])

    def _close_down_to(self, position: int) -> None:
        while len(self.open) > position:
            element = self.open.pop()
            self.open_at[element.name].pop()
            if element.border:
                self.borders.pop()

    def _value(self, token: _Token, attribute: str) -> str:
        found = token.attributes.get(attribute)
        return decode_attribute(self.html[found.start : found.end]).strip().lower() if found else ""

    def _translatable(self, token: _Token) -> list[HtmlPiece]:
        found = []
        own = COMPONENT_ATTRIBUTES if is_component(self.html, token.start) else frozenset()
        for name, value in token.attributes.items():
            full_name = f"{token.name}.{name}"
            if not (name in self.attributes or full_name in self.attributes or name in own):
                continue
            if not value.quote and self.html.startswith("{", value.start):
                continue  # an expression
            if full_name == "input.value" and self._value(token, "type") not in _BUTTON_TYPES:
                continue
            if full_name == "meta.content" and not self._describes_page(token):
                continue
            text = self.html[value.start : value.end]
            if _has_word(text):
                start = value.end - len(text.lstrip(_SPACE))
                end = value.start + len(text.rstrip(_SPACE))
                found.append(HtmlPiece("attribute", full_name, start, end, value.quote))
        return found

    def _describes_page(self, token: _Token) -> bool:
        return self._value(token, "name") in _META_NAMES or self._value(token, "property") in _META_NAMES

    def _end_run(self) -> None:
        """Note the text that ends here, and the attributes of the tags that are not within it."""
        run, self.run = self.run, []
        first, last = 0, -1
        if any(item.visible and _has_word(self.html[item.start : item.end]) for item in run):
            first, last = _trimmed(run, self.html)
        for item in run[:first] if last >= 0 else run:
            self.found.extend(item.attributes)
        if last < 0:
            return
        start, end = run[first].start, run[last].end
        text = self.html[start:end]
        start += len(text) - len(text.lstrip(_SPACE))
        end -= len(text) - len(text.rstrip(_SPACE))
        self.found.append(
            HtmlPiece("text", self.open[self.borders[-1]].name if self.borders else "", start, end)
        )
        for item in run[last + 1 :]:
            self.found.extend(item.attributes)


def _has_word(source: str) -> bool:
    """Whether there is a letter or a digit in it, entities decoded and template expressions left out."""
    text = decode_attribute(source) if "&" in source else source
    if "{" in text:
        text = _EXPRESSION.sub("", text)
    return _WORD_CHARACTER.search(text) is not None


def _trimmed(run: list[_Item], html: str) -> tuple[int, int]:
    """The first and the last part of a text once the tags at its outer edges are gone."""
    partner = _partners(run)
    # How many parts that are more than white space come before each part.
    solid = [0]
    for item in run:
        solid.append(solid[-1] + (item.kind is _Kind.TEXT and not html[item.start : item.end].isspace()))
    first, last = 0, len(run) - 1
    while True:
        other = partner.get(first)
        if solid[first + 1] == solid[first] and other is None:
            first += 1
        elif other is not None and solid[other + 1] == solid[first]:
            first = other + 1
        elif solid[last + 1] == solid[last] and partner.get(last) is None:
            last -= 1
        elif (opening := partner.get(last)) is not None and solid[last + 1] == solid[opening]:
            last = opening - 1
        elif other is not None and other == last and run[first].name != "a":
            first += 1
            last -= 1
        else:
            return first, last


def _partners(run: list[_Item]) -> dict[int, int]:
    """Which start tag and which end tag of a text belong together, by their numbers, both ways."""
    partner: dict[int, int] = {}
    pending: list[int] = []
    pending_names: Counter[str] = Counter()
    for number, item in enumerate(run):
        if item.kind is _Kind.OPEN and item.name not in _VOID:
            pending.append(number)
            pending_names[item.name] += 1
        elif item.kind is _Kind.CLOSE and pending_names[item.name]:
            while True:
                opening = pending.pop()
                pending_names[run[opening].name] -= 1
                if run[opening].name == item.name:
                    break
            partner[opening] = number
            partner[number] = opening
    return partner
