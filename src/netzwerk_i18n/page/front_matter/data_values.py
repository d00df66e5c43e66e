"""Which strings of a data file are no texts although a pattern for all keys names them."""

import re
from collections.abc import Sequence

from netzwerk_i18n.page.front_matter.block import Field
from netzwerk_i18n.page.front_matter.pattern import key_pattern

NO_TEXT = re.compile(
    r"(?:https?://|mailto:|tel:|/|\.\.?/)\S*|#[0-9A-Fa-f]{3,8}"
    r"|[\w./-]+\.(?:avif|css|gif|html?|ico|jpe?g|js|md|mp[34]|pdf|png|svg|webm|webp|woff2?)"
)
"""An address, the name of a file or a colour, and nothing else."""


def without_addresses(fields: Sequence[Field], patterns: Sequence[str]) -> tuple[Field, ...]:
    """The fields but those that hold an address, a file's name or a colour, unless a pattern names their key.

    Args:
        fields: those that match one of the patterns.
        patterns: patterns of keys; one that ends in `**` names none of them.
    """
    named = key_pattern(tuple(pattern for pattern in patterns if not pattern.endswith("**"))).fullmatch
    return tuple(each for each in fields if not NO_TEXT.fullmatch(each.value) or named(each.key))
