"""The words of a text, apart from how they are marked, spaced and set: what a translation depends on.

Two texts of the same words differ in markup, URLs, blanks, quotes, dashes, commas or line breaks only, and a translation
of one is a translation of the other. Numbers, names, code, the texts of links and images and the titles of both are words.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from netzwerk_i18n.page.marks import Marked, read_marks

STOPS = frozenset(".:!?()[]。：！？（）…؟।")
"""Marks that may carry meaning: where these change, a translation may have to."""

_INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
_FREE = frozenset("\"'`´„“”‚‘’‛‟«»‹›「」『』〝〞,;،؛、；，〜～ʼ")
_WIDE = str.maketrans({"。": ".", "：": ":", "！": "!", "？": "?", "（": "(", "）": ")", "؟": "?", "।": "."})
_IN_NUMBER = frozenset(".,:/'’\u00a0\u202f")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text and where they stand.

    Attributes:
        words: the words, each apart from the other.
        places: where each word stands in :attr:`Marked.plain`.
        letters: for each character of `plain`, how many characters of words stand before it; one more for the end.
        stops: the marks that may carry meaning, in their order and in one spelling.
        titles: the words of titles and attributes.
    """

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    letters: tuple[int, ...]
    stops: str
    titles: tuple[str, ...]


def is_letter(text: str, index: int) -> bool:
    """Whether the character is part of a word, and not a blank, a quote, a dash, a comma or a stop."""
    character = text[index]
    if character.isalnum():
        return True
    if character.isspace() or character in _FREE or character in _INVISIBLE or character in STOPS:
        return character in _IN_NUMBER and _between_digits(text, index)
    if unicodedata.category(character) == "Pd" or character == "\u2212":
        before, after = text[index - 1 : index], text[index + 1 : index + 2]
        return after.isdigit() and (not before or before.isspace() or before == "(")  # minus five
    return True


def _between_digits(text: str, index: int) -> bool:
    return index > 0 and text[index - 1].isdigit() and text[index + 1 : index + 2].isdigit()


def wording_of(marked: Marked) -> Wording:
    """The words of a text that was taken apart."""
    return _wording(marked.raw)


@lru_cache(maxsize=4096)
def _wording(raw: str) -> Wording:
    marked = read_marks(raw)
    if marked is None:
        return Wording((), (), (0,), "", ())
    text = marked.plain
    words: list[str] = []
    places: list[tuple[int, int]] = []
    letters: list[int] = []
    stops: list[str] = []
    start: int | None = None
    count = 0
    for match in _RUN.finditer(text):
        index, character = match.start(), match[0]
        if match.lastgroup:
            letters.extend(range(count, count + len(character)))
            count += len(character)
            start = index if start is None else start
            continue
        letters.append(count)
        if character in _INVISIBLE:
            continue
        if is_letter(text, index):
            count += 1
            start = index if start is None else start
            continue
        if start is not None:
            words.append(_spelled(text[start:index]))
            places.append((start, index))
            start = None
        if character in STOPS:
            stops.append("..." if character == "…" else character)
    if start is not None:
        words.append(_spelled(text[start:]))
        places.append((start, len(text)))
    letters.append(count)
    titles = tuple(" ".join(mark.title.split()) for mark in marked.marks if mark.title)
    return Wording(tuple(words), tuple(places), tuple(letters), "".join(stops).translate(_WIDE), titles)


def _spelled(word: str) -> str:
    if word.isascii():
        return word.replace("-", "\u2212")
    shown = "".join(c for c in word if c not in _INVISIBLE)
    return unicodedata.normalize("NFC", shown).replace("-", "\u2212").replace("’", "'")


_RUN = re.compile(r"(?P<alnum>[^\W_]+)|.", re.DOTALL)
_SIMPLE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*\Z")


@lru_cache(maxsize=65536)
def words_of(text: str) -> str:
    """The bare words of an inline Markdown text; equal for texts that only their markup and their signs tell apart.

    >>> words_of("Die **Petition** – jetzt!") == words_of('Die [Petition](/x "") - "jetzt"!')
    True
    >>> words_of("am 5. Mai") == words_of("am 6. Mai")
    False
    """
    if text.isascii() and _SIMPLE.match(text):
        return text
    marked = read_marks(text)
    if marked is None:
        return ""
    wording = wording_of(marked)
    return "\n".join((" ".join(wording.words), *wording.titles)).strip()
