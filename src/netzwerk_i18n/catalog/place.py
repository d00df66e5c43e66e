"""Where a text stands among those that stay: a text that was edited has the neighbours it had before.

Neighbours are looked for among the texts of the same page, so that it does not matter in which order pages are read.
"""

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache

from netzwerk_i18n.catalog.message import Key, Message


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands among those that are in the catalog before and after the change.

    Attributes:
        before: the text before it on its page that stayed, or None where there is none.
        after: the text behind it on its page that stayed, or None.
        nth: its position between these two.
        index: its position in its catalog, for what follows on what.
    """

    before: Key | None = None
    after: Key | None = None
    nth: int = 0
    index: int = -1

    def sides(self, other: "Place") -> int:
        """On how many sides the neighbours are the same; 2 where the texts stand between the same two.

        The edge of a page counts as the same neighbour only where there is a real one on the other side.
        """
        same_before, same_after = self.before == other.before, self.after == other.after
        if same_before and same_after:
            return 2 if self.before or self.after else 0
        return int(same_before and self.before is not None) + int(same_after and self.after is not None)


NOWHERE = Place()


def find_places(messages: Sequence[Message], stays: Container[Key]) -> dict[Key, Place]:
    """The places of the messages that are not among `stays`."""
    by_page: dict[frozenset[str], list[tuple[int, Message]]] = defaultdict(list)
    for index, message in enumerate(messages):
        by_page[_pages(message.references)].append((index, message))
    places: dict[Key, Place] = {}
    for own in by_page.values():
        before: Key | None = None
        waiting: list[tuple[int, Message]] = []
        for index, message in own:
            if message.key in stays:
                _settle(places, waiting, before, message.key)
                before, waiting = message.key, []
            else:
                waiting.append((index, message))
        _settle(places, waiting, before, None)
    return places


def _settle(
    places: dict[Key, Place], waiting: list[tuple[int, Message]], before: Key | None, after: Key | None
) -> None:
    for nth, (index, message) in enumerate(waiting):
        places[message.key] = Place(before, after, nth, index)


@lru_cache(maxsize=4096)
def _pages(references: tuple[str, ...]) -> frozenset[str]:
    """The pages that a message stands on; a line number behind a path tells nothing about its page."""
    return frozenset(
        path if number.isdigit() else reference
        for reference in references
        for path, _, number in (reference.rpartition(":"),)
    )
