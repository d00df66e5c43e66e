"""Checks that warn: a translation that they doubt is published all the same, and somebody looks at it.

They are to keep quiet about good translations. Where a doubt has two explanations, they believe the kinder one.
"""

from netzwerk_i18n.checks.finding import Check
from netzwerk_i18n.checks.warnings import (
    debris,
    doubled_words,
    end_punctuation,
    french_spacing,
    hashtags,
    length,
    line_breaks,
    named_hosts,
    numbers,
    placeholders,
    quotes,
    same_as_source,
    source_words,
    spaces,
    swapped_links,
    wrong_language,
)

WARNINGS: tuple[Check, ...] = (
    *spaces.CHECKS,
    same_as_source.CHECK,
    end_punctuation.CHECK,
    length.CHECK,
    line_breaks.CHECK,
    hashtags.CHECK,
    placeholders.CHECK,
    numbers.CHECK,
    doubled_words.CHECK,
    quotes.CHECK,
    french_spacing.CHECK,
    source_words.CHECK,
    wrong_language.CHECK,
    named_hosts.CHECK,
    swapped_links.CHECK,
    *debris.CHECKS,
)
"""The registry, in the order of reports."""

__all__ = ["WARNINGS"]
