"""How many messages and words of a page are in which state, and how many stand translated on it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from netzwerk_i18n.catalog import State

_STATES = tuple(State)


@dataclass(slots=True)
class Tally:
    """Figures of one page (or of many) in one locale.

    Attributes:
        messages: the number of messages by state.
        words: the words of their source texts by state.
        published_words: the words whose translation is on the page.
    """

    messages: Counter[State] = field(default_factory=Counter)
    words: Counter[State] = field(default_factory=Counter)
    published_words: int = 0

    def add(self, other: "Tally") -> None:
        """Add the figures of another page."""
        self.messages.update(other.messages)
        self.words.update(other.words)
        self.published_words += other.published_words

    @property
    def counts(self) -> tuple[int, ...]:
        """All figures as numbers: messages by state, words by state (in the order of `State`), published words."""
        return (
            *[self.messages.get(state, 0) for state in _STATES],
            *[self.words.get(state, 0) for state in _STATES],
            self.published_words,
        )

    @classmethod
    def from_counts(cls, counts: Sequence[int]) -> "Tally":
        """The inverse of :attr:`counts`."""
        number = len(_STATES)
        messages = {state: count for state, count in zip(_STATES, counts, strict=False) if count}
        words = {state: count for state, count in zip(_STATES, counts[number:], strict=False) if count}
        return cls(Counter(messages), Counter(words), counts[-1])

    @property
    def coverage(self) -> float:
        """The share of words whose translation is published, from 0 to 1; 1 where there are no words."""
        total = self.words.total()
        return self.published_words / total if total else 1.0


def coverage_of(counts: Sequence[int]) -> float:
    """:attr:`Tally.coverage` of figures as :attr:`Tally.counts` has them, for those who ask for that of many pages.

    >>> coverage_of(Tally(words=Counter({State.TRANSLATED: 3, State.STALE: 1}), published_words=3).counts)
    0.75
    """
    total = sum(counts[len(_STATES) : -1])
    return counts[-1] / total if total else 1.0
