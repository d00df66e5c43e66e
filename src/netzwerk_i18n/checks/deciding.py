"""The checks that decide whether a translation is published. They know Markdown, and are loaded when one is judged."""

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
from netzwerk_i18n.checks.finding import Check

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

ERROR_NAMES = frozenset(check.name for check in ERRORS)
"""Their names."""

MARKUP_CHECKS = frozenset(check.CHECK.name for check in (shortcodes, tags, schemes, hosts, links, inline))
"""The checks that have nothing to compare where source and translation have the very same markup."""
