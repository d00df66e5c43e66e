"""Pseudo-localization: no translation, but texts that look foreign, so that a layout shows its faults.

Letters get accents, texts grow by a third as translations do, brackets show where one is cut off, and for languages that
are written from right to left the letters are Hebrew ones, which turn the line without any invisible character.
"""

import re
from collections.abc import Sequence

from netzwerk_i18n.checks.characters import is_right_to_left
from netzwerk_i18n.draft.engines.protocol import Abilities, Pair, Setup
from netzwerk_i18n.draft.styles import Style
from netzwerk_i18n.draft.transport import Pace

_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäöüÄÖÜß"
_ACCENTED = "áƀçďéƒĝĥíĵķłḿñóþɋŕšťúṽŵẋýžÁƁÇĎÉƑĜĤÍĴĶŁḾÑÓÞɊŔŠŤÚṼŴẊÝŽǎǒǔǍǑǓʃ"
_HEBREW = "אבכדהפגחיזקלמנופקרסתובשציזאבכדהפגחיזקלמנופקרסתובשציזאוואווס"
_TABLES = {"ltr": str.maketrans(_LATIN, _ACCENTED), "rtl": str.maketrans(_LATIN, _HEBREW)}
_PLACEHOLDER = re.compile(r"<[^<>]*>|&#?\w+;|\[X/?\d+X\]")
_EXPANSION = 0.3
_FILLER = "one two three four five six seven eight nine ten".split()


class _Session:
    def __init__(self, direction: str, expansion: float) -> None:
        self._table = _TABLES[direction]
        self._expansion = expansion

    def translate(self, texts: Sequence[str], style: Style) -> list[str | None]:
        """Each text with accents, longer, in brackets."""
        marks = style is not Style.RUNS  # a run is a part of a text, and only the whole has brackets
        return [self._one(text, marks=marks) for text in texts]

    def _one(self, text: str, *, marks: bool) -> str:
        parts: list[str] = []
        position = letters = 0
        for placeholder in _PLACEHOLDER.finditer(text):
            piece = text[position : placeholder.start()]
            letters += len(piece)
            parts += (piece.translate(self._table), placeholder[0])
            position = placeholder.end()
        letters += len(text) - position
        parts.append(text[position:].translate(self._table))
        filler = self._filler(round(letters * self._expansion))
        return f"[{''.join(parts)}{filler}]" if marks else "".join(parts) + filler

    def _filler(self, length: int) -> str:
        """Words of about so many characters in all."""
        words = ""
        for index in range(length):
            if len(words) >= length:
                break
            words += f" {_FILLER[index % len(_FILLER)]}"
        return words.translate(self._table)


class _Pseudo:
    def __init__(self, setup: Setup) -> None:
        self.name = setup.name
        self._direction = str(setup.options.get("direction", "auto"))
        self._expansion = float(setup.options.get("expansion", _EXPANSION))
        self.version = f"2 {self._direction} {self._expansion}"
        self.pace = Pace(retries=0)
        self.abilities = Abilities(
            (Style.BRACKETS,), batch=100, characters=1_000_000, parallel=1, online=False, natural=False
        )

    def pair(self, source_locale: str, locale: str) -> Pair:
        return Pair(source_locale, locale, source_locale, locale)

    def prepare(self, pairs: Sequence[Pair]) -> None:
        """There is nothing to prepare."""

    def open(self, pair: Pair) -> _Session:
        direction = self._direction
        if direction == "auto":
            direction = "rtl" if is_right_to_left(pair.locale) else "ltr"
        return _Session(direction, self._expansion)


def create(setup: Setup) -> _Pseudo:
    """The engine `pseudo`."""
    return _Pseudo(setup)
