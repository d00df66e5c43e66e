"""Answers judged at a glance: what no translation looks like is refused before its markup is looked at."""

import re

from netzwerk_i18n.checks import Situation
from netzwerk_i18n.checks.masks import find_engine_message
from netzwerk_i18n.checks.warnings.languages import read_locale
from netzwerk_i18n.checks.warnings.wrong_language import find_wrong_language
from netzwerk_i18n.page import Segment

_PLACEHOLDER = re.compile(r"<[^<>]*>|\[X/?\d+X\]|\s+")
_DENSE = frozenset("ja ko lo km my th yue zh".split())  # a sign of theirs is a word of others
_SHORT = 40


def implausible(text: str, answer: str | None, locale: str) -> str | None:
    """Why an answer to a masked text can be no translation, or None.

    >>> implausible("Hallo Welt", "", "fr")
    'nothing came back'
    >>> implausible("Hallo Welt", "Bonjour le monde", "fr")
    """
    if answer is None or not answer.strip():
        return "nothing came back"
    if find_engine_message(answer) and not find_engine_message(text):
        return "the engine sent a message and no translation"
    dense = read_locale(locale).language in _DENSE
    before, after = (len(_PLACEHOLDER.sub("", one)) for one in (text, answer))
    if after > 4 * before + 2 * _SHORT:
        return "the answer is far too long"
    if before > _SHORT and after * (10 if dense else 4) < before:
        return "the answer is far too short"
    if not after and before:
        return "nothing but placeholders came back"
    return None


def wrong_language(segment: Segment, translation: str, *, locale: str, source_locale: str) -> str | None:
    """Why a translation is in the wrong language, or None."""
    for problem in find_wrong_language(Situation(segment, translation, locale, source_locale)):
        return problem.message
    return None
