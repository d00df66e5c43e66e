"""A message in, findings out. One family of checks a module, one registry here.

A translation comes from volunteers and machines: it is untrusted input. What fails an error-level check is not
published; the rule of the page says what stands in its place.
"""

from netzwerk_i18n.checks.blocks import check_block_shape
from netzwerk_i18n.checks.characters import check_characters
from netzwerk_i18n.checks.finding import Check, Finding
from netzwerk_i18n.checks.shortcodes import check_shortcodes
from netzwerk_i18n.checks.tags import check_tags
from netzwerk_i18n.page import Segment

CHECKS: tuple[Check, ...] = (check_characters, check_block_shape, check_shortcodes, check_tags)
"""The registry, cheapest first."""

__all__ = ["CHECKS", "Check", "Finding", "find_error"]


def find_error(segment: Segment, translation: str) -> Finding | None:
    """The first error-level finding on a translation at the place where it will stand, or None."""
    for check in CHECKS:
        finding = check(segment, translation)
        if finding is not None and finding.severity == "error":
            return finding
    return None
