"""Doubled words: "the the". Only in languages that don't double words to say something, as Indonesian does."""

from collections.abc import Iterator
from operator import eq

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.warnings.languages import read_locale
from netzwerk_i18n.checks.warnings.prose import WORD, read_prose

_RIGHTLY_DOUBLED: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "de": "die der das sie ihr es wir was dass nein ja sehr lange weit wenn in am um zu an auf",
        "en": "that had her you is do very no so really long far in on there bye ha knock boo tut",
        "fr": "nous vous en très non oui si tout faire ha jamais moins plus vite",
        "es": "no sí muy casi poco luego ja nunca ya uno mano",
        "it": "via piano man mano quasi così no sì poco appena pian ben bello molto a ora subito vicino",
        "nl": "dat die je ze het u nee ja heel zo als door en",
        "pt": "não sim muito logo quase já se tão",
        "pl": "nie tak bardzo co to się",
        "ro": "a lui nu da cam foarte încet",
        "ca": "no sí molt gairebé poc",
        "gl": "non si moi se",
        "sv": "det som den de i på av att nej ja är var mycket för",
        "da": "det som den de i på at nej ja er der var meget for",
        "nb": "det som den de i på at nei ja er der var veldig for",
        "nn": "det som den dei i på at nei ja er der var",
        "cs": "se ne ano co že to",
        "sk": "sa nie áno čo že to",
        "sl": "se ne da in",
        "fi": "ei joo niin siis että",
        "et": "ei ja jah väga",
        "lv": "nē jā ļoti",
        "lt": "ne taip labai vos",
        "hr": "se ne da i je",
        "bg": "не да се и",
        "ru": "не да еле чуть ну",
        "uk": "не так ледь ну",
        "sq": "po jo shumë të së",
    }.items()
}
"""By language: what may stand twice in a row. A language that is not named here is left alone."""

_WIDEST_GAP = 3


def find_doubled_words(situation: Situation) -> Iterator[Problem]:
    """A problem for the first word that stands twice in a row, unless its source doubles a word too."""
    allowed = _RIGHTLY_DOUBLED.get(read_locale(situation.locale).language)
    if allowed is None:
        return
    if not _has_double(situation.translation):
        return
    prose = read_prose(situation.translation).text
    last = ""
    last_end = 0
    last_start = 0
    for match in WORD.finditer(prose):
        word = match[0]
        start = match.start()
        if word.casefold() == last.casefold() and len(word) > 1 and _only_blanks(prose, last_end, start):
            lower = word.casefold()
            name = word[0].isupper() and last[0].isupper()
            if lower not in allowed and not name and not _joined(prose, last_start, match.end()):
                if not _has_double(situation.segment.text):
                    yield Problem(f"the word {word[:40]!r} stands twice in a row", start, match.end())
                return
        last, last_start, last_end = word, start, match.end()


def _only_blanks(prose: str, start: int, end: int) -> bool:
    return start < end <= start + _WIDEST_GAP and not prose[start:end].strip(" \u00a0\u202f")


def _joined(prose: str, start: int, end: int) -> bool:
    """Whether the pair is only part of longer words: `l’un un-deux`."""
    before, after = prose[start - 1 : start], prose[end : end + 1]
    return (before != "" and before in "'’-‐‑") or (after != "" and after in "'’-‐‑")


def _has_double(text: str) -> bool:
    words = read_prose(text).words
    return any(map(eq, words, words[1:]))


CHECK = Check(
    name="doubled-words",
    severity="warning",
    find=find_doubled_words,
    what="No word stands twice in a row, but for those that a language rightly doubles.",
    why="The eye of the one who typed it reads over it; the eye of the reader does not.",
    right=("Wir treffen uns", "Nous nous retrouvons"),
    wrong=("Der Schutz der Demokratie", "La protection de de la démocratie"),
)
