"""What needs no engine: countries, numbers and dates, which CLDR knows in every language.

Names of territories are nominatives without an article, right for `(Frankreich)` and wrong inside a sentence; so only
whole texts and parentheses at the end are looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel import Locale

_ALIASES = {
    "": {"USA": "US", "UK": "GB", "EU": "EU"},
    "de": {"Großbritannien": "GB", "Grossbritannien": "GB", "Vereinigte Staaten von Amerika": "US"},
    "en": {"US": "US", "Great Britain": "GB", "United States of America": "US", "Czech Republic": "CZ"},
    "es": {"EE. UU.": "US", "EE.UU.": "US", "Gran Bretaña": "GB", "UE": "EU"},
    "fr": {"États-Unis d’Amérique": "US", "Grande-Bretagne": "GB", "UE": "EU"},
    "it": {"Stati Uniti d’America": "US", "Gran Bretagna": "GB", "UE": "EU"},
    "nl": {"VS": "US", "Groot-Brittannië": "GB"},
    "pl": {"Wielka Brytania": "GB", "UE": "EU"},
    "pt": {"EUA": "US", "Grã-Bretanha": "GB", "UE": "EU"},
    "sv": {"Storbritannien": "GB"},
}
"""Names that people use and CLDR lists under another one, by source language; those under "" hold in all."""

_NO_PLACES = frozenset({"XA", "XB", "ZZ"})
_TRAILING = re.compile(r"(?<=\s)\((?P<names>[^()\[\]\n]{2,80})\)(?P<end>[.!?]?)\Z")
_SEPARATOR = re.compile(r"(\s*[,;/]\s*|\s+[–—-]\s+)")
_WRAPPED = re.compile(r"(\*{1,3}|_{1,3})(?P<text>[^*_]+)\1\Z")
_GROUPED = r"\d{1,3}(?:%s\d{3})+(?!\d)"
_MINIMUM_GROUPING_OF_TWO = frozenset("be bg et hu hy it ka lv pl sl sq".split())
_SPANISH_OF_TWO = frozenset({"", "ES", "EA", "GQ", "IC", "PH"})
_PERCENT = re.compile(r"(?P<number>[\d.,'’٬٫\u00a0\u202f ]*\d)(?P<blank>[ \u00a0\u202f]?)%\Z")
_PLAIN_NUMBER = re.compile(r"[0-9]{1,4}\Z")
_DATE_FORMATS: tuple[Literal["full", "long", "medium"], ...] = ("full", "long", "medium")
_SKELETONS = ("yMMMM", "MMMMd", "yMMM", "MMMd", "yMMMMEEEEd", "MMMMEEEEd")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Trailing:
    """A text that ends in a country in parentheses: `Petition gegen X (Frankreich)`.

    Attributes:
        start: where the parenthesis begins in the text, the blank before it left out.
        text: the parenthesis in the target's language, with what ends the text: `(France)`.
    """

    start: int
    text: str


def translate_whole(text: str, source_locale: str, locale: str) -> str | None:
    """The translation of a text that is a country's name, a number or a date and nothing else; else None.

    >>> translate_whole("Frankreich", "de", "es"), translate_whole("3. Oktober 2025", "de", "fr")
    ('Francia', '3 octobre 2025')
    """
    if len(text) > _LONGEST or "\n" in text:
        return None
    if wrapped := _WRAPPED.match(text):
        inner = translate_whole(wrapped["text"], source_locale, locale)
        return None if inner is None or text[0] in inner else f"{wrapped[1]}{inner}{wrapped[1]}"
    if text[:1] == "(" and text[-1:] == ")":
        trailing = translate_trailing(f" {text}", source_locale, locale)
        return trailing.text if trailing else None
    name = _territory(text, source_locale, locale)
    if name is not None:
        return name[:1].upper() + name[1:] if text[:1].isupper() else name
    if not any(sign.isdigit() for sign in text):
        return None
    if _PLAIN_NUMBER.match(text):
        return text
    return format_number(text, source_locale, locale) or _date(text, source_locale, locale)


def translate_trailing(text: str, source_locale: str, locale: str) -> Trailing | None:
    """The country in parentheses at the end of a text, translated; None where there is none.

    >>> translate_trailing("Musk stoppen (Deutschland, Schweiz)", "de", "fr")
    Trailing(start=13, text='(Allemagne, Suisse)')
    """
    found = _TRAILING.search(text[-_LONGEST - 10 :])
    if found is None:
        return None
    parts = _SEPARATOR.split(found["names"])
    names = [_territory(part, source_locale, locale) for part in parts[::2]]
    if any(name is None for name in names):
        return None
    parts[::2] = [name or "" for name in names]
    start = max(0, len(text) - _LONGEST - 10) + found.start()
    return Trailing(start, f"({''.join(parts)}){found['end']}")


def format_number(text: str, source_locale: str, locale: str) -> str | None:
    r"""A number, read strictly as the source locale writes it, as `locale` writes it; None if it is none.

    What is grouped or has a fraction is a number; `2025`, `10115` and `1.2.3` are years, codes and versions.

    >>> format_number("34.000", "de", "pl"), format_number("1.234", "de", "es"), format_number("2.0", "de", "es")
    ('34\xa0000', '1234', None)
    """
    if percent := _PERCENT.match(text):
        number = format_number(percent["number"], source_locale, locale)
        if number is None and percent["number"].isascii() and percent["number"].isdigit():
            number = percent["number"]
        return None if number is None else _percent(number, locale)
    value = _read_number(text, source_locale)
    written = None if value is None else _write_number(value, locale)
    return f"+{written}" if written is not None and text[0] == "+" else written


# --- Territories ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _locale(name: str) -> "Locale | None":
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(name.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return None


@lru_cache(maxsize=8)
def _codes(locale: str) -> dict[str, str]:
    """From a territory's name in a language to its code."""
    known = _locale(locale)
    if known is None:
        return {}
    codes: dict[str, str] = {}
    for code, name in known.territories.items():
        if code not in _NO_PLACES:
            codes.setdefault(name, code)
    return _ALIASES[""] | _ALIASES.get(known.language, {}) | codes


def _territory(name: str, source_locale: str, locale: str) -> str | None:
    code = _codes(source_locale).get(name.replace("'", "’") if "'" in name else name)
    target = _locale(locale)
    return target.territories.get(code) if code and target else None


# --- Numbers -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _signs(locale: str) -> tuple[str, str] | None:
    """What groups thousands, and what begins a fraction."""
    known = _locale(locale)
    if known is None:
        return None
    signs = known.number_symbols["latn"]
    return signs["group"], signs["decimal"]


@lru_cache(maxsize=64)
def _number_pattern(locale: str) -> re.Pattern[str] | None:
    signs = _signs(locale)
    if signs is None:
        return None
    group, point = signs
    groups = "[ \u00a0\u202f]" if group.isspace() else "['’]" if group in "'’" else re.escape(group)
    point = re.escape(point)
    return re.compile(
        rf"(?P<sign>[+\-−]?)(?:(?P<grouped>{_GROUPED % groups})(?:{point}(?P<rest>\d+))?|(?P<whole>\d+){point}(?P<part>\d+))\Z",
        re.ASCII,
    )


def _read_number(text: str, locale: str) -> Decimal | None:
    pattern, signs = _number_pattern(locale), _signs(locale)
    point = signs[1] if signs else ""
    found = pattern.match(text) if pattern else None
    if found is None or (found["whole"] and len(found["whole"]) > 1 and found["whole"][0] == "0"):
        return None
    if found["whole"] and point == ".":
        return None  # 2.5 may be a version
    whole = re.sub(r"\D", "", found["grouped"] or found["whole"])
    rest = found["rest"] or found["part"] or ""
    return Decimal(f"{'-' if found['sign'] in ('-', '−') else ''}{whole}" + (f".{rest}" if rest else ""))


def _write_number(value: Decimal, locale: str) -> str | None:
    from babel.numbers import format_decimal

    known = _locale(locale)
    if known is None:
        return None
    exponent = value.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) else 0
    groups = not (_keeps_four_together(known) and abs(value) < 10_000)  # noqa: PLR2004 - CLDR: two digits before the first group
    pattern = ("#,##0" if groups else "0") + ("." + "0" * digits if digits else "")
    own = known.decimal_formats[None].pattern
    if groups and "#,##,##0" in own:
        pattern = pattern.replace("#,##0", "#,##,##0")
    return format_decimal(value, format=pattern, locale=known)


def _keeps_four_together(locale: "Locale") -> bool:
    """Whether `1234` is written without a sign for thousands (CLDR: minimumGroupingDigits is 2), which Babel ignores."""
    territory = locale.territory or ""
    if locale.language == "es":
        return territory in _SPANISH_OF_TWO
    if locale.language == "pt":
        return territory not in ("", "BR")
    return locale.language in _MINIMUM_GROUPING_OF_TWO


def _percent(number: str, locale: str) -> str | None:
    known = _locale(locale)
    if known is None:
        return None
    pattern = str(known.percent_formats[None].pattern)
    sign = known.number_symbols["latn"].get("percentSign", "%")
    return re.sub(r"[#0.,]+", lambda _: number, pattern, count=1).replace("%", sign)


# --- Dates ---------------------------------------------------------------------------------------------------


def _date(text: str, source_locale: str, locale: str) -> str | None:
    """A whole date, in the same format; believed only if the source locale writes the very same text for it."""
    source, target = _locale(source_locale), _locale(locale)
    if source is None or target is None:
        return None
    for name, pattern in _date_patterns(source_locale):
        found = _date_regex(source_locale, pattern).match(text)
        if found is None:
            continue
        day = _day_of(found.groupdict(), source)
        if day is not None and _same(_written(day, name, source), text):
            return _written(day, name, target)
    return None


@lru_cache(maxsize=8)
def _date_patterns(locale: str) -> tuple[tuple[str, str], ...]:
    return tuple(_patterns(locale))


def _patterns(locale: str) -> Iterator[tuple[str, str]]:
    from babel.dates import get_date_format

    known = _locale(locale)
    if known is None:
        return
    for name in _DATE_FORMATS:
        yield name, str(get_date_format(name, locale=known).pattern)
    for skeleton in _SKELETONS:
        if skeleton in known.datetime_skeletons:
            yield skeleton, str(known.datetime_skeletons[skeleton].pattern)


@lru_cache(maxsize=128)
def _date_regex(locale: str, pattern: str) -> re.Pattern[str]:
    from babel.dates import tokenize_pattern

    known = _locale(locale)
    parts: list[str] = []
    for _, value in tokenize_pattern(pattern):
        if isinstance(value, str):
            parts.append(re.sub(r"\\?\s", r"\\s", re.escape(value)))
            continue
        field, width = value
        if field == "y" and width != 2:  # noqa: PLR2004 - two digits are ambiguous
            parts.append(r"(?P<year>\d{4})")
        elif field == "d":
            parts.append(r"(?P<day>\d{1,2})")
        elif field in "ML" and width <= 2:  # noqa: PLR2004
            parts.append(r"(?P<month>\d{1,2})")
        elif field in "ML" and known is not None:
            parts.append(f"(?P<month_name>{'|'.join(map(re.escape, _month_names(locale)))})")
        elif field in "Ec":
            parts.append(r"[^\W\d]+\.?")
        else:
            return re.compile("(?!)")
    return re.compile("".join(parts) + r"\Z")


@lru_cache(maxsize=16)
def _month_names(locale: str) -> dict[str, int]:
    known = _locale(locale)
    if known is None:
        return {}
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in known.months[context][width].items():
                names.setdefault(name, number)
    return dict(sorted(names.items(), key=lambda item: -len(item[0])))


_LEAP_YEAR = 2024


def _day_of(found: dict[str, str | None], locale: "Locale") -> date | None:
    name = found.get("month_name")
    month = _month_names(str(locale)).get(name) if name else int(found.get("month") or 0)
    try:
        return date(int(found.get("year") or _LEAP_YEAR), month or 0, int(found.get("day") or 1))
    except ValueError:
        return None


def _written(day: date, name: str, locale: "Locale") -> str:
    from babel.dates import format_date, format_skeleton

    if name in _DATE_FORMATS:
        return format_date(day, format=name, locale=locale)
    return format_skeleton(name, day, locale=locale, fuzzy=True)


def _same(one: str, other: str) -> bool:
    """Whether two dates differ in blanks and leading zeros only."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return re.sub(r"\b0(?=\d)", "", re.sub(r"\s+", " ", text))
