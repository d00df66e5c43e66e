"""Digits in groups that are one thing: a telephone number, or one that a bank or the post gives.

Each country groups them in its own way, and abroad a telephone number begins with that of its country and without the zero:
`030/123456` is `+49 30 123456`.
"""

import re
from collections.abc import Iterator
from itertools import islice

from netzwerk_i18n.checks.warnings.prose import OBJECT

_RUN = re.compile(r"(?<![\w.,:+])\(?\+?\d[\d \u00a0\u202f()/\-\u2010-\u2013\ue000]{4,30}\d(?![\w:]|[.,]\d)")
_PLAIN = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013"), "-") | dict.fromkeys(
    map(ord, "\u00a0\u202f"), " "
)
_MOST = 100
_FEWEST = 6
_FEWEST_AT_HOME = 7
_COUNTRY = 3
"""A country has one to three digits (ITU-T E.164)."""


def without_same_runs(source: str, translation: str) -> tuple[str, str]:
    """Both texts without the groups of digits that the other one has in another spelling, their places blanked out."""
    old, new = (list(_runs(text)) for text in (source, translation))
    pairs = [(one, other) for one in old for other in new if _are_same(one[0], other[0])]
    for one, other in pairs:
        if one[0].translate(_PLAIN) != other[0].translate(_PLAIN):
            source, translation = _blank(source, one), _blank(translation, other)
    return source, translation


def _runs(text: str) -> Iterator[re.Match[str]]:
    """What may be such a number, but no date and no number alone."""
    for match in islice(_RUN.finditer(text), _MOST):
        if sum(map(str.isdigit, match[0])) >= _FEWEST:
            yield match


def _are_same(one: str, other: str) -> bool:
    if _digits(one) == _digits(other):
        return True
    if _is_abroad(one) and _is_abroad(other):
        return _national(one) == _national(other)
    at_home, abroad = (one, other) if _is_abroad(other) else (other, one)
    here, there = _national(at_home), _national(abroad)
    return (
        _is_abroad(abroad)
        and len(here) >= _FEWEST_AT_HOME
        and there.endswith(here)
        and 1 <= len(there) - len(here) <= _COUNTRY
    )


def _digits(run: str) -> str:
    return re.sub(r"\D", "", run)


def _is_abroad(run: str) -> bool:
    return run.startswith(("+", "(+", "00"))


def _national(run: str) -> str:
    """The digits without the zero, or two of them, before a number of another town or country."""
    if not _is_abroad(run):
        return _digits(run).removeprefix("0")
    return _digits(re.sub(r"\(0\)", "", run)).removeprefix("00")


def _blank(text: str, run: re.Match[str]) -> str:
    return f"{text[: run.start()]}{OBJECT * (run.end() - run.start())}{text[run.end() :]}"
