"""The prose of a message: what a reader reads of it, each character at its own place.

The checks of this room judge words, numbers and punctuation. Markup, code and addresses are none of these; they are
blanked out, character for character, so that a place in the prose is the same place in the message.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from netzwerk_i18n.checks.searching import search_where

HIDDEN = "\ue000"
"""Stands for a character of markup: no reader sees it."""

OBJECT = "\ufffc"
"""Stands for a character of something that is seen but is no prose: code, an address, a hashtag, a shortcode."""

SPACES = " \u00a0\u2009\u202f"
"""The blanks between words: the plain one and those of typographers."""

_MARKUP = re.compile(
    r"""(?P<escape>\\(?=[!-/:-@\[-`{-~\n]))
      | (?P<code>`++)
      | (?P<comment><!--)
      | (?P<address><(?:[A-Za-z][A-Za-z0-9+.\-]{1,31}:|[\w.+\-]{1,64}@)[^<>\s]*+>)
      | (?P<tag></?[A-Za-z][^<>]*+>)
      | (?P<shortcode>\{\{[^{}]*+\}\}|\{%[^{}]*+\})
      | (?P<attributes>\{[:\#.][^{}\n]*+\})
      | (?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,31}|\#[0-9]{1,7}|\#[Xx][0-9A-Fa-f]{1,6});)
      | (?P<footnote>\[\^[^\[\]\s]{1,200}\])
      | (?P<target>\]\(\s*+(?:<[^<>\n]*+>|(?:[^()\s\\]|\\.|\((?:[^()\s\\]|\\.)*+\))*+)
            (?:\s++(?:"[^"]*+"|'[^']*+'))?\s*+\))
      | (?P<label>\]\[[^\[\]]*+\])
      | (?P<opener>!?\[)
      | (?P<closer>\])
      | (?P<emoji>(?<![\w:]):[a-z0-9_+\-]{2,40}:(?![\w:]))
      | (?P<emphasis>\*+|~~|(?<![^\W_])_+|_+(?![^\W_]))
    """,
    re.VERBOSE,
)
_MARKUP_SIGNS = re.compile(r"[\\`<{&\[\]:*~_]")
_FIRST_OF_MARKUP = re.compile(r"[\\`<{&!\[\]:*~_]")
_JOINED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
"""The letters of scripts that write on without a blank behind an address, and before it."""

_ADDRESS = re.compile(
    rf"""(?:(?:https?|ftp)://|(?<![^\W{_JOINED}])www\.)[^\s<>"“”«»。，、；：！？）」』؟،{_JOINED}]*
        [^\s<>"“”«»。，、；：！？）」』؟،{_JOINED}.,;:!?'’)\]*_\ue000]
      | (?<!\w)(?:mailto|tel):[^\s<>\ue000]+""",
    re.VERBOSE,
)
_MAIL = re.compile(
    rf"(?<![^\W{_JOINED}])(?<![.+\-])(?:[^\W{_JOINED}]|[.+\-])++@[^\W{_JOINED}][\w\-]*(?:\.[\w\-]+)*\.(?:[^\W{_JOINED}]|-)+"
)
_TOP_DOMAIN = r"(?:com|org|net|info|social|eu|de|at|ch|fr|es|it|nl|be|pt|pl|se|dk|no|fi|cz|uk|io|me|tv|gov|edu|int)(?![\w\-])"
_DOMAIN_END = re.compile(rf"\.{_TOP_DOMAIN}")
_DOMAIN = re.compile(
    rf"""(?<![\w.\-@/])(?:[A-Za-z0-9\-]++\.)+{_TOP_DOMAIN}(?:/[^\s<>\ue000]*[^\s<>\ue000.,;:!?'’)\]])?""",
    re.VERBOSE,
)
TAG = re.compile(r"(?<![\w&/#.])#(?=\w*[^\W\d_])\w+")
"""A hashtag: at least one letter, so that `#1` is none."""

MENTION = re.compile(r"(?<![\w.@/])@\w(?:[\w.@\-]*\w)?")
"""A mention, the Fediverse's `@name@host` among them."""

_BLANK_ENTITIES = {
    "nbsp": "\u00a0",
    "#160": "\u00a0",
    "#xa0": "\u00a0",
    "#8239": "\u202f",
    "#x202f": "\u202f",
    "thinsp": "\u2009",
    "#8201": "\u2009",
    "#x2009": "\u2009",
}
_LETTERS = (
    r"[^\W\d_\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    r"(?:[^\W\d_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u0900-\u0963\u0980-\u09e3\u0a00-\u0a65\u0a80-\u0ae3\u0b00-\u0b63\u0b80-\u0be5\u0c00-\u0c63\u0c80-\u0ce3\u0d00-\u0d63"
    r"\u0d80-\u0de5\u0df2\u0df3\u0e30-\u0e4e\u0eb0-\u0ecd\u102b-\u103e\u17b4-\u17d3\u200c\u200d])*"
)
WORD = re.compile(_LETTERS)
"""A word of a script that writes letters: its letters and the marks on them; an apostrophe parts two words."""

_QUOTED = re.compile(r'[“„«‹"「『‚‘»›”][^“”„«»‹›"「」『』\n]{1,200}[”“»›"」』’‘«‹]')


@dataclass(frozen=True)
class Prose:
    """A message and its prose.

    Attributes:
        raw: the message.
        text: the same with markup blanked out as HIDDEN and what is no prose as OBJECT.
        links: where the texts of its links and images stand in both.
    """

    raw: str
    text: str
    links: tuple[tuple[int, int], ...] = ()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in lower case."""
        return tuple([word.casefold() for word in WORD.findall(self.text)])

    def visible(self) -> str:
        """The text without what is hidden; places no longer fit."""
        return self.text.replace(HIDDEN, "")


@lru_cache(maxsize=512)
def read_prose(text: str) -> Prose:
    """The prose of an inline Markdown text.

    >>> read_prose("**Ja**, [hier](https://example.org/) mit `code`").visible().replace(OBJECT, ".")
    'Ja, hier mit ......'
    """
    links: tuple[tuple[int, int], ...] = ()
    prose = text
    if _MARKUP_SIGNS.search(text):
        prose, links = _blank_markup(text)
    if "://" in prose or "www." in prose or "mailto:" in prose or "tel:" in prose:
        prose = _ADDRESS.sub(_object, prose)
    if "@" in prose:
        prose = MENTION.sub(_object, _MAIL.sub(_object, prose))
    if "." in prose and _DOMAIN_END.search(prose):
        prose = _DOMAIN.sub(_object, prose)
    if "#" in prose:
        prose = TAG.sub(_object, prose)
    return Prose(text, prose, links)


def _object(match: re.Match[str]) -> str:
    return OBJECT * len(match[0])


def _blank_markup(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    parts: list[str] = []
    openers: list[int] = []
    links: list[tuple[int, int]] = []
    closing_ticks: dict[int, list[int]] | None = None
    comments_end = text.rfind("-->")
    position = 0
    while match := search_where(_FIRST_OF_MARKUP, _MARKUP, text, position):
        start, end, kind = match.start(), match.end(), match.lastgroup
        mark = HIDDEN
        if kind == "code":
            if closing_ticks is None:
                closing_ticks = _tick_runs(text)
            later = closing_ticks.get(end - start, [])  # none of a run whose first mark is escaped
            while later and later[-1] <= start:
                later.pop()
            if later:
                end = later.pop() + end - start
                mark = OBJECT
        elif kind == "comment":
            end = text.find("-->", end) + 3 if comments_end >= end else end
        elif kind in {"address", "shortcode", "emoji"}:
            mark = OBJECT
        elif kind == "opener":
            openers.append(end)
        elif kind in {"target", "label", "closer"} and openers:
            opener = openers.pop()
            if kind != "closer":
                links.append((opener, start))
        blank = mark * (end - start)
        if kind == "entity":
            sign = _BLANK_ENTITIES.get(match[0][1:-1].lower())
            blank = HIDDEN * (end - start - 1) + sign if sign else OBJECT * (end - start)
        parts += (text[position:start], blank)
        position = end
        if kind == "escape" and end < len(text):  # the escaped character is text
            parts.append(text[end])
            position += 1
    parts.append(text[position:])
    return "".join(parts), tuple(links)


def _tick_runs(text: str) -> dict[int, list[int]]:
    """Where the runs of backticks begin, by their length, the last one first."""
    runs: dict[int, list[int]] = {}
    for match in re.finditer("`+", text):
        runs.setdefault(len(match[0]), []).append(match.start())
    for starts in runs.values():
        starts.reverse()
    return runs


@lru_cache(maxsize=8)  # several checks ask for one message
def without_kept(translation: str, source: str) -> Prose:
    """The translation's prose without the passages that it keeps from its source on purpose.

    These are link texts that the source has too (petitions and books bear their own titles) and quoted passages.
    """
    prose = read_prose(translation)
    original = read_prose(source)
    text = prose.text
    if prose.links and original.links:
        titles = {_plain(original.text[start:end]) for start, end in original.links}
        signs = list(text)
        for start, end in prose.links:
            if end - start <= _LONGEST_TITLE and _plain(prose.text[start:end]) in titles:
                signs[start:end] = OBJECT * (end - start)
        text = "".join(signs)
    tried = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal tried
        tried += 1
        passage = match[0][1:-1].strip(SPACES + HIDDEN)
        return OBJECT * len(match[0]) if tried <= _PASSAGES and passage in original.text else match[0]

    text = _QUOTED.sub(keep, text)
    return prose if text == prose.text else Prose(translation, text, prose.links)


_LONGEST_TITLE = 1000
_PASSAGES = 20


def _plain(text: str) -> str:
    return text.replace(HIDDEN, "").strip().casefold()
