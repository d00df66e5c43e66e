"""A message in, findings out. One family of checks a module, one registry here.

A translation comes from volunteers and machines: it is untrusted input. What fails an error-level check is not
published; the rule of the page says what stands in its place.
"""

from netzwerk_i18n.checks import (
    blocks,
    characters,
    front_matter,
    hosts,
    inline,
    links,
    masks,
    schemes,
    shortcodes,
    tags,
)
from netzwerk_i18n.checks.finding import Check, Finding, Problem, Situation
from netzwerk_i18n.checks.likeness import has_same_markup
from netzwerk_i18n.checks.reading import labels_of
from netzwerk_i18n.checks.rules import DEFAULT_RULES, Rules

ERRORS: tuple[Check, ...] = (
    characters.CHECK,
    front_matter.CHECK,
    blocks.CHECK,
    shortcodes.CHECK,
    tags.CHECK,
    schemes.CHECK,
    hosts.CHECK,
    links.CHECK,
    inline.CHECK,
    masks.CHECK,
)
"""The checks that decide whether a translation is published, cheapest first."""

_MARKUP_CHECKS = frozenset(check.CHECK.name for check in (shortcodes, tags, schemes, hosts, links, inline))
"""The checks that have nothing to compare where source and translation have the very same markup."""

_INLINE_FORMS = frozenset({"markdown", "cell", "html"})

__all__ = [
    "ERRORS",
    "Check",
    "Finding",
    "Problem",
    "Rules",
    "Situation",
    "all_checks",
    "find_error",
    "find_problems",
    "labels_of",
]


def all_checks() -> tuple[Check, ...]:
    """The registry: all checks, errors first. Warnings are loaded only here: most commands need none."""
    from netzwerk_i18n.checks.warnings import WARNINGS

    return ERRORS + WARNINGS


def find_problems(situation: Situation, checks: tuple[Check, ...] | None = None) -> list[Finding]:
    """What the checks (all of them, or these) find on a translation at the place where it will stand."""
    findings: list[Finding] = []
    for check in all_checks() if checks is None else checks:
        severity = situation.rules.severity(check.name, situation.locale, check.severity)
        if severity == "off":
            continue
        findings += [
            Finding(check.name, problem.message, severity, problem.start, problem.end)
            for problem in check.find(situation)
        ]
    return findings


def find_error(situation: Situation) -> Finding | None:
    """The first error-level finding, or None: what decides whether a translation is published.

    A translation that equals its source is published: it changes nothing.
    """
    if situation.translation == situation.segment.text:
        return None
    rules = situation.rules
    checks = ERRORS if rules is DEFAULT_RULES or not rules.has_severities else all_checks()
    segment = situation.segment
    if segment.form in _INLINE_FORMS and has_same_markup(segment.text, situation.translation):
        checks = tuple(check for check in checks if check.name not in _MARKUP_CHECKS)
    for check in checks:
        if rules.severity(check.name, situation.locale, check.severity) != "error":
            continue
        for problem in check.find(situation):
            return Finding(check.name, problem.message, "error", problem.start, problem.end)
    return None
