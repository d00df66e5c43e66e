"""Texts that left the pages of a locale, in whichever catalog: where an old translation may still be of use."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from netzwerk_i18n.catalog.matching import OldTexts, Text
from netzwerk_i18n.catalog.message import Catalog, Key, Message
from netzwerk_i18n.catalog.place import NOWHERE, Place, find_places

PREFIX = 3
"""First words by which texts are found that begin alike."""


@dataclass(frozen=True, slots=True)
class Leaver:
    """A message with a translation whose text has left the pages, and where it stood; `home` numbers its catalog."""

    message: Message
    place: Place = NOWHERE
    home: int = 0


@dataclass(frozen=True, slots=True)
class PastWords:
    """The bare words of what left.

    Attributes:
        said: for each leaver its words in their order, without those of titles.
        by_words: leavers by context and all their words.
        by_prefix: leavers by each of their first words up to `PREFIX`, for what may be a part of them.
        by_start: leavers by as many of their first words as they have, up to `PREFIX`, for what may begin with them.
        follower: for each leaver the one that followed on it at once.
    """

    said: tuple[tuple[str, ...], ...]
    by_words: dict[Key, list[int]]
    by_prefix: dict[tuple[str, ...], list[int]]
    by_start: dict[tuple[str, ...], list[int]]
    follower: dict[int, int]


@dataclass(frozen=True)
class Past:
    """What left the pages of one locale, and what was there before.

    Attributes:
        leavers: what left and has a translation, each text once.
        known: the texts that stood on the pages.
        others: the same texts in further catalogs, by their positions and the numbers of these catalogs.
        catalogs: the catalogs as they were.
        stays: the texts that stand on the pages now.
    """

    leavers: tuple[Leaver, ...] = ()
    known: frozenset[Key] = field(default_factory=frozenset)
    others: Mapping[tuple[int, int], Leaver] = field(default_factory=dict)
    catalogs: tuple[Catalog, ...] = ()
    stays: Container[Key] = frozenset()
    _words: list[PastWords] = field(default_factory=list, repr=False, compare=False)
    _stayers: list[dict[Key, list[Leaver]]] = field(default_factory=list, repr=False, compare=False)

    def leaver(self, position: int, home: int) -> Leaver:
        """The leaver at a position, as the catalog of this number has it if it does."""
        return self.others.get((position, home), self.leavers[position])

    @cached_property
    def texts(self) -> OldTexts:
        """The texts of :attr:`leavers`, ready to be searched."""
        return OldTexts(
            [
                Text(leaver.message.msgid, leaver.place, kind_of(leaver.message), leaver.home)
                for leaver in self.leavers
            ],
            {key: leaver.place for key, leaver in self.others.items()},
        )

    @cached_property
    def crowd(self) -> Counter[tuple[int, Key | None, Key | None]]:
        """How many texts left a catalog between the same two neighbours."""
        return Counter(
            (leaver.home, leaver.place.before, leaver.place.after)
            for leaver in (*self.leavers, *self.others.values())
            if leaver.place.index >= 0
        )

    def words(self, words_of: Callable[[str], str]) -> PastWords:
        """The words of :attr:`leavers`; read once, for all catalogs that ask."""
        if not self._words:
            self._words.append(self._read(words_of))
        return self._words[0]

    def stayers(self, outline_of: Callable[[str], str]) -> dict[Key, list[Leaver]]:
        """What has a translation and stays on the pages, by context and outline; read once, for all catalogs that ask."""
        if not self._stayers:
            found: dict[Key, list[Leaver]] = defaultdict(list)
            for home, catalog in enumerate(self.catalogs):
                for message in catalog.messages:
                    if message.msgstr and message.plural is None and message.key in self.stays:
                        outline = outline_of(message.msgid)
                        if outline:
                            found[message.msgctxt, outline].append(Leaver(message, home=home))
            self._stayers.append(dict(found))
        return self._stayers[0]

    def _read(self, words_of: Callable[[str], str]) -> PastWords:
        said: list[tuple[str, ...]] = []
        by_words: dict[Key, list[int]] = defaultdict(list)
        by_prefix: dict[tuple[str, ...], list[int]] = defaultdict(list)
        by_start: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for position, leaver in enumerate(self.leavers):
            words = words_of(leaver.message.msgid)
            said.append(said_in(words))
            if words:
                by_words[leaver.message.msgctxt, words].append(position)
            if said[-1] and leaver.place.index >= 0:
                by_start[said[-1][:PREFIX]].append(position)
                for size in range(1, 1 + min(PREFIX, len(said[-1]))):
                    by_prefix[said[-1][:size]].append(position)
        follower = find_followers([(leaver.home, leaver.place) for leaver in self.leavers])
        return PastWords(tuple(said), by_words, by_prefix, by_start, follower)


def said_in(words: str) -> tuple[str, ...]:
    """The words of a text in their order, without those of titles, which stand on lines of their own."""
    return tuple(words.partition("\n")[0].split())


def find_followers(places: Sequence[tuple[int, Place]]) -> dict[int, int]:
    """For each of these places (with the number of its catalog) the one that follows on it at once, on the same page."""
    at = {
        (home, place.index, place.nth): number
        for number, (home, place) in enumerate(places)
        if place.index >= 0
    }
    found = {
        number: at.get((home, place.index + 1, place.nth + 1)) for number, (home, place) in enumerate(places)
    }
    return {number: behind for number, behind in found.items() if behind is not None}


def find_past(catalogs: Iterable[Catalog], stays: Container[Key]) -> Past:
    """What left of these catalogs.

    Args:
        catalogs: the catalogs of one locale as they were; a single one, or those of all pages.
        stays: the texts that stand on the pages now.
    """
    catalogs = tuple(catalogs)
    leavers: dict[Key, list[Leaver]] = defaultdict(list)
    known: set[Key] = set()
    for home, catalog in enumerate(catalogs):
        live = list(catalog.live())
        known.update(message.key for message in live)
        left = [
            message
            for message in catalog.messages
            if message.msgstr and message.plural is None and message.key not in stays
        ]
        places = find_places(live, stays) if left else {}
        for message in left:
            leavers[message.key].append(Leaver(message, places.get(message.key, NOWHERE), home))
    best: list[Leaver] = []
    others: dict[tuple[int, int], Leaver] = {}
    for position, key in enumerate(sorted(leavers, key=lambda key: (key[1], key[0] or ""))):
        first, *rest = sorted(leavers[key], key=lambda leaver: _rank(leaver.message))
        best.append(first)
        others.update(((position, leaver.home), leaver) for leaver in rest)
    return Past(tuple(best), frozenset(known), others, catalogs, stays)


def _rank(message: Message) -> tuple[bool, bool]:
    return (message.obsolete, message.fuzzy)


def kind_of(message: Message) -> tuple[str, ...]:
    """What tells the kinds of texts apart: `Front matter: title` and the like; prose has none."""
    return message.extracted[:1]
