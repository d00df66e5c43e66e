"""French spacing: a no-break space before double punctuation and inside guillemets.

The French of France sets U+202F before `;`, `!` and `?`, and U+00A0 before `:` and inside `« »`; both count as right
everywhere (Lexique des règles typographiques en usage à l'Imprimerie nationale). Canada and Switzerland have rules of
their own and are left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.warnings.languages import read_locale
from netzwerk_i18n.checks.warnings.prose import HIDDEN, OBJECT, read_prose

NARROW = "\u202f"
WIDE = "\u00a0"

_TERRITORIES = frozenset(("", "FR", "BE", "LU", "MC"))
_SIGNS = re.compile("[:;!?»«]")
_SMILEY = re.compile(r"[:;]['’]?-?[)(DPpOo/|\\3*]|[:;]-")
_REPORTED = 5


@dataclass(frozen=True, slots=True)
class Gap:
    """A place that wants a no-break space.

    Attributes:
        sign: the mark, one of `: ; ! ? » «`.
        start: where the plain space is, or where a space is missing.
        end: where it ends; equal to `start` where it is missing.
        wanted: the space that belongs there.
    """

    sign: str
    start: int
    end: int
    wanted: str


def spaced_in_french(locale: str) -> bool:
    """Whether the locale follows the rules of France."""
    tongue = read_locale(locale)
    return tongue.language == "fr" and tongue.territory in _TERRITORIES


def find_gaps(text: str) -> Iterator[Gap]:
    """The places of a French text where a no-break space is missing, in order."""
    prose = read_prose(text).text
    for match in _SIGNS.finditer(prose):
        place, sign = match.start(), match[0]
        wanted = NARROW if sign in ";!?" else WIDE
        if sign == "«":
            after = _skip_forward(prose, place + 1)
            following = prose[after : after + 1]
            if following == " " and prose[after + 1 : after + 2].strip():
                yield Gap(sign, after, after + 1, wanted)
            elif following.isalnum():
                yield Gap(sign, place + 1, place + 1, wanted)
            continue
        before = _skip_back(prose, place - 1)
        previous = prose[before] if before >= 0 else ""
        following = prose[place + 1 : place + 2]
        if sign != "»" and (following.isalnum() or following == OBJECT or _SMILEY.match(prose, place)):
            continue
        if sign == ":" and following == ":":
            continue
        if previous == " ":
            if (
                before
                and prose[before - 1] not in "\n\r:"
                and prose[_skip_back(prose, before - 1)] not in " \n"
            ):
                yield Gap(sign, before, before + 1, wanted)
        elif previous.isalnum() or (sign == "»" and previous in {".", "…", "!", "?"}):
            yield Gap(sign, place, place, wanted)


def _skip_back(prose: str, place: int) -> int:
    while place >= 0 and prose[place] == HIDDEN:
        place -= 1
    return place


def _skip_forward(prose: str, place: int) -> int:
    while place < len(prose) and prose[place] == HIDDEN:
        place += 1
    return place


def find_french_spacing(situation: Situation) -> Iterator[Problem]:
    """A problem for each mark that has a plain space, or none, where French has a no-break space."""
    if not spaced_in_french(situation.locale):
        return
    for count, gap in enumerate(find_gaps(situation.translation)):
        if count == _REPORTED:
            return
        where = "after" if gap.sign == "«" else "before"
        space = "a narrow no-break space (U+202F)" if gap.wanted == NARROW else "a no-break space (U+00A0)"
        yield Problem(f"French sets {space} {where} {gap.sign}", gap.start, gap.end)


CHECK = Check(
    name="french-spacing",
    severity="warning",
    find=find_french_spacing,
    what="In the French of France a no-break space stands before : ; ! ? » and after «.",
    why="A plain space lets the mark slip to the beginning of the next line, and none at all is a mistake.",
    right=("Wer macht mit?", "Qui participe\u202f?"),
    wrong=("Wer macht mit?", "Qui participe ?"),
)
