"""A message in, findings out. One family of checks a module, one registry here.

A translation comes from volunteers and machines: it is untrusted input. What fails an error-level check is not
published; the rule of the page says what stands in its place.

Other distributions add checks of their own by an entry point of the group `netzwerk_i18n.checks`, which names a
:class:`Check` or an iterable of them.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from netzwerk_i18n.checks.files import FILE_CHECKS, UNREADABLE, FileCheck
from netzwerk_i18n.checks.finding import Check, Finding, Problem, Situation
from netzwerk_i18n.checks.rules import SEVERITIES, Ignore, Rules
from netzwerk_i18n.errors import NetzwerkError

if TYPE_CHECKING:
    from netzwerk_i18n.checks.deciding import ERRORS
    from netzwerk_i18n.checks.reading import labels_of
    from netzwerk_i18n.page import Segment

_INLINE_FORMS = frozenset({"markdown", "cell", "html"})
_NOTHING: frozenset[str] = frozenset()
_PLAIN_FORMS = _INLINE_FORMS | {"value"}
_BAR = "|"
_COUNTS = "inline-markup"
"""The check that counts placeholders."""

GROUP = "netzwerk_i18n.checks"
"""The group of entry points by which other distributions add checks."""

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
OTHER_CHECKS = tuple(check.name for check in FILE_CHECKS)
"""The names of the checks that look at whole pages and catalogs, at source pages and at the configuration."""

_TAKEN = frozenset({*UNREADABLE, "locales", "ignore", *OTHER_CHECKS})
"""Names that reports and settings use for something else."""

__all__ = [
    "ERRORS",
    "FILE_CHECKS",
    "OTHER_CHECKS",
    "Check",
    "FileCheck",
    "Finding",
    "Ignore",
    "Problem",
    "Rules",
    "Situation",
    "all_checks",
    "find_error",
    "find_problems",
    "is_harmless",
    "labels_of",
    "others_check",
]


def __getattr__(name: str) -> Any:
    """What knows Markdown is loaded only where a translation is judged: most runs know the verdicts of the last one."""
    if name == "ERRORS":
        from netzwerk_i18n.checks.deciding import ERRORS

        return ERRORS
    if name == "labels_of":
        from netzwerk_i18n.checks.reading import labels_of

        return labels_of
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def all_checks() -> tuple[Check, ...]:
    """The registry: all checks, errors first, then those of other distributions.

    Warnings are loaded only here: most commands need none.

    Raises:
        NetzwerkError: if another distribution's checks cannot be loaded.
    """
    from netzwerk_i18n.checks.deciding import ERRORS
    from netzwerk_i18n.checks.warnings import WARNINGS

    return ERRORS + WARNINGS + third_party_checks()


def third_party_checks() -> tuple[Check, ...]:
    """The checks that other distributions add, in the order of the distributions' names.

    Raises:
        NetzwerkError: if they cannot be loaded, or their names are taken; it names the distribution.
    """
    found = _third_party()
    if isinstance(found, NetzwerkError):
        raise found
    return found


def others_check() -> bool:
    """Whether other distributions add checks; they are not loaded for this."""
    return bool(_distributions())


@cache
def _third_party() -> tuple[Check, ...] | NetzwerkError:
    """What is installed is looked up once in a run, failures too."""
    folders = _distributions()
    if not folders:
        return ()
    from netzwerk_i18n.checks.deciding import ERRORS
    from netzwerk_i18n.checks.warnings import WARNINGS

    owners = dict.fromkeys(_TAKEN, "netzwerk-i18n") | {c.name: "netzwerk-i18n" for c in ERRORS + WARNINGS}
    checks: list[Check] = []
    try:
        for distribution, folder in sorted(folders.items()):
            for check in _load(distribution, folder):
                if check.name in owners:
                    raise _fault(
                        distribution, f"has a check {check.name!r}, a name of {owners[check.name]}'s"
                    )
                owners[check.name] = distribution
                checks.append(_guarded(check, distribution))
    except NetzwerkError as error:
        return error
    return tuple(checks)


@cache
def _distributions() -> dict[str, str]:
    """The installed distributions with entry points for us, each with the folder of its metadata.

    Most have none, and then nobody is to wait: importing importlib.metadata would take longer than all of this. The
    current folder, which `python -m` puts on the path, is left out: what lies in a site is data and never runs.
    """
    here = os.path.realpath(".")
    found: dict[str, str] = {}
    for place in dict.fromkeys(sys.path):
        try:
            entries = [] if os.path.realpath(place) == here else list(os.scandir(place))
        except OSError:
            continue
        for entry in sorted(entries, key=lambda entry: entry.name):
            if not entry.name.endswith((".dist-info", ".egg-info")):
                continue
            try:
                with open(f"{entry.path}/entry_points.txt", "rb") as file:  # noqa: PTH123 - pathlib loads slowly
                    wanted = GROUP.encode() in file.read()
            except OSError:
                continue
            if wanted:
                found.setdefault(entry.name.rpartition(".")[0].partition("-")[0].lower(), entry.path)
    return found


def _load(distribution: str, folder: str) -> Iterator[Check]:
    from importlib.metadata import Distribution

    try:
        points = sorted(
            Distribution.at(folder).entry_points.select(group=GROUP), key=lambda point: point.name
        )
        loaded = [point.load() for point in points]
        checks = [check for one in loaded for check in (one if isinstance(one, Iterable) else (one,))]
    except (Exception, SystemExit) as error:  # it may be anything: the code is not ours
        fault = f"{type(error).__name__}: {error}"
        raise _fault(distribution, f"cannot load its checks ({fault})") from error
    for check in checks:
        if not isinstance(check, Check):
            raise _fault(distribution, f"offers as a check what is none, but of type {type(check).__name__}")
        if not _NAME.fullmatch(str(check.name)):
            raise _fault(distribution, f"has a check {check.name!r}, whose name is not in kebab-case")
        if check.severity not in SEVERITIES:
            raise _fault(
                distribution, f"has a check {check.name!r} of an unknown severity {check.severity!r}"
            )
        yield check


def _guarded(check: Check, distribution: str) -> Check:
    """The check, whose faults name the distribution that they come from."""

    def find(situation: Situation) -> Iterable[Problem]:
        try:
            problems = list(check.find(situation))
        except Exception as error:  # it may be anything: the code is not ours
            fault = f"{type(error).__name__}: {error}"
            raise _fault(distribution, f"has a check {check.name!r} that fails ({fault})") from error
        if not all(isinstance(problem, Problem) for problem in problems):
            raise _fault(distribution, f"has a check {check.name!r} that finds what is no problem")
        return problems

    return replace(check, find=find)


def _fault(distribution: str, what: str) -> NetzwerkError:
    return NetzwerkError(f"the distribution {distribution} {what}", remedy="repair it, or uninstall it")


def find_problems(situation: Situation, checks: tuple[Check, ...] | None = None) -> list[Finding]:
    """What the checks (all of them, or these) find on a translation at the place where it will stand.

    A plural form is held against that form of the source that it fits best.
    """
    findings = _find_problems(situation, checks)
    if findings and _holds_forms(situation) and _are_forms(situation, findings):
        findings = [finding for finding in findings if finding.check != _COUNTS]
    for other in _beside_siblings(situation) if findings else ():
        found = _find_problems(other, checks)
        if _weight(found) < _weight(findings):
            findings = found
    return findings


def _beside_siblings(situation: Situation) -> Iterator[Situation]:
    """The situation with each of the other plural forms as its source."""
    segment = situation.segment
    for text in segment.siblings:
        yield situation._replace(segment=segment._replace(text=text, siblings=()))


def _holds_forms(situation: Situation) -> bool:
    """Whether source and translation may hold plural forms with bars between them, as the files of Docusaurus do."""
    segment = situation.segment
    return segment.kind == "data" and _BAR in segment.text and _BAR in situation.translation


def _are_forms(situation: Situation, findings: Sequence[Finding]) -> bool:
    """Whether a translation is wrong only in that it holds more plural forms than its source.

    For `Ein Beitrag|{count} Beiträge` Polish has three. Each must be one that the source's forms allow for.
    """
    segment, translation = situation.segment, situation.translation
    if {finding.check for finding in findings if finding.severity == "error"} != {_COUNTS}:
        return False
    sources = [segment._replace(text=text) for text in segment.text.split(_BAR)]
    return all(
        any(_find_error(situation._replace(segment=source, translation=form)) is None for source in sources)
        for form in translation.split(_BAR)
    )


def _weight(findings: Sequence[Finding]) -> tuple[int, int]:
    return sum(finding.severity == "error" for finding in findings), len(findings)


def _find_problems(situation: Situation, checks: tuple[Check, ...] | None) -> list[Finding]:
    findings: list[Finding] = []
    rules, locale = situation.rules, situation.locale
    set_by_hand = rules.has_severities
    skipped = _skipped(situation)
    for check in all_checks() if checks is None else checks:
        name = check.name
        severity = rules.severity(name, locale, check.severity) if set_by_hand else check.severity
        if severity == "off" or name in skipped:
            continue
        for problem in check.find(situation):
            if rules.ignores and _is_ignored(check, situation):
                break
            findings.append(Finding(name, problem.message, severity, problem.start, problem.end))
    return findings


def find_error(situation: Situation) -> Finding | None:
    """The first error-level finding, or None: what decides whether a translation is published.

    A plural form may be what any form of the source allows for.
    """
    finding = _find_error(situation)
    if finding is None or any(_find_error(other) is None for other in _beside_siblings(situation)):
        return None
    if _holds_forms(situation) and _are_forms(situation, _find_problems(situation, None)):
        return None
    return finding


def _find_error(situation: Situation) -> Finding | None:
    rules = situation.rules
    if is_harmless(situation.segment, situation.translation, rules):
        return None
    skipped = _skipped(situation)
    if rules.has_severities:
        checks = tuple(
            check
            for check in all_checks()
            if rules.severity(check.name, situation.locale, check.severity) == "error"
            and check.name not in skipped
        )
    else:
        checks = _deciding_checks(skipped)
    for check in checks:
        for problem in check.find(situation):
            if _is_ignored(check, situation):
                break
            return Finding(check.name, problem.message, "error", problem.start, problem.end)
    return None


def is_harmless(segment: "Segment", translation: str, rules: Rules) -> bool:
    """Whether a translation is so plain that every deciding check passes it, whatever the language and the page.

    One that equals its source changes nothing; one of nothing but words cannot do harm (a property test holds this to the
    checks). Only what the project, or another distribution, calls an error can keep such a one from the page.
    """
    if rules.has_severities:
        return False
    text = segment.text
    if translation != text:
        quick = _quick_answers()
        if not (
            segment.form in _PLAIN_FORMS
            and not (segment.form == "value" and quick.is_target(text))
            and quick.is_words_only(translation)
            and quick.is_unmarked(text)
            and (translation.isascii() or not quick.holds_suspect(translation))
        ):
            return False
    return not others_check()


class _QuickAnswers(NamedTuple):
    is_words_only: Callable[[str], bool]
    is_unmarked: Callable[[str], bool]
    holds_suspect: Callable[[str], bool]
    is_target: Callable[[str], bool]
    has_same_markup: Callable[[str, str], bool]


@cache
def _quick_answers() -> _QuickAnswers:
    """What answers for most translations; loaded when the first is judged."""
    from netzwerk_i18n.checks.characters import holds_suspect
    from netzwerk_i18n.checks.likeness import has_same_markup, is_target, is_unmarked, is_words_only

    return _QuickAnswers(is_words_only, is_unmarked, holds_suspect, is_target, has_same_markup)


def _is_ignored(check: Check, situation: Situation) -> bool:
    """Whether the project silences what `check` finds on this message."""
    rules = situation.rules
    if not rules.ignores:
        return False
    text = situation.segment.text
    return rules.ignore(check.name, situation.locale, text, situation.translation) is not None


@cache
def _deciding_checks(skipped: frozenset[str]) -> tuple[Check, ...]:
    """The checks that decide by default, without those that have nothing to say."""
    from netzwerk_i18n.checks.deciding import ERRORS

    deciding = (*ERRORS, *(check for check in third_party_checks() if check.severity == "error"))
    return tuple(check for check in deciding if check.name not in skipped)


def _skipped(situation: Situation) -> frozenset[str]:
    """The checks that have nothing to compare: those of markup where it is the same, all of our own in the same text."""
    segment, translation = situation.segment, situation.translation
    if translation == segment.text:
        return _own_errors()[0]
    if segment.form in _INLINE_FORMS and _quick_answers().has_same_markup(segment.text, translation):
        return _own_errors()[1]
    return _NOTHING


@cache
def _own_errors() -> tuple[frozenset[str], frozenset[str]]:
    """The names of our checks that decide, and of those that compare markup."""
    from netzwerk_i18n.checks.deciding import ERROR_NAMES, MARKUP_CHECKS

    return ERROR_NAMES, MARKUP_CHECKS
