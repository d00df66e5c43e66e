"""What people translated before: the first place where a draft is looked for."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from netzwerk_i18n.catalog import Message
from netzwerk_i18n.draft.asides import find_asides
from netzwerk_i18n.draft.carrying import carry
from netzwerk_i18n.draft.inline import UnreadableError, read_inline, used_labels
from netzwerk_i18n.draft.locale_data import format_number
from netzwerk_i18n.draft.masking import MaskError, verify

OFFER = "similar: "
"""How the translator comment begins that offers the translation of a similar text."""

LEAST_PERCENT = 80
"""How alike two texts must be for the translation of one to be offered for the other."""

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,'’\u00a0\u202f ]\d{3})*(?:[.,]\d+)?(?![\w]|[.,]\d)")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 2_000
_LONGEST_OFFER = 300
_MOST_TRIES = 20
"""So many texts of the same words are tried: adapting takes a millisecond, and a thousand `![](n.png)` are no rarity."""


class Origin(StrEnum):
    """The step of the chain that a memory's translation comes from; the engine's name in the draft's mark."""

    EXACT = "memory"
    OTHER_CONTEXT = "memory-context"
    NORMALIZED = "memory-normalized"


@dataclass(frozen=True, slots=True)
class Known:
    """A translation that fits.

    Attributes:
        msgstr: the translation, adapted and verified where the texts differ.
        origin: how it was found.
    """

    msgstr: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Similar:
    """A translation of a text that is like this one: for a comment, never for the msgstr.

    Attributes:
        msgid: the other text.
        msgstr: its translation.
        percent: how alike the texts are, from 80 to 100.
    """

    msgid: str
    msgstr: str
    percent: int

    def comment(self) -> str:
        """The translator comment that offers it, on one line.

        >>> Similar("Ein Brief", "Une lettre", 90).comment()
        'similar: 90 % "Ein Brief" -> "Une lettre"'
        """
        return f'{OFFER}{self.percent} % "{_shown(self.msgid)}" -> "{_shown(self.msgstr)}"'


class Memory:
    """The translations of one locale, prepared once and asked many times; safe to ask from several threads."""

    def __init__(self, messages: Iterable[Message], *, source_locale: str, locale: str) -> None:
        """Remember what is translated.

        Args:
            messages: the messages of all catalogs of the locale, obsolete ones too. Only those that a person has
                approved count: fuzzy ones are passed over.
            source_locale: the language of the pages.
            locale: that of the translations.
        """
        self.source_locale = source_locale
        self.locale = locale
        self._by_key: dict[tuple[str | None, str], str] = {}
        self._by_msgid: dict[str, str] = {}
        known = [m for m in messages if m.msgstr.strip() and m.plural is None and not m.fuzzy and m.msgid]
        for message in sorted(known, key=lambda message: message.obsolete):
            self._by_key.setdefault(message.key, message.msgstr)
            self._by_msgid.setdefault(message.msgid, message.msgstr)
        # Everything that several threads ask for is made here, before they do.
        self._by_words: dict[str, list[str]] = {}
        for msgid in self._by_msgid:
            self._by_words.setdefault(words_of(msgid), []).append(msgid)
        self._msgids = list(self._by_msgid)

    def find(
        self,
        text: str,
        context: str | None = None,
        *,
        form: str = "markdown",
        labels: frozenset[str] = frozenset(),
    ) -> Known | None:
        """The translation of this text: in its context, in another, or of one that differs in markup, case or numbers."""
        exact = self._by_key.get((context, text))
        if exact is not None:
            return Known(exact, Origin.EXACT)
        elsewhere = self._by_msgid.get(text)
        if elsewhere is not None:
            return Known(elsewhere, Origin.OTHER_CONTEXT)
        words = words_of(text)
        for other in self._by_words.get(words, ())[:_MOST_TRIES] if words.strip("0 ") else ():
            adapted = self._adapted(other, text, form, labels)
            if adapted is not None:
                return Known(adapted, Origin.NORMALIZED)
        return None

    def similar(self, text: str, *, least: int = LEAST_PERCENT) -> Similar | None:
        """The most similar text that is at least `least` percent like this one; None where there is none."""
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        if len(text) > _LONGEST or not self._msgids:
            return None
        found = process.extractOne(
            text, self._msgids, scorer=Levenshtein.normalized_similarity, score_cutoff=least / 100
        )
        if found is None or found[0] == text:
            return None
        return Similar(found[0], self._by_msgid[found[0]], int(found[1] * 100))

    def _adapted(self, other: str, text: str, form: str, labels: frozenset[str]) -> str | None:
        """The translation of `other` with the numbers, the case and the markup of `text`; None where that is not sure."""
        translation = self._by_msgid[other]
        if other.isupper() != text.isupper():
            return None
        numbers = self._with_numbers(other, text, translation)
        if numbers is None:
            return None
        renumbered, translation = numbers
        if renumbered != text:
            try:
                translation = carry(renumbered, translation, text, form=form, labels=labels)
            except MaskError:
                return None
            translation = _cased(translation, renumbered, text)
        return translation if verify(text, translation, form=form, labels=labels) is None else None

    def _with_numbers(self, other: str, text: str, translation: str) -> tuple[str, str] | None:
        """`other` and its translation with the numbers of `text`, each of which must stand in both exactly once."""
        old, new = _numbers(other), _numbers(text)
        if len(old) != len(new):
            return None
        places: list[tuple[int, int, str]] = []
        for before, after in zip(old, new, strict=True):
            if before == after:
                continue
            spelled = {before, format_number(before, self.source_locale, self.locale)}
            found = [match.span() for match in _NUMBER.finditer(translation) if match[0] in spelled]
            if len(found) != 1 or old.count(before) > 1:
                return None
            places.append((*found[0], format_number(after, self.source_locale, self.locale) or after))
        for start, end, number in sorted(places, reverse=True):
            translation = translation[:start] + number + translation[end:]
        renumbered = iter(new)
        return _NUMBER.sub(lambda _: next(renumbered), other), translation


def words_of(text: str) -> str:
    """What two texts have in common that differ in markup, case and numbers only.

    >>> words_of("Schon **34.000** [Stimmen](/x)!") == words_of("schon 1.200 *Stimmen*!")
    True
    """
    if len(text) > _LONGEST:
        return text
    try:
        inline = read_inline(text, "markdown", used_labels(text))
    except UnreadableError:
        return text
    parts: list[str] = []
    position = 0
    for mark in inline.marks:
        parts.append(text[position : mark.start])
        if mark.role == "solo":
            parts.append("\ufffc")
        position = mark.end
    parts.append(text[position:])
    parts += (f"\ufffc{aside.text}" for aside in find_asides(inline, "markdown"))
    bare = _NUMBER.sub("0", "".join(parts))
    return " ".join(unicodedata.normalize("NFC", bare).casefold().split())


def _cased(translation: str, old: str, new: str) -> str:
    """The translation with its first letter as the new text has it, where that is what the two texts differ in."""
    first, was, now = (_LETTER.search(each) for each in (translation, old, new))
    if not first or not was or not now or was[0] == now[0]:
        return translation
    letter = first[0].upper() if now[0].isupper() else first[0].lower()
    if letter.lower() == letter and translation[first.end() : first.end() + 1].isupper():
        return translation
    return translation[: first.start()] + letter + translation[first.end() :]


def _numbers(text: str) -> list[str]:
    return [match[0] for match in _NUMBER.finditer(text)]


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_OFFER else text[: _LONGEST_OFFER - 1] + "…"
