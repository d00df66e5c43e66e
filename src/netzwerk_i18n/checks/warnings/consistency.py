"""One msgid, one translation: catalogs for single pages drift apart where nobody sees them side by side."""

import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from netzwerk_i18n.catalog import Key, Message

CONSISTENCY = "consistency"
"""The check (a warning) of one text's translations in several catalogs."""

_SHOWN = 40
_BYTES = 8


class Translations:
    """The translations of one language, catalog by catalog, as digests: a large site has millions of them."""

    def __init__(self) -> None:
        """None yet."""
        self._digests = array("Q")  # of a text and of its translation, in turn
        self._catalogs: dict[str, tuple[int, int]] = {}  # where those of each begin and end

    def add(self, catalog: str, digests: bytes) -> None:
        """Note what :func:`digests_of` gave for a catalog; the first time counts."""
        if catalog not in self._catalogs:
            begin = len(self._digests)
            self._digests.frombytes(digests)
            self._catalogs[catalog] = begin, len(self._digests)

    def differing(self) -> dict[str, frozenset[int]]:
        """The catalogs with texts that are translated in several ways, and the digests of these texts."""
        if len(self._catalogs) < 2:  # noqa: PLR2004 - in one catalog a text stands once
            return {}
        digests = self._digests
        ways: dict[int, int] = {}
        differing = {
            text
            for text, translation in zip(digests[::2], digests[1::2], strict=True)
            if ways.setdefault(text, translation) != translation
        }
        found = (
            (catalog, differing.intersection(digests[begin:end:2]))
            for catalog, (begin, end) in self._catalogs.items()
        )
        return {catalog: frozenset(texts) for catalog, texts in found if texts}


def digests_of(messages: Iterable[Message]) -> bytes:
    """What stands for these messages and their translations, whatever blanks part their words."""
    found = array("Q")
    for message in messages:
        found.extend((digest_of(message.key), _digest(_wording(message))))
    return found.tobytes()


def digest_of(key: Key) -> int:
    """What stands for a text. A context is there to part what is spelled alike, and belongs to it."""
    context, msgid = key
    return _digest(msgid if context is None else f"{context}\4{msgid}")


class Place(NamedTuple):
    """A message with its catalog."""

    catalog: str
    message: Message


def find_inconsistencies(places: Iterable[Place]) -> list[tuple[Place, str]]:
    """Where a text is translated otherwise than in most other catalogs, and what to say of it.

    Args:
        places: messages of one language.
    """
    by_key: dict[Key, list[Place]] = {}
    for place in places:
        by_key.setdefault(place.message.key, []).append(place)
    return [found for same in by_key.values() for found in _unlike_the_most(same)]


def _unlike_the_most(places: Sequence[Place]) -> Iterable[tuple[Place, str]]:
    ways: dict[str, list[Place]] = {}
    for place in places:
        ways.setdefault(_wording(place.message), []).append(place)
    usual = max(ways, key=lambda way: len(ways[way]))  # the first of those that are equally frequent
    first, *others = ways[usual]
    also = f" and {len(others)} more" if others else ""
    text = (
        first.message.msgstr if len(first.message.msgstr) <= _SHOWN else f"{first.message.msgstr[:_SHOWN]}…"
    )
    message = (
        f"the same text is translated otherwise in {first.catalog}{also}: {text!r}; "
        "say it in one way, or give the texts contexts"
    )
    return ((place, message) for way, found in ways.items() if way != usual for place in found)


def _wording(message: Message) -> str:
    return " ".join(unicodedata.normalize("NFC", message.msgstr).split())


def _digest(text: str) -> int:
    return int.from_bytes(
        blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest(), "little"
    )
