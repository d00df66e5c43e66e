"""What of a page is the same in every language: its links, numbers, names, code, marks; and how long its texts are.

From this the alignment learns which text of a localized page is which of its source.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from netzwerk_i18n.adopt.places import Places, read_places
from netzwerk_i18n.catalog.alignment import RAIL, Token, Unit
from netzwerk_i18n.checks.reading import read
from netzwerk_i18n.checks.targets import language_codes, parse_target
from netzwerk_i18n.checks.warnings.prose import MENTION, OBJECT, TAG, WORD, read_prose
from netzwerk_i18n.page import Page, Segment
from netzwerk_i18n.page.place import frame_of, place_of, rails_of
from netzwerk_i18n.page.regions import find_regions

_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}(?!\d))+|\d+(?:[.,'’٫٬،]\d+)*")
_WIKI_HOST = re.compile(r"[a-z-]{2,12}(?:\.m)?\.(wik[a-z]+\.org)")
_LANGUAGE_HOST = re.compile(r"([a-z]{2}(?:-[a-z]{2,4})?)\.([a-z0-9-]+(?:\.[a-z0-9-]+)+)")
_LANGUAGE_NAME = re.compile(r"[._-][a-z]{2,3}(?:[-_][a-z]{2,4})?(?=\.[a-z]{2,5}\Z)", re.IGNORECASE)
_FRAME = re.compile(r"""[^\s"'<>{}=`()]*[./][^\s"'<>{}=`()]*|(?<=\{\{[<%] )[\w/-]+""")
_STRONG = re.compile(r"\*\*|__")
_EMPHASIS = re.compile(r"(?<![*_\w])[*_](?![*_\s])")
_ASKED = re.compile(r"(?<=か)。|(?<=[Ͱ-Ͽἀ-῿]);(?=\s|\Z)")
"""Question marks of Japanese sentences, and Greek ones."""

_QUOTE = re.compile(r"[“”„«»‹›「『\"]")
_SENTENCE_END = re.compile(r"[.!?…؟।]+(?=[\s\"”“»’)\]]|\Z)|[。！？]+")
_NOT_AT_END = re.compile(r"[\s\"'“”„«»‹›「」『』’‘)\]\(*_~\ue000\ufffc]+\Z")
_ENDS = {
    **dict.fromkeys(".。．।…", "."), **dict.fromkeys("?？؟", "?"), **dict.fromkeys("!！", "!"),
    **dict.fromkeys(":：", ":"), **dict.fromkeys(",，、،", ","),
}  # fmt: skip
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7a3]")
_CONSONANTS = re.compile(r"[\u05d0-\u05ea\u0620-\u064a]")
_HAN_WEIGHT, _KANA_WEIGHT, _CONSONANT_WEIGHT = 2.4, 1.7, 1.15
"""How many letters of an alphabet a sign of these scripts stands for, roughly; the rest is learned from each page."""

_STEM = 5
_LONGEST_VALUE = 300

_ROMAN = str.maketrans(
    dict(
        zip(
            "абвгґдеєжзиіїйклмнопрстуфцыэαβγδεζηθικλμνξοπρσςτυφω",
            "abvggdeejsiiiiklmnoprstufkieabgdesitiklmnxoprsstifo",
            strict=True,
        )
    )
    | {"х": "h", "ч": "c", "ш": "s", "щ": "s", "ю": "u", "я": "a", "ь": "", "ъ": "", "ё": "e", "χ": "k", "ψ": "ps", "ß": "ss", "ł": "l", "đ": "d", "ø": "o", "æ": "e", "ı": "i"}
)  # fmt: skip
_ALIKE = (
    ("sch", "s"),
    ("tsch", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("qu", "k"),
    ("ae", "e"),
    ("oe", "e"),
)
_ALIKE_LETTERS = str.maketrans("cqzyw", "kksiv")
_SOFT_C = re.compile(r"c(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1+")


class Side:
    """One page of a pair: its segments of the body in reading order, with the rails between them.

    Attributes:
        page: the page.
        segments: for each unit its segment, or None for a rail.
        units: what the alignment sees.
    """

    def __init__(
        self, page: Page, locale: str, other_locale: str, known: Mapping[Segment, str] | None = None
    ) -> None:
        """Read a page.

        Args:
            page: the page.
            locale: its language, as gettext names it.
            other_locale: the language of the page that it will be compared with.
            known: for segments whose translation is known, that text; without it, each segment's own text counts.
        """
        self.page = page
        places = read_places(locale)
        codes = language_codes(locale) | language_codes(other_locale)
        inner = [segment for segment in page.segments if segment.form != "value"]
        units = [
            (s.start, s, _unit(page, s, places, codes, s.text if known is None else known.get(s)))
            for s in inner
        ]
        rails = [(start, None, Unit(RAIL, 10.0, frozenset({(RAIL, text)}))) for start, text in rails_of(page)]
        ordered = sorted([*units, *rails], key=lambda item: item[0])
        self.segments: list[Segment | None] = [segment for _, segment, _ in ordered]
        self.units: list[Unit] = [unit for _, _, unit in ordered]


def _unit(page: Page, segment: Segment, places: Places, codes: frozenset[str], known: str | None) -> Unit:
    place = place_of(page, segment)
    text = segment.text
    prose = read_prose(text)
    visible = _ASKED.sub("?", prose.visible())
    tokens = {*_text_tokens(text, codes), *_word_tokens(visible, places), *_marks(text, visible)}
    frame = frame_of(page, segment)
    if frame:
        tokens |= {("frame", _neutral(found[:_LONGEST_VALUE], codes)) for found in _FRAME.findall(frame)}
    if known:
        tokens.add(("known", known))
    return Unit(
        kind=segment.kind,
        size=visible_size(visible),
        tokens=frozenset(tokens),
        level=place.level,
        container=f"{place.quotes}{place.mark}",
        label=f"{segment.kind}:{place.label}" if place.label else "",
        end=_end(visible),
        sentences=max(1, len(_SENTENCE_END.findall(visible))),
    )


def visible_size(visible: str) -> float:
    """How much a text says, in letters of an alphabet.

    >>> visible_size("Danke") < visible_size("民主主義") < visible_size("Demokratie und")
    True
    """
    size = float(len(visible))
    if not visible.isascii():
        size += (_HAN_WEIGHT - 1) * len(_HAN.findall(visible))
        size += (_KANA_WEIGHT - 1) * len(_KANA_OR_HANGUL.findall(visible))
        size += (_CONSONANT_WEIGHT - 1) * len(_CONSONANTS.findall(visible))
    return max(size, 1.0)


def _text_tokens(text: str, codes: frozenset[str]) -> Iterator[Token]:
    """Links, code, shortcodes and hashtags."""
    reading = read(text)
    for target in reading.targets:
        parsed = parse_target(target)
        wiki = _WIKI_HOST.fullmatch(parsed.host)
        if wiki:
            yield "site", wiki[1]
            yield "link", f"{wiki[1]}{parsed.path}".casefold()
        elif parsed.host or parsed.path or parsed.scheme:
            yield "link", _neutral(target, codes)
            if parsed.host:
                yield "site", _neutral_host(parsed.host)
        else:
            yield "mark", "anchor"
    for code in reading.code:
        yield "code", code
    for region in find_regions(text):
        yield "shortcode", text[region.start : region.end]
    for pattern in (TAG, MENTION):
        if "#" in text or "@" in text:
            for match in pattern.finditer(text):
                yield "tag", match[0].casefold()


def _neutral(target: str, codes: frozenset[str]) -> str:
    """A link target without the language in it."""
    parsed = parse_target(target)
    path = "/".join(
        part for part in parsed.path.rstrip("/").split("/") if part.casefold().replace("_", "-") not in codes
    )
    path = _LANGUAGE_NAME.sub("", path) if not parsed.host else path
    query = "&".join(
        part for part in parsed.query.lstrip("?").split("&") if part.partition("=")[2].casefold() not in codes
    )
    if parsed.scheme == "mailto":
        query = ""
    return f"{parsed.scheme}:{_neutral_host(parsed.host)}{path}?{query}"


def _neutral_host(host: str) -> str:
    language = _LANGUAGE_HOST.fullmatch(host)
    return (language[2] if language else host).removeprefix("www.")


def _word_tokens(visible: str, places: Places) -> Iterator[Token]:
    """Numbers, names, and words or their beginnings that languages share."""
    for match in _NUMBER.finditer(visible):
        digits = "".join(
            str(unicodedata.digit(c)) for c in match[0] if c.isdigit() and unicodedata.digit(c, -1) >= 0
        )
        yield "number", digits.lstrip("0") or "0"
    for code in places.find(visible):
        yield "land", code
    for word in WORD.findall(visible):
        folded = word.casefold()
        if word[0].isupper():
            yield "name", folded
        if len(word) > 1:
            yield "word", folded
            stem = stem_of(folded)
            if len(stem) == _STEM:
                yield "stem", stem


@lru_cache(maxsize=16384)
def stem_of(word: str) -> str:
    """How a word begins, in Latin letters that stand for one sound in many languages.

    >>> stem_of("demokratie") == stem_of("démocratie") == stem_of("демократия")
    True
    """
    plain = word.translate(_ROMAN)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
        plain = plain.translate(_ROMAN)
    if not plain.isascii():
        return ""
    for letters, sound in _ALIKE:
        plain = plain.replace(letters, sound)
    plain = _SOFT_C.sub("s", plain).translate(_ALIKE_LETTERS)
    return _DOUBLED.sub(r"\1", plain)[:_STEM]


def _marks(text: str, visible: str) -> Iterator[Token]:
    """Signs that translators keep."""
    if _STRONG.search(text):
        yield "mark", "strong"
    if _EMPHASIS.search(text):
        yield "mark", "emphasis"
    if "![" in text:
        yield "mark", "image"
    if "\n" in text:
        yield "mark", "break"
    if "[^" in text:
        yield "mark", "footnote"
    for name, signs in (("round", "(（"), ("ask", "?？؟"), ("call", "!！"), ("colon", ":："), ("dash", "–—")):
        if any(sign in visible for sign in signs):
            yield "mark", name
    if _QUOTE.search(visible):
        yield "mark", "quote"


def _end(visible: str) -> str:
    bare = _NOT_AT_END.sub("", visible)
    return _ENDS.get(bare[-1:], "") if bare and OBJECT not in bare[-1:] else ""
