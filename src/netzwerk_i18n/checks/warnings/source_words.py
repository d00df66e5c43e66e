"""Words of the source's language that were left in the translation.

Only small words count, and only two different ones together: a name such as "Verein der Freunde und Förderer" stands
between capitals and is let pass, and so is what stands in quotation marks or bears a link, as in the source.
"""

from collections.abc import Iterator
from functools import lru_cache

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.warnings.languages import STOP_WORDS, read_locale, same_language
from netzwerk_i18n.checks.warnings.prose import WORD, without_kept
from netzwerk_i18n.checks.warnings.same_as_source import is_copy

_HOMOGRAPHS: dict[str, str] = {
    "de": "die in am an war es im was hat dem des den der wer man so ein mit um hier",
    "en": "a an in on at is as be do are or it we by has was who not for there from have to of",
    "fr": "a on en la le son est se ne pas sur par plus du de des au les un il se sa ses ou et d l c n s j qu",
    "es": "a el la los las de del en un una con para es son no se al lo su sus como esta este o y si sin sobre hay más",
    "it": "a il la le di e in un una con non si come o ma al dei su dal alla nel l d lo ci i chi da cosa per",
    "nl": "de is in van en met over die dat door op na of maar we er u om te er wat hun nu kan voor hoe meer deze het",
    "pt": "o a os as de do da dos das e em um uma com no na se são para por mais como ou não foi ser sua seu que há",
    "pl": "i w z na do to o a od po za co by być tu ten ta te ale nie się dla tak jak tym jest są może",
}
"""Small words that are words of other languages as well, where no list of small words says so."""

_FEWEST = 2


def find_source_words(situation: Situation) -> Iterator[Problem]:
    """A problem if small words of the source's language stand in a translation to another."""
    own, source = read_locale(situation.locale).language, read_locale(situation.source_locale).language
    small = _telling_words(source, own)
    if not small or is_copy(situation):
        return
    prose = without_kept(situation.translation, situation.segment.text)
    if small.isdisjoint(prose.words):
        return
    found: dict[str, tuple[int, int]] = {}
    beside_lower = False
    previous = ""
    after_found = False
    for match in WORD.finditer(prose.text):
        word = match[0]
        if after_found and word[:1].islower():
            beside_lower = True
        after_found = word in small or (word.casefold() in small and not previous)
        if after_found:
            found.setdefault(word.casefold(), match.span())
            beside_lower = beside_lower or (previous[:1].islower())
        previous = word
    if len(found) < _FEWEST or not beside_lower:
        return
    words = ", ".join(list(found)[:5])
    start, end = next(iter(found.values()))
    yield Problem(f"the translation still has words of the source's language ({words})", start, end)


@lru_cache(maxsize=256)
def _telling_words(source: str, own: str) -> frozenset[str]:
    """The small words that tell the source's language from the translation's."""
    if same_language(source, own) or source not in STOP_WORDS:
        return frozenset()
    small = STOP_WORDS[source] - STOP_WORDS.get(own, frozenset())
    if read_locale(source).script != read_locale(own).script:
        return small
    return frozenset(word for word in small if len(word) > 1) - frozenset(_HOMOGRAPHS.get(source, "").split())


CHECK = Check(
    name="source-words",
    severity="warning",
    find=find_source_words,
    what="No words of the source's language are left in the translation, names and kept titles aside.",
    why="A half-translated sentence is worse than an untranslated one: nobody can read it.",
    right=("Wir sind das Netzwerk", "Nous sommes le réseau"),
    wrong=("Wir sind das Netzwerk und die Bewegung", "Wir sind le réseau und le mouvement"),
)
