"""What is laid side by side, and what comes out: units, and the matches between them."""

from collections.abc import Mapping
from dataclasses import dataclass

Token = tuple[str, str]
"""Something both sides may share: its family and its value."""

RAIL = "rail"
"""The kind of a unit that is no text, but stays the same and shows the way."""

KEEP: Mapping[str, float] = {
    "link": 0.94,
    "site": 0.9,
    "number": 0.9,
    "code": 0.93,
    "shortcode": 0.97,
    "tag": 0.93,
    "frame": 0.95,
    "land": 0.85,
    "mark": 0.8,
    "name": 0.6,
    "word": 0.45,
    "stem": 0.25,
    "known": 0.995,
    RAIL: 0.98,
}
"""How likely a token of each family that stands in a unit stands in its counterpart as well."""

STRONG = 0.79
"""From this likelihood in `KEEP` on, what both sides share tells where a unit belongs."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of a text.

    Attributes:
        kind: what it is; see :data:`RAIL`.
        size: how much it says, in letters of an alphabet.
        tokens: what its counterpart is likely to share.
        level: heading level, list depth or column.
        container: what it stands in: quotes, the kind of the list.
        label: units with different labels are never counterparts.
        end: how it ends: `.`, `?`, `!`, `:` or nothing.
        sentences: how many sentences it has.
    """

    kind: str
    size: float
    tokens: frozenset[Token] = frozenset()
    level: int = 0
    container: str = ""
    label: str = ""
    end: str = ""
    sentences: int = 1


@dataclass(frozen=True, slots=True)
class Match:
    """Units that stand for each other.

    Attributes:
        sources: places of the first side, one or two that follow each other.
        targets: places of the other side, one or two that follow each other.
        certainty: how probable that is, from 0 to 1.
        doubt: why it is not certain, in words, or an empty string.
        moved: whether it stands elsewhere in the order.
    """

    sources: tuple[int, ...]
    targets: tuple[int, ...]
    certainty: float
    doubt: str = ""
    moved: bool = False
