"""Long patterns looked for only where they can begin: one set of characters is found many times faster than they are."""

import re
from collections.abc import Iterator


def search_where(
    first: re.Pattern[str], pattern: re.Pattern[str], text: str, position: int = 0
) -> re.Match[str] | None:
    """What `pattern.search` gives from `position` on, if whatever it matches begins with a match of `first`.

    >>> search_where(re.compile("[*_]"), re.compile("[*]+|_+"), "a **b**")
    <re.Match object; span=(2, 4), match='**'>
    """
    while sign := first.search(text, position):
        match = pattern.match(text, sign.start())
        if match is not None:
            return match
        position = sign.end()
    return None


def find_where(first: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` gives, on the same condition; no match may be empty."""
    position = 0
    while match := search_where(first, pattern, text, position):
        yield match
        position = match.end()
