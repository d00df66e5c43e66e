"""Length: a translation that is far too short has lost a sentence, one that is far too long has gained one."""

import re
from collections.abc import Iterator

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.warnings.prose import read_prose

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_SYLLABLE = re.compile("[\u1200-\u137f]")
_NO_LETTERS = re.compile(r"\W+")
_WEIGHTY = re.compile("[\u1200-\u137f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
"""Any of these letters, which say more than those of an alphabet, or less."""

_SHORT = 20
_LONG = 60


def find_length(situation: Situation) -> Iterator[Problem]:
    """A problem if the translation's length, measured in what its script says in a sign, is far off its source's."""
    source, own = _weight(situation.segment.text), _weight(situation.translation)
    if not source or not own:
        return
    if source < _SHORT:
        least, most = 0.0, 6 * source + 40
    elif source < _LONG:
        least, most = source / 4, source * 3.5
    else:
        least, most = source / 2.5, source * 2.5
    if own < least:
        yield Problem("the translation is much shorter than its source; see whether something is missing")
    elif own > most:
        yield Problem("the translation is much longer than its source; see whether something was added")


def _weight(text: str) -> float:
    """The number of letters, an ideograph counted as the three letters that it mostly stands for."""
    prose = read_prose(text).text
    letters = len(_NO_LETTERS.sub("", prose))
    if not _WEIGHTY.search(prose):
        return letters
    ideographs, kana = len(_HAN.findall(prose)), len(_KANA.findall(prose))
    return (
        letters
        + 2 * ideographs
        + kana
        + 1.3 * len(_HANGUL.findall(prose))
        + 0.8 * len(_SYLLABLE.findall(prose))
    )


CHECK = Check(
    name="length",
    severity="warning",
    find=find_length,
    what="The translation is about as long as its source, as far as the scripts can be compared; short texts may differ.",
    why="A sentence that was lost or added shows in the length before anyone reads it.",
    right=("Die Initiative ruft zum Ausstieg auf", "L’initiative appelle à partir"),
    wrong=("Die Initiative ruft alle Menschen in Europa dazu auf, die Plattform zu verlassen", "Partez"),
)
