"""Fixes: what can be put right without knowing the language, and only where there is no doubt.

A fix never changes what is said. What it gives passes the error checks, and a second fix changes nothing.
"""

import re
import unicodedata
from collections.abc import Set as AbstractSet

from netzwerk_i18n.checks.finding import Situation
from netzwerk_i18n.checks.warnings.french_spacing import find_gaps, spaced_in_french
from netzwerk_i18n.checks.warnings.prose import HIDDEN, OBJECT, read_prose
from netzwerk_i18n.checks.warnings.spaces import DOUBLED, outer_spaces

MENDED = frozenset({"doubled-spaces", "outer-spaces", "french-spacing"})
"""The checks whose findings a fix does away with."""

_PROSE = re.compile(f"[^{HIDDEN}{OBJECT}]+")
_ROUNDS = 4


def fix(situation: Situation, *, but: AbstractSet[str] = frozenset()) -> str | None:
    r"""The translation with its spaces and its letters in order, or None if there is nothing to do.

    Composed letters (Unicode NFC), the outer spaces of the source, one space between words, and in the French of
    France no-break spaces where plain ones stand. Code, addresses and shortcodes keep every sign.

    Args:
        situation: the translation and its source.
        but: those of the checks in `MENDED` whose findings stay.

    >>> from netzwerk_i18n.page import Page
    >>> fix(Situation(Page.parse("Wer macht mit?").segments[0], "Qui  participe ? ", "fr"))
    'Qui participe\u202f?'
    """
    from netzwerk_i18n.checks import find_error

    fixed = situation.translation
    for _ in range(_ROUNDS):
        before = fixed
        fixed = _fix_once(situation, fixed, but)
        if fixed == before:
            break
    else:
        return None
    if fixed == situation.translation or find_error(situation._replace(translation=fixed)) is not None:
        return None
    return fixed


def _fix_once(situation: Situation, translation: str, but: AbstractSet[str]) -> str:
    source = situation.segment.text
    if not translation.strip():
        return translation
    text = _compose(translation)
    if "outer-spaces" not in but:
        start, end = outer_spaces(source)
        text = start + text.strip(" \t\r\n") + end
    if "doubled-spaces" not in but and not DOUBLED.search(read_prose(source).text):
        text = _in_prose(DOUBLED, text)
    if "french-spacing" not in but and spaced_in_french(situation.locale):
        parts: list[str] = []
        position = 0
        for gap in find_gaps(text):
            if gap.start < gap.end:
                parts += (text[position : gap.start], gap.wanted)
                position = gap.end
        text = "".join((*parts, text[position:]))
    return text


def _compose(text: str) -> str:
    """Normalization form C, in prose only, and never where it would write an ASCII sign of Markdown."""
    if unicodedata.is_normalized("NFC", text):
        return text
    parts: list[str] = []
    position = 0
    for match in _PROSE.finditer(read_prose(text).text):
        piece = text[match.start() : match.end()]
        composed = unicodedata.normalize("NFC", piece)
        safe = _ascii_signs(composed) == _ascii_signs(piece)
        parts += (text[position : match.start()], composed if safe else piece)
        position = match.end()
    return "".join((*parts, text[position:]))


def _ascii_signs(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and not sign.isalnum())


def _in_prose(pattern: re.Pattern[str], text: str) -> str:
    parts: list[str] = []
    position = 0
    for match in pattern.finditer(read_prose(text).text):
        parts += (text[position : match.start()], " ")
        position = match.end()
    return "".join((*parts, text[position:]))
