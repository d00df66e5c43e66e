"""What a check is given, and what it reports."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from netzwerk_i18n.checks.rules import DEFAULT_RULES, Rules, Severity
from netzwerk_i18n.page.segment import Segment


class Situation(NamedTuple):
    """A translation and the place where it will stand.

    Attributes:
        segment: the source: its text, its kind, and the form in which it stands in the page.
        translation: the msgstr.
        locale: the translation's language, as gettext names it (`pt_PT`).
        source_locale: the source's language.
        rules: what the project allows.
        labels: the labels that the page defines for links (:func:`~netzwerk_i18n.checks.reading.labels_of`).
    """

    segment: Segment
    translation: str
    locale: str
    source_locale: str = "de"
    rules: Rules = DEFAULT_RULES
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a translation, before its severity is known.

    Attributes:
        message: what is wrong and what to do, one sentence without its full stop.
        start: where in the translation it is, counted in characters; None for the whole of it.
        end: where it ends.
    """

    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        name: how settings and reports call it, in kebab-case.
        severity: what its findings are unless the project says otherwise.
        find: the check itself: linear in time, never raising.
        what: what it looks for, one sentence.
        why: why that matters, one sentence.
        right: a source and a translation that pass, as an example.
        wrong: a source and a translation that do not.
    """

    name: str
    severity: Severity
    find: Callable[[Situation], Iterable[Problem]]
    what: str = ""
    why: str = ""
    right: tuple[str, str] = ("", "")
    wrong: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that a check found.

    Attributes:
        check: the name of the check.
        message: what is wrong and what to do, one sentence without its full stop.
        severity: "error" (such a translation is not published) or "warning".
        start: where in the translation it is, in characters, or None.
        end: where it ends.
    """

    check: str
    message: str
    severity: Severity = field(default="error")
    start: int | None = None
    end: int | None = None
