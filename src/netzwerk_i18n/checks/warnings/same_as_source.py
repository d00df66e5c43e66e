"""Same as source: a text that was copied and never translated.

Names, foreign titles, code and short strings are rightly the same in every language, so only a text of three words and
more that is clearly in the source's language counts.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.warnings.languages import (
    STOP_WORDS,
    count_stop_words,
    guess_language,
    read_locale,
    same_language,
)
from netzwerk_i18n.checks.warnings.prose import OBJECT, WORD, read_prose

_FEWEST_WORDS = 3
_OFTEN_QUOTED = ("en", "fr", "es", "it")
_BLANKS = re.compile(r"\s+")


def is_copy(situation: Situation) -> bool:
    """Whether the translation says its source's words, markup and blanks aside."""
    return _is_copy(situation.segment.text, situation.translation)


@lru_cache(maxsize=8)  # several checks ask for one message
def _is_copy(source: str, translation: str) -> bool:
    if source == translation:
        return True
    return _plain(translation) == _plain(source)


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", read_prose(text).visible().replace(OBJECT, "")).strip().casefold()


def find_same_as_source(situation: Situation) -> Iterator[Problem]:
    """A problem if the translation is its source, and its source is a sentence of the source's language."""
    own, source = read_locale(situation.locale).language, read_locale(situation.source_locale).language
    if own == source or same_language(own, source) or not is_copy(situation):
        return
    prose = read_prose(situation.translation).text
    words = WORD.findall(prose)
    if len(words) >= _FEWEST_WORDS and _is_sentence(prose, words, source, own):
        yield Problem(
            "the translation is the same as its source; translate it, or silence this if it is a name"
        )


def _is_sentence(prose: str, words: list[str], source: str, own: str) -> bool:
    """Whether the words are clearly the source's language, and more than the name of a person, a group or a work."""
    lower = [word.casefold() for word in words]
    small = STOP_WORDS.get(source, frozenset()) - STOP_WORDS.get(own, frozenset())
    if guess_language(lower, (own, source)) != source:
        scores, _ = count_stop_words(lower)
        rivals = [
            language for language in _OFTEN_QUOTED if language not in {source, own} and scores[language]
        ]
        if rivals or small.isdisjoint(lower):
            return False
    rest_is_lower = any(
        word[0].islower() and len(word) > _FEWEST_WORDS and word.casefold() not in small for word in words
    )
    return rest_is_lower or "," in prose or _run_of(lower, small) >= _FEWEST_WORDS


def _run_of(words: list[str], small: frozenset[str]) -> int:
    """The length of the longest row of small words."""
    longest = run = 0
    for word in words:
        run = run + 1 if word in small else 0
        longest = max(longest, run)
    return longest


CHECK = Check(
    name="same-as-source",
    severity="warning",
    find=find_same_as_source,
    what="A sentence of the source's language is not its own translation.",
    why="A copied text counts as translated, and nobody looks at it again.",
    right=("Fridays For Future", "Fridays For Future"),
    wrong=("Wir gehen gemeinsam und ohne Hass", "Wir gehen gemeinsam und ohne Hass"),
)
