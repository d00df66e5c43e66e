"""A message in, findings out. One family of checks a module, one registry here.

A translation comes from volunteers and machines: it is untrusted input. What fails an error-level check is not
published; the rule of the page says what stands in its place.
"""

from netzwerk_i18n.checks import blocks, characters, shortcodes, tags
from netzwerk_i18n.checks.finding import Check, Finding, Problem, Situation
from netzwerk_i18n.checks.rules import Rules

CHECKS: tuple[Check, ...] = (characters.CHECK, blocks.CHECK, shortcodes.CHECK, tags.CHECK)
"""The registry, cheapest first."""

__all__ = ["CHECKS", "Check", "Finding", "Problem", "Rules", "Situation", "find_error", "find_problems"]


def find_problems(situation: Situation, checks: tuple[Check, ...] = CHECKS) -> list[Finding]:
    """What the checks find on a translation at the place where it will stand."""
    findings: list[Finding] = []
    for check in checks:
        severity = situation.rules.severity(check.name, situation.locale, check.severity)
        if severity == "off":
            continue
        for problem in check.find(situation):
            findings.append(Finding(check.name, problem.message, severity, problem.start, problem.end))
    return findings


def find_error(situation: Situation) -> Finding | None:
    """The first error-level finding, or None: what decides whether a translation is published."""
    for check in CHECKS:
        if situation.rules.severity(check.name, situation.locale, check.severity) != "error":
            continue
        for problem in check.find(situation):
            return Finding(check.name, problem.message, "error", problem.start, problem.end)
    return None
