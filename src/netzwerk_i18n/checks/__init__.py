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
from netzwerk_i18n.checks.reading import labels_of
from netzwerk_i18n.checks.rules import DEFAULT_RULES, Rules
from netzwerk_i18n.checks.warnings import WARNINGS

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

CHECKS: tuple[Check, ...] = ERRORS + WARNINGS
"""The registry: all checks, errors first."""

__all__ = [
    "CHECKS",
    "ERRORS",
    "WARNINGS",
    "Check",
    "Finding",
    "Problem",
    "Rules",
    "Situation",
    "find_error",
    "find_problems",
    "labels_of",
]


def find_problems(situation: Situation, checks: tuple[Check, ...] = CHECKS) -> list[Finding]:
    """What the checks find on a translation at the place where it will stand."""
    findings: list[Finding] = []
    for check in checks:
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
    for check in ERRORS if rules is DEFAULT_RULES or not rules.has_severities else CHECKS:
        if rules.severity(check.name, situation.locale, check.severity) != "error":
            continue
        for problem in check.find(situation):
            return Finding(check.name, problem.message, "error", problem.start, problem.end)
    return None
