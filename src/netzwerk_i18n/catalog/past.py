"""Texts that left the pages of a locale, in whichever catalog: where an old translation may still be of use."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from netzwerk_i18n.catalog.matching import OldTexts, Text
from netzwerk_i18n.catalog.message import Catalog, Key, Message
from netzwerk_i18n.catalog.place import NOWHERE, Place, find_places


@dataclass(frozen=True, slots=True)
class Leaver:
    """A message with a translation whose text has left the pages, and where it stood; `home` numbers its catalog."""

    message: Message
    place: Place = NOWHERE
    home: int = 0


@dataclass(frozen=True)
class Past:
    """What left the pages of one locale, and what was there before.

    Attributes:
        leavers: what left and has a translation.
        known: the texts that stood on the pages.
    """

    leavers: tuple[Leaver, ...] = ()
    known: frozenset[Key] = field(default_factory=frozenset)

    @cached_property
    def texts(self) -> OldTexts:
        """The texts of :attr:`leavers`, ready to be searched."""
        return OldTexts(
            [Text(leaver.message.msgid, leaver.place, kind_of(leaver.message)) for leaver in self.leavers]
        )


def find_past(catalogs: Iterable[Catalog], stays: Container[Key]) -> Past:
    """What left of these catalogs.

    Args:
        catalogs: the catalogs of one locale as they were; a single one, or those of all pages.
        stays: the texts that stand on the pages now.
    """
    leavers: dict[Key, Leaver] = {}
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
            leaver = Leaver(message, places.get(message.key, NOWHERE), home)
            other = leavers.get(message.key)
            if other is None or _rank(message) < _rank(other.message):
                leavers[message.key] = leaver
    ordered = sorted(
        leavers.values(), key=lambda leaver: (leaver.message.msgid, leaver.message.msgctxt or "")
    )
    return Past(tuple(ordered), frozenset(known))


def _rank(message: Message) -> tuple[bool, bool]:
    return (message.obsolete, message.fuzzy)


def kind_of(message: Message) -> tuple[str, ...]:
    """What tells the kinds of texts apart: `Front matter: title` and the like; prose has none."""
    return message.extracted[:1]
