"""One msgid, one translation: catalogs for single pages drift apart where nobody sees them side by side."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from netzwerk_i18n.catalog import Key, Message

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """A message that is translated in several ways.

    Attributes:
        key: msgctxt and msgid.
        translations: the ways, the most frequent first, each with the number of its messages.
    """

    key: Key
    translations: tuple[tuple[str, int], ...]

    @property
    def message(self) -> str:
        """What is wrong, one sentence without its full stop."""
        ways = ", ".join(f"{_short(text)!r} ({count} x)" for text, count in self.translations[:4])
        return f"the same text is translated in {len(self.translations)} ways: {ways}"


def find_inconsistencies(messages: Iterable[Message]) -> list[Inconsistency]:
    """The texts that finished translations of one locale render in several ways, in the order of their first message.

    A context is there to part what is spelled alike: only messages of one context are compared.
    """
    ways: dict[Key, dict[str, int]] = {}
    for message in messages:
        text = " ".join(unicodedata.normalize("NFC", message.msgstr).split())
        if text and not message.fuzzy and not message.obsolete:
            counts = ways.setdefault(message.key, {})
            counts[text] = counts.get(text, 0) + 1
    return [
        Inconsistency(key, tuple(sorted(counts.items(), key=lambda item: -item[1])))
        for key, counts in ways.items()
        if len(counts) > 1
    ]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
