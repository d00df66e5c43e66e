"""Numbers: a petition of 34.000 voices has 34,000 in English and ٣٤٬٠٠٠ in Arabic, but never 35,000.

One number has many spellings, so two spellings agree where any reading of the one is a reading of the other. Numbers
that a language writes as words, turns into months, centuries or hours, or counts by another calendar are let pass.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from netzwerk_i18n.checks.finding import Check, Problem, Situation
from netzwerk_i18n.checks.warnings.grouped import without_same_runs
from netzwerk_i18n.checks.warnings.languages import read_locale
from netzwerk_i18n.checks.warnings.numerals import continues, find_scale, numbers_in_words
from netzwerk_i18n.checks.warnings.prose import HIDDEN, OBJECT, read_prose

_NUMBER = re.compile(
    r"""(?<=\d)(?P<power>[⁰¹²³⁴-⁹]+) | (?<![A-Za-zÀ-ɏͰ-ӿ_\d])(?:
        (?P<date>\d{1,2}\.[ \u00a0\u202f]?\d{1,2}\.(?:[ \u00a0\u202f]?\d{4}(?!\d)|\d{2}(?!\d)|(?!\d))
            |\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?![\d.])|\d{1,2}[-/]\d{1,2}[-/]\d{4}(?!\d))
      | (?P<time>\d{1,2}(?::|h)\d{2}(?!\d))
      | (?P<fraction>(?:\d{1,3}[ \u00a0\u2009\u202f]?)?[¼-¾⅐-⅞]|(?:\d{1,3}[ \u00a0])?[1-9][/⁄][2-9](?![\d/⁄.]))
      | (?P<number>\d{1,3}(?:\ue000*[ \u00a0\u2009\u202f]\d{3}(?!\d))+(?:[.,٫]\d+)?|\d+(?:[.,'’٫٬،]\d+)*)
    )""",
    re.VERBOSE,
)
_ANY_NUMBER = re.compile(r"[\d⁰¹²³⁴-⁹¼-¾⅐-⅞]")
"""What every number that is read here holds; those in words only say what one of these says."""

_DIGITS = re.compile(r"\d+")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_CODE = re.compile(
    r"""(?<![A-Za-z0-9])(?:
        [A-Z]{2}\d{2}[ \u00a0\u202f]?[A-Z0-9]{4}(?:[ \u00a0\u202f]?(?=[A-Z]{0,3}\d)[A-Z0-9]{4}){1,6}
            (?:[ \u00a0\u202f]?(?=[A-Z]{0,2}\d)[A-Z0-9]{1,3})?
      | (?=[A-Za-z0-9]*[A-Za-z]\d)(?=(?:[A-Za-z]*\d){6})[A-Za-z0-9]{8,}
    )(?![A-Za-z0-9])""",
    re.VERBOSE | re.ASCII,
)
"""The number of a bank account (ISO 13616), and what else is made of letters and many digits: a wallet, a key."""
_NAME = re.compile(r"(?<![A-Za-zÀ-ɏͰ-ӿ_\d\ue000\ufffc])[A-Za-z]+\d(?:[A-Za-z\d.]*[A-Za-z\d])?", re.ASCII)
"""What begins with letters and has digits in it: a code, a version, a group of states."""
_IN_NAME = re.compile(r"\d+(?:\.\d+)*")
_POINTED_TIME = re.compile(r"([01]?\d|2[0-4])\.([0-5]\d)")
_SMALL = 12
_NOON = 12
_MIDNIGHT = 24
_DAYS = 31
_GROUP = 3
_YEARS = range(1800, 2200)
_CENTURIES = (1800, 1900, 2000)
_REPORTED = 3
_MOST_SCALES = 5
_MILLION = 1_000_000
_LONGEST = 25

_CALENDARS = {"th": (543,), "lo": (543,), "fa": (-621, -622), "am": (-7, -8), "ne": (56, 57)}
"""What another calendar adds to a year (CLDR: the preferred calendars of territories)."""


@dataclass(frozen=True, slots=True)
class _Number:
    text: str
    start: int
    end: int
    values: frozenset[str]
    parts: tuple[str, ...]
    kind: str
    scaled: frozenset[str] = frozenset()
    """What it is with the word behind it, where that is a large scale: 1.5 million is never 1.5 billion."""

    @property
    def value(self) -> int | None:
        """The value of a short whole number, or of what is left of a date."""
        return int(self.parts[0]) if len(self.parts) == 1 and len(self.parts[0]) <= len("2025") else None

    @property
    def small(self) -> bool:
        """Whether a text may well write it as a word."""
        return self.kind == "fraction" or (
            self.kind == "number" and self.value is not None and self.value <= _SMALL
        )


def find_numbers(situation: Situation) -> Iterator[Problem]:
    """A problem for each number of the source that the translation lacks, and for each that it adds."""
    source, translation = read_prose(situation.segment.text).text, read_prose(situation.translation).text
    if not (_ANY_NUMBER.search(source) or _ANY_NUMBER.search(translation)):
        return
    problem = _other_code(source, translation)
    source, translation = (_CODE.sub(_object, text) for text in (source, translation))
    problem = problem or _other_name(source, translation)
    if problem is not None:
        yield problem
        return
    source, translation = without_same_runs(source, translation)
    wanted, given = _read(source), _read(translation)
    if not wanted and not given:
        return
    missing = _unmatched(wanted, given, _said_otherwise(translation) if wanted else set())
    added = _unmatched(given, wanted, _said_otherwise(source) if given else set())
    if not missing and not added:
        return
    missing, added = _without_conventions(
        missing, added, _whole_parts(wanted), _whole_parts(given), read_locale(situation.locale).language
    )
    if len(missing) == len(added) == 1:
        message = f"the source has the number {missing[0].text[:40]}, the translation {added[0].text[:40]}"
        yield Problem(message, added[0].start, added[0].end)
        return
    for number in missing[:_REPORTED]:
        yield Problem(f"the source's number {number.text[:40]} is not in the translation")
    for number in added[:_REPORTED]:
        message = f"the translation has the number {number.text[:40]}, which its source lacks"
        yield Problem(message, number.start, number.end)


def _other_code(source: str, translation: str) -> Problem | None:
    """A problem for the first account number, or the like, that is not the source's, or else for one that is lost."""
    old, new = (
        {_unspaced(match[0]): match for match in _CODE.finditer(text)} for text in (source, translation)
    )
    added = next((match for code, match in new.items() if code not in old), None)
    if added is not None:
        message = f"{added[0][:60]} is not in the source; copy such numbers from it, sign by sign"
        return Problem(message, added.start(), added.end())
    lost = next((match for code, match in old.items() if code not in new), None)
    return None if lost is None else Problem(f"the source's {lost[0][:60]} is not in the translation")


def _other_name(source: str, translation: str) -> Problem | None:
    """A problem for the first name whose letters are those of a name of the source that is gone, and its digits are not."""
    old, new = ({match[0]: match for match in _NAME.finditer(text)} for text in (source, translation))
    lost = {_DIGITS.sub("0", name).casefold(): name for name in old if name not in new}
    for name, match in new.items() if lost else ():
        gone = lost.get(_DIGITS.sub("0", name).casefold())
        if gone is not None and name not in old and _DIGITS.findall(name) != _DIGITS.findall(gone):
            message = f"the source has {gone[:40]}, the translation {name[:40]}"
            return Problem(message, match.start(), match.end())
    return None


def _said_otherwise(text: str) -> set[str]:
    """Numbers in words, and those in names: `G-20` is `G20` in another language."""
    names = " ".join(_NAME.findall(text))
    tokens = (token for token in _IN_NAME.findall(names) if len(token) <= _LONGEST)
    return numbers_in_words(text).union(*map(_readings, tokens))


def _object(match: re.Match[str]) -> str:
    return OBJECT * len(match[0])


def _unspaced(code: str) -> str:
    return re.sub("[ \u00a0\u202f]", "", code)


def _read(text: str) -> list[_Number]:
    numbers: list[_Number] = []
    carried: Decimal | None = None
    carried_to = -1
    for match in _NUMBER.finditer(text):
        kind = match.lastgroup or "number"
        token = match[0].translate(_RAISED)
        spread = re.sub("[¼-¾⅐-⅞]", lambda sign: f" {unicodedata.normalize('NFKC', sign[0])}", token)
        parts = tuple(_whole(digits) for digits in _DIGITS.findall(spread))
        if kind in _READERS:
            values = _READERS[kind](token, parts)
            numbers.append(_Number(token, match.start(), match.end(), frozenset(values), parts, kind))
            continue
        kind = "number"
        values = _readings(token) if len(token) <= _LONGEST else {_ascii(token)}
        start, end = match.span()
        scale, scale_end = find_scale(text, end)
        amounts = {
            Decimal(value) * (scale or 1) for value in values if _is_decimal(value) and len(value) <= _LONGEST
        }
        if (
            carried is not None and start - carried_to in {0, 1} and len(numbers[-1].parts) < _MOST_SCALES
        ):  # 3万4000 is one number
            amounts |= {amount + carried for amount in amounts}
            previous = numbers.pop()
            values |= previous.values
            parts = previous.parts + parts
            start = previous.start
        scaled = {_spelled(amount) for amount in amounts}
        values |= scaled
        carried = max(amounts, default=None) if scale and continues(text, scale_end) else None
        if carried is not None:
            values = {_spelled(amount) for amount in amounts}  # 34万 is never 34
        carried_to = scale_end
        token = text[start:end]
        known = frozenset(scaled if scale >= _MILLION else ())
        numbers.append(_Number(token, start, end, frozenset(values), parts, kind, known))
    return numbers


def _read_date(_token: str, parts: tuple[str, ...]) -> set[str]:
    """The date whatever the order of its parts is, in each century that a year of two digits may be of."""
    if any(len(part) > len("25") for part in parts):
        return {" ".join(sorted(parts))}
    day_and_month, year = parts[: len("dm")], parts[len("dm") :]
    years = [str(century + int(digits)) for digits in year for century in _CENTURIES]
    dates = [(*day_and_month, each) for each in years] or [day_and_month]
    return {" ".join(sorted(date)) for date in dates}


def _read_fraction(_token: str, parts: tuple[str, ...]) -> set[str]:
    """Its value, and its hundredths where it is less than one."""
    whole, above, below = (Decimal(0), *map(Decimal, parts))[-3:]
    value = whole + above / below
    return {_spelled(round(each, 4)) for each in ((value,) if whole else (value, 100 * value))}


_READERS: dict[str, Callable[[str, tuple[str, ...]], set[str]]] = {
    "date": _read_date,
    "time": lambda token, _parts: {token},
    "fraction": _read_fraction,
}


def _readings(token: str) -> set[str]:
    """What the digits may mean: in one language a point groups thousands, in another it begins a fraction."""
    groups = _DIGITS.findall(token)
    signs = [sign for sign in token if not sign.isdigit() and sign != HIDDEN]
    whole = "".join(_ascii(group) for group in groups)
    if not signs:
        return {_whole(whole)}
    inner = all(len(group) in {_GROUP - 1, _GROUP} for group in groups[1:])  # 12,34,567 in India
    grouped = inner and len(groups[0]) <= _GROUP and len(groups[-1]) == _GROUP
    if len(set(signs)) == 1:
        if signs[0] not in ".,٫،":
            return {_whole(whole)}
        readings = {_whole(whole)} if grouped else set()
        if len(signs) == 1 and (not grouped or int(groups[1])):  # 34.000 is no 34
            readings.add(_fraction(groups[0], groups[1]))
        return readings or {".".join(_whole(group) for group in groups)}
    if signs[-1] in ".,٫" and len(set(signs[:-1])) == 1:
        return {_fraction("".join(groups[:-1]), groups[-1])}
    return {".".join(_whole(group) for group in groups)}


def _ascii(digits: str) -> str:
    if digits.isascii():
        return digits
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else "." for sign in digits)


def _whole(digits: str) -> str:
    return _ascii(digits).lstrip("0") or "0"


def _fraction(whole: str, fraction: str) -> str:
    tail = _ascii(fraction).rstrip("0")
    return f"{_whole(whole)}.{tail}" if tail else _whole(whole)


def _is_decimal(value: str) -> bool:
    return value.count(".") <= 1


def _spelled(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _unmatched(numbers: list[_Number], others: list[_Number], words: set[str]) -> list[_Number]:
    """The numbers that have no counterpart, be it in another spelling or among the parts of a date or time."""
    plain = words.union(*(number.values for number in others if not number.scaled))
    scaled = plain.union(*(number.scaled for number in others))
    either = scaled.union(*(number.values for number in others))
    left = [
        number
        for number in numbers
        if number.values.isdisjoint(plain if number.scaled else either) and number.scaled.isdisjoint(scaled)
    ]
    if not left:
        return []
    parts = {part for number in others for part in number.parts} | words
    runs = {
        run
        for number in others
        if number.kind != "number" or len(number.parts) > 1
        for run in pairwise(number.parts)
    }
    pairs = runs | {(one.parts[-1], other.parts[0]) for one, other in pairwise(others)}
    own = {value for number in numbers for value in number.values}
    dated = any(number.kind == "date" and number.values.isdisjoint(own) for number in others)
    rest: list[_Number] = []
    for number in left:
        if number.kind == "fraction":
            if not pairs.issuperset(pairwise(number.parts)):
                rest.append(number)
        elif number.kind != "number":
            passed = parts | {str(_MIDNIGHT)} if number.kind == "time" else parts
            in_words = number.kind == "time" or not dated
            rest += (
                _part(number, part)
                for part in number.parts
                if part not in passed and not (in_words and _is_small(part))
            )
        elif number.scaled and any(other.scaled for other in others):
            rest.append(number)
        elif len(number.parts) == 1:
            if number.parts[0] not in parts:
                rest.append(number)
        elif number.parts not in runs and not _is_time(number.text, parts, pairs):
            rest.append(number)
    return rest


def _is_time(text: str, parts: AbstractSet[str], pairs: AbstractSet[tuple[str, str]]) -> bool:
    """Whether the other side has what `19.30` says of the clock: `19 h 30`, `7:30 p.m.`, `7.30`."""
    match = _POINTED_TIME.fullmatch(text)
    if match is None:
        return False
    hours = [str(int(match[1]) + shift) for shift in (0, _NOON, -_NOON)]
    minute = str(int(match[2]))
    return any((hour, minute) in pairs or (minute == "0" and hour in parts) for hour in hours)


def _part(number: _Number, part: str) -> _Number:
    return _Number(part, number.start, number.end, frozenset((part,)), (part,), "part")


def _is_small(part: str) -> bool:
    return len(part) <= len(str(_SMALL)) and int(part) <= _SMALL


def _whole_parts(numbers: list[_Number]) -> set[int]:
    return {int(part) for number in numbers for part in number.parts if len(part) <= len("2025")}


def _without_conventions(
    missing: list[_Number], added: list[_Number], wanted: set[int], given: set[int], language: str
) -> tuple[list[_Number], list[_Number]]:
    """Leave out what languages write otherwise: hours, decades, years of another calendar, small numbers as words."""
    shifts = _CALENDARS.get(language, ())
    converted = any(
        number.value in _YEARS and number.value + shift in given
        for number in missing
        if number.value is not None
        for shift in shifts
    )
    days = _DAYS if converted and language == "fa" else 0  # months and days are others too
    backwards = [-shift for shift in shifts]
    missing = [number for number in missing if not _is_converted(number, days, given, shifts)]
    added = [number for number in added if not _is_converted(number, days, wanted, backwards)]
    months_are_numbers = language in {"zh", "ja", "ko", "vi", "yue"}
    if not months_are_numbers and any(each.small for each in missing) and any(each.small for each in added):
        return missing, added  # 3 became 5
    return [each for each in missing if not each.small], [each for each in added if not each.small]


def _is_converted(number: _Number, days: int, others: set[int], shifts: Iterable[int]) -> bool:
    if number.value is None or number.scaled:
        return False
    return number.value <= days or _has_twin(number.value, others, shifts)


def _has_twin(value: int, others: set[int], shifts: Iterable[int]) -> bool:
    """Whether the other side has what may stand for a number: the hour, the decade, the year of another calendar."""
    if value > _DAYS and any(value + shift in others for shift in shifts):
        return True
    if _NOON < value <= _MIDNIGHT and not {value - _NOON, value % _MIDNIGHT}.isdisjoint(others):
        return True
    return any(century + value in others or value - century in others for century in _CENTURIES)


CHECK = Check(
    name="numbers",
    severity="warning",
    find=find_numbers,
    what="The translation has the numbers of its source, those of accounts too, in the spelling of its own language.",
    why="A wrong date or count is what readers act on, and what nobody sees who reads one language only.",
    right=("34.000 Stimmen bis zum 9.1.2025", "34\u202f000 voix au 9 janvier 2025"),
    wrong=("34.000 Stimmen", "35\u202f000 voix"),
)
