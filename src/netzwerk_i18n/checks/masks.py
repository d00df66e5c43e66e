"""Masks: what a machine left in a translation that was never meant for readers.

Before a text is sent to an engine its markup is replaced by placeholders; they must all be gone. And an engine
whose quota is used up answers with a warning as if that were the translation.
"""

import re
from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.likeness import ENGINE_WORDS
from netzwerk_i18n.checks.quoting import quoted
from netzwerk_i18n.checks.searching import find_where

_DIGIT = re.compile(r"\d")
_SIGN = re.compile("%|⟦|⟧|XXXX|XPH")
"""What a placeholder holds that holds no digit, and is not `id=`."""

_MAY_BE_WARNING = re.compile(f"{ENGINE_WORDS}|<")
PRINTF = r"(?<!\d)(?<!\d[\s\u00a0\u202f])%(?:\d+\$)?[sdf](?![\w%])"
"""A placeholder as C has it, `%s` or `%1$d`; not the sign in `100 %` with a letter behind it."""

_X = "[XxХх]"
_MASK = re.compile(
    rf"""[\[［【(]\s*[/／]?\s*{_X}\s*[/／]?\s*\d+\s*{_X}\s*[\]］】)]         # [X1X] and [X/1X], as engines change them
      | [\[［【]\s*(?:[/／]\s*{_X}?|{_X}\s*[/／])\s*\d+\s*{_X}?\s*[\]］】]
      | ⟦[^⟦⟧\n]{{0,40}}⟧ | [⟦⟧]
      | (?<![^\W_])_{{1,2}}\s?[A-Z]+_?\d+\s?_{{1,2}}(?![^\W_])                # __PH_1__
      | \{{\s?xx\s?\d+\s?xx\s?\}} | \bxx\d+xx\b | \b{_X}{{1,3}}\d+{_X}{{1,3}}\b
      | \bX{{4,}}[A-Z]?\b | \bX[A-Z]?\d+X\b
      | \bXPH[A-Z\d]*\b | {PRINTF}
      | %%\d+%%|@@\d+@@|\#\#\d+\#\#|\$\{{\d+\}}|<\s?/?\s?(?:x|g|ph|bpt|ept)\s+id\s?=
    """,
    re.VERBOSE,
)
_FIRST_OF_MASK = re.compile(r"[\[［【(⟦⟧_{xXхХ%@#$<]")
_WARNINGS = re.compile(
    r"""MYMEMORY\s+WARNING|QUERY\s+LENGTH\s+LIMIT|YOU\s+USED\s+ALL\s+AVAILABLE\s+FREE\s+TRANSLATIONS
      | USAGELIMITS|INVALID\s+(?:SOURCE|TARGET)\s+LANGUAGE|INVALID\s+LANGUAGE\s+PAIR|NO\s+QUERY\s+SPECIFIED
      | PLEASE\s+SELECT\s+TWO\s+DISTINCT\s+LANGUAGES|LANGPAIR=|INVALID\s+EMAIL\s+PROVIDED
      | <!DOCTYPE\s+html|<html[\s>]|<title>\s*Error|Error\s+\d{3}\s+\((?:Server|Client|Not|Bad)
      | (?:429|Error:?)\s+Too\s+Many\s+Requests|50[234]\s+(?:Bad\s+Gateway|Service\s+(?:Temporarily\s+)?Unavailable|Gateway\s+Time-?out)
    """,
    re.VERBOSE,
)


def find_masks(situation: Situation) -> Iterator[Problem]:
    """A problem if a placeholder or an engine's own words stand in the translation."""
    translation = situation.translation
    text = situation.segment.text
    if _holds_digit_or_sign(translation):
        yield from _placeholder(text, translation)
    warning = find_engine_message(translation)
    if warning and not find_engine_message(text):
        yield Problem(
            f"{quoted(warning[0])} is an engine's message and no translation; translate the text again",
            warning.start(),
            warning.end(),
        )


def find_engine_message(text: str) -> re.Match[str] | None:
    """What an engine says in place of a translation: of its quota, of an error."""
    return _WARNINGS.search(text) if _MAY_BE_WARNING.search(text) else None


def _holds_digit_or_sign(text: str) -> bool:
    if _DIGIT.search(text) or ("=" in text and "id" in text):
        return True
    return _SIGN.search(text) is not None


def _placeholder(text: str, translation: str) -> Iterator[Problem]:
    known: set[str] | None = None
    for match in _find_masks_in(translation):
        known = {found[0] for found in _find_masks_in(text)} if known is None else known
        if match[0] not in known:
            yield Problem(
                f"the placeholder {quoted(match[0])} is left over; write what it stands for in the source",
                match.start(),
                match.end(),
            )
            return


def _find_masks_in(text: str) -> Iterator[re.Match[str]]:
    """What `_MASK.finditer` gives, looked for only where it can begin."""
    return find_where(_FIRST_OF_MASK, _MASK, text)


CHECK = Check(
    name="masks",
    severity="error",
    find=find_masks,
    what="No placeholder and no message of a translation engine is left in the translation.",
    why="Readers would see [X1X] where a link was, or the engine's complaint about its quota.",
    right=("Siehe **hier**", "Voir **ici**"),
    wrong=("Siehe **hier**", "Voir [X1X]ici[X/1X]"),
)
