"""Quotation marks: in pairs, and those of the translation's language (CLDR, delimiters; with what is also in use).

Straight quotes are let pass everywhere, and so are single ones, which apostrophes look like. A language without a row here is left alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.warnings.languages import read_locale
from netzwerk_i18n.checks.warnings.prose import without_kept

_PAIRS: Mapping[str, str] = MappingProxyType(
    {
        language: pairs
        for languages, pairs in {
            "de lb gsw nds": "„“ »« ›‹",
            "de_CH de_LI": "«» ‹› „“ »«",
            "en af cy ga mt fil tl sw zu hi mr bn ta te kn ml gu ne ms id th vi tr si am": "“”",
            "fr": "«» “” ‹›",
            "es ca gl eu ast pt oc": "«» “”",
            "pt_BR": "“”",
            "it": "«» “” ‹›",
            "nl fy": "“” „”",
            "pl": "„” «» »«",
            "sv fi": "”” »» »« “”",
            "da": "”” “” »« ›‹ „“",
            "nb nn no": "«» “” ””",
            "is": "„“",
            "et": "„“ «» „”",
            "lv": "“” „” «» „“",
            "lt": "„“",
            "cs sk sl": "„“ »« ›‹",
            "hr bs": "„” „“ ”” »« “”",
            "sr": "„” „“ »« “”",
            "mk bg": "„“ «» “”",
            "ro": "„” «»",
            "hu": "„” »«",
            "sq": "“” «» „“",
            "ru uk be kk ky": "«» „“ “”",
            "el": "«» “” ‹›",
            "hy": "«» “” ‹›",
            "ka": "„“ “” «» „”",
            "az": "“” «» „“",
            "he yi": "”” “” „” ״״",
            "ar ckb": "”“ “” «»",
            "fa ps ur": "«» ‹› “” ”“",
            "ja": "「」 『』 “” 〈〉 《》 【】",
            "zh": "“” 《》 〈〉 「」 『』 【】",
            "zh_TW zh_HK zh_Hant": "「」 『』 《》 〈〉 “” 【】",
            "ko": "“” 《》 〈〉 「」 『』 【】",
            "lo my km": "“” «»",
        }.items()
        for language in languages.split()
    }
)
_SIGNS = re.compile(r'[“”„‟«»‹›「」『』《》〈〉]|(?<!\w)"|"(?!\w)')

_WITHIN_A_WORD = re.compile(r'[^\W\d]"\w')
"""A mark that may open or close: endings follow on it at once (`"사유"를`, `"Kitap"ın`), and some scripts have no blanks."""


@dataclass(frozen=True, slots=True)
class _Style:
    closers: Mapping[str, frozenset[str]]
    known: frozenset[str]
    example: str


def find_quotes(situation: Situation) -> Iterator[Problem]:
    """A problem for the first quotation mark that is not of the language, or that has no partner."""
    style = _style(situation.locale)
    if style is None:
        return
    prose = without_kept(situation.translation, situation.segment.text)
    opened: list[tuple[str, int]] = []
    stray: tuple[str, int] | None = None
    straight = 0
    for match in _SIGNS.finditer(prose.text):
        sign, place = match[0], match.start()
        if sign == '"':
            inch = prose.text[place - 1 : place].isdigit()
            straight += 0 if inch else 1
        elif sign not in style.known:
            message = f"the quotation mark {sign} is not one of the language; write {style.example}"
            yield Problem(message, place, place + 1)
            return
        elif opened and sign in style.closers.get(opened[-1][0], frozenset()):
            opened.pop()
        elif sign in style.closers:
            opened.append((sign, place))
        else:
            stray = stray or (sign, place)
    if stray is None and opened:
        stray = opened[0]
    if stray is not None:
        if _is_even(situation.segment.text):
            message = f"the quotation mark {stray[0]} has no partner; this language writes {style.example}"
            yield Problem(message, stray[1], stray[1] + 1)
    elif straight % 2 and _is_even(situation.segment.text) and not _WITHIN_A_WORD.search(prose.text):
        yield Problem("a straight quotation mark has no partner")


def _is_even(source: str) -> bool:
    """Whether the source's own quotation marks come in pairs; one may go on in the next paragraph."""
    return len(_SIGNS.findall(source)) % 2 == 0


@lru_cache(maxsize=256)
def _style(locale: str) -> _Style | None:
    tongue = read_locale(locale)
    names = [
        f"{tongue.language}_{part}" for part in (tongue.territory, *re.split(r"[_\-]", locale)[1:]) if part
    ]
    pairs = next((_PAIRS[name] for name in [*names, tongue.language] if name in _PAIRS), None)
    if pairs is None:
        return None
    closers: dict[str, set[str]] = {}
    for pair in pairs.split():
        closers.setdefault(pair[0], set()).add(pair[1])
    known = set(closers).union(*closers.values()) | set("〈〉")
    if not known & set("「"):
        known |= set("「」『』《》")  # names of works from the East
        for opener, closer in ("「」", "『』", "《》"):
            closers[opener] = {closer}
    closers.setdefault("〈", {"〉"})
    frozen = {opener: frozenset(ends) for opener, ends in closers.items()}
    first = pairs.split()[0]
    return _Style(MappingProxyType(frozen), frozenset(known), f"{first[0]}…{first[1]}")


CHECK = Check(
    name="quotes",
    severity="warning",
    find=find_quotes,
    what="Quotation marks come in pairs, and in the shapes of the translation's language; straight ones are let pass.",
    why="The marks of another language are what machines and hurried hands leave behind.",
    right=("Sie sagt „Ja“", "Elle dit «\u00a0oui\u00a0»"),
    wrong=("Sie sagt „Ja“", "Elle dit „oui“"),
)
